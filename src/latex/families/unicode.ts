/** Characters that need more than a table: letters with an accent, words in other scripts, `½`. */
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node } from "../types";
import { fractionOf } from "./fractions";

const accents: ReadonlyMap<string, string> = new Map([
  ["\u0300", "grave"],
  ["\u0301", "acute"],
  ["\u0302", "hat"],
  ["\u0303", "tilde"],
  ["\u0304", "bar"],
  ["\u0306", "breve"],
  ["\u0307", "dot"],
  ["\u0308", "ddot"],
  ["\u030a", "mathring"],
  ["\u030c", "check"],
]);

/** `ŷ` is `\hat{y}`. */
export function readAccented(parser: Parser, token: Token): Node {
  const { start, end } = token;
  const [letter = token.text, mark = ""] = token.text.normalize("NFD");
  const name = accents.get(mark);
  const { font } = parser;
  if (!name) return { kind: "symbol", name: token.text, font, start, end };
  return { kind: "accent", name, body: [{ kind: "symbol", name: letter, font, start, end }], start, end };
}

/** `损失`: a run of letters of another script is text; a single one is a symbol. */
export function readForeignText(parser: Parser, token: Token): Node {
  let text = token.text;
  for (let next = parser.stream.peek(); next.kind === "mark" && isForeign(next.text); next = parser.stream.peek()) {
    if (next.spaced) text += " ";
    text += parser.stream.next().text;
  }
  const place = { start: token.start, end: parser.stream.end };
  if (text === token.text && !/\p{Script=Han}/u.test(text)) return { kind: "symbol", name: text, font: parser.font, ...place };
  return { kind: "text", text, pieces: [{ text }], ...place };
}

export function readVulgarFraction(_parser: Parser, token: Token): Node {
  const { start, end } = token;
  const [above = "1", below = "1"] = token.text.normalize("NFKC").split("⁄");
  return fractionOf([{ kind: "number", text: above, start, end }], [{ kind: "number", text: below, start, end }], true, start, end);
}

function isForeign(character: string): boolean {
  return /^\p{L}$/u.test(character) && !/[\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/u.test(character);
}
