/**
 * Fonts: `\mathbf{x}`, `\bm x`, `{\bf x}`. A symbol carries the innermost font
 * around it, in one spelling for each: `\bm` and `\pmb` are boldsymbol, `\cal`
 * is mathcal, `\mathds` is mathbb.
 */
import type { Command, CommandTable } from "../command";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";
import { applyFont, asOne, isWordFont } from "./names";
import { isProse } from "./words";

const commandsOf: Readonly<Record<string, string>> = {
  mathbf: "mathbf mathbfup mathbfit mathbfsf bold symbf symbfit symbfup",
  boldsymbol: "boldsymbol bm pmb symbfsf",
  mathrm: "mathrm mathup symrm symup",
  mathit: "mathit symit mathsfit",
  mathsf: "mathsf symsf mathsfup",
  mathtt: "mathtt symtt",
  mathbb: "mathbb mathbbm mathds mathbbold mathbbmss Bbb symbb",
  mathcal: "mathcal symcal mathbfcal symbfcal",
  mathscr: "mathscr symscr mathbfscr symbfscr",
  mathfrak: "mathfrak symfrak mathbffrak symbffrak",
  "": "mathnormal symnormal",
};

const switches: Readonly<Record<string, string>> = {
  bf: "mathbf",
  bfseries: "mathbf",
  boldmath: "boldsymbol",
  rm: "mathrm",
  rmfamily: "mathrm",
  upshape: "mathrm",
  it: "mathit",
  itshape: "mathit",
  sl: "mathit",
  em: "mathit",
  sf: "mathsf",
  sffamily: "mathsf",
  tt: "mathtt",
  ttfamily: "mathtt",
  cal: "mathcal",
  scr: "mathscr",
  frak: "mathfrak",
  mit: "",
  normalfont: "",
};

function fontCommand(font: string): Command {
  return { kind: "read", read: (parser, token) => readFont(parser, token, font) };
}

function readFont(parser: Parser, token: Token, font: string): Node {
  const row = parser.argumentIn(font, token);
  const { end } = parser.stream;
  const text = isWordFont(font) && row.length > 1 ? proseOf(row) : null;
  if (text !== null) return { kind: "text", text, pieces: [{ text }], start: token.start, end };
  const items = [...row];
  applyFont(items, 0, font);
  return asOne(items, token.start, end);
}

/** `\mathrm{if}`, `\mathrm{subject to}`: words of a sentence, not a name; null where it is no such thing. */
function proseOf(row: Row): string | null {
  const found: string[] = [];
  let end = -1;
  for (const node of row) {
    if (node.kind !== "symbol" || !/^[A-Za-z]$/.test(node.name)) return null;
    if (node.start > end) found.push(node.name);
    else found[found.length - 1] += node.name;
    end = node.end;
  }
  const sentence = found.length > 1 ? found.filter((word) => word.length > 1).length > 1 : isProse(found[0] ?? "");
  return sentence ? found.join(" ") : null;
}

export const fonts: CommandTable = {
  ...Object.fromEntries(Object.entries(commandsOf).flatMap(([font, names]) => names.split(" ").map((name) => [name, fontCommand(font)]))),
  ...Object.fromEntries(Object.entries(switches).map(([name, font]): [string, Command] => [name, { kind: "font", font }])),
};
