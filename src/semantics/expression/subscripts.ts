/**
 * Subscript rows as lists of indices: `ij`, `i,j`, `1,2`, `12`, `t-1`, `i:`,
 * `m \times n`, `\text{out}`. Which of them are indices is not decided here.
 */
import type { Node, Place, Row } from "../../latex/types";
import { spanOfRow, splitRow } from "./nodes";
import type { Reader } from "./reader";
import { unwrap } from "./scripts";
import { positionOf } from "../symbols/positions";
import { plainSymbol } from "./tree";
import type { Subscript, Tag } from "./types";

export function readSubscripts(reader: Reader, row: Row, place: Place): readonly Subscript[] {
  const body = unwrap(row);
  const listed = splitRow(body, ",", ";").filter((part) => part.length);
  if (listed.length > 1) return listed.flatMap((part, at) => (at > 0 && isPairBehindNumber(listed) ? part.map((letter) => [letter]) : [part])).map((part) => one(reader, part, place));
  const digits = twoDigits(body);
  if (digits) return digits.map((part) => one(reader, part, place));
  const items = body.every(isShort) && body.length > 1 && !body.some((node) => node.kind === "text" || node.kind === "name") ? lettersOf(body) : null;
  if (items) return items.map((part) => one(reader, part, place));
  // `x_*` is another x; `A_{i*}` is a row of A.
  const [only] = body;
  return [one(reader, body, place, body.length === 1 && only?.kind === "operator" && only.name === "*")];
}

/** `x_{k|k-1}`, `x_{k/k-1}`: a member at k of those that know what there is up to the step before; null where the letters differ. */
export function readGiven(reader: Reader, row: Row, place: Place): { readonly subscripts: readonly Subscript[]; readonly tag: Tag } | null {
  const [at = [], upTo = [], ...more] = splitRow(unwrap(row), "|", "mid", "vert", "/");
  if (!at.length || !upTo.length || more.length) return null;
  const subscript = one(reader, at, place);
  const [own, known] = [positionOf(subscript.expr), positionOf(reader.read(upTo, place))];
  if (!own?.letter || own.letter !== known?.letter) return null;
  return { subscripts: [subscript], tag: { text: `|${known.shift - own.shift}`, expr: null, below: true, ...spanOfRow(upTo) } };
}

/** `W_{1,ij}`: the entries of the first. */
function isPairBehindNumber([number, pair, ...others]: readonly Row[]): boolean {
  return number?.length === 1 && number[0]?.kind === "number" && pair?.length === 2 && !others.length && pair.every((node) => node.kind === "symbol" && /^[a-z]$/.test(node.name) && node.font === "");
}

/** `w_{12}` is the entry (1, 2): two digits without a zero are two indices. */
function twoDigits(body: Row): Row[] | null {
  const [only] = body;
  if (body.length !== 1 || only?.kind !== "number" || !/^[1-9][1-9]$/.test(only.text)) return null;
  return [...only.text].map((digit, i) => [{ kind: "number", text: digit, start: only.start + i, end: only.start + i + 1 }]);
}

/** `ij`, `i1`, `i:` run together: each is an index of its own. */
function lettersOf(body: Row): Row[] | null {
  const out: Row[] = [];
  for (const node of body) {
    if (node.kind === "number" && /^\d{2}$/.test(node.text) && body.length === 1) return null;
    out.push([node]);
  }
  return out;
}

function isShort(node: Node): boolean {
  if (node.kind === "symbol") return node.name !== "times" && node.font !== "mathrm" && node.font !== "textrm";
  if (node.kind === "scripts") return node.base !== null && isShort(node.base);
  return node.kind === "number" || (node.kind === "operator" && (node.name === ":" || node.name === "cdot" || node.name === "*" || node.name === "bullet"));
}

function one(reader: Reader, row: Row, place: Place, isStar = false): Subscript {
  const span = row.length ? spanOfRow(row) : place;
  const [only] = row;
  const text = textOf(row);
  if (isStar) return { expr: plainSymbol("*", "mathrm", span, []), text, start: span.start, end: span.end };
  const slice = row.length === 1 && only?.kind === "operator" && [":", "cdot", "*", "bullet"].includes(only.name);
  const expr = slice ? ({ kind: "dots", start: span.start, end: span.end } as const) : reader.read(row, place);
  return { expr, text, start: span.start, end: span.end };
}

/** The letters of a row, for identity: `\text{out}` → out, `t-1` → t-1. */
export function textOf(row: Row): string {
  return row.map(textOfNode).join("");
}

function textOfNode(node: Node): string {
  switch (node.kind) {
    case "number":
      return node.text;
    case "symbol":
    case "name":
    case "operator":
    case "unknown":
    case "big":
      return node.name;
    case "group":
    case "decorated":
      return textOf(node.body);
    case "text":
      return node.text.trim();
    case "fenced":
      return node.open + textOf(node.body) + node.close;
    case "scripts":
      return (node.base ? textOfNode(node.base) : "") + (node.sub ? "_" + textOf(node.sub) : "") + (node.sup ? "^" + textOf(node.sup) : "") + "'".repeat(node.primes);
    case "accent":
      return node.name + textOf(node.body);
    case "fraction":
      return textOf(node.numerator) + "/" + textOf(node.denominator);
    default:
      return "?";
  }
}

export function readTag(reader: Reader, row: Row, place: Place): Tag {
  const span = row.length ? spanOfRow(row) : place;
  const [only] = row;
  const inner = only?.kind === "fenced" ? only.body : row;
  const word = only && (only.kind === "text" || only.kind === "name" || only.kind === "operator" || only.kind === "unknown");
  return { text: textOf(row), expr: word || !inner.length ? null : reader.read(inner, place), start: span.start, end: span.end };
}
