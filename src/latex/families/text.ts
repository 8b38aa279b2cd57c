/**
 * Text inside mathematics: `\text{where $x$ is}` keeps its blanks and its
 * formulas; one word, `\text{softmax}`, is a name, one letter a symbol.
 */
import { readers, type Command, type CommandTable } from "../command";
import { plainText } from "../inspect";
import type { Parser } from "../parser";
import { rawArgument, skipOptional } from "../raw";
import type { Token } from "../tokens";
import type { Node, Row, TextPiece } from "../types";
import { isFunctionWord, isProse } from "./words";

export interface Prose {
  readonly text: string;
  readonly pieces: readonly TextPiece[];
}

/** The argument of a text command. */
export function readProse(parser: Parser, token: Token): Prose {
  const pieces: TextPiece[] = [];
  const first = parser.stream.peek();
  if (!parser.isTakeable(first)) {
    parser.missing(token);
    return { text: "", pieces };
  }
  parser.stream.next();
  if (first.kind !== "open") return first.kind === "command" ? oneCommand(parser, first) : { text: first.text, pieces: [{ text: first.text }] };
  // A formula inside must leave the brace that closes the text.
  parser.groups++;
  const prose = readUntilClose(parser, first);
  parser.groups--;
  return prose;
}

function oneCommand(parser: Parser, token: Token): Prose {
  const out = new ProseBuilder();
  readTextCommand(parser, token, out);
  return out.finish();
}

/** What follows an open brace up to its partner. */
function readUntilClose(parser: Parser, open: Token): Prose {
  const out = new ProseBuilder();
  for (let depth = 0; ; ) {
    const token = parser.stream.peek();
    if (token.kind === "end") {
      parser.problem("error", "'{' is not closed", open.start, open.end);
      return out.finish();
    }
    parser.stream.next();
    if (token.spaced) out.blank();
    if (token.kind === "open") depth++;
    else if (token.kind === "close") {
      if (depth-- === 0) return out.finish();
    } else if (token.kind === "dollar") out.formula(parser.enclosed("dollar", token));
    else if (token.kind === "command") readTextCommand(parser, token, out);
    else if (token.text !== "~") out.add(token.text);
    else out.blank();
  }
}

/** Text with formulas, put together piece by piece. */
class ProseBuilder {
  private text = "";
  private readonly pieces: TextPiece[] = [];

  add(text: string): void {
    this.text += text;
  }

  blank(): void {
    if (!this.text.endsWith(" ")) this.text += " ";
  }

  formula(body: Row): void {
    this.flush();
    this.pieces.push({ body });
  }

  finish(): Prose {
    this.flush();
    return { text: this.pieces.map((piece) => ("text" in piece ? piece.text : plainText(piece.body))).join(""), pieces: this.pieces };
  }

  private flush(): void {
    if (this.text) this.pieces.push({ text: this.text });
    this.text = "";
  }
}

const blanks: ReadonlySet<string> = new Set([" ", "\n", "\t", ",", ";", ":", ">", "quad", "qquad", "enspace", "enskip", "thinspace", "space", "\\", "newline", "hfill", "par"]);
const dropped: ReadonlySet<string> = new Set(["!", "/", "-", "relax", "rm", "bf", "it", "tt", "sf", "em", "sl", "sc", "rmfamily", "bfseries", "itshape", "normalfont", "small", "footnotesize", "scriptsize", "tiny", "large", "Large", "normalsize", "displaystyle", "textstyle", "protect", "noindent", "centering", "strut", "nobreakspace"]);
/** Commands that style the group that follows; the group's text goes on as text. */
const styles: ReadonlySet<string> = new Set(["text", "textrm", "textbf", "textit", "textsf", "texttt", "textsc", "textsl", "textmd", "textup", "textnormal", "emph", "underline", "mbox", "hbox", "mathrm", "operatorname", "ensuremath", "uline"]);
const characters: ReadonlyMap<string, string> = new Map([
  ["%", "%"], ["#", "#"], ["&", "&"], ["_", "_"], ["$", "$"], ["{", "{"], ["}", "}"], ["dots", "…"], ["ldots", "…"], ["textellipsis", "…"],
  ["textbackslash", "\\"], ["textasciitilde", "~"], ["textasciicircum", "^"], ["textunderscore", "_"], ["textendash", "–"], ["textemdash", "—"],
  ["LaTeX", "LaTeX"], ["TeX", "TeX"], ["ss", "ß"], ["S", "§"], ["o", "ø"], ["O", "Ø"], ["l", "ł"], ["i", "ı"], ["ae", "æ"], ["oe", "œ"], ["aa", "å"], ["lq", "‘"], ["rq", "’"], ["textquoteright", "’"],
]);
/** Text accents: `\'e`. */
const accents: ReadonlyMap<string, string> = new Map([["'", "\u0301"], ["`", "\u0300"], ["^", "\u0302"], ['"', "\u0308"], ["~", "\u0303"], ["=", "\u0304"], [".", "\u0307"], ["c", "\u0327"], ["v", "\u030c"], ["u", "\u0306"], ["H", "\u030b"], ["r", "\u030a"], ["k", "\u0328"]]);
/** Commands whose argument is a key or a colour, not text. */
const keyed: ReadonlySet<string> = new Set(["label", "color", "hspace", "vspace", "phantom", "textcolor", "footnote", "tag"]);
const references: ReadonlySet<string> = new Set(["ref", "eqref", "cite", "citep", "citet", "cref", "Cref", "autoref"]);

