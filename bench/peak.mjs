// The machine's peak of 128-bit multiplications and additions, each by itself, in GFlop/s: a contender for measure.mjs.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { processorTime, server } from "./measure.mjs";

/** `sample()` gives GFlop/s; `by` says how it was measured. */
export async function startPeak() {
  return (await inC()) ?? (await inWasm());
}

/** The register tiles written by hand: a function from the depth of their panels to GFlop/s, strict and fused; null where they cannot be built. */
export async function startTiles() {
  if (!hasFlag("fma") || spawnSync("gcc", ["-O2", "bench/peers/tile.c", "-o", "dist/bench/tile"]).status !== 0) return null;
  const { ask } = await server("dist/bench/tile", []);
  return async (depth) => ({ strict: await ask(String(depth)), fused: await ask("") });
}

function hasFlag(name) {
  return existsSync("/proc/cpuinfo") && new RegExp(`\\b${name}\\b`).test(readFileSync("/proc/cpuinfo", "utf8"));
}

async function inC() {
  // V8 uses the three-operand encoding where there is one; no fused instructions.
  const flags = ["-O3", "-funroll-loops", "-mno-fma", hasFlag("avx") ? "-mavx" : "-msse2"];
  if (spawnSync("gcc", [...flags, "bench/peers/peak.c", "-o", "dist/bench/peak"]).status !== 0) return null;
  const { ask } = await server("dist/bench/peak", []);
  return { by: "C", sample: () => ask("") };
}

async function inWasm() {
  const { default: asc } = await import("assemblyscript/asc");
  const { error } = await asc.main(["bench/peers/peak.ts", "--outFile", "dist/bench/peak.wasm", "-O3", "--runtime", "stub", "--enable", "simd"]);
  if (error) throw error;
  const { instance } = await WebAssembly.instantiate(readFileSync("dist/bench/peak.wasm"));
  const steps = 1_000_000;
  return {
    by: "WebAssembly",
    sample: () => {
      let best = 0;
      for (let i = 0; i < 8; i++) {
        const start = processorTime();
        instance.exports.peak(steps, 1);
        best = Math.max(best, (24 * steps) / (processorTime() - start) / 1e6);
      }
      return best;
    },
  };
}
