/**
 * Symbols that mean the same in all notes unless these declare them: I, the
 * all-ones vector, 0, e_i, E_{ij}, δ_{ij}, ε_{ijk}, K_{pq}, π.
 */
import { circleNumber } from "../semantics/circle-number";
import { childrenOf, type Expr, type Subscript, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { isVariable } from "../semantics/declarations/identity-letter";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, shapeAnnotation, taggedKey } from "../semantics/symbols/key";
import { atomsOf, sizeKey } from "../semantics/symbols/sizes";
import { isIndexLetter } from "../semantics/symbols/table";
import { constant, contract, identity as identityTerm, ones as onesTerm } from "../tensor";
import { isWrittenWhole, kindOf } from "./guess";
import { halving } from "./half-vectors";
import { indexOf } from "./indices";
import type { Lowering } from "./lower";
import { leviCivita } from "./permutations";
import { productKey } from "./products";
import { literal, numbering, type Value } from "./value";

/** I, the all-ones vector, 0, e_i, E_{ij}, δ_{ij}, ε_{ijk}, π. */
export function standardSymbol(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const declared = lowering.model.table.resolve(symbol, lowering.place)?.entity;
  const { name } = symbol;
  if ((name === "delta" && symbol.subscripts.length === 2) || (name === "delta" && symbol.subscripts.length === 1 && symbol.subscripts[0]?.text.length === 2)) {
    if (declared && !symbol.subscripts.every((subscript) => /^[a-z0-9]$/.test(subscript.text))) return null;
    // Beside a δ₂ of the second layer, δ_{2,i} is an entry of it.
    const [layer] = symbol.subscripts;
    if (symbol.subscripts.length === 2 && layer?.expr.kind === "number" && lowering.model.table.resolve({ ...symbol, subscripts: [layer] }, lowering.place)?.indices.length === 0) return null;
    if (symbol.subscripts.every((subscript) => /^\d+$/.test(subscript.text)) && !writesKronecker(lowering.model)) return null;
    return kroneckerDelta(lowering, symbol);
  }
  if (!declared && /^(var)?epsilon$/.test(name) && symbol.subscripts.length === 3) return leviCivita(lowering, symbol);
  const vague = declared !== undefined && declared.definition === null && (declared.shape ?? []).every((dim) => dim.startsWith("?") || dim === "1");
  if (vague && symbol.subscripts.length > 0 && (name === "e" || name === "E" || name === "J")) return unitArray(lowering, symbol);
  if (declared?.definition === null && /^[EJKe]$/.test(name) && symbol.subscripts.length > 0 && symbol.subscripts.every(isIndexLetter) && lowering.model.facts.some(({ kind }) => kind === "singleEntries")) return unitArray(lowering, symbol, declared.shape);
  if (symbol.subscripts.length > 0 && (isCalled(lowering, symbol, "commutationMatrix") || (!declared && isUsualCommutation(lowering, symbol)))) return commutation(lowering, symbol);
  if (isCalled(lowering, symbol, "duplicationMatrix")) return halving(lowering, symbol, "duplication");
  if (isCalled(lowering, symbol, "eliminationMatrix")) return halving(lowering, symbol, "elimination");
  if (declared && (declared.shape !== null || declared.definition) && !declared.properties.has("allOnes") && !declared.properties.has("identity") && !(name === "1")) return null;
  // I_0 is a value, and `I_{x_i}` an image's at x_i.
  const isNumbered = isVariable(lowering.model) || symbol.subscripts.some(({ text, expr }) => text === "0" || (expr.kind === "symbol" && expr.subscripts.length > 0));
  if ((name === "I" && !isNumbered) || name === "mathbbI" || declared?.properties.has("identity") || (name === "Id" && symbol.font === "mathrm")) return identityOf(lowering, symbol);
  if (name === "1" || declared?.properties.has("allOnes") || (name === "e" && symbol.font !== "" && !symbol.subscripts.length && declared !== undefined && declared.properties.has("allOnes"))) return onesOf(lowering, symbol, declared ?? null);
  if (name === "0") return { ...literal(0), shape: [] };
  if (name === circleNumber || (name === "pi" && !symbol.subscripts.length && !declared && kindOf(symbol, lowering.model) === "scalar")) return lowering.variableOf("π", [], null, "\\pi");
  if ((name === "e" || name === "E" || name === "J") && symbol.subscripts.length && !declared && !isWrittenWhole(symbol, lowering.model)) return unitArray(lowering, symbol);
  return null;
}

function identityOf(lowering: Lowering, symbol: SymbolExpr): Value {
  // `I_{n\times n}` is as large as it is long; the `I_{mn}` of a Kronecker product has mn rows.
  const annotation = shapeAnnotation(symbol);
  const below = annotation?.[0] ?? symbol.subscripts[0]?.expr;
  const key = below ? sizeKey(below) : null;
  const joined = symbol.subscripts.length === 2 ? symbol.subscripts.map((subscript) => subscript.text).join("*") : key;
  const size = joined ?? lowering.classes.unknown();
  if (joined) for (const atom of atomsOf(joined)) lowering.model.table.sizeNames.add(atom);
  return { free: [], shape: [size, size], make: (env) => identityTerm(env.size(size)) };
}

function onesOf(lowering: Lowering, symbol: SymbolExpr, declared: Entity | null): Value {
  const annotation = shapeAnnotation(symbol);
  const dims = annotation ? annotation.map((dim) => sizeKey(dim) ?? lowering.classes.unknown()) : null;
  const [below] = symbol.subscripts;
  const key = below && !annotation ? sizeKey(below.expr) : null;
  // A vector of ones of which nobody gave the length is as long as it has to be wherever it stands.
  const said = declared?.shape?.length ? declared.shape.map((dim) => (dim.startsWith("?") ? lowering.classes.unknown() : dim)) : null;
  const shape = dims ?? said ?? [key ?? lowering.classes.unknown(), "1"];
  return { free: [], shape, make: (env) => onesTerm(shape.map(env.size)) };
}

