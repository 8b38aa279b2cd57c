/**
 * `f_x(x, y)`, `f_{xy}(1, 0)` of an f(x, y) with a formula: with the letters of
 * arguments below it and as many arguments, it is a derivative of f. So is
 * `f_x = 2xy` without arguments, in what is made of nothing but f and what f is
 * made of, and with as many primes `f'_x` and `z''_{xy}`, also of a value z;
 * without primes where the text speaks of derivatives and the section gives
 * several of them, z_x and z_y.
 */
import { withParts } from "../base/parts";
import { same } from "../base/same";
import { speaksOfDerivatives } from "./bare-primes";
import { isStated } from "./declarations/definitions";
import type { Draft } from "./declarations/draft";
import { childrenOf, type Derivative, type Expr, type SymbolExpr, symbolsIn, wordOf } from "./expression";
import type { Located } from "./model";
import { baseKey, fullKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

/** A function of several letters that a text gives by a formula, or a value that is made of letters. */
interface Known {
  /** What it is a sum of. */
  readonly terms: readonly Expr[];
  readonly name: string;
  readonly isValue: boolean;
  readonly params: readonly SymbolExpr[];
  readonly section: number;
  /** What it is made of, itself among it. */
  readonly letters: ReadonlySet<string>;
}

export function withSlopes(draft: Draft): Located[] {
  const known = new Map<string, Known>();
  const given = slopesGiven(draft);
  const ahead = valuesAhead(draft, given);
  for (const one of draft.located) if (isStated(one)) noteFunctionAhead(ahead, one);
  return draft.located.map((one) => {
    const { sides, links } = one.assertion;
    // `\nabla z = (z_x, z_y)` may stand before z has its formula.
    const all = new Map([...(ahead.get(one.section) ?? []), ...known]);
    const bare = all.size ? bareIn(one, all, given) : null;
    const written = all.size ? (sides.map((side) => derived(side, known, bare)) as Expr[]) : sides;
    const [left, right] = sides;
    if (links[0]?.operator === "=" && right) note(known, left as Expr, right, one.section);
    if (written.every((side, i) => side === sides[i])) return one;
    return { ...one, ...(bare ? { bare: speaksOfDerivatives(draft, one.section) || isSecond(one, bare) ? ("told" as const) : ("untold" as const) } : {}), assertion: { ...one.assertion, sides: written } };
  });
}

/** The function of whose derivatives an assertion speaks without their arguments; null where it speaks of anything else. */
function bareIn({ assertion: { sides }, section }: Located, known: ReadonlyMap<string, Known>, given: ReadonlyMap<string, ReadonlySet<string>>): Known | null {
  const [left, ...rest] = sides;
  const named = left?.kind === "symbol" && !left.subscripts.length ? rest : sides;
  const applies = (expr: Expr): boolean => (expr.kind === "apply" && !wordOf(expr.fn.name)) || childrenOf(expr).some(applies);
  const symbols = named.flatMap((side) => symbolsIn(side, false)).filter(({ name }) => !["e", "pi"].includes(name) && !wordOf(name));
  const of = symbols.flatMap((symbol) => (symbol.subscripts.length ? [known.get(fullKey({ ...symbol, subscripts: [] }))] : []));
  const [first] = of;
  const isGiven = (one: Known): boolean => one.params.filter((param) => given.get(`${section} ${one.name}`)?.has(fullKey(param))).length > 1;
  // `u = ax + by` has the parts u_x = ax and u_y = by.
  const isPart = (one: Known): boolean => one.terms.some((term) => rest.some((side) => same(side, term)));
  const isOfIt = first && (!first.isValue || (isGiven(first) && !isPart(first))) && named.length > 0 && of.every((one) => one === first) && first.section === section && !named.some(applies);
  return isOfIt && symbols.every((symbol) => (symbol.subscripts.length ? slopeWithout(symbol, first) !== null : first.letters.has(baseKey(symbol)))) ? first : null;
}

/** `f_{xy}`: two arguments below a letter are no index. */
function isSecond({ assertion: { sides } }: Located, { params, isValue }: Known): boolean {
  return !isValue && sides.some((side) => symbolsIn(side, false).some((symbol) => lettersBelow(symbol, params)?.length === 2));
}

/** By which letters a section of a text that speaks of derivatives gives z_x, z_y, z_{xy} and their kin. */
function slopesGiven(draft: Draft): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  if (!draft.sections.some((_, section) => speaksOfDerivatives(draft, section))) return found;
  for (const { assertion, section } of draft.located) {
    const [left] = assertion.sides;
    if (left?.kind !== "symbol" || left.primes || assertion.sides.length < 2) continue;
    const key = `${section} ${fullKey({ ...left, subscripts: [] })}`;
    for (const { expr } of left.subscripts) if (expr.kind === "symbol") found.set(key, (found.get(key) ?? new Set()).add(fullKey(expr)));
  }
  return found;
}

