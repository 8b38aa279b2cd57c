/**
 * The shape of a symbol that the document does not declare, from the way it is
 * written: capitals and bold capitals are matrices, bold letters vectors,
 * letters that are transposed or have a norm are vectors, the rest numbers.
 */
import type { Expr, SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey, weight } from "../semantics/symbols/key";
import { numbered } from "../semantics/symbols/positions";
import type { SizeClasses } from "../semantics/symbols/sizes";
import { evidenceOf, isMemberLast } from "./evidence";
import { capitalOf, countLike, isCapital, weighted } from "./evidence/letters";
import { mapsBeside } from "./evidence/maps";
import type { Reading } from "./reading";
import { toldSide } from "./told-samples";

/** What a letter of which the text says nothing may be. */
export type Kind = "scalar" | "vector" | "row" | "matrix";

export function guessShape(symbol: SymbolExpr, model: Model, override: Kind | null, classes: SizeClasses): readonly string[] | null {
  const kind = override ?? kindOf(symbol, model);
  if (kind === "scalar") return [];
  if (kind === "row") return ["1", classes.length()];
  if (kind === "vector") return override ? [classes.length(), "1"] : vectorShape(classes.length(), model);
  return [classes.unknown(), classes.unknown()];
}

/** The shape of a vector that nothing tells more of: a row where all that the text declares are rows. */
export function vectorShape(length: string, model: Model): readonly string[] {
  return evidenceOf(model).rows ? ["1", length] : [length, "1"];
}

export function kindOf(symbol: SymbolExpr, model: Model): "scalar" | "vector" | "matrix" {
  const evidence = evidenceOf(model);
  const isArray = evidence.arrays.has(weighted(symbol));
  if (evidence.collecting.has(weighted(symbol))) return "vector";
  const bold = weight(symbol.font) === "b";
  if (isCapital(symbol) && (bold || isArray || (evidence.linear && !(countLike.has(symbol.name) || evidence.divisors.has(weighted(symbol)))))) return "matrix";
  if (evidence.smallMatrices.has(weighted(symbol))) return "matrix";
  if (bold) return "vector";
  return isArray || evidence.biases.has(weighted(symbol)) || evidence.applied.has(weighted(symbol)) ? "vector" : "scalar";
}

/** Whether the document transposes it, takes its norm or its trace somewhere, or maps an array by it or it by one, in every weight in which it is written; not where it maps or is mapped alone, and stands beside a number somewhere. */
export function isSurelyArray(key: string, model: Model): boolean {
  const { arrays, mapped, weights, beside } = evidenceOf(model);
  const all = weights.get(key);
  return all !== undefined && [...all].every((one) => (arrays.has(one) || mapped.has(one)) && !beside.has(one));
}

/** Whether the text writes the matrices of cross products. */
export function isSpatial(model: Model): boolean {
  return evidenceOf(model).spatial;
}

/** Whether its members are written as only vectors are. */
export function hasVectorMembers(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).members.has(weighted(symbol));
}

/** Whether it is added to each row of a product of matrices somewhere, as b of `XW + b`, or to each column, as in `WX + b`. */
export function biasOf(symbol: SymbolExpr, model: Model): "rows" | "columns" | null {
  return evidenceOf(model).repeated.get(weighted(symbol)) ?? null;
}

/** Whether it is written without an index somewhere. */
export function standsAlone(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).fewest.get(weighted(symbol)) === 0;
}

/** Whether the letter of an entry stands for an array somewhere. */
export function isWrittenWhole(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).bare.has(weighted(symbol));
}

/** What an undeclared letter with an index is: the entry of a vector that is also written whole, one matrix or vector of several, or one number of several. */
export function memberKind(symbol: SymbolExpr, model: Model): "entry" | "vector" | "matrix" | "number" {
  const { arrays, bare, biases, members, applied, matrices } = evidenceOf(model);
  const key = weighted(symbol);
  if (matrices.has(key) && symbol.subscripts.length === 1) return "matrix";
  if (members.has(key)) return "vector";
  const whole = applied.has(key);
  // x^{(i)} is one of several x, and no entry; y of X^\top(Xw - y) is made of the numbers y^{(i)}.
  if (symbol.subscripts.length === 1 && symbol.subscripts[0]?.above) return whole && !arrays.has(key) ? "number" : kindOf({ ...symbol, subscripts: [] }, model) === "vector" ? "vector" : "number";
  return (whole || bare.has(key) || (biases.has(key) && !numbered(symbol) && !symbol.tags.length)) && symbol.subscripts.length === 1 && kindOf({ ...symbol, subscripts: [] }, model) === "vector" ? "entry" : "number";
}

/** The Y of `Xw - Y` beside the numbers of `w^\top x_i - y_i`: the vector of them all, where no y is written. */
export function collectorOf(symbol: SymbolExpr, model: Model): SymbolExpr | null {
  const whole = { ...capitalOf(symbol), subscripts: [] };
  return symbol.subscripts.length === 1 && evidenceOf(model).collecting.has(weighted(whole)) ? whole : null;
}

/** The plain `w_j` and `x_{ij}` of a text that writes **w** and **x**_i: their entries, where the plain letter has no other use. */
export function inBold(symbol: SymbolExpr, model: Model): SymbolExpr {
  if (weight(symbol.font) !== "" || !symbol.subscripts.length) return symbol;
  const { fewest } = evidenceOf(model);
  const bold: SymbolExpr = { ...symbol, font: "mathbf" };
  const whole = fewest.get(weighted(bold)) ?? Infinity;
  return whole < symbol.subscripts.length && whole < (fewest.get(weighted(symbol)) ?? Infinity) ? bold : symbol;
}

/** Whether the document writes `y^{(i)}` of several. */
export function runsAbove(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).running.has(weighted(symbol));
}

/** Whether it is `q_{kj}` where the document writes q_j and no q_k: the entry first, and then the member, unless it has q_{jk} as well. */
export function hasMemberLast(symbol: SymbolExpr, model: Model): boolean {
  return isMemberLast(symbol, evidenceOf(model));
}

/** Whether the entries of its members are written so: then they are columns. */
export function isOfColumns(symbol: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).columns.has(weighted(symbol));
}

/** What the members of a letter are of their matrix under a reading of samples. */
export function sideOfSamples({ samples }: Reading, member: SymbolExpr, model: Model): "row" | "column" {
  return toldSide(member, model) ?? (samples === "columns" || (samples === "written" && isOfColumns(member, model)) ? "column" : "row");
}

/** Whether an undefined function gives vectors. */
export function givesVectors(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).vectorFunctions.has(weighted(fn));
}

/** Whether the values of an undefined function are transposed somewhere, as numbers are not. */
export function isTransposed(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).transposedFunctions.has(weighted(fn));
}

/** Whether the values of an undefined function are numbers. */
export function givesNumbers(fn: SymbolExpr, model: Model): boolean {
  return evidenceOf(model).numberFunctions.has(weighted(fn));
}

/** x of `Ax + b` where A is surely an array. */
export function mappedBySureArrays(expr: Expr, model: Model): SymbolExpr[] {
  return mapsBeside(expr, (symbol) => isCapital(symbol) && isSurelyArray(baseKey(symbol), model)).filter((symbol) => !isCapital(symbol));
}
