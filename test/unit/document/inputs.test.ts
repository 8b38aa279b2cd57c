import assert from "node:assert/strict";
import { type Files, joinInputs } from "../../../src/document/tex/inputs";

/** The parts as `path@offset: text`. */
function parts(text: string, files: Files): string[] {
  const joined = joinInputs(text, files);
  return joined.parts.map(({ at, path, offset }, index) => {
    const here = joined.text.slice(at, joined.parts[index + 1]?.at);
    assert.ok((path === null ? text : (files[path] ?? "")).startsWith(here, offset), "stands where it says");
    return `${path ?? "·"}@${offset}: ${here}`;
  });
}

describe("document: files that LaTeX reads", () => {
  it("stand where they are read, in their own places", () => {
    assert.deepEqual(parts("a \\input{p/b} c \\include{d}", { "p/b.tex": "B\\input{e}", "p/e.tex": null, "e.tex": "E", "d.tex": "D" }), ["·@0: a ", "p/b.tex@0: B", "e.tex@0: E", "·@13:  c ", "d.tex@0: D"]);
  });

  it("are looked for from the document's folder, then from their own", () => {
    const { unknown } = joinInputs("\\input{p/b}\\input c.tex\n\\usepackage{amsmath, own}", { "p/b.tex": "\\subfile{./e}\\import{q/}{f}" });
    assert.deepEqual(unknown, ["e.tex", "e", "p/e.tex", "p/e", "q/f.tex", "q/f", "p/q/f.tex", "p/q/f", "c.tex", "amsmath.sty", "own.sty"]);
  });

  it("are not read from comments, verbatim text or outside", () => {
    assert.deepEqual(joinInputs("% \\input{a}\n\\verb|\\input{b}|\n\\begin{verbatim}\\input{c}\\end{verbatim}\\input{/etc/d}\\inputencoding{e}\\includegraphics{f}", {}).unknown, []);
  });

  it("give their body where they are documents of their own", () => {
    assert.deepEqual(parts("\\subfile{a}", { "a.tex": "\\documentclass{subfiles}\n\\begin{document}A\\end{document}x" }), ["a.tex@41: A"]);
    assert.deepEqual(parts("\\input{a}z", { "a.tex": "A\\endinput B" }), ["a.tex@0: A", "·@9: z"]);
  });

  it("may read one another in circles", () => {
    assert.deepEqual(parts("\\input{a}", { "a.tex": "A\\input{b}", "b.tex": "B\\input{a}" }), ["a.tex@0: A", "b.tex@0: B"]);
  });

  it("leave packages' commands in their place", () => {
    assert.deepEqual(parts("\\usepackage{own}x", { "own.sty": "\\def\\a{b}" }), ["·@0: \\usepackage{own}", "own.sty@0: \\def\\a{b}", "·@16: x"]);
  });
});
