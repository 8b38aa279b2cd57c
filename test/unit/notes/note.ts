/**
 * A note as a test: markers in comments say what must be found where.
 *
 *     \frac{\partial\, a^\top x}{\partial x} &= 2a
 *     %                                         ^^ error[gradient-mismatch]: divide by 2
 *
 * The carets stand below what is marked on the nearest line above that is no marker, all of it (or of its first line); the text is how the
 * message begins. Whatever has no marker must be verified without a slip of notation, a definition or no claim at all, and
 * `<!-- claims: 3 -->` counts what was verified or marked, so that a note that could not be read does not pass.
 */
import { analyze } from "../../../src/analysis/analyze";
import type { Statement } from "../../../src/base/statement";

export interface Outcome {
  readonly expected: readonly string[];
  readonly found: readonly string[];
  /** How many claims the note says it has, and how many were verified or marked. */
  readonly stated: number | null;
  readonly counted: number;
}

interface Marker {
  readonly line: number;
  readonly column: number;
  readonly carets: number;
  readonly word: string;
  readonly code: string | null;
  readonly message: string;
}

const markerPattern = /^\s*(?:%|<!--)\s*(\^+)\s*(error|warning|information|unchecked)(?:\[([a-z-]+)\])?(?::\s*(.*?))?\s*(?:-->)?$/;

export function outcomeOf(text: string, filename: string): Outcome {
  const markers = markersIn(text);
  const statements = analyze(text, { layout: "auto", filename }).statements.filter((statement) => !silent(statement));
  const marked = statements.filter((statement) => wordFor(statement) !== "verified");
  const stated = text.match(/claims: (\d+)/)?.[1];
  return {
    expected: markers.map((marker) => written(marker)),
    found: marked.map((statement) => describe(statement, markers, text.split("\n"))),
    stated: stated === undefined ? null : Number(stated),
    counted: statements.length,
  };
}

function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  let above = 0;
  text.split("\n").forEach((line, at) => {
    const [, carets, word, code, message] = line.match(markerPattern) ?? [];
    if (carets && word) markers.push({ line: above, column: line.indexOf(carets), carets: carets.length, word, code: code ?? null, message: message ?? "" });
    else above = at;
  });
  return markers;
}

/** Definitions and what claims nothing need no mark. */
function silent({ verdict, reason }: Statement): boolean {
  return verdict === "definition" || (verdict === "unchecked" && reason === "not-a-claim");
}

function wordFor({ verdict, severity }: Statement): string {
  if (verdict === "verified" && severity === "information") return "information";
  return { refuted: "error", conditional: "warning", convention: "information", verified: "verified", unchecked: "unchecked", definition: "definition" }[verdict];
}

function written({ line, column, carets, word, code, message }: Marker): string {
  return `${line + 1}:${column}-${column + carets} ${word}${code ? `[${code}]` : ""}: ${message}`;
}

/** A statement as its marker would be written: code and message as far as the marker there states them. */
function describe(statement: Statement, markers: readonly Marker[], lines: readonly string[]): string {
  const { start, end } = statement.range;
  const marker = markers.find((one) => one.line === start.line && one.column === start.character);
  const message = statement.message ?? statement.reason ?? "";
  const last = end.line === start.line ? end.character : (lines[start.line] ?? "").trimEnd().length;
  return written({ line: start.line, column: start.character, carets: last - start.character, word: wordFor(statement), code: marker && !marker.code ? null : statement.code, message: marker && message.startsWith(marker.message) ? marker.message : message });
}
