// numpy, which the unit tests hold products and gradients against. Where it is missing and cannot be installed, those tests are skipped.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The command of a Python that has numpy, or undefined. */
export function pythonWithNumpy() {
  return ["python3", "/usr/bin/python3"].find((command) => spawnSync(command, ["-c", "import numpy"]).status === 0);
}

/** Tries to install it where that needs no password. */
export function installNumpy() {
  if (pythonWithNumpy()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing python3-numpy …");
    for (const args of [["update", "-q"], ["install", "-y", "-q", "python3-numpy"]]) spawnSync("apt-get", args, { stdio: "ignore", timeout: 180_000, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  }
  if (!pythonWithNumpy()) console.log("There is no numpy here (apt-get install python3-numpy); the tests that compare with it are skipped.");
}
