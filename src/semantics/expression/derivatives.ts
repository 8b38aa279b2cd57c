/**
 * Derivatives in all their notations: `\frac{\partial f}{\partial x}`, the
 * operator form, `\partial f / \partial x`, `\frac{d}{dt}`, `\nabla_x f`,
 * `\nabla^2 f`, and the slip of a missing `\partial` below.
 */
import { Kept } from "../../base/kept";
import type { Node, Place, Row } from "../../latex/types";
import { readComposed } from "./composition";
import { evaluated, readPointAhead } from "./directions";
import { beforeNext, beginsProduct, isLoneFunction, isOverItself } from "./gradient-extent";
import { isD, spanOfRow } from "./nodes";
import { readProduct } from "./products";
import type { Reader } from "./reader";
import { readSuperscript, unwrap } from "./scripts";
import { childrenOf, productOf } from "./tree";
import type { Derivative, Expr, SymbolExpr } from "./types";
import { atWrittenArguments } from "./written-arguments";

/** The mark at the head of a row: ∂, ∂², d, d²; and what follows it. */
interface Marked {
  readonly order: number;
  readonly total: boolean;
  readonly rest: Row;
}

function marked(reader: Reader, row: Row): Marked | null {
  const [first, ...rest] = unwrap(row);
  if (!first) return null;
  const core = first.kind === "scripts" ? first.base : first;
  const total = isD(core);
  if (!total && !isPartial(core)) return null;
  let order = 1;
  if (first.kind === "scripts") {
    if (first.sub) return null;
    if (first.sup) {
      const power = reader.read(first.sup, first);
      if (power.kind !== "number" || power.denominator !== 1 || power.numerator < 1 || power.numerator > 4) return null;
      order = power.numerator;
    }
  }
  // `\partial{}`, as macros with an argument write the operator alone.
  return { order, total, rest: rest.every(isBlank) ? [] : rest };
}

function isBlank(node: Node): boolean {
  return node.kind === "space" || (node.kind === "group" && node.body.every(isBlank));
}

export function isPartial(node: Node | null | undefined): boolean {
  return node?.kind === "symbol" && node.name === "partial";
}

/** A fraction that is a derivative, or null. Takes the operand along where the numerator has none. */
export function readDerivativeFraction(reader: Reader, written: Node & { kind: "fraction" }, closingBar: string | null): Expr | null {
  const node = withPartials(written);
  const above = marked(reader, node.numerator);
  // `\frac{\partial g/\partial x}{\partial g/\partial y}` divides one derivative by another.
  if (!above) return readQuotientOfDifferentials(reader, node);
  if (above.rest.some((one, at) => one.kind === "operator" && one.name === "/" && isMark(coreOf(above.rest[at + 1]), above))) return null;
  const below = readDenominator(reader, node.denominator, node, above);
  if (!below) return null;
  if (above.total && above.rest.length === 1 && isScalarOperator(above.rest[0])) return null;
  const operand = above.rest.length ? reader.read(above.rest, node) : null;
  const where = operand ? null : readPointAhead(reader);
  const of = operand ?? operandAfter(reader, closingBar, node, below.wrt);
  const end = operand ? node.end : Math.max(node.end, of.end);
  const derivative: Derivative = {
    kind: "derivative",
    notation: operand ? "fraction" : "operator",
    of,
    wrt: below.wrt,
    order: above.order,
    total: above.total,
    missingPartial: below.missingPartial,
    start: node.start,
    end,
  };
  if (below.missingPartial) reader.slips.push({ code: "missing-partial", message: "\\partial is missing in the denominator of a derivative", ...spanOfRow(node.denominator) });
  if (where) return { kind: "at", body: derivative, where, start: node.start, end };
  if (below.factors.length === 0) return operand ? atWrittenArguments(reader, derivative) : evaluated(derivative);
  // `\frac{\partial l}{T \cdot \partial o}`: a factor below the line beside the derivative.
  const denominator = productOf(below.factors, below.factors.slice(1).map(() => "" as const));
  return { kind: "quotient", numerator: derivative, denominator, elementwise: false, start: node.start, end };
}

