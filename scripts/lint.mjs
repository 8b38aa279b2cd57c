// ESLint, and what must not be in any file: the address that packages happened to come from on somebody's machine.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

const eslint = spawnSync(process.execPath, ["node_modules/eslint/bin/eslint.js", "src", "test", "scripts", ...process.argv.slice(2)], { stdio: "inherit" });
const traces = tracesOfMachines();
for (const trace of traces) console.log(trace);
process.exitCode = eslint.status === 0 && !traces.length ? 0 : 1;

/** Addresses in the lock file and the registry's name anywhere: the project installs from whatever registry its user has. */
function tracesOfMachines() {
  const host = registryHost();
  return trackedFiles().flatMap((file) => {
    const text = textOf(file);
    const found = text === null ? [] : [...(host && text.includes(host) ? [`names the registry ${host}`] : []), ...(file.endsWith("package-lock.json") && /"resolved": *"/.test(text) ? ["holds addresses of packages (resolved)"] : [])];
    return found.map((what) => `${file}: ${what}`);
  });
}

/** Without a dot or a port it could be any word. */
function registryHost() {
  const { stdout } = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8", shell: process.platform === "win32" });
  try {
    const { host } = new URL(stdout.trim());
    return /[.:]/.test(host) ? host : null;
  } catch {
    return null;
  }
}

/** Those of git, new ones included; none outside of a repository. */
function trackedFiles() {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8", maxBuffer: 2 ** 28 });
  return status === 0 ? stdout.split("\0").filter(Boolean) : ["package-lock.json"];
}

function textOf(file) {
  try {
    return statSync(file).size > 4_000_000 ? null : readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
