/**
 * A paragraph as units: words in lower case, single characters of scripts
 * without spaces, marks, and formulas. Emphasis, links, HTML tags and LaTeX
 * text commands disappear; hyphens inside words separate ("element-wise" is
 * two words). One left-to-right scan; every unit knows its place in the file.
 */
import type { Span } from "../../base/span";
import { calledIn, type MathInfo, mathInfo, sizeOfWord, symbolOfCode, symbolOfWord, tupleOfCode } from "./math";
import type { Expr } from "../expression/types";
import type { ProseToken } from "./types";

export type Unit = Span &
  (
    | { readonly kind: "word"; readonly text: string; readonly capital: boolean; readonly cjk: boolean }
    /** `, ; : . ( ) — ? ☐` in their ASCII spelling; "other" for the rest. */
    | { readonly kind: "mark"; readonly text: string }
    | { readonly kind: "math"; readonly math: MathInfo; readonly display: boolean }
    /** Dimensions written in the words or in code: `n x d`, `(N, D)`. */
    | { readonly kind: "dims"; readonly dims: readonly Expr[]; readonly tuple: boolean }
  );

/** `indices`: the letters that sums of the text run over. */
export function unitsOf(tokens: readonly ProseToken[], indices: ReadonlySet<string>): Unit[] {
  const units: Unit[] = [];
  const called = new Set(tokens.flatMap((token) => (token.kind === "math" ? token.assertions.flatMap(({ sides }) => sides.flatMap(calledIn)) : [])));
  for (const token of tokens) {
    if (token.kind === "text") scanText(token.text, token, units);
    else if (token.kind === "math") units.push({ kind: "math", math: mathInfo(token.assertions, token.formula, called, indices), display: token.display, start: token.start, end: token.end });
    else scanCode(token.text, token, units);
  }
  return joinDimensions(units);
}

function scanCode(text: string, span: Span, units: Unit[]): void {
  const place = { start: span.start, end: span.end };
  const tuple = tupleOfCode(text, place);
  const symbol = symbolOfCode(text, place);
  if (tuple) units.push({ kind: "dims", dims: tuple, tuple: true, ...place });
  else if (symbol) units.push({ kind: "math", math: symbol, display: false, ...place });
  else scanText(text, span, units);
}

const isSpace = (c: string): boolean => c === " " || c === "\n" || c === "\t" || c === "\r" || c === "\u00a0" || c === "\u3000" || c === "~";
const isLetter = (c: string): boolean => /[\p{L}\p{M}]/u.test(c);
const isDigit = (c: string): boolean => c >= "0" && c <= "9";

/** Han, kana, hangul: every character is a unit. */
export function isCjk(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  return (code >= 0x3005 && code <= 0x3007) || (code >= 0x3041 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff);
}

const marks: Readonly<Record<string, string>> = {
  ",": ",", "，": ",", "、": ",", ";": ";", "；": ";", ":": ":", "：": ":", ".": ".", "。": ".", "．": ".", "?": "?", "？": "?", "!": ".", "！": ".",
  "(": "(", "（": "(", "[": "(", "【": "(", ")": ")", "）": ")", "]": ")", "】": ")", "—": "—", "–": "—", "❌": "❌", "✗": "❌", "✘": "❌", "×": "×",
};

/** Commands whose argument is no prose. */
const referenceCommand = /^(ref|eqref|cref|Cref|autoref|pageref|label|cite|citep|citet|citealp|url|includegraphics|footnotemark|input|vspace|hspace|index|bibliography|begin|end|tag|href)$/;

