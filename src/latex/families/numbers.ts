/**
 * Numbers: `12`, `0.5`, `.5`, `1{,}000`. Digits with a blank between them are
 * two numbers: a row of a matrix may have lost its `&`.
 */
import type { Parser } from "../parser";
import type { Node } from "../types";

/** Reads from the next digit, or from a point with a digit after it. */
export function readNumber(parser: Parser): Node {
  const { stream } = parser;
  const first = stream.next();
  let text = first.text;
  let pointed = text === ".";
  let grouped = false;
  for (;;) {
    const token = stream.peek();
    if (token.spaced) break;
    if (token.kind === "digit") text += stream.next().text;
    else if (!pointed && token.kind === "mark" && token.text === "." && isNextDigit(parser, 1)) {
      pointed = true;
      text += stream.next().text;
    } else if (!pointed && token.kind === "open" && bracedComma(parser)) {
      grouped = startsThousands(parser, text, grouped);
      pointed = !grouped;
      for (let taken = 0; taken < 3; taken++) stream.next();
      if (pointed) text += ".";
    } else break;
  }
  return { kind: "number", text, start: first.start, end: stream.end };
}

/** One digit alone, as an argument without braces takes it: `x_12` is `x_1 2`. */
export function readDigit(parser: Parser): Node {
  const digit = parser.stream.next();
  return { kind: "number", text: digit.text, start: digit.start, end: digit.end };
}

/** `{,}` and a digit. */
function bracedComma(parser: Parser): boolean {
  const { stream } = parser;
  return stream.ahead(1)?.text === "," && stream.ahead(2)?.kind === "close" && isNextDigit(parser, 3);
}

/** `1{,}000` has thousands, `0{,}5` a decimal comma. */
function startsThousands(parser: Parser, before: string, grouped: boolean): boolean {
  if (before.startsWith("0") || (before.length > 3 && !grouped)) return false;
  for (let distance = 3; distance < 6; distance++) if (!isNextDigit(parser, distance)) return false;
  return !isNextDigit(parser, 6);
}

function isNextDigit(parser: Parser, distance: number): boolean {
  const token = parser.stream.ahead(distance);
  return token?.kind === "digit" && !token.spaced;
}
