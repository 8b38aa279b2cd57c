/**
 * Atoms: what one token means, with the arguments that it asks for. Scripts,
 * brackets and whatever else works on a row are not read here.
 */
import { characterCommand, compoundsBy } from "./characters";
import type { Command } from "./command";
import { commands } from "./commands";
import { readNumber } from "./families/numbers";
import type { Parser } from "./parser";
import type { Token } from "./tokens";
import type { Node } from "./types";

const unknownCommand: Command = { kind: "unknown" };

/** Kinds that only a row knows what to do with: they end it, or take what stands before them. */
const rowLevel: ReadonlySet<Command["kind"]> = new Set<Command["kind"]>(["break", "end", "right", "middle", "mathEnd", "infix", "script", "combining"]);

/** Kinds that leave nothing, or no more than a distance. */
const barren: ReadonlySet<Command["kind"]> = new Set<Command["kind"]>(["skip", "space", "font"]);

export function commandOf(token: Token): Command {
  return (token.kind === "mark" ? characterCommand(token.text) : commands.get(token.text)) ?? unknownCommand;
}

/** Whether a token may be read by whoever comes: it is not what ends the row, or works on the whole of it. */
export function isTakeable(parser: Parser, token: Token): boolean {
  switch (token.kind) {
    case "letter":
    case "digit":
    case "open":
      return true;
    case "mark":
    case "command":
      return !rowLevel.has(commandOf(token).kind) && !parser.isClosing(token);
    default:
      return false;
  }
}

/** Whether a token can be an argument without braces: no space either, and no switch. */
export function startsAtom(parser: Parser, token: Token): boolean {
  if (!isTakeable(parser, token)) return false;
  return (token.kind !== "command" && token.kind !== "mark") || !barren.has(commandOf(token).kind);
}

/** The atom that comes next; null where it leaves nothing in the tree. */
export function readAtom(parser: Parser, token: Token): Node | null {
  switch (token.kind) {
    case "letter":
      return readLetter(parser, token);
    case "digit":
      return readNumber(parser);
    case "open":
      return readGroup(parser);
    default:
      return readCommand(parser, token, commandOf(token));
  }
}

export function readLetter(parser: Parser, token: Token): Node {
  parser.stream.next();
  return { kind: "symbol", name: token.text, font: alphabet(token.text, parser.font), start: token.start, end: token.end };
}

export function readGroup(parser: Parser): Node {
  const open = parser.stream.next();
  const body = parser.braced(open);
  const place = { start: open.start, end: parser.stream.end };
  const [only] = body;
  // `a{=}b` is `a=b` set closer.
  return body.length === 1 && only?.kind === "operator" && only.class !== "punctuation" ? { ...only, ...place } : { kind: "group", body, ...place };
}

/** Takes the token and makes what it means; signs of several characters are one. */
export function readCommand(parser: Parser, token: Token, command: Command): Node | null {
  if (token.kind === "mark") {
    const decimal = token.text === "." ? parser.stream.ahead(1) : undefined;
    if (decimal?.kind === "digit" && !decimal.spaced) return readNumber(parser);
    const compound = readCompound(parser, token);
    if (compound) return compound;
  }
  parser.stream.next();
  return meaningOf(parser, token, command);
}

/** The node of a command that was just taken, where it stands for itself; else null. */
export function readTaken(parser: Parser, token: Token): Node | null {
  const command = commandOf(token);
  return rowLevel.has(command.kind) ? null : meaningOf(parser, token, command);
}

function meaningOf(parser: Parser, token: Token, command: Command): Node | null {
  const { start, end } = token;
  switch (command.kind) {
    case "symbol":
      return { kind: "symbol", name: command.name, font: command.font ?? alphabet(command.name, parser.font), start, end };
    case "operator":
      return { kind: "operator", name: command.name, class: command.class, start, end };
    case "big":
      return { kind: "big", name: command.name, start, end };
    case "name":
      return { kind: "name", name: command.name, font: "", start, end };
    case "space":
      return { kind: "space", name: command.name, start, end };
    case "read":
      return command.read(parser, token);
    case "delimiter":
      return { kind: "operator", name: command.delimiter.name, class: "punctuation", start, end };
    case "unknown":
      return readUnknown(parser, token);
    default:
      return null;
  }
}

function readUnknown(parser: Parser, token: Token): Node {
  const { text, start, end } = token;
  if (token.kind === "mark") parser.problem("warning", `'${text}' has no meaning in mathematics`, start, end);
  else if (text === "") parser.problem("error", "a backslash at the end", start, end);
  else parser.problem("warning", `'\\${text}' is not a known command`, start, end);
  return { kind: "unknown", name: text, start, end };
}

/** `:=`, `<=`, `...`: characters that stand close together and are one sign. */
function readCompound(parser: Parser, token: Token): Node | null {
  const found = compoundsBy.get(token.text)?.find(([sign]) => follows(parser, sign));
  if (!found) return null;
  const [sign, command] = found;
  for (let taken = 0; taken < sign.length; taken++) parser.stream.next();
  const place = { start: token.start, end: parser.stream.end };
  if (command.kind === "operator") return { kind: "operator", name: command.name, class: command.class, ...place };
  return command.kind === "symbol" ? { kind: "symbol", name: command.name, font: "", ...place } : null;
}

function follows(parser: Parser, sign: string): boolean {
  for (let distance = 1; distance < sign.length; distance++) {
    const token = parser.stream.ahead(distance);
    if (token?.kind !== "mark" || token.text !== sign[distance] || token.spaced) return false;
  }
  return true;
}

/** Calligraphic alphabets have capitals alone: a small letter in one is the plain letter, but for the l that is to be an ℓ. */
function alphabet(name: string, font: string): string {
  return /^(mathcal|mathscr|cal)$/.test(font) && !/^([A-Z]|l|ell)$/.test(name) ? "" : font;
}
