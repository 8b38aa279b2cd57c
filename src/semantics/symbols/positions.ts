/**
 * Letters that number symbols from above: `l`, `l-1`, `L`, `2` in `z^{(l)}`,
 * `a^{(l-1)}`, `\delta^L`. A general statement about the layer l is one about
 * any other once its letter is put in place of l.
 */
import type { Expr, Subscript, SymbolExpr, Tag } from "../expression";
import { baseKey, weight } from "./key";

/** A letter and what is added to it; the letter is empty for a number. */
export interface Position {
  readonly letter: string;
  readonly shift: number;
}

export function positionOf(expr: Expr | null): Position | null {
  if (expr?.kind === "number") return expr.denominator === 1 ? { letter: "", shift: expr.numerator } : null;
  if (expr?.kind === "symbol") return isBare(expr) ? { letter: expr.name, shift: 0 } : null;
  if (expr?.kind !== "sum" || expr.terms.length !== 2) return null;
  const [head, tail] = expr.terms;
  const letter = head?.sign === 1 ? positionOf(head.expr) : null;
  return letter?.letter && tail?.expr.kind === "number" && tail.expr.denominator === 1 ? { letter: letter.letter, shift: tail.sign * tail.expr.numerator } : null;
}

/** Where a symbol stands among those that only their number tells apart; null for one without a number above it. */
export function numbered(symbol: SymbolExpr): { readonly stem: string; readonly position: Position } | null {
  const [tag] = symbol.tags;
  const position = tag && symbol.tags.length === 1 ? positionOf(tag.expr) : null;
  return tag && position ? { stem: `${weight(symbol.font)} ${baseKey(symbol)}^${bracketsOf(tag).join("")}${"'".repeat(symbol.primes)}`, position } : null;
}

/** A numbered symbol with another number added to the same letter. */
export function moved(symbol: SymbolExpr, shift: number): SymbolExpr {
  const own = numbered(symbol)?.position;
  const [label] = symbol.tags;
  if (!own || !label?.expr) return symbol;
  const at = { letter: own.letter, shift };
  const [open, close] = bracketsOf(label);
  return { ...symbol, tags: [{ ...label, text: open + spell(at) + close, expr: exprOf(at, label.expr) }] };
}

/** The neighbours of a symbol above and below it (`a^{(l+1)}` and `a^{(l-1)}` of `a^{(l)}`), with what is written for the label. */
export function neighbours(symbol: SymbolExpr): { readonly symbol: SymbolExpr; readonly label: Tag; readonly text: string }[] {
  const [label] = symbol.tags;
  const own = numbered(symbol)?.position;
  if (!own || !label) return [];
  const [open, close] = bracketsOf(label).map((bracket) => bracket.replace(/[lr]angle/, "\\$&"));
  const letter = own.letter.length > 1 ? `\\${own.letter} ` : own.letter;
  return [own.shift + 1, own.shift - 1].filter((shift) => own.letter || shift >= 0).map((shift) => ({ symbol: moved(symbol, shift), label, text: open + spell({ letter, shift }) + close }));
}

/** The members of a family one step before and after, with what is written below them. */
export function stepsBeside(symbol: SymbolExpr): { readonly symbol: SymbolExpr; readonly subscript: Subscript; readonly text: string }[] {
  const [subscript, ...more] = symbol.subscripts;
  if (!subscript || more.length) return [];
  return besideBound(subscript.expr).map(({ expr, text }) => ({ symbol: { ...symbol, subscripts: [{ ...subscript, expr, text }] }, subscript, text }));
}

/** One less and one more than a letter, or a letter and a number. */
export function besideBound(bound: Expr): { readonly expr: Expr; readonly text: string }[] {
  const at = positionOf(bound);
  if (!at?.letter) return [];
  return [at.shift - 1, at.shift + 1].filter((shift) => Math.abs(shift) < 2).map((shift) => ({ expr: exprOf({ letter: at.letter, shift }, bound), text: spell({ letter: at.letter, shift }) }));
}

/** Whether a bound is written as what it is: that of `k < i` is k+1. */
export function isWritten(bound: Expr, text: string): boolean {
  const at = positionOf(bound);
  return at !== null && spell(at) === text.replace(/\s/g, "");
}

/** Puts a position in the place of a letter, everywhere above and below symbols. */
export function relettered<T>(value: T, letter: string, at: Position): T {
  const moved = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(moved);
    if (typeof one !== "object" || one === null) return one;
    if (isSymbol(one)) return { ...one, subscripts: one.subscripts.map(script), tags: one.tags.map(script) };
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, moved(inner)]));
  };
  const script = <S extends Tag | SymbolExpr["subscripts"][number]>(one: S): S => {
    const old = positionOf(one.expr);
    if (old?.letter !== letter || !one.expr) return one;
    const next = { letter: at.letter, shift: at.shift + old.shift };
    const [open, close] = bracketsOf(one);
    return { ...one, text: open + spell(next) + close, expr: exprOf(next, one.expr) };
  };
  return moved(value) as T;
}

/** The same in the name of a size: `n_{l-1}` for l+1 is `n_{l}`. */
export function reletteredSize(key: string, letter: string, at: Position): string {
  return key.replace(/([_^][{([]*)([A-Za-z]+)([-+]\d+)?(?=[\]})])/g, (all: string, open: string, name: string, shift?: string) => (name === letter ? open + spell({ letter: at.letter, shift: at.shift + Number(shift ?? 0) }) : all));
}

export function spell({ letter, shift }: Position): string {
  return letter ? letter + (shift > 0 ? `+${shift}` : shift || "") : String(shift);
}

function exprOf({ letter, shift }: Position, { start, end }: Expr): Expr {
  const number = (value: number): Expr => ({ kind: "number", numerator: value, denominator: 1, start, end });
  const name: Expr = { kind: "symbol", name: letter, font: "", accents: [], subscripts: [], tags: [], primes: 0, start, end };
  if (!letter) return number(shift);
  if (!shift) return name;
  return { kind: "sum", terms: [{ sign: 1, expr: name }, { sign: shift > 0 ? 1 : -1, expr: number(Math.abs(shift)) }], start, end };
}

/** The brackets around a label. */
function bracketsOf({ text }: { readonly text: string }): readonly [string, string] {
  return [/^(?:[([{<⟨]|langle)?/.exec(text)?.[0] ?? "", /(?:[)\]}>⟩]|rangle)?$/.exec(text)?.[0] ?? ""];
}

function isBare(symbol: SymbolExpr): boolean {
  return !symbol.subscripts.length && !symbol.tags.length && !symbol.accents.length && !symbol.primes;
}

function isSymbol(value: object): value is SymbolExpr {
  return "kind" in value && value.kind === "symbol";
}
