/**
 * Boxes, colours, strokes and the like: the body counts as if it stood bare.
 * Phantoms leave only room, so they leave nothing here.
 */
import { named, readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { rawArgument, skipOptional } from "../raw";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";
import { operandOf, readProse } from "./text";

function decorated(name: string, body: Row, token: Token, parser: Parser): Node {
  return { kind: "decorated", name, body, start: token.start, end: parser.stream.end };
}

function readBody(parser: Parser, token: Token): Node {
  skipOptional(parser);
  const body = parser.argument(token);
  return decorated(token.text, body, token, parser);
}

/** `\fbox{$x$}` holds text, most often one formula. */
function readTextBox(parser: Parser, token: Token): Node {
  skipOptional(parser);
  skipOptional(parser);
  return textBody(parser, token);
}

function textBody(parser: Parser, token: Token): Node {
  const prose = readProse(parser, token);
  const [only] = prose.pieces;
  const place = { start: token.start, end: parser.stream.end };
  const body: Row = prose.pieces.length === 1 && only && "body" in only ? only.body : [operandOf(parser, prose, "mathrm", place.start, place.end)];
  return { kind: "decorated", name: token.text, body, ...place };
}

/** Commands with arguments before the body that say only how it looks. */
function readStyled(skipped: number, text: boolean) {
  return (parser: Parser, token: Token): Node => {
    skipOptional(parser);
    for (let count = 0; count < skipped; count++) rawArgument(parser);
    if (text) return textBody(parser, token);
    return decorated(token.text, parser.argument(token), token, parser);
  };
}

/** `\color{red}{x}` as MathJax has it, or the switch `\color{red} x`, which changes no structure. */
function readColor(parser: Parser, token: Token): Node | null {
  skipOptional(parser);
  rawArgument(parser);
  if (parser.stream.peek().kind !== "open") return null;
  return decorated("color", parser.argument(token), token, parser);
}

/** `\ensuremath{x}` is x: it is mathematics already. */
function readGroup(parser: Parser, token: Token): Node {
  const body = parser.argument(token);
  return { kind: "group", body, start: token.start, end: parser.stream.end };
}

function dropArgument(parser: Parser, token: Token): null {
  skipOptional(parser);
  parser.argument(token);
  return null;
}

export const decorations: CommandTable = {
  ...readers("boxed bbox cancel bcancel xcancel sout framebox uline Aboxed mathrlap mathllap mathclap crampedrlap crampedllap crampedclap smash cramped vcenter", readBody),
  ...readers("fbox llap rlap clap makebox", readTextBox),
  ...readers("textcolor cancelto enclose class cssId style href htmlClass htmlId htmlStyle htmlData texttip mathcolor", readStyled(1, false)),
  ...readers("red blue green orange pink gray purple", readBody),
  ...readers("ensuremath", readGroup),
  ...readers("colorbox raisebox", readStyled(1, true)),
  ...readers("fcolorbox", readStyled(2, true)),
  ...readers("color", readColor),
  ...readers("phantom hphantom vphantom", dropArgument),
  ...named("mathstrut strut xmathstrut null relax", () => ({ kind: "skip" })),
};
