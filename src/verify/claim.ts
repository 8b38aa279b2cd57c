/** What is decided: one link of a chain, a label, or the cells beside dots. */
import type { Expr, Relation } from "../semantics/expression";
import type { Located } from "../semantics/model";

export interface Claim {
  readonly located: Located;
  /** Which link of the chain. */
  readonly link: number;
  readonly left: Expr;
  readonly right: Expr;
  /** What a brace or an entry is said to be, beside the links of a chain. */
  readonly isLabel?: true;
  /** The claim holds up to a constant factor. */
  readonly proportional: boolean;
  /** The sides before it are shown to be equal: what is said is said of the first. */
  readonly shown?: boolean;
  /** Inequalities that the words around it state: it is made where they hold. */
  readonly where?: readonly Relation[];
  /** A letter that stands below: it is supposed to be where something is largest or smallest. */
  readonly extreme?: string;
  /** What the case says of its indices that it is said of. */
  readonly inCase?: readonly Relation[];
}
