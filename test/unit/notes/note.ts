/**
 * A note as a test: markers in comments say what must be found where.
 *
 *     \frac{\partial\, a^\top x}{\partial x} &= 2a
 *     %                                         ^^ error[gradient-mismatch]: divide by 2
 *
 * The carets stand below the first character of what is marked on the nearest line above that is no marker; the text is how the message
 * begins. Whatever has no marker must be verified, a definition or no claim at all, and `<!-- claims: 3 -->` counts what was verified or
 * marked, so that a note that could not be read does not pass.
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
    found: marked.map((statement) => describe(statement, markers)),
    stated: stated === undefined ? null : Number(stated),
    counted: statements.length,
  };
}

function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  let above = 0;
  text.split("\n").forEach((line, at) => {
    const [, carets, word, code, message] = line.match(markerPattern) ?? [];
    if (carets && word) markers.push({ line: above, column: line.indexOf(carets), word, code: code ?? null, message: message ?? "" });
    else above = at;
  });
  return markers;
}

/** Definitions and what claims nothing need no mark. */
function silent({ verdict, reason }: Statement): boolean {
  return verdict === "definition" || (verdict === "unchecked" && reason === "not-a-claim");
}

function wordFor({ verdict }: Statement): string {
  return { refuted: "error", conditional: "warning", convention: "information", verified: "verified", unchecked: "unchecked", definition: "definition" }[verdict];
}

function written({ line, column, word, code, message }: Marker): string {
  return `${line + 1}:${column} ${word}${code ? `[${code}]` : ""}: ${message}`;
}

/** A statement as its marker would be written: code and message as far as the marker there states them. */
function describe(statement: Statement, markers: readonly Marker[]): string {
  const { line, character } = statement.range.start;
  const marker = markers.find((one) => one.line === line && one.column === character);
  const message = statement.message ?? statement.reason ?? "";
  return written({ line, column: character, word: wordFor(statement), code: marker && !marker.code ? null : statement.code, message: marker && message.startsWith(marker.message) ? marker.message : message });
}
