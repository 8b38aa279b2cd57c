/** A worker thread of Node in the shape of a web worker. */
import { Worker } from "node:worker_threads";
import type { Spawn, WorkerHandle } from "../../../src/tensor/kernels/wasm";

const PRELUDE = `const { parentPort } = require("node:worker_threads");
var onmessage;
const postMessage = (message) => parentPort.postMessage(message);
parentPort.on("message", (data) => onmessage({ data }));
`;

export const spawn: Spawn = (script) => {
  const worker = new Worker(PRELUDE + script, { eval: true });
  const handle: WorkerHandle = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
  };
  worker.on("message", (data) => handle.onmessage?.({ data }));
  worker.on("error", (error) => handle.onerror?.(error));
  worker.unref();
  return handle;
};