/** `\frac{\operatorname{tr}(A\,dX)}{dX}`: what stands before dX in the numerator, as the derivative by dX. */
function readQuotientOfDifferentials(reader: Reader, node: Node & { kind: "fraction" }): Expr | null {
  const below = readDenominator(reader, node.denominator, node, { order: 1, total: true });
  const [by, ...more] = below?.wrt ?? [];
  if (!below || below.missingPartial || below.factors.length || by?.kind !== "symbol" || more.length) return null;
  const of = reader.read(node.numerator, node);
  const isIt = (symbol: Expr): boolean => symbol.kind === "symbol" && fullName(symbol) === fullName(by);
  const moves = (expr: Expr): boolean => (expr.kind === "differential" && expr.order === 1 && isIt(expr.of)) || childrenOf(expr).some(moves);
  if (!moves(of)) return null;
  const { start, end } = node;
  return { kind: "derivative", notation: "fraction", of, wrt: [{ kind: "differential", order: 1, of: by, start: by.start, end: by.end }], order: 1, total: true, missingPartial: false, start, end };
}

function fullName({ name, font, accents, subscripts }: SymbolExpr): string {
  return [font, ...accents, name, ...subscripts.map(({ text }) => text)].join(" ");
}

/** `\frac{\delta L}{\delta w}`, where nobody would divide by the same δ, with ∂ in its place. */
function withPartials(node: Node & { kind: "fraction" }): Node & { kind: "fraction" } {
  const isDelta = (one: Node | undefined): boolean => one?.kind === "symbol" && one.name === "delta";
  const [first, second] = [unwrap(node.numerator), unwrap(node.denominator)];
  const head = first[0]?.kind === "scripts" && !first[0].sub ? first[0].base : first[0];
  if (!isDelta(head ?? undefined) || !isDelta(second[0]) || first.length < 2 || second.length < 2) return node;
  const partial = (row: Row): Row => row.map((one) => (isDelta(one) ? { kind: "symbol", name: "partial", font: "", start: one.start, end: one.end } : one.kind === "scripts" && isDelta(one.base ?? undefined) && !one.sub ? { ...one, base: { kind: "symbol", name: "partial", font: "", start: one.start, end: one.start } } : one));
  return { ...node, numerator: partial(first), denominator: partial(second) };
}

function isMark(node: Node | null | undefined, { total }: Marked): boolean {
  return isPartial(node) || (total && isD(node ?? undefined));
}

function coreOf(node: Node | undefined): Node | null | undefined {
  return node?.kind === "scripts" ? node.base : node;
}

function isScalarOperator(node: Node | undefined): boolean {
  return node?.kind === "operator";
}

/** What is differentiated by: `\partial x`, `\partial x^2`, `\partial x\,\partial y^\top`, `dX`. */
function readDenominator(reader: Reader, row: Row, place: Place, { order, total }: Pick<Marked, "order" | "total">): { wrt: Expr[]; missingPartial: boolean; factors: Expr[] } | null {
  const nodes = unwrap(row);
  const marks: number[] = [];
  nodes.forEach((node, index) => {
    const core = node.kind === "scripts" && !node.sub && !node.sup ? node.base : node;
    if (isPartial(core) || (total && isD(core) && index + 1 < nodes.length)) marks.push(index);
  });
  const [first] = marks;
  if (first === undefined) {
    if (total) return null;
    // `\frac{\partial L}{a_{1,1}}`
    const bare = reader.read(nodes, place);
    return bare.kind === "symbol" ? { wrt: [bare], missingPartial: true, factors: [] } : null;
  }
  const before = nodes.slice(0, first).filter((node) => !(node.kind === "operator" && (node.name === "cdot" || node.name === "times")));
  const factors = before.map((node) => reader.read([node], place));
  if (factors.some((factor) => factor.kind === "opaque")) return null;
  const wrt: Expr[] = [];
  marks.forEach((mark, index) => {
    const part = nodes.slice(mark + 1, marks[index + 1] ?? nodes.length).filter((node) => node.kind !== "space");
    if (!part.length) return;
    const expr = reader.read(part, place);
    // Below ∂², `\partial x^2` is x twice; below ∂, and in `\partial \mu\, \partial \sigma^2`, `\partial \sigma^2` is the square of σ.
    if (order > marks.length && expr.kind === "power" && expr.exponent.kind === "number" && expr.exponent.denominator === 1 && expr.exponent.numerator >= 2 && expr.exponent.numerator <= 4) {
      for (let k = 0; k < expr.exponent.numerator; k++) wrt.push(expr.base);
    } else wrt.push(expr);
  });
  if (!wrt.length || wrt.some((expr) => expr.kind === "opaque" || expr.kind === "sum" || expr.kind === "number")) return null;
  if (total && wrt.some((expr) => expr.kind === "product")) return null;
  return { wrt, missingPartial: false, factors };
}

