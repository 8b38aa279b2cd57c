// The layers: a folder of `src` imports what its row names, itself, and nothing
// else; types count as much as values. The other rules keep the world out of
// the layers that must run anywhere.

/** Each folder and what it may import. */
const layers = {
  base: [],
  document: ["base"],
  latex: ["base"],
  tensor: ["base"],
  symbolic: ["base", "tensor"],
  semantics: ["base", "document", "latex"],
  readings: ["base", "latex", "semantics", "tensor"],
  verify: ["base", "semantics", "readings", "tensor", "symbolic"],
  report: ["base", "verify"],
  analysis: ["base", "document", "latex", "tensor", "symbolic", "semantics", "readings", "verify", "report"],
  protocol: ["base"],
  server: ["base", "analysis", "report", "protocol"],
  cli: ["base", "analysis", "report"],
  extension: ["protocol"],
  webview: ["protocol", "base"],
  playground: ["analysis", "webview", "protocol", "base"],
  bin: ["cli", "server"],
};

/** What runs in a browser as it does in Node, and needs nothing but itself. */
const core = ["base", "document", "latex", "tensor", "symbolic", "semantics", "readings", "verify", "report", "analysis", "protocol"];
const nodeAllowed = ["server", "cli", "extension", "bin"];

const below = (folders) => `^src/(${folders.join("|")})/`;

const rows = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `${folder} may import ${allowed.length ? allowed.join(", ") : "nothing but itself"}`,
  severity: "error",
  from: { path: below([folder]) },
  to: { path: "^src/", pathNot: below([folder, ...allowed]) },
}));

module.exports = {
  forbidden: [
    ...rows,
    {
      name: "folder-without-row",
      comment: "every folder of src has its row in the table of layers",
      severity: "error",
      from: {},
      to: { path: "^src/", pathNot: below(Object.keys(layers)) },
    },
    {
      name: "core-needs-nothing",
      comment: "the core and what describes its results import no package",
      severity: "error",
      from: { path: below(core) },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-node-in-the-core",
      comment: "only server, cli, extension and bin may use what Node brings",
      severity: "error",
      from: { path: "^src/", pathNot: below(nodeAllowed) },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "vscode-in-the-extension",
      comment: "the extension alone imports vscode",
      severity: "error",
      from: { path: "^src/", pathNot: below(["extension"]) },
      to: { path: "^vscode$|^node_modules/(@types/)?vscode/" },
    },
    {
      name: "no-tests-in-the-product",
      comment: "src imports nothing from test or scripts",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|scripts)/" },
    },
    {
      name: "unresolved",
      comment: "an import of a file that is not there",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, path: "^[.]" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // AssemblyScript: compiled by a compiler of its own.
    exclude: { path: "^src/tensor/kernels/assembly/|[.]css$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".d.ts", ".js", ".json"] },
  },
};
