/** Letters that stand where only arrays make sense. */
import { same } from "../../base/same";
import { childrenOf, derivativesIn, type Expr, isInverse, type SymbolExpr, symbolsIn, wordOf } from "../../semantics/expression";
import type { Located, Model } from "../../semantics/model";
import { baseKey, fullKey, weight, withoutSubscripts } from "../../semantics/symbols/key";
import { isInnerProduct } from "../../semantics/symbols/members";
import { countLike, isBias, isCapital, isCapitalMatrix, isDeclaredMatrix, isMatrix, isMatrixProduct, isMatrixTimesVector, isSmallLetter, isSmallRow } from "./letters";

/** The letters of an expression that are transposed, or stand where only arrays make sense; what `\operatorname{diag}(d_1, \dots, d_n)` lists is numbers, and so is d_i of `\operatorname{diag}(d_i)`. */
export function arraysIn(expr: Expr, model: Model): SymbolExpr[] {
  const inner = expr.kind === "transpose" ? [expr.base] : expr.kind === "norm" ? [expr.body] : expr.kind === "apply" && ["tr", "Tr", "trace", "det", "diag", "vec", "crossMatrix"].includes(expr.fn.name) ? expr.args : expr.kind === "apply" && expr.fn.name === "softmax" ? expr.args.map(unscaled) : [];
  const letters = [...inner, ...kroneckerFactors(expr)].flatMap((one) => lettersOf(one, model));
  return [...(isDiagonal(expr) ? letters.filter(({ subscripts }) => !subscripts.length) : letters), ...besideArrays(expr), ...crossedIn(expr, model), ...childrenOf(expr).flatMap((child) => arraysIn(child, model))];
}

/** z of `z/\tau` and `\beta z`. */
function unscaled(expr: Expr): Expr {
  if (expr.kind === "quotient") return unscaled(expr.numerator);
  const [first, second, ...more] = expr.kind === "product" ? expr.factors : [];
  return second?.kind === "symbol" && !more.length && (first?.kind === "quotient" || (first?.kind === "symbol" && !isCapital(first))) ? second : expr;
}

export function isDiagonal(expr: Expr): boolean {
  return expr.kind === "apply" && /^[dD]iag$/.test(expr.fn.name);
}

/** Capitals on either side of ⊗. */
function kroneckerFactors(expr: Expr): Expr[] {
  if (expr.kind !== "product") return [];
  return expr.factors.filter((factor, at) => factor.kind === "symbol" && /^[A-Z]/.test(factor.name) && [at - 1, at].some((gap) => expr.operators[gap] === "\\otimes"));
}

/** u, v and w of `\frac{\partial u}{\partial v} = I + \frac{\partial w}{\partial v}`: what adds up with an identity matrix is one of vector by vector. */
export function jacobiansIn(sides: readonly Expr[]): SymbolExpr[] {
  const terms = sides.flatMap((side) => (side.kind === "sum" ? side.terms.map(({ expr }) => expr) : [side]));
  if (!terms.some((term) => term.kind === "symbol" && term.name === "I")) return [];
  return terms.flatMap((term) => (term.kind === "derivative" ? [term.of, ...term.wrt] : [])).filter((part) => part.kind === "symbol");
}

/** x and θ of `(\partial F/\partial x)^{-1} \partial F/\partial\theta`, z of `(I - \partial f/\partial z)^{-1} \partial f/\partial x`. */
export function invertedIn(expr: Expr): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap(invertedIn);
  const inverts = (one: Expr): boolean => isInverse(one) && derivativesIn(one.base).length > 0;
  const factors = expr.kind === "product" ? expr.factors : [];
  if (!factors.some(inverts)) return inside;
  return [...inside, ...factors.flatMap(derivativesIn).flatMap(({ wrt }) => wrt.filter((one) => one.kind === "symbol"))];
}

/** y_i of `w^\top x_i - y_i` */
export function besideInnerProducts(expr: Expr): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap(besideInnerProducts);
  if (expr.kind !== "sum" || !expr.terms.some((term) => isInnerProduct(term.expr))) return inside;
  return [...inside, ...expr.terms.flatMap(({ expr: term }) => (term.kind === "symbol" && term.subscripts.length === 1 && /^[a-z]$/.test(term.name) ? [term] : []))];
}