/** What a derivative operator acts on: the whole of the product that follows. */
function operandAfter(reader: Reader, closingBar: string | null, place: Place, wrt: readonly Expr[]): Expr {
  while (reader.peek()?.kind === "space") reader.next();
  const following = reader.peek();
  const negative = following && reader.isOperator(following, "-") ? negativeOf(reader, closingBar, wrt) : null;
  if (negative) return negative;
  if (!following || (following.kind === "operator" && !["|", "‖", "Vert", "vert"].includes(following.name))) return reader.opaque("a bare operator", { start: place.end, end: place.end });
  return readProduct(reader, closingBar);
}

/** `\frac{\partial}{\partial x} -\log x`: a sign right after the operator is that of what it acts on, where that is of the variable. */
function negativeOf(reader: Reader, closingBar: string | null, wrt: readonly Expr[]): Expr | null {
  const { at } = reader;
  const sign = reader.next() as Node;
  const operand = reader.peek() ? readProduct(reader, closingBar) : null;
  const letters = new Set(wrt.flatMap((one) => symbolsIn(one, false)).map(({ name }) => name));
  if (operand && operand.kind !== "derivative" && symbolsIn(operand, false).some(({ name }) => letters.has(name))) return { kind: "sum", terms: [{ sign: -1, expr: operand }], start: sign.start, end: operand.end };
  reader.seek(at);
  return null;
}

/** `\partial f / \partial x` on one line. */
export function startsDerivative(reader: Reader): boolean {
  const node = reader.peek();
  return isPartial(node?.kind === "scripts" ? node.base : node);
}

export function readInlineDerivative(reader: Reader, closingBar: string | null): Expr {
  const start = reader.at;
  const head = reader.peek() as Node;
  const slash = findSlash(reader, start);
  if (slash < 0) {
    reader.next();
    const sub = head.kind === "scripts" ? head.sub : null;
    if (sub) {
      // `\partial_x f`, `\partial_x^2 f`, `\partial_{xy} f`
      const letters = wrtList(reader.read(sub, head));
      const power = head.kind === "scripts" && head.sup ? reader.read(head.sup, head) : null;
      const order = power ? (power.kind === "number" && power.denominator === 1 && power.numerator > 0 && power.numerator <= 4 ? power.numerator : 0) : letters.length;
      const of = operandAfter(reader, closingBar, head, letters);
      const wrt = letters.length === 1 ? Array.from({ length: order }, () => letters[0] as Expr) : letters.length === order ? letters : [];
      if (!wrt.length) return reader.opaque("an operator that is not read", { start: head.start, end: of.end });
      return { kind: "derivative", notation: "operator", of, wrt, order, total: false, missingPartial: false, start: head.start, end: of.end };
    }
    const of = reader.peek() ? reader.factor(closingBar) : reader.opaque("a bare operator", head);
    return { kind: "differential", order: 1, of, start: head.start, end: of.end };
  }
  const above = marked(reader, reader.row.slice(start, slash));
  reader.seek(slash + 1);
  const belowRow = takeDenominator(reader);
  const below = readDenominator(reader, belowRow, head, { order: above?.order ?? 1, total: false });
  const end = belowRow[belowRow.length - 1]?.end ?? head.end;
  if (!above || !below || !below.wrt.length || below.missingPartial) return reader.opaque("a derivative that is not read", { start: head.start, end });
  const operand = above.rest.length ? reader.read(above.rest, head) : operandAfter(reader, closingBar, { start: head.start, end }, below.wrt);
  return { kind: "derivative", notation: above.rest.length ? "fraction" : "operator", of: operand, wrt: below.wrt, order: above.order, total: false, missingPartial: false, start: head.start, end: Math.max(end, above.rest.length ? 0 : operand.end) };
}

