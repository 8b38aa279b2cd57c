/**
 * A formula in a sentence, seen as a part of speech: the symbols it is about
 * (`A`, `A, B \in \mathbb{R}^{n}`, `P = \operatorname{softmax}(S)`), or a size,
 * dimensions, a set, a range of an index, or none of these.
 */
import { letterOfLabel } from "../class-labels";
import type { Place } from "../../latex/types";
import { childrenOf, isInverse } from "../expression/tree";
import { wordOf } from "../expression/words";
import type { Assertion, Expr, Subscript, SymbolExpr } from "../expression/types";
import { taggedKey } from "../symbols/key";

export interface MathInfo {
  /** -1 for names in code. */
  readonly formula: number;
  readonly subjects: readonly SymbolExpr[];
  /** Every subject stands alone, with no relation. */
  readonly bare: boolean;
  /** Its only subject is written transposed (`x_i^\top`). */
  readonly transposed: boolean;
  readonly size: Expr | null;
  /** `n \times d` */
  readonly dims: readonly Expr[] | null;
  /** `(N, D)` */
  readonly tuple: readonly Expr[] | null;
  readonly set: Expr | null;
  /** `i = 1, \dots, n`, `i \neq j` */
  readonly range: boolean;
  /** Dimensions of the set that the subjects are said to be in; null where it says nothing. */
  readonly rank: 0 | 1 | 2 | null;
  /** The subjects are said to be square matrices. */
  readonly square: boolean;
  /** The only expression of a formula without relation. */
  readonly expr: Expr | null;
  /** The function whose value the subject is: softmax in `P = \operatorname{softmax}(S)`. */
  readonly functions: readonly SymbolExpr[];
  /** Its first side is a function applied, `f(x) = …`: it is about the function. */
  readonly applied: boolean;
  /** It is a letter that the paragraph applies to something: `s` beside `g(x) = B\\,s(x)`. */
  readonly called: boolean;
  /** Whether the formula asserts a relation. */
  readonly relation: boolean;
  /** It steps (`w \leftarrow w - \eta g`, `w^{(t+1)} = …`). */
  readonly steps: boolean;
  /** `n \to \infty` */
  readonly tends: boolean;
  /** Symbols whose inverse one of its sides is: symmetric where it is (`\Lambda = \Sigma^{-1}`). */
  readonly inverses: readonly SymbolExpr[];
  /** `X` where the formula is `X^\top X`. */
  readonly gram: SymbolExpr | null;
  /** The right side of an equation. */
  readonly value: Expr | null;
  /** `0` and `= 0`, or a derivative that is set to zero. */
  readonly zero: "alone" | "derivative" | null;
}

/** `called`: what the paragraph applies to something; `indices`: the letters that sums of the text run over. */
export function mathInfo(assertions: readonly Assertion[], formula: number, called: ReadonlySet<string>, indices: ReadonlySet<string>): MathInfo {
  const [only] = assertions;
  const single = assertions.length === 1 && only?.sides.length === 1 ? (only.sides[0] as Expr) : null;
  const dims = single ? dimensionsOf(single) : null;
  const set = single && isSet(single) ? single : null;
  const tuple = single ? tupleOf(single) : null;
  const range = assertions.length > 0 && isRange(assertions, indices);
  const subjects = dims || set || tuple ? [] : assertions.flatMap(subjectsOf);
  return {
    formula,
    subjects,
    bare: subjects.length > 0 && assertions.every((assertion) => assertion.sides.length === 1),
    transposed: single?.kind === "transpose",
    size: single && isSize(single) ? single : null,
    dims,
    tuple,
    set,
    range,
    rank: rankOf(assertions),
    square: assertions.some(isSquare),
    expr: single,
    functions: assertions.flatMap(functionsOf),
    applied: only?.sides[0]?.kind === "apply",
    called: single?.kind === "symbol" && called.has(taggedKey(single)),
    relation: assertions.some((assertion) => assertion.sides.length > 1),
    steps: assertions.some((assertion) => assertion.links.some((link) => link.operator === "\\leftarrow" || link.operator === "\\to") || assertion.sides.slice(0, 1).some(isNextIterate)),
    tends: assertions.some(({ links }) => links.some(({ operator }) => operator === "\\to")),
    inverses: assertions.flatMap((assertion) => assertion.sides.flatMap(inverted)),
    gram: single ? gramOf(single) : null,
    value: only?.links[0]?.operator === "=" ? (only.sides[1] ?? null) : null,
    zero: zeroIn(assertions),
  };
}

