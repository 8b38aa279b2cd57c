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
  const repaired = repairRows(reader, withoutRules(rows));
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

/** The cells without the dashes around each row (`- x_1^\top -`, in cells of their own or not) or the bars around each column that show where it runs. */
function withoutRules(rows: readonly (readonly RawCell[])[]): readonly (readonly RawCell[])[] {
  const filled = rows.filter((row) => !row.every(isBlank));
  const ruled = (row: readonly RawCell[] | undefined): boolean => row !== undefined && row.some((cell) => !isBlank(cell)) && row.every((cell) => isBlank(cell) || isDrawn(cell, isBar));
  if (filled.length > 2 && ruled(filled[0]) && ruled(filled[filled.length - 1])) return filled.slice(1, -1);
  const dashed = (cell: RawCell | undefined): boolean => cell !== undefined && isDrawn(cell, isDash);
  const between = filled.filter(([first, ...others]) => others.length > 1 && dashed(first) && dashed(others[others.length - 1]));
  const isBare = (row: readonly RawCell[]): boolean => row.length === between[0]?.length && [row[0], row[row.length - 1]].every((cell) => cell !== undefined && (isBlank(cell) || isDots(cell)));
  if (between.length && filled.every((row) => between.includes(row) || isBare(row))) return filled.map((row) => row.slice(1, -1));
  return rows.map((row) => row.map(withoutDashes));
}

/** `- x_1^\top -`: a sign behind which nothing stands is no minus. */
function withoutDashes(cell: RawCell): RawCell {
  const body = cell.body.filter((node) => node.kind !== "space");
  const first = body.findIndex((node) => !isDash(node));
  const after = body.length - [...body].reverse().findIndex((node) => !isDash(node));
  if (first <= 0 || after === body.length) return cell;
  const kept = body.slice(first, after);
  return { body: kept, ...spanOfRow(kept) };
}

function isBlank({ body }: RawCell): boolean {
  return body.every((node) => node.kind === "space");
}

function isDots({ body }: RawCell): boolean {
  const [only, ...others] = body.filter((node) => node.kind !== "space");
  return !others.length && only?.kind === "symbol" && isDotsName(only.name);
}

function isDrawn(cell: RawCell, isStroke: (node: Node) => boolean): boolean {
  return !isBlank(cell) && cell.body.every((node) => node.kind === "space" || isStroke(node));
}

function isDash(node: Node): boolean {
  if (node.kind === "operator") return node.name === "-";
  if (node.kind === "text") return /^\s*[-–—―─]+\s*$/.test(node.text);
  return node.kind === "unknown" && /^(horz|rel)bar$|dash$|rule$|^[―─]+$/.test(node.name);
}

function isBar(node: Node): boolean {
  if (node.kind === "operator" || node.kind === "unknown") return ["|", "vert", "lvert", "rvert", "mid", "shortmid", "vertbar"].includes(node.name);
  return node.kind === "text" && node.text.trim() === "|";
}

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
    .map((row, at, all) => {
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
      const relationNodes = condition.flatMap((inner) => (inner.kind === "text" ? comparedInText(inner) : inner.kind === "space" || isComma(inner) || inner.kind === "name" ? [] : [inner]));
      // `p \neq 1, p \neq 2` behind the cases p = 1 and p = 2: what is left.
      const several = splitRow(condition, ",").filter((part) => part.some(isRelationNode)).length > 1;
      const isRest = several && at > 0 && at === all.length - 1;
      const otherwise = isRest || /otherwise|else|sonst|otro|autrement|sinon|caso contr/.test(words) || (!relationNodes.length && !words.trim());
      return {
        // `a = b` is what either of them is.
        value: value.some(isRelationNode) ? (reader.relation(value, node).sides[0] as Expr) : reader.read(value, node),
        condition: !isRest && relationNodes.some(isRelationNode) ? reader.relation(relationNodes, node) : null,
        otherwise,
      };
    });
  return { kind: "cases", branches, start: node.start, end: node.end };
}

/** `\text{if $i \neq j$}`, `\text{if i = j}`, `\text{i $\neq$ j}`: letters that words compare. */
function comparedInText(text: Node & { kind: "text" }): Row {
  const { start, end } = text;
  const parts = text.pieces.flatMap((piece): (Node | string)[] => ("body" in piece ? [...piece.body] : (piece.text.match(/[\p{L}']+|\d+|[=<>≠≤≥]/gu) ?? [])));
  const formulas = parts.filter((part): part is Node => typeof part !== "string");
  const words = parts.filter((part): part is string => typeof part === "string");
  const isPart = (word: string): boolean => /^([a-zA-Z]|\d+|[=<>≠≤≥])$/.test(word);
  // Only where nothing else is said: "if the class = j".
  if (formulas.length > 1 || (formulas[0] && !isRelationNode(formulas[0])) || !words.every((word) => isPart(word) || conditionWord.test(word))) return formulas;
  return parts.flatMap((part): Node[] => {
    if (typeof part !== "string") return [part];
    if (!isPart(part)) return [];
    if (/\d/.test(part)) return [{ kind: "number", text: part, start, end }];
    return [/[a-z]/i.test(part) ? { kind: "symbol", name: part, font: "", start, end } : { kind: "operator", name: signs[part] ?? part, class: "relation", start, end }];
  });
}

const conditionWord = /^(if|for|when|where|wenn|falls|für|si|pour|quand|para|cuando|se|quando|если|при)$/i;

const signs: Readonly<Record<string, string>> = { "≠": "neq", "≤": "leq", "≥": "geq" };

function isComma(node: Node | undefined): boolean {
  return node?.kind === "operator" && (node.name === "," || node.name === ";" || node.name === ".");
}
