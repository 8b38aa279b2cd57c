/**
 * The workers that help with large products. They share the memory of the
 * kernels and sleep in compiled code between two products
 * (`assembly/threads.ts`); nothing is sent to them but the start.
 *
 * Starting a thread is different in Node and in browsers, so it is the
 * caller's: a function that runs a script in a worker.
 */

/** As much of a web worker as is needed here. */
export interface WorkerHandle {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: unknown) => void) | null;
}

/** Starts a worker that runs the script, in which `onmessage` and `postMessage` are those of a web worker. */
export type Spawn = (script: string) => WorkerHandle;

const SCRIPT = `onmessage = async ({ data: { module, memory, scratch } }) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  postMessage("ready");
  exports.serve(scratch);
};`;

/** The workers that could be started, one for each scratch area. */
export async function startWorkers(spawn: Spawn, module: WebAssembly.Module, memory: WebAssembly.Memory, scratchAreas: readonly number[]): Promise<WorkerHandle[]> {
  const started = await Promise.all(scratchAreas.map((scratch) => startWorker(spawn, { module, memory, scratch })));
  return started.filter((worker) => worker !== null);
}

/** Null where workers are not allowed or the script failed. */
async function startWorker(spawn: Spawn, message: unknown): Promise<WorkerHandle | null> {
  try {
    const worker = spawn(SCRIPT);
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = reject;
      worker.postMessage(message);
    });
    return worker;
  } catch {
    return null;
  }
}

/** Whether this thread may block, which the main thread of a browser may not. */
export function mayBlock(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
