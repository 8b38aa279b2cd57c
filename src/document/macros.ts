/**
 * Macro definitions as TeX and its packages write them: `\newcommand` and kin,
 * `\def`, `\let`, `\DeclareMathOperator`, `\DeclarePairedDelimiter`,
 * `\NewDocumentCommand`. Reads one definition at a place; expansion belongs to
 * the parser of formulas.
 */
import type { SourceText } from "../base/span";
import { sliceOf, spanIn } from "../base/span";
import { isAsciiLetter } from "./looks";
import { isSpace } from "./source";
import type { MacroDefinition } from "./types";

export interface ReadDefinition {
  readonly macro: MacroDefinition;
  /** Index just after the definition. */
  readonly end: number;
}

/** The definition whose backslash is at `at`; null where there is none or it does not end. */
export function readDefinition(source: SourceText, at: number): ReadDefinition | null {
  const command = commandAt(source.text, at);
  const read = command === null ? undefined : readers[command];
  if (command === null || !read) return null;
  const scanner = new Scanner(source.text, at + 1 + command.length);
  const shape = read(scanner);
  if (!shape) return null;
  return { macro: { ...shape, span: spanIn(source, at, scanner.at) }, end: scanner.at };
}

/** Every definition in a text, with the rest of it left alone. */
export function readDefinitions(source: SourceText): MacroDefinition[] {
  const found: MacroDefinition[] = [];
  let at = source.text.indexOf("\\");
  while (at >= 0) {
    const definition = readDefinition(source, at);
    if (definition) found.push(definition.macro);
    at = source.text.indexOf("\\", definition ? definition.end : at + 2);
  }
  return found;
}

/** The definitions a formula consists of, or null where it holds anything else. */
export function readOnlyDefinitions(source: SourceText): MacroDefinition[] | null {
  const found: MacroDefinition[] = [];
  let at = skipBlanks(source.text, 0);
  while (at < source.text.length) {
    const definition = readDefinition(source, at);
    if (!definition) return null;
    found.push(definition.macro);
    at = skipBlanks(source.text, definition.end);
  }
  return found.length > 0 ? found : null;
}

/** Whether a text may hold a definition: cheap, and sometimes wrong with yes. */
export function mayDefine(text: string): boolean {
  return /\\(?:newc|newr|renew|provide|[gex]?def(?![a-z])|let(?![a-z])|global|long(?![a-z])|Declare|New|Renew|Provide)/.test(text);
}

