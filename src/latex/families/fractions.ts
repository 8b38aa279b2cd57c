/** Fractions with and without a line, in all their spellings, and the infix forms of plain TeX. */
import { named, readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { rawArgument, skipOptional } from "../raw";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";

export function fractionOf(numerator: Row, denominator: Row, line: boolean, start: number, end: number): Node {
  return { kind: "fraction", numerator, denominator, line, start, end };
}

function readFraction(parser: Parser, token: Token): Node {
  const numerator = parser.argument(token);
  const denominator = parser.argument(token);
  return fractionOf(numerator, denominator, true, token.start, parser.stream.end);
}

function readContinued(parser: Parser, token: Token): Node {
  skipOptional(parser);
  return readFraction(parser, token);
}

function readBinomial(parser: Parser, token: Token): Node {
  const above = parser.argument(token);
  const below = parser.argument(token);
  return fractionOf(above, below, false, token.start, parser.stream.end);
}

/** `\genfrac{(}{)}{0pt}{1}{n}{k}`: a thickness of zero draws no line. */
function readGeneral(parser: Parser, token: Token): Node {
  rawArgument(parser);
  rawArgument(parser);
  const thickness = rawArgument(parser).trim();
  rawArgument(parser);
  const numerator = parser.argument(token);
  const denominator = parser.argument(token);
  return fractionOf(numerator, denominator, !/^0/.test(thickness), token.start, parser.stream.end);
}

export const fractions: CommandTable = {
  ...readers("frac dfrac tfrac sfrac nicefrac slfrac flatfrac xfrac splitfrac splitdfrac", readFraction),
  ...readers("cfrac", readContinued),
  ...readers("binom dbinom tbinom", readBinomial),
  ...readers("genfrac", readGeneral),
  ...named("over above", () => ({ kind: "infix", line: true })),
  ...named("choose atop brace brack", () => ({ kind: "infix", line: false })),
};
