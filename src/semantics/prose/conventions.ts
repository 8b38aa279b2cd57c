/**
 * Conventions that a sentence states for the whole document: layouts, vectors
 * as columns, letters, how functions act. A sentence that speaks of what others
 * do ("some authors", "instead of") states none of its own there.
 */
import type { SymbolExpr } from "../expression/types";
import { isCopula, isPlainWord } from "./ahead";
import { type Item, wordsOf } from "./items";
import type { Lexicon } from "./lexicon";
import type { ConventionKey } from "./meanings";
import type { DocumentFact, Fact } from "./types";
import type { Unit } from "./units";

interface Hit {
  readonly key: ConventionKey;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly at: number;
  readonly captures: readonly Unit[];
}

type Said = Pick<DocumentFact, "start" | "end" | "words" | "reach">;

/** `loose`: descriptions of no symbol, from the reading of the clauses. */
export function readConventions(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon, loose: readonly Item[]): DocumentFact[] {
  const hits = hitsOf(sentence, units, lexicon);
  const has = (key: ConventionKey): boolean => hits.some((hit) => hit.key === key);
  const said = (hit: { start: number; end: number; words: string }): Said => ({ start: hit.start, end: hit.end, words: hit.words, reach: has("adopt") ? "document" : "sentence" });
  return [...layouts(hits, said), ...orientations(sentence, hits, said), ...fonts(sentence, hits, said), ...actions(sentence, hits, loose, said), ...remarks(sentence, hits, loose, said)];
}

function hitsOf(sentence: readonly Item[], units: readonly Unit[], lexicon: Lexicon): Hit[] {
  const hits: Hit[] = [];
  const first = sentence[0];
  const last = sentence[sentence.length - 1];
  if (!first || !last) return [];
  for (let at = first.at; at < last.at + last.length; ) {
    const match = lexicon.conventions.match(units, at);
    const covered = units.slice(at, at + (match?.length ?? 1));
    for (const key of match?.values ?? []) hits.push({ key, at, captures: match?.captures ?? [], words: wordsOf(covered), start: (covered[0] as Unit).start, end: (covered[covered.length - 1] as Unit).end });
    at += match?.length ?? 1;
  }
  return hits;
}

const layoutOf: Partial<Record<ConventionKey, "numerator" | "denominator" | "mixed">> = { numeratorLayout: "numerator", denominatorLayout: "denominator", mixedLayout: "mixed" };

/** The layout that the sentence does not contrast with another. */
function layouts(hits: readonly Hit[], said: (hit: Hit) => Said): DocumentFact[] {
  const named = hits.filter((hit) => layoutOf[hit.key] !== undefined);
  const own = named.filter((hit) => !hits.some((other) => other.key === "contrast" && other.at < hit.at && !named.some((between) => between.at > other.at && between.at < hit.at)));
  const kinds = new Set(own.map((hit) => layoutOf[hit.key]));
  const [hit] = own;
  const layout = hit && kinds.size === 1 ? layoutOf[hit.key] : undefined;
  return hit && layout ? [{ kind: "layout", layout, ...said(hit) }] : [];
}

/** "gradients are row vectors", "all vectors are columns" */
function orientations(sentence: readonly Item[], hits: readonly Hit[], said: (hit: Hit) => Said): DocumentFact[] {
  const gradient = hits.find((hit) => hit.key === "gradients");
  const shape = hits.find((hit) => hit.key === "sameShapeAsParameter");
  if (gradient && shape && shape.at > gradient.at && !contrasted(hits, shape)) return [{ kind: "layout", layout: "denominator", ...said(shape) }];
  const which = hits.find((hit) => hit.key === "columns" || hit.key === "rows");
  if (which && adopts(sentence, hits, which)) return [{ kind: "vectors", are: which.key === "rows" ? "rows" : "columns", ...said(which) }];
  const subject = hits.find((hit) => (hit.key === "gradients" || hit.key === "vectors") && which !== undefined && hit.at < which.at);
  if (!which || !subject || contrasted(hits, which) || !isStated(sentence, subject, which)) return [];
  if (gradient) return [{ kind: "layout", layout: which.key === "rows" ? "numerator" : "denominator", ...said(which) }];
  return [{ kind: "vectors", are: which.key === "rows" ? "rows" : "columns", ...said(which) }];
}

