/**
 * The compiled kernels: four forms of one source (`assembly/`), embedded in
 * the bundle, each compiled at most once by the engine. What the engine can
 * run is asked of `WebAssembly.validate`.
 */
import relaxedShared from "./generated/relaxed-shared.wasm";
import relaxed from "./generated/relaxed.wasm";
import strictShared from "./generated/strict-shared.wasm";
import strict from "./generated/strict.wasm";

/** Addresses and strides are in bytes; see `assembly/product.ts` and `assembly/kernels.ts`. */
export interface Exports {
  scratchBytes(): number;
  product(
    a: number, aRow: number, aTerm: number, b: number, bColumn: number, bTerm: number, c: number, cRow: number,
    m: number, k: number, n: number, alpha: number, keep: number, interval: number, scratch: number,
  ): void;
  batch(
    count: number, aNext: number, bNext: number, cNext: number,
    a: number, aRow: number, aTerm: number, b: number, bColumn: number, bTerm: number, c: number, cRow: number,
    m: number, k: number, n: number, interval: number, scratch: number,
  ): void;
}

/** What the form for shared memory has besides; see `assembly/threads.ts`. */
export interface SharedExports extends Exports {
  share(
    a: number, aRow: number, aTerm: number, b: number, bColumn: number, bTerm: number, c: number, cRow: number,
    m: number, k: number, n: number, alpha: number, keep: number, interval: number, scratch: number,
    workers: number, sleeps: number,
  ): void;
  stop(): void;
}

export interface Form {
  readonly module: WebAssembly.Module;
  readonly relaxed: boolean;
}

const compiled = new Map<Uint8Array, Promise<WebAssembly.Module>>();

/** The form that was asked for, or the strict one where there are no fused instructions; null without WebAssembly SIMD. */
export async function kernelModule(wantRelaxed: boolean, shared: boolean): Promise<Form | null> {
  if (typeof WebAssembly === "undefined") return null;
  const isRelaxed = wantRelaxed && valid(shared ? relaxedShared : relaxed);
  const bytes = isRelaxed ? (shared ? relaxedShared : relaxed) : shared ? strictShared : strict;
  if (!valid(bytes)) return null;
  let module = compiled.get(bytes);
  if (!module) compiled.set(bytes, (module = WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>)));
  return { module: await module, relaxed: isRelaxed };
}

function valid(bytes: Uint8Array): boolean {
  return WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>);
}
