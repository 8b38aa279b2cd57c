/**
 * Commands that only lay out: thin spaces, sizes, styles, rules, labels and
 * numbers of equations. They leave nothing in the tree, but for `\quad` and
 * `\qquad`, which separate a formula from the words beside it, and blanks as
 * wide as they are.
 */
import { named, readers, type CommandTable } from "../command";
import type { Parser } from "../parser";
import { rawArgument, skipOptional, takeStar } from "../raw";
import type { Token } from "../tokens";
import type { Node } from "../types";

const ignored = `
  , : ; ! > / space thinspace medspace thickspace negthinspace negmedspace negthickspace enspace enskip nobreakspace
  vfill dotfill hrulefill allowbreak nobreak break goodbreak
  notag nonumber displaystyle textstyle scriptstyle scriptscriptstyle nonscript
  tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge
  hline hdashline toprule midrule bottomrule centering raggedright raggedleft par noindent indent smallskip medskip bigskip
  begingroup endgroup bgroup egroup protect leavevmode qedhere mathsurround frenchspacing noexpand expandafter
  shoveleft shoveright`;

/** A length without braces after it: `\kern 3pt`, `\hskip -1em plus 1fil`. */
function skipLength(parser: Parser): null {
  const { stream } = parser;
  const first = stream.peek();
  if (first.kind === "open") return skipOne(parser);
  if (first.kind === "mark" && (first.text === "-" || first.text === "+")) stream.next();
  let digits = 0;
  for (let token = stream.peek(); token.kind === "digit" || (token.kind === "mark" && token.text === "."); token = stream.peek()) {
    stream.next();
    digits++;
  }
  for (let letters = 0; digits > 0 && letters < 2 && stream.peek().kind === "letter"; letters++) stream.next();
  return null;
}

/** How many of each unit go into a `\quad`. */
const quads: Readonly<Record<string, number>> = { em: 1, ex: 2.3, pt: 10, mm: 3.5, cm: 0.35, in: 0.14, mu: 18, px: 13, pc: 0.83 };

/** `\hspace{0.5in}` separates as a `\quad` does, `\hspace{2pt}` no more than a thin space. */
function readBlank(parser: Parser, token: Token): Node | null {
  takeStar(parser);
  const [, length, unit] = /^\s*(\d*\.?\d+)\s*([a-z]{2})/.exec(rawArgument(parser)) ?? [];
  const isWide = length !== undefined && unit !== undefined && Number(length) >= (quads[unit] ?? Infinity);
  return isWide ? { kind: "space", name: "quad", start: token.start, end: parser.stream.end } : null;
}

function skipOne(parser: Parser): null {
  takeStar(parser);
  skipOptional(parser);
  rawArgument(parser);
  return null;
}

/** `\displaybreak[1]` */
function skipOption(parser: Parser): null {
  skipOptional(parser);
  return null;
}

function skipTwo(parser: Parser): null {
  skipOne(parser);
  rawArgument(parser);
  return null;
}

/** `\sideset{_1^2}{_3^4}\prod`: marks at the corners of what follows. */
function skipSideset(parser: Parser, token: Token): null {
  parser.argument(token);
  parser.argument(token);
  return null;
}

/** `\mathchoice{display}{text}{script}{scriptscript}`: four versions of the same. */
function readChoice(parser: Parser, token: Token): Node {
  const body = parser.argument(token);
  for (let count = 0; count < 3; count++) rawArgument(parser);
  return { kind: "group", body, start: token.start, end: parser.stream.end };
}

/** `\(`, `\[` and their partners where mathematics is already open. */
function rejectDelimiter(parser: Parser, token: Token): null {
  parser.problem("error", `'\\${token.text}' inside of a formula`, token.start, token.end);
  return null;
}

/** `\pmod{n}` is the words "mod n" in parentheses. */
function readPmod(parser: Parser, token: Token): Node {
  const modulus = parser.argument(token);
  const place = { start: token.start, end: parser.stream.end };
  const name: Node = { kind: "name", name: "mod", font: "", start: token.start, end: token.end };
  return { kind: "fenced", open: "(", close: ")", body: [name, ...modulus], sized: false, ...place };
}

export const layout: CommandTable = {
  ...named(ignored, () => ({ kind: "skip" })),
  ...Object.fromEntries([" ", "\n", "\t", "\r", "\u00a0"].map((blank) => [blank, { kind: "skip" }])),
  ...named("quad qquad hfill hfil hss", (name) => ({ kind: "space", name: /^h/.test(name) ? "qquad" : name })),
  ...readers("kern mkern hskip mskip raise lower moveleft moveright", skipLength),
  ...readers("hspace mspace", readBlank),
  ...readers("vspace label tag newtag cline cmidrule require index noalign footnotemark footnote footnotetext usepackage tmspace vskip stepcounter refstepcounter", skipOne),
  ...readers("linebreak nolinebreak displaybreak pagebreak nopagebreak allowdisplaybreaks MoveEqLeft", skipOption),
  ...readers("setcounter addtocounter setlength addtolength rule", skipTwo),
  ...readers("sideset", skipSideset),
  ...readers("mathchoice", readChoice),
  ...named("mod pod", (name) => ({ kind: "name", name })),
  ...readers("pmod", readPmod),
  ...readers("( [ ]", rejectDelimiter),
  ...named(")", () => ({ kind: "mathEnd" })),
};
