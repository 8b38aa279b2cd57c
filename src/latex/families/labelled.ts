/**
 * Things with a label above or below: braces, `\overset`, extensible arrows.
 * The script on a brace's own side is its label.
 */
import { readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { skipOptional } from "../raw";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";

function readBrace(parser: Parser, token: Token): Node {
  const body = parser.argument(token);
  const label = readLabel(parser, token.text.startsWith("over") ? "superscript" : "subscript");
  return { kind: "labelled", name: token.text, body, label, start: token.start, end: parser.stream.end };
}

function readLabel(parser: Parser, side: "superscript" | "subscript"): Row | null {
  let token = parser.stream.peek();
  if (token.kind === "command" && token.text === "limits") {
    parser.stream.next();
    token = parser.stream.peek();
  }
  if (token.kind !== side) return null;
  parser.stream.next();
  parser.scripts++;
  const label = parser.argument(token);
  parser.scripts--;
  return label;
}

/** `\overset{label}{body}`, `\underset`, `\stackrel`. */
function readSet(parser: Parser, token: Token): Node {
  skipOptional(parser);
  const label = parser.argument(token);
  const body = parser.argument(token);
  return { kind: "labelled", name: token.text, body, label, start: token.start, end: parser.stream.end };
}

/** `\overunderset{above}{below}{body}`: the one above is the label, the one below a script of it. */
function readBothSets(parser: Parser, token: Token): Node {
  const label = parser.argument(token);
  const sub = parser.argument(token);
  const body = parser.argument(token);
  const place = { start: token.start, end: parser.stream.end };
  return { kind: "scripts", base: { kind: "labelled", name: "overset", body, label, ...place }, sub, sup: null, primes: 0, ...place };
}

/** `\xrightarrow[below]{above}` */
function readArrow(parser: Parser, token: Token): Node {
  const below = parser.optional();
  const label = parser.argument(token);
  const place = { start: token.start, end: parser.stream.end };
  const sign: Node = { kind: "operator", name: token.text.slice(1), class: token.text === "xlongequal" ? "relation" : "arrow", start: token.start, end: token.end };
  const labelled: Node = { kind: "labelled", name: token.text, body: [sign], label: label.length ? label : null, ...place };
  return below?.length ? { kind: "scripts", base: labelled, sub: below, sup: null, primes: 0, ...place } : labelled;
}

export const labelled: CommandTable = {
  ...readers("overbrace underbrace overbracket underbracket", readBrace),
  ...readers("overset underset stackrel stackbin", readSet),
  ...readers("overunderset", readBothSets),
  ...readers(
    `xrightarrow xleftarrow xleftrightarrow xRightarrow xLeftarrow xLeftrightarrow xmapsto xhookrightarrow xhookleftarrow xlongequal
     xrightharpoonup xrightharpoondown xleftharpoonup xleftharpoondown xrightleftharpoons xleftrightharpoons xtwoheadrightarrow xtwoheadleftarrow xtofrom`,
    readArrow,
  ),
};
