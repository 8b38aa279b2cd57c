/**
 * The blocks of Markdown, line by line. Each kind has a reader that looks at
 * the line where a block may start and gives the line after it, or null; what
 * no reader takes is a paragraph. Containers are read by reading their lines.
 */
import { spanIn } from "../../base/span";
import { trimmed } from "../source";
import type { Interrupts } from "./containers";
import { indentedInside, itemInside, markerAt, quoteInside } from "./containers";
import { division, divisionOf, edgeOf, environmentEdge } from "./divisions";
import { emitCode, fenceAt, readFence } from "./fences";
import { readInline } from "./inline";
import type { Gathered } from "./islands";
import { gather } from "./islands";
import type { Line } from "./lines";
import { contentOf, firstOf, indentOf, isBlank, startingAt, withoutIndent } from "./lines";
import type { Frame, MarkdownReader } from "./reader";
import { isTable, readTable } from "./tables";

export function readBlocks(reader: MarkdownReader, lines: readonly Line[], frame: Frame): void {
  let at = 0;
  while (at < lines.length) at = readBlock(reader, lines, at, frame);
}

type Read = (reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame) => number | null;

/** Containers nested deeper are read as text. */
const deepest = 40;

function readBlock(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number {
  const line = lines[at] as Line;
  const first = firstOf(reader.text, line);
  if (first === line.end) return at + 1;
  for (const read of readersFor(reader.text.charCodeAt(first), indentOf(reader.text, line))) {
    const next = read(reader, lines, at, frame);
    if (next !== null) return next;
  }
  return readParagraph(reader, lines, at, frame);
}

/** Only blocks that may start with this character are tried. */
function readersFor(code: number, indent: number): readonly Read[] {
  return indent >= 4 ? deep : (byFirst.get(code) ?? others);
}

const deep: readonly Read[] = [indentedCode];
const others: readonly Read[] = [table];
const byFirst = new Map<number, readonly Read[]>(
  (
    [
      ["#", [heading]],
      ["`", [fence, table]],
      ["~", [fence, table]],
      [":", [fence, division, table]],
      [">", [quote]],
      ["-", [rule, listItem, table]],
      ["*", [rule, listItem, table]],
      ["_", [rule, table]],
      ["+", [listItem, table]],
      ["[", [footnote, reference, table]],
      ["!", [admonition, table]],
      ["?", [admonition, table]],
      ["=", [admonition, table]],
      ["\\", [environmentEdge, table]],
      ["i", [moduleLine, table]],
      ["e", [moduleLine, table]],
      ["<", [htmlRule, table]],
    ] as const
  ).map(([sign, readers]) => [sign.charCodeAt(0), readers] as const),
);
for (let digit = 48; digit < 58; digit++) byFirst.set(digit, [listItem, table]);

/** Whether line `index` starts a block although a paragraph stands just before. */
function interrupts(reader: MarkdownReader, lines: readonly Line[], index: number): boolean {
  const { text } = reader;
  const line = lines[index] as Line;
  const first = firstOf(text, line);
  if (first === line.end) return true;
  if (indentOf(text, line) >= 4) return false;
  switch (text[first]) {
    case "#":
      return isHeading(text, line);
    case "`":
    case "~":
      return fenceAt(text, line) !== null;
    case ":":
      return fenceAt(text, line) !== null || divisionOf(text, line) !== null;
    case ">":
      return true;
    case "[":
      return /^\[\^[^\]\s]+\]:|^\[\/\/\]:/.test(contentOf(text, line));
    case "\\":
      return edgeOf(text, line) !== null;
    default:
      return isRule(text, line) || startsList(text, line) || isTable(text, lines, index);
  }
}

function startsList(text: string, line: Line): boolean {
  const marker = markerAt(text, line);
  return marker !== null && !marker.empty && (!marker.ordered || marker.number === 1);
}

function interruptsIn(reader: MarkdownReader, lines: readonly Line[]): Interrupts {
  return (index) => interrupts(reader, lines, index);
}

function inner(frame: Frame, change: Partial<Frame> = {}): Frame {
  return { ...frame, ...change, depth: frame.depth + 1 };
}

