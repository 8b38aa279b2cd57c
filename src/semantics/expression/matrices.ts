/**
 * Matrices of explicit entries, with dots, and `cases`. A row whose cells are
 * separated by commas or blanks where `&` is missing is still read, and the
 * slip is noted.
 */
import type { Node, Place, Row } from "../../latex/types";
import { isDotsName, isRelationNode, spanOfRow, splitRow } from "./nodes";
import type { Reader } from "./reader";
import type { Cell, Expr } from "./types";

export function readMatrix(reader: Reader, node: Node & { kind: "environment" }, open: string): Expr {
  const name = node.name.replace("*", "");
  if (/cases/.test(name) || (open === "{" && name !== "Bmatrix")) return readCases(reader, node);
  if (/^(align|aligned|gather|gathered|split|lines|equation)/.test(name)) {
    const body = node.rows.flatMap((row) => row.cells.flatMap((cell) => cell.body));
    return reader.read(body, node);
  }
  const rows = node.rows.map((row) => row.cells.map((cell) => ({ body: cell.body, start: cell.start, end: cell.end })));
  const repaired = repairRows(reader, rows);
  const cells = repaired.map((row) => row.map((cell) => readCell(reader, cell)));
  const delimiter = delimiterOf(name, open);
  const matrix: Expr = { kind: "matrix", rows: cells, delimiter: delimiter === "|" || delimiter === "‖" ? "" : delimiter, start: node.start, end: node.end };
  if (delimiter === "|") return { kind: "bars", body: matrix, start: node.start, end: node.end };
  if (delimiter === "‖") return { kind: "norm", body: matrix, which: null, start: node.start, end: node.end };
  return matrix;
}

function delimiterOf(name: string, open: string): "(" | "[" | "|" | "‖" | "" | "{" {
  if (name === "pmatrix" || name === "psmallmatrix" || open === "(") return "(";
  if (name === "bmatrix" || name === "bsmallmatrix" || open === "[") return "[";
  if (name === "vmatrix" || open === "|" || open === "vert") return "|";
  if (name === "Vmatrix" || open === "‖") return "‖";
  if (name === "Bmatrix") return "{";
  return "";
}

type RawCell = Place & { readonly body: Row };

/** Splits cells at commas, and at blanks where that makes the row as long as the others. */
function repairRows(reader: Reader, rows: readonly (readonly RawCell[])[]): readonly (readonly RawCell[])[] {
  const byComma = rows.map((row) => row.flatMap((cell) => splitCell(reader, cell)));
  const longest = Math.max(...byComma.map((row) => row.length));
  return byComma.map((row, index) => {
    const [only] = row;
    if (row.length !== 1 || longest < 2 || !only || (rows[index]?.length ?? 0) !== 1) return row;
    const symbols = only.body.filter((node) => node.kind !== "space");
    if (symbols.length !== longest || !symbols.every((node) => node.kind === "symbol" || node.kind === "scripts" || node.kind === "number")) return row;
    reader.slips.push({ code: "missing-ampersand", message: "& is missing between the cells of this row", start: only.start, end: only.end });
    return symbols.map((node) => ({ body: [node], start: node.start, end: node.end }));
  });
}

function splitCell(reader: Reader, cell: RawCell): readonly RawCell[] {
  const spaced = spacedParts(cell.body);
  if (spaced) {
    reader.slips.push({ code: "missing-ampersand", message: "& is missing between the cells of this row", start: cell.start, end: cell.end });
    return spaced.map((part) => ({ body: part, ...spanOfRow(part) }));
  }
  const parts = splitRow(cell.body, ",").filter((part) => part.length);
  if (parts.length < 2 || cell.body.some(isRelationNode)) {
    const [only] = parts;
    return parts.length === 1 && only && only.length < cell.body.length ? [{ body: only, ...spanOfRow(only) }] : [cell];
  }
  reader.slips.push({ code: "missing-ampersand", message: "the cells of this row are separated by a comma instead of &", start: cell.start, end: cell.end });
  return parts.map((part) => ({ body: part, ...spanOfRow(part) }));
}

/** `x_1 \ x_2 \ \dots \ x_n` in one cell: symbols with dots between them are no product. */
function spacedParts(body: Row): Row[] | null {
  const isDots = (node: Node): boolean => node.kind === "symbol" && isDotsName(node.name);
  const isList = body.length > 2 && body.every((node) => node.kind === "symbol" || node.kind === "scripts") && body.slice(1, -1).some(isDots);
  return isList ? body.map((node) => [node]) : null;
}

function readCell(reader: Reader, cell: RawCell): Cell {
  const body = cell.body.filter((node) => node.kind !== "space");
  const [only] = body;
  const place = body.length ? spanOfRow(body) : { start: cell.start, end: cell.end };
  if (!only) return { expr: null, dots: false, ...place };
  const core = only.kind === "scripts" ? null : only;
  if (body.length === 1 && core?.kind === "symbol" && isDotsName(core.name)) return { expr: null, dots: true, ...place };
  return { expr: reader.read(body, cell), dots: false, ...place };
}

function readCases(reader: Reader, node: Node & { kind: "environment" }): Expr {
  const branches = node.rows
    .filter((row) => row.cells.some((cell) => cell.body.length))
    .map((row) => {
      const [first, ...rest] = row.cells;
      let value = first?.body ?? [];
      let condition = rest.flatMap((cell) => cell.body);
      if (!condition.length) {
        const cut = value.findIndex((inner) => inner.kind === "text" || inner.kind === "space" || (inner.kind === "operator" && inner.name === ","));
        if (cut > 0) {
          condition = value.slice(cut);
          value = value.slice(0, cut);
        }
      }
      while (value.length && isComma(value[value.length - 1])) value = value.slice(0, -1);
      const words = condition.map((inner) => (inner.kind === "text" ? inner.text : inner.kind === "name" ? inner.name : "")).join(" ").toLowerCase();
      const relationNodes = condition.flatMap((inner) => (inner.kind === "text" ? inner.pieces.flatMap((piece) => ("body" in piece ? piece.body : [])) : inner.kind === "space" || isComma(inner) || inner.kind === "name" ? [] : [inner]));
      const otherwise = /otherwise|else|sonst|otro|autrement|sinon|caso contr/.test(words) || (!relationNodes.length && !words.trim());
      return {
        value: reader.read(value, node),
        condition: relationNodes.some(isRelationNode) ? reader.relation(relationNodes, node) : null,
        otherwise,
      };
    });
  return { kind: "cases", branches, start: node.start, end: node.end };
}

function isComma(node: Node | undefined): boolean {
  return node?.kind === "operator" && (node.name === "," || node.name === ";" || node.name === ".");
}