/** A macro from settings: `\RR` → `\mathbb{R}`; it has as many parameters as its body names. */
export function settingMacro(name: string, body: string): MacroDefinition {
  const parameters = Math.max(0, ...[...body.matchAll(/#([1-9])/g)].map((match) => Number(match[1])));
  return { name: name.startsWith("\\") ? name : `\\${name}`, parameters, optional: null, body, span: { start: 0, end: 0 } };
}

/** A file of definitions, or an object of names and bodies as KaTeX and editors take it. */
export function readMacroFile(text: string): MacroDefinition[] {
  if (/^\uFEFF?\s*\{/.test(text)) {
    try {
      const found = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown>;
      return Object.entries(found).flatMap(([name, body]) => (typeof body === "string" && name !== "" ? [settingMacro(name, body)] : []));
    } catch {
      return [];
    }
  }
  const nowhere = { start: 0, end: 0 };
  return readDefinitions(sliceOf(text, 0, text.length)).map((macro) => ({ ...macro, span: nowhere }));
}

type Shape = Omit<MacroDefinition, "span">;
type Read = (scanner: Scanner) => Shape | null;

const readers: Readonly<Record<string, Read | undefined>> = Object.assign(Object.create(null) as Record<string, Read>, {
  newcommand,
  renewcommand: newcommand,
  providecommand: provided,
  newcommandx: newcommandx,
  renewcommandx: newcommandx,
  providecommandx: newcommandx,
  newrobustcmd: newcommand,
  renewrobustcmd: newcommand,
  DeclareRobustCommand: newcommand,
  NewDocumentCommand: documentCommand,
  RenewDocumentCommand: documentCommand,
  ProvideDocumentCommand: (scanner: Scanner) => weak(documentCommand(scanner)),
  DeclareDocumentCommand: documentCommand,
  DeclareMathOperator: operator,
  DeclarePairedDelimiter: pairedDelimiter,
  def: definition,
  gdef: definition,
  edef: definition,
  xdef: definition,
  global: prefixed,
  long: prefixed,
  let: alias,
});

/** `\newcommand{\x}[1][default]{body}` */
function newcommand(scanner: Scanner): Shape | null {
  scanner.take("*");
  const name = scanner.name();
  const count = scanner.bracketed();
  const optional = count === null ? null : scanner.bracketed();
  const body = scanner.braced();
  if (name === null || body === null) return null;
  const parameters = Number(count ?? 0);
  return Number.isInteger(parameters) && parameters >= 0 && parameters <= 9 ? { name, parameters, optional, body } : null;
}

function provided(scanner: Scanner): Shape | null {
  return weak(newcommand(scanner));
}

function weak(shape: Shape | null): Shape | null {
  return shape && { ...shape, provided: true };
}

/** `\newcommandx{\x}[2][1=default]{body}`, of whose arguments only the first may be optional here. */
function newcommandx(scanner: Scanner): Shape | null {
  const shape = newcommand(scanner);
  const first = /^\s*1\s*=\s*(.*?)\s*$/s.exec(shape?.optional ?? "");
  if (!shape || shape.optional === null || shape.optional.trim() === "") return shape && { ...shape, optional: null };
  return first ? { ...shape, optional: (first[1] ?? "").replace(/^\{(.*)\}$/s, "$1") } : null;
}

/** `\NewDocumentCommand{\x}{m O{default} m}{body}`, of whose arguments only the first may be optional here. */
function documentCommand(scanner: Scanner): Shape | null {
  const name = scanner.name();
  const types = scanner.braced();
  const body = scanner.braced();
  if (name === null || types === null || body === null) return null;
  const read = /^\s*(o|O\s*\{([^{}]*)\})?((?:\s*[+]?m)*)\s*$/.exec(types);
  if (!read) return null;
  const mandatory = (read[3] ?? "").replace(/[^m]/g, "").length;
  return { name, parameters: mandatory + (read[1] ? 1 : 0), optional: read[1] ? (read[2] ?? "") : null, body };
}

/** `\DeclareMathOperator*{\argmin}{arg\,min}` */
function operator(scanner: Scanner): Shape | null {
  const star = scanner.take("*") ? "*" : "";
  const name = scanner.name();
  const body = scanner.braced();
  return name === null || body === null ? null : { name, parameters: 0, optional: null, body: `\\operatorname${star}{${body}}` };
}

/** `\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}` */
function pairedDelimiter(scanner: Scanner): Shape | null {
  const name = scanner.name();
  const left = scanner.braced();
  const right = scanner.braced();
  if (name === null || left === null || right === null) return null;
  return { name, parameters: 1, optional: null, body: `\\left${left.trim()} #1 \\right${right.trim()}` };
}

/** `\def\x#1#2{body}`; parameters delimited by other text are not read. */
function definition(scanner: Scanner): Shape | null {
  const name = scanner.name();
  const parameters = scanner.hashes();
  const body = parameters === null ? null : scanner.braced();
  return name === null || parameters === null || body === null ? null : { name, parameters, optional: null, body };
}

/** `\global\def…`, `\long\def…` */
function prefixed(scanner: Scanner): Shape | null {
  const command = scanner.command();
  if (command === "\\long" || command === "\\global") return prefixed(scanner);
  const read = command === null ? undefined : readers[command.slice(1)];
  return read === definition || read === alias ? read(scanner) : null;
}

/** `\let\x=\y` */
function alias(scanner: Scanner): Shape | null {
  const name = scanner.command();
  scanner.take("=");
  const body = name === null ? null : scanner.command();
  return name === null || body === null ? null : { name, parameters: 0, optional: null, body };
}

/** A body that has not ended by then is taken as not closed, so that broken text costs linear time. */
const longestBody = 8000;

class Scanner {
  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  take(sign: string): boolean {
    const at = skipBlanks(this.text, this.at);
    if (this.text[at] !== sign) return false;
    this.at = at + 1;
    return true;
  }

  /** `{\x}` or `\x`. */
  name(): string | null {
    const braced = this.take("{");
    const name = this.command();
    return braced && !this.take("}") ? null : name;
  }

  command(): string | null {
    const at = skipBlanks(this.text, this.at);
    if (this.text[at] !== "\\" || at + 1 >= this.text.length) return null;
    const letters = commandAt(this.text, at);
    this.at = at + 1 + (letters?.length ?? 1);
    return this.text.slice(at, this.at);
  }

  hashes(): number | null {
    let count = 0;
    while (this.take("#")) if (this.text[this.at++] !== String(++count)) return null;
    return count;
  }

  bracketed(): string | null {
    const at = skipBlanks(this.text, this.at);
    if (this.text[at] !== "[") return null;
    const end = closing(this.text, at, "]");
    if (end < 0) return null;
    this.at = end + 1;
    return this.text.slice(at + 1, end);
  }

  /** What is in braces; a lone token counts, as TeX has it. */
  braced(): string | null {
    const at = skipBlanks(this.text, this.at);
    if (this.text[at] === "\\") return this.command();
    if (this.text[at] !== "{") return null;
    const end = closing(this.text, at, "}");
    if (end < 0) return null;
    this.at = end + 1;
    return this.text.slice(at + 1, end);
  }
}

/** Index of the bracket that closes the one at `open`, braces inside being balanced; -1 if none. */
export function closing(text: string, open: number, bracket: string, reach = longestBody): number {
  let depth = 0;
  const end = Math.min(text.length, open + reach);
  for (let at = open + 1; at < end; at++) {
    const sign = text[at];
    if (sign === "\\") at++;
    else if (depth === 0 && sign === bracket) return at;
    else if (sign === "{") depth++;
    else if (sign === "}" && --depth < 0) return -1;
  }
  return -1;
}

/** The letters of the command at `at`, which has a backslash; null for `\,` and the like. */
export function commandAt(text: string, at: number): string | null {
  if (text[at] !== "\\") return null;
  let end = at + 1;
  while (isAsciiLetter(text.charCodeAt(end)) || text[end] === "@") end++;
  return end > at + 1 ? text.slice(at + 1, end) : null;
}

/** Over white space and comments. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    if (text[at] !== "%") return at;
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
  }
}