function zeroIn(assertions: readonly Assertion[]): MathInfo["zero"] {
  const sides = assertions.flatMap((assertion) => assertion.sides);
  if (!sides.some(isZero)) return null;
  const others = sides.filter((side) => !isZero(side));
  return others.every(({ start, end }) => start === end) ? "alone" : others.length === 1 && others[0]?.kind === "derivative" ? "derivative" : null;
}

function isZero(expr: Expr): boolean {
  return (expr.kind === "number" && expr.numerator === 0) || (expr.kind === "symbol" && expr.name === "0");
}

/** What an expression applies to something. */
export function calledIn(expr: Expr): string[] {
  return [...(expr.kind === "apply" ? [taggedKey(expr.fn)] : []), ...childrenOf(expr).flatMap(calledIn)];
}

function subjectsOf(assertion: Assertion): SymbolExpr[] {
  const [first, second] = assertion.sides;
  const operator = assertion.links[0]?.operator;
  // `f : S \to \mathbb{R}` is about f, which is an assertion of its own.
  if (!first || operator === "\\to" || operator === "\\mapsto") return [];
  // `0 < a < b` is about a.
  if (first.kind === "number" && second && (operator === "<" || operator === "\\leq" || operator === ">" || operator === "\\geq")) return symbolsOf(second);
  if (first.kind === "tuple") return assertion.sides.length > 1 ? first.items.flatMap(symbolsOf) : [];
  return symbolsOf(first);
}

function symbolsOf(expr: Expr): SymbolExpr[] {
  if (expr.kind === "symbol") return expr.font === "mathbb" && /^[A-Z]$/.test(expr.name) ? [] : [expr];
  if (expr.kind === "transpose") return expr.base.kind === "symbol" ? [expr.base] : [];
  if (expr.kind === "apply") return [expr.fn];
  return [];
}

/** `y = \tanh(Wx + b)` → tanh; `\hat y = 1 - \sigma(z)` too, since the words can only mean it. */
function functionsOf(assertion: Assertion): SymbolExpr[] {
  return assertion.sides.slice(assertion.sides.length > 1 ? 1 : 0).flatMap((side) => (side.kind === "apply" && assertion.sides.length > 1 ? [side.fn] : side.kind === "sum" ? side.terms.flatMap((term) => (term.expr.kind === "apply" ? [term.expr.fn] : [])) : []));
}

function inverted(side: Expr): SymbolExpr[] {
  return isInverse(side) && side.base.kind === "symbol" ? [side.base] : [];
}

function gramOf(expr: Expr): SymbolExpr | null {
  const [left, right] = expr.kind === "product" && expr.factors.length === 2 ? expr.factors : [];
  return left?.kind === "transpose" && left.base.kind === "symbol" && right?.kind === "symbol" && left.base.name === right.name ? right : null;
}

/** `w_{t+1}`, `w^{(t+1)}` */
function isNextIterate(expr: Expr): boolean {
  return expr.kind === "symbol" && [...expr.subscripts, ...expr.tags].some(({ text }) => /\+\s*1/.test(text));
}

/** "A gamma model with shape $\\alpha$": Greek letters count nothing. */
const parameters = /^(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|varphi|chi|psi|omega)$/;

