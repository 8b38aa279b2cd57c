/**
 * All that is known of one statement, right ones included: what the verdict
 * rests on, and how each reading that was tried ended.
 */
import type { Position, Range, Statement } from "../base/statement";
import type { CheckedFile } from "./checked";
import { linesOf } from "./pretty";
import { wrap } from "./pretty/columns";
import { type Message, messageOf, type Note, printMessage, type Screen } from "./pretty/message";
import type { Role } from "./pretty/style";
import { describeEvidence, reasonWords, verdictNames } from "./words";

/** How one reading of a statement ended. */
export interface TriedReading {
  /** `denominator layout, vectors as columns, W as in line 4` */
  readonly reading: string;
  /** `holds`, `fails at entry (1, 2)`, `shapes do not fit: k against n` */
  readonly outcome: string;
}

/** The statement at that place: the narrowest whose relation is around it, else the nearest on the line. */
export function statementAt(statements: readonly Statement[], position: Position): Statement | undefined {
  const around = statements.filter(({ relation, range }) => contains(relation, position) || contains(range, position));
  const onLine = statements.filter(({ relation }) => relation.start.line <= position.line && position.line <= relation.end.line);
  const distance = ({ relation: { start } }: Statement): number => (start.line === position.line ? Math.abs(start.character - position.character) : Infinity);
  return [...around].sort((a, b) => compareExtents(a.relation, b.relation) || Number(contains(b.range, position)) - Number(contains(a.range, position)))[0] ?? [...onLine].sort((a, b) => distance(a) - distance(b))[0];
}

/** `tried` is null where the engine does not tell. */
export function prettyWhy({ path, text, report }: CheckedFile, statement: Statement, tried: readonly TriedReading[] | null, screen: Screen): string {
  const message = messageOf(statement, statement.severity ?? "hint");
  const shown: Message = {
    ...message,
    ...(statement.severity ? {} : { role: quietRole(statement), label: statement.verdict, text: statement.message ?? quietText(statement) }),
    notes: [...message.notes, ...restOf(statement), readingNote(report.reading)],
  };
  return `${printMessage(path, linesOf(text), shown, screen)}${tried ? `\n${printTried(tried, screen)}` : ""}`;
}

function quietRole({ verdict }: Statement): Role {
  return verdict === "verified" ? "good" : "hint";
}

function quietText({ verdict, reason }: Statement): string {
  if (verdict === "unchecked") return reason ? reasonWords[reason] : "no reason given";
  return verdict === "verified" ? "holds for every value" : verdict === "definition" ? "introduces a symbol or assumes a model" : verdictNames[verdict][0];
}

/** What `notes` of a message leaves out. */
function restOf({ verdict, computed, evidence, assumptions, severity }: Statement): Note[] {
  const wrong = verdict === "refuted" || verdict === "conditional";
  return [
    ...(!wrong && computed ? [{ name: "computed", text: computed }] : []),
    ...(!wrong && assumptions.length ? [{ name: "assuming", text: assumptions.join(", ") }] : []),
    ...(evidence?.method ? [{ name: "decided by", text: describeEvidence(evidence) }] : []),
    ...(severity && verdict === "unchecked" ? [{ name: "verdict", text: "unchecked" }] : []),
  ];
}

function readingNote({ layout, vectors, notes }: CheckedFile["report"]["reading"]): Note {
  return { name: "reading", text: [`${layout} layout`, `vectors as ${vectors}`, ...notes].join("; ") };
}

function printTried(tried: readonly TriedReading[], { width, paint }: Screen): string {
  const rows = tried.flatMap(({ reading, outcome }, i) => wrap(`${reading}: ${outcome}`, Math.max(30, width - 6)).map((line, at) => `${at ? "" : `${i + 1}.`}`.padStart(5) + ` ${line}`));
  return `${[paint("strong", rows.length ? "readings tried" : "no reading was tried"), ...rows].join("\n")}\n`;
}

function compareExtents(a: Range, b: Range): number {
  return a.end.line - a.start.line - (b.end.line - b.start.line) || a.end.character - a.start.character - (b.end.character - b.start.character);
}

function contains({ start, end }: Range, { line, character }: Position): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  const before = line < end.line || (line === end.line && character <= end.character);
  return after && before;
}
