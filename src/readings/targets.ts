/** What is differentiated by: a node of the term graph, and which entries of it. */
import type { Derivative, Expr, SymbolExpr } from "../semantics/expression";
import type { Entity } from "../semantics/symbols/entity";
import { baseKey, taggedKey } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import { constant, identity, type Term } from "../tensor";
import { entityValue } from "./entities";
import { differentialOf } from "./differentials";
import { familyWhole, givenMembers, isBeforeFirst, isGiven, isRolledUp } from "./families";
import { inBold, memberKind } from "./guess";
import { isIndexed } from "./indices";
import type { Lowering } from "./lower";
import { isVector, plus } from "./operations";
import { isMemberName, originOf } from "./running";
import { carrierOf, type Sliced, sliceShape } from "./slices";
import { isOneOfSeveral, lowerSymbol } from "./symbols";
import { slicesOf, unknownArray } from "./unknowns";
import { literal, type Value } from "./value";

/** What leaves a matrix fewer variables than entries. */
export type Structure = "symmetric" | "skew" | "diagonal" | "upperTriangular" | "lowerTriangular";

/** What is differentiated by: a whole node, and the entries of it that are meant. */
export interface Target {
  /** The node: axes of a family before those of the shape. */
  readonly whole: Value;
  readonly lead: number;
  /** Entries of it; null for all. */
  readonly indices: SymbolExpr["subscripts"] | null;
  /** From where they are counted; 1 where absent. */
  readonly origin?: 0 | 1;
  /** Written transposed (`\partial x^\top`), or as a vec. */
  readonly transposed: boolean;
  readonly vec: boolean;
  /** By the lower triangle alone, of a symmetric matrix. */
  readonly half?: boolean;
  /** What the text says of the matrix that leaves it fewer variables than entries. */
  readonly structure?: Structure;
  /** The letter, where nothing in the text says what it is. */
  readonly stranger?: string;
  /** A matrix that is made of these members. */
  readonly by?: "row" | "column";
  /** One row or column of it, and the shape that it has by itself. */
  readonly slice?: { readonly axis: number; readonly shape: readonly string[] };
}

export function stripTranspose(expr: Expr): Expr {
  return expr.kind === "transpose" ? expr.base : expr;
}

/** `\partial\beta'` of a declared β is `\partial\beta^\top`. */
export function unprimed(lowering: Lowering, wrt: Expr): Expr {
  if (wrt.kind === "derivative" && wrt.notation === "prime" && wrt.order === 1 && wrt.of.kind === "apply") return { kind: "transpose", base: wrt.of, start: wrt.start, end: wrt.end };
  if (wrt.kind !== "symbol" || wrt.primes !== 1 || lowering.resolve(wrt)) return wrt;
  const base = { ...wrt, primes: 0 };
  return lowering.resolve(base)?.entity.shape?.length === 2 ? { kind: "transpose", base, start: wrt.start, end: wrt.end } : wrt;
}

export function targetOf(lowering: Lowering, wrt: Expr): Target {
  if (wrt.kind === "transpose") return { ...targetOf(lowering, wrt.base), transposed: true };
  if (wrt.kind === "apply" && ["vec", "Vec"].includes(wrt.fn.name) && wrt.args.length === 1) return { ...targetOf(lowering, wrt.args[0] as Expr), vec: true };
  if (wrt.kind === "apply" && wrt.fn.name === "vech" && wrt.args.length === 1) {
    const { structure, ...whole } = targetOf(lowering, wrt.args[0] as Expr);
    return structure === "symmetric" ? { ...whole, vec: true, half: true } : lowering.fail("unsupported", "a derivative by vech of a matrix that is not symmetric", wrt);
  }
  if (wrt.kind === "entry") {
    const inner = targetOf(lowering, wrt.base);
    return { ...inner, indices: wrt.indices };
  }
  if (wrt.kind === "apply" && wrt.args.every((arg) => arg.kind === "symbol")) return targetOf(lowering, wrt.fn);
  if (wrt.kind === "differential" && wrt.of.kind === "symbol") return { whole: differentialOf(lowering, wrt.of), lead: 0, indices: null, transposed: false, vec: false };
  if (wrt.kind !== "symbol") {
    const value = lowering.lower(wrt);
    return { whole: value, lead: 0, indices: null, transposed: false, vec: false };
  }
  const bound = lowering.binding(taggedKey(wrt));
  if (bound?.kind === "argument") return { whole: bound.value, lead: 0, indices: wrt.subscripts.length ? wrt.subscripts : null, transposed: false, vec: false };
  const resolved = lowering.resolve(wrt);
  const part = resolved || wrt.subscripts.length !== 1 ? null : slicesOf(lowering, wrt);
  if (part) return sliceTarget(lowering, part, wrt);
  if (!resolved && isIndexed(lowering, wrt)) return oneOfUnknown(lowering, wrt);
  if (!resolved) {
    const value = lowerSymbol(lowering, wrt);
    return { whole: value, lead: 0, indices: null, transposed: false, vec: false, stranger: baseKey(wrt) };
  }
  if (resolved.family && wrt.subscripts.some((subscript) => isMemberName(lowering, subscript))) return { whole: lowerSymbol(lowering, wrt), lead: 0, indices: null, transposed: false, vec: false };
  if (resolved.family) {
    const { entity } = resolved;
    if (carrierOf(lowering, entity) !== entity) return sliceTarget(lowering, entity, wrt);
    if (isRolledUp(lowering, entity)) return lowering.fail("unsupported", "steps that are not unrolled", wrt);
    if (isBeforeFirst(entity, wrt)) return { whole: lowerSymbol(lowering, wrt), lead: 0, indices: null, transposed: false, vec: false };
    const whole = isGiven(lowering, entity, wrt) ? givenMembers(lowering, entity, wrt) : familyWhole(lowering, entity);
    return { whole, lead: whole.free.length, indices: wrt.subscripts, origin: entity.origin, transposed: false, vec: false };
  }
  const members = carrierOf(lowering, resolved.entity);
  if (members !== resolved.entity && members.slices) {
    const whole = familyWhole(lowering, members);
    return { whole, lead: whole.free.length, indices: resolved.indices.length ? resolved.indices : null, transposed: false, vec: false, by: members.slices.by };
  }
  const whole = entityValue(lowering, resolved.entity, wrt);
  if (isOneOfSeveral(resolved, whole) && wrt.subscripts.every(isIndexLetter) && isIndexed(lowering, wrt)) return oneOfUnknown(lowering, wrt);
  return { whole, lead: 0, indices: resolved.indices.length ? resolved.indices : null, origin: resolved.entity.origin, transposed: false, vec: false, ...structureOf(lowering, resolved.entity) };
}

