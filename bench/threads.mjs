// Two threads against one. Writes bench/results/part.json.
import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { createWasmKernels } from "../dist/bench/core.mjs";
import { sideBySide, speed, wallTime } from "./measure.mjs";
import { productOf } from "./products.mjs";
import { row } from "./report.mjs";

const alone = await createWasmKernels();
const together = await createWasmKernels({ threads: { workers: 1, spawn } });
const rows = [];
const times = {};
for (const n of [256, 512, 1024]) {
  const measured = (times[`threads ${n}`] = await sideBySide({ alone: productOf(alone, n, { resident: true }), together: productOf(together, n, { resident: true }) }, wallTime));
  rows.push(row("two threads against one, resident", n, speed(measured, "together", "alone"), { goal: n === 1024 ? 1.8 : null }));
}
writeFileSync("bench/results/part.json", JSON.stringify({ rows, times }));
process.exit(0);

/** A worker thread of Node in the shape of a web worker. */
function spawn(script) {
  const prelude = 'const { parentPort } = require("node:worker_threads"); var onmessage; const postMessage = (m) => parentPort.postMessage(m); parentPort.on("message", (data) => onmessage({ data }));\n';
  const worker = new Worker(prelude + script, { eval: true });
  const handle = { onmessage: null, onerror: null, postMessage: (m) => worker.postMessage(m), terminate: () => worker.terminate() };
  worker.on("message", (data) => handle.onmessage?.({ data }));
  worker.on("error", (error) => handle.onerror?.(error));
  return handle;
}
