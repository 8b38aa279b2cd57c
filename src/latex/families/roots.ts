/** `\sqrt[3]{x}`, plain TeX's `\root 3 \of x`, and `√`. */
import { readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { rawArgument } from "../raw";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";

function readRoot(parser: Parser, token: Token): Node {
  const index = parser.optional();
  const body = parser.argument(token);
  return { kind: "root", index, body, start: token.start, end: parser.stream.end };
}

function readPlainRoot(parser: Parser, token: Token): Node {
  const index: Row = parser.argument(token);
  const of = parser.stream.peek();
  if (of.kind === "command" && of.text === "of") parser.stream.next();
  const body = parser.argument(token);
  return { kind: "root", index, body, start: token.start, end: parser.stream.end };
}

/** `√2`, `√(x + y)` */
export function readUnicodeRoot(parser: Parser, token: Token): Node {
  const bracketed = parser.bracketed();
  const body = bracketed ? [bracketed] : parser.argument(token);
  return { kind: "root", index: null, body, start: token.start, end: parser.stream.end };
}

/** `\uproot{2}` moves the index of a root, no more. */
function skipShift(parser: Parser): null {
  rawArgument(parser);
  return null;
}

export const roots: CommandTable = {
  ...readers("sqrt", readRoot),
  ...readers("root", readPlainRoot),
  ...readers("uproot leftroot", skipShift),
};