function readTextCommand(parser: Parser, token: Token, out: ProseBuilder): void {
  const { text } = token;
  if (parser.expand(token, false)) return;
  const character = characters.get(text);
  const accent = accents.get(text);
  if (character !== undefined) out.add(character);
  else if (blanks.has(text)) out.blank();
  else if (accent !== undefined) out.add((rawArgument(parser) + accent).normalize("NFC"));
  else if (text === "(") out.formula(parser.enclosed("parenthesis", token));
  else if (keyed.has(text)) rawArgument(parser);
  else if (references.has(text)) out.add(rawArgument(parser));
  else if (!styles.has(text) && !dropped.has(text)) out.formula(mathInText(parser, token));
}

/** `\text{if \alpha}`: LaTeX wants dollars around it. */
function mathInText(parser: Parser, token: Token): Row {
  const node = parser.taken(token);
  if (node && node.kind !== "unknown") parser.problem("warning", `'\\${token.text}' belongs to mathematics, not to text`, token.start, token.end);
  return node ? [node] : [];
}

/** A name, a symbol or a number where the text is one, else text. */
export function operandOf(parser: Parser, prose: Prose, font: string, start: number, end: number): Node {
  const word = prose.text.trim();
  const [only] = prose.pieces;
  if (prose.pieces.length === 1 && only && "text" in only && word) {
    if (word.length === 1 && /^\p{L}$/u.test(word)) return { kind: "symbol", name: word, font, start, end };
    if (/^\d+(\.\d+)?$/.test(word)) return { kind: "number", text: word, start, end };
    if (isName(parser, word, word.length < prose.text.length)) return { kind: "name", name: word, font, start, end };
  }
  return { kind: "text", text: prose.text, pieces: prose.pieces, start, end };
}

/** One word with nothing around it; with blanks around it only where it is a known function, or an argument or a script follows. */
function isName(parser: Parser, word: string, padded: boolean): boolean {
  if (!/^[\p{Script=Latin}\p{Script=Greek}][\p{Script=Latin}\p{Script=Greek}\d_]+(-[\p{L}\d_]{2,})*$/u.test(word)) return false;
  if (parser.scripts > 0) return true;
  if (isProse(word)) return false;
  const next = parser.stream.peek();
  return !padded || isFunctionWord(word) || next.kind === "subscript" || next.kind === "superscript" || (next.kind === "mark" && next.text === "(");
}

function textCommand(font: string): Command {
  return {
    kind: "read",
    read: (parser, token) => {
      const prose = readProse(parser, token);
      return operandOf(parser, prose, font, token.start, parser.stream.end);
    },
  };
}

/** `\eqref{eq:loss}` over an equals sign, `\cite{…}`: a label to read, not mathematics. */
function readReference(parser: Parser, token: Token): Node {
  skipOptional(parser);
  const text = rawArgument(parser);
  return { kind: "text", text, pieces: [{ text }], start: token.start, end: parser.stream.end };
}

export const texts: CommandTable = {
  ...Object.fromEntries(["text", "textrm", "textup", "textnormal", "textmd", "mbox", "hbox", "textsc", "emph", "textsl", "vtop", "vbox"].map((name) => [name, textCommand("mathrm")])),
  textbf: textCommand("mathbf"),
  textit: textCommand("mathit"),
  textsf: textCommand("mathsf"),
  texttt: textCommand("mathtt"),
  ...readers([...references].join(" "), readReference),
};
