/** `$X = U\Sigma V^\top$` said to be a singular value decomposition, and its kin: what that makes of the factors. */
import type { Expr, SymbolExpr } from "../expression/types";
import type { Decomposition, Fact, PropertyName } from "./types";

export interface Factor {
  readonly symbol: SymbolExpr;
  readonly facts: readonly Fact[];
}

export function factorsOf(value: Expr, which: Decomposition): Factor[] {
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

function factor(symbol: SymbolExpr, ...names: readonly PropertyName[]): Factor {
  return { symbol, facts: names.map((name) => ({ kind: "property", name, negated: false, of: null })) };
}
