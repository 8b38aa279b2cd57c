import assert from "node:assert/strict";
import type { Statement } from "../../../src/analysis/types";
import { panelOf } from "../../../src/server/panel";
import { markedRight, rightSide } from "../../../src/server/sides";
import { wordsFrom } from "../../../src/server/words";
import { checkedNote, documentOf, rangeOf, reportOf, wrongStatement, note } from "./report";

const t = wordsFrom({});

describe("the panel's document", () => {
  it("has name, counts, reading, definitions and statements", () => {
    const shown = panelOf(checkedNote(), t);
    assert.equal(shown.name, "a note.md");
    assert.equal(shown.counts.refuted, 1);
    assert.match(shown.reading[0] ?? "", /^Denominator layout/);
    assert.deepEqual(shown.symbols.map(({ latex, role }) => [latex, role]), [["W \\in \\mathbb{R}^{k \\times n}", "matrix"]]);
    const [item] = shown.items;
    assert.equal(item?.word, "Wrong");
    assert.deepEqual(item?.actions.map(({ title }) => title), ["Apply the correction"]);
    assert.match(item?.notes.join(" ") ?? "", /probability of an error below 1e-24/);
  });

  it("gives equal statements different keys, and each the same one again", () => {
    const { document, report } = checkedNote();
    const twice = { document, report: { ...report, statements: [...report.statements, ...report.statements] } };
    const keys = panelOf(twice, t).items.map(({ key }) => key);
    assert.equal(new Set(keys).size, 2);
    assert.deepEqual(panelOf(twice, t).items.map(({ key }) => key), keys);
  });
});

describe("the right side", () => {
  const sideOf = (text: string, change: Partial<Statement>): string => {
    const document = documentOf(text);
    const whole = rangeOf(document, text);
    const side = rightSide({ ...wrongStatement(documentOf(note)), relation: whole, ...change }, document);
    return side ? text.slice(side.start, side.end) : "";
  };

  it("is found as it is written", () => assert.equal(sideOf("y = 2 x", { right: "2 x" }), "2 x"));
  it("is what follows the last equals sign where it was printed otherwise", () => assert.equal(sideOf("y = {a = b} = \\m", { right: "expanded" }), "\\m"));
  it("is none without an equals sign", () => assert.equal(sideOf("y \\approx z", { right: "expanded" }), ""));
});

describe("the marks in a right side", () => {
  const marked = (text: string, right: string, wrong: readonly string[], asEntries = false): string | null => {
    const document = documentOf(text);
    const ranges = wrong.map((part) => rangeOf(document, part));
    const entries = asEntries ? ranges.map((range) => ({ range, row: 1, column: 1, stated: "", computed: "" })) : [];
    return markedRight({ ...wrongStatement(documentOf(note)), relation: rangeOf(document, text), right, range: ranges[0] ?? rangeOf(document, right), entries }, document);
  };

  it("are around the wrong part", () => assert.equal(marked("y = a + 2 x", "a + 2 x", ["2 x"]), "a + {\\htmlClass{wrong}{2 x}}"));
  it("are one argument where braces are left out", () => assert.equal(marked("y = w_i", "w_i", ["i"]), "w_{\\htmlClass{wrong}{i}}"));
  it("are around each wrong entry", () => {
    const matrix = (first: string, last: string): string => `\\begin{pmatrix} ${first} & q \\\\ r & ${last} \\end{pmatrix}`;
    assert.equal(marked(`y = ${matrix("x_1", "x_2")}`, matrix("x_1", "x_2"), ["x_1", "x_2"], true), matrix("{\\htmlClass{wrong}{x_1}}", "{\\htmlClass{wrong}{x_2}}"));
  });
  it("are none where the part is no whole of LaTeX", () => {
    assert.equal(marked("y = \\frac{a}{b}", "\\frac{a}{b}", ["a}{b"]), null);
    assert.equal(marked("y = a & b", "a & b", ["a & b"]), null);
    assert.equal(marked("y = a", "a", ["y"]), null);
  });
  it("are none for what is right", () => {
    const { document, report } = checkedNote({ verdict: "verified" });
    const [statement] = reportOf(document, report.statements).statements;
    assert.ok(statement);
    assert.equal(markedRight(statement, document), null);
  });
});
