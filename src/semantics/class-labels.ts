/**
 * `y_i`, `y^{(i)}` as places among classes: where a text compares them with an
 * index, as in `\mathbb 1(y_i = k)` and `\sum_{j \ne y_i}`, they choose an entry
 * wherever they stand below a letter, as in `p_{y_i}`; so they do beside their
 * own index, `P_{i, y_i}`. They become one letter there and in the comparisons,
 * and stay numbers elsewhere.
 */
import type { Node, ParsedMath, Row } from "../latex/types";
import { changedRow, rowsOf, withRoots, withRows } from "./rows";

export function withClassLabels(parsed: readonly ParsedMath[]): readonly ParsedMath[] {
  const labels = new Set<string>();
  for (const { root } of parsed) for (const node of root) noteLabels(node, labels);
  // `$k \\neq y_i$` by itself compares places where y_i is one.
  const alone = parsed.flatMap(({ root }) => (root.length === 3 ? comparedIn(root) : [])).filter((name) => !labels.has(name.charAt(0)));
  if (alone.length) for (const letter of parsed.flatMap(({ root }) => root.flatMap(chosenBelow))) if (alone.some((name) => name.charAt(0) === letter)) labels.add(letter);
  if (!labels.size) return parsed;
  return withRoots(parsed, (root) => labelled(root, labels));
}

/** The letter below or above a label; null for other letters. */
export function letterOfLabel(name: string): string | null {
  return /^[a-z](?:_(?<below>[a-z])|\^\{\((?<above>[a-z])\)\})$/.exec(name)?.slice(1).find(Boolean) ?? null;
}

function noteLabels(node: Node, labels: Set<string>): void {
  // `P_{i, y_i}`: a place of row i that i tells.
  const below = node.kind === "scripts" && node.base?.kind !== "big" ? (node.sub ?? []) : [];
  for (const name of below.flatMap((inner) => labelIn(inner) ?? [])) if (below.some((inner) => inner.kind === "symbol" && inner.name === letterOfLabel(name))) labels.add(name.charAt(0));
  for (const row of rowsOf(node)) {
    for (const name of comparedIn(row)) labels.add(name.charAt(0));
    for (const inner of row) noteLabels(inner, labels);
  }
}

/** The letters with a script that stand below others, by themselves or in a list. */
function chosenBelow(node: Node): string[] {
  const own = node.kind === "scripts" && node.sub && node.base?.kind !== "big" ? node.sub.flatMap((inner) => labelIn(inner)?.charAt(0) ?? []) : [];
  return [...own, ...rowsOf(node).flatMap((row) => row.flatMap(chosenBelow))];
}

/** The labels that a row compares with a letter and that are all there is on their side. */
function comparedIn(row: Row): string[] {
  return row.flatMap((node, at) => {
    if (node.kind !== "operator" || !isComparison(node) || !endsHere(row[at - 2]) || !endsHere(row[at + 2])) return [];
    const [left, right] = [row[at - 1], row[at + 1]];
    const label = [left, right].map((side) => side && labelIn(side)).find(Boolean);
    return label && [left, right].some((side) => side?.kind === "symbol" && /^[a-z]$/.test(side.name)) ? [label] : [];
  });
}

const comparisons: ReadonlySet<string> = new Set(["=", "ne", "neq"]);

function isComparison(node: Node & { kind: "operator" }): boolean {
  return comparisons.has(node.name);
}

function endsHere(node: Node | undefined): boolean {
  return node === undefined || node.kind === "text" || node.kind === "space" || (node.kind === "operator" && [",", ":", ";"].includes(node.name));
}

/** `y_i`, `y^{(i)}` as a name. */
function labelIn(node: Node): string | null {
  if (node.kind !== "scripts" || node.base?.kind !== "symbol" || node.primes || !/^[a-z]$/.test(node.base.name)) return null;
  const [below, above] = [node.sub, node.sup].map((row) => (row?.length === 1 ? (row[0] as Node) : null));
  if (below?.kind === "symbol" && !node.sup && /^[a-z]$/.test(below.name)) return `${node.base.name}_${below.name}`;
  const [inner, ...more] = above?.kind === "fenced" && above.open === "(" && !node.sub ? above.body : [];
  return inner?.kind === "symbol" && !more.length && /^[a-z]$/.test(inner.name) ? `${node.base.name}^{(${inner.name})}` : null;
}

/** A row with labels in the place of letters with a script, below letters and in comparisons; itself where there are none. */
function labelled(row: Row, labels: ReadonlySet<string>): Row {
  const compared = new Set(comparedIn(row));
  const changed = row.map((node) => {
    const name = labelIn(node);
    if (name && compared.has(name) && labels.has(name.charAt(0))) return asLetter(node, name);
    const inner = withRows(node, (one) => labelled(one, labels));
    return inner.kind === "scripts" && inner.sub && inner.base?.kind !== "big" ? withSub(inner, inner.sub, labels) : inner;
  });
  return changedRow(row, changed);
}

function withSub(node: Node & { kind: "scripts" }, sub: Row, labels: ReadonlySet<string>): Node {
  const changed = sub.map((inner) => {
    const name = labelIn(inner);
    return name && labels.has(name.charAt(0)) ? asLetter(inner, name) : inner;
  });
  return changedRow(sub, changed) === sub ? node : { ...node, sub: changed };
}

function asLetter({ start, end }: Node, name: string): Node {
  return { kind: "symbol", name, font: "", start, end };
}
