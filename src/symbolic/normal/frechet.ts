/**
 * The derivative of exp at X in a direction E stands in terms as the upper
 * right block of exp [[X, E], [0, X]]. Where E and X commute, as they do for the
 * trace of an exponential and along a line, it is E exp X; otherwise it has no
 * short form.
 */
import type { Call, Contract, Term } from "../../tensor";

export interface Direction {
  readonly at: Term;
  readonly direction: Term;
}

/** X and E, where a term is that block. */
export function directionOf(term: Call): Direction | null {
  const left = isCall(term, "range") && term.params[0] === 1 && term.params[1] === 1 ? unshaped(term.args[0]!) : null;
  const top = left && isCall(left, "range") && left.params[0] === 0 && left.params[1] === 0 ? unshaped(left.args[0]!) : null;
  const blocks = top && isCall(top, "matrixExponential") ? unshaped(top.args[0]!) : null;
  if (blocks?.kind !== "add" || blocks.args.length !== 2) return null;
  const [diagonal, corner] = blocks.args as [Term, Term];
  return isBlock(diagonal) && isBlock(corner) ? { at: diagonal.args[1]!, direction: corner.args[1]! } : null;
}

function isCall(term: Term, fn: string): term is Call {
  return term.kind === "call" && term.fn === fn;
}

function unshaped(term: Term): Term {
  return isCall(term, "reshape") ? unshaped(term.args[0]!) : term;
}

/** Two rows and columns of blocks. */
function isBlock(term: Term): term is Contract {
  return term.kind === "contract" && term.args.length === 2 && term.shape.length === 4 && term.args[0]!.shape.join() === "2,2" && term.output.join() === "0,2,1,3";
}
