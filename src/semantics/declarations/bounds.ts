/** What indices run up to: sizes, and how many there are of what is enumerated. */
import { childrenOf, derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { fullKey, membersKey, taggedKey } from "../symbols/key";
import { atomsOf, sizeKey, successor } from "../symbols/sizes";
import type { Place } from "../symbols/table";
import type { Draft } from "./draft";

/** `\sum_{i=1}^n` makes n a size wherever it is written, unless it runs somewhere itself. */
export function declareBounds(draft: Draft): void {
  const sums = draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(sumsIn));
  const running = new Set(sums.flatMap((sum) => sum.indices.map((index) => taggedKey(index.symbol))));
  for (const { to } of sums.flatMap((sum) => sum.indices)) {
    const key = to ? sizeKey(to) : null;
    if (!key || key === "infty") continue;
    for (const atom of atomsOf(key)) if (!running.has(atom)) draft.table.sizeNames.add(atom);
  }
}

/**
 * `x_1, \dots, x_m` says how many x_i there are, and `\sum_{i=1}^m` how far an i
 * runs that is given no bounds. An m that runs nowhere itself is a size then.
 */
export function declareExtents(draft: Draft): void {
  const means = meansOf(draft);
  for (const located of draft.located) {
    const { sides } = located.assertion;
    for (const parts of sides.flatMap(listsIn)) noteEnumerated(draft, parts, located);
    noteCounted(draft, located);
    for (const { letter, count } of means(sides)) {
      noteExtent(draft, letter, 1, count, located);
      if (!draft.table.running.has(count)) draft.table.sizeNames.add(count);
    }
    for (const { letter, count } of sharesIn(sides)) {
      if (draft.table.resolve(count, located) || draft.table.running.has(taggedKey(count))) continue;
      noteExtent(draft, letter, 1, taggedKey(count), located);
      draft.table.sizeNames.add(taggedKey(count));
    }
    for (const { symbol, from, to } of sides.flatMap(sumsIn).flatMap(({ indices }) => indices)) {
      const key = to && from?.kind === "number" ? sizeKey(to) : null;
      if (key && key !== "infty" && from?.kind === "number") noteExtent(draft, taggedKey(symbol), from.numerator, key, located);
    }
  }
  // A list by itself is read as one assertion for each of its members.
  draft.located.forEach((located, at) => {
    const [first, dots, last] = draft.located.slice(at, at + 3).map(({ assertion, formula }) => (formula === located.formula ? assertion.sides : []));
    if (dots?.[0]?.kind === "dots") noteEnumerated(draft, [...(first ?? []).slice(-1), ...dots, ...(last ?? []).slice(0, 1)], located);
  });
}

/** `i = 1, \\dots, n` */
function noteCounted(draft: Draft, located: Draft["located"][number]): void {
  const { sides: [letter, from, ...more], notes = [] } = located.assertion;
  const [dots, last, ...further] = notes.map((note) => (note.kind === "expression" ? note.expr : null));
  const count = dots?.kind === "dots" && last && !further.length ? sizeKey(last) : null;
  if (count && letter?.kind === "symbol" && !letter.subscripts.length && from?.kind === "number" && !more.length) {
    noteExtent(draft, taggedKey(letter), from.numerator, count, located);
    for (const atom of atomsOf(count)) if (!draft.table.running.has(atom)) draft.table.sizeNames.add(atom);
  }
}

/** `i = 1, \\dots, n`, `l = L-1, L-2, \\dots, 1`: through what a letter runs, and no value of it. */
export function runsThrough({ located }: Draft, { id, formula, assertion: { notes = [] } }: Draft["located"][number]): boolean {
  if (notes.some((note) => note.kind === "expression" && note.expr.kind === "dots")) return true;
  // A list by itself is read as one assertion for each of its members.
  for (let at = id + 1; located[at]?.formula === formula; at++) {
    const [only, ...more] = located[at]?.assertion.sides ?? [];
    if (!only || more.length) return false;
    if (only.kind === "dots") return true;
  }
  return false;
}

type Mean = { readonly letter: string; readonly count: string };

/** The means in sides of assertions: λ of `\frac1\lambda \sum_i x_i` is no count where functions take it, or it is differentiated by. */
export function meansOf({ located }: Draft): (sides: readonly Expr[]) => Mean[] {
  const all = located.flatMap(({ assertion }) => assertion.sides);
  const taken = all.flatMap((side) => (side.kind === "apply" ? side.args : []));
  const varied = new Set([...taken, ...all.flatMap(derivativesIn).flatMap(({ wrt }) => wrt)].flatMap((one) => (one.kind === "symbol" ? [taggedKey(one)] : [])));
  return (sides) => sides.flatMap(meansIn).filter(({ count }) => !varied.has(count));
}

/** `\frac1n\sum_j x_j`, where nothing says how far j runs: a mean of n. */
function meansIn(expr: Expr): Mean[] {
  const inner = childrenOf(expr).flatMap(meansIn);
  const [share, sum, ...more] = expr.kind === "product" ? expr.factors : [];
  const [index, ...others] = sum?.kind === "big" && sum.operator === "sum" ? sum.indices : [];
  const count = share?.kind === "quotient" && share.numerator.kind === "number" && share.numerator.numerator === 1 && share.denominator.kind === "symbol" ? sizeKey(share.denominator) : null;
  return count && index && !index.from && !index.to && !others.length && !more.length ? [{ letter: taggedKey(index.symbol), count }, ...inner] : inner;
}

