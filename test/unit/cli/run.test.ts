import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import type { Engine } from "../../../src/cli/engine";
import { codes } from "../../../src/report/codes";
import { version } from "../../../package.json";
import { engine, Folder } from "./host";

describe("gradcheck", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  describe("check", () => {
    it("exits 0 where nothing is wrong, 1 where something is refuted", async () => {
      folder.write("right.md", "verified conditional unchecked");
      folder.write("wrong.md", "refuted");
      assert.equal((await folder.run(["check", "right.md"])).status, 0);
      const { status, out, err } = await folder.run(["check", "right.md", "wrong.md"]);
      assert.equal(status, 1);
      assert.equal(err, "");
      assert.match(out, /^error\[gradient-mismatch\]: wrong in wrong\.md, auto layout\n --> wrong\.md:1:1$/m);
      assert.match(out, /^checked 2 files: 1 wrong, 1 verified, 1 conditional, 1 unchecked; 4 of 4 formulas read$/m);
    });

    it("fails on what --fail-on names, and on nothing else", async () => {
      folder.write("a.md", "conditional");
      folder.write("b.md", "refuted");
      assert.equal((await folder.run(["check", "--fail-on", "refuted,conditional", "a.md"])).status, 1);
      assert.equal((await folder.run(["check", "--fail-on", "missing-assumption", "a.md"])).status, 1);
      assert.equal((await folder.run(["check", "--fail-on", "conditional", "b.md"])).status, 0);
      assert.equal((await folder.run(["check", "--fail-on", "none", "b.md"])).status, 0);
      const strange = await folder.run(["check", "--fail-on", "typo", "b.md"]);
      assert.equal(strange.status, 2);
      assert.match(strange.err, /typo is none of verified, refuted/);
    });

    it("exits 2 where a file cannot be read, and checks the others", async () => {
      folder.write("a.md", "refuted");
      folder.write("b.md", new Uint8Array([0, 1, 2, 3]));
      folder.write("c.md", "verified");
      const { status, out, err } = await folder.run(["check", "--format", "json", "a.md", "missing.md", "b.md", "c.md"]);
      assert.equal(status, 2);
      assert.equal(err, "gradcheck: missing.md: no such file or folder\ngradcheck: b.md: is a binary file, not a note\n");
      const report = JSON.parse(out);
      assert.deepEqual(report.files.map(({ path }: { path: string }) => path), ["a.md", "c.md"]);
      assert.deepEqual(report.failures.map(({ path }: { path: string }) => path), ["missing.md", "b.md"]);
      assert.equal(report.summary.refuted, 1);
    });

    it("survives a crash of the checker on one file", async () => {
      folder.write("a.md", "CRASH");
      folder.write("b.md", "refuted");
      const { status, out, err } = await folder.run(["check", "a.md", "b.md"]);
      assert.equal(status, 2);
      assert.equal(err, "gradcheck: a.md: the checker failed on this file, which is a bug in gradcheck: no such rule\n");
      assert.match(out, /wrong in b\.md/);
      assert.match((await folder.run(["check", "a.md"], { env: { GRADCHECK_DEBUG: "1" } })).err, /\n +at .*analyze/);
    });

    it("passes the layout on", async () => {
      folder.write("a.md", "refuted");
      assert.match((await folder.run(["check", "--layout", "numerator", "a.md"])).out, /numerator layout/);
      assert.equal((await folder.run(["check", "--layout", "sideways", "a.md"])).status, 2);
    });

    it("reads the files that documents read, and tells of each once", async () => {
      folder.write("a/main.tex", "\\input{part} verified");
      folder.write("a/part.tex", "refuted");
      folder.write("a/z.tex", "verified");
      const joining: Engine = {
        ...engine,
        unknownFiles: (text, { files = {} }) => (text.includes("\\input") && !("part.tex" in files) ? ["part.tex", "none.tex"] : []),
        analyze: (text, options) => ({ ...engine.analyze(text, options), included: Object.entries(options.files ?? {}).flatMap(([path, part]) => (part === null ? [] : [{ path, text: part, report: engine.analyze(part, options) }])) }),
      };
      const { out, status } = await folder.run(["check", "--format", "json", "a"], { load: async () => joining });
      assert.equal(status, 1);
      assert.deepEqual(JSON.parse(out).files.map(({ path, statements }: { path: string; statements: { verdict: string }[] }) => [path.replaceAll("\\", "/"), ...statements.map(({ verdict }) => verdict)]), [["a/main.tex", "verified"], ["a/part.tex", "refuted"], ["a/z.tex", "verified"]]);
    });

    it("passes files of macros on, and fails where they cannot be read", async () => {
      folder.write("a.md", "verified");
      folder.write("m.tex", "\\def\\a{b}");
      let given: readonly string[] | undefined;
      const load = async (): Promise<Engine> => ({ analyze: (text, options) => ((given = options.macroFiles), engine.analyze(text, options)) });
      assert.equal((await folder.run(["check", "--macros", "m.tex", "a.md"], { load })).status, 0);
      assert.deepEqual(given, ["\\def\\a{b}"]);
      const missing = await folder.run(["check", "--macros", "n.tex", "a.md"], { load });
      assert.deepEqual([missing.status, missing.err], [2, "gradcheck: n.tex: no such file\n"]);
    });

    it("reads standard input", async () => {
      const piped = await folder.run(["check", "-", "--stdin-filename", "x.tex", "--format", "json"], { input: "refuted" });
      assert.equal(piped.status, 1);
      const [file] = JSON.parse(piped.out).files;
      assert.equal(file.path, "x.tex");
      assert.match(file.statements[0].message, /x\.tex/);
      assert.match((await folder.run(["check", "-"], { input: "refuted" })).out, /wrong in stdin\.md.*\n --> <stdin>:1:1/);
    });

    it("speaks every format", async () => {
      folder.write("a.md", "refuted");
      assert.equal(JSON.parse((await folder.run(["check", "--format", "sarif", "a.md"])).out).runs[0].tool.driver.version, version);
      assert.match((await folder.run(["check", "--format", "github", "a.md"])).out, /^::error file=a\.md,line=1/);
      assert.equal((await folder.run(["check", "--format", "jsonl", "a.md"])).out.trim().split("\n").length, 3);
      assert.equal((await folder.run(["check", "--format", "xml", "a.md"])).status, 2);
    });

    it("lists the rest with --verbose", async () => {
      folder.write("a.md", "verified\nunchecked\nrefuted");
      const quiet = (await folder.run(["check", "a.md"])).out;
      const { out } = await folder.run(["check", "-v", "a.md"]);
      assert.doesNotMatch(quiet, /a\.md:1:1/);
      assert.match(out, /^verified {3}a\.md:1:1/m);
      assert.match(out, /^unchecked {2}a\.md:2:1: .*not supported/m);
    });

    it("uses colour on a terminal alone, unless told", async () => {
      folder.write("a.md", "refuted");
      const coloured = async (given: Parameters<Folder["run"]>[1]): Promise<boolean> => (await folder.run(["check", "a.md"], given)).out.includes("\u001b[");
      assert.equal(await coloured({}), false);
      assert.equal(await coloured({ terminal: true }), true);
      assert.equal(await coloured({ terminal: true, env: { NO_COLOR: "1" } }), false);
      assert.equal(await coloured({ terminal: true, env: { NO_COLOR: "" } }), true);
      assert.equal(await coloured({ terminal: true, env: { TERM: "dumb" } }), false);
      assert.equal(await coloured({ env: { FORCE_COLOR: "1" } }), true);
      assert.equal(await coloured({ env: { FORCE_COLOR: "1", NO_COLOR: "1" } }), true);
      assert.equal(await coloured({ terminal: true, env: { FORCE_COLOR: "0" } }), false);
    });

    it("keeps to the width of the terminal", async () => {
      folder.write("a.md", `${"x ".repeat(100)}refuted`);
      const widest = async (columns: number): Promise<number> => Math.max(...(await folder.run(["check", "a.md"], { columns })).out.split("\n").filter((row) => row.includes("|")).map((row) => row.length));
      assert.equal(await widest(60), 60);
      assert.equal(await widest(90), 90);
      assert.equal(await widest(5), 40);
    });

    it("tells on a terminal how far it is, and wipes it away", async () => {
      folder.write("a.md");
      folder.write("b.md");
      const { err } = await folder.run(["check", "a.md", "b.md"], { terminal: true });
      assert.equal(err, "checking 1 of 2: a.md\r\u001b[2Kchecking 2 of 2: b.md\r\u001b[2K");
    });
  });

  describe("stats", () => {
    it("tells coverage, as a table and as data", async () => {
      folder.write("a.md", "verified unchecked refuted");
      const { out, status } = await folder.run(["stats", "."]);
      assert.equal(status, 0);
      assert.match(out, /3 of 3 formulas read, 67% of the claims decided/);
      assert.deepEqual(JSON.parse((await folder.run(["stats", "--format", "json", "a.md"])).out).total.reasons, { unsupported: 1 });
      assert.equal((await folder.run(["stats", "nowhere"])).status, 2);
    });
  });

  describe("why", () => {
    it("tells of the statement at a place", async () => {
      folder.write("a.md", "one\nverified\n");
      const { out, status } = await folder.run(["why", "a.md:2:3"]);
      assert.equal(status, 0);
      assert.match(out, /^verified: holds for every value\n --> a\.md:2:1$/m);
      assert.equal((await folder.run(["why", "a.md:2"])).out, out);
    });

    it("lists the readings where the engine tells them", async () => {
      folder.write("a.md", "verified");
      const telling = { ...engine, explain: (_text: string, _options: object, { line, character }: { line: number; character: number }) => [{ reading: `at ${line}:${character}`, outcome: "holds" }] };
      assert.match((await folder.run(["why", "a.md:1:4"], { load: async () => telling })).out, /readings tried\n {3}1\. at 0:3: holds\n$/);
      assert.doesNotMatch((await folder.run(["why", "a.md:1:4"])).out, /readings tried/);
    });

    it("refuses what is no place, and says where nothing is stated", async () => {
      folder.write("a.md", "nothing");
      for (const place of ["a.md", "a.md:0", "a.md:x:1", ":1:1"]) assert.equal((await folder.run(["why", place])).status, 2, place);
      assert.match((await folder.run(["why", "a.md:1:1"])).err, /nothing is stated there/);
      assert.match((await folder.run(["why", "b.md:1:1"])).err, /no such file/);
    });
  });

  describe("derive", () => {
    const computing = { ...engine, analyze };
    const derived = (args: readonly string[]): ReturnType<typeof folder.run> => folder.run(args, { load: async () => computing });

    it("prints a stated and an open gradient in closed form, and as code", async () => {
      folder.write("a.md", "Let $A = ZW$ with $Z \\in \\mathbb{R}^{m\\times k}$, $W \\in \\mathbb{R}^{k\\times n}$.\n\n$$\\frac{\\partial L}{\\partial W} = Z \\frac{\\partial L}{\\partial A}$$\n\n$$\\frac{\\partial L}{\\partial Z} =$$\n");
      const { out, status } = await derived(["derive", "a.md:3:5"]);
      assert.equal(status, 0);
      assert.equal(out, "\\frac{\\partial L}{\\partial W} = Z^\\top \\frac{\\partial L}{\\partial A}\n\n  NumPy    Z.T @ dL_dA\n  PyTorch  Z.T @ dL_dA\n  JAX      Z.T @ dL_dA\n");
      assert.match((await derived(["derive", "a.md:5"])).out, /= \\frac\{\\partial L\}\{\\partial A\}W\^\\top\n\n {2}NumPy {4}dL_dA @ W\.T\n/);
    });

    it("derives it in steps where they are asked for", async () => {
      folder.write("a.md", "Let $X \\in \\mathbb{R}^{n\\times p}$, $w \\in \\mathbb{R}^p$ and $y \\in \\mathbb{R}^n$.\n\n$$f = \\tfrac12\\|Xw - y\\|^2$$\n\n$$\\nabla_w f = $$\n\n$$\\nabla_w f = X^\\top(Xw - y)$$\n");
      const lines = (await derived(["derive", "--steps", "a.md:5"])).out.split("\n");
      assert.deepEqual(lines.slice(2, 8), [
        "  df = d\\left(\\frac{1}{2}\\|Xw-y\\|^2\\right)  definition",
        "     = \\frac{1}{2}\\,d(\\|Xw-y\\|^2)           linearity",
        "     = (Xw-y)^\\top\\,d(Xw-y)                 differential of a squared norm",
        "     = (Xw-y)^\\top\\,d(Xw)                   linearity",
        "     = (Xw-y)^\\top X\\,dw                    product with a constant",
        "  \\nabla_w f = X^\\top(Xw-y)                 reading off the derivative",
      ]);
      assert.deepEqual((await derived(["derive", "--steps", "a.md:7"])).out.split("\n").slice(2, 8), lines.slice(2, 8));
      assert.doesNotMatch((await derived(["derive", "a.md:5"])).out, /linearity/);
    });

    it("says where no derivation is found", async () => {
      folder.write("a.md", "Let $a, x \\in \\mathbb{R}^n$.\n\n$$\\frac{\\partial}{\\partial x} (a^\\top x) = $$\n");
      const without: typeof analyze = (text, options) => {
        const report = analyze(text, options);
        return { ...report, statements: report.statements.map((statement) => ({ ...statement, steps: null })) };
      };
      const { out, status } = await folder.run(["derive", "--steps", "a.md:3"], { load: async () => ({ ...engine, analyze: without }) });
      assert.equal(status, 0);
      assert.match(out, /^\\frac.* = a\n\n {2}no derivation in steps is found\n\n {2}NumPy/);
    });

    it("says where nothing is computed", async () => {
      folder.write("a.md", "nothing");
      const { err, status } = await derived(["derive", "a.md:1:1"]);
      assert.equal(status, 2);
      assert.match(err, /no gradient is computed there/);
    });
  });

  describe("explain", () => {
    const load = (): never => {
      throw new Error("explain needs no engine");
    };

    it("has a page for every code", async () => {
      for (const { name } of codes) {
        const { out, status } = await folder.run(["explain", name], { load });
        assert.equal(status, 0);
        assert.ok(out.startsWith(`# ${name}\n`), name);
        assert.match(out, /^## To silence it$/m, name);
      }
    });

    it("lists the codes, and says which it does not know", async () => {
      assert.deepEqual((await folder.run(["explain"], { load })).out.trimEnd().split("\n").map((row) => row.split(" ")[0]), codes.map(({ name }) => name));
      assert.equal((await folder.run(["explain", "constructor"], { load })).status, 2);
    });
  });

  describe("usage", () => {
    it("exits 2 on bad usage, and tells help and version", async () => {
      assert.equal((await folder.run([])).status, 2);
      assert.equal((await folder.run(["check"])).status, 2);
      assert.equal((await folder.run(["chekc", "a.md"])).status, 2);
      assert.equal((await folder.run(["check", "--colour", "a.md"])).status, 2);
      assert.deepEqual(await folder.run(["--version"]), { status: 0, out: `${version}\n`, err: "" });
      const help = await folder.run(["check", "--help"]);
      assert.equal(help.status, 0);
      assert.match(help.out, /--fail-on/);
    });
  });
});
