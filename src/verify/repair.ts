/**
 * The smallest edit that makes a refuted claim true, verified like any claim;
 * none where two different ones at the same cost would do equally well is
 * still the first: the plainest edit is offered.
 */
import { childrenOf, derivativesIn, type Expr, occurs, type SymbolExpr, symbolsIn } from "../semantics/expression";
import type { Located, Model } from "../semantics/model";
import type { Reading } from "../readings/reading";
import { baseKey, spellSymbol, taggedKey } from "../semantics/symbols/key";
import { same } from "../base/same";
import { type Attempt, attempt, type Options } from "./attempt";
import type { Claim } from "./claim";
import { chainFactorsOf } from "./chain-factors";
import { losable } from "./lost";
import { holds, varying } from "./outcomes";
import type { Screen } from "./screen";
import { type Context, ownText, type Variant, variantsOf } from "./variants";

export interface Repair {
  readonly variant: Variant;
  /** Which side of the claim is edited. */
  readonly side: "left" | "right";
  /** The whole edited side as LaTeX. */
  readonly latex: string;
}

/** Tries the edits of one side in order of cost; `optionsOf` where more is compared than the sides themselves. */
export function repair(model: Model, claim: Claim, reading: Reading, side: "left" | "right", screen: Screen, maximumCost: number, optionsOf: (edited: Claim) => Options = () => ({}), isTried: (variant: Variant) => boolean = () => true): Repair | null {
  // What stands in another formula is not edited here.
  if (side === "left" && claim.left.start === claim.left.end) return null;
  const formula = model.document.formulas[claim.located.formula];
  if (!formula) return null;
  const source = formula.source.text;
  const expr = claim[side];
  const meant = meaningful(model, claim, { ...reading, equalSizes: true });
  for (const variant of screen.once(expr, () => editsOf(model, claim, side))) {
    // A term too many explains nothing: it may come from what was not understood.
    if (variant.cost > maximumCost) break;
    if (!isTried(variant)) continue;
    const edited: Claim = { ...claim, [side]: variant.expr };
    const proof = screen.proof(edited, meant, optionsOf(edited));
    if (proof && !(variant.forArrays && isOfNumbers(proof))) return { variant, side, latex: applied(source, expr, variant) };
  }
  return null;
}

/** The edits of a side that leave something said. */
function editsOf(model: Model, claim: Claim, side: "left" | "right"): Variant[] {
  const other = claim[side === "right" ? "left" : "right"];
  const holdsOther = holderOf(other);
  const isHeld = partOf(other);
  const isMadeOfItself = mentions(claim.right, claim.left);
  const cancels = canceller();
  const cancelled = cancels(claim[side]);
  return variantsOf(claim[side], contextOf(model, claim)).filter(({ expr }) => {
    const [left, right] = side === "right" ? [other, expr] : [expr, other];
    // `x = x` is true and says nothing; so does a side that holds the other one.
    if (holdsOther(expr) || isHeld(expr) || (left.kind === "derivative" && left.wrt.some((wrt) => same(wrt, left.of)))) return false;
    // `y - y` is written by nobody.
    if (!cancelled && cancels(expr)) return false;
    // Nothing is made of itself.
    return isMadeOfItself || !mentions(right, left);
  });
}

/** Whether something is taken away from itself in an expression; asked of many that have most of their parts in common. */
function canceller(): (expr: Expr) => boolean {
  const known = new Map<Expr, boolean>();
  const cancels = (expr: Expr): boolean => {
    if (!occurs("sum", expr)) return false;
    let found = known.get(expr);
    if (found === undefined) {
      const terms = expr.kind === "sum" ? expr.terms : [];
      known.set(expr, (found = terms.some((one, i) => terms.some((other, j) => j > i && one.sign !== other.sign && same(one.expr, other.expr)) || cancels(one.expr)) || (expr.kind !== "sum" && childrenOf(expr).some(cancels))));
    }
    return found;
  };
  return cancels;
}

/** Whether a letter by itself stands in an expression. */
function mentions(whole: Expr, letter: Expr): boolean {
  return letter.kind === "symbol" && symbolsIn(whole, false).some((symbol) => same(symbol, letter));
}

