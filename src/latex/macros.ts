/**
 * Macros: what a definition is made into once, and how a call is replaced by
 * tokens. What the body brings has the place of the whole call, what an
 * argument brings keeps its own. Expansion is paid for token by token out of a
 * fixed purse, so that no definition can make a formula long. A definition that
 * empties it costs its own calls, which are read again as unknown commands.
 */
import type { Parser } from "./parser";
import { takeStar } from "./raw";
import { tokenize, type Token } from "./tokens";

/** As documents give it: `#1` … in the body, `optional` the default of the first argument where it may be left out. */
export interface MacroSource {
  readonly parameters: number;
  readonly optional: string | null;
  readonly body: string;
}

export interface Macro {
  readonly parameters: number;
  readonly optional: readonly Token[] | null;
  readonly body: readonly Token[];
  /** Whether a size may stand before the first argument: `\norm[\big]{x}`. */
  readonly sized?: boolean;
}

export type MacroSources = ReadonlyMap<string, MacroSource>;

/** A call costs the tokens that it reads and those that it leaves. */
export const expansionLimit = 20_000;

const compiled = new WeakMap<MacroSource, Macro>();
const withoutBackslashes = new WeakMap<MacroSources, ReadonlyMap<string, MacroSource>>();

export function compileMacro(source: MacroSource): Macro {
  const known = compiled.get(source);
  if (known) return known;
  const macro: Macro = { parameters: source.parameters, optional: source.optional === null ? null : tokensOf(source.optional), body: tokensOf(source.body) };
  compiled.set(source, macro);
  return macro;
}

export function tokensOf(text: string): Token[] {
  const tokens = tokenize(text);
  tokens.pop();
  return tokens;
}

/** The same map by names without their backslash. It is made once for each map given, which must not change afterwards. */
export function macrosByName(sources: MacroSources | undefined): ReadonlyMap<string, MacroSource> | null {
  if (!sources || sources.size === 0) return null;
  let byName = withoutBackslashes.get(sources);
  if (!byName) {
    byName = new Map([...sources].map(([name, macro]) => [name.startsWith("\\") ? name.slice(1) : name, macro]));
    withoutBackslashes.set(sources, byName);
  }
  return byName;
}

/**
 * Reads the arguments of a call that was just taken and puts the expansion in
 * front of the rest, in braces where it must count as one. False where the
 * purse is empty or an argument is not closed: nothing is put in front then.
 */
export function expandCall(parser: Parser, call: Token, macro: Macro, grouped: boolean): boolean {
  const args = readArguments(parser, call, macro);
  if (!args) return false;
  const start = call.start;
  const end = Math.max(call.end, parser.stream.end);
  const out: Token[] = grouped ? [{ kind: "open", text: "{", start, end, spaced: false }] : [];
  for (const token of macro.body) {
    if (token.kind !== "parameter") out.push({ kind: token.kind, text: token.text, start, end, spaced: token.spaced });
    else for (const part of args[Number(token.text) - 1] ?? []) out.push(part);
  }
  if (grouped) out.push({ kind: "close", text: "}", start, end, spaced: false });
  if (!parser.spend(out.length + 1, call)) return false;
  parser.stream.push(out);
  return true;
}

function readArguments(parser: Parser, call: Token, macro: Macro): (readonly Token[])[] | null {
  const args: (readonly Token[])[] = [];
  skipVariant(parser, macro);
  if (macro.optional && macro.parameters > 0) {
    const place = { start: call.start, end: call.end };
    args.push(readBracket(parser) ?? macro.optional.map((token) => ({ ...token, ...place })));
  }
  while (args.length < macro.parameters) {
    const argument = readMacroArgument(parser, call);
    if (!argument) return null;
    args.push(argument);
  }
  return args;
}

/** `\norm*{x}`, `\abs[\Big]{x}`: variants of a macro with arguments that differ in size alone. */
function skipVariant(parser: Parser, macro: Macro): void {
  if (macro.parameters === 0) return;
  if (parser.stream.ahead(1)?.kind === "open") takeStar(parser);
  if (macro.sized) readBracket(parser);
}

/** One token, or what is in the braces; an empty list where there is none, null where its brace is not closed. */
export function readMacroArgument(parser: Parser, call: Token): readonly Token[] | null {
  const { stream } = parser;
  const token = stream.peek();
  if (token.kind === "open") {
    stream.next();
    const inside = stream.balanced();
    if (!inside) parser.problem("error", "'{' is not closed", token.start, token.end);
    return inside && parser.spend(inside.length, call) ? inside : null;
  }
  if (!parser.isTakeable(token)) {
    parser.missing(call);
    return [];
  }
  return [stream.next()];
}

/** The tokens of `[…]`; null where no bracket comes next. */
export function readBracket(parser: Parser): Token[] | null {
  const { stream } = parser;
  const first = stream.peek();
  if (first.kind !== "mark" || first.text !== "[") return null;
  stream.next();
  const inside: Token[] = [];
  for (let depth = 0; ; ) {
    const token = stream.peek();
    if (token.kind === "end" || (token.kind === "close" && depth === 0)) {
      parser.problem("error", "'[' is not closed", first.start, first.end);
      return inside;
    }
    stream.next();
    if (token.kind === "open") depth++;
    else if (token.kind === "close") depth--;
    else if (depth === 0 && token.kind === "mark" && token.text === "]") return inside;
    inside.push(token);
  }
}

/** Tokens that all stand at one place. */
export function placedTokens(text: string, start: number, end: number): Token[] {
  return tokensOf(text).map((token) => ({ kind: token.kind, text: token.text, start, end, spaced: token.spaced }));
}
