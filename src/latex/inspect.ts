/** Questions about rows that every reader of the tree asks. */
import type { Node, Place, Row } from "./types";

/** From the first to the last character that the nodes cover; null for an empty row. A macro may have turned the order round. */
export function rowSpan(row: Row): Place | null {
  const [first] = row;
  if (!first) return null;
  let { start, end } = first;
  for (const node of row) {
    if (node.start < start) start = node.start;
    if (node.end > end) end = node.end;
  }
  return { start, end };
}

/** The row's characters without its layout: for names, labels and messages, not for reading again. */
export function plainText(row: Row): string {
  return row.map(plainNode).join("");
}

function plainNode(node: Node): string {
  switch (node.kind) {
    case "number":
    case "text":
      return node.text;
    case "symbol":
    case "name":
    case "operator":
    case "big":
    case "unknown":
      return node.name;
    case "space":
      return " ";
    case "group":
    case "accent":
    case "labelled":
    case "decorated":
      return plainText(node.body);
    case "fenced":
      return plainDelimiter(node.open) + plainText(node.body) + plainDelimiter(node.close);
    case "fraction":
      return `${plainText(node.numerator)}/${plainText(node.denominator)}`;
    case "root":
      return `√${plainText(node.body)}`;
    case "scripts":
      return (node.base ? plainNode(node.base) : "") + "'".repeat(node.primes) + (node.sub ? `_${plainText(node.sub)}` : "") + (node.sup ? `^${plainText(node.sup)}` : "");
    case "environment":
      return node.rows.map((row) => row.cells.map((cell) => plainText(cell.body)).join(" ")).join("; ");
  }
}

const drawn: ReadonlyMap<string, string> = new Map([
  [".", ""],
  ["langle", "⟨"],
  ["rangle", "⟩"],
  ["lfloor", "⌊"],
  ["rfloor", "⌋"],
  ["lceil", "⌈"],
  ["rceil", "⌉"],
]);

function plainDelimiter(name: string): string {
  return drawn.get(name) ?? name;
}
