/**
 * Letters below a symbol that are names, not indices: `W_q`, `W_k`, `W_v`. The
 * document shows it: several letters stand below one symbol, no sum runs over
 * any of them there, and one of them runs nowhere else either.
 */
import { letterOfLabel } from "../class-labels";
import { childrenOf, type Expr, type SymbolExpr, symbolsIn } from "../expression";
import { fullKey, taggedKey } from "./key";

/** Letters that run by custom, even where the text binds them nowhere. */
const customary = new Set(["i", "j", "k", "l", "m", "n", "t", "s", "a", "b", "ell", "mu", "nu", "alpha", "beta"]);

/** The symbols, by their full keys, below which a single letter stands that `isArray` tells to be a vector or a matrix: `D_x = \operatorname{diag}(x)`. */
export function namedByArrays(sides: readonly Expr[], isArray: (letter: SymbolExpr) => boolean): Set<string> {
  const named = new Set<string>();
  for (const symbol of sides.flatMap((side) => symbolsIn(side, false))) {
    const [only] = symbol.subscripts;
    if (symbol.subscripts.length === 1 && only?.expr.kind === "symbol" && only.above === undefined && isArray(only.expr)) named.add(fullKey(symbol));
  }
  return named;
}

interface Uses {
  /** The letters that stand alone below a symbol, by the symbol. */
  readonly below: Map<string, Set<string>>;
  /** Symbols below which an index runs. */
  readonly running: Set<string>;
  /** Letters that are indices somewhere: bound, in pairs, shifted. */
  readonly indices: Set<string>;
}

/** The symbols (without subscripts) below which letters are names, in the sides of formulas. */
export function labelledSymbols(formulas: readonly (readonly Expr[])[]): Set<string> {
  const sides = formulas.flat();
  const uses: Uses = { below: new Map(), running: new Set(), indices: new Set(customary) };
  for (const side of sides) note(side, new Set(), uses);
  noteLast(sides, uses);
  for (const formula of formulas) noteMembers(formula, uses);
  // What stands below a symbol that a sum runs over is an index there, and elsewhere: `y_c = e^{z_c} / \\sum_d e^{z_d}`.
  for (const key of uses.running) for (const letter of uses.below.get(key) ?? []) if (letter === letter.toLowerCase()) uses.indices.add(letter);
  const labelled = [...uses.below].filter(([key, letters]) => letters.size > 1 && !uses.running.has(key) && [...letters].some((letter) => isLabel(letter, letters, uses)));
  return new Set(labelled.map(([key]) => key));
}

/** Letters that big operators run over. */
export function runningLetters(sides: readonly Expr[]): Set<string> {
  const own = sides.flatMap((side) => (side.kind === "big" ? side.indices.map(({ symbol }) => taggedKey(symbol)) : []));
  return new Set([...own, ...sides.flatMap((side) => [...runningLetters(childrenOf(side))])]);
}

/** `x_{t+1}`: the letters that step below a symbol, with the symbol. */
export function steppingLetters(sides: readonly Expr[]): Set<string> {
  return new Set(
    sides.flatMap((side) => symbolsIn(side, false)).flatMap((symbol) => {
      const [only, ...more] = symbol.subscripts;
      const [letter, by] = only?.expr.kind === "sum" && only.expr.terms.length === 2 ? only.expr.terms : [];
      return !more.length && letter?.expr.kind === "symbol" && by?.expr.kind === "number" ? [stepKey(symbol, letter.expr.name)] : [];
    }),
  );
}

/** A letter below a symbol. */
export function stepKey(symbol: SymbolExpr, letter: string): string {
  return `${taggedKey(symbol)} ${letter}`;
}

/** Letters that tell a place. */
export interface Places {
  /** Those below symbols that big operators run over, and those that stand in their places. */
  readonly letters: ReadonlySet<string>;
  /** Those that run nowhere: `o` of `u_o` beside `\\sum_w u_w`. */
  readonly names: ReadonlySet<string>;
}

