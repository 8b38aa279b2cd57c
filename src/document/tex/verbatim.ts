/** Text that TeX takes as it stands: `\verb|…|` and the verbatim environments. */
import { commandAt } from "../macros";
import { inlineCode, verbatim } from "./commands";

export interface Verbatim {
  readonly kind: "inline" | "block";
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Index just after. */
  readonly end: number;
  /** Between `\begin{…}` and the content, or the command's options. */
  readonly options: string;
}

/** The verbatim text that starts at the backslash at `at`. */
export function verbatimAt(text: string, at: number): Verbatim | null {
  const next = text.charCodeAt(at + 1);
  if (next === 98) return block(text, at);
  if (next !== 118 && next !== 108 && next !== 109) return null;
  const name = commandAt(text, at);
  return name === "verb" || name === "lstinline" || name === "mintinline" ? inline(text, at, name) : null;
}

/** The end of a chunk of code that starts at `at`, from `<<options>>=` to a line of `@`, as Sweave and knitr weave it. */
export function chunkEnd(text: string, at: number): number | null {
  if (text[at + 1] !== "<" || (at > 0 && text[at - 1] !== "\n")) return null;
  const opened = /^<<[^\n]*>>=[ \t]*\r?\n/.exec(text.slice(at, at + 400))?.[0];
  if (opened === undefined) return null;
  const closer = /^@/gm;
  closer.lastIndex = at + opened.length;
  const close = closer.exec(text);
  return close ? close.index + 1 : null;
}

/** The index of its last character. */
export function verbatimEnd(text: string, at: number): number | null {
  const found = verbatimAt(text, at);
  return found && found.end - 1;
}

function inline(text: string, at: number, name: string): Verbatim | null {
  let from = at + 1 + name.length;
  const start = from;
  if (text[from] === "*") from++;
  if (name !== "verb" && text[from] === "[") from = after(text, "]", from);
  if (name === "mintinline" && text[from] === "{") from = after(text, "}", from);
  const sign = text.charAt(from);
  if (!inlineCode.has(name) || sign === "" || /[\sA-Za-z]/.test(sign)) return null;
  const to = text.indexOf(sign === "{" ? "}" : sign, from + 1);
  const line = text.indexOf("\n", from);
  if (to < 0 || (line >= 0 && to > line)) return null;
  return { kind: "inline", name, from: from + 1, to, end: to + 1, options: text.slice(start, from) };
}

function block(text: string, at: number): Verbatim | null {
  const name = /^\\begin\{([A-Za-z0-9]+)\*?\}/.exec(text.slice(at, at + 40))?.[1];
  if (name === undefined || !verbatim.has(name)) return null;
  const opened = text.indexOf("}", at) + 1;
  const closer = `\\end{${text.slice(at + 7, opened - 1)}}`;
  const close = text.indexOf(closer, opened);
  const to = close < 0 ? text.length : close;
  const options = /^(?:\[[^\]\n]*\]|\{[^}\n]*\})*[ \t]*\r?\n?/.exec(text.slice(opened, Math.min(to, opened + 400)))?.[0] ?? "";
  return { kind: "block", name, from: opened + options.length, to, end: close < 0 ? to : to + closer.length, options };
}

function after(text: string, bracket: string, from: number): number {
  const close = text.indexOf(bracket, from);
  return close < 0 || close - from > 200 ? from : close + 1;
}
