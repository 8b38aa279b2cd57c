/** Subscripts: what they select, and entries and slices of values by them. */
import type { Place } from "../latex/types";
import type { Expr, Subscript, SymbolExpr } from "../semantics/expression";
import { fullKey, taggedKey } from "../semantics/symbols/key";
import { atomsOf, sizeKey } from "../semantics/symbols/sizes";
import { constant, contract, slice } from "../tensor";
import { Failure } from "./failure";
import { axesOf, distinct, everywhere, type Integer, integerAt, integerOf, labelOf } from "./integers";
import { gathered } from "./gathered";
import type { Lowering } from "./lower";
import { originOf, runsIn } from "./running";
import { equateBounds, isVector, reshaped } from "./operations";
import { type Axis, numbering, termOf, type Value } from "./value";

/** What a subscript selects: an axis, or a fixed position. */
export function indexOf(lowering: Lowering, subscript: Subscript): { kind: "axis"; axis: Axis; shift: number } | { kind: "value"; key: string } | { kind: "all" } | null {
  const { expr } = subscript;
  if (expr.kind === "dots") return { kind: "all" };
  if (expr.kind === "number" && expr.denominator === 1) return { kind: "value", key: String(expr.numerator) };
  if (expr.kind === "symbol" && !expr.subscripts.length) {
    const key = taggedKey(expr);
    const bound = lowering.scope.get(key);
    if (bound?.kind === "axis") return { ...bound, shift: 0 };
    if (bound?.kind === "value") return { kind: "value", key: bound.key };
    return null;
  }
  if (expr.kind === "sum" && expr.terms.length === 2) {
    const [head, tail] = expr.terms as [{ sign: 1 | -1; expr: Expr }, { sign: 1 | -1; expr: Expr }];
    if (head.expr.kind === "symbol" && tail.expr.kind === "number" && tail.expr.denominator === 1) {
      const bound = lowering.scope.get(taggedKey(head.expr));
      const shift = tail.sign * tail.expr.numerator;
      if (bound?.kind === "axis") return { kind: "axis", axis: bound.axis, shift };
      if (bound?.kind === "value") return { kind: "value", key: shift < 0 ? `${bound.key}-${-shift}` : `${bound.key}+${shift}` };
    }
  }
  const key = sizeKey(expr);
  return key && atomsOf(key).every((atom) => lowering.model.table.sizeNames.has(atom) && !lowering.scope.has(atom)) ? { kind: "value", key } : null;
}

/** A position that several letters make together: `x_{i+a-1}`, `h_{n-k}`, `o_{T+t-i}`; or the class of another, `p_{y_i}`. */
function combinedIndex(lowering: Lowering, { expr }: Subscript): Integer | null {
  const integer = expr.kind === "sum" || labelOf(lowering, expr) ? integerOf(lowering, expr) : null;
  return integer?.axes.length ? integer : null;
}

/** Entries at the positions that letters make together; beyond the ends of the array there is nothing. */
function pickCombined(value: Value, at: number, integer: Integer, shape: readonly string[]): Value {
  const own = axesOf(integer);
  const free = distinct([...value.free, ...own]);
  // Where the letters count from 0, the positions do so too.
  const first = own.every(({ origin }) => origin === 0) ? 0 : 1;
  return {
    free,
    shape,
    make: (env) => {
      const size = env.size(value.shape[at] as string);
      const entries = everywhere(own, env, (placeOf) => integerAt(integer, env, placeOf) - first).flatMap((position) => Array.from({ length: size }, (_, i) => (i === position ? 1 : 0)));
      const number = numbering();
      const input = [...value.free.map((axis) => number(axis.name)), ...value.shape.map((_, i) => number(`p${i}`))];
      const output = [...free.map((axis) => number(axis.name)), ...value.shape.flatMap((_, i) => (i === at ? [] : [number(`p${i}`)]))];
      return contract([input, [...own.map((axis) => number(axis.name)), number(`p${at}`)]], output, [termOf(value, env), constant([...own.map((axis) => env.size(axis.range)), size], entries)], [...free.map((axis) => env.size(axis.range)), ...shape.map(env.size)]);
    },
  };
}

