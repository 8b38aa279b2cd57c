/** `[A, B]`, where the text sets it equal to AB − BA; elsewhere it may as well be two blocks side by side. */
import type { Place } from "../latex/types";
import { symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import type { Lowering } from "./lower";
import { plus } from "./operations";
import { literal, type Value } from "./value";

export function commutator(lowering: Lowering, [a, b]: readonly [Value, Value], place: Place): Value | null {
  if (!isStated(lowering.model)) return null;
  const { algebra } = lowering;
  return plus(lowering, algebra.multiply(a, b, place), algebra.scale(literal(-1), algebra.multiply(b, a, place)), place);
}

function isStated({ located }: Model): boolean {
  return located.some(({ assertion: { sides: [left, right] } }) => {
    if (left?.kind !== "tuple" || left.items.length !== 2 || left.braces || right?.kind !== "sum") return false;
    const letters = left.items.map((item) => (item.kind === "symbol" ? taggedKey(item) : "?"));
    const orders = right.terms.map(({ sign, expr }) => `${sign}:${symbolsIn(expr).map(taggedKey).join("·")}`);
    return orders.length === 2 && orders.includes(`1:${letters.join("·")}`) && orders.includes(`-1:${[...letters].reverse().join("·")}`);
  });
}