export function placesIn(sides: readonly Expr[]): Places {
  const uses: Uses = { below: new Map(), running: new Set(), indices: new Set() };
  for (const side of sides) note(side, new Set(), uses);
  const bound = runningLetters(sides);
  const below = sides.flatMap((side) => symbolsIn(side, false)).flatMap(({ subscripts }) => subscripts.map(({ text }) => text));
  const beside = [...uses.running].flatMap((key) => [...(uses.below.get(key) ?? [])]);
  const letters = [...below.filter((letter) => bound.has(letter)), ...beside].filter((letter) => /^[a-z]$/.test(letter));
  return { letters: new Set(letters), names: new Set(letters.filter((letter) => !bound.has(letter) && !customary.has(letter))) };
}

/** A letter that runs nowhere; `x_t` and `x_T` are a step and the last one. */
function isLabel(letter: string, letters: ReadonlySet<string>, { indices }: Uses): boolean {
  const last = letter.toLowerCase() !== letter && letters.has(letter.toLowerCase());
  return !indices.has(letter) && !last;
}

/** `p_k = e^{f_k} / \sum_j e^{f_j}`: with the f, the p run. */
function noteMembers([name, ...others]: readonly Expr[], { running }: Uses): void {
  const [letter] = name?.kind === "symbol" && name.subscripts.length === 1 ? name.subscripts : [];
  if (name?.kind !== "symbol" || letter?.expr.kind !== "symbol") return;
  const isMember = ({ subscripts, ...symbol }: SymbolExpr): boolean => subscripts.some(({ text }) => text === letter.text) && running.has(taggedKey({ ...symbol, subscripts }));
  if (others.some((side) => symbolsIn(side, false).some(isMember))) running.add(taggedKey(name));
}

/** `x_1, \dots, x_p`: the last index is one. */
function noteLast(parts: readonly Expr[], { indices }: Uses): void {
  for (const [at, part] of parts.entries()) {
    const [below, ...more] = parts[at - 1]?.kind === "dots" && part.kind === "symbol" ? part.subscripts : [];
    if (below?.expr.kind === "symbol" && !more.length) indices.add(taggedKey(below.expr));
  }
}

function note(expr: Expr, bound: ReadonlySet<string>, uses: Uses): void {
  if (expr.kind === "symbol") noteSymbol(expr, bound, uses);
  if (expr.kind === "apply") noteSymbol(expr.fn, bound, uses);
  noteLast(childrenOf(expr), uses);
  // `\mathbb{1}[k = y]`, and the conditions of cases: places are compared.
  for (const condition of expr.kind === "indicator" ? [expr.condition] : expr.kind === "cases" ? expr.branches.flatMap((branch) => branch.condition ?? []) : []) {
    const letters = condition.sides.flatMap((side) => (side.kind === "symbol" && !side.subscripts.length ? [taggedKey(side)] : []));
    if (letters.some((letter) => uses.indices.has(letter))) for (const letter of letters) uses.indices.add(letter);
  }
  if (expr.kind === "big") {
    const letters = expr.indices.map((index) => taggedKey(index.symbol));
    // A size that an index runs up to is the last index: `x_1, …, x_N`.
    for (const index of expr.indices) if (index.to?.kind === "symbol") uses.indices.add(taggedKey(index.to));
    for (const letter of letters) uses.indices.add(letter);
    note(expr.body, new Set([...bound, ...letters]), uses);
    return;
  }
  for (const child of childrenOf(expr)) note(child, bound, uses);
}

function noteSymbol(symbol: SymbolExpr, bound: ReadonlySet<string>, uses: Uses): void {
  const key = taggedKey(symbol);
  const [only] = symbol.subscripts;
  if (only?.above !== undefined) return;
  if (symbol.subscripts.length === 1 && only?.expr.kind === "symbol" && !only.expr.subscripts.length) {
    const letter = taggedKey(only.expr);
    if (bound.has(letter) || letterOfLabel(letter) !== null) uses.running.add(key);
    uses.below.set(key, (uses.below.get(key) ?? new Set()).add(letter));
    return;
  }
  for (const subscript of symbol.subscripts) {
    if (subscript.expr.kind === "number") continue;
    if (symbol.subscripts.length > 1 || subscript.expr.kind === "sum") uses.running.add(key);
    for (const part of subscript.expr.kind === "sum" ? subscript.expr.terms.map((term) => term.expr) : [subscript.expr]) if (part.kind === "symbol") uses.indices.add(taggedKey(part));
  }
}
