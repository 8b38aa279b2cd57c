/** Formulas and their nodes with other rows inside. What is not changed stays the same object. */
import type { Node, ParsedMath, Row } from "../latex/types";

/** Formulas with other nodes. */
export function withRoots(parsed: readonly ParsedMath[], change: (row: Row) => Row): readonly ParsedMath[] {
  return parsed.map((one) => {
    const root = change(one.root);
    return root === one.root ? one : { ...one, root };
  });
}

/** The nodes that a row was changed into; the row, where they are its own. */
export function changedRow(row: Row, changed: Row): Row {
  return changed.length === row.length && changed.every((node, at) => node === row[at]) ? row : changed;
}

/** The rows inside a node. */
export function rowsOf(node: Node): Row[] {
  const rows: Row[] = [];
  withRows(node, (row) => (rows.push(row), row));
  return rows;
}

/** A node with other rows inside; itself where they are the same. */
export function withRows(node: Node, change: (row: Row) => Row): Node {
  const changed = <K extends string>(of: { readonly [key in K]: Row | null }, ...keys: K[]): Partial<Record<K, Row>> => {
    const next = keys.flatMap((key) => {
      const [row, made] = [of[key], of[key] && change(of[key])];
      return made && made !== row ? [[key, made] as const] : [];
    });
    return Object.fromEntries(next) as Partial<Record<K, Row>>;
  };
  const merged = <N extends Node>(own: N, parts: object): N => (Object.keys(parts).length ? { ...own, ...parts } : own);
  switch (node.kind) {
    case "group":
    case "decorated":
    case "accent":
    case "fenced":
      return merged(node, changed(node, "body"));
    case "labelled":
      return merged(node, changed(node, "body", "label"));
    case "fraction":
      return merged(node, changed(node, "numerator", "denominator"));
    case "root":
      return merged(node, changed(node, "index", "body"));
    case "scripts": {
      const base = node.base && withRows(node.base, change);
      return merged(node, { ...changed(node, "sub", "sup"), ...(base !== node.base ? { base } : {}) });
    }
    case "environment": {
      const rows = node.rows.map((row) => {
        const cells = row.cells.map((cell) => merged(cell as never, changed(cell, "body")) as typeof cell);
        return cells.some((cell, i) => cell !== row.cells[i]) ? { ...row, cells } : row;
      });
      return rows.some((row, i) => row !== node.rows[i]) ? { ...node, rows } : node;
    }
    default:
      return node;
  }
}
