// What the linter holds the code to. Types are checked by tsc, the layers by
// dependency-cruiser; this is about habits.
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  // The WASM kernels are AssemblyScript, which only looks like TypeScript.
  globalIgnores(["dist/", "out/", ".cache/", "node_modules/", "**/*.cjs", "src/tensor/kernels/assembly/"]),
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports", disallowTypeAnnotations: false }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": ["error", { ignoreVoid: true }],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // `entries[i]!` within its bounds is the plain way to write a numeric loop under noUncheckedIndexedAccess.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-console": "error",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "Numbers are reproducible: use base/random." }],
      "prefer-const": ["error", { destructuring: "all" }],
      "max-lines-per-function": ["warn", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-depth": ["warn", 4],
    },
  },
  {
    // Nothing that the core says may depend on the time of day.
    files: ["src/{base,document,latex,tensor,symbolic,semantics,readings,verify,report,analysis}/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", "Date", "performance", "process", "Buffer", "setTimeout", "setInterval", "fetch"],
    },
  },
  {
    files: ["scripts/**/*.mjs"],
    rules: { eqeqeq: "error", "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }], "prefer-const": ["error", { destructuring: "all" }], "no-var": "error" },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines-per-function": "off", "no-console": "off" },
  },
);
