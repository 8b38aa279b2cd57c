// The project's kernels in a process of their own, for another Node than the one that runs the benchmark.
// For every line {"relaxed", "modulus", "n", "repetitions"}: the nanoseconds of one product; modulus 0 for real numbers.
import { createInterface } from "node:readline";
import { processorTime } from "../measure.mjs";
import { productOf } from "../products.mjs";
import { createWasmKernels } from "../../dist/bench/core.mjs";

const kernels = { false: await createWasmKernels(), true: await createWasmKernels({ relaxed: true }) };
const products = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { relaxed, modulus, n, repetitions } = JSON.parse(line);
  const key = `${relaxed} ${modulus} ${n}`;
  if (!products.has(key)) products.set(key, productOf(kernels[relaxed], n, { modulus, resident: true }));
  const run = products.get(key);
  const start = processorTime();
  for (let i = 0; i < repetitions; i++) run();
  console.log(((processorTime() - start) * 1e6) / repetitions);
}