/** "We use row vectors [throughout]": right behind the verb, of no letter. */
function adopts(sentence: readonly Item[], hits: readonly Hit[], which: Hit): boolean {
  const verb = hits.find((hit) => hit.key === "adopt" && hit.at < which.at);
  const next = sentence.find((item) => item.at > which.at);
  return verb !== undefined && !contrasted(hits, which) && !next?.math && sentence.every((item) => item.start < verb.end || item.at >= which.at || isPlainWord(item));
}

function contrasted(hits: readonly Hit[], hit: Hit): boolean {
  return hits.some((other) => other.key === "contrast" && other.at < hit.at);
}

/** Nothing between the two that they are about instead; and the vectors stand at the head, not as what something is, nor as part of a word (`偏导向量`). */
function isStated(sentence: readonly Item[], subject: Hit, which: Hit): boolean {
  const between = sentence.filter((item) => item.at >= subject.at && item.at <= which.at);
  if (between.some((item) => item.grammar.has("not") || item.mark === "," || item.math || item.dims)) return false;
  const before = [...sentence].reverse().find((item) => item.at < subject.at);
  return subject.key === "gradients" || !before || !(isCopula(before) || before.math || (isPlainWord(before) && before.end === subject.start));
}

/** "Bold lower-case letters denote vectors, bold capitals matrices." */
function fonts(sentence: readonly Item[], hits: readonly Hit[], said: (hit: Hit) => Said): DocumentFact[] {
  const looks = hits.filter((hit) => ["bold", "plain", "upper", "lower"].includes(hit.key));
  if (!looks.length || sentence.some((item) => item.math !== null && item.math.formula >= 0 && item.math.relation)) return [];
  const out: DocumentFact[] = [];
  let open: { bold: boolean | null; letters: "upper" | "lower" | null; hit: Hit | null } = { bold: null, letters: null, hit: null };
  let waiting: "scalar" | "vector" | "matrix" | null = null;
  const close = (): void => {
    if (open.hit && waiting) out.push({ kind: "font", bold: open.bold, letters: open.letters, role: waiting, ...said(open.hit) });
    open = { bold: null, letters: null, hit: null };
    waiting = null;
  };
  for (const item of sentence) {
    const here = looks.filter((hit) => hit.at >= item.at && hit.at < item.at + item.length);
    for (const hit of here) open = { hit: open.hit ?? hit, bold: hit.key === "bold" ? true : hit.key === "plain" ? false : open.bold, letters: hit.key === "upper" ? "upper" : hit.key === "lower" ? "lower" : open.letters };
    const role = roleOf(item);
    if (role) waiting = role;
    if (open.hit && waiting && (item.mark !== null || item.grammar.has("and") || item === sentence[sentence.length - 1])) close();
  }
  close();
  return out;
}

function roleOf(item: Item): "scalar" | "vector" | "matrix" | null {
  const key = item.fact?.key;
  return key === "scalar" || key === "vector" || key === "matrix" ? key : key === "columnVector" ? "vector" : null;
}

/** "the function acts elementwise", "softmax is applied row by row" */
function actions(sentence: readonly Item[], hits: readonly Hit[], loose: readonly Item[], said: (item: Item) => Said): DocumentFact[] {
  const functions = sentence.flatMap((item) => (item.named === null ? [] : [item.named]));
  const general = hits.some((hit) => hit.key === "functionsInGeneral");
  return loose.flatMap((item): DocumentFact[] => {
    const how = actionOf(item.fact?.make(item.captures) ?? []);
    return how && (general || functions.length) ? [{ kind: "acts", how, functions, ...said(item) }] : [];
  });
}

