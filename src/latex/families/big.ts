/** Big operators and named functions, whose bounds are their scripts. */
import { named, readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { takeStar } from "../raw";
import type { Token } from "../tokens";
import type { Node } from "../types";
import { asOne, joinedName } from "./names";
import { functions } from "./words";

const big = `
  sum prod coprod int iint iiint iiiint idotsint oint oiint oiiint intop smallint
  bigcup bigcap bigsqcup bigsqcap bigvee bigwedge biguplus bigtimes`;

/** Functions whose command is spelled otherwise. */
const otherwise: ReadonlyMap<string, string> = new Map([
  ["varlimsup", "limsup"],
  ["varliminf", "liminf"],
  ["varinjlim", "injlim"],
  ["varprojlim", "projlim"],
]);

/** `\operatorname{…}`: whatever letters it holds are one name, `arg\,max` is argmax. */
function readOperatorName(parser: Parser, token: Token): Node {
  takeStar(parser);
  const row = parser.argumentIn("mathrm", token);
  const place = { start: token.start, end: parser.stream.end };
  const name = joinedName(row);
  if (name === null) return { kind: "group", body: row, ...place };
  return name.length > 1 ? { kind: "name", name, font: "", ...place } : { kind: "symbol", name, font: "mathrm", ...place };
}

/** `\mathop{\rm tr}`, `\mathop{\sum}`: what it holds, in the role of an operator. */
function readMathOp(parser: Parser, token: Token): Node {
  const row = parser.argument(token);
  return asOne(row, token.start, parser.stream.end);
}

/** `\bigodot` with bounds goes over many; without, it is a large `\odot` between two factors. */
function readBigProduct(parser: Parser, token: Token): Node {
  const place = { start: token.start, end: parser.stream.end };
  const hasBounds = /^(?:[_^]|(?:no)?limits)$/.test(parser.stream.peek().text);
  return hasBounds ? { kind: "big", name: token.text, ...place } : { kind: "operator", name: token.text.slice("big".length), class: "binary", ...place };
}

export const bigOperators: CommandTable = {
  ...named(big, (name) => ({ kind: "big", name })),
  ...named([...functions].join(" "), (name) => ({ kind: "name", name })),
  ...named([...otherwise.keys()].join(" "), (name) => ({ kind: "name", name: otherwise.get(name) ?? name })),
  ...named("limits nolimits displaylimits", () => ({ kind: "skip" })),
  ...readers("operatorname operatornamewithlimits", readOperatorName),
  ...readers("mathop mathord mathinner", readMathOp),
  ...readers("bigodot bigotimes bigoplus", readBigProduct),
};
