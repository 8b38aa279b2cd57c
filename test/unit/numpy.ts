/** numpy in a process of its own: an implementation that shares nothing with this one. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

const python = ["python3", "/usr/bin/python3"].find((command) => spawnSync(command, ["-c", "import numpy"]).status === 0);

/** To be called in `before`: the tests of the suite count as pending where there is no numpy. */
export function needNumpy(context: Mocha.Context): void {
  if (python) return;
  console.log("    skipped: there is no numpy here (apt-get install python3-numpy)");
  context.skip();
}

/** What `script` prints as JSON, given `input` as JSON on its standard input. */
export function runNumpy(script: string, input: unknown): unknown {
  const { stdout, stderr, status } = spawnSync(python!, ["-c", script], { input: JSON.stringify(input), maxBuffer: 2 ** 28, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}
