/**
 * A row of LaTeX nodes → an expression, by precedence climbing. What a symbol
 * before parentheses is (function or factor) is asked of `options.isFunction`;
 * everything else is decided by the notation alone. Never throws: what cannot
 * be read becomes an `opaque` expression at its place.
 */
import type { Node, Place, Row } from "../../latex/types";
import { readBig } from "./big-operators";
import { readInlineDerivative, readNabla, startsDerivative } from "./derivatives";
import { readAlong, readLimit } from "./directions";
import { namedDifferential, readDifferential, startsDifferential } from "./differentials";
import { readDerivativeOf } from "./named-derivatives";
import type { Numbering } from "../numbering";
import { isBarName, spanOfRow, splitRow } from "./nodes";
import { readOperand } from "./operands";
import { isBar, readProduct } from "./products";
import { readRelation } from "./relations";
import { plainSymbol } from "./tree";
import type { Expr, Relation, Slip, SymbolExpr } from "./types";
import { widenSums } from "./wide-sums";

export interface ReadOptions {
  /** What the document knows of a symbol that stands before parentheses: a function, not one, or nothing. */
  readonly isFunction?: (symbol: SymbolExpr) => boolean | undefined;
  /** The letters that an array or a number depends on, as in `A(t)`, which is no function otherwise. */
  readonly dependsOn?: (symbol: SymbolExpr) => readonly SymbolExpr[];
  /** Whether the letter `d` is a variable of the document, so that `dx` is a product. */
  readonly dIsVariable?: boolean;
  /** Which of δ and Δ are differentials in the document. */
  readonly varying?: ReadonlySet<string>;
  /** Whether a superscript `t` is a transpose in the document. */
  readonly smallTransposes?: boolean;
  /** Whether a prime is a transpose in the document, but for functions. */
  readonly primedTransposes?: boolean;
  /** Of which symbols `x^+` is a new value of the document. */
  readonly updated?: ReadonlySet<string>;
  /** Of which symbols `x^-` is a value of the document. */
  readonly outdated?: ReadonlySet<string>;
  /** How the document numbers layers, steps and samples. */
  readonly numbering?: Numbering;
  /** Whether `d` is a size of the document, so that `\frac{1}{d r^2}` divides by it. */
  readonly dIsSize?: boolean;
  /** Letters X of which the document defines `dX` as a name: `dX = \partial L/\partial X`. */
  readonly namedDifferentials?: ReadonlySet<string>;
  /** Whether the document declares a letter by itself, so that `D f` is a product. */
  readonly isDeclared?: (symbol: SymbolExpr) => boolean;
  /** Whether the document gives a letter as an array (a vector, a matrix), or makes it, of whatever shape, of others. */
  readonly origin?: (symbol: SymbolExpr) => "given" | "made" | undefined;
  /** Whether a big operator goes over the terms that follow (`\sum_i a_i + b`). */
  readonly wideSums?: boolean;
}

const maximumDepth = 60;

export class Reader {
  private position = 0;
  constructor(
    readonly row: Row,
    readonly options: ReadOptions,
    readonly slips: Slip[],
    readonly depth: number,
    /** Where the row stands, for empty rows. */
    readonly place: Place,
  ) {}

  /** The whole row as one expression. */
  readAll(): Expr {
    if (this.depth > maximumDepth) return this.opaque("nested too deeply", this.place);
    if (!this.row.length) return this.opaque("empty", this.place);
    const expr = this.sum();
    const rest = this.peek();
    if (rest) return this.opaque(`cannot read on from here`, { start: rest.start, end: this.row[this.row.length - 1]?.end ?? rest.end });
    return expr;
  }

  nested(row: Row, place: Place): Reader {
    return new Reader(row, this.options, this.slips, this.depth + 1, row.length ? spanOfRow(row) : place);
  }

  read(row: Row, place: Place): Expr {
    return this.nested(row, place).readAll();
  }

  relation(row: Row, place: Place): Relation {
    return readRelation(this.nested(row, place));
  }

  peek(ahead = 0): Node | undefined {
    return this.row[this.position + ahead];
  }

  next(): Node | undefined {
    return this.row[this.position++];
  }

  get at(): number {
    return this.position;
  }

  seek(position: number): void {
    this.position = position;
  }

  opaque(why: string, place: Place): Expr {
    return { kind: "opaque", why, start: place.start, end: place.end };
  }

  isOperator(node: Node | undefined, ...names: readonly string[]): boolean {
    return node?.kind === "operator" && names.includes(node.name);
  }

