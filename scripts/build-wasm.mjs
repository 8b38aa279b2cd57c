// Compiles the kernels of src/tensor/kernels/assembly to WebAssembly, when their sources have changed: four forms of a few kilobytes each,
// strict or with fused instructions, for one thread or for memory shared by several. As a module: `await buildWasm()`.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const sources = "src/tensor/kernels/assembly";
const target = "src/tensor/kernels/generated";
const common = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--noExportMemory", "--enable", "simd"];
const relaxed = ["--enable", "relaxed-simd"];
// 4 GiB is what the kernels accept; how much there is, the host decides.
const shared = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "65536"];
const forms = {
  strict: ["kernels.ts", ...common],
  relaxed: ["kernels.ts", ...common, ...relaxed],
  "strict-shared": ["threads.ts", ...common, ...shared],
  "relaxed-shared": ["threads.ts", ...common, ...relaxed, ...shared],
};

/** Does nothing when the results belong to the present sources and compiler. Run from the root of the project. */
export async function buildWasm() {
  const state = stateOfSources();
  if (read(`${target}/state`) === state) return;
  const { default: asc } = await import("assemblyscript/asc");
  mkdirSync(target, { recursive: true });
  for (const [name, options] of Object.entries(forms)) replace(`${target}/${name}.wasm`, await compile(asc, options));
  replace(`${target}/state`, state);
}

async function compile(asc, [entry, ...options]) {
  let binary;
  const { error, stderr } = await asc.main([entry, "--outFile", "out.wasm", ...options], {
    readFile: (name, base) => read(`${sources}/${base === "." ? "" : `${base}/`}${name}`),
    writeFile: (name, contents) => {
      if (name === "out.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${entry}: ${stderr.toString() || error}`);
  return binary;
}

function stateOfSources() {
  const hash = createHash("sha256").update(read("node_modules/assemblyscript/package.json") ?? "").update(JSON.stringify(forms));
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(`${sources}/${name}`));
  return hash.digest("hex");
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Another build may run beside this one. */
function replace(path, contents) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();
