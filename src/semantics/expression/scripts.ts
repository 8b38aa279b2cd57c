/**
 * What a superscript means: transpose, inverse, power, a tag such as a layer
 * number in parentheses, or several of them together (`^{-T}`, `^{(l)\top}`).
 */
import type { Node, Row } from "../../latex/types";

export type Superscript =
  | { readonly kind: "transpose" }
  | { readonly kind: "power"; readonly row: Row; readonly elementwise: boolean }
  | { readonly kind: "pseudoInverse" }
  | { readonly kind: "tag"; readonly row: Row };

const transposes = new Set(["top", "intercal", "T", "tran", "trans", "transpose", "dag", "H", "t"]);

/** The meanings of a superscript in the order in which they apply; `small`: a lone `t` is a transpose too. */
export function readSuperscript(row: Row, small = false): readonly Superscript[] {
  const nodes = unwrap(row);
  const [first] = nodes;
  if (!first) return [];
  const last = nodes[nodes.length - 1] as Node;
  if (nodes.length === 1) return [single(first, small)];
  if (first.kind === "operator" && (first.name === "circ" || first.name === "odot")) return [{ kind: "power", row: nodes.slice(1), elementwise: true }];
  if (isTranspose(last, small) && last.kind === "symbol" && !startsBinary(nodes[nodes.length - 2])) {
    return [...readSuperscript(nodes.slice(0, -1), small), { kind: "transpose" }];
  }
  if (isMinus(first) && nodes.length === 2 && isTranspose(last, small)) {
    return [{ kind: "power", row: [first, { kind: "number", text: "1", start: last.start, end: last.start }], elementwise: false }, { kind: "transpose" }];
  }
  if (isTranspose(first) && first.kind === "symbol" && first.name !== "T" && first.name !== "t" && first.name !== "H") {
    return [{ kind: "transpose" }, ...readSuperscript(nodes.slice(1), small)];
  }
  if (nodes.length === 2 && first.kind === "fenced" && last.kind === "fenced") return [{ kind: "tag", row: nodes }];
  if (first.kind === "fenced" && isBracketTag(first)) return [{ kind: "tag", row: [first] }, ...readSuperscript(nodes.slice(1), small)];
  return [{ kind: "power", row: nodes, elementwise: false }];
}

/** `[1]\prime`, `[1]'` above a function: the label, and how many primes. */
export function withoutPrimes(row: Row): { readonly row: Row; readonly primes: number } {
  const nodes = unwrap(row);
  const last = nodes[nodes.length - 1];
  if (last?.kind === "scripts" && last.primes && last.base && !last.sub && !last.sup) return { row: [...nodes.slice(0, -1), last.base], primes: last.primes };
  let end = nodes.length;
  for (let node = nodes[end - 1]; end > 1 && node?.kind === "symbol" && node.name === "prime"; node = nodes[end - 1]) end--;
  return end < nodes.length ? { row: nodes.slice(0, end), primes: nodes.length - end } : { row, primes: 0 };
}

function single(node: Node, small: boolean): Superscript {
  if (isTranspose(node, small)) return { kind: "transpose" };
  if (node.kind === "operator" && node.name === "+") return { kind: "pseudoInverse" };
  if (node.kind === "symbol" && (node.name === "dagger" || node.name === "dag")) return { kind: "pseudoInverse" };
  if (node.kind === "operator" && node.name === "dagger") return { kind: "pseudoInverse" };
  if (node.kind === "fenced" && isBracketTag(node)) return { kind: "tag", row: [node] };
  if (node.kind === "operator" || node.kind === "text" || node.kind === "name" || node.kind === "unknown") return { kind: "tag", row: [node] };
  if (node.kind === "symbol" && (node.name === "star" || node.name === "ast" || node.name === "prime" || node.name === "perp")) return { kind: "tag", row: [node] };
  return { kind: "power", row: [node], elementwise: false };
}

/** `(l)`, `[l-1]`, `<t>`: brackets around a short label. `(1/2)` is a power. */
function isBracketTag(node: Node & { kind: "fenced" }): boolean {
  if (!["(", "[", "{", "langle", "⟨"].includes(node.open)) return false;
  return !node.body.some((inner) => inner.kind === "fraction" || (inner.kind === "operator" && inner.name === "/"));
}

export function isTranspose(node: Node, small = false): boolean {
  if (node.kind === "symbol") {
    if (node.name === "t") return small || node.font === "mathrm" || node.font === "mathsf";
    if (node.name === "T") return true;
    if (node.name === "H") return node.font !== "mathcal";
    return transposes.has(node.name);
  }
  if (node.kind === "operator") return node.name === "intercal" || node.name === "top";
  if (node.kind === "name") return node.name === "T" || node.name === "tr" || node.name === "transpose";
  if (node.kind === "text") return node.text.trim() === "T" || node.text.trim() === "t";
  if (node.kind === "group" || node.kind === "decorated") return node.body.length === 1 && isTranspose(node.body[0] as Node, small);
  return false;
}

export function isMinus(node: Node | undefined): boolean {
  return node?.kind === "operator" && node.name === "-";
}

function startsBinary(node: Node | undefined): boolean {
  return node?.kind === "operator";
}

/** A row with outer groups taken off. */
export function unwrap(row: Row): Row {
  const [only] = row;
  return row.length === 1 && only && (only.kind === "group" || only.kind === "decorated") ? unwrap(only.body) : row;
}