function actionOf(facts: readonly Fact[]): "elementwise" | "rowwise" | "columnwise" | null {
  for (const { kind } of facts) if (kind === "elementwise" || kind === "rowwise" || kind === "columnwise") return kind;
  return null;
}

function remarks(sentence: readonly Item[], hits: readonly Hit[], loose: readonly Item[], said: (hit: { start: number; end: number; words: string }) => Said): DocumentFact[] {
  const out: DocumentFact[] = [];
  const bias = hits.some((hit) => hit.key === "bias");
  const vec = hits.some((hit) => hit.key === "vecWord") || sentence.some(({ math }) => math?.subjects.some(({ name }) => /^vec$/i.test(name)) === true);
  for (const item of vec ? sentence : []) {
    const stacks = item.fact?.key === "stacksColumns" ? "columns" : item.fact?.key === "stacksRows" ? "rows" : null;
    if (stacks) out.push({ kind: "vec", order: stacks, ...said(item) });
  }
  for (const item of loose) {
    for (const fact of item.fact?.make(item.captures) ?? []) {
      if (fact.kind === "structured" || fact.kind === "unconstrained") out.push({ kind: "symmetricDerivative", which: fact.kind, ...said(item) });
      if (fact.kind === "replicated" && bias) out.push({ kind: "replicated", along: fact.along, ...said(item) });
    }
  }
  for (const hit of hits) {
    if (hit.key === "absoluteDeterminant" && sentence.some(({ math }) => math?.expr?.kind === "norm" && math.expr.which === null)) out.push({ kind: "determinantBars", ...said(hit) });
    if (hit.key === "khatriRao") out.push({ kind: "khatriRao", ...said(hit) });
    if (hit.key === "convolution") out.push({ kind: "convolution", ...said(hit) });
    if (hit.key === "singleEntry") out.push({ kind: "singleEntries", ...said(hit) });
    if (hit.key === "matrixFunction") out.push({ kind: "matrixFunctions", ...said(hit) });
    if (hit.key === "summation") out.push({ kind: "summation", ...said(hit) });
    const set = hit.key === "allVectors" ? sentence.find(({ at, math }) => at > hit.at && math?.set)?.math?.set : null;
    if (set) out.push({ kind: "allVectors", set, ...said(hit) });
    const sized = hit.key === "allMatrices" ? sentence.find(({ at, math, dims }) => at > hit.at && at < hit.at + 8 && (math?.set || dims)) : undefined;
    if (sized) out.push({ kind: "allMatrices", dims: sized.dims, set: sized.math?.set ?? null, ...said(hit) });
    if (hit.key === "attainedAt" || hit.key === "largestEntry" || hit.key === "smallestEntry") out.push(...extremes(hit, said(hit)));
    if (hit.key === "oneExample") out.push({ kind: "oneExample", ...said(hit) });
    if (hit.key === "noBias") out.push({ kind: "noBias", ...said(hit) });
  }
  return out;
}

/** The index or the entry that the words name, alone. */
function extremes({ key, captures }: Hit, said: Said): DocumentFact[] {
  const named = captures.flatMap((unit) => (unit.kind === "math" && unit.math.bare ? unit.math.subjects : []));
  const isLetter = (symbol: SymbolExpr | undefined): boolean => symbol !== undefined && /^[a-z]$/.test(symbol.name) && !symbol.subscripts.length;
  const [symbol, ...more] = named.length > 1 ? named.filter(({ subscripts }) => subscripts.length > 0) : named;
  const below = symbol?.subscripts.map(({ expr }) => (expr.kind === "symbol" ? expr : undefined)) ?? [];
  if (!symbol || more.length || !(key === "attainedAt" ? isLetter(symbol) : below.length === 1 && isLetter(below[0]))) return [];
return [{ kind: "extremeAt", symbol, least: key === "smallestEntry", ...said }];
}