/** The values that sections give a formula, and slopes. */
function valuesAhead({ located }: Draft, given: ReadonlyMap<string, ReadonlySet<string>>): Map<number, Map<string, Known>> {
  const found = new Map<number, Map<string, Known>>();
  for (const { assertion, section } of given.size ? located : []) {
    const [left, right] = assertion.sides;
    if (left?.kind !== "symbol" || left.subscripts.length || assertion.links[0]?.operator !== "=" || !right || !given.has(`${section} ${fullKey(left)}`)) continue;
    const values = found.get(section) ?? new Map<string, Known>();
    note(values, left, right, section);
    found.set(section, values);
  }
  return found;
}

/** "where $f(x, y) = x^2 y$" is also said of the formula before these words. */
function noteFunctionAhead(ahead: Map<number, Map<string, Known>>, { assertion: { sides: [left, right], links }, section }: Located): void {
  if (left?.kind !== "apply" || !right || links[0]?.operator !== "=") return;
  const functions = ahead.get(section) ?? new Map<string, Known>();
  note(functions, left, right, section);
  ahead.set(section, functions);
}

function note(known: Map<string, Known>, left: Expr, right: Expr, section: number): void {
  const name = left.kind === "apply" && !left.primes ? left.fn : left.kind === "symbol" && !left.primes ? left : null;
  if (!name || name.subscripts.length || name.tags.length || wordOf(name.name)) return;
  const args = left.kind === "apply" ? left.args : symbolsIn(right, false);
  const params = args.filter((arg): arg is SymbolExpr => arg.kind === "symbol" && !arg.subscripts.length && !arg.tags.length);
  const isValue = left.kind === "symbol";
  if (isValue || (params.length === args.length && args.length > 1)) known.set(fullKey(name), { name: fullKey(name), terms: right.kind === "sum" ? right.terms.map(({ expr }) => expr) : [], isValue, params, section, letters: new Set([name, ...params, ...symbolsIn(right, false)].map(baseKey)) });
  else known.delete(fullKey(name));
}

/** The same value where nothing in it is one of these. */
function derived(value: unknown, known: ReadonlyMap<string, Known>, bare: Known | null): unknown {
  const slope = isApply(value) ? slopeOf(value, known) : isSymbol(value) ? (slopeWithout(value, bare) ?? slopeWithout(value, known.get(fullKey(letterOf(value))) ?? null, true)) : null;
  return slope ?? withParts(value, (part, field) => (field === "fn" ? part : derived(part, known, bare)));
}

function slopeOf({ fn, args, primes, certain, start, end }: Apply, known: ReadonlyMap<string, Known>): Expr | null {
  const of = letterOf(fn);
  const { params, isValue = true } = known.get(fullKey(of)) ?? {};
  const wrt = params && !isValue ? lettersBelow(fn, params) : null;
  if (!params || !wrt || (primes && primes !== wrt.length) || args.length !== params.length) return null;
  const place = { start, end };
  const isItself = args.every((arg, i) => arg.kind === "symbol" && baseKey(arg) === baseKey(params[i] as SymbolExpr) && !arg.subscripts.length);
  const derivative: Derivative = { kind: "derivative", notation: "fraction", of: isItself ? { kind: "apply", fn: of, args, primes: 0, certain, ...place } : of, wrt, order: wrt.length, total: false, missingPartial: false, ...place };
  return isItself ? derivative : { kind: "at", body: derivative, where: [{ sides: [{ kind: "tuple", items: args, ...place }], links: [], ...place }], ...place };
}

/** The derivative that a letter with arguments of the function below it stands for, with primes or without. */
function slopeWithout(symbol: SymbolExpr, known: Known | null, primed = false): Expr | null {
  const wrt = known && !symbol.tags.length ? lettersBelow(symbol, known.params) : null;
  if (!known || !wrt || symbol.primes !== (primed ? wrt.length : 0)) return null;
  const { start, end } = symbol;
  const of = letterOf(symbol);
  const applied: Expr = { kind: "apply", fn: of, args: known.params.map((param) => ({ ...param, start: end, end })), primes: 0, certain: true, start, end };
  return { kind: "derivative", notation: "fraction", of: known.isValue ? of : applied, wrt, order: wrt.length, total: false, missingPartial: false, start, end };
}

function letterOf(symbol: SymbolExpr): SymbolExpr {
  return { ...symbol, primes: 0, subscripts: [], end: Math.min(symbol.end, symbol.start + symbol.name.length) };
}

/** The arguments that stand below a letter, one or two of them; null where anything else does. */
function lettersBelow({ subscripts }: SymbolExpr, params: readonly SymbolExpr[]): SymbolExpr[] | null {
  const wrt = subscripts.flatMap(({ expr }) => (expr.kind === "symbol" && params.some((param) => fullKey(expr) === fullKey(param)) ? [expr] : []));
  return wrt.length > 0 && wrt.length < 3 && wrt.length === subscripts.length ? wrt : null;
}

function isSymbol(value: unknown): value is SymbolExpr {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "symbol";
}

function isApply(value: unknown): value is Apply {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "apply";
}
