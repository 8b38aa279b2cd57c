/**
 * `dW = dY\,X^\top`, as code and notes on it write ∂L/∂W for short. Where Y is
 * made of W, a differential has it the other way round (dY from dW), so that the
 * definitions of the document tell the two notations apart; the factors of a
 * decomposition alone have theirs from that of the whole, one and the same.
 */
import { childrenOf, derivativesIn, type Expr, occurs, plainSymbol, type ReadFormula, type SymbolExpr, symbolsIn } from "./expression";
import type { Located, Model } from "./model";
import { fullKey } from "./symbols/key";

/** So many equations must go backward, and none forward. */
const witnesses = 2;
/** What the factors of decompositions are. */
const factorProperties: ReadonlySet<string> = new Set(["spectral", "orthogonal", "orthonormalColumns", "diagonal", "upperTriangular", "lowerTriangular"]);

/** The formulas with the derivatives of the loss written out; the same where there are none. */
export function withCotangents(model: Model, formulas: readonly ReadFormula[]): readonly ReadFormula[] {
  const votes = model.located.flatMap((located) => voteOf(model, located) ?? []);
  const wholes = new Set(votes.flatMap(({ from }) => from));
  if (votes.length < witnesses || votes.some(({ direction }) => direction === "forward") || !(speaksOfLoss(model) || wholes.size > 1)) return formulas;
  const sections = new Map(model.located.map(({ formula, section }) => [formula, section]));
  return formulas.map((formula, index) => {
    const loss = lossOf(model, sections.get(index) ?? 0);
    const assertions = formula.assertions.map((assertion) => (assertion.sides.some((side) => occurs("differential", side)) ? { ...assertion, sides: assertion.sides.map((side) => writtenOut(side, loss) as Expr) } : assertion));
    return assertions.every((one, at) => one === formula.assertions[at]) ? formula : { ...formula, assertions };
  });
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
}

/** Whether an equation gives the differential of what something is made of from that of the thing, or the reverse. */
function voteOf(model: Model, located: Located): Vote | null {
  const [left, ...rest] = located.assertion.sides;
  const of = left ? shortFor(left) : null;
  if (!of || located.assertion.links[0]?.operator !== "=") return null;
  const right = rest.flatMap((side) => differentialsIn(side));
  const leads = (from: SymbolExpr, to: SymbolExpr): boolean => madeOf(model, located, from).has(fullKey(to));
  const from = right.map(fullKey);
  if (right.some((other) => leads(of, other))) return { direction: "forward", from };
  const isFactor = [...(model.table.resolve(of, located)?.entity.properties ?? [])].some((property) => factorProperties.has(property));
  return right.length && !isFactor && right.every((other) => leads(other, of)) ? { direction: "backward", from } : null;
}

/** What stands below ∂ where `dX`, `dX^\top` are written. */
function shortFor(expr: Expr): SymbolExpr | null {
  if (expr.kind !== "differential" || expr.order !== 1) return null;
  const { of } = expr;
  return of.kind === "symbol" ? of : of.kind === "transpose" && of.base.kind === "symbol" ? of.base : null;
}

function differentialsIn(expr: Expr): SymbolExpr[] {
  const own = shortFor(expr);
  return own ? [own] : childrenOf(expr).flatMap(differentialsIn);
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

function isLossLike({ name, subscripts }: SymbolExpr): boolean {
  return /^(L|J|C|E|ell|loss|cost)$/.test(name) && !subscripts.length;
}

function writtenOut(value: unknown, loss: SymbolExpr): unknown {
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, loss));
  if (typeof value !== "object" || value === null) return value;
  const of = "kind" in value && value.kind === "differential" ? shortFor(value as Expr) : null;
  if (!of) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, writtenOut(inner, loss)]));
  const { start, end, of: below } = value as Expr & { kind: "differential" };
  const derivative: Expr = { kind: "derivative", notation: "fraction", of: { ...loss, start, end: start }, wrt: [of], order: 1, total: false, missingPartial: false, start, end };
  return below.kind === "transpose" ? { kind: "transpose", base: derivative, start, end } : derivative;
}
