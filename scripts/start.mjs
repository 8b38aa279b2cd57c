// `npm start`: builds gradcheck and lets it read the example notes. They have mistakes in them on purpose, so that finding some is success.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.exitCode = start();

function start() {
  if (!installDependencies()) return 1;
  if (run("scripts/build.mjs").status !== 0) return 1;
  const { status } = run("dist/cli.js", "check", "media/examples");
  return status === 0 || status === 1 ? 0 : 1;
}

function run(...args) {
  return spawnSync(process.execPath, args, { stdio: "inherit" });
}
