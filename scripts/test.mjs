// `npm test`: everything that must hold before a change goes in, from nothing but Node and npm. All steps run, so that one failure does not
// hide another; without dependencies or a build there is nothing to test. Arguments name the steps to run, as in `npm test -- lint unit`.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";
import { installNumpy } from "./numpy.mjs";

const node = process.execPath;
const steps = [
  { name: "build", command: [node, "scripts/build.mjs"], essential: true },
  { name: "types", command: [node, "node_modules/typescript/bin/tsc", "--project", ".", "--noEmit"] },
  { name: "lint", command: [node, "scripts/lint.mjs"] },
  { name: "layers", command: [node, "scripts/layers.mjs"] },
  { name: "unit", command: [node, "scripts/unit.mjs"], tests: true },
  { name: "integration", command: [node, "scripts/integration.mjs"], tests: true },
];

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.exitCode = await main(process.argv.slice(2));

async function main(wanted) {
  const strange = wanted.find((name) => !steps.some((step) => step.name === name));
  if (strange) {
    console.error(`no step ${strange}; there are ${steps.map(({ name }) => name).join(", ")}`);
    return 2;
  }
  if (!installDependencies()) return conclude([{ name: "install", passed: 0, failed: 1 }]);
  if (!wanted.length || wanted.includes("unit")) installNumpy();
  const results = [];
  for (const step of steps.filter(({ name }) => !wanted.length || wanted.includes(name))) {
    const result = await run(step);
    results.push(result);
    if (step.essential && result.failed) break;
  }
  return conclude(results);
}

function conclude(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log("");
  for (const { name, passed, failed, seconds } of results) console.log(`${failed ? "✗" : "✔"} ${name.padEnd(12)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds === undefined ? "" : `${seconds.toFixed(0)} s`}`.trimEnd());
  console.log(`npm test: ${total("passed")} passed, ${total("failed")} failed`);
  return total("failed") ? 1 : 0;
}

/** A step counts as one check, or as the tests that it reports, and as one that failed where it ends badly without saying which. */
async function run({ name, command, tests }) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const { status, output } = await spawned(command);
  const seconds = (performance.now() - started) / 1000;
  if (!tests) return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, seconds };
  const [passed, failed] = ["passing", "failing"].map((word) => counted(output, word));
  return { name, passed, failed: Math.max(failed, status === 0 && passed > 0 ? 0 : 1), seconds };
}

/** Mocha ends with `  42 passing (3s)` and `  1 failing`; several runs in one step add up. */
function counted(output, word) {
  return [...output.matchAll(new RegExp(String.raw`^\s*(?:\d+ passing, )?(\d+) ${word}\b`, "gm"))].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Passes on what the command writes while it runs, and keeps it. */
function spawned([program, ...args]) {
  return new Promise((done) => {
    const chunks = [];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: process.env.FORCE_COLOR ?? "1" } : {}) } });
    child.stdout.on("data", (chunk) => {
      chunks.push(chunk);
      process.stdout.write(chunk);
    });
    child.on("error", ({ message }) => done({ status: null, output: message }));
    child.on("close", (status) => done({ status, output: Buffer.concat(chunks).toString("utf8").replace(/\u001b\[[0-9;]*m/g, "") }));
  });
}
