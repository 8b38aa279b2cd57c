/** `\bigtriangledown` and `\triangledown`, which look like ∇ and are written for it. */
import type { Node, Row } from "../../latex/types";

export function withNablas(row: Row): Row {
  return row.some(isTriangle) ? row.map((node) => (isTriangle(node) ? nablaFor(node) : node)) : row;
}

function isTriangle(node: Node): boolean {
  if (node.kind === "scripts") return node.base !== null && isTriangle(node.base);
  return (node.kind === "operator" || node.kind === "symbol") && /^(?:big)?triangledown$/.test(node.name);
}

function nablaFor(node: Node): Node {
  if (node.kind === "scripts" && node.base) return { ...node, base: nablaFor(node.base) };
  return { kind: "symbol", name: "nabla", font: "", start: node.start, end: node.end };
}
