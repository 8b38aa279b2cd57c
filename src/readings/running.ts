/**
 * Letters whose members a big operator of the document runs over: with
 * `\\sum_j \\mu_j^2` in it, `\\mu_j` is one of several wherever it stands.
 */
import { type BoundIndex, childrenOf, type Expr, type Relation, type Subscript, type SymbolExpr, symbolsIn } from "../semantics/expression";
import { letterOfLabel } from "../semantics/class-labels";
import type { Model } from "../semantics/model";
import type { Definition } from "../semantics/symbols/entity";
import { taggedKey, weight } from "../semantics/symbols/key";
import { isIndexLetter } from "../semantics/symbols/table";
import type { Lowering } from "./lower";

interface Running {
  /** Letters with so many subscripts, of which a big operator binds one, with the number of the first. */
  readonly members: Map<string, 0 | 1>;
  /** The letters that big operators bind, and where they all begin, by section. */
  readonly bound: Map<string, Map<number, number | null>>;
  /** Letters that the text equates with one that a sum runs over: "for `w = o`" says that u_o is one of the u_w. */
  readonly compared: Set<string>;
  /** Letters that may name one more member than those that a sum runs over. */
  readonly names: Set<string>;
  /** Pairs of letters, with a space between, below the same symbol in one definition that binds neither: `b_u + b_i`. */
  readonly pairs: Set<string>;
  /** Letters that choose an entry in a definition, and that nothing binds anywhere (`-\\log p_c`), or that the text has a 1 at. */
  readonly free: Set<string>;
  /** What definitions define by, with the letters in it that choose a member that a formula defines, and that nothing binds. */
  readonly chosen: Map<Expr, readonly SymbolExpr[]>;
}

const cache = new WeakMap<Model, Running>();

/** Whether a sum or product of the text runs over the members of the letter, with as many subscripts as here. */
export function runsIn(model: Model, symbol: SymbolExpr): boolean {
  return runningIn(model).members.has(keyOf(symbol));
}

/** The number of the first of the members, where all that chooses one here are numbers: letters count for themselves. */
export function originOf(model: Model, symbol: SymbolExpr): 0 | 1 {
  return symbol.subscripts.every(({ expr }) => expr.kind === "number") ? (runningIn(model).members.get(keyOf(symbol)) ?? 1) : 1;
}

/** Whether a sum or product of the text runs over the letter. */
export function isBound(model: Model, letter: string): boolean {
  return runningIn(model).bound.has(letter);
}

/** Whether the text equates the letter with one that a sum runs over, or it is one that it equates so. */
export function isCompared(model: Model, letter: string): boolean {
  return runningIn(model).compared.has(letter);
}

/** Whether a section counts a letter from 0 wherever it sums over it: it does so elsewhere too. */
export function countsFromZero(model: Model, letter: string, section: number): boolean {
  return runningIn(model).bound.get(letter)?.get(section) === 0;
}

/** Whether a letter below another is a name under the reading, and nothing binds it here. */
export function isMemberName({ model, reading, scope }: Lowering, { expr }: Subscript): boolean {
  return expr.kind === "symbol" && !expr.subscripts.length && runningIn(model).names.has(taggedKey(expr)) && !scope.has(taggedKey(expr)) && reading.members === "apart";
}

/** Whether the text defines something by a sum over members of a letter and one more of them that no sum reaches: `u_o` beside `\\sum_k u_k`. */
export function namesMembers(model: Model): boolean {
  return runningIn(model).names.size > 0;
}

/** The only letter that names a member, such as the true class in `-\\log p_c`; null where there are none or several. */
export function classLetter(model: Model): string | null {
  const { names, free, chosen } = runningIn(model);
  const [only, ...more] = names.size ? names : free.size ? free : new Set([...chosen.values()].flatMap((letters) => letters.map(taggedKey)));
  return only !== undefined && !more.length ? only : null;
}

/** What chooses a member in a definition: c in `L = -\\log p_c` where a formula defines all p_k. */
export function chosenIn(model: Model, definition: Expr): readonly SymbolExpr[] {
  return runningIn(model).chosen.get(definition) ?? [];
}

/** Whether some definition of the text leaves a letter open that chooses a member. */
export function choosesMembers(model: Model): boolean {
  return runningIn(model).chosen.size > 0;
}

/** The pairs of letters that one definition puts below the same symbol and binds neither of. */
export function pairsOfMembers(model: Model): ReadonlySet<string> {
  return runningIn(model).pairs;
}

/** Symbols with one letter below them, without it and with it. */
function lettered(expr: Expr): { readonly key: string; readonly letter: string }[] {
  return symbolsIn(expr, false).flatMap(({ subscripts: [one, ...more], ...symbol }) => (one?.expr.kind === "symbol" && !more.length ? [{ key: taggedKey({ ...symbol, subscripts: [one] }), letter: taggedKey(one.expr) }] : []));
}

function pairsIn({ expr }: Definition, { bound }: Running): string[] {
  const free = lettered(expr).filter(({ letter }) => !bound.has(letter));
  return free.flatMap(({ key, letter }, at) => free.slice(at + 1).flatMap((other) => (other.key === key && other.letter !== letter ? [`${letter} ${other.letter}`] : [])));
}

