/**
 * `dW = dY\,X^\top`, as code and notes on it write ∂L/∂W for short. Where Y is
 * made of W, a differential has it the other way round (dY from dW), so that the
 * definitions of the document tell the two notations apart; the factors of a
 * decomposition alone have theirs from that of the whole, one and the same.
 * So do `\bar x` and other accents, and `\nabla x`, where the text says of one
 * letter that `\bar x = \partial L/\partial x` (the adjoints of automatic
 * differentiation).
 */
import { type Assertion, childrenOf, type Derivative, derivativesIn, type Expr, plainSymbol, type ReadFormula, type SymbolExpr, symbolsIn } from "./expression";
import type { Located, Model } from "./model";
import { fullKey } from "./symbols/key";

/** So many equations must go backward, and none forward. */
const witnesses = 2;
/** As many parts as no decomposition has, each from the whole. */
const parts = 3;
/** What the factors of decompositions are. */
const factorProperties: ReadonlySet<string> = new Set(["spectral", "orthogonal", "orthonormalColumns", "diagonal", "upperTriangular", "lowerTriangular"]);

/** The formulas with the derivatives of the loss written out; the same where there are none. */
export function withCotangents(model: Model, formulas: readonly ReadFormula[]): readonly ReadFormula[] {
  const declared = declaredAccent(model) ?? gradientsForShort(model) ?? accentPulledBack(model);
  if (declared) return rewritten(formulas, ({ assertions }) => assertions.map((assertion) => withoutAccents(assertion, declared)));
  if (!declaresShort(model) && !pullsBack(model, shortFor)) return formulas;
  const sections = new Map(model.located.map(({ formula, section }) => [formula, section]));
  return rewritten(formulas, ({ assertions }, index) => {
    const loss = lossOf(model, sections.get(index) ?? 0);
    return assertions.map((assertion) => mapped(assertion, (expr) => differentiated(expr, loss)));
  });
}

/** Whether a notation goes backward wherever it stands, from what is made of a letter to the letter. */
function pullsBack(model: Model, short: (expr: Expr) => SymbolExpr | null): boolean {
  const votes = model.located.flatMap((located) => voteOf(model, located, short) ?? []);
  const wholes = new Set(votes.flatMap(({ from }) => from));
  if (votes.some(({ direction }) => direction === "forward")) return false;
  return votes.some(({ isChain }) => isChain) || new Set(votes.map(({ of }) => of)).size >= parts || (votes.length >= witnesses && (speaksOfLoss(model) || wholes.size > 1));
}

function rewritten(formulas: readonly ReadFormula[], rewrite: (formula: ReadFormula, index: number) => readonly Assertion[]): readonly ReadFormula[] {
  return formulas.map((formula, index) => {
    const assertions = rewrite(formula, index);
    return assertions.every((one, at) => one === formula.assertions[at]) ? formula : { ...formula, assertions };
  });
}

/** An assertion with the derivatives of the loss written out: of the loss that it speaks of itself, as the mean of all beside that of one sample. What says what the accent means stays, but for the name of a derivative that the text goes on to work out. */
function withoutAccents(assertion: Assertion, declared: Accent): Assertion {
  const own = assertion.sides.find((side) => side.kind === "derivative" && side.of.kind === "symbol" && isLossLike(side.of));
  const accent = own?.kind === "derivative" && own.of.kind === "symbol" ? { ...declared, of: own.of } : declared;
  const written = (expr: Expr): Expr | null => unaccented(expr, accent);
  if (!accentOf(assertion.sides)) return mapped(assertion, written);
  return assertion.sides.length > 2 && accent.name === "d" ? mapped({ ...assertion, sides: assertion.sides.slice(1), links: assertion.links.slice(1) }, written) : assertion;
}

/** An assertion with what is short for a derivative written out; the same where nothing is. */
function mapped(assertion: Assertion, written: (expr: Expr) => Expr | null): Assertion {
  return assertion.sides.some((side) => isShort(side, written)) ? { ...assertion, sides: assertion.sides.map((side) => writtenOut(side, written) as Expr) } : assertion;
}

function isShort(expr: Expr, written: (expr: Expr) => Expr | null): boolean {
  return written(expr) !== null || childrenOf(expr).some((child) => isShort(child, written));
}

/** An accent, or ∇ before a letter, that stands for the derivative of one thing by the letter below it. */
interface Accent {
  readonly name: string;
  readonly of: SymbolExpr;
}

