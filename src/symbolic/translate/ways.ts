/** The cheapest of several ways to write the same; where nothing can be written, the first failure says why. */
import { cheaper } from "../expression/build";
import type { Expression } from "../expression/types";
import { Unprintable } from "../sizes";

export function cheapestWay(ways: readonly (() => Expression)[]): Expression {
  const written: Expression[] = [];
  let failure: unknown = null;
  for (const way of ways) {
    try {
      written.push(way());
    } catch (error) {
      if (!(error instanceof Unprintable)) throw error;
      failure ??= error;
    }
  }
  if (written.length === 0) throw failure;
  return cheaper(...written);
}
