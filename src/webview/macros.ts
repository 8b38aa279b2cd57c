/** The macros of a document as KaTeX takes them, which by itself knows none with an argument that may be left out. */
import type { MacroInfo } from "../base/statement";

/** What of KaTeX's expander is needed here. */
interface Expander {
  readonly consumeSpaces: () => void;
  readonly future: () => Token;
  readonly popToken: () => Token;
  /** The tokens of the next argument, or up to a delimiter; the last one first. */
  readonly consumeArg: (until?: readonly string[]) => { readonly tokens: readonly Token[] };
}

interface Token {
  readonly text: string;
}

export type KatexMacros = Record<string, string | ((expander: object) => string)>;

export function katexMacros(macros: readonly MacroInfo[]): KatexMacros {
  return Object.fromEntries(macros.map((macro) => [macro.name, macro.parameters === 0 ? macro.body : (expander: object) => expansion(macro, expander as Expander)]));
}

function expansion({ parameters, optional, body }: MacroInfo, expander: Expander): string {
  const given = Array.from({ length: parameters }, (_, index) => (index === 0 && optional !== null ? bracketed(expander) ?? optional : textOf(expander.consumeArg().tokens)));
  return body.replace(/(\\[A-Za-z]+)?#([1-9])/g, (_, command: string | undefined, digit: string) => `${command === undefined ? "" : `${command} `}${given[Number(digit) - 1] ?? ""}`);
}

function bracketed(expander: Expander): string | null {
  expander.consumeSpaces();
  if (expander.future().text !== "[") return null;
  expander.popToken();
  return textOf(expander.consumeArg(["]"]).tokens);
}

/** A command of letters ends before the next letter. */
function textOf(tokens: readonly Token[]): string {
  return tokens.reduceRight((text, { text: next }) => `${text}${/\\[A-Za-z]+$/.test(text) && /^[A-Za-z]/.test(next) ? " " : ""}${next}`, "");
}