/** The accent that the text declares, by an equation or by two formulas in a row: `\bar x` for `\partial L/\partial x`. */
function declaredAccent({ located }: Model): Accent | null {
  for (const [at, { assertion }] of located.entries()) {
    const found = accentOf(assertion.sides) ?? accentOf(located.slice(at, at + 2).flatMap((one) => (one.assertion.sides.length === 1 ? one.assertion.sides : [])));
    if (found) return found;
  }
  return null;
}

/** `\delta x = \partial L/\partial x`, where δ is read as a d. */
function declaresShort({ located }: Model): boolean {
  return located.some(({ assertion: { sides: [left, right] } }) => {
    const of = left ? shortFor(left) : null;
    return of !== null && right?.kind === "derivative" && right.of.kind === "symbol" && right.order === 1 && isBy(right, of);
  });
}

/** `\nabla W` of a parameter that is an array, in a text on a loss: nothing else has a gradient there. */
function gradientsForShort(model: Model): Accent | null {
  const isParameter = (symbol: SymbolExpr, place: Located): boolean => {
    const entity = model.table.resolve(symbol, place)?.entity;
    return entity !== undefined && !entity.definition && !entity.isFunction && !entity.isLoss && (entity.shape ?? []).some((dim) => dim !== "1");
  };
  const short = model.located.find((located) => located.assertion.sides.slice(0, 1).some((side) => side.kind === "derivative" && accentedLetter(side) !== null && side.of.kind === "symbol" && isParameter(side.of, located)));
  return short && speaksOfLoss(model) ? { name: "nabla", of: lossOf(model, short.section) } : null;
}

/** `\bar A = \bar O V^\top` of O = AV: adjoints, whatever words declare them. */
function accentPulledBack(model: Model): Accent | null {
  const barred = (expr: Expr): SymbolExpr | null => {
    const accented = accentedLetter(expr);
    return accented?.name === "bar" ? accented.letter : null;
  };
  return pullsBack(model, barred) ? { name: "bar", of: lossOf(model, 0) } : null;
}

function accentOf([letter, derivative, ...more]: readonly Expr[]): Accent | null {
  const accented = letter ? accentedLetter(letter) : null;
  if (!accented || derivative?.kind !== "derivative" || derivative.of.kind !== "symbol" || derivative.order !== 1) return null;
  // Behind ∇x = ∂L/∂x and dx = ∂L/∂x a chain may go on, which no letter with another accent says of its derivative alone.
  if (more.length && accented.name !== "nabla" && accented.name !== "d") return null;
  return isBy(derivative, accented.letter) ? { name: accented.name, of: derivative.of } : null;
}

/** Whether something is differentiated by a letter and nothing else. */
export function isBy({ wrt: [by, ...others] }: Derivative, letter: SymbolExpr): boolean {
  return by?.kind === "symbol" && !others.length && fullKey(by) === fullKey(letter);
}

function unaccented(expr: Expr, { name, of }: Accent): Expr | null {
  const accented = accentedLetter(expr);
  return accented?.name === name && fullKey(accented.letter) !== fullKey(of) ? derivativeOf(of, accented.letter, expr) : null;
}

function accentedLetter(expr: Expr): { readonly name: string; readonly letter: SymbolExpr } | null {
  if (expr.kind === "derivative" && expr.notation === "nabla") return expr.of.kind === "symbol" && !expr.wrt.length && expr.order === 1 ? { name: "nabla", letter: expr.of } : null;
  const name = expr.kind === "symbol" ? expr.accents[0] : undefined;
  return name && expr.kind === "symbol" ? { name, letter: { ...expr, accents: expr.accents.slice(1) } } : null;
}

/** Whether there is a loss, or code in which `dW` has a value. */
function speaksOfLoss({ table, located, document }: Model): boolean {
  const differentiated = located.some(({ assertion }) => assertion.sides.some((side) => derivativesIn(side).some(({ of }) => of.kind === "symbol" && isLossLike(of))));
  const named = document.blocks.some((block) => block.kind === "code" && /^\s*d_?[A-Za-z]\w*\s*=/m.test(block.source.text));
  return differentiated || named || table.all.some((entity) => entity.isLoss || (entity.definition?.kind === "value" && isLossLike(entity.symbol)));
}

interface Vote {
  readonly direction: "backward" | "forward";
  /** The symbols whose differentials stand on the right. */
  readonly from: readonly string[];
  /** The symbol whose differential it gives. */
  readonly of: string;
  /** It has the derivative of one of these by the letter, which no differential of the letter is made with: `dx = (\partial y/\partial x)^\top dy`. */
  readonly isChain?: boolean;
}