/** The letters below what a definition also sums over, which no sum binds and the text does not compare with any that one binds. */
function namesIn({ expr }: Definition, { bound, compared }: Running): string[] {
  const below = lettered(expr);
  const summed = new Set(below.filter(({ letter }) => bound.has(letter)).map(({ key }) => key));
  return below.filter(({ key, letter }) => summed.has(key) && !bound.has(letter) && !compared.has(letter)).map(({ letter }) => letter);
}

function comparedIn({ located }: Model, { bound }: Running): string[] {
  const relations = located.flatMap(({ assertion, role, cases = [] }) => [...(role === "condition" ? [assertion] : []), ...assertion.notes.flatMap((note) => (note.kind === "relation" ? [note.relation] : [])), ...assertion.sides.flatMap(conditionsIn), ...cases.flat()]);
  // `k \\neq o` leaves open whether o is another one of them or none.
  const letters = relations.filter(({ links }) => links.every(({ operator }) => operator === "=")).map(({ sides }) => sides.flatMap((side) => (side.kind === "symbol" ? [taggedKey(side)] : [])));
  return letters.filter((compared) => compared.some((letter) => bound.has(letter))).flat();
}

function conditionsIn(expr: Expr): Relation[] {
  return [...(expr.kind === "indicator" ? [expr.condition] : []), ...childrenOf(expr).flatMap(conditionsIn)];
}

function entriesIn({ table, located }: Model, { expr, assertion }: Definition, { bound }: Running): string[] {
  const place = located[assertion];
  return symbolsIn(expr, false).flatMap((symbol) => {
    const [only, ...more] = symbol.subscripts;
    const known = place && only?.expr.kind === "symbol" && !more.length && !bound.has(taggedKey(only.expr)) ? table.resolve(symbol, place) : null;
    return known && !known.family && known.indices.length && only ? [taggedKey(only.expr as SymbolExpr)] : [];
  });
}

/** k of `y_k = 1`, of a one-hot y. */
function classesIn({ table, located }: Model, { bound }: Running): string[] {
  return located.flatMap((place) => {
    const [left, right, ...more] = place.assertion.sides;
    const [only, ...others] = left?.kind === "symbol" ? left.subscripts : [];
    if (left?.kind !== "symbol" || only?.expr.kind !== "symbol" || others.length || more.length || right?.kind !== "number" || right.numerator !== right.denominator) return [];
    return table.resolve(left, place)?.entity.properties.has("oneHot") && !bound.has(taggedKey(only.expr)) ? [taggedKey(only.expr)] : [];
  });
}

function chosen({ table, located }: Model, { expr, assertion, params }: Definition, { bound }: Running): SymbolExpr[] {
  const place = located[assertion];
  return symbolsIn(expr, false).flatMap((symbol) => {
    const letters = symbol.subscripts.every(isIndexLetter) ? symbol.subscripts.map((one) => one.expr as SymbolExpr) : [];
    const open = letters.filter(({ name }) => letterOfLabel(name) !== null || !(bound.has(name) || params.some((param) => param.name === name)));
    return open.length && place && table.resolve(symbol, place)?.entity.definition?.kind === "family" ? open : [];
  });
}

function runningIn(model: Model): Running {
  let found = cache.get(model);
  if (!found) {
    cache.set(model, (found = { members: new Map(), bound: new Map(), compared: new Set(), names: new Set(), pairs: new Set(), free: new Set(), chosen: new Map() }));
    for (const { assertion, section } of model.located) for (const side of assertion.sides) note(side, section, new Map(), found);
    for (const letter of comparedIn(model, found)) found.compared.add(letter);
    for (const letter of classesIn(model, found)) found.free.add(letter);
    for (const { definition } of model.table.all) {
      if (definition?.kind === "value") for (const letter of namesIn(definition, found)) found.names.add(letter);
      if (definition?.kind === "value") for (const letter of entriesIn(model, definition, found)) found.free.add(letter);
      const open = definition?.kind === "value" || definition?.kind === "family" ? chosen(model, definition, found) : [];
      if (definition && open.length) found.chosen.set(definition.expr, open);
      if (definition?.kind === "value" || definition?.kind === "family") for (const pair of pairsIn(definition, found)) found.pairs.add(pair);
    }
  }
  return found;
}

function note(expr: Expr, section: number, bound: ReadonlyMap<string, 0 | 1>, found: Running): void {
  if (expr.kind === "symbol") {
    const first = expr.subscripts.flatMap((subscript) => (subscript.expr.kind === "symbol" ? (bound.get(taggedKey(subscript.expr)) ?? []) : []));
    if (first.length) found.members.set(keyOf(expr), first.includes(0) || found.members.get(keyOf(expr)) === 0 ? 0 : 1);
  }
  if (expr.kind === "big") for (const index of expr.indices) noteBound(index, section, found);
  const inner = expr.kind === "big" ? new Map([...bound, ...expr.indices.map(({ symbol, from }) => [taggedKey(symbol), from?.kind === "number" && from.numerator === 0 ? 0 : 1] as const)]) : bound;
  for (const child of childrenOf(expr)) note(child, section, inner, found);
}

function noteBound({ symbol, from }: BoundIndex, section: number, { bound }: Running): void {
  const letter = taggedKey(symbol);
  const start = from?.kind === "number" ? from.numerator : null;
  const starts = bound.get(letter) ?? new Map<number, number | null>();
  bound.set(letter, starts.set(section, !starts.has(section) || starts.get(section) === start ? start : null));
}

function keyOf(symbol: SymbolExpr): string {
  return `${weight(symbol.font)} ${taggedKey(symbol)} ${symbol.subscripts.length}`;
}
