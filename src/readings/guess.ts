/**
 * The shape of a symbol that the document does not declare, from the way it is
 * written: capitals and bold capitals are matrices, bold letters vectors,
 * letters that are transposed or have a norm are vectors, the rest numbers.
 */
import { childrenOf, type Expr, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey, weight } from "../semantics/symbols/key";
import type { SizeClasses } from "../semantics/symbols/sizes";

/** Capitals that are counts, losses or constants as often as matrices: they need evidence. */
const countLike = new Set(["N", "T", "K", "M", "D", "C", "L", "J", "E", "R", "P"]);
const capitalGreek = new Set(["Sigma", "Lambda", "Omega", "Phi", "Psi", "Theta", "Gamma", "Pi", "Xi"]);

export function guessShape(symbol: SymbolExpr, model: Model, override: "scalar" | "vector" | "matrix" | null, classes: SizeClasses): readonly string[] | null {
  const kind = override ?? kindOf(symbol, model);
  if (kind === "scalar") return [];
  if (kind === "vector") return [classes.unknown(), "1"];
  return [classes.unknown(), classes.unknown()];
}

export function kindOf(symbol: SymbolExpr, model: Model): "scalar" | "vector" | "matrix" {
  const evidence = evidenceOf(model);
  const key = baseKey(symbol);
  const bold = weight(symbol.font) === "b" || symbol.accents.includes("vec");
  const capital = /^[A-Z]$/.test(symbol.name) || capitalGreek.has(symbol.name);
  if (capital && (bold || evidence.arrays.has(key) || !countLike.has(symbol.name))) return "matrix";
  if (bold) return "vector";
  return evidence.arrays.has(key) ? "vector" : "scalar";
}

/** Whether the document transposes it, takes its norm or its trace somewhere. */
export function isSurelyArray(key: string, model: Model): boolean {
  return evidenceOf(model).arrays.has(key);
}

interface Evidence {
  /** Letters that are transposed, inverted as matrices or normed somewhere. */
  readonly arrays: ReadonlySet<string>;
}

const cache = new WeakMap<Model, Evidence>();

function evidenceOf(model: Model): Evidence {
  const known = cache.get(model);
  if (known) return known;
  const arrays = new Set<string>();
  const note = (expr: Expr): void => {
    if (expr.kind === "symbol") arrays.add(baseKey(expr));
    else if (expr.kind === "sum" || expr.kind === "transpose") childrenOf(expr).forEach(note);
  };
  const visit = (expr: Expr): void => {
    if (expr.kind === "transpose") note(expr.base);
    if (expr.kind === "norm") note(expr.body);
    if (expr.kind === "apply" && ["tr", "Tr", "trace", "det", "diag", "vec", "softmax"].includes(expr.fn.name)) expr.args.forEach(note);
    childrenOf(expr).forEach(visit);
  };
  for (const { assertion } of model.located) assertion.sides.forEach(visit);
  const evidence = { arrays };
  cache.set(model, evidence);
  return evidence;
}