export function isSize(expr: Expr): boolean {
  if (expr.kind === "number") return expr.denominator === 1 && expr.numerator > 0;
  if (expr.kind === "symbol") return expr.font !== "mathbb" && !parameters.test(expr.name) && !wordOf(expr.name);
  if (expr.kind === "sum") return expr.terms.every((term) => isSize(term.expr));
  if (expr.kind === "product") return expr.factors.every(isSize) && expr.operators.every((operator) => operator === "" || operator === "\\cdot");
  return expr.kind === "bars" && expr.body.kind === "symbol";
}

function dimensionsOf(expr: Expr): readonly Expr[] | null {
  if (expr.kind === "tuple" && expr.items.length === 1) return dimensionsOf(expr.items[0] as Expr);
  if (expr.kind !== "product" || expr.factors.length < 2 || !expr.operators.includes("\\times")) return null;
  // `2n \times d`: the factors between times signs belong together.
  const dims: Expr[] = [];
  expr.factors.forEach((factor, index) => {
    const last = dims[dims.length - 1];
    if (index === 0 || expr.operators[index - 1] === "\\times" || !last) dims.push(factor);
    else dims[dims.length - 1] = { kind: "product", factors: [...(last.kind === "product" ? last.factors : [last]), factor], operators: last.kind === "product" ? [...last.operators, ""] : [""], start: last.start, end: factor.end };
  });
  return dims.every(isSize) ? dims : null;
}

function tupleOf(expr: Expr): readonly Expr[] | null {
  return expr.kind === "tuple" && expr.items.length > 0 && expr.items.every(isSize) ? expr.items : null;
}

function isSet(expr: Expr): boolean {
  if (expr.kind === "symbol") return expr.font === "mathbb" && /^[A-Z]$/.test(expr.name);
  return expr.kind === "power" && isSet(expr.base);
}

/** `i = 1, …, n`, `i \neq j`, `t = 1`, `1 \leq i \leq n`, `i \in \{1, …, n\}`: about an index alone. */
function isRange(assertions: readonly Assertion[], indices: ReadonlySet<string>): boolean {
  const relational = assertions.filter((assertion) => assertion.sides.length > 1);
  const rest = assertions.filter((assertion) => assertion.sides.length === 1);
  if (!relational.length || rest.some((assertion) => !isIndexPart(assertion.sides[0] as Expr))) return false;
  return relational.every((assertion) => assertion.links.every((link) => ["=", "\\neq", "<", ">", "\\leq", "\\geq", "\\in"].includes(link.operator)) && assertion.sides.some((side) => isIndexLetter(side, indices)) && assertion.sides.every((side) => isIndexPart(side)));
}

function isIndexLetter(expr: Expr, indices: ReadonlySet<string>): boolean {
  return expr.kind === "symbol" && (/^[i-nrst]$/.test(expr.name) || indices.has(expr.name)) && !expr.subscripts.length && expr.font === "";
}

function isIndexPart(expr: Expr): boolean {
  if (expr.kind === "number" || expr.kind === "dots") return true;
  if (expr.kind === "symbol") return expr.font === "" && (/^[a-zA-Z]$/.test(expr.name) || letterOfLabel(expr.name) !== null) && !expr.subscripts.length;
  if (expr.kind === "sum") return expr.terms.every((term) => isIndexPart(term.expr));
  if (expr.kind === "tuple") return expr.items.every(isIndexPart);
  return expr.kind === "opaque";
}

function rankOf(assertions: readonly Assertion[]): 0 | 1 | 2 | null {
  for (const assertion of assertions) {
    const at = assertion.links.findIndex((link) => link.operator === "\\in");
    const set = assertion.sides[at + 1];
    if (at < 0 || !set) continue;
    if (set.kind === "power") return set.exponent.kind === "product" && set.exponent.operators.includes("\\times") ? 2 : isSet(set.base) || set.base.kind !== "symbol" ? (set.base.kind === "symbol" && set.base.name === "S" ? 2 : 1) : null;
    if (isSet(set)) return 0;
  }
  return null;
}

