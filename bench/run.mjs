// npm run bench -- core [--quick], or check [--quick] [--identities FILE.jsonl] [PATH...], or layers [NOTE...]
// For the core, installs what the benchmark compares with (bench/package.json), bundles the core, and runs one suite.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { bundled } from "./bundle.mjs";
import { layersReport } from "./layers.mjs";
import { coreReport, withTable } from "./report.mjs";

/** In the order of the report. All but the last run on one processor. */
const SECTIONS = ["peak", "against", "small", "gradients", "exact", "batch", "threads"];

const [suite, ...flags] = process.argv.slice(2);
if (suite === "check") process.exit(spawnSync(process.execPath, ["bench/check.mjs", ...flags], { stdio: "inherit" }).status ?? 1);
if (suite === "layers") {
  console.log(await layersReport(flags));
  process.exit(0);
}
if (suite !== "core") {
  console.error("usage: npm run bench -- core [--quick], check [--quick] [--identities FILE.jsonl] [PATH...], or layers [NOTE...]");
  process.exit(2);
}
if (flags.includes("--quick")) process.env.BENCH_ROUNDS ??= "7";

if (!existsSync("bench/node_modules")) {
  console.log("Installing the libraries to compare with …");
  const { status } = spawnSync("npm", ["install", "--ignore-scripts"], { cwd: "bench", stdio: "inherit" });
  if (status !== 0) console.log("Not all could be installed; those are left out.");
}
await bundled("core", 'export * from "./src/tensor/core"; export * from "./src/tensor/kernels/wasm"; export { referenceKernels } from "./src/tensor/kernels/reference";');

mkdirSync("bench/results", { recursive: true });
// On a processor of its own, so that every contender runs on the same one.
const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
const pin = pinned ? ["taskset", "-c", String(availableParallelism() - 1)] : [];
const chosen = SECTIONS.filter((name) => flags.includes(name));
const wanted = chosen.length > 0 ? chosen : SECTIONS;
const earlier = chosen.length > 0 && existsSync("bench/results/core.json") ? JSON.parse(readFileSync("bench/results/core.json", "utf8")).parts : {};
const parts = { ...earlier };
for (const name of wanted) {
  parts[name] = name === "threads" ? part([process.execPath, "bench/threads.mjs"]) : part([...pin, process.execPath, "bench/core.mjs", name]);
}
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model.trim()}, ${cpus().length} processors`,
  node: process.version,
  // The benchmark itself is one of these.
  load: Math.round(loadavg()[1]),
  pinned,
  parts,
  rows: SECTIONS.flatMap((name) => parts[name]?.rows ?? []),
};
const report = coreReport(result);
writeFileSync("bench/results/core.json", JSON.stringify(result, null, 1));
writeFileSync("bench/results/core.md", report);
writeFileSync("README.md", withTable(readFileSync("README.md", "utf8"), result));
console.log(report);

function part([command, ...args]) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(readFileSync("bench/results/part.json", "utf8"));
}
