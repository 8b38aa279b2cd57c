// Holds the scores of the built checker against .ci/thresholds.json: `node .ci/scores.mjs FOLDER`, where FOLDER holds scorers and what they
// score. Shares must be reached, counts (alarms) must not be passed. Prints a line for each figure, then how many held.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const thresholds = JSON.parse(readFileSync(".ci/thresholds.json", "utf8"));
const command = "node dist/cli.js check";
const runs = {
  notes: ["score/notes.mjs", [command, `${folder}/notes/matmul-derivative.md`, `${folder}/notes/matmul-derivative.expect.json`]],
  identities: ["score/identities.mjs", [command, `${folder}/identities/dev.jsonl`]],
  documents: ["score/docs.mjs", [command, `${folder}/docs`]],
};
const totals = { passed: 0, failed: 0 };

for (const [name, [script, args]] of Object.entries(runs)) {
  const { stdout, stderr } = spawnSync(process.execPath, [`${folder}/${script}`, ...args], { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 900_000, env: { ...process.env, QUIET: "1" } });
  const lines = stdout.trimEnd().split("\n");
  const line = lines.at(-1) ?? "";
  console.log(`${name}: ${line || stderr.trim()}`);
  for (const broken of lines.filter((text) => text.startsWith("BROKEN"))) count(false, `${name}: ${broken}`);
  for (const [figure, limit] of Object.entries(thresholds[name])) {
    const value = figureIn(line, figure);
    const isCount = figure.startsWith("alarms");
    const held = value !== null && (isCount ? value <= limit : value >= limit);
    count(held, `${name}: ${figure} ${value ?? "missing"} (${isCount ? "at most" : "at least"} ${limit})`);
  }
}
console.log(`scores: ${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed ? 1 : 0;

function count(held, what) {
  totals[held ? "passed" : "failed"]++;
  console.log(`  ${held ? "✔" : "✗"} ${what}`);
}

/** `recall 0.933 (14/15)` gives 0.933 for "recall", `alarms 3 of 44` 3 for "alarms", `2 in plain` 2 for "alarms in plain". */
function figureIn(line, figure) {
  const own = figure.replace(/^alarms (?=.)/, "");
  const found = own === figure ? line.match(new RegExp(String.raw`(?:^|· |, )${own} (\d+(?:\.\d+)?)`)) : line.match(new RegExp(String.raw`(\d+) ${own}\b`));
  return found ? Number(found[1]) : null;
}