/** `A \in \mathbb{R}^{n\times n}` */
function isSquare({ sides, links }: Assertion): boolean {
  const set = sides[links.findIndex(({ operator }) => operator === "\\in") + 1];
  const sizes = set?.kind === "power" && set.exponent.kind === "product" && set.exponent.operators.includes("\\times") ? set.exponent.factors : [];
  const [rows, columns] = sizes.map((size) => (size.kind === "symbol" ? taggedKey(size) : null));
  return sizes.length === 2 && rows !== null && rows === columns;
}

/** An identifier in code as a symbol: `W`, `W_h`, `alpha`. */
export function symbolOfCode(text: string, place: Place): MathInfo | null {
  if (!/^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/.test(text.trim())) return null;
  const symbol = symbolOfWord(text.trim(), place);
  return { formula: -1, subjects: [symbol], bare: true, transposed: false, size: symbol, dims: null, tuple: null, set: null, range: false, rank: null, square: false, expr: symbol, functions: [], applied: false, called: false, relation: false, steps: false, tends: false, inverses: [], gram: null, value: null, zero: null };
}

export function symbolOfWord(text: string, place: Place): SymbolExpr {
  const [name = text, ...rest] = text.split("_");
  const subscripts: Subscript[] = rest.map((part) => ({ text: part, expr: bareSymbol(part, place), start: place.start, end: place.end }));
  return { ...bareSymbol(name, place), subscripts };
}

function bareSymbol(name: string, place: Place): SymbolExpr {
  return { kind: "symbol", name, font: "", accents: [], subscripts: [], tags: [], primes: 0, start: place.start, end: place.end };
}

/** `(N, D)`, `[N, D]`, `N x D`, `(n,)` in code. */
export function tupleOfCode(text: string, place: Place): Expr[] | null {
  const inner = /^\s*[([]\s*([\w\s,×*]+?)\s*,?\s*[)\]]\s*$/.exec(text)?.[1] ?? (/^\s*\w+(\s*[×x]\s*\w+)+\s*$/.test(text) ? text : null);
  if (inner === null || inner === undefined) return null;
  const parts = inner.split(/\s*,\s*|\s*×\s*|\s+x\s+/).map((part) => part.trim()).filter((part) => part);
  const sizes = parts.map((part) => sizeOfName(part, place));
  return sizes.length && sizes.every((size) => size !== null) ? (sizes) : null;
}

/** `N`, `3`, `batch_size`, `2*d` as a size. */
export function sizeOfName(text: string, place: Place): Expr | null {
  if (/^\d{1,9}$/.test(text)) return { kind: "number", numerator: Number(text), denominator: 1, start: place.start, end: place.end };
  if (/^[A-Za-z]\w*$/.test(text)) return symbolOfWord(text, place);
  const factors = text.split("*").map((part) => part.trim());
  if (factors.length < 2 || factors.some((part) => !/^\w+$/.test(part))) return null;
  return { kind: "product", factors: factors.map((part) => sizeOfName(part, place) as Expr), operators: factors.slice(1).map(() => "" as const), start: place.start, end: place.end };
}

const numberWords: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10 };

/** A size among the words: a number, a number word, or a single letter. */
export function sizeOfWord(text: string, capital: boolean, place: Place): Expr | null {
  if (/^\d{1,9}$/.test(text)) return sizeOfName(text, place);
  const value = Object.hasOwn(numberWords, text) ? numberWords[text] : undefined;
  if (value !== undefined) return { kind: "number", numerator: value, denominator: 1, start: place.start, end: place.end };
  if (!/^[b-z]$/.test(text) || (!capital && (text === "y" || text === "o" || text === "e"))) return null;
  return symbolOfWord(capital ? text.toUpperCase() : text, place);
}
