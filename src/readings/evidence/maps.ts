/** Letters that map one array to another, and what they map. */
import { childrenOf, type Expr, isInverse, type SymbolExpr } from "../../semantics/expression";
import type { Located, Model } from "../../semantics/model";
import { numbered } from "../../semantics/symbols/positions";
import { countLike, isCapital, isMatrixTimesMatrix, isMatrixTimesVector, untransposed, weighted } from "./letters";

/** W^l of `W^l a^{l-1}`, W^l and A^{l-1} of `W^l A^{l-1}`: the weights between layers are no numbers. */
export function layerWeightsIn(expr: Expr): SymbolExpr[] {
  const factors = isMatrixTimesVector(expr) ? expr.factors.slice(0, 1) : isMatrixTimesMatrix(expr) ? expr.factors : [];
  const [matrix] = factors;
  const own = matrix?.kind === "symbol" && numbered(matrix) && !countLike.has(matrix.name) ? (factors as SymbolExpr[]) : [];
  return [...own, ...childrenOf(expr).flatMap(layerWeightsIn)];
}

/** w, a and b of `w^l a^{l-1} + b^l`, in small letters with different numbers above them. */
export function layersIn(expr: Expr): (readonly [SymbolExpr, ...SymbolExpr[]])[] {
  const inside = childrenOf(expr).flatMap(layersIn);
  if (expr.kind !== "sum") return inside;
  const isLayered = (one: Expr | undefined): one is SymbolExpr => one?.kind === "symbol" && /^[a-z]$/.test(one.name) && numbered(one) !== null;
  const terms = expr.terms.map((term) => term.expr);
  const pair = terms.find((term) => term.kind === "product" && term.factors.length === 2 && term.operators[0] === "" && term.factors.every(isLayered));
  const [matrix, vector] = pair?.kind === "product" ? (pair.factors as SymbolExpr[]) : [];
  const biases = terms.filter((term) => term !== pair);
  if (!matrix || !vector || terms.length !== 2 || !biases.every(isLayered) || matrix.tags[0]?.text === vector.tags[0]?.text) return inside;
  return [[matrix, vector, ...biases], ...inside];
}

/** y and x of `y = Wx`, `y = W^\top x`, `y = W^{-1}x`, where both are small letters. */
export function mappedIn([left, right]: readonly Expr[]): SymbolExpr[] {
  const product = right && mapsByItself(right);
  if (left?.kind !== "symbol" || !/^[a-z]$/.test(left.name) || !product || !isMatrixTimesVector(product)) return [];
  const [matrix, vector] = product.factors as [SymbolExpr, SymbolExpr];
  return countLike.has(matrix.name) || left.subscripts.length || vector.subscripts.length ? [] : [left, vector];
}

/** `Wx` for `W^\top x`, `W^{-1}x` and `W^{-\top}x`. */
function mapsByItself(expr: Expr): Expr {
  const plain = untransposed(expr);
  const [first, ...rest] = plain.kind === "product" ? plain.factors : [];
  return plain.kind === "product" && first && isInverse(first) ? untransposed({ ...plain, factors: [first.base, ...rest] }) : plain;
}

/** x, u and w of `x_k = A x_{k-1} + B u_k + w_k`, and e and y of `e_k = x_k - y_k` beside it: what a matrix maps to the next of its kind is a vector, and so is what adds up with vectors; and K of `\hat x_k = \bar x_k + K_k(z_k - H \bar x_k)`. */
export function statesIn(model: Model): { readonly vectors: readonly SymbolExpr[]; readonly matrices: readonly SymbolExpr[] } {
  const sums = model.located.map(({ assertion: { sides } }) => ({ sides, letters: sides.flatMap(addedIn) }));
  const found = new Map(sums.filter(({ sides }) => isStep(sides)).flatMap(({ letters }) => letters).map((letter) => [weighted(letter), letter]));
  const isOfStates = ({ letters }: { letters: readonly SymbolExpr[] }): boolean => letters.some((letter) => found.has(weighted(letter)));
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const sum of sums) if (isOfStates(sum)) for (const letter of sum.letters) found.set(weighted(letter), letter);
  }
  return { vectors: [...found.values()], matrices: sums.filter(isOfStates).flatMap(({ sides }) => sides.flatMap(termsOf).flatMap(matrixBefore)) };
}

/** A_k of `A_k x_k` and `A_k(x_k - y_k)` */
function matrixBefore(term: Expr): SymbolExpr[] {
  const [matrix, of, ...more] = term.kind === "product" ? term.factors : [];
  return matrix?.kind === "symbol" && isCapital(matrix) && matrix.subscripts.length === 1 && !more.length && (of?.kind === "sum" || isMember(of)) ? [matrix] : [];
}