/** Numbers are added or multiplied, and never entry by entry. */
function isOfNumbers(proof: Attempt): boolean {
  return proof.outcome === "compared" && proof.shape.length === 0 && proof.free.length === 0;
}

/** Where the left side is zero, since a minimiser has its value there, what is said is said of every value. */
function meaningful(model: Model, claim: Claim, reading: Reading): Reading {
  const free = varying(model, claim, reading);
  return free && holds(attempt(model, { ...claim, right: zeroFor(claim.right) }, reading)) ? free : reading;
}

const zeros = new WeakMap<Expr, Expr>();

/** The same for every reading, so that what does not look at the reading is attempted once. */
function zeroFor(expr: Expr): Expr {
  let zero = zeros.get(expr);
  if (!zero) zeros.set(expr, (zero = { kind: "number", numerator: 0, denominator: 1, start: expr.start, end: expr.end }));
  return zero;
}

/** What edits of a claim may use. */
export function contextOf(model: Model, claim: Claim): Context {
  const source = model.document.formulas[claim.located.formula]?.source.text ?? "";
  return { source, transpose: transposeIn(source, model), symbols: candidates(model, claim), factors: chainFactorsOf(model, claim), counts: claim.left.kind === "derivative" && claim.right.kind !== "number", losable: losable(model, claim) };
}

/** Whether an expression is the whole, or a part of it that is more than a letter. */
function partOf(whole: Expr): (part: Expr) => boolean {
  const all = partsOf(whole);
  return (part) => (isLetter(part) ? same(whole, part) : all.some((one) => one.kind === part.kind && same(one, part)));
}

function partsOf(expr: Expr): Expr[] {
  return [expr, ...childrenOf(expr).flatMap(partsOf)];
}

/** A letter or a number, which has no parts. */
export function isLetter({ kind }: Expr): boolean {
  return kind === "symbol" || kind === "number";
}

/** Whether an expression holds a part; asked of many that have most of their own parts in common. */
function holderOf(part: Expr): (whole: Expr) => boolean {
  const known = new Map<Expr, boolean>();
  const holds = (whole: Expr): boolean => {
    let found = known.get(whole);
    if (found === undefined) known.set(whole, (found = (whole.kind === part.kind && same(whole, part)) || (!isLetter(part) && childrenOf(whole).some(holds))));
    return found;
  };
  return holds;
}

export function applied(source: string, expr: Expr, variant: Variant): string {
  return source.slice(expr.start, variant.place.start) + variant.text + source.slice(variant.place.end, expr.end);
}

