/**
 * Source → tokens, once, from left to right. White space and comments are no
 * tokens: a token says whether some stood before it, which is all that
 * mathematics asks (and what `\text` needs to give its blanks back).
 */
export type TokenKind =
  | "letter"
  | "digit"
  /** Any other character: `+`, `(`, `α`. */
  | "mark"
  /** `\frac`, `\,`: `text` is without the backslash. */
  | "command"
  | "open"
  | "close"
  | "superscript"
  | "subscript"
  | "align"
  /** `'`; `text` has one `'` for each stroke, so that `″` is two. */
  | "prime"
  | "dollar"
  /** `#1` in the body of a macro; `text` is the digit. */
  | "parameter"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly spaced: boolean;
}

/** The last token is always of kind "end". */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const length = source.length;
  let at = 0;
  let spaced = false;
  while (at < length) {
    const code = source.charCodeAt(at);
    if (code <= 32 || isBlank(code)) {
      at++;
      spaced = true;
      continue;
    }
    if (code === percent) {
      at = lineEnd(source, at);
      spaced = true;
      continue;
    }
    const token = code === backslash ? commandAt(source, at, spaced) : characterAt(source, at, code, spaced);
    tokens.push(token);
    at = token.end;
    spaced = false;
  }
  tokens.push({ kind: "end", text: "", start: length, end: length, spaced });
  return tokens;
}

const percent = 0x25;
const backslash = 0x5c;

const asciiKinds: readonly TokenKind[] = Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): TokenKind {
  if (/[A-Za-z]/.test(character)) return "letter";
  if (/[0-9]/.test(character)) return "digit";
  switch (character) {
    case "{":
      return "open";
    case "}":
      return "close";
    case "^":
      return "superscript";
    case "_":
      return "subscript";
    case "&":
      return "align";
    case "'":
      return "prime";
    case "$":
      return "dollar";
    default:
      return "mark";
  }
}

/** Strokes that are written as one character, among them the quote that word processors make of `'`. */
const strokes: ReadonlyMap<string, string> = new Map([
  ["′", "'"],
  ["’", "'"],
  ["″", "''"],
  ["‴", "'''"],
]);

function characterAt(source: string, at: number, code: number, spaced: boolean): Token {
  if (code < 128) {
    const text = source.charAt(at);
    if (text === "#") return parameterAt(source, at, spaced);
    return { kind: asciiKinds[code] ?? "mark", text, start: at, end: at + 1, spaced };
  }
  const wide = code >= 0xd800 && code < 0xdc00 && at + 1 < source.length;
  const end = wide ? at + 2 : at + 1;
  const text = source.slice(at, end);
  const stroke = strokes.get(text);
  return { kind: stroke ? "prime" : "mark", text: stroke ?? text, start: at, end, spaced };
}

function parameterAt(source: string, at: number, spaced: boolean): Token {
  const digit = source.charCodeAt(at + 1);
  if (digit >= 0x31 && digit <= 0x39) return { kind: "parameter", text: source.charAt(at + 1), start: at, end: at + 2, spaced };
  return { kind: "mark", text: "#", start: at, end: at + 1, spaced };
}

/** A word of letters, or one character of any kind; a lone backslash at the end has the empty name. */
function commandAt(source: string, at: number, spaced: boolean): Token {
  let end = at + 1;
  while (isLetter(source.charCodeAt(end))) end++;
  if (end === at + 1 && end < source.length) {
    const code = source.charCodeAt(end);
    end += code >= 0xd800 && code < 0xdc00 && end + 1 < source.length ? 2 : 1;
  }
  return { kind: "command", text: source.slice(at + 1, end), start: at, end, spaced };
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** Unicode's blanks and the characters that take no room (word joiners, invisible operators, variation selectors). */
function isBlank(code: number): boolean {
  if (code < 0xa0) return code >= 0x7f;
  return code === 0xa0 || (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x206f) || code === 0x3000 || code === 0xfeff || (code >= 0xfe00 && code <= 0xfe0f);
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}
