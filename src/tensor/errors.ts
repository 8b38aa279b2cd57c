/**
 * What the tensor layer throws. `ShapeError` and `MissingRule` are mistakes of
 * the caller; `Redraw` asks for other random inputs; `NotExact` and `TooLarge`
 * say that the question cannot be answered in this way.
 */
import { Signal } from "../base/signal";
import type { Shape } from "./shape";
import { formatShape } from "./shape";

/** Two shapes (or lengths) that do not fit; the message names both. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
  constructor(
    readonly operation: string,
    readonly left: Shape,
    readonly right: Shape,
    detail = "",
  ) {
    super(`${operation}: ${formatShape(left)} does not fit ${formatShape(right)}${detail ? ` (${detail})` : ""}`);
  }
}

/** A function that the registry does not have, or that has no rule for what was asked. */
export class MissingRule extends Error {
  override readonly name: string = "MissingRule";
  constructor(readonly fn: string, readonly rule: "forward" | "tangent" | "pullback") {
    super(`the function "${fn}" has no ${rule} rule`);
  }
}

/** A variable without a value. */
export class MissingBinding extends Error {
  override readonly name: string = "MissingBinding";
  constructor(readonly variable: string) {
    super(`the variable "${variable}" has no value`);
  }
}

/** The random inputs hit a point where the expression is not defined: draw others. */
export class Redraw extends Signal {
  override readonly name: string = "Redraw";
}

/** A division by zero in GF(p). */
export class ZeroDivisor extends Redraw {
  override readonly name: string = "ZeroDivisor";
  constructor(what = "division") {
    super(`${what}: a divisor is zero in this field`);
  }
}

/** A root of a number that has none in GF(p); half of all numbers do. */
export class NonResidue extends Redraw {
  override readonly name: string = "NonResidue";
  constructor() {
    super("square root: the number is not a square in this field");
  }
}

/** A primitive with no exact meaning in GF(p) and no rule by atoms or masks. */
export class NotExact extends Signal {
  override readonly name: string = "NotExact";
  constructor(readonly fn: string) {
    super(`"${fn}" cannot be evaluated in a finite field`);
  }
}

/** More work than the caller's limit; thrown before any of it is done. */
export class TooLarge extends Signal {
  override readonly name: string = "TooLarge";
  constructor(readonly cost: number, readonly limit: number, readonly shapes: readonly Shape[] = []) {
    super(`${cost} operations are more than the limit of ${limit}${shapes.length ? ` (largest: ${shapes.map(formatShape).join(", ")})` : ""}`);
  }
}
