/**
 * The core as a library: `import { createCore } from "gradcheck/core"`.
 *
 * All tensors are dense and row-major in a `Float64Array`. What does not fit
 * throws a `ShapeError` that names both shapes (or lengths); too much work
 * throws `TooLarge` before any of it is done.
 */
import { ShapeError } from "./errors";
import { checkResidues, exactAlgebra, type ExactAlgebra } from "./exact";
import { compile } from "./evaluate/program";
import type { Bindings, RealTensor } from "./evaluate/types";
import { gradient } from "./differentiate";
import { topological } from "./graph";
import { referenceKernels } from "./kernels/reference";
import type { Kernels } from "./kernels/types";
import { createWasmKernels } from "./kernels/wasm";
import { formatShape, sizeOf, type Shape } from "./shape";
import type { Term, Variable } from "./term";

export * from "./index";
export { pullback as vjp } from "./differentiate";
export { directional as jvp } from "./pushforward";
export type { ExactAlgebra, SquareModular } from "./exact";
export { ArenaFull, createWasmKernels, type Gemm, type Spawn, type WasmKernels, type WasmOptions, type WorkerHandle } from "./kernels/wasm";

export interface CoreOptions {
  /** Instead of WebAssembly, where that is available, and plain TypeScript, where not. */
  readonly kernels?: Kernels;
  /** Multiply-adds that one evaluation may take; 2^30 by default. */
  readonly limit?: number;
}

/** The values of variables by name: entries in row-major order. */
export type Values = Readonly<Record<string, Float64Array>>;

export interface Tensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

export interface ProductSize {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Where to put the m·n entries of the result; else it is a new array. */
  readonly out?: Float64Array;
}

export interface Core extends ExactAlgebra {
  /** The products behind everything here. */
  readonly kernels: Kernels;

  /**
   * The m×n product of the m×k matrix A and the k×n matrix B. With
   * `transposeA` the array `a` holds Aᵀ, k×m; with `transposeB` b holds Bᵀ, n×k.
   */
  matmul(a: Float64Array, b: Float64Array, size: ProductSize & { readonly transposeA?: boolean; readonly transposeB?: boolean }): Float64Array;

  /**
   * The m×n product over GF(modulus), for an odd prime modulus below 2^26.
   * All entries are balanced residues, integers of size ≤ (modulus − 1)/2; a
   * `RangeError` tells of others.
   */
  matmulMod(a: Float64Array, b: Float64Array, size: ProductSize & { readonly modulus: number }): Float64Array;

  /** The value of a term. Variables without a value throw `MissingBinding`. */
  evaluate(term: Term, values: Values): Tensor;

  /** The value with a bound on the absolute rounding error of each entry. */
  evaluateWithErrors(term: Term, values: Values): RealTensor;

  /**
   * Differentiates a scalar term (else `ShapeError`) once; the function that is
   * returned gives its value, and its derivative by each of `variables`, in
   * the shape of the variable. Any node of the term may serve as a variable.
   * The derivatives are put in the arrays `out`, one for each variable with as
   * many entries (else `ShapeError`), or in new ones.
   */
  gradient(scalar: Term, variables: readonly Term[]): (values: Values, out?: readonly Float64Array[]) => { readonly value: number; readonly gradients: readonly Tensor[] };
}

export async function createCore(options: CoreOptions = {}): Promise<Core> {
  const kernels = options.kernels ?? (await createWasmKernels()) ?? referenceKernels;
  const compileOptions = options.limit === undefined ? {} : { limit: options.limit };

  /** A compiled term as a function of the values of its variables. */
  function prepare(terms: readonly Term[]): (values: Values, options: { errors: boolean; out?: readonly (Float64Array | undefined)[] }) => RealTensor[] {
    const program = compile(terms, compileOptions);
    const variables = topological(terms).filter((node) => node.kind === "variable");
    return (values, options) => program.real(bind(variables, values), { kernels, ...options });
  }
  const prepared = new WeakMap<Term, ReturnType<typeof prepare>>();
  function run(term: Term, values: Values, errors: boolean): RealTensor {
    let evaluate = prepared.get(term);
    if (!evaluate) prepared.set(term, (evaluate = prepare([term])));
    return evaluate(values, { errors })[0]!;
  }

  return {
    ...exactAlgebra,
    kernels,
    matmul: (a, b, { m, k, n, transposeA = false, transposeB = false, out = newResult("matmul", m, n) }) => {
      if (!fits(a, b, out, m, k, n)) throw misfit("matmul", a, b, out, transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n], [m, n]);
      kernels.matmul(a, b, out, m, k, n, transposeA, transposeB);
      return out;
    },
    matmulMod: (a, b, { m, k, n, modulus, out = newResult("matmulMod", m, n) }) => {
      if (!fits(a, b, out, m, k, n)) throw misfit("matmulMod", a, b, out, [m, k], [k, n], [m, n]);
      checkResidues("matmulMod", a, modulus);
      checkResidues("matmulMod", b, modulus);
      kernels.matmulModular(a, b, out, m, k, n, false, false, modulus);
      return out;
    },
    evaluate: (term, values) => withoutError(run(term, values, false)),
    evaluateWithErrors: (term, values) => run(term, values, true),
    gradient: (scalar, variables) => {
      const evaluate = prepare([scalar, ...gradient(scalar, variables)]);
      return (values, out = []) => {
        for (const [i, { length }] of out.entries()) {
          const { shape } = variables[i] ?? { shape: [0] };
          if (length !== sizeOf(shape)) throw new ShapeError("gradient", [length], shape, "number of entries of out");
        }
        const [value, ...gradients] = evaluate(values, { errors: false, out: [undefined, ...out] });
        return { value: value!.data[0]!, gradients: gradients.map(withoutError) };
      };
    },
  };
}

function bind(variables: readonly Variable[], values: Values): Bindings {
  const bindings = new Map<string, Tensor>();
  for (const { name, shape } of variables) {
    const data = Object.hasOwn(values, name) ? values[name] : undefined;
    if (data) bindings.set(name, { shape, data });
  }
  return bindings;
}

function withoutError({ shape, data }: RealTensor): Tensor {
  return { shape, data };
}

function newResult(operation: string, m: number, n: number): Float64Array {
  if (!isSize(m) || !isSize(n)) throw new RangeError(`${operation}: sizes must be positive integers, not ${m}×${n}`);
  return new Float64Array(m * n);
}

/** Only numbers are compared here: to name shapes would cost more than a small product. */
function fits(a: Float64Array, b: Float64Array, out: Float64Array, m: number, k: number, n: number): boolean {
  return isSize(m) && isSize(k) && isSize(n) && a.length === m * k && b.length === k * n && out.length === m * n && out !== a && out !== b;
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 1;
}

/** Why a product does not fit. */
function misfit(operation: string, a: Float64Array, b: Float64Array, out: Float64Array, shapeA: Shape, shapeB: Shape, shape: Shape): Error {
  if (![...shapeA, ...shape].every(isSize)) return new RangeError(`${operation}: sizes must be positive integers, not ${formatShape(shapeA)} and ${formatShape(shapeB)}`);
  for (const [name, data, wanted] of [["left factor", a, shapeA], ["right factor", b, shapeB], ["out", out, shape]] as const) {
    if (data.length !== sizeOf(wanted)) return new ShapeError(`${operation}, ${name}`, [data.length], wanted, "number of entries");
  }
  return new RangeError(`${operation}: the result cannot replace a factor`);
}