/** Whether all subscripts of a symbol are bound letters or numbers. */
export function isIndexed(lowering: Lowering, symbol: SymbolExpr): boolean {
  // One number below an undeclared letter is part of its name, as in `W_1` and `W_2`, but where a sum of the text runs over such members.
  const [only, ...more] = symbol.subscripts;
  if (only?.expr.kind === "number" && !more.length && !(runsIn(lowering.model, symbol) && only.expr.numerator >= originOf(lowering.model, symbol))) return false;
  if (lowering.model.table.namedByArrays.has(fullKey(symbol))) return false;
  return symbol.subscripts.length > 0 && symbol.subscripts.every((subscript) => indexOf(lowering, subscript) !== null || combinedIndex(lowering, subscript) !== null);
}

export function lowerEntry(lowering: Lowering, expr: Expr & { kind: "entry" }): Value {
  return gathered(lowering, expr) ?? select(lowering, lowering.lower(expr.base), expr.indices, expr);
}

/** Entries of an array. One index on a vector, two on a matrix, `:` for a whole axis. */
export function select(lowering: Lowering, value: Value, indices: readonly Subscript[], place: Place, origin = 1): Value {
  const { shape } = value;
  if (shape.length === 0) return lowering.fail("ambiguous", "an index on a number", place);
  if (shape.length === 2 && indices.length === 1) {
    const axis = shape.findIndex((dim) => !lowering.algebra.isOne(dim));
    if (!isVector(lowering, value)) return lowering.fail("ambiguous", "one index on a matrix", place);
    const picked = pick(lowering, value, axis < 0 ? 0 : axis, indices[0] as Subscript, origin);
    return reshaped(picked, []);
  }
  if (indices.length !== shape.length) return lowering.fail("shape", `${indices.length} indices on ${lowering.algebra.describe(value)}`, place);
  let current = value;
  const kept: string[] = [];
  let axis = 0;
  for (const index of indices) {
    if (indexOf(lowering, index)?.kind === "all") {
      kept.push(current.shape[axis] as string);
      axis++;
      continue;
    }
    current = pick(lowering, current, axis, index, origin);
  }
  if (!kept.length) return current;
  const full = indices.map((index, i) => (indexOf(lowering, index)?.kind === "all" ? (shape[i] as string) : "1"));
  return reshaped(current, full);
}

/** Drops one axis of the shape by an index: a position, counted from `origin`, or an axis of its own. */
export function pick(lowering: Lowering, value: Value, axis: number, subscript: Subscript, origin = 1): Value {
  const range = value.shape[axis] as string;
  const index = indexOf(lowering, subscript);
  const combined = index ? null : combinedIndex(lowering, subscript);
  for (const { label } of combined?.axes ?? []) if (label && !lowering.classes.unify(label.classes, range)) lowering.fail("shape", `${subscript.text} chooses among ${lowering.algebra.name(label.classes)}, and this axis has ${lowering.algebra.name(range)}`, subscript);
  if (combined) return pickCombined(value, axis, combined, value.shape.filter((_, i) => i !== axis));
  if (!index || index.kind === "all") throw new Failure("unknown-symbol", `the index ${subscript.text} is not known`, subscript, false, subscript.expr.kind === "symbol" && !subscript.expr.subscripts.length ? taggedKey(subscript.expr) : null);
  const lead = value.free.length;
  const shape = value.shape.filter((_, i) => i !== axis);
  if (index.kind === "value") {
    if (index.key === "0" && origin > 0) lowering.fail("unsupported", "what comes before the first", subscript);
    return {
      free: value.free,
      shape,
      make: (env) => {
        const at = env.size(index.key);
        const size = env.size(range);
        const isBeyond = at < origin || at >= size + origin;
        if (isBeyond && lowering.classes.find(range).startsWith("?")) throw new Failure("ambiguous", `how far ${subscript.text} runs is not said`, subscript);
        if (isBeyond) throw new Failure("range", `the index ${subscript.text} goes beyond ${lowering.algebra.name(range)}`, subscript);
        return slice(termOf(value, env), lead + axis, at - origin);
      },
    };
  }
  const from = index.axis.origin ?? 1;
  // An index from 0 counts the array so, where nothing shows its first entry.
  const shift = index.shift + from - Math.min(origin, from);
  if (shift === 0) {
    const [runs, has] = [lowering.classes.find(index.axis.range), lowering.classes.find(range)];
    if (index.axis.summed && leavesEndOut(lowering, runs, has)) return shifted(value, axis, index.axis, 0, shape);
    // A worked example of two entries beside a general sum is no clash.
    if (!lowering.classes.unify(runs, has) && !equateBounds(lowering, runs, has)) lowering.fail(index.axis.origin === 0 || /^\d+$/.test(runs) !== /^\d+$/.test(has) ? "ambiguous" : "shape", `${subscript.text.startsWith("⟨") ? "an index" : `the index ${subscript.text}`} runs to ${lowering.algebra.name(index.axis.range)}, and this axis has ${lowering.algebra.name(range)}`, subscript);
    return alignAxis(value, axis, index.axis, shape);
  }
  // `x_{i+1}` for i up to n - 1 is one of n.
  if (shift > 0 && lowering.classes.find(range).startsWith("?") && lowering.classes.find(index.axis.range).endsWith(`-${shift}`)) lowering.classes.unify(range, lowering.classes.find(index.axis.range).slice(0, -1 - String(shift).length));
  return shifted(value, axis, index.axis, shift, shape);
}

