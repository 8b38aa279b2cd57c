/** `$X = U\Sigma V^\top$` said to be a singular value decomposition, and its kin: what that makes of the factors. */
import type { Expr, SymbolExpr } from "../expression/types";
import type { Decomposition, Fact, PropertyName, SpectralPart } from "./types";

export interface Factor {
  readonly symbol: SymbolExpr;
  readonly facts: readonly Fact[];
}

export function factorsOf(value: Expr, which: Decomposition): Factor[] {
  if (value.kind === "big" && value.operator === "sum") return partsOf(value.body, which);
  if (value.kind !== "product") return [];
  const [first, second, third] = value.factors;
  const symbols = value.factors.map((factor) => (factor.kind === "symbol" ? factor : (factor.kind === "transpose" || factor.kind === "power") && factor.base.kind === "symbol" ? factor.base : null));
  const [a, b, c] = symbols;
  if (!a || !first || !second) return [];
  switch (which) {
    case "svd":
      return b && c ? [factor(a, "orthonormalColumns"), factor(b, "diagonal", "positive"), factor(c, "orthonormalColumns")] : [];
    case "eigen":
      if (!b || !third) return [];
      return third.kind === "transpose" ? [factor(a, "orthogonal"), factor(b, "diagonal")] : [factor(a, "invertible"), factor(b, "diagonal")];
    case "cholesky":
      if (second.kind === "transpose") return [factor(a, "lowerTriangular", "invertible", "positiveDiagonal")];
      return first.kind === "transpose" && b ? [factor(b, "upperTriangular", "invertible", "positiveDiagonal")] : [];
    case "qr":
      return b ? [factor(a, "orthonormalColumns"), factor(b, "upperTriangular")] : [];
  }
}

/** `\sum_i \sigma_i u_i v_i^\top` */
function partsOf(body: Expr, which: Decomposition): Factor[] {
  const [number, left, right] = body.kind === "product" && body.factors.length === 3 ? body.factors : [];
  if (number?.kind !== "symbol" || left?.kind !== "symbol" || right?.kind !== "transpose" || right.base.kind !== "symbol") return [];
  if (which === "svd") return [part(number, "singularValue"), part(left, "leftSingularVector"), part(right.base, "rightSingularVector")];
  return which === "eigen" ? [part(number, "eigenvalue"), part(left, "eigenvector")] : [];
}

function part(symbol: SymbolExpr, name: SpectralPart): Factor {
  return { symbol, facts: [{ kind: "spectrum", part: name, end: null, of: null }] };
}

function factor(symbol: SymbolExpr, ...names: readonly PropertyName[]): Factor {
  return { symbol, facts: names.map((name) => ({ kind: "property", name, negated: false, of: null })) };
}
