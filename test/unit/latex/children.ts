/** Every row directly inside of a node, for walks over whole trees. */
import type { Node, Row } from "../../../src/latex/index";

export function childrenOf(node: Node): Row[] {
  switch (node.kind) {
    case "number":
    case "symbol":
    case "name":
    case "operator":
    case "big":
    case "space":
    case "unknown":
      return [];
    case "group":
    case "fenced":
    case "accent":
    case "decorated":
      return [node.body];
    case "labelled":
      return [node.body, node.label ?? []];
    case "fraction":
      return [node.numerator, node.denominator];
    case "root":
      return [node.index ?? [], node.body];
    case "scripts":
      return [node.base ? [node.base] : [], node.sub ?? [], node.sup ?? []];
    case "text":
      return node.pieces.flatMap((piece) => ("body" in piece ? [piece.body] : []));
    case "environment":
      return node.rows.flatMap((row) => row.cells.map((cell) => cell.body));
  }
}