/** K of `q_k = (1 - \epsilon) y_k + \epsilon/K`, or V in its place: the same share for each of the k, of which there are K. */
function sharesIn(sides: readonly Expr[]): { readonly letter: string; readonly count: SymbolExpr }[] {
  const indicesOf = (expr: Expr): string[] => symbolsIn(expr, false).flatMap(({ subscripts }) => subscripts.flatMap(({ expr: below, above }) => (below.kind === "symbol" && above === undefined ? [taggedKey(below)] : [])));
  const below = new Set(sides.flatMap(indicesOf));
  const within = (expr: Expr): { count: SymbolExpr; share: Expr }[] => [...(expr.kind === "quotient" && expr.denominator.kind === "symbol" ? [{ count: expr.denominator, share: expr.numerator }] : []), ...childrenOf(expr).flatMap(within)];
  const [left] = sides;
  const member = left?.kind === "symbol" && left.subscripts.length === 1 ? indicesOf(left)[0] : undefined;
  return sides.flatMap(within).flatMap(({ count, share }) => {
    const { name, subscripts, tags } = count;
    if (!/^[A-Z]$/.test(name) || subscripts.length || tags.length) return [];
    if (/^[KNCM]$/.test(name) && below.has(name.toLowerCase())) return [{ letter: name.toLowerCase(), count }];
    return member && !indicesOf(share).length ? [{ letter: member, count }] : [];
  });
}

/** The n of `-\frac n2 \log s - \frac{1}{2s} \sum (x_i - \mu)^2`: where nothing says how far sums go and what an n is, they have n terms. */
export function declareUnsaidCounts(draft: Draft): void {
  const { table } = draft;
  const uses = draft.located.flatMap((located) => located.assertion.sides.flatMap((side) => symbolsIn(side, false)).map((symbol) => ({ symbol, located })));
  const varied = new Set(draft.located.flatMap(({ assertion }) => assertion.sides.flatMap(variedIn)).map(taggedKey));
  const isFree = (key: string): boolean => !table.sizeNames.has(key) && !table.running.has(key) && !varied.has(key);
  const counts = new Set(uses.flatMap(({ symbol, located }) => (/^[nN]$/.test(symbol.name) && isFree(fullKey(symbol)) && !table.resolve(symbol, located) ? [fullKey(symbol)] : [])));
  const [count, ...others] = counts;
  if (!count || others.length || !/^[nN]$/.test(count) || uses.some(({ symbol }) => fullKey(symbol) !== count && symbol.name === count)) return;
  for (const located of draft.located) {
    for (const { indices: [index, ...more], conditions } of located.assertion.sides.flatMap(sumsIn)) {
      if (!index || more.length || conditions.length || index.from || index.to || table.extentOf(taggedKey(index.symbol), located)) continue;
      noteExtent(draft, taggedKey(index.symbol), 1, count, located);
      table.sizeNames.add(count);
    }
  }
}

/** What functions take and what is differentiated by. */
function variedIn(expr: Expr): SymbolExpr[] {
  const own = expr.kind === "apply" ? expr.args : expr.kind === "derivative" ? expr.wrt : [];
  return [...own.flatMap((one) => (one.kind === "symbol" ? [one] : [])), ...childrenOf(expr).flatMap(variedIn)];
}

/** h of `h = 1, \dots, H`, of which the first part is read as an assertion. */
export function enumeratedLetters({ document, located }: Draft): string[] {
  return located.flatMap(({ assertion, formula }) => {
    const [letter, from, ...more] = assertion.sides;
    if (letter?.kind !== "symbol" || !/^[a-z]$/.test(letter.name) || letter.subscripts.length || from?.kind !== "number" || more.length) return [];
    return /^\s*,\s*\\[lc]?dots/.test(document.formulas[formula]?.source.text.slice(from.end) ?? "") ? [taggedKey(letter)] : [];
  });
}

/** What is written side by side, at any depth. */
function listsIn(expr: Expr): (readonly Expr[])[] {
  const parts = childrenOf(expr);
  return [parts, ...parts.flatMap(listsIn)];
}

function noteEnumerated(draft: Draft, parts: readonly Expr[], place: Place): void {
  parts.forEach((part, at) => {
    if (part.kind !== "dots") return;
    const [before, last] = [parts.slice(0, at).map(memberOf), memberOf(parts[at + 1])];
    const first = last && before.find((member) => member?.family === last.family && /^\d+$/.test(member.index));
    if (!first || !/^[a-z]/i.test(last.index)) return;
    noteExtent(draft, last.family, Number(first.index), last.index, place);
    if (!draft.table.running.has(last.index)) draft.table.sizeNames.add(last.index);
  });
}

function noteExtent(draft: Draft, key: string, from: number, to: string, place: Place): void {
  if (from <= 1) draft.table.noteExtent(key, from === 0 ? successor(to) : to, place);
}

function memberOf(expr: Expr | undefined): { readonly family: string; readonly index: string } | null {
  const [below, ...more] = expr?.kind === "symbol" ? expr.subscripts : [];
  return expr?.kind === "symbol" && below && !below.above && !more.length ? { family: membersKey(expr), index: below.text } : null;
}

/** What an index runs up to is a size. */
export function noteBounds(draft: Draft, expr: Expr): void {
  if (expr.kind === "big") for (const { to } of expr.indices) if (to?.kind === "symbol" && !to.subscripts.length && to.name !== "infty") draft.table.sizeNames.add(taggedKey(to));
  childrenOf(expr).forEach((child) => noteBounds(draft, child));
}

export function sumsIn(expr: Expr): (Expr & { kind: "big" })[] {
  return [...(expr.kind === "big" ? [expr] : []), ...childrenOf(expr).flatMap(sumsIn)];
}
