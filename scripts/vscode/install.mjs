// A real VS Code to test in: the npm package code-server (VS Code's server and workbench) on a Node of its own, playwright-core,
// and Chromium from the system. Installed once into a cache folder, about four minutes; a finished one is used as it is.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const packages = ["code-server@4.139.1", "playwright-core", `node-${process.platform}-${process.arch}@24`];
/** Of the native modules only these are needed to serve an editor. */
const native = ["@vscode/spdlog", "@vscode/native-watchdog"];

/** The folder, installed if need be. */
export function vscodeFolder() {
  const own = process.env.GRADCHECK_CACHE ?? join(homedir(), ".cache", "gradcheck-vscode");
  const ready = [own, join(tmpdir(), "gradcheck-vscode")].find((folder) => existsSync(join(folder, ".ready")));
  if (ready) return ready;
  console.log(`Installing VS Code for the tests into ${own} (once, some minutes)`);
  requireBuildTools();
  mkdirSync(own, { recursive: true });
  if (!existsSync(join(own, "package.json"))) writeFileSync(join(own, "package.json"), '{ "private": true }\n');
  const node = nodeFolder(own);
  const npm = (cwd, ...args) => run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env: { ...process.env, PATH: `${join(node, "bin")}:${process.env.PATH}`, npm_config_nodedir: node } });
  npm(own, "install", "--ignore-scripts", ...packages);
  const vscode = join(own, "node_modules", "code-server", "lib", "vscode");
  npm(vscode, "install", "--omit=dev", "--ignore-scripts");
  npm(join(vscode, "extensions"), "install", "--omit=dev", "--ignore-scripts");
  npm(vscode, "rebuild", ...native);
  writeFileSync(join(own, ".ready"), "");
  return own;
}

export function nodeFolder(folder) {
  return join(folder, "node_modules", `node-${process.platform}-${process.arch}`);
}

/** Chromium's path: the system's, else Debian's package. */
export function chromiumPath() {
  const found = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean).map(which).find(Boolean);
  if (found) return found;
  debianPackages("Chromium is needed to show the editor: install it, or name it in CHROMIUM", "chromium");
  return which("chromium");
}

function requireBuildTools() {
  const missing = ["python3", "make", "g++"].filter((tool) => !which(tool));
  if (missing.length > 0) debianPackages(`${missing.join(", ")} needed to build VS Code's native modules`, ...missing);
}

function debianPackages(why, ...names) {
  if (process.getuid?.() !== 0 || !which("apt-get")) throw new Error(why);
  run("apt-get", ["update", "-q"], {});
  run("apt-get", ["install", "-y", "-q", ...names], {});
}

function which(name) {
  const { status, stdout } = spawnSync("sh", ["-c", 'command -v -- "$1"', "sh", name], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

function run(command, args, options) {
  try {
    execFileSync(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${String(error.stderr ?? error).slice(-4000)}`);
  }
}
