// Bundles every unit test with esbuild and runs it under mocha. Arguments that name test files or folders run those alone; others go to mocha.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildWasm } from "./build-wasm.mjs";

const given = process.argv.slice(2);
const paths = given.filter((arg) => existsSync(arg));
const rest = given.filter((arg) => !existsSync(arg));
const files = (paths.length ? paths : ["test/unit"]).flatMap(testsBelow);
const out = `dist/unit-${process.pid}`;
try {
  await buildWasm();
  await build({
    entryPoints: files,
    outdir: out,
    outbase: ".",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    packages: "external",
    loader: { ".wasm": "binary", ".md": "text" },
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  const run = spawnSync(process.execPath, ["node_modules/mocha/bin/mocha.js", "--enable-source-maps", "--recursive", "--extension", "mjs", "--timeout", "60000", ...rest, ...files.map((f) => join(out, f.replace(/\.ts$/, ".mjs")))], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

function testsBelow(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? testsBelow(inner) : entry.name.endsWith(".test.ts") ? [inner] : [];
  });
}
