/**
 * `\log L(\mu, \sigma \mid x_1, x_2, \dots, x_n)` as `\log L(\mu, \sigma \mid x)`:
 * a list with dots of all that a letter numbers is one argument.
 */
import { withParts } from "../base/parts";
import type { Expr, SymbolExpr } from "./expression";
import type { Located } from "./model";
import { taggedKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

export function withListedArguments(located: Located): Located {
  const { sides } = located.assertion;
  const written = sides.map((side) => shortened(side) as Expr);
  return written.every((side, i) => side === sides[i]) ? located : { ...located, assertion: { ...located.assertion, sides: written } };
}

/** The same value where nothing in it has such a list. */
function shortened(value: unknown): unknown {
  const inner = withParts(value, shortened);
  // Of two lists at once, as of all states and outputs of a network, the members speak for themselves.
  return isApply(inner) && inner.args.filter(({ kind }) => kind === "dots").length === 1 ? withoutDots(inner) : inner;
}

function withoutDots(apply: Apply): Apply {
  const at = apply.args.findIndex(({ kind }) => kind === "dots");
  const [before, last] = [apply.args[at - 1], apply.args[at + 1]];
  if (!isMember(before) || !isMember(last) || taggedKey(before) !== taggedKey(last) || !isCount(last.subscripts[0]?.expr)) return apply;
  const isListed = (arg: Expr | undefined): boolean => isMember(arg) && taggedKey(arg) === taggedKey(last);
  let first = at - 1;
  while (isListed(apply.args[first - 1])) first--;
  const { ahead } = apply;
  const whole: SymbolExpr = { ...last, subscripts: [], start: (apply.args[first] as Expr).start };
  const args = [...apply.args.slice(0, first), whole, ...apply.args.slice(at + 2)];
  return { ...apply, args, ...(ahead !== undefined && ahead > first ? { ahead: Math.max(first + 1, ahead - (at + 1 - first)) } : {}) };
}

/** n of `x_1, \dots, x_n`; those up to t or t − 1 are some of them. */
function isCount(expr: Expr | undefined): boolean {
  return expr?.kind === "symbol" && !expr.subscripts.length && !/^[h-lst]$/.test(expr.name);
}

function isMember(expr: Expr | undefined): expr is SymbolExpr {
  return expr?.kind === "symbol" && expr.subscripts.length === 1;
}

function isApply(value: unknown): value is Apply {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "apply";
}
