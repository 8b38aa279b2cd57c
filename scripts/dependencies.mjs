// Installs the project's dependencies where they are missing or others than the lock file names. Uses Node alone: it runs before they are there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const needed = [20, 0];

/** True where they are there at the end. Run from the root of the project. */
export function installDependencies() {
  const version = process.versions.node.split(".").map(Number);
  if (version[0] < needed[0]) {
    console.error(`gradcheck needs Node ${needed.join(".")} or newer; this is ${process.versions.node}.`);
    return false;
  }
  if (areInstalled()) return true;
  console.log("Installing dependencies (npm ci) …");
  const run = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { stdio: "inherit", shell: process.platform === "win32" });
  if (run.status === 0) return true;
  console.error(run.error ? `npm could not be started: ${run.error.message}` : "npm ci failed; what it says is above.");
  return false;
}

/** Compares names and versions, not times: a checkout makes every file new. */
function areInstalled() {
  const [wanted, present] = ["package-lock.json", "node_modules/.package-lock.json"].map(packagesIn);
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === "") return true;
    if (!present[path]) return optional === true || peer === true;
    return present[path].version === version && existsSync(path);
  });
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return null;
  }
}
