import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { codes } from "../../../src/report/codes";
import manifest from "../../../package.json";

describe("the package", () => {
  let packed: readonly string[];
  before(function () {
    this.timeout(60_000);
    const run = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8", shell: process.platform === "win32" });
    packed = JSON.parse(run.stdout)[0].files.map(({ path }: { path: string }) => path);
  });

  it("holds what the command line and the library need, and nothing else", () => {
    const allowed = /^(dist\/cli\.js|dist\/library\/.+\.(js|mjs|d\.ts)|docs\/codes\/[a-z-]+\.md|schema\/[a-z.]+\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    assert.deepEqual(packed.filter((path) => !allowed.test(path)), []);
    for (const path of ["README.md", "CHANGELOG.md", "LICENSE", "schema/report.schema.json", manifest.bin.gradcheck]) assert.ok(packed.includes(path), path);
  });

  it("names only built files that it holds", () => {
    const named = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [target] : [target.import, target.default]));
    for (const path of named) assert.ok(packed.includes(path.replace("./", "")), path);
  });

  it("has no dependencies: everything is bundled", () => {
    assert.equal("dependencies" in manifest, false);
  });

  it("has a page for each code and no other", () => {
    assert.deepEqual(readdirSync("docs/codes").sort(), codes.map(({ name }) => `${name}.md`).sort());
  });
});