/** `x_k = A x_{k-1} + w_k` */
function isStep([left, ...sides]: readonly Expr[]): boolean {
  const maps = sides.flatMap(termsOf).filter(isMatrixTimesVector).map(({ factors }) => factors as [SymbolExpr, SymbolExpr]);
  return isMember(left) && maps.some(([matrix, vector]) => !countLike.has(matrix.name) && isMember(vector) && vector.name === left.name && vector.subscripts[0]?.text !== left.subscripts[0]?.text);
}

/** x, u and w of `A x_{k-1} + B u_k + w_k` */
function addedIn(side: Expr): SymbolExpr[] {
  return termsOf(side).map((term) => (isMatrixTimesVector(term) ? term.factors[1] : term)).filter(isMember);
}

function termsOf(expr: Expr): Expr[] {
  return expr.kind === "sum" ? expr.terms.map((term) => term.expr) : [expr];
}

/** `x_k` */
function isMember(expr: Expr | undefined): expr is SymbolExpr {
  return expr?.kind === "symbol" && /^[a-z]$/.test(expr.name) && expr.subscripts.length === 1 && expr.subscripts[0]?.above === undefined;
}

/** A and B of `\dot x = Ax + Bu`, K of `u = -Kx`, where all the small letters are declared vectors. */
export function mapsIn({ assertion: { sides, links }, ...place }: Located, model: Model): SymbolExpr[] {
  const [left, right] = sides;
  if (left?.kind !== "symbol" || !right || sides.length !== 2 || links[0]?.operator !== "=") return [];
  const terms = (right.kind === "sum" ? right.terms.map(({ expr }) => expr) : [right]).map((term) => (isMatrixTimesVector(term) ? (term.factors as [SymbolExpr, SymbolExpr]) : null));
  const isVector = (symbol: SymbolExpr): boolean => model.table.resolve({ ...symbol, accents: symbol.accents.filter((accent) => accent !== "dot") }, place)?.entity.shape?.includes("1") === true;
  return terms.every((pair) => pair && isVector(pair[1])) && isVector(left) ? terms.flatMap((pair) => (pair ? [pair[0]] : [])) : [];
}

/** What maps an array or is mapped by one: where one of the letters is an array, none of them is a number. */
export function mapsKnown({ assertion: { sides }, ...place }: Located, model: Model, arrays: ReadonlySet<string>): SymbolExpr[] {
  const isArray = (symbol: SymbolExpr): boolean => {
    const shape = model.table.resolve(symbol, place)?.entity.shape;
    return shape ? shape.some((dim) => dim !== "1") : arrays.has(weighted(symbol));
  };
  return [...sides.flatMap((side) => mapsBeside(side, isArray)), ...mapsAlone(sides, isArray)];
}

/** A and x of `Ax + b`, `A^\top x - b` and `\|Ax\|`, X and W of `XW + b`, where one of them is an array; time and counts may stand so as well. */
export function mapsBeside(expr: Expr, isArray: (symbol: SymbolExpr) => boolean): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => mapsBeside(child, isArray));
  const terms = expr.kind === "sum" ? expr.terms.map((term) => term.expr) : expr.kind === "norm" ? [expr.body] : [];
  const isBiased = terms.some((term) => term.kind === "symbol" && /^[a-z]$/.test(term.name));
  const pairs = terms.map(untransposed).flatMap((term) => (isMatrixTimesVector(term) || (isBiased && isMatrixTimesMatrix(term)) ? [term.factors as [SymbolExpr, SymbolExpr]] : []));
  const mayMap = ([matrix, other]: readonly [SymbolExpr, SymbolExpr]): boolean => isArray(matrix) || (isArray(other) && !countLike.has(matrix.name));
  return [...pairs.filter(([matrix, other]) => mayMap([matrix, other]) && (isArray(other) || other.name !== "t")).flat(), ...inside];
}

/** A and x of `u = Ax`, where one of the three is an array. */
function mapsAlone(sides: readonly Expr[], isArray: (symbol: SymbolExpr) => boolean): SymbolExpr[] {
  const [image, vector] = mappedIn(sides);
  const map = sides[1] && mapsByItself(sides[1]);
  const matrix = map?.kind === "product" ? (map.factors[0] as SymbolExpr) : undefined;
  return image && vector && matrix && [image, vector, matrix].some(isArray) ? [matrix, vector] : [];
}
