/** Decimals, which are as exact as their digits: `\sigma(-0.05) = 0.4875`. */
import { childrenOf, type Expr } from "../semantics/expression";
import { loweringOf } from "./attempt";
import { type Case, leftOpen, verifiedBy } from "./case";
import type { Unchecked, Verified } from "./conclusion";

/** What is right to the last digit that is given. */
export function toItsDigits(one: Case): Verified | null {
  const { claim, home, screen } = one;
  if (!isDecimal(claim.right) || !(unitsApart(one) <= 1 / 2 + slack)) return null;
  const proof = screen.proof(claim, home, { transform: ({ right }) => ({ left: right, right }) });
  return proof && verifiedBy(proof, home, ["rounded to the digits that are given"]);
}

/** What was calculated with rounded numbers may be wrong in its last digit. */
export function lastDigitUnsaid(one: Case): Unchecked | null {
  const { right } = one.claim;
  // A decimal inside a formula is none that was rounded.
  const isResult = isDecimal(right) || right.kind === "matrix" || right.kind === "tuple";
  return isResult && unitsApart(one) <= 3 / 2 ? leftOpen(one, "it is right but for the last digit") : null;
}

const slack = 1e-6;

/** By how many units of the last digit both sides differ, where no letter stands for any number. */
function unitsApart({ claim, first }: Case): number {
  const [unit] = decimalsIn(claim.right).map(({ denominator }) => 1 / denominator).sort((a, b) => b - a);
  if (unit === undefined || first.outcome !== "compared" || first.comparison.status !== "different" || loweringOf(first).drawn.size) return Infinity;
  const { left, right } = first.comparison.difference;
  return Math.abs(left - right) / unit;
}

function isDecimal(expr: Expr): boolean {
  const [only, ...more] = expr.kind === "sum" ? expr.terms : [{ expr }];
  return !more.length && only?.expr.kind === "number" && decimalsIn(expr).length === 1;
}

function decimalsIn(expr: Expr): (Expr & { kind: "number" })[] {
  if (expr.kind === "number") return expr.denominator > 1 && /^10+$/.test(String(expr.denominator)) ? [expr] : [];
  return childrenOf(expr).flatMap(decimalsIn);
}