/** Whether an equation gives the differential, or whatever stands for one, of what something is made of from that of the thing, or the reverse. */
function voteOf(model: Model, located: Located, short: (expr: Expr) => SymbolExpr | null): Vote | null {
  const [left, ...rest] = located.assertion.sides;
  const of = left ? short(left) : null;
  if (!of || located.assertion.links[0]?.operator !== "=") return null;
  const right = rest.flatMap((side) => shortsIn(side, short));
  const leads = (from: SymbolExpr, to: SymbolExpr): boolean => madeOf(model, located, from).has(fullKey(to));
  const from = right.map(fullKey);
  if (right.some((other) => leads(of, other))) return { direction: "forward", from, of: fullKey(of) };
  // `dZ = A - Y` of a Z that is made of others: no differential is equal to a value.
  if (!right.length && left?.kind === "differential" && speaksOfLoss(model) && madeOf(model, located, of).size > 0 && rest.some((side) => symbolsIn(side, false).length > 0)) return { direction: "backward", from, of: fullKey(of) };
  const isFactor = [...(model.table.resolve(of, located)?.entity.properties ?? [])].some((property) => factorProperties.has(property));
  const isChain = rest.flatMap(factorsIn).some((derivative) => isBy(derivative, of) && derivative.of.kind === "symbol" && from.includes(fullKey(derivative.of)));
  return right.length && !isFactor && right.every((other) => leads(other, of)) ? { direction: "backward", from, of: fullKey(of), isChain } : null;
}

/** The derivatives that something is made of, but for those that it is divided by. */
function factorsIn(expr: Expr): Derivative[] {
  if (expr.kind === "derivative") return [expr];
  if (expr.kind === "power") return [];
  return (expr.kind === "quotient" ? [expr.numerator] : childrenOf(expr)).flatMap(factorsIn);
}

/** What stands below ∂ where `dX`, `dX^\top` are written. */
function shortFor(expr: Expr): SymbolExpr | null {
  if (expr.kind !== "differential" || expr.order !== 1) return null;
  const { of } = expr;
  return of.kind === "symbol" ? of : of.kind === "transpose" && of.base.kind === "symbol" ? of.base : null;
}

function shortsIn(expr: Expr, short: (expr: Expr) => SymbolExpr | null): SymbolExpr[] {
  const own = short(expr);
  return own ? [own] : childrenOf(expr).flatMap((child) => shortsIn(child, short));
}

/** The symbols that one is made of, through definitions. */
function madeOf(model: Model, place: Located, symbol: SymbolExpr): Set<string> {
  const found = new Set<string>();
  const open = [symbol];
  for (let next = open.pop(); next; next = open.pop()) {
    const definition = model.table.resolve(next, place)?.entity.definition;
    for (const inner of definition ? symbolsIn(definition.expr, false) : []) {
      if (found.has(fullKey(inner))) continue;
      found.add(fullKey(inner));
      open.push(inner);
    }
  }
  return found;
}

/** The loss of the section, by its declaration or by the letter that it defines, else the document's; else one without a formula. */
function lossOf(model: Model, section: number): SymbolExpr {
  const { all } = model.table;
  const own = all.filter((entity) => entity.section === section);
  const loss = [own, all].flatMap((some) => some.find(({ isLoss, arity }) => isLoss && !arity) ?? some.find(({ symbol, definition }) => definition?.kind === "value" && isLossLike(symbol)) ?? [])[0];
  return loss?.symbol ?? plainSymbol("L", "", { start: 0, end: 0 }, []);
}

export function isLossLike({ name, subscripts }: SymbolExpr): boolean {
  return /^(L|J|C|E|ell|loss|cost)$/.test(name) && !subscripts.length;
}

function writtenOut(value: unknown, written: (expr: Expr) => Expr | null): unknown {
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, written));
  if (typeof value !== "object" || value === null) return value;
  const out = "kind" in value ? written(value as Expr) : null;
  return out ?? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writtenOut(inner, written)]));
}

/** `dX`, `dX^\top` as the derivative of a loss. */
function differentiated(expr: Expr, loss: SymbolExpr): Expr | null {
  const by = shortFor(expr);
  if (!by || expr.kind !== "differential") return null;
  const derivative = derivativeOf(loss, by, expr);
  return expr.of.kind === "transpose" ? { kind: "transpose", base: derivative, start: expr.start, end: expr.end } : derivative;
}

function derivativeOf(of: SymbolExpr, by: SymbolExpr, { start, end }: Expr): Derivative {
  return { kind: "derivative", notation: "fraction", of: { ...of, start, end: start }, wrt: [by], order: 1, total: false, missingPartial: false, start, end };
}
