/**
 * Fenced blocks: code, ` ```math `, MyST's ` ```{math} ` and the directives whose
 * content is text again (` ```{note} `).
 */
import { spanIn } from "../../base/span";
import { cut, SourceBuilder } from "../source";
import type { Line } from "./lines";
import { contentOf, firstOf, indentOf, withoutIndent } from "./lines";
import type { Frame, MarkdownReader } from "./reader";

export interface Fence {
  readonly sign: string;
  readonly length: number;
  readonly indent: number;
  readonly info: string;
}

export function fenceAt(text: string, line: Line): Fence | null {
  const first = firstOf(text, line);
  const code = text.charCodeAt(first);
  if (first >= line.end || (code !== 96 && code !== 126 && code !== 58)) return null;
  const found = /^(`{3,}|~{3,}|:{3,})(.*)$/.exec(contentOf(text, line));
  const [, run = "", info = ""] = found ?? [];
  if (!found || (run[0] === "`" && info.includes("`")) || (run[0] === ":" && !/^\{math\}/.test(info.trim()))) return null;
  const indent = indentOf(text, line);
  return indent < 4 ? { sign: run.charAt(0), length: run.length, indent, info: info.trim() } : null;
}

/** Reads the fenced block that starts at line `at`; gives the line after it. */
export function readFence(reader: MarkdownReader, lines: readonly Line[], at: number, fence: Fence, frame: Frame, inside: (lines: readonly Line[], frame: Frame) => void): number {
  let close = at + 1;
  while (close < lines.length && !closesFence(reader.text, lines[close], fence)) close++;
  const body = lines.slice(at + 1, close).map((line) => withoutIndent(reader.text, line, fence.indent));
  const end = Math.min(close, lines.length - 1);
  const whole = { start: lines[at]?.start ?? 0, end: lines[end]?.end ?? 0 };
  const directive = /^\{([\w:.-]+)\s*[^}]*\}\s*(.*)$/.exec(fence.info);
  const name = directive?.[1] ?? "";
  if (fence.info === "math" || name === "math") readMath(reader, body, whole, frame);
  else if (directive && holdsText(name)) {
    reader.collector.block({ kind: "boundary", name: plainName(name), opens: true, span: reader.span(whole.start, lines[at]?.end ?? whole.start) });
    inside(withoutOptions(reader.text, body), frame);
    reader.collector.block({ kind: "boundary", name: plainName(name), opens: false, span: reader.span(lines[end]?.start ?? whole.end, whole.end) });
  } else emitCode(reader, body, languageOf(fence.info), whole);
  return close + 1;
}

export function emitCode(reader: MarkdownReader, lines: readonly Line[], language: string, whole: { readonly start: number; readonly end: number }): void {
  const built = new SourceBuilder();
  for (const line of lines) built.append(reader.source, line.start, line.next);
  const span = reader.span(whole.start, whole.end);
  reader.collector.block({ kind: "code", language, source: built.build(span.start), span });
}

/** What a MyST or Quarto name means: `prf:theorem` is a theorem. */
export function plainName(name: string): string {
  return name.replace(/^(?:prf:|callout-)/, "").toLowerCase();
}

function closesFence(text: string, line: Line | undefined, fence: Fence): boolean {
  if (!line) return false;
  const first = firstOf(text, line);
  if (text[first] !== fence.sign) return false;
  const content = text.slice(first, line.end).trimEnd();
  return content.length >= fence.length && content === fence.sign.repeat(content.length);
}

function readMath(reader: MarkdownReader, lines: readonly Line[], whole: { readonly start: number; readonly end: number }, frame: Frame): void {
  const built = new SourceBuilder();
  for (const line of withoutOptions(reader.text, lines)) built.append(reader.source, line.start, line.next);
  const span = reader.span(whole.start, whole.end);
  const source = built.build(span.start);
  if (source.text.trim() === "") return;
  const end = source.text.endsWith("\n") ? source.text.length - 1 : source.text.length;
  const formula = reader.collector.formula(cut(source, 0, end), span, { display: true, environment: null, struck: false });
  reader.collector.block({ kind: "paragraph", role: frame.role, ordered: frame.ordered, ...(frame.item ? { item: frame.item } : {}), pieces: [{ kind: "formula", formula }], span: spanIn(source, 0, source.text.length) });
}

/** Without the `:option: value` lines, or the YAML block, at the start of a directive. */
function withoutOptions(text: string, lines: readonly Line[]): readonly Line[] {
  let at = 0;
  const first = lines[0] ? contentOf(text, lines[0]) : "";
  if (/^---\s*$/.test(first)) {
    const close = lines.findIndex((line, index) => index > 0 && /^---\s*$/.test(contentOf(text, line)));
    return close > 0 ? lines.slice(close + 1) : lines;
  }
  while (at < lines.length && /^:[\w-]+:/.test(contentOf(text, lines[at] as Line))) at++;
  return lines.slice(at);
}

/** `{r, echo=FALSE}`, `{.python .numberLines}`, `python title="x"`, `{code-cell} ipython3` */
function languageOf(info: string): string {
  const braced = /^\{\s*([^}]*)\}\s*(\S*)/.exec(info);
  if (!braced) return (/^[^\s{,]+/.exec(info)?.[0] ?? "").toLowerCase();
  const name = (/^\.?([\w+#-]+)/.exec(braced[1] ?? "")?.[1] ?? "").toLowerCase();
  return /^(?:code|code-block|code-cell|sourcecode|highlight)$/.test(name) ? (braced[2] ?? "").toLowerCase() : name;
}

function holdsText(name: string): boolean {
  return /^(?:prf:.*|note|tip|warning|important|hint|caution|danger|error|attention|seealso|admonition|theorem|proof|lemma|definition|corollary|proposition|property|example|exercise|solution|remark|observation|algorithm|axiom|conjecture|criterion|assumption|dropdown|margin|sidebar|aside|card|grid|grid-item|grid-item-card|tab-item|tab-set|topic|epigraph|pull-quote|details|exercise-start|solution-start)$/.test(name);
}
