// Two threads against one. Writes bench/results/part.json.
import { writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { createWasmKernels } from "../dist/bench/core.mjs";
import { remote, server, sideBySide, speed, wallTime } from "./measure.mjs";
import { productOf } from "./products.mjs";
import { row } from "./report.mjs";

const alone = await createWasmKernels({ pages: 2048 });
const together = await createWasmKernels({ threads: { workers: 1, spawn } });
const rows = [];
const times = {};
const neighbour = await server(process.execPath, ["bench/peers/kernels.mjs"]);
for (const n of [256, 512, 1024]) {
  const contenders = { alone: productOf(alone, n, { resident: true }), together: productOf(together, n, { resident: true }), apart: await apart(n) };
  const measured = (times[`threads ${n}`] = await sideBySide(contenders, wallTime));
  rows.push(row("two threads against one, resident", n, speed(measured, "together", "alone"), { goal: n === 1024 ? 1.8 : null, bound: speed(measured, "apart", "alone") }));
}
writeFileSync("bench/results/part.json", JSON.stringify({ rows, times }));
process.exit(0);

/** Two processes that share nothing, each with a product of its own: what two processors give here and now. */
async function apart(n) {
  const { run } = await remote(neighbour, (repetitions) => JSON.stringify({ relaxed: false, modulus: 0, n, repetitions }));
  const own = productOf(alone, n, { resident: true });
  const count = Math.max(1, Math.round(1e8 / n ** 3));
  return {
    slice: async () => {
      const start = wallTime();
      const other = run(count);
      for (let i = 0; i < count; i++) own();
      await other;
      return ((wallTime() - start) * 1e6) / (2 * count);
    },
  };
}

/** A worker thread of Node in the shape of a web worker. */
function spawn(script) {
  const prelude = 'const { parentPort } = require("node:worker_threads"); var onmessage; const postMessage = (m) => parentPort.postMessage(m); parentPort.on("message", (data) => onmessage({ data }));\n';
  const worker = new Worker(prelude + script, { eval: true });
  const handle = { onmessage: null, onerror: null, postMessage: (m) => worker.postMessage(m), terminate: () => worker.terminate() };
  worker.on("message", (data) => handle.onmessage?.({ data }));
  worker.on("error", (error) => handle.onerror?.(error));
  return handle;
}
