/**
 * `\frac{\partial L}{\partial V} = h^\top (p - y)` beside `\frac{\partial L}{\partial h} = (p - y) V`
 * where `p = Vh`: a text that turns from columns to the rows of code for its
 * gradients. One formula may have lost a transpose; where another of its section holds
 * of rows alone as well, and a row stands before a matrix, both are right.
 */
import type { Reading } from "../readings/reading";
import type { Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { opposite } from "./alternatives";
import { attempt, type Attempt, attemptValue } from "./attempt";
import type { Case } from "./case";
import { asWholes } from "./charity";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import { holds } from "./outcomes";
import { screenOf } from "./screen";
import { distributionsIn } from "./weights";

export function ofRows({ model, claim, home, first }: Case): Conclusion | null {
  if (first.outcome !== "shape" || home.vectors !== "columns") return null;
  const own = provedOfRows(model, claim, home);
  if (!own) return null;
  const others = model.located.filter(({ section, id }) => section === claim.located.section && id !== claim.located.id).flatMap((located): Claim[] => {
    const [left, right, ...more] = located.assertion.sides;
    return left?.kind === "derivative" && right && !more.length ? [{ located, link: 0, left, right, proportional: false }] : [];
  });
  const isBeside = (other: Claim): boolean => (own.leads || leadsRow(model, other, home, other.right)) && attempt(model, other, home).outcome === "shape" && provedOfRows(model, other, home) !== null;
  return others.some(isBeside) ? { verdict: "convention", attempt: own.made, reading: own.reading, code: "layout", message: "right with vectors as rows" } : null;
}

function provedOfRows(model: Model, claim: Claim, home: Reading): { made: Attempt; reading: Reading; leads: boolean } | null {
  const turned: Claim = { ...claim, right: inRows(model, claim, home, claim.right) };
  if (turned.right === claim.right || claim.left.kind !== "derivative") return null;
  const layouts = [home, opposite(home), { ...home, transposedLeft: true }];
  for (const reading of [...layouts, ...layouts.map((layout) => ({ ...layout, sigma: "sigmoid" as const }))]) {
    const plain = attempt(model, turned, reading);
    const made = holds(plain) ? plain : ofWeights(model, turned, reading, plain);
    if (made) return { made, reading, leads: leadsRow(model, claim, home, claim.right) };
  }
  return null;
}

/** Of a y of which only the entries are written elsewhere, and that sums to one. */
function ofWeights(model: Model, turned: Claim, reading: Reading, plain: Attempt): Attempt | null {
  for (const overrides of [undefined, ...asWholes(model, turned, plain)]) {
    const extra = distributionsIn(model, overrides ? attempt(model, turned, reading, { overrides }) : plain);
    const made = extra && screenOf(model, turned).proof(turned, reading, { extra, ...(overrides ? { overrides } : {}) });
    if (made) return made;
  }
  return null;
}

/** An expression with its columns turned. */
function inRows(model: Model, claim: Claim, home: Reading, expr: Expr): Expr {
  const inner = (one: Expr): Expr => inRows(model, claim, home, one);
  if (["symbol", "apply", "sum"].includes(expr.kind) && isColumn(model, claim, home, expr)) return { kind: "transpose", base: expr, start: expr.start, end: expr.end };
  if (expr.kind === "sum") return { ...expr, terms: expr.terms.map((term) => ({ ...term, expr: inner(term.expr) })) };
  if (expr.kind === "product") return { ...expr, factors: expr.factors.map(inner) };
  return expr.kind === "transpose" ? { ...expr, base: inner(expr.base) } : expr;
}

/** Whether somewhere in it what is a column stands before a matrix, and nothing transposes it. */
function leadsRow(model: Model, claim: Claim, home: Reading, expr: Expr): boolean {
  if (expr.kind !== "product") return false;
  const leads = expr.factors.some((factor, i) => {
    const next = expr.factors[i + 1];
    return next !== undefined && expr.operators[i] !== "\\odot" && isColumn(model, claim, home, factor) && isOfShape(model, claim, home, next, false);
  });
  return leads || expr.factors.some((factor) => leadsRow(model, claim, home, factor));
}

function isColumn(model: Model, claim: Claim, home: Reading, expr: Expr): boolean {
  return isOfShape(model, claim, home, expr, true);
}

function isOfShape(model: Model, claim: Claim, home: Reading, expr: Expr, column: boolean): boolean {
  const made = attemptValue(model, claim, home, expr);
  const [rows, columns, ...more] = made?.value.shape ?? [];
  return made !== null && rows !== undefined && columns !== undefined && !more.length && !made.lowering.algebra.isOne(rows) && made.lowering.algebra.isOne(columns) === column;
}