function scanText(text: string, span: Span, units: Unit[]): void {
  const place = (start: number, end: number): Span => ({ start: Math.min(span.start + start, span.end), end: Math.min(span.start + end, span.end) });
  let i = 0;
  while (i < text.length) {
    const c = text[i] as string;
    if (isSpace(c)) i++;
    else if (c === "\\") i = skipCommand(text, i);
    else if (c === "<" && /[a-zA-Z/!]/.test(text[i + 1] ?? "")) i = skipTo(text, i, ">", 200);
    else if (c === "]" && text[i + 1] === "(") {
      units.push({ kind: "mark", text: ")", ...place(i, i + 1) });
      i = skipTo(text, i + 1, ")", 400);
    } else if (c === "[" && /^\[[ xX]\]/.test(text.slice(i, i + 3))) {
      units.push({ kind: "mark", text: "☐", ...place(i, i + 3) });
      i += 3;
    } else if (isDigit(c)) i = scanNumber(text, i, place, units);
    else if (isCjk(c)) {
      units.push({ kind: "word", text: c, capital: false, cjk: true, ...place(i, i + 1) });
      i++;
    } else if (isLetter(c)) i = scanWord(text, i, place, units);
    else i = scanMark(text, i, place, units);
  }
}

function skipCommand(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && /[a-zA-Z]/.test(text[end] as string)) end++;
  if (end === at + 1) return at + 2;
  if (text[end] === "*") end++;
  if (!referenceCommand.test(text.slice(at + 1, end).replace("*", ""))) return end;
  if (text[end] === "[") end = skipTo(text, end, "]", 200);
  return text[end] === "{" ? skipTo(text, end, "}", 400) : end;
}

/** Past the next `close`, or past the character at `at` where none is near. */
function skipTo(text: string, at: number, close: string, limit: number): number {
  for (let i = at + 1; i < text.length && i < at + limit; i++) if (text[i] === close) return i + 1;
  return at + 1;
}

function scanNumber(text: string, at: number, place: (a: number, b: number) => Span, units: Unit[]): number {
  let end = at;
  while (end < text.length && (isDigit(text[end] as string) || (text[end] === "." && isDigit(text[end + 1] ?? "")))) end++;
  units.push({ kind: "word", text: text.slice(at, end), capital: false, cjk: false, ...place(at, end) });
  return end;
}

