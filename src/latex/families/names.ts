/**
 * What a font makes of the characters in it. In an upright font neighbouring
 * letters are a word: `\mathrm{softmax}`, `\operatorname{tr}`, `{\rm diag}`; in
 * italics or bold they are a product. A bold 1 or 0 is a vector or matrix.
 */
import type { Node, Row } from "../types";

/** Fonts in which a run of letters is a name. */
const wordFonts: ReadonlySet<string> = new Set(["mathrm", "mathsf", "mathtt", "mathit"]);

/** Fonts in which 1 and 0 stand for vectors and matrices of them. */
const onesFonts: ReadonlySet<string> = new Set(["mathbf", "boldsymbol", "mathbb"]);

export function isWordFont(font: string): boolean {
  return wordFonts.has(font);
}

/** Kinds that are the same with and without braces around them. */
const units: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>(["symbol", "name", "number", "text", "operator", "big"]);

/** The row as one node with the given place. */
export function asOne(row: Row, start: number, end: number): Node {
  const [only] = row;
  if (row.length === 1 && only && units.has(only.kind)) return { ...only, start, end };
  return { kind: "group", body: row, start, end };
}

/** Makes the items from `from` on what they are in a font that was set for them. */
export function applyFont(items: Node[], from: number, font: string): void {
  if (wordFonts.has(font)) joinLetters(items, from);
  else if (onesFonts.has(font)) nameOnes(items, from, font);
}

/** `\mathbf{1}` is a symbol, and `\mathbf{11^\top}` a product of two. Numbers in scripts stay numbers: `\mathbf{A_1}`. */
function nameOnes(items: Node[], from: number, font: string): void {
  for (let at = from; at < items.length; at++) {
    const node = items[at] as Node;
    const core = node.kind === "scripts" ? node.base : node;
    if (core?.kind !== "number" || !/^(0|1+)$/.test(core.text)) continue;
    const letters = onesOf(core.text, font, core.start, core.end);
    const last = letters[letters.length - 1] as Node;
    const bearing: Node = node.kind === "scripts" ? { ...node, base: last, start: last.start } : last;
    items.splice(at, 1, ...letters.slice(0, -1), bearing);
    at += letters.length - 1;
  }
}

function onesOf(text: string, font: string, start: number, end: number): Node[] {
  const spread = end - start === text.length;
  return Array.from(text, (name, index) => ({ kind: "symbol", name, font, start: spread ? start + index : start, end: spread ? start + index + 1 : end }));
}

/** Joins every run of neighbouring letters from `from` on into a name. */
function joinLetters(items: Node[], from: number): void {
  let kept = from;
  for (let at = from; at < items.length; ) {
    const run = runAt(items, at);
    const first = items[at] as Node;
    items[kept++] = run.end > at + 1 ? joined(items, at, run.end, run.name) : first;
    at = run.end;
  }
  items.length = kept;
}

/** The whole row as one name, thin spaces dropped; null where it holds something else than letters, digits and hyphens. */
export function joinedName(row: Row): string | null {
  let name = "";
  for (const node of row) {
    if (node.kind === "name" || (node.kind === "symbol" && isWordPart(node.name))) name += node.name;
    else if (node.kind === "number" && name) name += node.text;
    else if (node.kind === "operator" && node.name === "-" && name) name += "-";
    else if (node.kind === "text") name += node.text;
    else return null;
  }
  return name === "" ? null : name;
}

function isWordPart(name: string): boolean {
  return name.length === 1 || name === "_";
}

/** The letters (and digits after two of them) that stand close together from `at` on; a last one may bear scripts. */
function runAt(items: readonly Node[], at: number): { readonly end: number; readonly name: string } {
  let name = "";
  let end = at;
  for (; end < items.length; end++) {
    const node = items[end] as Node;
    const core = node.kind === "scripts" && end > at ? node.base : node;
    if (!core || (end > at && !touch(items[end - 1] as Node, core))) break;
    if (core.kind === "symbol" && /^[A-Za-z]$/.test(core.name)) name += core.name;
    else if (core.kind === "number" && name.length > 1) name += core.text;
    else break;
    if (node.kind === "scripts") return { end: end + 1, name };
  }
  return { end: Math.max(end, at + 1), name };
}

/** Next to one another in the source, or both from the same macro call. */
function touch(left: Node, right: Node): boolean {
  return left.end === right.start || (left.start === right.start && left.end === right.end);
}

function joined(items: readonly Node[], from: number, to: number, name: string): Node {
  const first = items[from] as Node;
  const last = items[to - 1] as Node;
  const core = last.kind === "scripts" ? last.base : last;
  const font = first.kind === "symbol" ? first.font : "";
  const word: Node = { kind: "name", name, font, start: first.start, end: core?.end ?? last.end };
  return last.kind === "scripts" ? { ...last, base: word, start: first.start } : word;
}
