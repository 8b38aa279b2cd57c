// Writes docs/reference.md from the program's own tables.
import { build } from "esbuild";
import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const out = `dist/reference-${process.pid}.mjs`;
try {
  await build({ entryPoints: ["test/unit/reference/reference.ts"], outfile: out, bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", loader: { ".wasm": "binary", ".md": "text" }, logLevel: "warning" });
  const { reference } = await import(pathToFileURL(out).href);
  writeFileSync("docs/reference.md", reference());
} finally {
  rmSync(out, { force: true });
}