function scanWord(text: string, at: number, place: (a: number, b: number) => Span, units: Unit[]): number {
  let end = at;
  while (end < text.length && continuesWord(text, end)) end++;
  const raw = text.slice(at, end);
  const word = raw.normalize("NFC").toLowerCase().replace(/[’ʼ]/g, "'");
  const capital = raw[0] !== raw[0]?.toLowerCase();
  const push = (part: string, from: number, to: number): void => {
    if (part) units.push({ kind: "word", text: part, capital: capital && from === at, cjk: false, ...place(from, to) });
  };
  const apostrophe = word.indexOf("'");
  if (apostrophe < 0 || word.endsWith("n't")) push(word, at, end);
  else {
    // l'élément, d'ordre, let's
    push(word.slice(0, apostrophe), at, Math.min(at + apostrophe, end));
    push(word.slice(apostrophe + 1).replace(/'/g, ""), Math.min(at + apostrophe + 1, end), end);
  }
  return end;
}

function continuesWord(text: string, at: number): boolean {
  const c = text[at] as string;
  if (isCjk(c)) return false;
  if (isLetter(c) || isDigit(c)) return true;
  const next = text[at + 1] ?? "";
  if (c === "_") return /[a-z0-9]/i.test(text[at - 1] ?? "") && /[a-z0-9]/i.test(next);
  return (c === "'" || c === "’" || c === "ʼ") && isLetter(next) && !isCjk(next);
}

function scanMark(text: string, at: number, place: (a: number, b: number) => Span, units: Unit[]): number {
  const c = text[at] as string;
  let end = at + 1;
  let mark = marks[c];
  if (c === "-") {
    while (text[end] === "-") end++;
    const spaced = isSpace(text[at - 1] ?? " ") && isSpace(text[end] ?? " ");
    mark = spaced || end > at + 1 ? "—" : undefined;
  }
  if (c === "." && !isSentenceEnd(text, at)) mark = undefined;
  if (mark) units.push({ kind: "mark", text: mark, ...place(at, end) });
  else if (/[=+/<>&|%#@^]/.test(c)) units.push({ kind: "mark", text: "other", ...place(at, end) });
  return end;
}

const abbreviation = /(^|[^\p{L}])(i\.?e|e\.?g|w\.?r\.?t|s\.?t|cf|resp|eqs?|figs?|eqn|sec|et al|a\.?k\.?a|vs|viz|z\.?b|d\.?h|bzw|bspw|usw|vgl|p\. ?ej|ej|abs|dim|no|nr|approx|т\.?е|т\.?к|т\.?д|т\.?п|др|см|напр|[\p{L}])$/iu;

function isSentenceEnd(text: string, at: number): boolean {
  if (text[at + 1] === "." || text[at - 1] === ".") return false;
  let next = at + 1;
  while (next < text.length && /["'”’*_)\]»]/.test(text[next] as string)) next++;
  if (next < text.length && !isSpace(text[next] as string)) return false;
  const before = text.slice(Math.max(0, at - 12), at);
  while (next < text.length && (isSpace(text[next] as string) || /["'“‘*_([«]/.test(text[next] as string))) next++;
  const after = text[next];
  const short = abbreviation.test(before);
  if (after === undefined) return !short;
  return isLetter(after) && after === after.toLowerCase() && after !== after.toUpperCase() ? false : !short;
}

/**
 * `n x d`, `n by d`, `$n$ × $d$`, `$n$-by-$d$` and `(N, D)` become one unit.
 * A list in parentheses counts where it follows a symbol, a colon or words;
 * what it means is decided there.
 */
function joinDimensions(units: readonly Unit[]): Unit[] {
  const out: Unit[] = [];
  let i = 0;
  while (i < units.length) {
    const joined = timesAt(units, i) ?? tupleAt(units, i);
    if (joined) {
      out.push(joined.unit);
      i = joined.next;
    } else out.push(units[i++] as Unit);
  }
  return out;
}

function sizeOfUnit(unit: Unit | undefined): Expr | null {
  if (unit?.kind === "word") return unit.cjk ? null : sizeOfWord(unit.text, unit.capital, unit);
  return unit?.kind === "math" && !unit.display ? unit.math.size : null;
}

function isTimes(unit: Unit | undefined): boolean {
  return (unit?.kind === "mark" && unit.text === "×") || (unit?.kind === "word" && (unit.text === "x" || unit.text === "by" || unit.text === "mal" || unit.text === "par" || unit.text === "por" || unit.text === "на" || unit.text === "乘"));
}

function timesAt(units: readonly Unit[], at: number): { unit: Unit; next: number } | null {
  const first = sizeOfUnit(units[at]);
  if (!first || !isTimes(units[at + 1])) return null;
  const dims = [first];
  let next = at + 1;
  while (isTimes(units[next])) {
    const size = sizeOfUnit(units[next + 1]);
    if (!size) break;
    dims.push(size);
    next += 2;
  }
  if (dims.length < 2) return null;
  return { unit: { kind: "dims", dims, tuple: false, start: (units[at] as Unit).start, end: (units[next - 1] as Unit).end }, next };
}

function tupleAt(units: readonly Unit[], at: number): { unit: Unit; next: number } | null {
  const open = units[at];
  const before = units[at - 1];
  if (open?.kind !== "mark" || open.text !== "(" || !before || (before.kind === "mark" && before.text !== ":")) return null;
  const dims: Expr[] = [];
  let next = at + 1;
  for (; next < units.length && dims.length <= 6; next += 2) {
    const unit = units[next];
    const symbol = unit?.kind === "word" && !unit.cjk ? (sizeOfWord(unit.text, unit.capital, unit) ?? (/_/.test(unit.text) ? symbolOfWord(unit.text, unit) : null)) : sizeOfUnit(unit);
    if (!symbol) return null;
    dims.push(symbol);
    const separator = units[next + 1];
    if (separator?.kind === "mark" && separator.text === ")") break;
    if (!(separator?.kind === "mark" && (separator.text === "," || separator.text === "×")) && !isTimes(separator)) return null;
    // `(n,)` is a vector's shape.
    const following = units[next + 2];
    if (following?.kind === "mark" && following.text === ")") {
      next++;
      break;
    }
  }
  const close = units[next + 1];
  if (close?.kind !== "mark" || close.text !== ")" || (dims.length < 2 && next === at + 1)) return null;
  return { unit: { kind: "dims", dims, tuple: true, start: open.start, end: close.end }, next: next + 2 };
}
