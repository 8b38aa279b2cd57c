// Bundles what a benchmark measures from the project's sources, kernels included; the path of the bundle.
import { build } from "esbuild";
import { pathToFileURL } from "node:url";
import { buildWasm } from "../scripts/build-wasm.mjs";

export async function bundled(name, contents) {
  const outfile = `dist/bench/${name}.mjs`;
  await buildWasm();
  await build({ stdin: { contents, resolveDir: "." }, outfile, bundle: true, format: "esm", target: "es2022", loader: { ".wasm": "binary", ".md": "text" }, logLevel: "warning" });
  return pathToFileURL(outfile).href;
}
