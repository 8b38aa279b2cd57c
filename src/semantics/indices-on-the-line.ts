/**
 * `y(i)` for `y^{(i)}`, as a copy from a page leaves it: where a text raises
 * the index of a letter elsewhere, and writes nothing else in brackets behind
 * that letter, brackets on the line hold the same index.
 */
import type { Node, ParsedMath, Row } from "../latex/types";
import { changedRow, rowsOf, withRoots, withRows } from "./rows";

export function withRaisedIndices(parsed: readonly ParsedMath[]): readonly ParsedMath[] {
  const [raised, onTheLine] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const { root } of parsed) note(root, raised, onTheLine);
  const letters = new Set([...onTheLine].filter(([letter, indices]) => [...indices].every((index) => raised.get(letter)?.has(index))).map(([letter]) => letter));
  if (!letters.size) return parsed;
  return withRoots(parsed, (root) => withRaised(root, letters));
}

function note(row: Row, raised: Map<string, Set<string>>, onTheLine: Map<string, Set<string>>): void {
  const add = (to: Map<string, Set<string>>, letter: string, index: string): void => void to.set(letter, (to.get(letter) ?? new Set()).add(index));
  row.forEach((node, at) => {
    const above = node.kind === "scripts" && node.base && !node.sub && node.sup?.length === 1 ? indexIn(node.sup[0]) : null;
    if (above !== null && node.kind === "scripts") add(raised, letterOf(node.base), above);
    const next = row[at + 1];
    if (node.kind === "symbol" && isBracket(next)) add(onTheLine, letterOf(node), indexIn(next) ?? "");
    for (const inner of rowsOf(node)) note(inner, raised, onTheLine);
  });
}

/** i of `(i)`, 1 of `(1)`; null for anything else. */
function indexIn(node: Node | undefined): string | null {
  const [only, ...more] = isBracket(node) ? node.body : [];
  if (more.length) return null;
  return only?.kind === "symbol" && /^[a-z]$/.test(only.name) ? only.name : only?.kind === "number" ? only.text : null;
}

function isBracket(node: Node | undefined): node is Node & { kind: "fenced" } {
  return node?.kind === "fenced" && node.open === "(" && node.close === ")";
}

function letterOf(node: Node | null): string {
  return node?.kind === "symbol" ? `${node.font} ${node.name}` : "";
}

function withRaised(row: Row, letters: ReadonlySet<string>): Row {
  const isRaised = (at: number): boolean => row[at]?.kind === "symbol" && letters.has(letterOf(row[at])) && isBracket(row[at + 1]);
  const changed = row.flatMap((node, at): Row => {
    const next = row[at + 1];
    if (isRaised(at) && next) return [{ kind: "scripts", base: node, sub: null, sup: [next], primes: 0, start: node.start, end: next.end }];
    return isRaised(at - 1) ? [] : [withRows(node, (inner) => withRaised(inner, letters))];
  });
  return changedRow(row, changed);
}
