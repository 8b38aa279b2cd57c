import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const declared = "Let $x \\in \\mathbb{R}^n$.\n\n";
const right = "$\\frac{\\partial x^\\top x}{\\partial x} = 2x$\n";
const wrong = "$\\frac{\\partial x^\\top x}{\\partial x} = x$\n";

/** Of each gradient its verdict and message; of each problem its line (from 1), code and message. */
function said(text: string, filename = "a.md"): { gradients: string[]; problems: string[] } {
  const { statements, problems } = analyze(text, { layout: "auto", filename });
  return {
    gradients: statements.filter(({ kind }) => kind === "gradient").map(({ verdict, message }) => (verdict === "unchecked" ? `${verdict}: ${message}` : verdict)),
    problems: problems.map(({ range, code, message }) => `${range.start.line + 1} ${code}: ${message}`),
  };
}

describe("directives", () => {
  it("silence what is between off and on", () => {
    const text = `${declared}<!-- gradcheck: off exercises -->\n\n${wrong}\n<!-- gradcheck: on -->\n\n${wrong}`;
    assert.deepEqual(said(text), { gradients: ["unchecked: ignored: exercises", "refuted"], problems: [] });
  });

  it("silence the next formula alone", () => {
    assert.deepEqual(said(`${declared}<!-- gradcheck: ignore-next -->\n${wrong}\n${wrong}`), { gradients: ["unchecked: ignored", "refuted"], problems: [] });
  });

  it("expect what is wrong", () => {
    assert.deepEqual(said(`${declared}<!-- gradcheck: expect wrong: a common slip -->\n${wrong}`), { gradients: ["unchecked: wrong on purpose: a common slip"], problems: [] });
  });

  it("speak of the next row where they stand in a formula", () => {
    const rows = "\\begin{align}\n\\frac{\\partial x^\\top x}{\\partial x} &= x \\\\\n% gradcheck: ignore-next the point of it\n\\frac{\\partial x^\\top x}{\\partial x} &= x \\\\\n\\frac{\\partial x^\\top x}{\\partial x} &= x\n\\end{align}\n";
    for (const filename of ["a.tex", "a.md"]) assert.deepEqual(said(declared + rows, filename), { gradients: ["refuted", "unchecked: ignored: the point of it", "refuted"], problems: [] });
  });

  it("work in the cells of a notebook", () => {
    const cell = (source: string): object => ({ cell_type: "markdown", metadata: {}, source: [source] });
    const notebook = JSON.stringify({ cells: [cell(declared), cell(`<!-- gradcheck: ignore-next on purpose -->\n${wrong}`), cell(wrong)], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    assert.deepEqual(said(notebook, "a.ipynb"), { gradients: ["unchecked: ignored: on purpose", "refuted"], problems: [] });
  });

  for (const [name, text, problem] of [
    ["off over what is right", `<!-- gradcheck: off -->\n${right}`, "3 stale-directive: nothing to silence from here on"],
    ["on without off", `<!-- gradcheck: on -->\n${right}`, "3 stale-directive: nothing is silenced here that could be let speak again"],
    ["ignore-next before what is right", `<!-- gradcheck: ignore-next -->\n${right}`, "3 stale-directive: nothing to silence in what follows"],
    ["ignore-next at the end", `${right}\n<!-- gradcheck: ignore-next -->\n`, "5 stale-directive: nothing to silence in what follows"],
    ["expect wrong before what is right", `<!-- gradcheck: expect wrong -->\n${right}`, "3 stale-directive: what follows is expected to be wrong, and is not"],
    ["a name that there is not", `<!-- gradcheck: ignor-next -->\n${right}`, "3 stale-directive: there is no directive `ignor-next`"],
    ["a layout that there is not", `<!-- gradcheck: layout=numerater -->\n${right}`, "3 stale-directive: a layout is `denominator` or `numerator`"],
  ] as const) {
    it(`are stale: ${name}`, () => assert.deepEqual(said(declared + text).problems, [problem]));
  }

  it("are not stale before what is undecided", () => {
    assert.deepEqual(said("<!-- gradcheck: ignore-next -->\n$\\frac{\\partial q}{\\partial v} = \\mystery{v}$\n").problems, []);
  });
});
