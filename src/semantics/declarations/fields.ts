/**
 * "The Jacobian is $J = \begin{pmatrix} … \end{pmatrix}$", where the functions
 * stand before it: the rates of several numbers (`\dot x = …, \dot y = …`),
 * several functions of the same arguments, or one with several values. The
 * letter is their Jacobian, and what is displayed a claim about it; where the
 * section gives it once more, that is its value somewhere.
 */
import { offsetAt } from "../../base/span";
import { movedTo } from "../continued";
import type { Formula } from "../../document/types";
import { type Derivative, derivativesIn, displayOf, type Expr, type SymbolExpr, symbolsIn, wordOf } from "../expression";
import type { Located } from "../model";
import { fullKey } from "../symbols/key";
import type { Draft } from "./draft";

const jacobian = /jacobi|雅可比|якоби|ヤコビ|야코비/iu;

/** "The Jacobian matrix of the system is" */
const plainly = /jacobian( matrix)?( of (the|this) (system|map|field|function))? (is|reads|is given by|becomes)[\s:$\\[]*$/i;

/** So many values of so many numbers. */
interface Field {
  readonly values: readonly Expr[];
  readonly letters: readonly SymbolExpr[];
  /** The last assertion that belongs to it. */
  readonly last: Located;
}

export function withFields(draft: Draft): Located[] {
  return draft.located.map((located) => {
    const derivative = jacobianIn(draft, located);
    if (!derivative) return located;
    draft.defining.delete(located.id);
    return { ...located, assertion: { ...located.assertion, sides: [derivative, ...located.assertion.sides.slice(1)] } };
  });
}

/** The Jacobian that the letter before a matrix stands for. */
function jacobianIn(draft: Draft, located: Located): Derivative | null {
  const [left, right] = located.assertion.sides;
  const symbol = left?.kind === "apply" && !left.primes ? left.fn : left;
  if (symbol?.kind !== "symbol" || symbol.name !== "J" || symbol.subscripts.length || symbol.tags.length || !left || located.role === "question" || located.assertion.links[0]?.operator !== "=") return null;
  const rows = right ? displayOf(right)?.rows : undefined;
  const field = rows?.length && !derivativesIn(right as Expr).length ? fieldBefore(draft, located) : null;
  const isOfIt = left.kind !== "apply" || (left.args.length === field?.letters.length && left.args.every((arg, i) => arg.kind === "symbol" && fullKey(arg) === fullKey(field.letters[i] as SymbolExpr)));
  if (!field || !isOfIt || rows?.length !== field.values.length || rows.some(({ length }) => length !== field.letters.length) || !speaksOfIt(draft, field, located)) return null;
  const place = { start: left.start, end: left.end };
  const items = field.values.map((value) => movedTo(value, place) as Expr);
  const wrt: Expr = { kind: "tuple", items: field.letters.map((letter) => ({ ...letter, ...place })), ...place };
  return { kind: "derivative", notation: "jacobian", of: { kind: "tuple", items, ...place }, wrt: [wrt], order: 1, total: false, missingPartial: false, ...place };
}

/** Whether the words between the functions and the matrix call it the Jacobian, and it is not taken at some point, where letters are gone. */
function speaksOfIt({ document, located }: Draft, { last, letters }: Field, one: Located): boolean {
  const source = document.formulas[last.formula]?.source;
  const words = source ? document.text.slice(offsetAt(source, last.assertion.end), offsetAt((document.formulas[one.formula] as Formula).source, 0)) : "";
  const isAgain = located.slice(last.id + 1, one.id).some(({ assertion: { sides } }) => symbolsIn(sides[0] as Expr, false).some(({ name }) => name === "J"));
  const present = new Set(symbolsIn(one.assertion.sides[1] as Expr, false).map(fullKey));
  return !isAgain && jacobian.test(words) && (letters.every((letter) => present.has(fullKey(letter))) || (plainly.test(words) && letters.some((letter) => present.has(fullKey(letter)))));
}

/** The functions that stand nearest before an assertion of the section. */
function fieldBefore({ located }: Draft, { id, section }: Located): Field | null {
  const before = located.filter((one) => one.section === section && one.id < id);
  for (let at = before.length - 1; at >= 0; at--) {
    const last = before[at] as Located;
    const found = ratesUntil(before.slice(0, at + 1)) ?? functionsUntil(before.slice(0, at + 1)) ?? functionOfMany(last);
    if (found) return { ...found, last };
  }
  return null;
}

/** `\dot x = …`, `\frac{dy}{dt} = …`, one after the other. */
function ratesUntil(before: readonly Located[]): Omit<Field, "last"> | null {
  const rates = run(before, (one) => {
    const letter = movingLetter(one.assertion.sides[0]);
    return letter ? { key: fullKey(letter), letter } : null;
  });
  return rates.length > 1 ? { values: rates.map(({ value }) => value), letters: rates.map(({ letter }) => letter) } : null;
}

function movingLetter(expr: Expr | undefined): SymbolExpr | null {
  if (expr?.kind === "symbol" && expr.accents[0] === "dot" && !expr.primes) return { ...expr, accents: expr.accents.slice(1) };
  const [wrt, ...more] = expr?.kind === "derivative" && expr.total && expr.order === 1 ? expr.wrt : [];
  return expr?.kind === "derivative" && expr.of.kind === "symbol" && wrt?.kind === "symbol" && wrt.name === "t" && !more.length ? expr.of : null;
}

/** `f(x, y) = …`, `g(x, y) = …`, one after the other. */
function functionsUntil(before: readonly Located[]): Omit<Field, "last"> | null {
  const functions = run(before, ({ assertion: { sides } }) => {
    const applied = argumentsOf(sides[0]);
    return applied && sides[1] && !displayOf(sides[1]) ? { key: fullKey(applied.fn), letter: applied.fn, args: applied.args, of: applied.args.map(fullKey).join() } : null;
  });
  const [first] = functions;
  return first && functions.length > 1 && functions.every(({ of }) => of === first.of) ? { values: functions.map(({ value }) => value), letters: first.args } : null;
}

/** `F(x, y) = (…, …)` */
function functionOfMany({ assertion: { sides, links } }: Located): Omit<Field, "last"> | null {
  const applied = argumentsOf(sides[0]);
  const display = sides[1] ? displayOf(sides[1]) : null;
  const cells = display?.rows.length === 1 ? display.rows[0] : display?.rows.every(({ length }) => length === 1) ? display.rows.flat() : undefined;
  const values = cells?.flatMap(({ expr }) => expr ?? []) ?? [];
  return applied && cells && sides.length === 2 && links[0]?.operator === "=" && values.length === cells.length && values.length > 1 ? { values, letters: applied.args } : null;
}

/** Several letters in brackets behind a function. */
function argumentsOf(expr: Expr | undefined): { readonly fn: SymbolExpr; readonly args: readonly SymbolExpr[] } | null {
  if (expr?.kind !== "apply" || expr.primes || wordOf(expr.fn.name) || expr.args.length < 2) return null;
  const args = expr.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol");
  return args.length === expr.args.length ? { fn: expr.fn, args } : null;
}

/** The last of some assertions that are all of a kind and of other letters, with what each is equal to, in their order. */
function run<T extends { readonly key: string }>(before: readonly Located[], read: (one: Located) => T | null): (T & { readonly value: Expr })[] {
  const found: (T & { readonly value: Expr })[] = [];
  for (let at = before.length - 1; at >= 0; at--) {
    const one = before[at] as Located;
    const own = read(one);
    const value = one.assertion.sides[one.assertion.sides.length - 1];
    if (!own || !value || value.kind === "opaque" || one.assertion.sides.length < 2 || !one.assertion.links.every(({ operator }) => operator === "=" || operator === ":=") || found.some(({ key }) => key === own.key)) break;
    found.unshift({ ...own, value });
  }
  return found;
}
