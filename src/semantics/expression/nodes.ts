/**
 * Questions to nodes and rows of LaTeX: which are bars, dots, relations or
 * layout, and where a row is cut.
 */
import { withParts } from "../../base/parts";
import type { Node, Place, Row } from "../../latex/types";
import { unwrap } from "./scripts";

export function isBarName(name: string): boolean {
  return name === "|" || name === "vert" || name === "‖" || name === "Vert" || name === "lvert" || name === "rvert" || name === "parallel";
}

export function countBars(row: Row): number {
  return row.filter((node) => node.kind === "operator" && isBarName(node.name)).length;
}

export function isDotsName(name: string): boolean {
  return ["ldots", "cdots", "vdots", "ddots", "dots", "dotsc", "dotsb", "dotsm", "dotsi", "dotso", "iddots", "adots", "hdots"].includes(name);
}

/** Environments that lay out formulas rather than hold a matrix. */
export function isLayoutEnvironment(name: string): boolean {
  return /^(align|aligned|alignat|alignedat|gather|gathered|split|eqnarray|multline|multlined|flalign|equation|lines|math|displaymath)$/.test(name.replace("*", ""));
}

export function isD(node: Node | null | undefined): boolean {
  if (!node) return false;
  if (node.kind === "symbol") return node.name === "d" && ["", "mathrm", "rm", "mathit", "mathsf"].includes(node.font);
  if (node.kind === "name") return node.name === "d" || node.name === "dd";
  return node.kind === "text" && node.text.trim() === "d";
}

export function isRelationNode(node: Node): boolean {
  // `\propto_{\mu}` says in what.
  if (node.kind === "scripts") return node.base?.kind === "operator" && node.base.name === "propto";
  return (node.kind === "operator" && node.class === "relation" && !isBarName(node.name) && node.name !== "mid" && node.name !== ":") || (node.kind === "labelled" && node.body.length === 1 && isRelationNode(node.body[0] as Node));
}

export function isIndicatorFont(font: string): boolean {
  return ["mathbb", "mathbbm", "mathds", "mathbf", "boldsymbol", "bm", "mathbbold", "mathrm", "mathbold", "bf", "pmb", ""].includes(font);
}

/** A row changed, after all rows inside it; the same object where nothing changes. */
export function inEveryRow(row: Row, change: (row: Row) => Row): Row {
  const within = (value: unknown): unknown => {
    const same = withParts(value, within);
    return Array.isArray(same) && same.length > 0 && same.every(isNode) ? change(same) : same;
  };
  return within(row) as Row;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && "start" in value;
}

/** Cuts a row at the given top-level operators. */
export function splitRow(row: Row, ...at: readonly string[]): Row[] {
  const parts: Node[][] = [[]];
  for (const node of row) {
    if (node.kind === "operator" && at.includes(node.name)) parts.push([]);
    else (parts[parts.length - 1] as Node[]).push(node);
  }
  return parts;
}

/** The arguments of a function, between commas and other signs. */
export function splitArguments(row: Row, ...more: readonly string[]): Row[] {
  const halves = halvesAtDoubleBar(row) ?? [row];
  return halves.flatMap((half) => splitRow(half, ",", ";", ...more));
}

/** What stands on either side of the one double bar of `D(p \| q)`, `D(p || q)`; two of them enclose a norm. */
export function halvesAtDoubleBar(row: Row): [Row, Row] | null {
  const at = (isThis: (node: Node | null | undefined) => boolean): readonly number[] => row.flatMap((node, index) => (isThis(node) ? [index] : []));
  const [double, ...moreDouble] = at((node) => isBar(node, "‖", "Vert", "parallel"));
  if (double !== undefined) return moreDouble.length ? null : [row.slice(0, double), row.slice(double + 1)];
  const [first, second, ...others] = at((node) => isBar(node, "|"));
  return first !== undefined && second === first + 1 && !others.length ? [row.slice(0, first), row.slice(second + 1)] : null;
}

function isBar(node: Node | null | undefined, ...names: readonly string[]): boolean {
  return (node?.kind === "operator" && names.includes(node.name)) || (node?.kind === "scripts" && isBar(node.base, ...names));
}

/** `\substack{i \\ j}` as a list. */
export function flattenLines(row: Row): Row {
  const [only] = unwrap(row);
  if (only?.kind !== "environment") return unwrap(row);
  const out: Node[] = [];
  only.rows.forEach((line, index) => {
    if (index) out.push({ kind: "operator", name: ",", class: "punctuation", start: line.start, end: line.start });
    for (const cell of line.cells) out.push(...cell.body);
  });
  return out;
}

export function unwrapBraces(row: Row): Row {
  const [only] = unwrap(row);
  return only?.kind === "fenced" && row.length === 1 ? only.body : unwrap(row);
}

export function spanOfRow(row: Row): Place {
  return { start: row[0]?.start ?? 0, end: row[row.length - 1]?.end ?? 0 };
}
