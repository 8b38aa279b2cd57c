/**
 * Matrix products in WebAssembly SIMD, behind the `Kernels` interface.
 *
 * Operands that lie in the memory of the kernels (`allocate`) are multiplied
 * in place, others are copied in and out; the smallest products do not leave
 * TypeScript. Strict kernels give the bits of the plain triple loop on every
 * machine, with any number of threads; products over GF(p) are exact in any
 * form.
 */
import { CompiledKernels } from "./wasm-kernels";
import { Arena } from "./wasm-memory";
import { kernelModule, type Exports } from "./wasm-module";
import { startWorkers, type Spawn } from "./wasm-threads";
import type { WasmKernels } from "./wasm-types";

export { ArenaFull } from "./wasm-memory";
export type { Spawn, WorkerHandle } from "./wasm-threads";
export type { Gemm, WasmKernels } from "./wasm-types";

export interface WasmOptions {
  /** Fused multiply-add where the engine has it: faster, but the last bits depend on the machine. False by default. */
  readonly relaxed?: boolean;
  /** The size of the memory, in pages of 64 KiB; 1024 by default. It never grows; pages that are not touched cost nothing. */
  readonly pages?: number;
  /** How many workers help with large products, where memory can be shared. */
  readonly threads?: { readonly workers: number; readonly spawn: Spawn };
}

/** Null where there is no WebAssembly SIMD, or not enough memory for `pages`. */
export async function createWasmKernels(options: WasmOptions = {}): Promise<WasmKernels | null> {
  const { relaxed = false, pages = DEFAULT_PAGES, threads } = options;
  const shared = threads !== undefined && typeof SharedArrayBuffer !== "undefined";
  const form = await kernelModule(relaxed, shared);
  const memory = form && newMemory(pages, shared);
  if (!memory) return null;
  const exports = (await WebAssembly.instantiate(form.module, { env: { memory } })).exports as unknown as Exports;
  const stride = PAGE * Math.ceil(exports.scratchBytes() / PAGE);
  const areas = Array.from({ length: shared ? threads.workers : 0 }, (_, i) => PAGE + stride * (i + 1));
  const base = PAGE + stride * (areas.length + 1);
  if (Arena.smallest(base) > memory.buffer.byteLength) return null;
  const workers = areas.length > 0 ? await startWorkers(threads!.spawn, form.module, memory, areas) : [];
  return new CompiledKernels(new Arena(memory, base), exports, form.relaxed, workers);
}

const PAGE = 65536;
const DEFAULT_PAGES = 1024;

function newMemory(pages: number, shared: boolean): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    return null;
  }
}