/** Whether a sum to n-1 goes over an array of n entries; so many has one of which nothing is known. */
function leavesEndOut({ classes }: Lowering, runs: string, has: string): boolean {
  const [whole, less] = parted(runs);
  if (less >= 0) return false;
  if (/^\?\d+$/.test(has)) return classes.unify(has, whole);
  const [name, more] = parted(has);
  return name === whole && less < more;
}

/** n and −1 of `n-1`. */
function parted(size: string): [string, number] {
  const [, name = size, number = "0"] = /^([^-+*]+)([-+]\d+)$/.exec(size) ?? [];
  return [name, Number(number)];
}

/** Makes a positional axis a free one; the diagonal where that index is free already. */
function alignAxis(value: Value, axis: number, free: Axis, shape: readonly string[]): Value {
  const all = value.free.some((other) => other.name === free.name) ? value.free : [...value.free, free];
  return {
    free: all,
    shape,
    make: (env) => {
      const number = numbering();
      const input = [...value.free.map((other) => number(other.name)), ...value.shape.map((_, i) => (i === axis ? number(free.name) : number(`p${i}`)))];
      const output = [...all.map((other) => number(other.name)), ...value.shape.flatMap((_, i) => (i === axis ? [] : [number(`p${i}`)]))];
      return contract([input], output, [termOf(value, env)]);
    },
  };
}

function shifted(value: Value, axis: number, free: Axis, shift: number, shape: readonly string[]): Value {
  const range = value.shape[axis] as string;
  const all = value.free.some((other) => other.name === free.name) ? value.free : [...value.free, free];
  return {
    free: all,
    shape,
    make: (env) => {
      const [n, size] = [env.size(free.range), env.size(range)];
      const selection = constant([n, size], Array.from({ length: n * size }, (_, at) => (at % size === Math.floor(at / size) + shift ? 1 : 0)));
      const number = numbering();
      const input = [...value.free.map((other) => number(other.name)), ...value.shape.map((_, i) => number(`p${i}`))];
      const output = [...all.map((other) => number(other.name)), ...value.shape.flatMap((_, i) => (i === axis ? [] : [number(`p${i}`)]))];
      return contract([input, [number(free.name), number(`p${axis}`)]], output, [termOf(value, env), selection], [...all.map((other) => env.size(other.range)), ...shape.map(env.size)]);
    },
  };
}

/** A family's leading axes by its subscripts. */
export function selectAxes(lowering: Lowering, whole: Value, subscripts: readonly Subscript[], origin: 0 | 1 = 1): Value {
  const opened: Value = { free: [], shape: [...whole.free.map((axis) => axis.range), ...whole.shape], make: (env) => termOf(whole, env) };
  let current = opened;
  for (const subscript of subscripts) current = pick(lowering, current, 0, subscript, origin);
  return current;
}
