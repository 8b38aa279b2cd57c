/**
 * "We write $z$ for $Wx + b$", "$z$ denotes $Wx + b$", "denote $Wx + b$ by
 * $z$", and lists of symbols, "$z$: $Wx + b$, the input": words between two
 * formulas that define the letter of the one by the other.
 */
import type { Piece } from "../document/types";
import { movedTo } from "./continued";
import type { Paragraph } from "./declarations/layout";
import { derivativesIn, type Expr, type SymbolExpr, symbolsIn } from "./expression";
import type { Located } from "./model";
import { languages } from "./prose/languages";
import type { Language } from "./prose/languages/language";
import { baseKey, fullKey, weight } from "./symbols/key";

type Naming = keyof NonNullable<Language["naming"]>;

/** The words of all languages for one part of a sentence that names. */
function wordsFor(part: Naming): string {
  return languages.flatMap(({ naming }) => naming?.[part] ?? []).join("|");
}

/** Between a letter and what it is short for; between that and its letter. */
const denotes = new RegExp(`^(?:${wordsFor("denotes")}|:=)$`, "iu");
const namedBy = new RegExp(`^(?:${wordsFor("by")})$`, "iu");
/** Before the first of both. */
const denoting = new RegExp(`(?:^|\\P{L})(?:${wordsFor("denoting")})$`, "iu");
const plainly = new RegExp(`^(?:${wordsFor("is")})$`, "iu");
const introducing = new RegExp(`(?:^|[.,;]\\s?)(?:${wordsFor("where")})$`, "iu");
const writing = new RegExp(`(?:^|\\P{L})(?:${wordsFor("writing")})$`, "iu");
/** What a lone は, を or 表示 goes on with. */
const goesOn: Readonly<Record<string, RegExp>> = { は: /^で(表|定義)/u, を: /^(と|で)(おく|置く|書く|表す|記す|する|おき|書き|表し|表す)/u };

export function withNamesInWords(located: readonly Located[], paragraphs: readonly Paragraph[]): Located[] {
  const named = paragraphs.flatMap(namedIn);
  if (!named.length) return [...located];
  const known = new Set(located.flatMap(({ assertion: { sides: [left], links } }) => (left?.kind === "symbol" && links.length ? [fullKey(left)] : [])));
  const alone = (formula: number): Located | null => {
    const [one, ...more] = located.filter((other) => other.formula === formula);
    return one && !more.length && one.assertion.sides.length === 1 && !one.assertion.notes.length ? one : null;
  };
  const written = new Map<number, Located>();
  for (const { letter, value } of named) {
    const [symbol, made] = [alone(letter)?.assertion.sides[0], alone(value)];
    const expr = made?.assertion.sides[0];
    if (!made || !expr || symbol?.kind !== "symbol" || known.has(fullKey(symbol)) || !isFormula(expr, symbol)) continue;
    const place = { start: expr.start, end: expr.start };
    written.set(made.id, { ...made, role: "definition", assertion: { ...made.assertion, sides: [movedTo(symbol, place) as SymbolExpr, expr], links: [{ operator: "=", ...place }] } });
  }
  return located.map((one) => written.get(one.id) ?? one);
}

/** The formulas that words bring together in a paragraph. */
function namedIn({ pieces, isItem }: Paragraph): { letter: number; value: number }[] {
  return pieces.flatMap((first, at) => {
    const [between, second] = [pieces[at + 1], pieces[at + 2]];
    if (first.kind !== "formula" || between?.kind !== "text" || second?.kind !== "formula") return [];
    const [before, words, behind] = [wordsOf(pieces[at - 1]), wordsOf(between), wordsOf(pieces[at + 3])];
    // `$\epsilon$-close`, `$2k$th`
    if (/^[\p{L}\d-]/u.test(textOf(pieces[at + 3])) && !/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}/u.test(behind.slice(0, 1))) return [];
    if (goesOn[words] && !goesOn[words].test(behind)) return [];
    if (namedBy.test(words)) return denoting.test(before) || (goesOn[words] && !before) ? [{ letter: second.formula, value: first.formula }] : [];
    const isNamed = denotes.test(words) || (words === "for" && writing.test(before)) || (words === ":" && isItem && !before) || (plainly.test(words) && ((isItem && !before) || introducing.test(before)));
    return isNamed ? [{ letter: first.formula, value: second.formula }] : [];
  });
}

function textOf(piece: Piece | undefined): string {
  return piece?.kind === "text" ? piece.source.text : "";
}

function wordsOf(piece: Piece | undefined): string {
  return textOf(piece).replace(/\s+/g, " ").replace(/[*_]+/g, "").trim();
}

/** What is made of something: no size, set or shape, and not of the letter itself. */
function isFormula(expr: Expr, letter: SymbolExpr): boolean {
  if (["symbol", "number", "opaque", "tuple", "dots"].includes(expr.kind) || derivativesIn(expr).length) return false;
  // `$k$ is $O(n^2)$`
  if (expr.kind === "apply" && /^[Oo]$/.test(expr.fn.name)) return false;
  if (expr.kind === "product" && expr.operators.some((operator) => operator === "\\times")) return false;
  return symbolsIn(expr).every((symbol) => symbol.font !== "mathbb" && !(baseKey(symbol) === baseKey(letter) && weight(symbol.font) === weight(letter.font)));
}
