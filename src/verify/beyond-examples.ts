/** Matrices of which another section gave an example: a law in these letters is one of all matrices. */
import type { Reading } from "../readings/reading";
import { isExample } from "../semantics/declarations/definitions";
import { displayOf, type Expr, occurs, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";

/** The reading in which such letters are any matrices, where both sides of a display are made of them and none of numbers. */
export function beyondExamples(model: Model, { left, right, located }: Claim, home: Reading): Reading {
  const { sides } = located.assertion;
  if (located.inline || sides.some((side) => isExample(side) || occurs("matrix", side))) return home;
  const isWorked = (side: Expr): boolean =>
    symbolsIn(side, false).some((symbol) => {
      const { definition, section } = model.table.resolve(symbol, located)?.entity ?? {};
      return definition?.kind === "value" && section !== located.section && isExample(definition.expr) && displayOf(definition.expr) !== null;
    });
  return isWorked(left) && isWorked(right) ? { ...home, examples: "free" } : home;
}
