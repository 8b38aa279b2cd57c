/**
 * Arguments that are no mathematics: names, lengths, colours, options. They are
 * read as characters, or only passed over.
 */
import type { Parser } from "./parser";
import type { Token } from "./tokens";

/** The characters of an argument. */
export function rawArgument(parser: Parser): string {
  const { stream } = parser;
  const token = stream.peek();
  if (token.kind === "open") {
    stream.next();
    const inside = stream.balanced();
    if (!inside) parser.problem("error", "'{' is not closed", token.start, token.end);
    return (inside ?? []).map(written).join("").trimStart();
  }
  return parser.isTakeable(token) ? stream.next().text : "";
}

/** `[…]`, where it comes next. */
export function skipOptional(parser: Parser): void {
  const { stream } = parser;
  const first = stream.peek();
  if (!isSign(first, "[")) return;
  for (let token = first; token.kind !== "end" && token.kind !== "close" && token.kind !== "align"; token = stream.peek()) {
    stream.next();
    if (isSign(token, "]")) return;
  }
  parser.problem("error", "'[' is not closed", first.start, first.end);
}

/** A bracket that holds nothing else than the pattern, which is short: `[t]`, `[cc]`. */
export function skipOptionalIf(parser: Parser, pattern: RegExp): void {
  const text = bracketText(parser, 20);
  if (text !== null && pattern.test(text)) skipOptional(parser);
}

/** What is in the bracket that comes next, without taking it; null where there is none, or more than so many tokens in it. */
export function bracketText(parser: Parser, reach: number): string | null {
  const { stream } = parser;
  if (!isSign(stream.peek(), "[")) return null;
  let text = "";
  for (let distance = 1; distance < reach; distance++) {
    const token = stream.ahead(distance);
    if (!token || token.kind === "end") return null;
    if (isSign(token, "]")) return text;
    text += token.text;
  }
  return null;
}

/** The star of a starred command, where one comes next. */
export function takeStar(parser: Parser): void {
  if (isSign(parser.stream.peek(), "*")) parser.stream.next();
}

function isSign(token: Token, sign: string): boolean {
  return token.kind === "mark" && token.text === sign;
}

function written(token: Token): string {
  const blank = token.spaced ? " " : "";
  if (token.kind === "command") return `${blank}\\${token.text}`;
  return token.kind === "parameter" ? `${blank}#${token.text}` : blank + token.text;
}
