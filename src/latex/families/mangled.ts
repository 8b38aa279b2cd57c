/**
 * Traces of Markdown in a formula: a `_` that was taken for emphasis and came
 * out as `*` (`\sum*{i=1}`, `\|x\|*2^2`), or was escaped against that (`K\_{ij}`).
 * The star is read as it stands, since it is only likely that it was something
 * else; the escaped sign is read as a subscript. Both are warnings.
 */
import { readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node } from "../types";
import { isWordFont } from "./names";

/** Whether what comes next is a `*` where a subscript would stand. */
export function isStarForSubscript(parser: Parser, star: Token, before: readonly Node[]): boolean {
  if (star.kind !== "mark" || star.text !== "*") return false;
  const next = parser.stream.ahead(1);
  if (!next || next.spaced || (next.kind !== "open" && next.kind !== "digit" && next.kind !== "letter")) return false;
  const last = before[before.length - 1];
  if (!last) return parser.depth === 0;
  if (star.spaced) return false;
  if (last.kind === "big") return true;
  if (last.kind === "operator") return last.name === "|" || last.name === "‖";
  return next.kind === "open" && last.kind !== "space";
}

/** `K\_{ij}`, `x\_i`: a subscript; in a word such as `\mathrm{learning\_rate}` the character itself. */
function readUnderscore(parser: Parser, token: Token): Node | null {
  const { start, end } = token;
  const next = parser.stream.peek();
  const word = next.kind === "letter" && parser.stream.ahead(1)?.kind === "letter" && !parser.stream.ahead(1)?.spaced;
  const script = !token.spaced && !next.spaced && !word && !isWordFont(parser.font) && (next.kind === "open" || next.kind === "letter" || next.kind === "digit");
  if (!script) return { kind: "symbol", name: "_", font: parser.font, start, end };
  parser.problem("warning", "'\\_' where a '_' is more likely", start, end);
  parser.stream.push([{ kind: "subscript", text: "_", start, end, spaced: false }]);
  return null;
}

export const mangled: CommandTable = readers("_", readUnderscore);