  /** terms joined by + and − */
  sum(closingBar: string | null = null): Expr {
    const terms: { sign: 1 | -1; expr: Expr }[] = [];
    let sign: 1 | -1 = 1;
    const signed = this.isOperator(this.peek(), "+", "-") ? this.peek()?.start : undefined;
    while (this.isOperator(this.peek(), "+", "-")) {
      const operator = this.next();
      if (operator?.kind === "operator" && operator.name === "-") sign = sign === 1 ? -1 : 1;
    }
    terms.push({ sign, expr: readProduct(this, closingBar) });
    for (let node = this.peek(); node && this.isOperator(node, "+", "-", "pm", "mp"); node = this.peek()) {
      this.next();
      if (this.isOperator(node, "pm", "mp")) {
        terms.push({ sign: 1, expr: this.opaque("± is not read", node) });
        readProduct(this, closingBar);
        continue;
      }
      sign = this.isOperator(node, "-") ? -1 : 1;
      while (this.isOperator(this.peek(), "+", "-")) {
        if (this.isOperator(this.peek(), "-")) sign = sign === 1 ? -1 : 1;
        this.next();
      }
      if (!this.peek() || (closingBar && isBar(this.peek(), closingBar))) {
        terms.push({ sign, expr: this.opaque("an operand is missing", { start: node.end, end: node.end }) });
        break;
      }
      terms.push({ sign, expr: readProduct(this, closingBar) });
    }
    const widened = widenSums(terms);
    const [only] = widened;
    if (widened.length === 1 && only && only.sign === 1) return only.expr;
    return { kind: "sum", terms: widened, start: signed ?? firstStart(terms), end: terms[terms.length - 1]?.expr.end ?? 0 };
  }

  /** One factor with everything that it takes along: arguments, operands of operators, scripts. */
  factor(closingBar: string | null = null): Expr {
    const node = this.peek();
    if (!node) return this.opaque("an operand is missing", this.place);
    const unary = this.prefix(node, closingBar);
    if (unary) return unary;
    return this.postfix(this.primary(closingBar), closingBar);
  }

  /** Operators that stand before their operand. */
  private prefix(node: Node, closingBar: string | null): Expr | null {
    if (this.isOperator(node, "-", "+")) {
      this.next();
      const operand = this.factor(closingBar);
      const sign = this.isOperator(node, "-") ? -1 : 1;
      return { kind: "sum", terms: [{ sign, expr: operand }], start: node.start, end: operand.end };
    }
    const core = node.kind === "scripts" ? node.base : node;
    if (core?.kind === "big" || (core?.kind === "name" && ["max", "min"].includes(core.name) && node.kind === "scripts" && node.sub)) return readBig(this, node, closingBar);
    if (core?.kind === "symbol" && core.name === "nabla") return readNabla(this, closingBar);
    const limit = readLimit(this, node, closingBar);
    if (limit) return limit;
    if (startsDerivative(this)) return readInlineDerivative(this, closingBar);
    const named = namedDifferential(this, node, closingBar) ?? readDerivativeOf(this, node, closingBar);
    if (named) return named;
    if (startsDifferential(this, node)) return readDifferential(this, node, closingBar);
    return null;
  }

  /** An operand without its arguments and scripts. */
  private primary(closingBar: string | null): Expr {
    const node = this.next();
    if (!node) return this.opaque("an operand is missing", this.place);
    return readOperand(this, node, closingBar);
  }

  /** Things that may follow a finished operand: factorials, evaluation bars. */
  private postfix(expr: Expr, _closingBar: string | null): Expr {
    const node = this.peek();
    if (node?.kind === "operator" && node.name === "!") {
      this.next();
      return { kind: "apply", fn: plainSymbol("factorial", "mathrm", node, []), args: [expr], certain: true, primes: 0, start: expr.start, end: node.end };
    }
    if (expr.kind === "apply" && expr.primes) {
      const along = readAlong(this, { kind: "derivative", notation: "D", of: { ...expr, primes: 0 }, wrt: [], order: expr.primes, total: false, missingPartial: false, start: expr.start, end: expr.end }, "square");
      if (along.along) return along;
    }
    if (node?.kind === "scripts" && node.base?.kind === "operator" && isBarName(node.base.name) && node.sub && node.sub.length && !_closingBar) {
      this.next();
      const where = splitRow(node.sub, ",").map((part) => this.relation(part, node));
      return { kind: "at", body: expr, where, start: expr.start, end: node.end };
    }
    return expr;
  }
}

function firstStart(terms: readonly { expr: Expr }[]): number {
  return terms[0]?.expr.start ?? 0;
}
