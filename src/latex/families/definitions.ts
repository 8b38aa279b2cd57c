/**
 * Definitions inside of a formula: `\newcommand`, `\def`, `\let`,
 * `\DeclareMathOperator`. They hold for the rest of the formula and leave
 * nothing in the tree.
 */
import { named, readers, type CommandTable } from "../command";
import { readBracket, tokensOf, type Macro } from "../macros";
import type { Parser } from "../parser";
import { takeStar } from "../raw";
import type { Token } from "../tokens";

/** `\newcommand{\x}[2][default]{body}`; `\providecommand` leaves a command alone that exists. */
function readNewCommand(parser: Parser, token: Token): null {
  takeStar(parser);
  const name = readDefinedName(parser);
  const count = readBracket(parser);
  const optional = count ? readBracket(parser) : null;
  const body = readBody(parser);
  if (!name || !body) return reject(parser, token);
  if (token.text === "providecommand" && parser.isDefined(name)) return null;
  const parameters = Math.min(9, Number(count?.map((part) => part.text).join("") ?? 0) || 0);
  return define(parser, name, { parameters, optional, body });
}

/** `\def\x#1#2{body}`; arguments that end at other signs than braces are not read. */
function readDef(parser: Parser, token: Token): null {
  const name = readDefinedName(parser);
  let parameters = 0;
  let delimited = false;
  for (let next = parser.stream.peek(); next.kind !== "open" && next.kind !== "end"; next = parser.stream.peek()) {
    parser.stream.next();
    if (next.kind === "parameter") parameters++;
    else delimited = true;
  }
  const body = readBody(parser);
  if (!name || !body || delimited) return reject(parser, token);
  return define(parser, name, { parameters, optional: null, body });
}

/** `\let\a=\b` */
function readLet(parser: Parser, token: Token): null {
  const name = readDefinedName(parser);
  const sign = parser.stream.peek();
  if (sign.kind === "mark" && sign.text === "=") parser.stream.next();
  const meaning = parser.stream.peek();
  if (!name || meaning.kind === "end" || meaning.kind === "close") return reject(parser, token);
  parser.stream.next();
  // `\let\x\x` would expand for ever and changes nothing.
  if (meaning.kind === "command" && meaning.text === name) return null;
  return define(parser, name, { parameters: 0, optional: null, body: [meaning] });
}

/** `\DeclareMathOperator*{\argmin}{arg\,min}` */
function readOperatorDefinition(parser: Parser, token: Token): null {
  takeStar(parser);
  const name = readDefinedName(parser);
  const body = readBody(parser);
  if (!name || !body) return reject(parser, token);
  return define(parser, name, { parameters: 0, optional: null, body: [...tokensOf("\\operatorname{"), ...body, ...tokensOf("}")] });
}

/** `\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}` */
function readPairedDelimiter(parser: Parser, token: Token): null {
  const name = readDefinedName(parser);
  const open = readBody(parser);
  const close = readBody(parser);
  if (!name || !open || !close) return reject(parser, token);
  const body = [...tokensOf("\\left"), ...open, ...tokensOf("#1\\right"), ...close];
  return define(parser, name, { parameters: 1, optional: null, body, sized: true });
}

/** `\NewDocumentCommand{\x}{O{a} m}{body}`, `\newcommandx…`: read with the document's own definitions; nothing of it is shown. */
function skipDefinition(parser: Parser, token: Token): null {
  takeStar(parser);
  const name = readDefinedName(parser);
  while (readBracket(parser));
  const body = readBody(parser);
  if (token.text.endsWith("DocumentCommand") && body) readBody(parser);
  return name && body ? null : reject(parser, token);
}

function define(parser: Parser, name: string, macro: Macro): null {
  parser.define(name, macro);
  return null;
}

function reject(parser: Parser, token: Token): null {
  parser.problem("error", `'\\${token.text}' is not followed by a definition that can be read`, token.start, parser.stream.end);
  return null;
}

/** `{\x}` or `\x`, without its backslash. */
function readDefinedName(parser: Parser): string | null {
  const { stream } = parser;
  const first = stream.peek();
  if (first.kind === "command") return stream.next().text;
  if (first.kind !== "open" || stream.ahead(1)?.kind !== "command" || stream.ahead(2)?.kind !== "close") return null;
  stream.next();
  const name = stream.next().text;
  stream.next();
  return name;
}

function readBody(parser: Parser): Token[] | null {
  const first = parser.stream.peek();
  if (first.kind !== "open") return first.kind === "command" ? [parser.stream.next()] : null;
  parser.stream.next();
  return parser.stream.balanced();
}

export const definitions: CommandTable = {
  ...readers("newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd", readNewCommand),
  ...readers("newcommandx renewcommandx providecommandx NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand", skipDefinition),
  ...readers("def gdef edef xdef", readDef),
  ...readers("let", readLet),
  ...readers("DeclareMathOperator", readOperatorDefinition),
  ...readers("DeclarePairedDelimiter", readPairedDelimiter),
  ...named("global long", () => ({ kind: "skip" })),
};
