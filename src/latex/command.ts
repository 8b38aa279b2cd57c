/**
 * What a command or a character means to the parser: most are data (a symbol, an
 * operator, something to skip), the rest are read by a function of their family.
 */
import type { Parser } from "./parser";
import type { Token } from "./tokens";
import type { Node } from "./types";

export type OperatorClass = "binary" | "relation" | "arrow" | "punctuation";

/** "either" for delimiters that look the same on both sides, such as `|`. */
export type Side = "open" | "close" | "either";

/** `family` is what two delimiters must share to be partners. */
export interface Delimiter {
  readonly name: string;
  readonly family: string;
  readonly side: Side;
}

/** Reads what belongs to a command that was just taken; null where it leaves nothing in the tree. */
export type CommandReader = (parser: Parser, token: Token) => Node | null;

export type Command =
  | { readonly kind: "symbol"; readonly name: string; readonly font?: string }
  | { readonly kind: "operator"; readonly name: string; readonly class: OperatorClass }
  | { readonly kind: "big" | "name" | "space"; readonly name: string }
  | { readonly kind: "delimiter"; readonly delimiter: Delimiter }
  /** `\big` and its kin, whose delimiter follows; `side` null where the delimiter itself decides. */
  | { readonly kind: "sized"; readonly side: Side | "middle" | null }
  | { readonly kind: "read"; readonly read: CommandReader }
  /** An old-style switch, `\bf`, in force to the end of its group. */
  | { readonly kind: "font"; readonly font: string }
  /** `\over` and its kin: what stands before it in the row is above. */
  | { readonly kind: "infix"; readonly line: boolean }
  /** A character that is a script by itself: `²`, `ᵀ`, `₁`. */
  | { readonly kind: "script"; readonly sup: boolean; readonly character: string }
  /** A combining accent over the character before it. */
  | { readonly kind: "combining"; readonly accent: string }
  /** Leaves nothing (`skip`), ends a row of an alignment (`break`), or closes something. */
  | { readonly kind: "skip" | "break" | "end" | "right" | "middle" | "mathEnd" }
  | { readonly kind: "unknown" };

export type CommandTable = Readonly<Record<string, Command>>;

/** One entry for each of the names, which are separated by blanks. */
export function named(names: string, entry: (name: string) => Command): CommandTable {
  return Object.fromEntries(words(names).map((name) => [name, entry(name)]));
}

export function symbols(names: string): CommandTable {
  return named(names, (name) => ({ kind: "symbol", name }));
}

export function operators(className: OperatorClass, names: string): CommandTable {
  return named(names, (name) => ({ kind: "operator", name, class: className }));
}

export function readers(names: string, read: CommandReader): CommandTable {
  return named(names, () => ({ kind: "read", read }));
}

export function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
