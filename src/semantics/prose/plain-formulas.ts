/** Formulas in plain text and in code, `s = exp(b0) + exp(b1)`: what a letter is made of there is not read, but it is said. */
import type { ProseToken } from "./types";

/** A letter, and something on the right that is computed. */
const formula = /(?<![\w\\^])([A-Za-z])\s*:?=\s*[-−]?(?:\d+(?:\.\d+)?\s*[*·/]?\s*)?\w+(?:\(|\s?[-+*/^·−]\s?\w|<su[bp]>)/g;

export function lettersOfPlainFormulas(tokens: readonly ProseToken[]): string[] {
  return tokens.flatMap((token) => (token.kind === "math" ? [] : [...token.text.matchAll(formula)].map(([, letter]) => letter as string)));
}