/** x in `Wx` and `w^\top x`, M in `w^\top M x`, all that `\odot` stands between, and what is added to that. */
function besideArrays(expr: Expr): SymbolExpr[] {
  if (expr.kind === "sum" && expr.terms.some((term) => isEntrywise(term.expr))) return expr.terms.flatMap((term) => (term.expr.kind === "symbol" ? [term.expr] : []));
  // R of `HPH^\top + R`
  if (expr.kind === "sum" && expr.terms.some((term) => isCongruence(term.expr))) return expr.terms.flatMap(({ expr: term }) => (term.kind === "symbol" && isCapital(term) && !term.subscripts.length ? [term] : []));
  if (expr.kind !== "product") return [];
  const { factors, operators } = expr;
  const last = factors[factors.length - 1];
  const row = factors[factors.length - 2];
  const mapped = isMatrixTimesVector(expr) && !symbolsIn(expr, false).some(({ name, subscripts }) => name === "t" || countLike.has(name) || subscripts.some((one) => one.expr.kind !== "number")) && last?.kind === "symbol" ? [last] : [];
  // x of `w^\top x`, and of `w^\top A x`: nobody writes a number behind a row.
  const isMapped = row !== undefined && isCapitalMatrix(row) && isSmallRow(factors[factors.length - 3]) && operators.every((operator) => operator === "");
  const isColumn = last?.kind === "symbol" && !last.tags.length && /^[a-z]/.test(last.name) && (isSmallRow(row) || (isMapped && last.name !== "t" && !last.subscripts.length));
  const crossed = factors.filter((factor, i) => isCrossMatrix(factors[i - 1]) && isSmallLetter(factor)) as SymbolExpr[];
  const entrywise = factors.filter((_, i) => [operators[i - 1], operators[i]].includes("\\odot"));
  const between = factors.filter((factor, i) => factors[i - 1]?.kind === "transpose" && i < factors.length - 1 && factor.kind === "symbol" && /^[A-Z]$/.test(factor.name) && !factor.subscripts.length);
  return [...mapped, ...(isColumn ? [last] : []), ...(between as SymbolExpr[]), ...crossed, ...entrywise.filter((factor) => factor.kind === "symbol")];
}

/** `HPH^\top`, `X^\top X`: surely a matrix, where no number is added by a capital. */
function isCongruence(expr: Expr): boolean {
  const [first, last] = expr.kind === "product" && isMatrixProduct(expr) ? [expr.factors[0], expr.factors[expr.factors.length - 1]] : [];
  return (first?.kind === "transpose" && last !== undefined && same(first.base, last)) || (last?.kind === "transpose" && first !== undefined && same(last.base, first));
}

/** Σ_k of `a^\top \Sigma_k^{-1} b`, `a^\top \Sigma_k a` and `\det \Sigma_k` */
export function squaresIn(expr: Expr): SymbolExpr[] {
  const isMember = (one: Expr | undefined): one is SymbolExpr => one?.kind === "symbol" && isCapital(one) && one.subscripts.length === 1 && !(countLike.has(one.name) && weight(one.font) === "");
  const { factors } = expr.kind === "product" ? expr : { factors: [] };
  const between = factors.flatMap((factor, i) => {
    const [before, after] = [factors[i - 1], factors[i + 1]];
    if (before?.kind !== "transpose" || !after) return [];
    return isInverse(factor) ? [factor.base] : same(before.base, after) ? [factor] : [];
  });
  const own = expr.kind === "apply" && /^(det|tr|Tr|trace)$/.test(expr.fn.name) ? expr.args : between;
  return [...own.filter(isMember), ...childrenOf(expr).flatMap(squaresIn)];
}

/** b of `a \times b` and `b \times a` with an a that is declared in space. */
function crossedIn(expr: Expr, model: Model): SymbolExpr[] {
  if (expr.kind !== "product") return [];
  const { factors, operators } = expr;
  const isSpatial = (factor: Expr | undefined): boolean => factor?.kind === "symbol" && model.table.withKey(baseKey(factor)).some(({ shape }) => shape?.join() === "3,1");
  return factors.filter((factor, i): factor is SymbolExpr => isSmallLetter(factor) && ((operators[i] === "\\times" && isSpatial(factors[i + 1])) || (operators[i - 1] === "\\times" && isSpatial(factors[i - 1]))));
}

export function hasCrossMatrix(expr: Expr): boolean {
  return isCrossMatrix(expr) || childrenOf(expr).some(hasCrossMatrix);
}

/** `[a]_\times`, and its powers and transpose. */
function isCrossMatrix(expr: Expr | undefined): boolean {
  if (expr?.kind === "power" || expr?.kind === "transpose") return isCrossMatrix(expr.base);
  return expr?.kind === "apply" && expr.fn.name === "crossMatrix";
}

/** y and p of `X^\top(y - p)`. */
export function appliedIn(expr: Expr, model: Model): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => appliedIn(child, model));
  const [matrix, sum] = expr.kind === "product" && expr.operators[expr.operators.length - 1] === "" ? expr.factors.slice(-2) : [];
  if (!matrix || sum?.kind !== "sum" || !(matrix.kind === "transpose" ? isMatrix(matrix, model) : isDeclaredMatrix(matrix, model))) return inside;
  const terms = sum.terms.map((term) => term.expr);
  const symbols = terms.filter((term): term is SymbolExpr => term.kind === "symbol" && /^[a-z]/.test(term.name));
  const isApplied = terms.length > 1 && terms.every((term) => ["product", "apply"].includes(term.kind) || symbols.includes(term as SymbolExpr));
  return isApplied ? [...symbols, ...inside] : inside;
}

function isEntrywise(expr: Expr): boolean {
  return expr.kind === "product" && expr.operators.includes("\\odot");
}

