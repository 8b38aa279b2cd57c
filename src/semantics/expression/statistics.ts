/**
 * Expectations, variances and covariances as they are written: `\mathbb{E}[…]`,
 * `E[…]`, `\mathbb{E}_{x \sim p}[…]`, `\operatorname{Var}(…)`, `\operatorname{Cov}(x, y)`;
 * and a factor that is said to be the same as the one before it, `(…)(\cdot)^\top`.
 */
import type { Node, Row } from "../../latex/types";
import { isRelationNode, splitRow } from "./nodes";
import type { Reader } from "./reader";
import { readSuperscript, unwrap } from "./scripts";
import type { Expr, SymbolExpr } from "./types";

type Bracket = Node & { readonly kind: "fenced" };

const names: Readonly<Record<string, string>> = { E: "E", Var: "Var", V: "Var", Cov: "Cov", cov: "Cov" };

/** The statistic that a symbol and the brackets after it make; null where they make none that is read. */
export function readStatistic(reader: Reader, symbol: SymbolExpr, bracket: Bracket): Expr | null {
  const name = Object.hasOwn(names, symbol.name) ? names[symbol.name] : undefined;
  if (!name || symbol.accents.length || symbol.primes || symbol.tags.length) return null;
  // A plain E before parentheses, and V, may be any function.
  if (symbol.name.length === 1 && symbol.font !== "mathbb" && (symbol.name === "V" || (symbol.font !== "mathrm" && !["[", "{"].includes(bracket.open)))) return null;
  const [body = []] = splitRow(unwrap(bracket.body), ";");
  if (splitRow(body, "mid", "|").length > 1) return null;
  const items = splitRow(body, ",").map((row) => reader.read(row, bracket));
  if (items.length !== 1 && !(name === "Cov" && items.length === 2)) return null;
  const [first] = items as [Expr];
  const of: Expr = items.length === 1 ? first : { kind: "tuple", items, start: first.start, end: bracket.end };
  const below = symbol.subscripts[0]?.expr;
  return { kind: "statistic", name, body: of, over: below ?? null, start: symbol.start, end: bracket.end };
}

/** The letter before `\sim` below an expectation. */
export function drawnLetter(row: Row): Row {
  const at = row.findIndex((node) => isRelationNode(node) && node.kind === "operator" && node.name === "sim");
  return at > 0 ? row.slice(0, at) : row;
}

/** `(\cdot)^\top`, `(same)^T`, `(*)^\top`: the factor before it, transposed. */
export function repeatsTransposed(node: Node): boolean {
  if (node.kind !== "scripts" || node.base?.kind !== "fenced" || node.sub || !node.sup) return false;
  const written = unwrap(node.base.body).map((inner) => ("name" in inner ? inner.name : inner.kind === "text" ? inner.text.trim() : "?")).join("");
  const [only, ...others] = readSuperscript(node.sup);
  return only?.kind === "transpose" && !others.length && /^(cdot|bullet|\*|ast|star|same|ditto|idem|dots|ldots|cdots)$/.test(written);
}
