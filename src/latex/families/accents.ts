/** Accents and lines over and under: `\hat x`, `\overline{AB}`, `\vec{v}`. */
import { readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node } from "../types";

const names = `
  hat widehat tilde widetilde bar overline dot ddot dddot ddddot vec check widecheck breve acute grave mathring
  underline underbar utilde overrightarrow overleftarrow overleftrightarrow underrightarrow underleftarrow underleftrightarrow
  Overrightarrow overrightharpoon overleftharpoon overparen underparen overarc wideparen overlinesegment underlinesegment
  overgroup undergroup`;

function readAccent(parser: Parser, token: Token): Node {
  const body = parser.argument(token);
  return { kind: "accent", name: token.text, body, start: token.start, end: parser.stream.end };
}

/** `\skew3\hat x` only shifts the accent. */
function readSkew(parser: Parser, token: Token): null {
  parser.argument(token);
  return null;
}

export const accents: CommandTable = {
  ...readers(names, readAccent),
  ...readers("skew", readSkew),
};
