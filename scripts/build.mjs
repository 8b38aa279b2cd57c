// Bundles what ships. `--watch` is not offered: a build takes a second.
import { build } from "esbuild";
import { existsSync } from "node:fs";

const production = process.argv.includes("--production");
const shared = { bundle: true, sourcemap: production ? false : "linked", minify: production, logLevel: "warning", target: "es2022", loader: { ".wasm": "binary" } };
const node = { ...shared, platform: "node", target: "node20" };
const targets = [
  { ...node, entryPoints: { cli: "src/bin/cli.ts" }, format: "esm", outdir: "dist", banner: { js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" } },
];
await Promise.all(targets.filter(({ entryPoints }) => Object.values(entryPoints).every((path) => existsSync(path))).map((options) => build(options)));
