/**
 * Chains of derivatives of what the text does not define: whatever the letters
 * are, `\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial w}`
 * is the chain rule where each depends on the next alone, a chain that has
 * a gap which the text closes elsewhere has lost a factor, and one of a loss has no sign.
 */
import type { Lowering } from "../readings/lower";
import { mapped } from "../readings/operations";
import type { Reading } from "../readings/reading";
import { same } from "../base/same";
import { literal, type Value } from "../readings/value";
import { type Derivative, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { isLossLike } from "../semantics/cotangents";
import { isIndexLetter } from "../semantics/symbols/table";
import { attempt } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { holds } from "./outcomes";
import { applied, contextOf } from "./repair";

type Step = Derivative & { readonly wrt: readonly [Expr] };

/** What follows of a claim from the form of its chains; null where they are none, or tell nothing. */
export function formalChain(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const [left, right] = [stepsOf(claim.left), stepsOf(claim.right)];
  if (!left || !right) return signedChain(model, claim, home);
  if (left.length + right.length < 3 || leavesSumOut(claim)) return null;
  const ordered = [inOrder(left), inOrder(right)];
  const made = () => attempt(model, claim, home, { build: (lowering) => quotients(lowering, left, right) });
  if (ordered.every((steps) => steps !== null && !gapsIn(steps).length)) {
    const proof = made();
    return holds(proof) ? { verdict: "verified", attempt: proof, reading: home, assumptions: ["each of them depends on the next alone"] } : null;
  }
  return left.length === 1 && losesFactor(model, claim, left[0] as Step, right) ? { verdict: "refuted", attempt: made(), reading: home, repair: null } : null;
}

/** `\frac{\partial L}{\partial x} = -\frac{\partial L}{\partial y} \frac{\partial y}{\partial x}`: what nothing else is differentiated by is no variable that two others determine, of which this would hold. */
export function signedChain(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const { left, right } = claim;
  const [term, ...more] = right.kind === "sum" ? right.terms : [];
  const [whole, steps] = [stepsOf(left), term ? stepsOf(term.expr) : null];
  if (left.kind !== "derivative" || left.of.kind !== "symbol" || !isLossLike(left.of) || term?.sign !== -1 || more.length || !whole || !steps) return null;
  const isVariable = model.located.some(({ assertion }) => assertion.sides.flatMap(derivativesIn).some(({ wrt }) => wrt.some((by) => same(by, left.of))));
  if (isVariable || formalChain(model, { ...claim, right: term.expr }, home)?.verdict !== "verified") return null;
  const sign = { start: right.start, end: term.expr.start };
  const variant = { expr: term.expr, place: sign, text: "", wrong: right, title: "change the sign", cost: 2, scales: true } as const;
  const build = (lowering: Lowering): { left: Value; right: Value } => {
    const made = quotients(lowering, whole, steps);
    return { ...made, right: lowering.algebra.scale(literal(-1), made.right) };
  };
  return { verdict: "refuted", attempt: attempt(model, claim, home, { build }), reading: home, repair: { variant, side: "right", latex: applied(contextOf(model, claim).source, right, variant) } };
}

/** The first derivatives by one letter each that make a side. */
function stepsOf(expr: Expr): readonly Step[] | null {
  if (expr.kind === "labelled") return stepsOf(expr.body);
  if (expr.kind === "derivative") return expr.notation === "fraction" && expr.order === 1 && expr.wrt.length === 1 && !expr.along && [expr.of, ...expr.wrt].every(isName) ? [expr as Step] : null;
  if (expr.kind !== "product" || expr.operators.some((operator) => !["", "\\cdot", "\\times"].includes(operator))) return null;
  const parts = expr.factors.map(stepsOf);
  return parts.every((part) => part !== null) ? parts.flatMap((part) => part ?? []) : null;
}

function isName(expr: Expr): boolean {
  return expr.kind === "symbol" || (expr.kind === "apply" && !expr.primes);
}

/** The steps from what is differentiated to the last variable, written forwards or backwards; null where neither goes on at any place. */
function inOrder(steps: readonly Step[]): readonly Step[] | null {
  const both = [steps, [...steps].reverse()];
  const fewest = both.reduce((best, one) => (gapsIn(one).length < gapsIn(best).length ? one : best));
  return gapsIn(fewest).length < Math.max(1, steps.length - 1) ? fewest : null;
}

/** The pairs of neighbours of which the second does not begin where the first ends. */
function gapsIn(steps: readonly Step[]): readonly (readonly [Step, Step])[] {
  return steps.slice(1).flatMap((next, i) => {
    const before = steps[i] as Step;
    return same(before.wrt[0], next.of) ? [] : [[before, next] as const];
  });
}

/** Whether a chain from end to end has one gap, and the text speaks of the derivative that closes it. */
function losesFactor(model: Model, { located }: Claim, whole: Step, chain: readonly Step[]): boolean {
  return [chain, [...chain].reverse()].some((steps) => {
    const [gap, ...more] = gapsIn(steps);
    const [first, last] = [steps[0], steps[steps.length - 1]];
    if (!gap || more.length || !first || !last || !same(first.of, whole.of) || !same(last.wrt[0], whole.wrt[0])) return false;
    const [end, start] = [gap[0].wrt[0], gap[1].of];
    if (end.kind !== "symbol" || start.kind !== "symbol" || end.name === start.name) return false;
    return model.located.some(({ section, assertion }) => section === located.section && assertion.sides.flatMap(derivativesIn).some(({ of, wrt }) => wrt.length === 1 && same(of, end) && same(wrt[0], start)));
  });
}

/** An index that the left side does not have would have to be summed over. */
function leavesSumOut({ left, right }: Claim): boolean {
  const indicesIn = (expr: Expr): Set<string> => new Set(symbolsIn(expr, false).flatMap((symbol: SymbolExpr) => symbol.subscripts.flatMap((subscript) => (isIndexLetter(subscript) ? [subscript.text] : []))));
  const known = indicesIn(left);
  return [...indicesIn(right)].some((index) => !known.has(index));
}

/** Each derivative as the quotient of what belongs to its two names. */
function quotients(lowering: Lowering, left: readonly Step[], right: readonly Step[]): { left: Value; right: Value } {
  const names: Expr[] = [];
  const numberOf = (name: Expr): Value => {
    const known = names.findIndex((other) => same(other, name));
    const at = known < 0 ? names.push(name) - 1 : known;
    return lowering.variableOf(`⟨d${at}⟩`, [], null, `⟨d${at}⟩`);
  };
  const product = (steps: readonly Step[]): Value => steps.map(({ of, wrt: [by] }) => lowering.algebra.scale(numberOf(of), mapped("reciprocal", numberOf(by)))).reduce((a, b) => lowering.algebra.scale(a, b));
  return { left: product(left), right: product(right) };
}