function findSlash(reader: Reader, from: number): number {
  for (let i = from; i < reader.row.length; i++) {
    const node = reader.row[i] as Node;
    if (node.kind !== "operator") continue;
    if (node.name === "/") {
      const following = reader.row[i + 1];
      const core = following?.kind === "scripts" ? following.base : following;
      return isPartial(core) ? i : -1;
    }
    if (["+", "-", "=", ","].includes(node.name)) return -1;
  }
  return -1;
}

/** After the slash: `\partial x`, `\partial x^2`, `\partial x_i \partial x_j`. */
function takeDenominator(reader: Reader): Row {
  const out: Node[] = [];
  for (let node = reader.peek(); node && isPartial(node.kind === "scripts" ? node.base : node); node = reader.peek()) {
    out.push(node);
    reader.next();
    const operand = reader.peek();
    if (!operand) break;
    out.push(operand);
    reader.next();
    const argument = reader.peek();
    if (operand.kind === "name" && argument && (argument.kind === "fenced" || (argument.kind === "scripts" && argument.base?.kind === "fenced"))) {
      out.push(argument);
      reader.next();
    }
  }
  return out;
}

/** `\nabla_x f`, `\nabla^2 f`, `\nabla_{\theta}^2 \ell(\theta)`, `\nabla L^\top d`. */
export function readNabla(reader: Reader, closingBar: string | null): Expr {
  const node = reader.next() as Node;
  return readGradient(reader, node, node.kind === "scripts" ? node : null, closingBar);
}

/** After ∇, or `\operatorname{grad}`, with its scripts. */
export function readGradient(reader: Reader, node: Place, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
  const sub = scripts?.sub ?? null;
  const sup = scripts?.sup ?? null;
  let order = 1;
  if (sup) {
    const power = reader.read(sup, node);
    if (power.kind === "number" && power.numerator === 2) order = 2;
    else return reader.opaque("an operator that is not read", node);
  }
  let dot = reader.peek();
  if (dot?.kind === "operator" && (dot.name === "cdot" || dot.name === "times")) return reader.opaque("a divergence or a curl", node);
  while (dot?.kind === "space") {
    reader.next();
    dot = reader.peek();
  }
  const wrt = sub ? wrtList(reader.read(sub, node)) : [];
  // `\nabla\nabla f` and `\nabla\nabla^\top f` are the Hessian; `\nabla_x\nabla_y f` a mixed one.
  if (order === 1 && isNabla(dot)) {
    const inner = readGradient(reader, reader.next() as Node, dot?.kind === "scripts" ? { ...dot, sup: null } : null, closingBar);
    if (inner.kind === "derivative" && inner.notation === "nabla") return { ...inner, notation: "hessian", order: 2, wrt: [...inner.wrt, ...wrt], start: node.start };
    return reader.opaque("an operator that is not read", node);
  }
  const base = { kind: "derivative", notation: order === 2 ? "hessian" : "nabla", wrt, order, total: false, missingPartial: false, start: node.start } as const;
  if (!dot || (dot.kind === "operator" && !["|", "‖", "Vert", "vert"].includes(dot.name))) {
    const of = (reader.isOperator(dot, "-") ? negativeOf(reader, closingBar, wrt) : null) ?? reader.opaque("a bare operator", { start: node.end, end: node.end });
    return { ...base, of, end: Math.max(node.end, of.end) };
  }
  const composed = dot.kind === "fenced" ? readComposed(reader, dot.body, dot, 1) : null;
  if (composed) return { ...base, of: composed.value, wrt: wrt.length ? wrt : [composed.argument], end: composed.value.end };
  if (!isOverItself(reader) && (!isLoneFunction(dot) || beginsProduct(reader, dot))) {
    const gradient = beforeNext(base, readProduct(reader, closingBar));
    return gradient.kind === "derivative" ? evaluated(gradient) : gradient;
  }
  // The gradient of a named function: scripts such as a transpose belong to the gradient.
  const operand = reader.factor(closingBar);
  const peeled: ("transpose" | { exponent: Expr; elementwise: boolean })[] = [];
  let of = reader.options.primedTransposes ? turned(operand) : operand;
  while (of.kind === "transpose" || of.kind === "power") {
    peeled.unshift(of.kind === "transpose" ? "transpose" : { exponent: of.exponent, elementwise: of.elementwise });
    of = of.base;
  }
  let expr: Expr = evaluated({ ...base, of, end: of.end });
  for (const layer of peeled) {
    expr = layer === "transpose" ? { kind: "transpose", base: expr, start: node.start, end: operand.end } : { kind: "power", base: expr, ...layer, start: node.start, end: operand.end };
  }
  return expr;
}

