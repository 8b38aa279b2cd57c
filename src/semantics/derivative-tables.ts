/**
 * Tables of derivatives: below a head that calls one column functions (`f(x)`,
 * "Function") and another their derivatives (`f'(x)`, "Gradient"), a row with a
 * formula in each says that the one is the derivative of the other, by the
 * letter of the head or by the one that varies through the table.
 */
import { offsetAt } from "../base/span";
import { withParts } from "../base/parts";
import { customary } from "./bare-primes";
import { movedTo } from "./continued";
import type { Draft } from "./declarations/draft";
import type { Paragraph } from "./declarations/layout";
import { type Derivative, derivativesIn, type Expr, type SymbolExpr, symbolsIn, wordOf } from "./expression";
import type { Located } from "./model";
import { baseKey } from "./symbols/key";

const functionWords = /^(the\s+)?(functions?|expressions?|formulas?|equations?|definitions?|activations?( functions?)?|scalar functions?|funktion(en)?|formel|ausdruck|funci[oó]n|fórmula|fonction|formule|função|funzione|функция|формула|hàm( số)?|函数|函數|原函数|関数|公式|함수)$/iu;
const derivativeWords = /^(the\s+)?((first|1st)\s+)?(derivatives?|gradients?|ableitung(en)?|gradient(en)?|derivadas?|gradientes?|dérivées?|derivat[ae]|gradiente|производная|градиент|đạo hàm|导数|導數|导函数|梯度|導関数|微分|도함수|미분)$/iu;

/** "Gradient w.r.t." before a letter. */
const byWords = /\s+(w\.?\s?r\.?\s?t\.?|with respect to|nach|por|par rapport à|respecto (a|de)|em relação a|по)$/iu;

/** What the head of a column calls its cells. */
interface Head {
  readonly is: "function" | "derivative";
  readonly order: number;
  /** f and x of `f(x)`, as far as the head writes them. */
  readonly fn: SymbolExpr | null;
  readonly variable: SymbolExpr | null;
}

/** A row: the expression that is differentiated, and the assertion that a formula alone makes in the other column. */
interface Row {
  readonly of: Expr;
  readonly derivative: Located;
  readonly head: Head;
}

export function withTableRows({ document, located }: Draft, paragraphs: readonly Paragraph[]): Located[] {
  const tables = new Map<number, Paragraph[]>();
  for (const paragraph of paragraphs) if (paragraph.cell) tables.set(paragraph.cell.table, [...(tables.get(paragraph.cell.table) ?? []), paragraph]);
  const inParagraph = new Map<number, Located[]>();
  for (const one of tables.size ? located : []) inParagraph.set(one.paragraph, [...(inParagraph.get(one.paragraph) ?? []), one]);
  const written = new Map<number, Located>();
  for (const cells of tables.values()) {
    const heads = new Map<number, Head>();
    for (const cell of cells) {
      const head = cell.cell?.row === 0 ? headOf(document.text, cell, inParagraph.get(cell.index) ?? []) : null;
      if (head) heads.set(cell.cell?.column as number, head);
    }
    const rows = rowsOf(cells, heads, inParagraph);
    const usual = usualVariable(rows);
    for (const row of rows) {
      const variable = row.head.variable ?? usual;
      const assertion = variable && variesIn(row.of, variable) ? claimOf(row, variable) : null;
      if (assertion) written.set(row.derivative.id, { ...row.derivative, assertion });
    }
  }
  return written.size ? located.map((one) => written.get(one.id) ?? one) : [...located];
}

function headOf(text: string, { pieces }: Paragraph, [first, ...more]: readonly Located[]): Head | null {
  const said = pieces.map((piece) => (piece.kind === "formula" ? "" : text.slice(offsetAt(piece.source, 0), offsetAt(piece.source, piece.source.text.length)))).join(" ").replace(/[*_():,]/g, " ").trim();
  const told = functionWords.test(said) ? "function" : derivativeWords.test(said) ? "derivative" : null;
  const expr = first && !more.length && first.assertion.sides.length === 1 ? first.assertion.sides[0] : undefined;
  const shown = expr ? shownHead(expr) : null;
  if (expr?.kind === "symbol" && derivativeWords.test(said.replace(byWords, "")) && byWords.test(said)) return { is: "derivative", order: 1, fn: null, variable: expr };
  if (shown && (!said || told === shown.is)) return shown;
  return told && !expr ? { is: told, order: 1, fn: null, variable: null } : null;
}

/** `f(x)`, `f`, `f'(x)`, `f'`, `\frac{d}{dx} f(x)`, `\nabla_x f`. */
function shownHead(expr: Expr): Head | null {
  if (expr.kind === "derivative") {
    const of = shownHead(expr.of);
    const [wrt, ...more] = expr.wrt;
    return of?.is === "function" && !more.length && (!wrt || wrt.kind === "symbol") ? { ...of, is: "derivative", order: expr.order, variable: wrt ?? of.variable } : null;
  }
  const fn = expr.kind === "apply" ? expr.fn : expr.kind === "symbol" ? expr : null;
  const [argument, ...more] = expr.kind === "apply" ? expr.args : [];
  if (!fn || fn.subscripts.length || fn.tags.length || wordOf(fn.name) || more.length || (argument && argument.kind !== "symbol")) return null;
  const primes = expr.kind === "apply" ? expr.primes : fn.primes;
  return { is: primes ? "derivative" : "function", order: Math.max(primes, 1), fn: { ...fn, primes: 0 }, variable: argument ?? null };
}

