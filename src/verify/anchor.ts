/**
 * Failures that no small edit explains. Most often it is our understanding
 * that fails there, so that they are left alone; but where other claims about
 * the very same symbols and definitions hold, these are understood, and what
 * fails of them in every reading, and for every kind of what is not declared,
 * is wrong.
 */
import type { Expr } from "../semantics/expression";
import { childrenOf, derivativesIn, symbolsIn } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import type { Model } from "../semantics/model";
import { type Attempt, loweringOf } from "./attempt";
import type { Claim } from "./claim";
import { excused } from "./excuses";
import type { Finding } from "./finding";

/** How many claims must stand beside one that falls. */
const witnesses = 2;

export function refuteAnchored(model: Model, findings: readonly Finding[]): Finding[] {
  const held = findings.filter((finding) => supports(model, finding));
  const supported = new Set(held.flatMap((finding) => partsOf(model, finding.located, [finding.left, finding.right], madeOf(finding))));
  const fallen = new Map(findings.filter((finding) => isAnchored(model, finding, held, supported)).map((finding) => [finding, refuted(finding)]));
  // Where as much falls as stands, it is our reading that falls.
  if (held.length < witnesses + fallen.size) return [...findings];
  return findings.map((finding) => fallen.get(finding) ?? finding);
}

/** A claim that holds, or that a small edit makes hold: what it speaks of is understood. */
function supports(model: Model, finding: Finding): boolean {
  const { conclusion, kind } = finding;
  if (kind === "label" || !isLaw(model, finding)) return false;
  return conclusion.verdict === "verified" || (conclusion.verdict === "refuted" && conclusion.repair !== null);
}

/** A step of what begins with a derivative, or what is said of a single entry. */
function isLaw(model: Model, finding: Finding): boolean {
  return derives(finding) || entryOf(model, finding.located, finding.left) !== null;
}

function derives({ located }: Finding): boolean {
  return located.assertion.sides.some((side) => derivativesIn(side).length > 0);
}

/** The array of which an expression is a numbered entry. */
function entryOf(model: Model, place: Finding["located"], expr: Expr): Entity | null {
  if (expr.kind !== "symbol" || !expr.subscripts.every((subscript) => subscript.expr.kind === "number")) return null;
  const resolved = model.table.resolve(expr, place);
  return resolved?.indices.length && !resolved.family ? resolved.entity : null;
}

function isAnchored(model: Model, finding: Finding, held: readonly Finding[], supported: ReadonlySet<string>): boolean {
  const { conclusion, located, left, right } = finding;
  if (conclusion.verdict !== "unchecked" || !conclusion.suspect || !isLaw(model, finding)) return false;
  // Of an entry it must be the others of its array that hold.
  const array = derives(finding) ? null : entryOf(model, located, left);
  if (array && held.filter((other) => entryOf(model, other.located, other.left) === array).length < witnesses) return false;
  const made = conclusion.suspect.attempt;
  const claim: Claim = conclusion.suspect.claim;
  // How a derivative of more than two axes is arranged is not said.
  if (made.outcome === "shape" && !made.failure.clash) return false;
  // ∂h_t/∂W of a state that depends on the one before may stop there or go through all of them.
  if ([left, right].flatMap(derivativesIn).some((derivative) => isRecurrent(model, located, derivative.of))) return false;
  // Members of a family that nothing declares may be bound by what is said elsewhere: weights that sum to one.
  if ([...loweringOf(made).drawn.values()].some(({ name }) => name.includes("_*"))) return false;
  // What stands above a letter that nothing declares may number it.
  if ([left, right].some((side) => mayBeNumbered(model, located, side))) return false;
  // What a loss without a formula depends on is a guess of ours.
  if ([...loweringOf(made).drawn.keys()].some((name) => name.startsWith("∂"))) return false;
  return partsOf(model, located, [left, right], made).every((part) => supported.has(part)) && !excused(model, claim, conclusion.suspect.reading, made);
}

/** `\delta^l`, `z^{l+1}` as a power of a letter of which the text says nothing. */
function mayBeNumbered(model: Model, place: Finding["located"], expr: Expr): boolean {
  const isOpen = ({ base, exponent }: Expr & { kind: "power" }): boolean => base.kind === "symbol" && base.name !== "e" && (exponent.kind === "symbol" || exponent.kind === "sum") && symbolsIn(exponent).length === 1 && !model.table.resolve(base, place)?.entity.definition;
  return (expr.kind === "power" && isOpen(expr)) || childrenOf(expr).some((child) => mayBeNumbered(model, place, child));
}

function isRecurrent(model: Model, place: Finding["located"], of: Expr): boolean {
  return symbolsIn(of, false).some((symbol) => {
    const entity = model.table.resolve(symbol, place)?.entity;
    return entity?.definition !== undefined && entity.definition !== null && symbolsIn(entity.definition.expr, false).some((inner) => model.table.resolve(inner, place)?.entity === entity);
  });
}

function refuted(finding: Finding): Finding {
  const { conclusion } = finding;
  if (conclusion.verdict !== "unchecked" || !conclusion.suspect) return finding;
  const { attempt: made, reading } = conclusion.suspect;
  return { ...finding, code: made.outcome !== "compared" ? "shape-mismatch" : derives(finding) ? "gradient-mismatch" : "equation-mismatch", conclusion: { verdict: "refuted", attempt: made, reading, repair: null } };
}

/** What a claim rests on: its variables, as they are drawn, the definitions that it goes through, and the notation that it is written in. */
function partsOf(model: Model, place: Finding["located"], sides: readonly Expr[], made: Attempt | null): string[] {
  const definitions = new Set<number>();
  const pending = [...sides];
  for (let expr = pending.pop(); expr; expr = pending.pop()) {
    for (const symbol of symbolsIn(expr, false)) {
      const entity = model.table.resolve(symbol, place)?.entity;
      if (!entity?.definition || definitions.has(entity.id)) continue;
      definitions.add(entity.id);
      pending.push(entity.definition.expr);
    }
  }
  const variables = made ? [...loweringOf(made).drawn.keys()] : [];
  return [...variables.map((name) => `variable ${name}`), ...[...definitions].map((id) => `definition ${id}`), ...sides.flatMap(notationOf)];
}

/** The constructions and signs of an expression: each must be seen to be understood. */
function notationOf(expr: Expr): string[] {
  const signs = expr.kind === "product" ? expr.operators : expr.kind === "big" ? [expr.operator] : expr.kind === "derivative" ? [expr.notation] : expr.kind === "apply" ? [`${expr.fn.name}${"'".repeat(expr.primes)}`] : [];
  return [expr.kind, ...signs].map((sign) => `notation ${sign}`).concat(childrenOf(expr).flatMap(notationOf));
}

function madeOf({ conclusion }: Finding): Attempt | null {
  return conclusion.verdict === "definition" ? null : conclusion.attempt;
}