function oneOfUnknown(lowering: Lowering, wrt: SymbolExpr): Target {
  lowering.guessed.add(baseKey(wrt));
  const entry = entryOfMember(lowering, wrt);
  if (entry) return entry;
  const whole = unknownArray(lowering, wrt);
  return { whole, lead: whole.shape.length > wrt.subscripts.length && !isVector(lowering, whole) ? wrt.subscripts.length : 0, indices: wrt.subscripts, origin: originOf(lowering.model, wrt), transposed: false, vec: false, stranger: baseKey(wrt) };
}

/** μ_{ki} beside the vectors **μ**_k: an entry of one of them. */
function entryOfMember(lowering: Lowering, wrt: SymbolExpr): Target | null {
  const written = inBold(wrt, lowering.model);
  const member = { ...written, subscripts: written.subscripts.slice(0, 1) };
  if (written.subscripts.length !== 2 || written.subscripts.some(({ above }) => above !== undefined)) return null;
  const resolved = lowering.resolve(member);
  if (resolved ? !resolved.family : memberKind(member, lowering.model) !== "vector") return null;
  const inner = targetOf(lowering, member);
  const [, width, ...more] = inner.whole.shape.slice(resolved ? 0 : 1);
  return inner.lead === 1 && width !== undefined && lowering.algebra.isOne(width) && !more.length ? { ...inner, indices: wrt.subscripts } : null;
}

/** A symmetric matrix that is made of others is no variable on whose space a gradient is projected. */
function structureOf({ reading }: Lowering, { properties, definition }: Entity): { structure?: Structure } {
  if (definition && reading.symmetric === "projection") return {};
  const structure = (["diagonal", "upperTriangular", "lowerTriangular", "skew"] as const).find((property) => properties.has(property)) ?? (["symmetric", "positiveDefinite", "positiveSemidefinite"].some((property) => properties.has(property)) ? "symmetric" : null);
  return structure ? { structure } : {};
}

/** The gradient by the variables that a structure leaves: x_ij and x_ji move together, G + Gᵀ − diag(G), or only some entries move. */
export function structured(lowering: Lowering, full: Value, structure: Structure, place: Derivative): Value {
  const { algebra } = lowering;
  const kept = (pattern: (n: number) => Term): Value => algebra.hadamard(full, { free: [], shape: full.shape, make: (env) => pattern(env.size(full.shape[0] as string)) }, place, "rows");
  const both = (sign: 1 | -1): Value => plus(lowering, full, algebra.scale(literal(sign), algebra.transpose(full)), place);
  if (lowering.reading.symmetric === "projection" && (structure === "symmetric" || structure === "skew")) return algebra.scale(literal(1, 2), both(structure === "symmetric" ? 1 : -1));
  switch (structure) {
    case "diagonal":
      return kept(identity);
    case "upperTriangular":
      return kept((n) => mask(n, (i, j) => i <= j));
    case "lowerTriangular":
      return kept((n) => mask(n, (i, j) => i >= j));
    case "skew":
      return both(-1);
    case "symmetric":
      return plus(lowering, both(1), algebra.scale(literal(-1), kept(identity)), place);
  }
}

function mask(n: number, keeps: (i: number, j: number) => boolean): Term {
  return constant([n, n], Array.from({ length: n * n }, (_, at) => (keeps(Math.floor(at / n), at % n) ? 1 : 0)));
}

/** A row x_i of X: differentiated by as a row of the whole. */
function sliceTarget(lowering: Lowering, entity: Sliced, wrt: SymbolExpr): Target {
  const { matrix, by } = entity.slices as NonNullable<Sliced["slices"]>;
  const target = targetOf(lowering, matrix);
  const { shape } = target.whole;
  if (target.lead || shape.length !== 2) return lowering.fail("unknown-shape", "rows of something that is no matrix", wrt);
  const axis = by === "row" ? 0 : 1;
  return { whole: target.whole, lead: 0, indices: wrt.subscripts, transposed: false, vec: false, slice: { axis, shape: sliceShape(lowering, entity, shape[1 - axis] as string) } };
}

export function isVectorShape(lowering: Lowering, shape: readonly string[]): boolean {
  return shape.length === 2 && shape.some((dim) => lowering.algebra.isOne(dim));
}

export function lengthOf(lowering: Lowering, shape: readonly string[]): string {
  return shape.find((dim) => !lowering.algebra.isOne(dim)) ?? "1";
}
