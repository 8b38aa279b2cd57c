/**
 * `dW_1 = dZ_1 X^\top` beside `dW_2 = \frac{1}{m} dZ_2 A_1^\top`: each is right of
 * the slopes of some loss, but not both of those of one, so that one lost its
 * mean. Where the slopes of the samples are means themselves, nothing is said.
 */
import { same } from "../base/same";
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { sizeKey } from "../semantics/symbols/sizes";
import { attempt, attemptValue } from "./attempt";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import type { Finding } from "./finding";
import { countIn, eachAndMean, isShort, withoutCount } from "./of-each-sample";
import { differs } from "./outcomes";
import { repair } from "./repair";
import { screenOf } from "./screen";

/** What dropping a factor costs. */
const largestEdit = 3;

type Held = Finding & { readonly conclusion: Extract<Conclusion, { readonly verdict: "verified" }> };

/** The findings of a section, those that lost a mean, or have it twice, refuted. */
export function refuteLostMeans(model: Model, findings: Finding[]): Finding[] {
  const short = findings.filter((finding): finding is Held => finding.conclusion.verdict === "verified" && finding.left.kind === "derivative" && isShort(finding.left));
  const isMean = ({ conclusion, right }: Held): boolean => conclusion.assumptions.includes(eachAndMean) && withoutCount(right) !== null;
  const means = short.filter(isMean);
  const [first] = means;
  const count = first && countIn(first.right);
  if (!count) return findings;
  const others = short.filter((one) => !isMean(one) && !means.some(({ left }) => same(left, one.left)));
  // `dZ = \frac{1}{m}(A - Y)`
  const shares = others.filter(({ right }) => countIn(right) && !derivativesIn(right).some(isShort));
  if (shares.length) return means.length > others.length ? findings : findings.map((finding) => (means.includes(finding as Held) ? meanOfMeans(model, finding as Held) : finding));
  const sums = others.filter((one) => !countIn(one.right) && sumsSamples(model, one, count));
  if (sums.length > means.length) return findings;
  const written = sourceOf(model, first).slice(count.start, count.end);
  return findings.map((finding) => (sums.includes(finding as Held) ? lostMean(model, finding as Held, count, written) : finding));
}

function sourceOf(model: Model, { formula }: Finding): string {
  return model.document.formulas[formula]?.source.text ?? "";
}

/** Whether slopes of all samples make one that is of none of them. */
function sumsSamples(model: Model, { located, left, right, conclusion }: Held, count: SymbolExpr): boolean {
  const key = sizeKey(count);
  const claim: Claim = { located, link: 0, left, right, proportional: false };
  const hasSamples = (of: Expr): boolean | null => {
    const found = attemptValue(model, claim, conclusion.reading, of);
    return found && key !== null ? found.value.shape.some((size) => found.lowering.algebra.same(size, key)) : null;
  };
  return hasSamples(left) === false && (bindsSamples(right, key) || derivativesIn(right).some((slope) => isShort(slope) && hasSamples(slope)));
}

/** `\sum_{i=1}^m dz^{(i)}` */
function bindsSamples(expr: Expr, key: string | null): boolean {
  if (expr.kind === "big" && occurs("derivative", expr.body) && expr.indices.some(({ to }) => to && sizeKey(to) === key)) return true;
  return childrenOf(expr).some((child) => bindsSamples(child, key));
}

/** The slopes on the right have been divided by the count before. */
function meanOfMeans(model: Model, finding: Held): Finding {
  const { located, left, right, conclusion: { reading } } = finding;
  const claim: Claim = { located, link: 0, left, right, proportional: false };
  const made = attempt(model, claim, reading);
  const repaired = differs(made) ? repair(model, claim, reading, "right", screenOf(model, claim), largestEdit) : null;
  return repaired ? { ...finding, code: "gradient-mismatch", range: repaired.variant.wrong ?? repaired.variant.place, conclusion: { verdict: "refuted", attempt: made, reading, repair: repaired } } : finding;
}

/** The slopes on the right are of the samples' own losses, so many times as much as those of the mean. */
function lostMean(model: Model, finding: Held, count: SymbolExpr, written: string): Finding {
  const { located, left, right, conclusion: { reading } } = finding;
  const place = { start: right.start, end: right.end };
  const times = (factor: Expr): Expr => ({ kind: "product", factors: [factor, right], operators: [""], ...place });
  const made = attempt(model, { located, link: 0, left, right: times(count), proportional: false }, reading);
  if (!differs(made)) return finding;
  const source = sourceOf(model, finding);
  const mean = `\\frac{1}{${written}}`;
  const own = source.slice(place.start, place.end);
  const text = `${mean} ${right.kind === "sum" && right.terms.length > 1 ? `\\left(${own}\\right)` : own}`;
  const one: Expr = { kind: "number", numerator: 1, denominator: 1, ...place };
  const expr = times({ kind: "quotient", numerator: one, denominator: count, elementwise: false, ...place });
  return { ...finding, code: "gradient-mismatch", conclusion: { verdict: "refuted", attempt: made, reading, repair: { variant: { expr, place, text, title: `multiply by ${mean}`, cost: 3, scales: true }, side: "right", latex: text } } };
}
