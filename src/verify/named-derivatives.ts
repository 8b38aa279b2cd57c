/** Symbols that stand for derivatives, as δ for ∂C/∂z. */
import type { Expr, SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Claim } from "./claim";

/** Whether a symbol stands for a derivative, as δ for ∂C/∂z; not in the assertion that says so. */
export function namesDerivative(model: Model, expr: Expr, located: Claim["located"]): boolean {
  const symbol = expr.kind === "symbol" ? expr : expr.kind === "apply" ? expr.fn : null;
  const definition = expr.kind === "symbol" ? model.table.entityOf(expr, located)?.definition : null;
  return (definition?.expr.kind === "derivative" && definition.assertion !== located.id) || (symbol !== null && isRate(model, symbol, located));
}

/** `\dot V` of a V that has its meaning. */
function isRate(model: Model, symbol: SymbolExpr, located: Claim["located"]): boolean {
  if (!/^d?dot$/.test(symbol.accents[0] ?? "") || model.table.resolve(symbol, located)) return false;
  const moving = model.table.resolve({ ...symbol, accents: symbol.accents.slice(1) }, located)?.entity;
  return moving !== undefined && (moving.definition !== null || moving.spectrum !== null || moving.isFunction);
}
