/**
 * The layers are held by dependency-cruiser; here they are broken in every way
 * there is, in a tree of their own, to see that it notices.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A folder and what it may import, written a second time on purpose. */
const table = `
base:
document: base
latex: base
tensor: base
symbolic: base tensor
semantics: base document latex
readings: base latex semantics tensor
verify: base semantics readings tensor symbolic
report: base verify
analysis: base document latex tensor symbolic semantics readings verify report
protocol: base
server: base analysis report protocol
cli: base analysis report
extension: protocol
webview: protocol base
playground: analysis webview protocol base
bin: cli server
`;
const layers = new Map(
  table
    .trim()
    .split("\n")
    .map((row) => row.split(":") as [string, string])
    .map(([name, allowed]) => [name, new Set(allowed.split(" ").filter(Boolean))]),
);
const names = [...layers.keys()];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

describe("layers", () => {
  let tree: string;
  before(() => {
    tree = mkdtempSync(join(tmpdir(), "gradcheck-layers-"));
    write("tsconfig.json", "{}");
    for (const name of ["leftpad", "vscode"]) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
      write(`node_modules/${name}/index.js`, "module.exports = 1;\n");
    }
    write("package.json", JSON.stringify({ name: "tree", dependencies: { leftpad: "1", vscode: "1" } }));
    write("test/t.ts", "export const t = 1;\n");
  });
  after(() => rmSync(tree, { recursive: true, force: true }));
  beforeEach(() => rmSync(join(tree, "src"), { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }

  function violations(): readonly Violation[] {
    const cruiser = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const run = spawnSync(process.execPath, [cruiser, "--config", resolve(".dependency-cruiser.cjs"), "--output-type", "json", "src"], { cwd: tree, encoding: "utf8", maxBuffer: 2 ** 28 });
    assert.equal(run.stderr, "");
    return JSON.parse(run.stdout).summary.violations;
  }

  it("let a folder import what its row names, and catch every other pair", function () {
    this.timeout(120_000);
    for (const name of names) {
      write(`src/${name}/own.ts`, "export const own = 1;\n");
      for (const other of names) write(`src/${name}/uses-${other}.ts`, `import type { own } from "../${other}/own";\nexport type Own = typeof own;\n`);
    }
    const caught = new Set(violations().map(({ from, to }) => `${from.split("/")[1]} > ${to.split("/")[1]}`));
    const expected = names.flatMap((name) => names.filter((other) => other !== name && !layers.get(name)?.has(other)).map((other) => `${name} > ${other}`));
    assert.deepEqual([...caught].sort(), expected.sort());
  });

  it("keep Node, packages and vscode out of the core", function () {
    this.timeout(120_000);
    for (const name of names) {
      write(`src/${name}/node.ts`, 'import { join } from "node:path";\nexport { join };\n');
      write(`src/${name}/fs.ts`, 'import * as fs from "fs";\nexport { fs };\n');
      write(`src/${name}/package.ts`, 'import pad from "leftpad";\nexport { pad };\n');
      write(`src/${name}/vscode.ts`, 'import * as vscode from "vscode";\nexport { vscode };\n');
    }
    const caught = violations().map(({ from, rule }) => `${rule.name}: ${from.slice("src/".length)}`);
    const running = ["server", "cli", "extension", "bin"];
    const dressed = [...running, "webview", "playground"];
    assert.deepEqual(
      caught.sort(),
      [
        ...names.filter((name) => !running.includes(name)).flatMap((name) => [`no-node-in-the-core: ${name}/node.ts`, `no-node-in-the-core: ${name}/fs.ts`]),
        ...names.filter((name) => !dressed.includes(name)).flatMap((name) => [`core-needs-nothing: ${name}/package.ts`, `core-needs-nothing: ${name}/vscode.ts`]),
        ...names.filter((name) => name !== "extension").map((name) => `vscode-in-the-extension: ${name}/vscode.ts`),
      ].sort(),
    );
  });

  it("know no folder without a row, and let nothing of the tests into the product", () => {
    write("src/utils/own.ts", "export const own = 1;\n");
    write("src/base/own.ts", "export const own = 1;\n");
    write("src/bin/cli.ts", 'import { own } from "../utils/own";\nimport { t } from "../../test/t";\nexport { own, t };\n');
    write("src/base/lost.ts", 'export * from "./nowhere";\n');
    assert.deepEqual(violations().map(({ rule }) => rule.name).sort(), ["folder-without-row", "layer-bin", "no-tests-in-the-product", "unresolved"]);
  });
});
