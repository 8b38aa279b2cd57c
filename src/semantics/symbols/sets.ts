/** What membership says of a symbol: `\mathbb{R}^{m\times n}`, `\{0,1\}^n`, `\mathbb{S}^n_{++}`, `(0,1)`. */
import { type Expr, productOf } from "../expression";
import { sizeKey } from "./sizes";
import type { Shape } from "./entity";

export interface SetFacts {
  /** Null where the set says nothing of it. */
  readonly shape: Shape | null;
  readonly properties: readonly string[];
}

const numberSets = new Set(["R", "C", "Z", "N", "Q", "K", "F"]);

export function factsOfSet(set: Expr): SetFacts | null {
  if (set.kind === "power") {
    const base = factsOfSet(set.base);
    if (!base || base.shape === null) return null;
    const dims = dimensions(set.exponent);
    if (!dims) return null;
    if (base.properties.includes("symmetric")) return dims.length === 1 ? { shape: [dims[0] as string, dims[0] as string], properties: base.properties } : null;
    return { shape: dims.length === 1 ? [dims[0] as string, "1"] : dims, properties: base.properties };
  }
  const group = groupOf(set);
  if (group) return group;
  if (set.kind === "symbol") return factsOfName(set.name, set.font, set.subscripts.map((subscript) => subscript.text).join(""));
  if (set.kind === "tuple") {
    const numbers = set.items.map((item) => (item.kind === "number" ? item.numerator / item.denominator : item.kind === "sum" && item.terms.length === 1 && item.terms[0]?.expr.kind === "number" ? -item.terms[0].expr.numerator : null));
    if (numbers.length === 2 && set.braces) return { shape: [], properties: propertiesOfPair(numbers) };
    if (numbers.length === 2 && numbers[0] === 0 && numbers[1] === 1) return { shape: [], properties: ["unitInterval"] };
    if (numbers.length === 2 && numbers[0] === 0) return { shape: [], properties: ["positive"] };
    return { shape: [], properties: [] };
  }
  return set.kind === "product" ? shapeOf(set) : null;
}

/** The sizes of `\mathbb{R}^{(n+1)\times d}`, as they are written. */
export function dimensionsOfSet(set: Expr): readonly Expr[] | null {
  return set.kind === "power" && factsOfSet(set)?.shape ? sizesIn(set.exponent) : null;
}

/** `X : N \times D`, `X \in N \times D`: sizes in place of a set. */
function shapeOf({ factors, operators }: Expr & { kind: "product" }): SetFacts | null {
  const isSize = (factor: Expr): boolean => factor.kind === "number" || (factor.kind === "symbol" && !factor.font && !factor.subscripts.length && /^[a-zBCDHKLMNPTV]$/.test(factor.name));
  const dims = factors.map(sizeKey);
  if (factors.length !== 2 || operators[0] !== "\\times" || !factors.every(isSize) || dims.includes(null)) return null;
  return { shape: dims as string[], properties: [] };
}

/** `\{0,1\}`, `\{-1,1\}`, in either order. */
function propertiesOfPair(numbers: readonly (number | null)[]): string[] {
  const has = (...pair: readonly number[]): boolean => pair.every((number) => numbers.includes(number));
  return has(0, 1) ? ["binary"] : has(-1, 1) ? ["sign"] : [];
}

/** `O(n)`, `\mathrm{SO}(3)`: orthogonal matrices of an order. */
function groupOf(set: Expr): SetFacts | null {
  const parts = (set.kind === "product" ? set.factors : [set]).flatMap((part): readonly Expr[] => (part.kind === "apply" && part.args.length === 1 ? [part.fn, ...part.args] : [part]));
  const name = parts.slice(0, -1).map((part) => (part.kind === "symbol" && !part.subscripts.length ? part.name : "?")).join("");
  const order = /^S?O$/.test(name) ? sizeKey(parts[parts.length - 1] as Expr) : null;
  return order ? { shape: [order, order], properties: ["orthogonal"] } : null;
}

function factsOfName(name: string, font: string, below: string): SetFacts | null {
  if (name === "S" && (font === "mathbb" || font === "mathbf" || font === "mathcal" || below.includes("+"))) {
    return { shape: [], properties: ["symmetric", ...(/\+\+|>/.test(below) ? ["positiveDefinite"] : below.includes("+") ? ["positiveSemidefinite"] : [])] };
  }
  if (numberSets.has(name) && (font === "mathbb" || font === "" || font === "mathbf" || font === "mathrm" || font === "mathcal")) {
    const positive = /\+|>/.test(below) ? ["positive"] : [];
    const integer = name === "Z" ? ["integer"] : name === "N" ? ["positiveInteger"] : [];
    return { shape: [], properties: [...positive, ...integer] };
  }
  return null;
}

/** `m \times n`, `n`, `(m, n)` as size keys. */
export function dimensions(expr: Expr): string[] | null {
  const keys = sizesIn(expr).map(sizeKey);
  return keys.some((key) => key === null) ? null : (keys as string[]);
}

function sizesIn(expr: Expr): readonly Expr[] {
  return expr.kind === "tuple" ? expr.items : expr.kind === "product" && expr.operators.includes("\\times") ? between(expr) : [expr];
}

/** What stands between the signs of a product: `2d` and `m` of `2d \times m`. */
function between({ factors, operators }: Expr & { kind: "product" }): Expr[] {
  const groups: Expr[][] = [[]];
  factors.forEach((factor, i) => {
    if (operators[i - 1] === "\\times") groups.push([]);
    groups[groups.length - 1]?.push(factor);
  });
  return groups.map((group) => productOf(group, group.slice(1).map(() => "" as const)));
}
