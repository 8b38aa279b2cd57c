/**
 * Claims that are made where an inequality holds: "if $y w^\top x < 1$", behind
 * the formula or in the words around it. Only what has branches holds in one
 * place and not in another; there both sides are compared where the inequality
 * holds, and are zero elsewhere.
 */
import { lowerIndicator } from "../readings/conditions";
import { canonical } from "../readings/functions";
import type { Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { isScalar, type Value } from "../readings/value";
import { classLetter } from "../readings/running";
import { childrenOf, type Expr, type Relation, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Definition } from "../semantics/symbols/entity";
import { taggedKey } from "../semantics/symbols/key";
import { definitionsBehind, involvedIn } from "./alternatives";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { extremesIn, whereExtreme } from "./extremes";
import { judge, proof } from "./judge";

/** One where the inequalities of a claim hold, zero elsewhere; null where it is made everywhere. */
export function whereHolds(lowering: Lowering, claim: Claim): Value | null {
  const behind = claim.located.assertion.notes.flatMap((note) => (note.kind === "relation" ? inequalities(note.relation) : []));
  const extreme = whereExtreme(lowering, claim);
  const all = [...(behind.length && isPiecewise(lowering.model, claim) ? behind : []), ...(claim.where ?? [])];
  const within = all.map((relation) => lowerIndicator(lowering, relation, relation));
  const holds = [...within, ...(extreme ? [extreme] : [])];
  if (!holds.length) return null;
  if (!holds.every(isScalar)) return lowering.fail("unsupported", "a condition on arrays", claim.right);
  return holds.reduce((a, b) => lowering.algebra.scale(a, b));
}

/** What is concluded of a claim where an inequality holds that the words around it state; null where they state none, or it does not hold there either. */
export function whereStated(model: Model, claim: Claim, home: Reading): Conclusion | null {
  if (claim.where || !isPiecewise(model, claim)) return null;
  let unread: Conclusion | null = null;
  for (const where of statedAround(model, claim.located)) {
    const conclusion = judge(model, { ...claim, where }, home);
    if (conclusion.verdict === "verified" || conclusion.verdict === "convention") return conclusion;
    if (conclusion.verdict === "unchecked") unread = conclusion;
  }
  return unread;
}

/** What holds where a `\max(0, u)` behind it is not zero, as losses are spoken of where they are positive; null where it does not hold there either. Words that tell of a case are taken to tell of this one. */
export function whereActive(model: Model, claim: Claim, home: Reading): Conclusion | null {
  if (claim.where || [claim.left, claim.right].some((side) => rampsIn(side).length > 0)) return null;
  for (const { definition, ramp } of rampsBehind(model, claim)) {
    const { start, end } = ramp;
    const zero: Expr = { kind: "number", numerator: 0, denominator: 1, start, end };
    const positive: Relation = { sides: [ramp, zero], links: [{ operator: ">", start, end }], start, end };
    const conclusion = proof(model, { ...claim, where: [positive] }, home);
    if (conclusion?.verdict !== "verified") continue;
    if (claim.located.inWords) return conclusion;
    const written = model.document.formulas[definition.formula]?.source.text.slice(start, end) ?? "";
    return { verdict: "conditional", attempt: conclusion.attempt, reading: conclusion.reading, assumption: `${written} > 0` };
  }
  return null;
}

/** What holds of one member where a formula behind it leaves open which it is of, as `C = -\\log a_y` does: "for y = 1" it is of the first. */
export function whereChosen(model: Model, claim: Claim, home: Reading): Conclusion | null {
  const name = claim.where ? null : classLetter(model);
  const isIt = (symbol: SymbolExpr): boolean => taggedKey(symbol) === name;
  if (name === null || [claim.left, claim.right].some((side) => symbolsIn(side).some(isIt))) return null;
  const letter = definitionsBehind(model, [claim.left, claim.right], claim.located).flatMap(({ expr }) => symbolsIn(expr)).find(isIt);
  if (!letter) return null;
  const numbers = new Map([claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).flatMap(({ subscripts }) => subscripts).flatMap(({ expr }) => (expr.kind === "number" ? [[expr.numerator, expr] as const] : [])));
  for (const [value, number] of [...numbers].slice(0, 4)) {
    const { start, end } = letter;
    const conclusion = proof(model, { ...claim, where: [{ sides: [letter, number], links: [{ operator: "=", start, end }], start, end }] }, home);
    if (conclusion?.verdict === "verified") return claim.located.inWords ? conclusion : { verdict: "conditional", attempt: conclusion.attempt, reading: conclusion.reading, assumption: `${name} = ${value}` };
  }
  return null;
}

/** The u of each `\\max(0, u)` and rectifier in the formulas that a claim rests on. */
function rampsBehind(model: Model, { left, right, located }: Claim): { readonly definition: Definition; readonly ramp: Expr }[] {
  return definitionsBehind(model, [left, right], located).flatMap((definition) => rampsIn(definition.expr).map((ramp) => ({ definition, ramp })));
}

function rampsIn(expr: Expr): Expr[] {
  const fn = expr.kind === "apply" ? canonical(expr.fn.name) : "";
  const args = expr.kind === "apply" ? expr.args : [];
  const others = args.filter((arg) => !(arg.kind === "number" && arg.numerator === 0));
  const own = (fn === "relu" && args.length === 1) || (fn === "max" && args.length === 2 && others.length === 1) ? others.slice(0, 1) : [];
  return [...own, ...childrenOf(expr).flatMap(rampsIn)];
}

/** The inequality that stands nearest before a claim, and those that stand around it, up to the next displays. */
function statedAround(model: Model, located: Located): Relation[][] {
  const beside = (step: 1 | -1): Relation[] => {
    const found: Relation[] = [];
    for (let at = located.id + step; ; at += step) {
      const other = model.located[at];
      if (!other?.inline || other.section !== located.section || Math.abs(other.paragraph - located.paragraph) > 1) return found;
      found.push(...inequalities(other.assertion));
    }
  };
  const [before, after] = [beside(-1), beside(1)];
  const groups = [before.slice(0, 1), after.slice(0, 1), before, after];
  return groups.filter((group, i) => group.length > 0 && !groups.slice(0, i).some((other) => other.length === group.length && other[0] === group[0]));
}

/** `a < b`, and those of `a < b < c` one by one; none of what states anything else besides. */
function inequalities({ links, sides, start, end }: Relation): Relation[] {
  const all = links.length > 0 && links.every(({ operator }) => ["<", ">", "\\leq", "\\geq"].includes(operator)) && sides.every(({ kind }) => kind !== "opaque");
  return all ? links.map((link, i) => ({ sides: sides.slice(i, i + 2), links: [link], start, end })) : [];
}

const branching = new Set(["relu", "leakyRelu", "elu", "max", "min", "abs", "sign", "step"]);

function isPiecewise(model: Model, claim: Claim): boolean {
  const branches = (expr: Expr): boolean => expr.kind === "cases" || (expr.kind === "indicator" && !comparesIndices(expr.condition)) || expr.kind === "bars" || (expr.kind === "apply" && branching.has(canonical(expr.fn.name))) || extremesIn(expr).length > 0 || childrenOf(expr).some(branches);
  return involvedIn(model, claim).some(branches);
}

/** `i \neq k` of `\sum_{i \neq k}`: it is so wherever it is written. */
function comparesIndices({ sides, links }: Relation): boolean {
  return links.every(({ operator }) => operator === "\\neq") && sides.every((side) => side.kind === "symbol" && /^[a-z]$/.test(side.name) && !side.subscripts.length);
}
