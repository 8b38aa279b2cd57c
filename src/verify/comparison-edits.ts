/** Comparisons turned around: `\mathbb{1}[z < 0]` for `z > 0`, in indicators, below sums and in cases. */
import type { Expr, Relation, RelationOperator } from "../semantics/expression";
import type { Variant } from "./variants";

const opposite: Readonly<Partial<Record<RelationOperator, RelationOperator>>> = { "<": ">", ">": "<", "\\leq": "\\geq", "\\geq": "\\leq", "=": "\\neq", "\\neq": "=" };

export function* comparisonEdits(expr: Expr): Generator<Variant> {
  if (expr.kind === "indicator") {
    for (const { relation, ...edit } of turned(expr.condition)) yield { ...edit, expr: { ...expr, condition: relation } };
  } else if (expr.kind === "big") {
    for (const [at, condition] of expr.conditions.entries()) {
      for (const edit of comparisonEdits(condition)) yield { ...edit, expr: { ...expr, conditions: expr.conditions.map((own, i) => (i === at ? edit.expr : own)) } };
    }
  } else if (expr.kind === "cases") {
    for (const [at, { condition }] of expr.branches.entries()) {
      for (const { relation, ...edit } of condition ? turned(condition) : []) yield { ...edit, expr: { ...expr, branches: expr.branches.map((own, i) => (i === at ? { ...own, condition: relation } : own)) } };
    }
  }
}

function* turned(relation: Relation): Generator<Omit<Variant, "expr"> & { readonly relation: Relation }> {
  const [link, ...more] = relation.links;
  const operator = link && opposite[link.operator];
  if (!link || !operator || more.length) return;
  yield { relation: { ...relation, links: [{ ...link, operator }] }, place: { start: link.start, end: link.end }, text: operator, wrong: relation, title: "turn the comparison around", cost: 3 };
}
