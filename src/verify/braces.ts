/**
 * A slip under a brace shows twice: what the braces stand in fails, and the
 * label names something else. Where it would hold with the label's word for
 * what stands above it, it is one slip, told once and where it is.
 */
import type { Reading } from "../readings/reading";
import type { Expr, Place } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { attempt } from "./attempt";
import type { Finding } from "./finding";
import { holds } from "./outcomes";
import { parts } from "./variants";

export function toldOnce(model: Model, findings: readonly Finding[], home: Reading): Finding[] {
  const labels = findings.filter((finding) => finding.kind === "label" && isWrong(finding));
  return labels.reduce((all, label) => merged(model, all, label, home), [...findings]);
}

function merged(model: Model, findings: Finding[], label: Finding, home: Reading): Finding[] {
  const told = findings.find((finding) => finding.kind !== "label" && isWrong(finding) && holdsByLabel(model, finding, label, home));
  return told ? findings.filter((finding) => finding !== label).map((finding) => (finding === told ? at(finding, label) : finding)) : findings;
}

function isWrong({ conclusion }: Finding): boolean {
  return conclusion.verdict === "refuted";
}

function holdsByLabel(model: Model, { located, left, right }: Finding, label: Finding, home: Reading): boolean {
  const [stated, meant] = [left, right].map((side) => named(side, label)) as [Expr | null, Expr | null];
  return (stated ?? meant) !== null && holds(attempt(model, { located, link: 0, left: stated ?? left, right: meant ?? right, proportional: false }, home));
}

/** The side with the label for what it is written under; null where that is nowhere in it. */
function named(side: Expr, label: Finding): Expr | null {
  if (side.kind === "labelled" && side.label === label.left) return side.label;
  for (const { child, rebuild } of parts(side)) {
    const inner = named(child, label);
    if (inner) return rebuild(inner);
  }
  return null;
}

/** The finding under the brace, with what is known of the place inside it. */
function at(finding: Finding, { right: body, range: label }: Finding): Finding {
  const related = [...(finding.related ?? []), { place: label, message: "by its label it is something else" }];
  if (isWithin(finding.range, body)) return { ...finding, related };
  const { conclusion } = finding;
  return { ...finding, related, range: { start: body.start, end: body.end }, wrongCells: [], conclusion: conclusion.verdict === "refuted" ? { ...conclusion, repair: null } : conclusion };
}

function isWithin(inner: Place, outer: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `c - \underbrace{a - b}_{l}` as it is printed, where a brace is no bracket: c − a − b; the same expression where no minus stands before a sum in braces. */
export function asPrinted(expr: Expr): Expr {
  const within = parts(expr).reduce<Expr>((whole, { child }, at) => {
    const printed = asPrinted(child);
    return printed === child ? whole : (parts(whole)[at]?.rebuild(printed) ?? whole);
  }, expr);
  if (within.kind !== "sum") return within;
  const terms = within.terms.flatMap((term) => (term.sign < 0 && term.expr.kind === "labelled" && term.expr.body.kind === "sum" ? term.expr.body.terms.map((inner, i) => (i === 0 ? { ...inner, sign: inner.sign > 0 ? (-1 as const) : (1 as const) } : inner)) : [term]));
  return terms.length === within.terms.length ? within : { ...within, terms };
}
