/**
 * Trees as one line each, for tests: `frac[\partial L][\partial W]`,
 * `Z^[\top]`, `(: a , b :)` for brackets and `(! a !)` for sized ones, `·` for
 * an empty cell.
 */
import assert from "node:assert/strict";
import { parseMath, type Node, type ParseOptions, type Row } from "../../../src/latex/index";

export function sketch(row: Row): string {
  return row.map(sketchNode).join(" ");
}

/** The source reads as the tree, and without any problem. */
export function reads(source: string, expected: string, options?: ParseOptions): void {
  const { root, problems } = parseMath(source, options);
  assert.equal(sketch(root), expected);
  assert.deepEqual(problems, []);
}

/** The source reads as the tree, with these problems: `error 3-5 message`, one a line. */
export function readsWith(source: string, expected: string, problems: readonly string[], options?: ParseOptions): void {
  const parsed = parseMath(source, options);
  assert.deepEqual(
    parsed.problems.map(({ severity, start, end, message }) => `${severity} ${start}-${end} ${message}`),
    problems,
  );
  assert.equal(sketch(parsed.root), expected);
}

function sketchNode(node: Node): string {
  switch (node.kind) {
    case "number":
      return node.text;
    case "symbol":
      return named(node.name, node.font);
    case "operator":
    case "big":
      return named(node.name, "");
    case "name":
      return node.font ? `${node.font}."${node.name}"` : `"${node.name}"`;
    case "group":
      return `{${sketch(node.body)}}`;
    case "fraction":
      return `${node.line ? "frac" : "stack"}[${sketch(node.numerator)}][${sketch(node.denominator)}]`;
    case "root":
      return `sqrt${node.index ? `<${sketch(node.index)}>` : ""}[${sketch(node.body)}]`;
    case "scripts":
      return (node.base ? sketchNode(node.base) : "∅") + "'".repeat(node.primes) + (node.sub ? `_[${sketch(node.sub)}]` : "") + (node.sup ? `^[${sketch(node.sup)}]` : "");
    case "fenced": {
      const mark = node.sized ? "!" : ":";
      return [node.open + mark, ...node.body.map(sketchNode), mark + node.close].join(" ");
    }
    case "environment":
      return `${node.name}[${node.rows.map((row) => (row.intertext === null ? "" : `«${row.intertext}» `) + row.cells.map((cell) => sketch(cell.body) || "·").join(" & ")).join(" ; ")}]`;
    case "text":
      return `'${node.pieces.map((piece) => ("text" in piece ? piece.text : `$${sketch(piece.body)}$`)).join("")}'`;
    case "accent":
    case "decorated":
      return `${node.name}[${sketch(node.body)}]`;
    case "labelled":
      return `${node.name}[${sketch(node.body)}]${node.label ? `{${sketch(node.label)}}` : ""}`;
    case "space":
      return `~${node.name}`;
    case "unknown":
      return `?${node.name}`;
  }
}

function named(name: string, font: string): string {
  const written = /^[A-Za-z]{2,}$/.test(name) ? `\\${name}` : name;
  return font ? `${font}.${written}` : written;
}
