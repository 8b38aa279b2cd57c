/** What is to be said of a statement of a document. */
import type { Expr, Place, Slip } from "../semantics/expression";
import type { Located } from "../semantics/model";
import type { WrongCell } from "./cells";
import type { Displayed } from "./closed";
import type { Conclusion } from "./conclusion";

export type Reason = "unread" | "unknown-symbol" | "unknown-shape" | "unsupported" | "ambiguous" | "not-a-claim" | "too-large";

/** A statement in formula coordinates. */
export interface Finding {
  readonly formula: number;
  readonly located: Located;
  readonly kind: "gradient" | "equation" | "shape" | "label" | "definition" | "differential";
  readonly left: Expr;
  readonly right: Expr;
  readonly relation: Place;
  readonly range: Place;
  readonly conclusion: Conclusion | { readonly verdict: "definition" } | { readonly verdict: "unchecked"; readonly attempt: null; readonly reason: Reason; readonly message: string; readonly suspect?: never };
  readonly code: string | null;
  readonly slips: readonly Slip[];
  /** Cells of a matrix that are wrong. */
  readonly wrongCells: readonly WrongCell[];
  /** Other places of the formula that show the same slip. */
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** What the core computes for the left side, in closed form. */
  readonly computed?: Displayed | null;
  /** Works that out; see `withComputed`. */
  readonly compute?: () => Displayed | null;
}
