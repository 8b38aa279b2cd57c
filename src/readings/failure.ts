/** Why an expression has no meaning, or none that we know, under a reading. */
import { Signal } from "../base/signal";
import type { Place } from "../latex/types";

export type FailureKind =
  /** Sizes clash: the notes' error, or a wrong reading. */
  | "shape"
  | "unknown-symbol"
  | "unknown-shape"
  | "unsupported"
  | "ambiguous"
  | "too-large"
  /** An index beyond its range for these sizes; others may do. */
  | "range";

export class Failure extends Signal {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly place: Place,
    /** Whether sizes clash, be it the statement's fault or that of what it rests on. */
    readonly clash: boolean = kind === "shape",
    /** The letter of an index that nothing binds. */
    readonly index: string | null = null,
  ) {
    super(message);
  }
}
