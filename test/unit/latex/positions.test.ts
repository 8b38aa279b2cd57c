import assert from "node:assert/strict";
import { parseMath, rowSpan, type Node, type ParseOptions, type Row } from "../../../src/latex/index";
import { childrenOf } from "./children";

/** The pieces of the source that the nodes of a kind stand on. */
function placesOf(source: string, kind: Node["kind"], options?: ParseOptions): string[] {
  const found: string[] = [];
  const visit = (row: Row): void => {
    for (const node of row) {
      if (node.kind === kind) found.push(source.slice(node.start, node.end));
      for (const child of childrenOf(node)) visit(child);
    }
  };
  visit(parseMath(source, options).root);
  return found;
}

describe("places", () => {
  it("gives each node its own characters", () => {
    const source = "\\frac{\\partial L}{\\partial w_{1,2}} = Z^\\top X";
    assert.deepEqual(placesOf(source, "fraction"), ["\\frac{\\partial L}{\\partial w_{1,2}}"]);
    assert.deepEqual(placesOf(source, "scripts"), ["w_{1,2}", "Z^\\top"]);
    assert.deepEqual(placesOf(source, "symbol"), ["\\partial", "L", "\\partial", "w", "Z", "\\top", "X"]);
    assert.deepEqual(placesOf(source, "number"), ["1", "2"]);
  });
  it("gives a font's symbol the whole command", () => assert.deepEqual(placesOf("\\mathbf{W} + \\bm\\theta", "symbol"), ["\\mathbf{W}", "\\bm\\theta"]));
  it("gives a name the whole command", () => assert.deepEqual(placesOf("\\operatorname{tr}(A) \\text{diag} {\\rm vec}", "name"), ["\\operatorname{tr}", "\\text{diag}", "vec"]));
  it("gives brackets, environments and labels all of theirs", () => {
    assert.deepEqual(placesOf("a \\left( b \\right)_2 [c]", "fenced"), ["\\left( b \\right)", "[c]"]);
    assert.deepEqual(placesOf("a \\begin{matrix} b \\\\ \\end{matrix} c", "environment"), ["\\begin{matrix} b \\\\ \\end{matrix}"]);
    assert.deepEqual(placesOf("\\underbrace{x}_{y} z", "labelled"), ["\\underbrace{x}_{y}"]);
  });
  it("gives cells and rows what they hold", () => {
    const source = "\\begin{matrix} a + b & c \\\\ & d \\end{matrix}";
    const [node] = parseMath(source).root;
    assert.ok(node?.kind === "environment");
    assert.deepEqual(node.rows.map((row) => row.cells.map((cell) => source.slice(cell.start, cell.end))), [["a + b", "c"], ["", "d"]]);
    assert.equal(node.rows[1]?.cells[0]?.start, source.lastIndexOf("&"));
    assert.deepEqual(node.rows.map((row) => source.slice(row.start, row.end)), ["a + b & c", "& d"]);
  });
  it("puts what a macro brings at its call, and its arguments at their own place", () => {
    const options = { macros: new Map([["\\f", { parameters: 2, optional: null, body: "\\frac{#1}{\\partial #2}" }]]) };
    const source = "a = \\f{L}{w_i} b";
    assert.deepEqual(placesOf(source, "fraction", options), ["\\f{L}{w_i}"]);
    assert.deepEqual(placesOf(source, "symbol", options), ["a", "L", "\\f{L}{w_i}", "w", "i", "b"]);
    assert.deepEqual(placesOf(source, "scripts", options), ["w_i"]);
  });
  it("covers the children where a macro turns its arguments round", () => {
    const options = { macros: new Map([["\\r", { parameters: 3, optional: null, body: "#3_{#1} {#2}" }]]) };
    const source = "\\r{a}{b}{c}";
    assert.deepEqual(placesOf(source, "scripts", options), ["\\r{a}{b}{c}"]);
    const root = parseMath(source, options).root;
    assert.deepEqual(rowSpan(root), { start: 0, end: source.length });
  });
  it("says where an empty row is: nowhere", () => assert.equal(rowSpan([]), null));
});
