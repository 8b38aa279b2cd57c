/**
 * The physics package and its like, where they are more than abbreviations:
 * derivatives with optional orders, differentials, products with a sign.
 */
import { named, readers, words, type Command, type CommandTable } from "../command";
import { placedTokens, readBracket, readMacroArgument } from "../macros";
import type { Parser } from "../parser";
import { rawArgument, takeStar } from "../raw";
import type { Token } from "../tokens";
import type { Node } from "../types";

/** `\pdv{f}{x}`, `\pdv[2]{f}{x}`, `\pdv{f}{x}{y}`, and `\pdv{x}` for the operator alone. */
function readDerivative(sign: string) {
  return (parser: Parser, token: Token): null => {
    takeStar(parser);
    const order = readBracket(parser);
    const args: (readonly Token[])[] = [];
    while (args.length < 3 && (args.length === 0 || parser.stream.peek().kind === "open")) {
      const argument = readMacroArgument(parser, token);
      if (!argument) return null;
      args.push(argument);
    }
    const { start } = token;
    const { end } = parser.stream;
    const piece = (text: string): Token[] => placedTokens(text, start, end);
    const power = order ? [...piece("^{"), ...order, ...piece("}")] : [];
    const above = args.length > 1 ? (args[0] ?? []) : [];
    const below = args.length > 1 ? args.slice(1) : args;
    const raised = below.length > 1 ? piece("^2") : power;
    const denominator = below.flatMap((variable) => [...piece(sign), ...variable, ...(below.length > 1 ? [] : power)]);
    const tokens = [...piece("\\frac{"), ...piece(sign), ...raised, ...above, ...piece("}{"), ...denominator, ...piece("}")];
    if (parser.spend(tokens.length, token)) parser.stream.push(tokens);
    return null;
  };
}

/** `\dd{x}`, `\dd x`: the differential of what follows. */
function readDifferential(parser: Parser, token: Token): Node | null {
  const order = readBracket(parser);
  const { start, end } = token;
  if (order && parser.spend(order.length, token)) parser.stream.push([...placedTokens("^{", start, end), ...order, ...placedTokens("}", start, end)]);
  return { kind: "symbol", name: "d", font: "mathrm", start, end };
}

/** `\qty(…)`: the bracket that follows, sized. */
function readQuantity(parser: Parser, token: Token): Node | null {
  if (parser.stream.peek().kind !== "open") return null;
  const body = parser.argument(token);
  return { kind: "fenced", open: "{", close: "}", body, sized: true, start: token.start, end: parser.stream.end };
}

/** `\qq{otherwise}`: words with room around them. */
function readSpacedWords(parser: Parser, token: Token): Node {
  takeStar(parser);
  const text = rawArgument(parser);
  return { kind: "text", text, pieces: [{ text }], start: token.start, end: parser.stream.end };
}

/** `\qif`, `\qotherwise`: the word is in the name. */
function wordCommand(word: string): Command {
  return { kind: "read", read: (_parser, { start, end }) => ({ kind: "text", text: word, pieces: [{ text: word }], start, end }) };
}

const quickWords = words("if then else otherwise unless given using assume since let for all even odd integer and or as in");

export const physics: CommandTable = {
  ...readers("pdv pd pderivative partialderivative pdiff pder", readDerivative("\\partial ")),
  ...readers("dv od odv derivative deriv totalderivative", readDerivative("\\mathrm{d}")),
  ...readers("fdv fderivative functionalderivative", readDerivative("\\delta ")),
  ...readers("dd differential diffd", readDifferential),
  ...readers("qty quantity", readQuantity),
  ...readers("qq qqtext", readSpacedWords),
  ...Object.fromEntries(quickWords.map((word): [string, Command] => [`q${word}`, wordCommand(word)])),
  ...named("vdot dotproduct", () => ({ kind: "operator", name: "cdot", class: "binary" })),
  ...named("cross crossproduct cp", () => ({ kind: "operator", name: "times", class: "binary" })),
};