function readParagraph(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number {
  const { text } = reader;
  let underline = 0;
  const gathered = gather(reader, lines, at, (index) => {
    underline = underlineLevel(text, lines[index] as Line);
    return underline > 0 || interrupts(reader, lines, index);
  });
  const isTitle = underline > 0 && gathered.next < lines.length && !endsInIsland(gathered);
  if (isTitle) emit(reader, gathered, underline, frame);
  else emit(reader, gathered, htmlHeading(gathered.source.text), frame);
  if (!isTitle && underline > 0 && gathered.next < lines.length && !isRule(text, lines[gathered.next] as Line)) return gathered.next + 1;
  return isTitle ? gathered.next + 1 : gathered.next;
}

/** A line of `===` or `---` below text makes it a heading; a lone sign does not. */
function underlineLevel(text: string, line: Line): number {
  const first = text.charCodeAt(firstOf(text, line));
  if ((first !== 61 && first !== 45) || indentOf(text, line) >= 4) return 0;
  const content = contentOf(text, line);
  return /^={2,}\s*$/.test(content) ? 1 : /^-{2,}\s*$/.test(content) ? 2 : 0;
}

function endsInIsland({ source, islands }: Gathered): boolean {
  const last = islands[islands.length - 1];
  return last !== undefined && last.kind === "math" && source.text.slice(last.end).trim() === "";
}

function htmlHeading(text: string): number {
  return Number(/^\s*<h([1-6])\b[^>]*>/i.exec(text.slice(0, 200))?.[1] ?? 0);
}

/** Emits a heading of `level`, or a paragraph where that is 0. */
function emit(reader: MarkdownReader, gathered: Gathered, level: number, frame: Frame): void {
  const pieces = readInline(reader, gathered, { cell: false });
  if (pieces.length === 0) return;
  const source = trimmed(gathered.source);
  const span = spanIn(source, 0, source.text.length);
  if (level > 0) reader.collector.block({ kind: "heading", level, pieces, span });
  else reader.collector.block({ kind: "paragraph", role: frame.role, ordered: frame.ordered, ...(frame.item ? { item: frame.item } : {}), pieces, span });
}

function isHeading(text: string, line: Line): boolean {
  return /^(?:#{1,6}(?:\s|$)|#{2,6}[^#\s])/.test(contentOf(text, line));
}

function heading(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const line = lines[at] as Line;
  if (!isHeading(reader.text, line)) return null;
  const level = /^#+/.exec(contentOf(reader.text, line))?.[0].length ?? 1;
  const start = firstOf(reader.text, line) + level;
  const words = reader.text.slice(start, line.end);
  const end = start + words.replace(/(?:^|\s)#+\s*$/, "").length;
  emit(reader, gather(reader, [{ start, end, next: end }], 0, () => true), level, frame);
  return at + 1;
}

function isRule(text: string, line: Line): boolean {
  return /^(?:-{3,}|\*{3,}|_{3,}|-(?:[ \t]+-){2,}|\*(?:[ \t]*\*){2,}|_(?:[ \t]*_){2,})[ \t]*$/.test(contentOf(text, line));
}

function rule(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  const line = lines[at] as Line;
  if (!isRule(reader.text, line)) return /^-{2,}(?:\s+-{2,})+\s*$/.test(contentOf(reader.text, line)) ? at + 1 : null;
  reader.collector.block({ kind: "rule", span: reader.span(firstOf(reader.text, line), line.end) });
  return at + 1;
}

function htmlRule(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  const line = lines[at] as Line;
  if (!/^<hr\b[^>]*>\s*$/i.test(contentOf(reader.text, line))) return null;
  reader.collector.block({ kind: "rule", span: reader.span(firstOf(reader.text, line), line.end) });
  return at + 1;
}

function fence(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const found = fenceAt(reader.text, lines[at] as Line);
  return found && readFence(reader, lines, at, found, frame, (inside) => (frame.depth < deepest ? readBlocks(reader, inside, inner(frame)) : undefined));
}

/** Code by indentation. In a list, a display formula that is indented too far is one nevertheless. */
function indentedCode(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const { text } = reader;
  const first = lines[at] as Line;
  if (frame.role === "item" && /^(?:\$\$|\\\[|\\begin\{|<img)/.test(contentOf(text, first))) return null;
  let end = at + 1;
  for (let index = at + 1; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (isBlank(text, line)) continue;
    if (indentOf(text, line) < 4) break;
    end = index + 1;
  }
  emitCode(
    reader,
    lines.slice(at, end).map((line) => withoutIndent(text, line, 4)),
    "",
    { start: first.start, end: lines[end - 1]?.end ?? first.end },
  );
  return end;
}

function listItem(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const marker = markerAt(reader.text, lines[at] as Line);
  if (!marker || frame.depth >= deepest || (marker.empty && !marker.ordered)) return null;
  const inside = itemInside(reader.text, lines, at, marker, interruptsIn(reader, lines));
  readBlocks(reader, withoutTask(reader.text, inside.lines), inner(frame, { role: "item", ordered: marker.ordered, item: ++reader.items }));
  return inside.next;
}

/** Without `[ ]` or `[x]`. */
function withoutTask(text: string, lines: readonly Line[]): readonly Line[] {
  const first = lines[0];
  if (!first || !/^\[[ xX]\]\s/.test(text.slice(first.start, first.start + 4))) return lines;
  return [startingAt(first, first.start + 4), ...lines.slice(1)];
}

/** A block quote; Obsidian's and GitHub's `> [!note]` are a note's edges around body text. */
function quote(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  if (frame.depth >= deepest) return null;
  const { text } = reader;
  const inside = quoteInside(text, lines, at, interruptsIn(reader, lines));
  const first = inside.lines[0];
  const callout = first ? /^\s*\[!([\w-]+)\][+-]?/.exec(text.slice(first.start, Math.min(first.end, first.start + 60))) : null;
  if (!first || !callout) {
    readBlocks(reader, inside.lines, inner(frame, { role: "quote", ordered: false }));
    return inside.next;
  }
  const name = (callout[1] ?? "").toLowerCase();
  const last = inside.lines[inside.lines.length - 1] ?? first;
  const title = startingAt(first, first.start + callout[0].length);
  reader.collector.block({ kind: "boundary", name, opens: true, span: reader.span(first.start, title.start) });
  readBlocks(reader, [title], inner(frame));
  readBlocks(reader, inside.lines.slice(1), inner(frame));
  reader.collector.block({ kind: "boundary", name, opens: false, span: reader.span(last.end, last.end) });
  return inside.next;
}

function footnote(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const line = lines[at] as Line;
  const found = /^\[\^[^\]\s]+\]:/.exec(contentOf(reader.text, line));
  if (!found || frame.depth >= deepest) return null;
  const content = firstOf(reader.text, line) + found[0].length;
  const inside = indentedInside(reader.text, lines, at, content, 2, interruptsIn(reader, lines));
  readBlocks(
    reader,
    inside.lines.map((each) => withoutIndent(reader.text, each, 4)),
    inner(frame, { role: "footnote", ordered: false }),
  );
  return inside.next;
}

/** `[label]: address`, and the comment that is written so: `[//]: # (gradcheck: off)`. */
function reference(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  const line = lines[at] as Line;
  const content = contentOf(reader.text, line);
  const comment = /^\[(?:\/\/|comment)\]:\s*(?:#|<>)\s*["'(](.*)["')]\s*$/.exec(content);
  if (comment) reader.collector.comment(comment[1] ?? "", reader.span(firstOf(reader.text, line), line.end));
  return comment || /^\[[^\]\n]+\]:\s*(?:<[^>]*>|[^\s$]+)(?:\s+["'(].*["')])?\s*$/.test(content) ? at + 1 : null;
}

/** MkDocs: `!!! note "Title"`, or a tab (`=== "Title"`), and what is indented below. */
function admonition(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  const { text } = reader;
  const line = lines[at] as Line;
  const found = /^(?:(?:!!!|\?\?\?)\+?\s+([\w-]+)|===[!+]?\s+".*"\s*$)/.exec(contentOf(text, line));
  if (!found || frame.depth >= deepest) return null;
  const inside = indentedInside(text, lines, at, line.end, 4, () => true);
  const name = (found[1] ?? "tab").toLowerCase();
  const last = inside.lines[inside.lines.length - 1] ?? line;
  reader.collector.block({ kind: "boundary", name, opens: true, span: reader.span(firstOf(text, line), line.end) });
  readBlocks(reader, inside.lines.slice(1), inner(frame));
  reader.collector.block({ kind: "boundary", name, opens: false, span: reader.span(last.end, last.end) });
  return inside.next;
}

/** `import` and `export` of MDX, up to a blank line. */
function moduleLine(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  if (!reader.flavour.mdx || !/^(?:import\s.*['"]|export\s)/.test(contentOf(reader.text, lines[at] as Line))) return null;
  let end = at + 1;
  while (end < lines.length && !isBlank(reader.text, lines[end] as Line)) end++;
  return end;
}

function table(reader: MarkdownReader, lines: readonly Line[], at: number, frame: Frame): number | null {
  return isTable(reader.text, lines, at) ? readTable(reader, lines, at, frame) : null;
}
