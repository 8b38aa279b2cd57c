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
  for (;;) {
    const token = stream.peek();
    if (token.spaced) break;
    if (token.kind === "digit") text += stream.next().text;
    else if (!pointed && token.kind === "mark" && token.text === "." && isNextDigit(parser, 1)) {
      pointed = true;
      text += stream.next().text;
    } else if (!pointed && token.kind === "open" && bracedComma(parser)) {
      pointed = !startsThousands(parser, text);
      for (let taken = 0; taken < 3; taken++) stream.next();
      if (pointed) text += ".";
    } else break;
  }
  return numberNode(parser, text, first.start, stream.end);
}

/** One digit alone, as an argument without braces takes it: `x_12` is `x_1 2`. */
export function readDigit(parser: Parser): Node {
  const digit = parser.stream.next();
  return numberNode(parser, digit.text, digit.start, digit.end);
}

/** A bold or blackboard 1 or 0 is the vector or matrix of ones or zeros, hence a symbol; `\mathbf{11}^\top` is a product of two. */
function numberNode(parser: Parser, text: string, start: number, end: number): Node {
  const { font } = parser;
  const named = font === "mathbf" || font === "boldsymbol" || font === "mathbb";
  if (!named || (text !== "0" && !/^1+$/.test(text))) return { kind: "number", text, start, end };
  if (text.length === 1) return { kind: "symbol", name: text, font, start, end };
  const step = end - start === text.length ? 1 : 0;
  const body = Array.from(text, (name, index): Node => ({ kind: "symbol", name, font, start: step ? start + index : start, end: step ? start + index + 1 : end }));
  return { kind: "group", body, start, end };
}

/** `{,}` and a digit. */
function bracedComma(parser: Parser): boolean {
  const { stream } = parser;
  return stream.ahead(1)?.text === "," && stream.ahead(2)?.kind === "close" && isNextDigit(parser, 3);
}

/** `1{,}000` has thousands, `0{,}5` a decimal comma. */
function startsThousands(parser: Parser, before: string): boolean {
  if (before.startsWith("0") || before.length > 3) return false;
  for (let distance = 3; distance < 6; distance++) if (!isNextDigit(parser, distance)) return false;
  return !isNextDigit(parser, 6);
}

function isNextDigit(parser: Parser, distance: number): boolean {
  const token = parser.stream.ahead(distance);
  return token?.kind === "digit" && !token.spaced;
}