/** B and C beside a declared matrix in a matrix of blocks, and d_s of `[d_s; d_a]` beside vectors s and a. */
export function blocksIn(expr: Expr, model: Model): SymbolExpr[] {
  const cells = expr.kind === "matrix" ? childrenOf(expr) : [];
  const named = cells.filter((cell): cell is SymbolExpr => cell.kind === "symbol" && model.table.namedByArrays.has(fullKey(cell)));
  const own = cells.some((cell) => isMatrix(cell, model)) ? cells.flatMap((cell) => (cell.kind === "transpose" ? [cell.base] : [cell])).filter((cell): cell is SymbolExpr => cell.kind === "symbol" && /^[A-Z]$/.test(cell.name)) : [];
  return [...named, ...own, ...childrenOf(expr).flatMap((child) => blocksIn(child, model))];
}

/** x and y of a column that stands beside blocks: `\begin{bmatrix} A & B \\ B^\top & C \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix}`. */
export function stackedIn(expr: Expr, model: Model): SymbolExpr[] {
  const inside = childrenOf(expr).flatMap((child) => stackedIn(child, model));
  const displays = expr.kind === "product" ? expr.factors.map((factor) => (factor.kind === "transpose" || factor.kind === "power" ? factor.base : factor)).filter((one) => one.kind === "matrix") : [];
  if (!displays.some(({ rows }) => rows.some((row) => row.length > 1 && row.some(({ expr: cell }) => cell && isMatrix(cell, model))))) return inside;
  const cells = displays.filter(({ rows }) => rows.length > 1 && rows.every(({ length }) => length === 1)).flatMap(childrenOf);
  const letters = cells.flatMap((cell) => (cell.kind === "sum" ? cell.terms.map((term) => term.expr) : [cell])).filter((cell) => cell.kind === "symbol");
  return [...inside, ...letters];
}

/** a of `z = \sigma(a)` where z is declared as a vector. */
export function actedOnIn({ assertion: { sides: [left, right], links }, ...place }: Located, model: Model): SymbolExpr[] {
  const shape = left?.kind === "symbol" && right && links[0]?.operator === "=" ? model.table.resolve(left, place)?.entity.shape : null;
  if (!right || !shape?.includes("1") || shape.every((dim) => dim === "1")) return [];
  const isActivation = ({ fn, primes, args }: Expr & { kind: "apply" }): boolean => !primes && args.length === 1 && /^(sigma|phi|rho|sigmoid|tanh|relu|softplus|exp|gelu|silu)$/.test(wordOf(fn.name)?.fn ?? fn.name) && !model.table.resolve(fn, place)?.entity.definition;
  return right.kind === "apply" && isActivation(right) ? right.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && /^[a-z]/.test(arg.name)) : [];
}

/** y and x of `\frac{\partial y_i}{\partial x_j}` where the text makes y of x as a whole: `y = (x - \mu) / \sigma`. */
export function enteredIn(expr: Expr, model: Model, place: Located): SymbolExpr[] {
  return derivativesIn(expr).flatMap(({ of, wrt: [by, ...more] }) => {
    if (of.kind !== "symbol" || by?.kind !== "symbol" || more.length || ![of, by].every(({ subscripts }) => subscripts.length === 1)) return [];
    const whole = model.table.resolve(withoutSubscripts(of), place)?.entity.definition;
    const isApart = of.subscripts[0]?.text !== by.subscripts[0]?.text;
    return isApart && whole?.kind === "value" && symbolsIn(whole.expr, false).some((symbol) => fullKey(symbol) === fullKey(withoutSubscripts(by))) ? [of, by].map(withoutSubscripts) : [];
  });
}

/** The letters that are transposed somewhere in an expression. */
export function transposedIn(expr: Expr): SymbolExpr[] {
  return [...(expr.kind === "transpose" && expr.base.kind === "symbol" ? [expr.base] : []), ...childrenOf(expr).flatMap(transposedIn)];
}

/** A and X of `\\|AX - B\\|_F`. */
export function frobeniusIn(expr: Expr): SymbolExpr[] {
  const isFrobenius = expr.kind === "norm" && expr.which?.kind === "symbol" && expr.which.name === "F";
  return [...(isFrobenius ? symbolsIn(expr.body, false).filter(isCapital) : []), ...childrenOf(expr).flatMap(frobeniusIn)];
}

function lettersOf(expr: Expr, model: Model): SymbolExpr[] {
  if (expr.kind === "symbol") return [expr];
  // What follows a matrix is an array: `\|Xw - y\|`.
  if (expr.kind === "product" && expr.factors.slice(0, -1).some((factor) => isMatrix(factor, model))) return lettersOf(expr.factors[expr.factors.length - 1] as Expr, model);
  // `\|w^\top x_i - y_i\|` is the size of a number.
  if (expr.kind === "sum" && expr.terms.some((term) => isInnerProduct(term.expr))) return [];
  if (expr.kind === "sum" && expr.terms.some((term) => isMatrixTimesVector(term.expr))) return expr.terms.filter((term) => !isBias(term)).flatMap((term) => lettersOf(term.expr, model));
  return expr.kind === "sum" || expr.kind === "transpose" ? childrenOf(expr).flatMap((child) => lettersOf(child, model)) : [];
}
