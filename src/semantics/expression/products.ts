/** Factors side by side or joined by a product sign, and what a slash divides. */
import type { Node } from "../../latex/types";
import { readIndicator } from "./arguments";
import { compositionOf } from "./composition";
import { isBarName, isLayoutEnvironment } from "./nodes";
import type { Reader } from "./reader";
import { repeatsTransposed } from "./statistics";
import { productOf } from "./tree";
import type { Expr, ProductOperator } from "./types";

/** factors side by side or joined by a product sign */
export function readProduct(reader: Reader, closingBar: string | null = null): Expr {
  let factors: Expr[] = [];
  let operators: ProductOperator[] = [];
  let pending: ProductOperator | null = null;
  let composes = true;
  for (;;) {
    const node = reader.peek();
    if (node && factors.length && pending === null && isDoubleDot(node, reader.peek(1))) {
      reader.next();
      const left = evaluated(factors, operators);
      const right = readProduct(reader, closingBar);
      return { kind: "inner", left, right, which: null, start: left.start, end: right.end };
    }
    // `a \cdot -\frac{1}{2} b`: many leave out the brackets around it.
    if (node && pending !== null && factors.length && reader.isOperator(node, "-") && reader.peek(1)) {
      reader.next();
      const expr = reader.factor(closingBar);
      factors.push({ kind: "sum", terms: [{ sign: -1, expr }], start: node.start, end: expr.end });
      operators.push(pending);
      pending = null;
      continue;
    }
    if (!node || endsProduct(node, closingBar, factors.length > 0 && pending === null)) break;
    if (node.kind === "space") {
      reader.next();
      continue;
    }
    // `\mathbb{R}^n \setminus \{0\}`: what is left out changes no shape.
    if (isWithout(node) && factors.length) {
      reader.next();
      reader.factor(closingBar);
      continue;
    }
    if (node.kind === "operator" && (node.name === "/" || node.name === "div" || node.name === "oslash") && factors.length) {
      reader.next();
      const denominator = reader.factor(closingBar);
      const tail = slashTail(factors, operators);
      const numerator = productOf(tail.taken, tail.operators);
      const quotient: Expr = { kind: "quotient", numerator, denominator, elementwise: node.name === "oslash", ...(node.name === "/" ? { slash: true as const } : {}), start: numerator.start, end: denominator.end };
      factors = [...tail.left, quotient];
      operators = tail.leftOperators;
      continue;
    }
    const operator = node.kind === "operator" ? productOperator(node.name) : null;
    if (operator) {
      reader.next();
      pending = operator;
      composes &&= node.kind === "operator" && node.name === "circ";
      if (!factors.length) {
        factors.push(reader.opaque("a factor is missing", node));
      }
      continue;
    }
    const before = reader.at;
    const same = factors[factors.length - 1];
    const repeated: Expr | null = same && repeatsTransposed(node) ? { kind: "transpose", base: same, repeats: true, start: node.start, end: node.end } : null;
    const factor = repeated ?? (isCondition(node, pending !== null, factors.length === 0) ? readIndicator(reader, node, null) : null) ?? reader.factor(closingBar);
    if (reader.at === before) reader.next();
    if (factors.length) operators.push(pending ?? "");
    pending = null;
    const parts = isUnseenGroup(node) && factor.kind === "product" && factor.operators.every((one) => one === "") ? factor.factors : [factor];
    factors.push(...parts);
    operators.push(...parts.slice(1).map(() => "" as const));
    if (factors.length > 400) break;
  }
  if (pending !== null && factors.length) {
    const end = factors[factors.length - 1]?.end ?? reader.place.end;
    factors.push(reader.opaque("a factor is missing", { start: end, end }));
    operators.push(pending);
  }
  if (!factors.length) {
    const node = reader.peek();
    return reader.opaque("an operand is missing", node ? { start: node.start, end: node.start } : { start: reader.place.end, end: reader.place.end });
  }
  return (composes && compositionOf(reader, factors, operators)) || evaluated(factors, operators);
}

/** `g \odot (z > 0)`, `[z > 0]`: a bracket that holds a comparison where a factor must stand; behind other factors it is a remark. */
function isCondition(node: Node, joined: boolean, first: boolean): boolean {
  return node.kind === "fenced" && ((joined && node.open === "(") || ((joined || first) && node.open === "["));
}

/** `A : B`: the sum of the products of the entries. */
function isDoubleDot(node: Node, after: Node | undefined): boolean {
  return node.kind === "operator" && (node.name === ":" || node.name === "colon") && after !== undefined && !["operator", "space", "number"].includes(after.kind);
}

/** `\mathbf{AxB}`: braces that nobody sees hold nothing together. */
function isUnseenGroup(node: Node): boolean {
  const core = node.kind === "scripts" ? node.base : node;
  return core?.kind === "group" || core?.kind === "decorated";
}

export function endsProduct(node: Node, closingBar: string | null, complete: boolean): boolean {
  if (node.kind === "operator") {
    if (isBar(node, closingBar)) return complete;
    // Any other bar opens a norm or a determinant.
    if (isBarName(node.name)) return false;
    if (productOperator(node.name) || isWithout(node) || ["/", "div", "oslash", "!"].includes(node.name)) return false;
    return true;
  }
  if (node.kind === "scripts" && node.base?.kind === "operator" && isBarName(node.base.name)) return complete;
  return node.kind === "environment" && isLayoutEnvironment(node.name) && node.rows.length > 1 && complete;
}

function isWithout(node: Node): boolean {
  return node.kind === "operator" && /^(setminus|smallsetminus|∖)$/.test(node.name);
}

export function isBar(node: Node | undefined, closingBar: string | null): boolean {
  if (!closingBar || !node) return false;
  if (node.kind === "operator") return node.name === closingBar || (closingBar === "|" && node.name === "vert");
  return node.kind === "scripts" && node.base !== null && isBar(node.base, closingBar);
}

function productOperator(name: string): ProductOperator | null {
  switch (name) {
    case "times":
    case "×":
    // As in code.
    case "@":
      return "\\times";
    case "cdot":
    case "bullet":
    case "·":
    case "centerdot":
      return "\\cdot";
    case "odot":
    case "circ":
    case "ast":
    case "circledast":
    case "star":
      return name === "ast" || name === "star" ? "*" : "\\odot";
    case "otimes":
      return "\\otimes";
    case "oplus":
      return "\\oplus";
    case "*":
      return "*";
    default:
      return null;
  }
}

/** `2y^\top dy\big|_{y = Wx}`: the bar at the end of a product is for all of it. */
function evaluated(factors: readonly Expr[], operators: readonly ProductOperator[]): Expr {
  const last = factors[factors.length - 1];
  const inner = last?.kind === "differential" && last.of.kind === "at" ? last.of : last?.kind === "at" ? last : null;
  if (!last || !inner || (factors.length === 1 && last === inner)) return productOf(factors, operators);
  const bare: Expr = last.kind === "differential" ? { ...last, of: inner.body } : inner.body;
  const body = productOf([...factors.slice(0, -1), bare], operators);
  return { kind: "at", body, where: inner.where, start: body.start, end: last.end };
}

/** What a slash divides: the number or the run of factors without an explicit operator before it. */
function slashTail(factors: readonly Expr[], operators: readonly ProductOperator[]): { taken: Expr[]; operators: ProductOperator[]; left: Expr[]; leftOperators: ProductOperator[] } {
  let from = factors.length - 1;
  while (from > 0 && operators[from - 1] === "") from--;
  return { taken: factors.slice(from), operators: operators.slice(from), left: factors.slice(0, from), leftOperators: operators.slice(0, from) };
}
