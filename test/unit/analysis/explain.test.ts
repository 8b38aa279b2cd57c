import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { explain } from "../../../src/analysis/explain";
import type { AnalyzeOptions, Position } from "../../../src/analysis/types";

const options = { layout: "auto", filename: "notes.md" } as const;

const symbols = "Let $A \\in \\mathbb{R}^{n\\times n}$, $B \\in \\mathbb{R}^{m\\times n}$ and $x \\in \\mathbb{R}^n$.";

/** What was tried for the statement in which a text stands. */
function tried(text: string, part: string, more: Partial<AnalyzeOptions> = {}): string[] {
  return explain(text, { ...options, ...more }, positionOf(text, part)).map(({ reading, outcome }) => `${reading}: ${outcome}`);
}

function positionOf(text: string, part: string): Position {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe("what was tried", () => {
  it("is the document's reading alone where that holds", () => {
    assert.deepEqual(tried(`${symbols}\n\n$\\nabla_x\\, x^\\top x = 2x$`, "= 2x"), ["the document's reading, denominator layout, vectors as columns: holds"]);
  });

  it("is each reading with the first disagreement, and the correction that holds", () => {
    const text = `${symbols}\n\n$\\nabla_x\\, \\|Bx\\|^2 = 5 B^\\top B x$`;
    const rows = tried(text, "= 5");
    const [statement] = analyze(text, options).statements.slice(-1);
    const { left, right } = statement?.counterexample ?? { left: NaN, right: NaN };
    assert.ok(left !== right, "what the statement shows");
    assert.match(rows[0] ?? "", /^the document's reading, .*: fails: with n = \d, m = \d and random values \(seed \d+\), entry \(1, 1\) is \S+ on the left and \S+ on the right$/);
    assert.ok(rows[0]?.includes(left.toPrecision(6).replace(/0+$/, "")), `${rows[0]} tells of ${left}`);
    assert.match(rows.find((row) => row.startsWith("numerator layout")) ?? "", /shapes do not fit: the left side is a 1×n array/);
    assert.match(rows.at(-1) ?? "", /^with a small correction \(\d+ tried\): none makes it hold$/);
    assert.match(tried(text.replace("= 5", "= "), "= ").at(-1) ?? "", /multiply by 2: holds$/);
  });

  it("ends with the assumption or the convention under which it holds", () => {
    assert.equal(tried(`${symbols}\n\n$\\nabla_x\\, x^\\top A x = 2 A x$`, "= 2").at(-1), "with A symmetric: holds");
    assert.match(tried(`${symbols}\n\n$\\frac{\\partial}{\\partial x} x^\\top x = 2 x^\\top$`, "= 2").at(-1) ?? "", /^numerator layout: holds$/);
  });

  it("tells what could not be computed", () => {
    assert.match(tried(`${symbols}\n\n$\\nabla_x\\, \\operatorname{frobnicate}(x) = \\operatorname{unheard}(x)$`, "= \\operatorname")[0] ?? "", /: not (?:computable|decided): /);
  });

  it("is that of the link of a chain at the place", () => {
    const text = `${symbols}\n\n$\\nabla_x\\, x^\\top x = 2x = x$`;
    assert.deepEqual(tried(text, "\\nabla").length, 1);
    assert.ok(tried(text, "= x").length > 1);
  });

  it("is found in a file that reads others", () => {
    const main = `\\input{symbols}\n$\\nabla_x\\, x^\\top x = 3x$\n`;
    const files = { "symbols.tex": `${symbols}\n\n${symbols}\n` };
    assert.match(tried(main, "= 3x", { filename: "main.tex", files }).at(-1) ?? "", /small correction/);
  });

  it("is nothing where nothing is stated", () => {
    assert.deepEqual(explain("words", options, { line: 0, character: 0 }), []);
  });
});
