// How the time of checking notes divides among the layers: npm run bench -- layers [NOTE...]
// The engine is bundled unminified, where a comment names the file of each stretch of lines; samples of a profile are counted by it.
import { build } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const ROUNDS = 12;

/** What each layer does, in the order of the work. */
const parts = {
  reading: ["document", "latex"],
  understanding: ["semantics"],
  "readings of claims, comparison, repairs": ["readings", "verify", "analysis", "base"],
  "closed forms": ["symbolic"],
  "the core": ["tensor"],
};

export async function layersReport(paths) {
  const notes = paths.length ? paths : readdirSync("media/examples").filter((name) => name.endsWith(".md")).map((name) => `media/examples/${name}`);
  const file = resolve("dist/bench/analyze.mjs");
  await build({ entryPoints: ["src/analysis/analyze.ts"], outfile: file, bundle: true, format: "esm", target: "es2022", logLevel: "warning" });
  const { analyze } = await import(pathToFileURL(file).href);
  const layerOf = layersByLine(readFileSync(file, "utf8"));
  const lines = [];
  for (const note of notes) {
    const text = readFileSync(note, "utf8");
    const check = () => analyze(text, { layout: "auto", filename: note });
    for (let i = 0; i < 3; i++) check();
    const { seconds, shares } = await profile(() => {
      for (let i = 0; i < ROUNDS; i++) check();
    }, layerOf);
    lines.push(`| ${note} | ${((1000 * seconds) / ROUNDS).toFixed(0)} ms | ${Object.keys(parts).map((part) => `${(100 * (shares[part] ?? 0)).toFixed(0)} %`).join(" | ")} | ${(100 * (shares.engine ?? 0)).toFixed(0)} % |`);
  }
  return `| note | warm, processor | ${Object.keys(parts).join(" | ")} | the JavaScript engine |\n|---|${"---|".repeat(Object.keys(parts).length + 2)}\n${lines.join("\n")}\n`;
}

/** Processor seconds of a run, and the share of each part in its samples. */
async function profile(run, layerOf) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  const { profile: { nodes, samples } } = await session.post("Profiler.stop");
  const partOf = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.url.endsWith("analyze.mjs") ? layerOf(callFrame.lineNumber) : "engine"]));
  const shares = {};
  for (const sample of samples) shares[partOf.get(sample)] = (shares[partOf.get(sample)] ?? 0) + 1 / samples.length;
  return { seconds: (user + system) / 1e6, shares };
}

/** The part that a line of the bundle belongs to. */
function layersByLine(code) {
  let part = "engine";
  const byLine = code.split("\n").map((line) => {
    const [, folder] = /^\/\/ src\/(\w+)\//.exec(line) ?? [];
    if (folder) part = Object.keys(parts).find((name) => parts[name].includes(folder)) ?? "engine";
    return part;
  });
  return (line) => byLine[line] ?? "engine";
}
