/**
 * Spans after macros. Tokens of a macro's body stand at its call and those of
 * its arguments at their own places, perhaps in another order, so a node may
 * start after its children. Here every span is made to cover what is in it.
 */
import type { Node, Row } from "./types";

type Span = { start: number; end: number };

export function widenRow(row: Row): void {
  for (const node of row) widenNode(node);
}

function widenNode(node: Node): void {
  switch (node.kind) {
    case "number":
    case "symbol":
    case "name":
    case "operator":
    case "big":
    case "space":
    case "unknown":
      return;
    case "group":
    case "fenced":
    case "accent":
    case "decorated":
      return cover(node, node.body);
    case "labelled":
      return cover(node, node.body, node.label);
    case "fraction":
      return cover(node, node.numerator, node.denominator);
    case "root":
      return cover(node, node.index, node.body);
    case "scripts":
      return cover(node, node.base ? [node.base] : null, node.sub, node.sup);
    case "text":
      return cover(node, ...node.pieces.map((piece) => ("body" in piece ? piece.body : null)));
    case "environment":
      for (const row of node.rows) {
        for (const cell of row.cells) cover(cell, cell.body);
        for (const cell of row.cells) extend(row, cell);
        extend(node, row);
      }
      return;
  }
}

function cover(span: Readonly<Span>, ...rows: readonly (Row | null)[]): void {
  extend(span, span);
  for (const row of rows) {
    if (!row) continue;
    widenRow(row);
    for (const node of row) extend(span, node);
  }
}

/** The only place that changes a node after it was made; nobody has seen the tree yet. */
function extend(outer: Readonly<Span>, inner: Readonly<Span>): void {
  const span = outer as Span;
  span.start = Math.min(span.start, inner.start, inner.end);
  span.end = Math.max(span.end, inner.start, inner.end);
}