/** The transpose as this formula, or the document, writes it. */
export function transposeIn(source: string, model: Model): string {
  const pattern = /\^\s*\{?\s*(\\top|\\intercal|\\mathsf\{?\s*T\}?|\\mathrm\{?\s*T\}?|T)\b/;
  const found = pattern.exec(source) ?? model.document.formulas.map((formula) => pattern.exec(formula.source.text)).find((match) => match !== null);
  const written = found?.[1] ?? "\\top";
  return written.length > 1 && written.includes("{") ? `{${written}}` : written;
}

/** What stands beside the claim's symbols in the definitions of its section (`a^{(l-1)}` beside `W^{(l)}`), or beside two of them in any. */
function definedBeside(model: Model, claim: Claim, keys: ReadonlySet<string>): { symbol: SymbolExpr; text: string }[] {
  return model.table.all.flatMap(({ definition, section, symbol: defined }) => {
    if (!definition) return [];
    const symbols = symbolsIn(definition.expr, false);
    const shared = (all: readonly SymbolExpr[]): number => new Set(all.map(taggedKey).filter((key) => keys.has(key))).size;
    if (section === claim.located.section ? !shared(symbols) : shared([defined, ...symbols]) < 2) return [];
    const source = model.document.formulas[definition.formula]?.source.text ?? "";
    return symbols.map((symbol) => ({ symbol, text: definition.instance ? spellSymbol(symbol) : ownText(source.slice(symbol.start, symbol.end), symbol) }));
  });
}

/** The symbols of a claim, what else the document differentiates by, and what else has the letter of one of them (`W_k` beside `W_q`), each once. */
function candidates(model: Model, claim: Claim): { symbol: SymbolExpr; text: string }[] {
  const written = (symbol: SymbolExpr, formula: number): string => ownText((model.document.formulas[formula]?.source.text ?? "").slice(symbol.start, symbol.end), symbol);
  const own = [claim.left, claim.right].flatMap((side) => symbolsIn(side, false)).map((symbol) => ({ symbol, formula: claim.located.formula }));
  const others = derivativesIn(claim.right).length ? elsewhere(model, claim, own.map(({ symbol }) => baseKey(symbol))) : [];
  return unique([...[...own, ...others, ...own.flatMap(({ symbol }) => accented(model, symbol))].map(({ symbol, formula }) => ({ symbol, text: written(symbol, formula) })), ...definedBeside(model, claim, new Set(own.map(({ symbol }) => taggedKey(symbol))))]);
}

/** What else the document differentiates by, and what has one of these letters with another name below it. */
function elsewhere(model: Model, claim: Claim, letters: readonly string[]): { symbol: SymbolExpr; formula: number }[] {
  const isSibling = ({ symbol }: Written): boolean => model.table.isLabelled(symbol) || model.table.resolve(symbol, claim.located)?.indices.length === 0;
  const siblings = [...new Set(letters)].flatMap((letter) => writtenIn(model).get(letter) ?? []).filter(isSibling).sort((a, b) => a.order - b.order);
  const differentiated = model.located.filter((located) => located.section === claim.located.section || located.position < claim.located.position);
  return [...differentiated.flatMap((located) => differentiatedBy(model, located).map((symbol) => ({ symbol, formula: located.formula }))), ...siblings];
}

/** `\hat x_i` beside x_i: the same with an accent, or without one. */
function accented(model: Model, symbol: SymbolExpr): Written[] {
  const isLike = (other: SymbolExpr): boolean => other.name === symbol.name && other.font === symbol.font && other.accents.join() !== symbol.accents.join() && same(other.subscripts.map(({ text }) => text), symbol.subscripts.map(({ text }) => text)) && same(other.tags, symbol.tags);
  const found: Written[] = [];
  for (const all of writtenIn(model).values()) {
    // All of a list have the same name.
    const first = all[0]?.symbol.name === symbol.name ? all.find((one) => isLike(one.symbol)) : undefined;
    if (first) found.push(first);
  }
  return found.slice(0, 2);
}

interface Written {
  readonly symbol: SymbolExpr;
  readonly formula: number;
  readonly order: number;
}

const written = new WeakMap<Model, Map<string, Written[]>>();

/** The symbols of a document by their letters. */
function writtenIn(model: Model): ReadonlyMap<string, readonly Written[]> {
  let found = written.get(model);
  if (found) return found;
  written.set(model, (found = new Map()));
  let order = 0;
  for (const { assertion, formula } of model.located) {
    for (const symbol of assertion.sides.flatMap((side) => symbolsIn(side, false))) {
      const key = baseKey(symbol);
      const all = found.get(key);
      const one = { symbol, formula, order: order++ };
      if (all) all.push(one);
      else found.set(key, [one]);
    }
  }
  return found;
}

function unique(all: readonly { symbol: SymbolExpr; text: string }[]): { symbol: SymbolExpr; text: string }[] {
  const seen = new Set<string>();
  return all.filter(({ symbol, text }) => {
    // The g of `g'(s)` stands for no number.
    if (symbol.name === "⟨index⟩" || !text || (text.endsWith("'") && !symbol.primes)) return false;
    const key = `${symbol.accents.join()}|${symbol.name}|${symbol.subscripts.map((subscript) => subscript.text).join()}|${symbol.tags.map((tag) => tag.text).join()}`;
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

/** Whole symbols that an assertion differentiates by; entries are none. */
function differentiatedBy(model: Model, located: Located): SymbolExpr[] {
  return located.assertion.sides
    .flatMap((side) => derivativesIn(side))
    .flatMap((derivative) => derivative.wrt)
    .filter((wrt): wrt is SymbolExpr => wrt.kind === "symbol" && (!wrt.subscripts.length || model.table.isLabelled(wrt)));
}
