/** What the text tells of samples and the matrices that they make: `X = [x^{(1)}, \dots, x^{(m)}]`, "X has the examples as columns". */
import { displayOf, type Expr, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { otherCase, taggedKey } from "../semantics/symbols/key";

export type Side = "row" | "column";

const cache = new WeakMap<Model, ReadonlyMap<string, Side>>();

/** Of which side of its matrix a letter's samples are said to be; null where nothing says so. */
export function toldSide(symbol: SymbolExpr, model: Model): Side | null {
  return toldIn(model).get(taggedKey({ ...symbol, subscripts: [] })) ?? null;
}

function toldIn(model: Model): ReadonlyMap<string, Side> {
  const known = cache.get(model);
  if (known) return known;
  const told = new Map<string, Side>();
  for (const { symbol, properties } of model.table.all) {
    const member = otherCase(symbol);
    if (member) for (const [property, side] of [["samplesInRows", "row"], ["samplesInColumns", "column"]] as const) if (properties.has(property)) told.set(taggedKey({ ...member, subscripts: [] }), side);
  }
  for (const { assertion, role } of model.located) {
    if (role === "wrong-example" || role === "question") continue;
    const capitals = assertion.sides.filter((side): side is SymbolExpr => side.kind === "symbol" && /^[A-Z]$/.test(side.name) && !side.subscripts.length);
    for (const capital of capitals) for (const side of assertion.sides) {
      const listed = samplesListed(side);
      if (listed && listed.letter.name === capital.name.toLowerCase()) told.set(taggedKey({ ...listed.letter, subscripts: [] }), listed.side);
    }
  }
  cache.set(model, told);
  return told;
}

/** x of `[x_1, \dots, x_n]`, with or without commas, and of such rows below each other: between dots, where more than one stand there. */
function samplesListed(expr: Expr): { readonly letter: SymbolExpr; readonly side: Side } | null {
  const isTurned = expr.kind === "transpose";
  const list = isTurned ? expr.base : expr;
  const rows = list.kind === "tuple" ? [list.items.map((item) => (item.kind === "dots" ? null : item))] : displayOf(list)?.rows.map((row) => row.map((cell) => (cell.dots ? null : cell.expr)));
  if (!rows || (list.kind !== "tuple" && list.kind !== "matrix")) return null;
  const across = rows.length === 1;
  const cells = across ? (rows[0] ?? []) : rows.every((row) => row.length === 1) ? rows.flat() : [];
  const letters = cells.filter((cell) => cell !== null).map((cell) => (cell.kind === "transpose" && !across ? cell.base : cell));
  const [first] = letters;
  const isMember = (one: Expr): boolean => one.kind === "symbol" && one.subscripts.length === 1 && first?.kind === "symbol" && taggedKey({ ...one, subscripts: [] }) === taggedKey({ ...first, subscripts: [] });
  if (first?.kind !== "symbol" || letters.length < 2 || letters.length === cells.length || !letters.every(isMember)) return null;
  return { letter: first, side: across === !isTurned ? "column" : "row" };
}
