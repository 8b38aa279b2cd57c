/** A row cut at its relation signs: a chain of sides. */
import type { Node, Place, Row } from "../../latex/types";
import { isRelationNode } from "./nodes";
import type { Reader } from "./reader";
import type { Expr, Relation, RelationOperator } from "./types";

const operators: Readonly<Record<string, RelationOperator>> = {
  "=": "=",
  ":=": ":=",
  coloneqq: ":=",
  triangleq: ":=",
  doteq: ":=",
  "=:": "=:",
  eqqcolon: "=:",
  equalscolon: "=:",
  equiv: "\\equiv",
  approx: "\\approx",
  simeq: "\\approx",
  approxeq: "\\approx",
  cong: "\\approx",
  propto: "\\propto",
  in: "\\in",
  sim: "\\sim",
  "<": "<",
  lt: "<",
  ">": ">",
  gt: ">",
  leq: "\\leq",
  le: "\\leq",
  leqslant: "\\leq",
  geq: "\\geq",
  ge: "\\geq",
  geqslant: "\\geq",
  neq: "\\neq",
  ne: "\\neq",
  succ: "\\succ",
  succeq: "\\succeq",
  succcurlyeq: "\\succeq",
};

const arrows: Readonly<Record<string, RelationOperator>> = {
  leftarrow: "\\leftarrow",
  gets: "\\leftarrow",
  longleftarrow: "\\leftarrow",
  Leftarrow: "\\leftarrow",
  to: "\\to",
  rightarrow: "\\to",
  longrightarrow: "\\to",
  mapsto: "\\mapsto",
  longmapsto: "\\mapsto",
};

/** The relation that a node stands for, or null. */
export function relationOperator(node: Node): RelationOperator | null {
  if (node.kind === "labelled" && node.body.length === 1) {
    const inner = relationOperator(node.body[0] as Node);
    return inner === "=" && node.label?.some((part) => part.kind === "name" || part.kind === "symbol" || part.kind === "text") ? labelledEquality(node.label) : inner;
  }
  if (node.kind === "scripts" && isRelationNode(node)) return relationOperator(node.base as Node);
  if (node.kind !== "operator") return null;
  if (node.class === "arrow") return arrows[node.name] ?? null;
  if (!isRelationNode(node)) return null;
  return operators[node.name] ?? "other";
}

/** `\overset{!}{=}` demands, `\overset{\text{def}}{=}` defines. */
function labelledEquality(label: Row): RelationOperator {
  const text = label.map((node) => (node.kind === "text" ? node.text : node.kind === "name" || node.kind === "symbol" ? node.name : "")).join("");
  return /def|△|triangle/i.test(text) ? ":=" : "=";
}

function isEquals(node: Node | undefined): boolean {
  return node?.kind === "operator" && node.name === "=";
}

export function readRelation(reader: Reader): Relation {
  const { row, place } = reader;
  const sides: Expr[] = [];
  const links: (Place & { operator: RelationOperator })[] = [];
  let current: Node[] = [];
  const flush = (at: Place): void => {
    sides.push(current.length ? reader.read(current, at) : reader.opaque("continued", { start: at.start, end: at.start }));
    current = [];
  };
  row.forEach((node, index) => {
    // `:` right before `=` makes an assignment.
    const following = row[index + 1];
    if (node.kind === "operator" && node.name === ":" && following?.kind === "operator" && following.name === "=") return;
    // `==`, and the underlines of headings.
    if (isEquals(node) && isEquals(following)) return;
    const operator = relationOperator(node);
    if (!operator) {
      current.push(node);
      return;
    }
    const before = row[index - 1];
    const assigned = before?.kind === "operator" && before.name === ":" && operator === "=";
    flush(node);
    links.push({ operator: assigned ? ":=" : operator, start: node.start, end: node.end });
  });
  if (current.length || !sides.length || links.length === sides.length) {
    if (current.length || !links.length) flush(place);
    else sides.push(reader.opaque("open", { start: place.end, end: place.end }));
  }
  return { sides, links, start: sides[0]?.start ?? place.start, end: Math.max(place.end, sides[sides.length - 1]?.end ?? 0) };
}
