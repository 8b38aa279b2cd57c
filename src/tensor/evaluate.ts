/**
 * Values of terms: over float64 with bounds on the rounding errors, and in
 * GF(p) exactly. What is compiled for a list of terms is kept with the first
 * of them, so that evaluating it again at other values is cheap.
 */
import { TooLarge } from "./errors";
import { isBranch } from "./evaluate/assemble";
import { compile } from "./evaluate/program";
import type { Bindings, Branches, CompileOptions, ModularOptions, ModularTensor, Program, RealOptions, RealTensor } from "./evaluate/types";
import type { Field } from "./field";
import { topological } from "./graph";
import { sizeOf } from "./shape";
import { argsOf, type Term } from "./term";

export { compile };

/** What was too large to compile is so again. */
const programs = new WeakMap<Term, Map<string, Program | TooLarge>>();

/** Throws `TooLarge` before any work, `MissingBinding`, and `ShapeError` for values of another shape. */
export function evaluateReal(terms: readonly Term[], bindings: Bindings, options: RealOptions & CompileOptions = {}): RealTensor[] {
  return program(terms, options).real(bindings, options);
}

/**
 * All entries as balanced residues. Throws `Redraw` where a divisor is zero or
 * a root does not exist (draw other values), and `NotExact` for a function
 * that has no meaning in GF(p), or a branch without its mask.
 */
export function evaluateModular(terms: readonly Term[], bindings: Bindings, field: Field, options: ModularOptions & CompileOptions = {}): ModularTensor[] {
  return program(terms, options).modular(bindings, field, options);
}

/** The branches that the terms take at real values, for `evaluateModular`'s masks. */
export function branches(terms: readonly Term[], bindings: Bindings, options: RealOptions & CompileOptions = {}): Branches {
  return program(terms, options).branches(bindings, options);
}

/** Multiply-adds that one evaluation takes, common parts counted once. */
export function cost(...terms: readonly Term[]): number {
  return program(terms, { limit: Infinity }).cost;
}

/** Choices that the terms make at a point, in the branching term that makes fewest; null where none branches. */
export function fewestChoices(terms: readonly Term[]): number | null {
  const sizes = topological(terms).filter(isBranch).map((term) => Math.max(...argsOf(term).map(({ shape }) => sizeOf(shape))));
  return sizes.length ? Math.min(...sizes) : null;
}

function program(terms: readonly Term[], { limit }: CompileOptions): Program {
  const [first] = terms;
  if (!first) return compile(terms);
  let known = programs.get(first);
  if (!known) programs.set(first, (known = new Map()));
  const key = `${limit}|${terms.map((term) => term.id).join()}`;
  let result = known.get(key);
  if (!result) known.set(key, (result = compiled(terms, limit === undefined ? {} : { limit })));
  if (result instanceof TooLarge) throw result;
  return result;
}

function compiled(terms: readonly Term[], options: CompileOptions): Program | TooLarge {
  try {
    return compile(terms, options);
  } catch (error) {
    if (error instanceof TooLarge) return error;
    throw error;
  }
}
