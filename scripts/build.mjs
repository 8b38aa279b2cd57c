// Bundles what ships. `--watch` is not offered: a build takes a second.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { buildWasm } from "./build-wasm.mjs";

const production = process.argv.includes("--production");
const { version, homepage = "" } = JSON.parse(readFileSync("package.json", "utf8"));
const shared = {
  bundle: true,
  sourcemap: production ? false : "linked",
  minify: production,
  logLevel: "warning",
  target: "es2022",
  loader: { ".wasm": "binary", ".md": "text" },
  define: { __VERSION__: JSON.stringify(version), __HOMEPAGE__: JSON.stringify(homepage) },
};
// CommonJS throughout: an editor's web worker loads no other kind, and so the manifest says nothing of modules.
const node = { ...shared, platform: "node", target: "node20", format: "cjs" };
const browser = { ...shared, platform: "browser", format: "cjs" };
const targets = [
  { ...node, entryPoints: { cli: "src/bin/cli.ts" }, outdir: "dist", banner: { js: "#!/usr/bin/env node" } },
  { ...node, entryPoints: { extension: "src/extension/node.ts" }, outdir: "dist", external: ["vscode"] },
  { ...node, entryPoints: { server: "src/bin/server-node.ts" }, outdir: "dist" },
  { ...browser, entryPoints: { "extension.web": "src/extension/browser.ts" }, outdir: "dist", external: ["vscode"] },
  { ...browser, entryPoints: { "server.web": "src/bin/server-browser.ts" }, outdir: "dist", format: "iife" },
  // KaTeX's fonts in the one format that every editor reads; the others are left out.
  { ...browser, entryPoints: { panel: "src/webview/main.ts" }, outdir: "dist/webview", format: "iife", assetNames: "fonts/[name]", loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" } },
  // The library: the checker as `gradcheck`, the core alone as `gradcheck/core`, for Node and for browsers, as either kind of module.
  ...["cjs", "esm"].map((format) => ({ ...shared, platform: "neutral", format, entryPoints: { index: "src/analysis/analyze.ts", core: "src/tensor/core.ts" }, outdir: "dist/library", outExtension: { ".js": format === "esm" ? ".mjs" : ".js" } })),
];
await buildWasm();
await Promise.all(targets.filter(({ entryPoints }) => Object.values(entryPoints).every((path) => existsSync(path))).map((options) => build(options)));
if (production) process.exitCode = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", "tsconfig.declarations.json"], { stdio: "inherit" }).status ?? 1;