/** `e_i`, `E_{ij}`, `J^{ij}`: ones at the indices. */
export function unitArray(lowering: Lowering, symbol: SymbolExpr, declared: readonly string[] | null = null): Value | null {
  const letters = symbol.subscripts.map((subscript) => indexOf(lowering, subscript));
  if (letters.some((index) => index === null) || letters.length > 2) return null;
  const ranges = letters.map((index) => (index?.kind === "axis" ? index.axis.range : lowering.classes.unknown()));
  declared?.slice(0, ranges.length).forEach((dim, i) => lowering.classes.unify(dim, ranges[i] as string));
  const free = letters.flatMap((index) => (index?.kind === "axis" ? [index.axis] : []));
  const shape = ranges.length === 1 ? [ranges[0] as string, "1"] : ranges;
  return {
    free,
    shape,
    make: (env) => {
      const parts = letters.map((index, i) => {
        const n = env.size(ranges[i] as string);
        if (index?.kind === "axis") return identityTerm(n);
        const at = index?.kind === "value" ? env.size(index.key) - 1 : 0;
        return constant([n], Array.from({ length: n }, (_, k) => (k === at ? 1 : 0)));
      });
      const number = numbering();
      const inputs = parts.map((part, i) => (part.shape.length === 2 ? [number(`a${i}`), number(`p${i}`)] : [number(`p${i}`)]));
      const out = [...letters.flatMap((index, i) => (index?.kind === "axis" ? [number(`a${i}`)] : [])), ...parts.map((_, i) => number(`p${i}`)), ...(ranges.length === 1 ? [number("one")] : [])];
      return contract(inputs, out, parts, [...free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]);
    },
  };
}

/** δ_{11} alone is an entry: of the Kronecker delta a text says what it is with letters. */
function writesKronecker(model: Model): boolean {
  const known = kroneckerIn.get(model);
  if (known !== undefined) return known;
  const writes = model.located.some(({ assertion }) => assertion.sides.some((side) => symbolsIn(side, false).some(({ name, subscripts }) => name === "delta" && subscripts.length === 2 && subscripts.every(isIndexLetter))));
  kroneckerIn.set(model, writes);
  return writes;
}

const kroneckerIn = new WeakMap<Model, boolean>();

function kroneckerDelta(lowering: Lowering, symbol: SymbolExpr): Value {
  const letters = symbol.subscripts.map((subscript) => indexOf(lowering, subscript));
  const [a, b] = letters;
  if (!a || !b) return lowering.fail("unsupported", "δ with indices that are not read", symbol);
  if (a.kind === "value" && b.kind === "value") return { free: [], shape: [], make: (env) => constant([], [env.size(a.key) === env.size(b.key) ? 1 : 0]) };
  if (a.kind === "axis" && b.kind === "axis") {
    if (a.axis.name === b.axis.name) return literal(1);
    if (!lowering.classes.unify(a.axis.range, b.axis.range)) lowering.fail("shape", "δ over indices of different ranges", symbol);
    return { free: [a.axis, b.axis], shape: [], make: (env) => identityTerm(env.size(a.axis.range)) };
  }
  const axis = a.kind === "axis" ? a.axis : b.kind === "axis" ? b.axis : null;
  const value = a.kind === "value" ? a.key : b.kind === "value" ? b.key : "1";
  if (!axis) return lowering.fail("unsupported", "δ with indices that are not read", symbol);
  return { free: [axis], shape: [], make: (env) => constant([env.size(axis.range)], Array.from({ length: env.size(axis.range) }, (_, i) => (i === env.size(value) - 1 ? 1 : 0))) };
}

/** Where the text says of K_{mn} what it is, K_{nn} is of the same kind. */
function isCalled(lowering: Lowering, symbol: SymbolExpr, property: string): boolean {
  return lowering.model.table.all.some((entity) => entity.properties.has(property) && baseKey(entity.symbol) === baseKey(symbol));
}

/** K_{pq} with sizes below it, where the text writes vec and says nothing else of a K. */
function isUsualCommutation({ model }: Lowering, symbol: SymbolExpr): boolean {
  const isSize = ({ expr }: Subscript): boolean => expr.kind === "symbol" && model.table.sizeNames.has(taggedKey(expr));
  return symbol.name === "K" && symbol.subscripts.length === 2 && symbol.subscripts.every(isSize) && !model.table.all.some((entity) => baseKey(entity.symbol) === "K") && model.located.some(({ assertion }) => assertion.sides.some(stacks));
}

function stacks(expr: Expr): boolean {
  return (expr.kind === "apply" && expr.fn.name === "vec") || childrenOf(expr).some(stacks);
}

/** K_{pq} vec(X) = vec(Xᵀ) for X of size p×q, vec by columns; K_n is K_{nn}. */
function commutation(lowering: Lowering, symbol: SymbolExpr): Value {
  const [p, q = p] = symbol.subscripts.map((subscript) => sizeKey(subscript.expr) ?? "?") as [string, string?];
  const key = productKey(lowering, p, q);
  return {
    free: [],
    shape: [key, key],
    make: (env) => {
      const [rows, columns] = [env.size(p), env.size(q)];
      const n = rows * columns;
      const entries = new Array<number>(n * n).fill(0);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) entries[(i * columns + j) * n + (j * rows + i)] = 1;
      return constant([n, n], entries);
    },
  };
}