function rowsOf(cells: readonly Paragraph[], heads: ReadonlyMap<number, Head>, inParagraph: ReadonlyMap<number, readonly Located[]>): Row[] {
  const byRow = new Map<number, Map<number, readonly Located[]>>();
  for (const { cell, index, pieces } of cells) {
    if (!cell || cell.row === 0 || pieces.filter(({ kind }) => kind === "formula").length !== 1) continue;
    byRow.set(cell.row, new Map([...(byRow.get(cell.row) ?? []), [cell.column, inParagraph.get(index) ?? []]]));
  }
  return [...byRow.values()].flatMap((row) => {
    const of = [...heads].flatMap(([column, { is }]) => (is === "function" ? functionIn(row.get(column) ?? []) : []));
    const [only, ...others] = of;
    if (!only || others.length) return [];
    return [...heads].flatMap(([column, head]): Row[] => {
      const [derivative, ...more] = head.is === "derivative" ? (row.get(column) ?? []) : [];
      return derivative && !more.length && isBare(derivative) ? [{ of: only, derivative, head }] : [];
    });
  });
}

/** `\sin x` and, where it is called that, `\sigma(x) = \frac{1}{1 + e^{-x}}`. */
function functionIn([first, ...more]: readonly Located[]): Expr[] {
  if (!first || more.length) return [];
  const { sides, links, notes } = first.assertion;
  const [value, named] = [sides[sides.length - 1], sides[0]];
  const isDefined = sides.length === 2 && links[0]?.operator === "=" && (named?.kind === "apply" || named?.kind === "symbol");
  return value && !notes.length && value.kind !== "opaque" && (sides.length === 1 || isDefined) ? [value] : [];
}

function isBare({ assertion: { sides, notes } }: Located): boolean {
  const [only, ...more] = sides;
  return only !== undefined && !more.length && !notes.length && !["opaque", "tuple"].includes(only.kind) && !derivativesIn(only).length;
}

/** The customary letter of which most functions of a table are made, where no other is in as many. */
function usualVariable(rows: readonly Row[]): SymbolExpr | null {
  const letters = new Map<string, { symbol: SymbolExpr; count: number }>();
  for (const { of } of rows) {
    for (const [key, symbol] of new Map(symbolsIn(of, false).map((symbol) => [baseKey(symbol), symbol]))) letters.set(key, { symbol, count: (letters.get(key)?.count ?? 0) + 1 });
  }
  const [most, next] = [...letters.values()].filter(({ symbol }) => !["e", "pi"].includes(symbol.name) && !wordOf(symbol.name)).sort((a, b) => b.count - a.count);
  return most && most.count > 1 && most.count > (next?.count ?? 0) && customary.includes(most.symbol.name.toLowerCase()) ? most.symbol : null;
}

function variesIn(of: Expr, variable: SymbolExpr): boolean {
  return symbolsIn(of, false).some((symbol) => baseKey(symbol) === baseKey(variable) && !symbol.subscripts.length && !symbol.primes);
}

/** The assertion of a row; null where the derivative is written with letters of other meanings. */
function claimOf({ of, derivative: { assertion }, head }: Row, variable: SymbolExpr): Located["assertion"] | null {
  const [written] = assertion.sides as readonly [Expr];
  const place = { start: written.start, end: written.start };
  const function_ = movedTo(of, place) as Expr;
  const value = head.fn ? (valuesIn(written, head.fn, function_, variable) as Expr) : written;
  const wrt = Array.from({ length: head.order }, () => ({ ...variable, ...place }));
  const derivative: Derivative = { kind: "derivative", notation: "fraction", of: function_, wrt, order: head.order, total: false, missingPartial: false, ...place };
  return { ...assertion, sides: [derivative, value], links: [{ operator: "=", ...place }], start: place.start };
}

/** `f(x)(1 - f(x))` in a row is said of its own function. */
function valuesIn(value: unknown, fn: SymbolExpr, of: Expr, variable: SymbolExpr): unknown {
  const expr = value as Expr | null;
  const isItself = typeof expr === "object" && expr !== null && ((expr.kind === "apply" && baseKey(expr.fn) === baseKey(fn) && !expr.primes && expr.args.length === 1 && expr.args[0]?.kind === "symbol" && baseKey(expr.args[0]) === baseKey(variable)) || (expr.kind === "symbol" && baseKey(expr) === baseKey(fn)));
  return isItself ? of : withParts(value, (part) => valuesIn(part, fn, of, variable));
}