/** `\nabla f(x)'d`, `\nabla f'd` where primes are transposes: the gradient's. */
function turned(of: Expr): Expr {
  const isPrimed = of.kind === "derivative" && of.notation === "prime" && of.order === 1;
  const base: Expr | null = isPrimed ? of.of : of.kind === "symbol" && of.primes === 1 ? { ...of, primes: 0 } : null;
  return base ? { kind: "transpose", base, start: of.start, end: of.end } : of;
}

function isNabla(node: Node | undefined): boolean {
  const core = node?.kind === "scripts" ? node.base : node;
  return core?.kind === "symbol" && core.name === "nabla" && (node?.kind !== "scripts" || !node.sup || isTransposeSign(node.sup));
}

function isTransposeSign(sup: Row): boolean {
  const [only, ...more] = readSuperscript(sup);
  return only?.kind === "transpose" && !more.length;
}

function wrtList(expr: Expr): Expr[] {
  if (expr.kind === "tuple") return [...expr.items];
  // `\nabla^2_{xy}`
  if (expr.kind === "product" && expr.factors.every((factor) => factor.kind === "symbol")) return [...expr.factors];
  return [expr];
}

const derivatives = new Kept<Expr, readonly Derivative[]>();

/** Every derivative inside an expression; asked for again and again, and so kept. */
export function derivativesIn(expr: Expr): readonly Derivative[] {
  let found = derivatives.get(expr);
  if (!found) {
    const below = childrenOf(expr).flatMap(derivativesIn);
    derivatives.set(expr, (found = expr.kind === "derivative" ? [expr, ...below] : below));
  }
  return found;
}

const plain = new Kept<Expr, readonly SymbolExpr[]>();
const withSubscripts = new Kept<Expr, readonly SymbolExpr[]>();

/** Every symbol of an expression, subscripts included where asked. */
export function symbolsIn(expr: Expr, subscripts = true): readonly SymbolExpr[] {
  const known = subscripts ? withSubscripts : plain;
  let found = known.get(expr);
  if (!found) known.set(expr, (found = collectSymbols(expr, subscripts)));
  return found;
}

function collectSymbols(expr: Expr, subscripts: boolean): readonly SymbolExpr[] {
  if (expr.kind === "symbol" && (!subscripts || (!expr.subscripts.length && !expr.tags.length))) return [expr];
  const own = expr.kind === "symbol" ? [expr] : expr.kind === "apply" ? [expr.fn] : [];
  const below = subscripts ? own.flatMap((symbol) => [...symbol.subscripts.flatMap((inner) => symbolsIn(inner.expr)), ...symbol.tags.flatMap((tag) => (tag.expr ? symbolsIn(tag.expr) : []))]) : [];
  const entries = subscripts && expr.kind === "entry" ? expr.indices.flatMap((index) => symbolsIn(index.expr)) : [];
  const bound = expr.kind === "big" && subscripts ? expr.indices.map((index) => index.symbol) : [];
  return [...own, ...below, ...entries, ...bound, ...childrenOf(expr).flatMap((child) => symbolsIn(child, subscripts))];
}
