/**
 * `\nabla\log\pi = \frac{\nabla\pi}{\pi}`, `\nabla_\theta p = p\,\nabla_\theta \log p`:
 * rules of calculus in letters that nothing gives. They hold whatever functions
 * of the one variable these are; what fails of such functions, and has a
 * correction, is no rule.
 */
import { withParts } from "../base/parts";
import { same } from "../base/same";
import type { Reading } from "../readings/reading";
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn, wordOf } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey } from "../semantics/symbols/key";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";

/** What follows of a claim that every letter in its derivatives is a function of what they are by; null where it is no such rule. */
export function ruleOfCalculus(model: Model, claim: Claim, home: Reading, judge: (claim: Claim, home: Reading) => Conclusion): Conclusion | null {
  const sides = [claim.left, claim.right];
  const derivatives = sides.flatMap(derivativesIn);
  if (!sides.every((side) => derivativesIn(side).length > 0) || derivatives.some(({ order, along, notation }) => order > 1 || along || notation === "prime")) return null;
  const by = variableOf(derivatives.flatMap(({ wrt }) => wrt), derivatives.some(({ wrt }) => !wrt.length));
  if (!by) return null;
  const letters = new Map(derivatives.flatMap(({ of }) => lettersIn(of)).map((symbol) => [baseKey(symbol), symbol]));
  const others = sides.flatMap(lettersIn).filter((symbol) => !letters.has(baseKey(symbol)));
  if (letters.has(baseKey(by)) || others.some((symbol) => baseKey(symbol) !== baseKey(by)) || sides.some(isTakenOf)) return null;
  if (![...letters.values()].every((symbol) => isGivenByNothing(model, claim, symbol))) return null;
  const [left, right] = sides.map((side) => asFunctions(side, by)) as [Expr, Expr];
  const conclusion = judge({ ...claim, left, right }, home);
  if (conclusion.verdict === "verified") return conclusion;
  if (!leavesNoneOut(claim, [...letters.keys()])) return null;
  if (conclusion.verdict === "refuted") return conclusion.repair ? conclusion : null;
  const { suspect } = conclusion.verdict === "unchecked" ? conclusion : {};
  return suspect && isOfWord(claim.left) ? { verdict: "refuted", attempt: suspect.attempt, reading: suspect.reading, repair: null } : null;
}

/** A letter of which one side has no derivative may be a constant. */
function leavesNoneOut({ left, right }: Claim, letters: readonly string[]): boolean {
  return [left, right].every((side) => letters.every((letter) => derivativesIn(side).some(({ of }) => lettersIn(of).some((symbol) => baseKey(symbol) === letter))));
}

/** `\nabla \log p`: the derivative of a known function of one letter, which is a number. */
function isOfWord(expr: Expr): boolean {
  if (expr.kind !== "derivative" || expr.of.kind !== "apply") return false;
  const { fn, args } = expr.of;
  return wordOf(fn.name) !== undefined && args[0]?.kind === "symbol";
}

/** The one letter that all are by; x where none is written. */
function variableOf(written: readonly Expr[], isLeftOut: boolean): SymbolExpr | null {
  const [first] = written;
  if (!first) return isLeftOut ? { kind: "symbol", name: "x", font: "", accents: [], subscripts: [], tags: [], primes: 0, start: 0, end: 0 } : null;
  return first.kind === "symbol" && !first.subscripts.length && written.every((other) => same(other, first)) ? first : null;
}

function lettersIn(expr: Expr): readonly SymbolExpr[] {
  return symbolsIn(expr, false).filter(({ name }) => wordOf(name) === undefined);
}

/** Whether some letter is taken of something already, or sums make several of one. */
function isTakenOf(expr: Expr): boolean {
  return (expr.kind === "apply" && wordOf(expr.fn.name) === undefined) || expr.kind === "big" || childrenOf(expr).some(isTakenOf);
}

function isGivenByNothing(model: Model, { located }: Claim, symbol: SymbolExpr): boolean {
  const entity = model.table.resolve(symbol, located)?.entity;
  return !symbol.subscripts.length && !symbol.primes && (!entity || (!entity.definition && !entity.shape?.length));
}

/** The value with every letter but the variable taken at it. */
function asFunctions(value: unknown, by: SymbolExpr): unknown {
  if (isSymbol(value)) return baseKey(value) === baseKey(by) ? value : { kind: "apply", fn: value, args: [{ ...by, start: value.end, end: value.end }], certain: true, primes: 0, start: value.start, end: value.end };
  return withParts(value, (part, field) => (field === "wrt" ? [by] : field === "fn" ? part : asFunctions(part, by)));
}

function isSymbol(value: unknown): value is SymbolExpr {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol";
}
