/**
 * One statement as a compiler would report it: what is said and where, the
 * source with the wrong part underlined, what is right, why, and the correction.
 */
import type { Range, Severity, Statement } from "../../base/statement";
import { describeCounterexample } from "../words";
import { printable, wrap } from "./columns";
import { correction } from "./correction";
import { type Frame, unnumbered } from "./frame";
import { type Mark, snippet } from "./snippet";
import type { Paint, Role } from "./style";

export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
}

export interface Message {
  readonly role: Role;
  /** `error[gradient-mismatch]` */
  readonly label: string;
  readonly text: string;
  readonly place: Range;
  readonly marks: readonly Mark[];
  readonly notes: readonly Note[];
  readonly fix: Statement["fix"];
}

export interface Note {
  readonly name: string;
  readonly text: string;
}

const names: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "info", hint: "hint" };

export function messageOf(statement: Statement, severity: Severity): Message {
  const { code, message, verdict, range, fix } = statement;
  return {
    role: severity,
    label: code ? `${names[severity]}[${code}]` : names[severity],
    text: message ?? verdict,
    place: range,
    marks: marksOf(statement),
    notes: notesOf(statement),
    fix,
  };
}

export function printMessage(path: string, lines: readonly string[], message: Message, { width, paint }: Screen): string {
  const gutter = `${1 + Math.min(lines.length, Math.max(0, ...linesNamed(message)) + 1)}`.length;
  const frame: Frame = { lines, gutter, width, paint };
  const { start } = message.place;
  const source = snippet(message.marks, message.role, frame);
  const notes = message.notes.flatMap((note) => printNote(note, frame));
  const rows = [
    ...header(message, { width, paint }),
    `${" ".repeat(gutter)}${paint("frame", "-->")} ${printable(path)}:${start.line + 1}:${start.character + 1}`,
    unnumbered(frame, ""),
    ...source,
    ...(notes.length ? [unnumbered(frame, ""), ...notes] : []),
    ...printFix(message, frame),
  ];
  return rows.map((row) => `${row}\n`).join("");
}

function header({ role, label, text }: Message, { width, paint }: Screen): string[] {
  const [first = "", ...rest] = wrap(`${label}: ${text}`, width);
  const said = first.startsWith(label) ? first.slice(label.length) : "";
  return [`${paint(role, label)}${paint("strong", said)}`, ...rest.map((line) => paint("strong", line))];
}

/** The wrong entries where they are known, else the range; and whatever it rests on. */
function marksOf({ range, entries, related }: Statement): Mark[] {
  const wrong = entries.length ? entries.map((entry) => ({ range: entry.range, label: entry.computed && `should be ${printable(entry.computed)}`, primary: true })) : [{ range, label: "", primary: true }];
  return [...wrong, ...related.filter(({ file }) => file === undefined).map((other) => ({ range: other.range, label: printable(other.message), primary: false }))];
}

function notesOf({ verdict, computed, message, counterexample, assumptions, entries }: Statement): Note[] {
  const wrong = verdict === "refuted" || verdict === "conditional";
  const said = computed !== null && (message?.includes(computed.replace(/\s+/g, " ").trim()) ?? false);
  return [
    ...(wrong && computed && !said && !entries.length ? [{ name: "right", text: computed }] : []),
    ...(counterexample ? [{ name: "counterexample", text: describeCounterexample(counterexample) }] : []),
    ...(wrong && assumptions.length ? [{ name: "assuming", text: assumptions.join(", ") }] : []),
  ];
}

function printNote({ name, text }: Note, { gutter, width, paint }: Frame): string[] {
  const indent = gutter + 3 + name.length + 2;
  const [first = "", ...rest] = wrap(text, Math.max(30, width - indent));
  return [`${" ".repeat(gutter)} ${paint("frame", "=")} ${paint("strong", name)}: ${first}`, ...rest.map((line) => `${" ".repeat(indent)}${line}`)];
}

function printFix({ fix }: Message, frame: Frame): string[] {
  if (!fix) return [];
  const [first = "", ...rest] = wrap(fix.title, frame.width - 6);
  const rows = correction(fix, frame);
  return [
    ...(rows.length ? [unnumbered(frame, "")] : []),
    `${frame.paint("good", "help")}: ${first}`,
    ...rest.map((line) => `      ${line}`),
    ...(rows.length ? [unnumbered(frame, ""), ...rows] : []),
  ];
}

function linesNamed({ marks, fix }: Message): number[] {
  return [...marks.map(({ range }) => range.end.line), ...(fix?.edits.map(({ range }) => range.end.line) ?? [])];
}
