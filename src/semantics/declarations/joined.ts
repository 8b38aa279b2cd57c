/** `c_i > 0`, beside a vector c that the text declares: what is said of its entries is said of the vector. */
import { taggedKey, withoutSubscripts } from "../symbols/key";
import { areEntries } from "../symbols/table";
import type { Draft } from "./draft";

export function joinEntries({ table }: Draft): void {
  for (const family of table.all.filter(({ arity }) => arity > 0)) {
    const whole = table.withKey(taggedKey(withoutSubscripts(family.symbol))).find((entity) => areEntries(family, entity));
    if (whole) for (const property of family.properties) whole.properties.add(property);
  }
}
