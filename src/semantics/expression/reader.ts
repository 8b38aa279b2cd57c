/**
 * A row of LaTeX nodes → an expression, by precedence climbing. What a symbol
 * before parentheses is (function or factor) is asked of `options.isFunction`;
 * everything else is decided by the notation alone. Never throws: what cannot
 * be read becomes an `opaque` expression at its place.
 */
import type { Node, Place, Row } from "../../latex/types";
import { readDerivativeFraction, readNabla, startsDerivative, readInlineDerivative } from "./derivatives";
import { readDerivativeOf } from "./named-derivatives";
import { readMatrix } from "./matrices";
import { readRelation } from "./relations";
import { readSuperscript, type Superscript, unwrap } from "./scripts";
import { drawnLetter, readStatistic, repeatsTransposed } from "./statistics";
import { readSubscripts, readTag } from "./subscripts";
import type { BoundIndex, Expr, ProductOperator, Relation, Slip, SymbolExpr } from "./types";
import { longestWord, looksLikeFunction, mayBeFunction, wordOf } from "./words";

export interface ReadOptions {
  /** What the document knows of a symbol that stands before parentheses: a function, not one, or nothing. */
  readonly isFunction?: (symbol: SymbolExpr) => boolean | undefined;
  /** Whether the letter `d` is a variable of the document, so that `dx` is a product. */
  readonly dIsVariable?: boolean;
  /** Whether a superscript `t` is a transpose in the document. */
  readonly smallTransposes?: boolean;
  /** Whether `d` is a size of the document, so that `\frac{1}{d r^2}` divides by it. */
  readonly dIsSize?: boolean;
  /** Letters X of which the document defines `dX` as a name: `dX = \partial L/\partial X`. */
  readonly namedDifferentials?: ReadonlySet<string>;
  /** Whether the document declares a letter by itself, so that `D f` is a product. */
  readonly isDeclared?: (symbol: SymbolExpr) => boolean;
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
    terms.push({ sign, expr: this.product(closingBar) });
    for (let node = this.peek(); node && this.isOperator(node, "+", "-", "pm", "mp"); node = this.peek()) {
      this.next();
      if (this.isOperator(node, "pm", "mp")) {
        terms.push({ sign: 1, expr: this.opaque("± is not read", node) });
        this.product(closingBar);
        continue;
      }
      sign = this.isOperator(node, "-") ? -1 : 1;
      while (this.isOperator(this.peek(), "+", "-")) {
        if (this.isOperator(this.peek(), "-")) sign = sign === 1 ? -1 : 1;
        this.next();
      }
      if (!this.peek() || (closingBar && this.isBar(this.peek(), closingBar))) {
        terms.push({ sign, expr: this.opaque("an operand is missing", { start: node.end, end: node.end }) });
        break;
      }
      terms.push({ sign, expr: this.product(closingBar) });
    }
    const widened = widenSums(terms);
    const [only] = widened;
    if (widened.length === 1 && only && only.sign === 1) return only.expr;
    return { kind: "sum", terms: widened, start: signed ?? firstStart(terms), end: terms[terms.length - 1]?.expr.end ?? 0 };
  }

  /** factors side by side or joined by a product sign */
  product(closingBar: string | null = null): Expr {
    let factors: Expr[] = [];
    let operators: ProductOperator[] = [];
    let pending: ProductOperator | null = null;
    for (;;) {
      const node = this.peek();
      if (!node || this.endsProduct(node, closingBar, factors.length > 0 && pending === null)) break;
      if (node.kind === "space") {
        this.next();
        continue;
      }
      if (node.kind === "operator" && (node.name === "/" || node.name === "div" || node.name === "oslash") && factors.length) {
        this.next();
        const denominator = this.factor(closingBar);
        const tail = slashTail(factors, operators);
        const numerator = productOf(tail.taken, tail.operators);
        const quotient: Expr = { kind: "quotient", numerator, denominator, elementwise: node.name === "oslash", start: numerator.start, end: denominator.end };
        factors = [...tail.left, quotient];
        operators = tail.leftOperators;
        continue;
      }
      const operator = node.kind === "operator" ? productOperator(node.name) : null;
      if (operator) {
        this.next();
        pending = operator;
        if (!factors.length) {
          factors.push(this.opaque("a factor is missing", node));
        }
        continue;
      }
      const before = this.position;
      const same = factors[factors.length - 1];
      const repeated: Expr | null = same && repeatsTransposed(node) ? { kind: "transpose", base: same, repeats: true, start: node.start, end: node.end } : null;
      const factor = repeated ?? this.factor(closingBar);
      if (this.position === before) this.next();
      if (factors.length) operators.push(pending ?? "");
      pending = null;
      factors.push(factor);
      if (factors.length > 400) break;
    }
    if (pending !== null && factors.length) {
      const end = factors[factors.length - 1]?.end ?? this.place.end;
      factors.push(this.opaque("a factor is missing", { start: end, end }));
      operators.push(pending);
    }
    if (!factors.length) {
      const node = this.peek();
      return this.opaque("an operand is missing", node ? { start: node.start, end: node.start } : { start: this.place.end, end: this.place.end });
    }
    return evaluated(factors, operators);
  }

  private endsProduct(node: Node, closingBar: string | null, complete: boolean): boolean {
    if (node.kind === "operator") {
      if (this.isBar(node, closingBar)) return complete;
      // Any other bar opens a norm or a determinant.
      if (isBarName(node.name)) return false;
      if (productOperator(node.name) || ["/", "div", "oslash", "!"].includes(node.name)) return false;
      return true;
    }
    if (node.kind === "scripts" && node.base?.kind === "operator" && isBarName(node.base.name)) return complete;
    return node.kind === "environment" && isLayoutEnvironment(node.name) && node.rows.length > 1 && complete;
  }

  private isBar(node: Node | undefined, closingBar: string | null): boolean {
    if (!closingBar || !node) return false;
    if (node.kind === "operator") return node.name === closingBar || (closingBar === "|" && node.name === "vert");
    return node.kind === "scripts" && node.base !== null && this.isBar(node.base, closingBar);
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
    if (core?.kind === "big" || (core?.kind === "name" && ["max", "min"].includes(core.name) && node.kind === "scripts" && node.sub)) return this.big(node, closingBar);
    if (core?.kind === "symbol" && core.name === "nabla") return readNabla(this, closingBar);
    if (startsDerivative(this)) return readInlineDerivative(this, closingBar);
    const named = this.namedDifferential(node, closingBar) ?? readDerivativeOf(this, node, closingBar);
    if (named) return named;
    if (this.startsDifferential(node)) return this.differential(node, closingBar);
    return null;
  }

  /** `d` before something that can vary: `dX`, `d(…)`, `\mathrm{d}\mathbf{x}`, `d^2 f`. */
  private startsDifferential(node: Node): boolean {
    const core = node.kind === "scripts" && !node.sub && node.primes === 0 ? node.base : node;
    if (!isD(core) && !(core?.kind === "symbol" && (core.name === "delta" && false))) return false;
    if (this.options.dIsVariable && core?.kind === "symbol" && core.font === "") return false;
    const following = this.peek(1);
    if (!following) return false;
    const operand = following.kind === "scripts" ? following.base : following;
    if (!operand) return false;
    if (operand.kind === "operator") return isBarName(operand.name) || operand.name === "‖";
    return ["symbol", "fenced", "name", "accent", "group", "fraction"].includes(operand.kind) || operand.kind === "big";
  }

  /** `dO` where the document says what `dO` is: a symbol like any other. */
  private namedDifferential(node: Node, closingBar: string | null): Expr | null {
    const following = this.peek(1);
    const base = following?.kind === "scripts" ? following.base : following;
    if (!isD(node) || base?.kind !== "symbol" || !this.options.namedDifferentials?.has(base.name)) return null;
    this.next();
    return prefixed(this.factor(closingBar), node.start);
  }

  private differential(node: Node, closingBar: string | null): Expr {
    this.next();
    let order = 1;
    if (node.kind === "scripts" && node.sup) {
      const power = this.read(node.sup, node);
      if (power.kind === "number") order = power.numerator;
    }
    const following = this.peek();
    // A word takes its argument along (`d \operatorname{tr}(X)`); so does a function (`d\sigma(X)`).
    const of = following ? this.factor(closingBar) : this.opaque("an operand is missing", node);
    // `dX^{-1}` is d(X^{-1}) and `dX^\top` is d(X^\top) = (dX)^\top: the operator takes the scripts along.
    return { kind: "differential", order, of, start: node.start, end: of.end };
  }

  private big(node: Node, closingBar: string | null): Expr {
    this.next();
    const core = node.kind === "scripts" ? node.base : node;
    const name = core && (core.kind === "big" || core.kind === "name") ? core.name : "";
    const operator = bigOperator(name);
    const sub = node.kind === "scripts" ? node.sub : null;
    const sup = node.kind === "scripts" ? node.sup : null;
    if (name.includes("int")) {
      const body = this.integrand(closingBar);
      return { kind: "integral", ...body, start: node.start, end: body.body.end };
    }
    const { indices, conditions } = this.bounds(sub, sup, node);
    const following = this.peek();
    const body = following ? this.product(closingBar) : this.opaque("an operand is missing", node);
    if (!operator) return { kind: "opaque", why: `\\${name} is not read`, start: node.start, end: body.end };
    return { kind: "big", operator, indices, conditions, body, start: node.start, end: body.end };
  }

  private integrand(closingBar: string | null): { body: Expr; variable: Expr | null } {
    const body = this.sum(closingBar);
    return { body, variable: null };
  }

  /** `i=1`, `i,j`, `i \neq j`, `i \in S`, `\substack{…}` below; the upper bound above. */
  bounds(sub: Row | null, sup: Row | null, place: Place): { indices: BoundIndex[]; conditions: Expr[] } {
    const indices: BoundIndex[] = [];
    const conditions: Expr[] = [];
    const to = sup && sup.length ? this.read(sup, place) : null;
    for (const part of splitRow(flattenLines(sub ?? []), ",")) {
      if (!part.length) continue;
      const relation = this.relation(part, place);
      const [left, right] = relation.sides;
      const link = relation.links[0]?.operator;
      if (!left) continue;
      if (left.kind === "symbol" && (!right || link === "=" || link === "\\in")) {
        indices.push({ symbol: left, from: right && link === "=" ? right : null, to: null });
        if (right && link === "\\in" && right.kind !== "symbol" && right.kind !== "opaque") conditions.push(right);
      } else if (left.kind === "product" && !right && left.factors.every((factor) => factor.kind === "symbol")) {
        // `\sum_{ij}` names two indices.
        for (const factor of left.factors) if (factor.kind === "symbol") indices.push({ symbol: factor, from: null, to: null });
      } else if (left.kind === "symbol" && right && (link === "\\neq" || link === "<" || link === ">" || link === "\\leq" || link === "\\geq")) {
        indices.push({ symbol: left, from: null, to: null });
        conditions.push({ kind: "indicator", condition: relation, start: relation.start, end: relation.end });
      } else if (left.kind === "number" && right?.kind === "symbol") {
        // `1 \leq i \leq n`
        const upper = relation.sides[2];
        indices.push({ symbol: right, from: left, to: upper ?? null });
      } else {
        conditions.push({ kind: "opaque", why: "a bound that is not read", start: relation.start, end: relation.end });
      }
    }
    const last = indices[indices.length - 1];
    if (to && indices.length === 1 && last) indices[0] = { ...last, to };
    else if (to && last) indices.forEach((index, i) => (indices[i] = index.to ? index : { ...index, to }));
    return { indices: dedupe(indices), conditions };
  }

  /** An operand without its arguments and scripts. */
  private primary(closingBar: string | null): Expr {
    const node = this.next();
    if (!node) return this.opaque("an operand is missing", this.place);
    return this.operand(node, closingBar);
  }

  /** What one node stands for; may take following nodes along where it is a word before its argument. */
  private operand(node: Node, closingBar: string | null): Expr {
    switch (node.kind) {
      case "number":
        return numberOf(node.text, node);
      case "symbol":
        return this.symbolOrWord(node, null, closingBar);
      case "name":
        return this.word(node.name, node, null, closingBar);
      case "group":
      case "decorated":
        return this.read(node.body, node);
      case "fraction":
        return readDerivativeFraction(this, node, closingBar) ?? this.fraction(node);
      case "root": {
        const index = node.index ? this.read(node.index, node) : null;
        return { kind: "root", base: this.read(node.body, node), index: index?.kind === "number" ? index.numerator : 2, start: node.start, end: node.end };
      }
      case "fenced":
        return this.fenced(node);
      case "environment":
        return readMatrix(this, node, "");
      case "accent":
        return this.accented(node);
      case "labelled":
        return this.labelled(node, node.label);
      case "scripts":
        return this.scripted(node, closingBar);
      case "operator":
        if (isBarName(node.name)) return this.bars(node, null);
        return this.opaque(`a misplaced ${node.name}`, node);
      case "text": {
        const word = node.text.trim();
        if (/^[\p{L}][\p{L}\d]*$/u.test(word)) return this.word(word, node, null, closingBar);
        return this.opaque("words", node);
      }
      case "space":
        return this.factor(closingBar);
      case "big":
      case "unknown":
        return this.opaque(node.kind === "unknown" ? `\\${node.name} is not known` : "a misplaced operator", node);
    }
  }

  private fraction(node: Node & { kind: "fraction" }): Expr {
    const numerator = this.read(node.numerator, node);
    const below = this.options.dIsSize ? new Reader(node.denominator, { ...this.options, dIsVariable: true }, this.slips, this.depth + 1, node) : null;
    const denominator = below ? below.readAll() : this.read(node.denominator, node);
    if (!node.line) return this.opaque("a binomial", node);
    if (numerator.kind === "number" && denominator.kind === "number" && denominator.numerator !== 0 && numerator.denominator === 1 && denominator.denominator === 1) {
      return { kind: "number", numerator: numerator.numerator, denominator: denominator.numerator, start: node.start, end: node.end };
    }
    return { kind: "quotient", numerator, denominator, elementwise: false, start: node.start, end: node.end };
  }

  private accented(node: Node & { kind: "accent" }): Expr {
    const body = this.read(node.body, node);
    if (body.kind === "symbol") return { ...body, accents: [node.name, ...body.accents], start: node.start, end: node.end };
    if (body.kind === "transpose" && body.base.kind === "symbol") return { ...body, base: { ...body.base, accents: [node.name, ...body.base.accents] }, start: node.start, end: node.end };
    if (node.name === "underline" || node.name === "vec") return { ...body, start: node.start, end: node.end };
    const letters = node.body.map((inner) => (inner.kind === "symbol" ? inner.name : "")).join("");
    if (letters) return plainSymbol(letters, "", node, [node.name]);
    return this.opaque(`\\${node.name} over an expression`, node);
  }

  labelled(node: Node & { kind: "labelled" }, label: Row | null): Expr {
    const body = this.read(node.body, node);
    if (!label || !label.length || !/brace/.test(node.name)) return { ...body, start: node.start, end: node.end };
    const place = spanOfRow(label);
    return { kind: "labelled", body, label: this.read(label, node), labelPlace: place, start: node.start, end: node.end };
  }

  /** `(…)`, `[…]`, `\|…\|`, `⟨…⟩`, `\{…\}` and the matrices and lists in them. */
  private fenced(node: Node & { kind: "fenced" }): Expr {
    const body = unwrap(node.body);
    const [only] = body;
    if (body.length === 1 && only?.kind === "environment" && !isLayoutEnvironment(only.name)) return readMatrix(this, only, node.open);
    if (node.open === "‖" || node.open === "\\|" || node.open === "Vert" || node.open === "lVert") return { kind: "norm", body: this.read(body, node), which: null, start: node.start, end: node.end };
    if (node.open === "|" || node.open === "lvert" || node.open === "vert") return { kind: "bars", body: this.read(body, node), start: node.start, end: node.end };
    if (node.open === "⟨" || node.open === "langle" || node.open === "<") {
      const parts = splitRow(body, ",");
      if (parts.length === 2) return { kind: "inner", left: this.read(parts[0] ?? [], node), right: this.read(parts[1] ?? [], node), which: null, start: node.start, end: node.end };
      return this.opaque("angle brackets", node);
    }
    if (node.open === "." && (node.close === "|" || node.close === "vert" || node.close === "rvert")) return this.read(body, node);
    if (node.open === "{" || node.open === "lbrace" || node.open === "\\{") {
      if (body.some((inner) => isRelationNode(inner)) || !body.length) return this.opaque("a set", node);
      const members = splitRow(body, ",");
      if (members.length > 1) return { kind: "tuple", items: members.map((item) => this.read(item, node)), start: node.start, end: node.end };
      return { ...this.read(body, node), start: node.start, end: node.end };
    }
    if (node.open === "lfloor" || node.open === "lceil" || node.open === "⌊" || node.open === "⌈") return this.opaque("rounding", node);
    const items = splitRow(body, ",", ";");
    if (items.length > 1) return { kind: "tuple", items: items.map((item) => this.read(item, node)), start: node.start, end: node.end };
    const inner = this.read(body, node);
    return parenthesised(inner, node);
  }

  /** `|x|`, `\|x\|` written with bare bars: up to the partner. */
  private bars(node: Node & { kind: "operator" }, _place: null): Expr {
    const double = node.name === "‖" || node.name === "Vert" || node.name === "parallel" || (isBarName(node.name) && this.peek()?.kind === "operator" && isBarName((this.peek() as Node & { kind: "operator" }).name) && this.peek()?.start === node.end);
    if (double && node.name !== "‖" && node.name !== "Vert" && node.name !== "parallel") this.next();
    const closing = node.name === "‖" || node.name === "Vert" || node.name === "parallel" ? node.name : node.name;
    const body = this.sum(closing);
    let end = this.next();
    if (end && double && closing === node.name && node.name !== "‖" && node.name !== "Vert" && node.name !== "parallel") end = this.next() ?? end;
    if (!end) return this.opaque("an unmatched bar", node);
    const bare: Expr = double ? { kind: "norm", body, which: null, start: node.start, end: end.end } : { kind: "bars", body, start: node.start, end: end.end };
    if (end.kind === "scripts") return this.applyScripts(bare, end, end.sub, end.sup, end.primes);
    return bare;
  }

  /** A base with scripts. */
  private scripted(node: Node & { kind: "scripts" }, closingBar: string | null): Expr {
    const base = node.base;
    if (!base) return this.opaque("scripts without a base", node);
    if (base.kind === "labelled" && /brace/.test(base.name) && !base.label) return this.labelled(base, base.name === "overbrace" ? node.sup : node.sub);
    if (base.kind === "symbol") return this.symbolOrWord(base, node, closingBar);
    if (base.kind === "name") return this.word(base.name, base, node, closingBar);
    if (base.kind === "text" && /^[\p{L}]+$/u.test(base.text.trim())) return this.word(base.text.trim(), base, node, closingBar);
    if (base.kind === "accent") {
      const inner = this.accented(base);
      if (inner.kind === "symbol") return this.symbolWith(inner, node, closingBar);
      return this.applyScripts(inner, node, node.sub, node.sup, node.primes);
    }
    if (base.kind === "group" || base.kind === "decorated") {
      const inner = this.read(base.body, base);
      if (inner.kind === "symbol") return this.symbolWith(inner, node, closingBar);
      return this.applyScripts(inner, node, node.sub, node.sup, node.primes);
    }
    if (base.kind === "operator" && isBarName(base.name)) return this.bars(base, null);
    if (base.kind === "number") {
      if (base.text === "1" && node.sub) return this.symbolWith(plainSymbol("1", "", base, []), node, closingBar);
      return this.applyScripts(numberOf(base.text, base), node, node.sub, node.sup, node.primes);
    }
    const saved = this.operand(base, closingBar);
    return this.applyScripts(saved, node, node.sub, node.sup, node.primes);
  }

  /** Sub- and superscripts on something that is no plain symbol. */
  applyScripts(base: Expr, node: Place, sub: Row | null, sup: Row | null, primes: number): Expr {
    let expr = base;
    if (sub && sub.length) {
      const [mark] = sub;
      if (expr.kind === "norm") expr = { ...expr, which: sub.length === 1 && mark?.kind === "operator" ? plainSymbol(mark.name, "", mark, []) : this.read(sub, node), end: node.end };
      else if (expr.kind === "inner") expr = { ...expr, which: this.read(sub, node), end: node.end };
      else expr = { kind: "entry", base: expr, indices: readSubscripts(this, sub, node), start: expr.start, end: node.end };
    }
    return this.applySuperscript(expr, node, sup, primes);
  }

  private applySuperscript(base: Expr, node: Place, sup: Row | null, primes: number): Expr {
    let expr = base;
    if (primes) expr = { kind: "derivative", notation: "prime", of: expr, wrt: [], order: primes, total: true, missingPartial: false, start: base.start, end: node.end };
    for (const meaning of sup ? readSuperscript(sup, this.options.smallTransposes) : []) {
      if (meaning.kind === "transpose") expr = { kind: "transpose", base: expr, start: base.start, end: node.end };
      else if (meaning.kind === "pseudoInverse") expr = { kind: "pseudoInverse", base: expr, start: base.start, end: node.end };
      else if (meaning.kind === "power") {
        const exponent = this.read(meaning.row, node);
        expr = { kind: "power", base: expr, exponent, elementwise: meaning.elementwise, start: base.start, end: node.end };
      } else if (expr.kind === "symbol") {
        expr = { ...expr, tags: [...expr.tags, readTag(this, meaning.row, node)], end: node.end };
      } else {
        expr = { kind: "opaque", why: "a label on an expression", start: base.start, end: node.end };
      }
    }
    return expr;
  }

  private symbolOrWord(node: Node & { kind: "symbol" }, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
    if (isDotsName(node.name) && !scripts) return { kind: "dots", start: node.start, end: node.end };
    if (!scripts && /^[a-zA-Z]$/.test(node.name) && (node.font === "" || node.font === "mathrm")) {
      const run = this.letterRun(node);
      if (run) return this.word(run.word, { start: node.start, end: run.end }, run.scripts, closingBar);
    }
    return this.symbolWith(plainSymbol(node.name, node.font, node, []), scripts, closingBar);
  }

  /** Letters written close together that spell a word (`tr(A)`, `softmax(z)_i`): consumes them. */
  private letterRun(first: Node & { kind: "symbol" }): { word: string; end: number; scripts: (Node & { kind: "scripts" }) | null } | null {
    const letters = [first.name];
    const nodes: Node[] = [first];
    let end = first.end;
    for (let ahead = 0; letters.length < 12; ahead++) {
      const node = this.peek(ahead);
      const core = node?.kind === "scripts" ? node.base : node;
      if (!node || core?.kind !== "symbol" || !/^[a-zA-Z]$/.test(core.name) || core.font !== first.font || core.start !== end) break;
      letters.push(core.name);
      nodes.push(node);
      end = core.end;
      if (node.kind === "scripts") break;
    }
    const word = longestWord(letters.join(""));
    if (!word) return null;
    const last = nodes[word.length - 1];
    const partial = nodes.length > word.length;
    const following = this.peek(word.length - 1);
    // A word inside a longer run of letters is only read where its argument follows at once.
    if (partial && !(following?.kind === "fenced" || last?.kind === "scripts")) return null;
    if (word.length === 2 && word !== "tr" && word !== "Tr" && word !== "ln" && word !== "dg") return null;
    if (!partial && following && following.kind !== "fenced" && !["log", "exp", "sin", "cos", "tan", "tanh", "det", "diag", "vec", "trace", "softmax", "max", "min", "ln"].includes(word) && last?.kind !== "scripts") {
      if (word === "tr" || word === "Tr" || word.length <= 3) return null;
    }
    this.seek(this.position + word.length - 1);
    return { word, end: last?.end ?? end, scripts: last?.kind === "scripts" ? last : null };
  }

  /** A plain symbol with its scripts, and its arguments where it is a function. */
  private symbolWith(bare: SymbolExpr, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
    let symbol: SymbolExpr = bare;
    const end = scripts?.end ?? bare.end;
    if (scripts?.sub?.length) symbol = { ...symbol, subscripts: readSubscripts(this, drawnLetter(scripts.sub), scripts), end };
    if (scripts?.primes) symbol = { ...symbol, primes: scripts.primes, end };
    const single = scripts?.sup && !symbol.subscripts.length && (symbol.name === "J" || symbol.name === "E") ? indexPair(scripts.sup) : null;
    if (single && scripts) return { ...symbol, subscripts: readSubscripts(this, single, scripts), end };
    const sup = scripts?.sup ?? null;
    // `\mathbb{R}^T` is a space of dimension T, never a transpose.
    const meanings: readonly Superscript[] = sup ? (symbol.font === "mathbb" && symbol.name !== "1" ? [{ kind: "power", row: sup, elementwise: false }] : readSuperscript(sup, this.options.smallTransposes)) : [];
    const leadingTags = meanings.findIndex((meaning) => meaning.kind !== "tag");
    const tags = leadingTags < 0 ? meanings : meanings.slice(0, leadingTags);
    if (tags.length) symbol = { ...symbol, tags: tags.map((tag) => readTag(this, tag.kind === "tag" ? tag.row : [], scripts as Place)), end };
    const rest = meanings.slice(tags.length);
    if (symbol.name === "1" && isIndicatorFont(symbol.font)) {
      const indicator = this.indicator(symbol, scripts);
      if (indicator) return indicator;
    }
    const applied = rest.length === 0 || (rest.length === 1 && rest[0]?.kind === "power") ? this.maybeApply(symbol, closingBar, rest.length > 0) : null;
    if (applied) return rest.length ? this.applySuperscript(applied, scripts as Place, sup, 0) : applied;
    if (!rest.length) return symbol;
    let expr: Expr = symbol;
    for (const meaning of rest) {
      if (meaning.kind === "tag") return { kind: "opaque", why: "a label after a power", start: bare.start, end };
      if (meaning.kind === "transpose") expr = { kind: "transpose", base: expr, start: bare.start, end };
      else if (meaning.kind === "pseudoInverse") expr = { kind: "pseudoInverse", base: expr, start: bare.start, end };
      else expr = { kind: "power", base: expr, exponent: this.read(meaning.row, scripts as Place), elementwise: meaning.elementwise, start: bare.start, end };
    }
    return expr;
  }

  /** `\mathbb{1}[x>0]`, `\mathbf{1}_{x>0}`, `\mathbb{1}(x > 0)` */
  private indicator(symbol: SymbolExpr, scripts: (Node & { kind: "scripts" }) | null): Expr | null {
    const sub = scripts?.sub ? unwrapBraces(scripts.sub) : null;
    if (sub && sub.some(isRelationNode)) return { kind: "indicator", condition: this.relation(sub, symbol), start: symbol.start, end: symbol.end };
    const following = this.peek();
    const bracket = following?.kind === "fenced" ? following : null;
    if (bracket && bracket.body.some(isRelationNode)) {
      this.next();
      return { kind: "indicator", condition: this.relation(bracket.body, bracket), start: symbol.start, end: bracket.end };
    }
    return null;
  }

  /** The arguments after a symbol, where it is a function. */
  private maybeApply(symbol: SymbolExpr, closingBar: string | null, powered: boolean): Expr | null {
    const node = this.peek();
    const bracket = node?.kind === "fenced" ? node : node?.kind === "scripts" && node.base?.kind === "fenced" ? node.base : null;
    if (!bracket || !node || (bracket.open !== "(" && bracket.open !== "[" && !(bracket.open === "{" && false))) return null;
    void closingBar;
    const known = this.options.isFunction?.(symbol);
    // Nobody multiplies by a lone letter in parentheses: `A(t)` is A at t.
    const [lone] = unwrap(bracket.body);
    if (bracket.body.length === 1 && bracket.open === "(" && node === bracket && lone?.kind === "symbol" && !powered) return this.finishApply(symbol, node, bracket, [bracket.body], known === true);
    const isDensity = symbol.name === "N" && symbol.font === "mathcal";
    if (known === false && !isDensity) return null;
    const statistic = readStatistic(this, symbol, bracket);
    if (statistic && !powered) {
      this.next();
      return node.kind === "scripts" ? this.applyScripts(statistic, node, node.sub, node.sup, node.primes) : statistic;
    }
    const parts = splitRow(unwrap(bracket.body), ",", ";", "mid", "|");
    const listed = parts.length > 1 && !bracket.body.some((inner) => inner.kind === "operator" && isBarName(inner.name) && countBars(bracket.body) % 2 === 0);
    if (symbol.primes > 0 && known === undefined && bracket.open === "(") return this.finishApply(symbol, node, bracket, parts, true);
    if (known === undefined && !isDensity) {
      if (bracket.open === "[" && !["E", "V"].includes(symbol.name)) return null;
      if (listed) {
        if (!mayBeFunction(symbol.name) && parts.length > 1 && /^[A-Z]$/.test(symbol.name) && symbol.font === "") return this.finishApply(symbol, node, bracket, parts, false);
      } else if (!looksLikeFunction(symbol.name)) return null;
      if (powered && !looksLikeFunction(symbol.name)) return null;
      // `L(…)`-like letters followed by a sum in parentheses with a script are more often factors.
    }
    return this.finishApply(symbol, node, bracket, parts, known === true || listed || isDensity);
  }

  private finishApply(symbol: SymbolExpr, node: Node, bracket: Node & { kind: "fenced" }, parts: readonly Row[], certain: boolean): Expr {
    this.next();
    const args = parts.map((part) => this.read(part, bracket));
    const primes = symbol.primes;
    const fn: SymbolExpr = primes ? { ...symbol, primes: 0 } : symbol;
    const applied: Expr = { kind: "apply", fn, args, certain, primes, start: symbol.start, end: bracket.end };
    return node.kind === "scripts" ? this.applyScripts(applied, node, node.sub, node.sup, node.primes) : applied;
  }

  /** A multi-letter name: a known function with its argument, or a symbol. */
  word(name: string, place: Place, scripts: (Node & { kind: "scripts" }) | null, closingBar: string | null): Expr {
    if (name === "arg" && !scripts) {
      const inner = this.peek();
      const extreme = inner?.kind === "scripts" ? inner.base : inner;
      if ((extreme?.kind === "name" || extreme?.kind === "big") && (extreme.name === "min" || extreme.name === "max")) {
        this.next();
        return this.word(`arg${extreme.name}`, place, inner?.kind === "scripts" ? inner : null, closingBar);
      }
    }
    const known = wordOf(name);
    const symbol = plainSymbol(name, "mathrm", place, []);
    if (name === "d" && !scripts) return symbol;
    if (!known) {
      const withScripts = this.symbolWith(symbol, scripts, closingBar);
      if (withScripts.kind !== "symbol") return withScripts;
      const bracket = this.peek();
      if (name.length > 1 && bracket?.kind === "fenced" && bracket.open === "(" && !isLoneTag(withScripts)) return this.finishApply(withScripts, bracket, bracket, splitRow(unwrap(bracket.body), ",", ";", "mid", "|"), true);
      return withScripts;
    }
    const sup = scripts?.sup ?? null;
    let fn: SymbolExpr = { ...symbol, primes: scripts?.primes ?? 0, end: scripts?.end ?? place.end };
    if (scripts?.sub?.length) fn = { ...fn, subscripts: readSubscripts(this, scripts.sub, scripts) };
    const node = this.peek();
    const bracket = node?.kind === "fenced" ? node : node?.kind === "scripts" && node.base?.kind === "fenced" ? node.base : null;
    let applied: Expr;
    const minimiser = known.fn === "argmin" || known.fn === "argmax";
    if (bracket && node && !minimiser && ["(", "[", "{"].includes(bracket.open)) {
      this.next();
      const args = splitRow(unwrap(bracket.body), ",", ";").map((part) => this.read(part, bracket));
      applied = { kind: "apply", fn: { ...fn, primes: 0 }, args, certain: true, primes: fn.primes, start: place.start, end: bracket.end };
      if (node.kind === "scripts") applied = this.applyScripts(applied, node, node.sub, node.sup, node.primes);
    } else if (known.prefix && node && !this.endsProduct(node, closingBar, false) && !this.isBar(node, closingBar) && !(node.kind === "operator" && !isBarName(node.name))) {
      // A minimiser is one of all terms that follow.
      const argument = minimiser ? this.sum(closingBar) : known.wide ? this.juxtaposed(closingBar) : this.narrowArgument(closingBar);
      applied = { kind: "apply", fn: { ...fn, primes: 0 }, args: [argument], certain: true, primes: fn.primes, start: place.start, end: argument.end };
    } else {
      return this.symbolWith(symbol, scripts, closingBar);
    }
    return sup ? this.applySuperscript(applied, { start: place.start, end: Math.max(applied.end, fn.end) }, sup, 0) : applied;
  }

  /** `\operatorname{tr} A B`: the factors up to the next operator. */
  private juxtaposed(closingBar: string | null): Expr {
    const factors: Expr[] = [];
    for (let node = this.peek(); node; node = this.peek()) {
      if (node.kind === "operator" && !(isBarName(node.name) && !factors.length) && !(isBarName(node.name) && !this.isBar(node, closingBar) && !factors.length)) break;
      if (node.kind === "space") break;
      if (this.endsProduct(node, closingBar, factors.length > 0)) break;
      factors.push(this.factor(closingBar));
    }
    return factors.length ? productOf(factors, factors.slice(1).map(() => "" as const)) : this.opaque("an argument is missing", this.place);
  }

  /** `\log x`, `\log 2\pi\sigma^2`, `\log \det X`: a number goes on to what it multiplies; else one factor. */
  private narrowArgument(closingBar: string | null): Expr {
    const first = this.factor(closingBar);
    if (first.kind !== "number") return first;
    const factors: Expr[] = [first];
    for (let node = this.peek(); node && (node.kind === "symbol" || node.kind === "scripts" || node.kind === "number" || node.kind === "accent"); node = this.peek()) {
      if (this.endsProduct(node, closingBar, true)) break;
      factors.push(this.factor(closingBar));
    }
    return productOf(factors, factors.slice(1).map(() => "" as const));
  }

  /** Things that may follow a finished operand: factorials, evaluation bars. */
  private postfix(expr: Expr, _closingBar: string | null): Expr {
    const node = this.peek();
    if (node?.kind === "operator" && node.name === "!") {
      this.next();
      return this.opaque("a factorial", { start: expr.start, end: node.end });
    }
    if (node?.kind === "scripts" && node.base?.kind === "operator" && isBarName(node.base.name) && node.sub && node.sub.length && !_closingBar) {
      this.next();
      const where = splitRow(node.sub, ",").map((part) => this.relation(part, node));
      return { kind: "at", body: expr, where, start: expr.start, end: node.end };
    }
    return expr;
  }
}

/** `J^{ij}`: the single-entry matrix is written with its indices above as often as below. */
function indexPair(row: Row): Row | null {
  const letters = unwrap(row);
  return letters.length === 2 && letters.every((node) => (node.kind === "symbol" && /^[a-z]$/.test(node.name) && node.name !== "t") || (node.kind === "number" && /^[1-9]$/.test(node.text))) ? letters : null;
}

/** The symbol inside with `d` as part of its name. */
function prefixed(expr: Expr, start: number): Expr {
  if (expr.kind === "symbol") return { ...expr, accents: ["d", ...expr.accents], start };
  if (expr.kind === "transpose" || expr.kind === "power" || expr.kind === "entry") return { ...expr, base: prefixed(expr.base, start), start };
  return expr;
}

/** `\sum_i a_i + b_i`: where a later term uses the index freely, the sum goes over it too. */
function widenSums(terms: { sign: 1 | -1; expr: Expr }[]): { sign: 1 | -1; expr: Expr }[] {
  for (let i = 0; i < terms.length - 1; i++) {
    const term = terms[i] as { sign: 1 | -1; expr: Expr };
    const big = trailingBig(term.expr);
    if (!big) continue;
    const names = new Set(big.indices.map((index) => index.symbol.name));
    let last = i;
    for (let j = i + 1; j < terms.length; j++) if (usesIndex((terms[j] as { expr: Expr }).expr, names)) last = j;
    if (last === i) continue;
    const inside = terms.slice(i + 1, last + 1);
    const body: Expr = { kind: "sum", terms: [{ sign: 1, expr: big.body }, ...inside], start: big.body.start, end: inside[inside.length - 1]?.expr.end ?? big.body.end };
    const widened = replaceTrailing(term.expr, { ...big, body, end: body.end });
    return widenSums([...terms.slice(0, i), { sign: term.sign, expr: widened }, ...terms.slice(last + 1)]);
  }
  return terms;
}

type Big = Expr & { kind: "big" };

function trailingBig(expr: Expr): Big | null {
  if (expr.kind === "big") return expr;
  if (expr.kind === "product") {
    const last = expr.factors[expr.factors.length - 1];
    return last ? trailingBig(last) : null;
  }
  return null;
}

function replaceTrailing(expr: Expr, big: Big): Expr {
  if (expr.kind === "big") return big;
  if (expr.kind === "product") {
    const last = expr.factors[expr.factors.length - 1] as Expr;
    return { ...expr, factors: [...expr.factors.slice(0, -1), replaceTrailing(last, big)], end: big.end };
  }
  return expr;
}

/** Whether an index name occurs in a subscript without being bound there again. */
function usesIndex(expr: Expr, names: ReadonlySet<string>): boolean {
  switch (expr.kind) {
    case "symbol":
      return expr.subscripts.some((subscript) => mentions(subscript.expr, names)) || expr.tags.some((tag) => tag.expr !== null && mentions(tag.expr, names));
    case "big": {
      const inner = new Set([...names].filter((name) => !expr.indices.some((index) => index.symbol.name === name)));
      return inner.size > 0 && usesIndex(expr.body, inner);
    }
    case "entry":
      return expr.indices.some((index) => mentions(index.expr, names)) || usesIndex(expr.base, names);
    default:
      return childrenOf(expr).some((child) => usesIndex(child, names));
  }
}

function mentions(expr: Expr, names: ReadonlySet<string>): boolean {
  if (expr.kind === "symbol") return names.has(expr.name) || expr.subscripts.some((inner) => mentions(inner.expr, names));
  return childrenOf(expr).some((child) => mentions(child, names));
}

/** The direct parts of an expression, subscripts not counted. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "number":
    case "symbol":
    case "dots":
    case "opaque":
      return [];
    case "sum":
      return expr.terms.map((term) => term.expr);
    case "product":
      return expr.factors;
    case "quotient":
      return [expr.numerator, expr.denominator];
    case "power":
      return [expr.base, expr.exponent];
    case "transpose":
    case "pseudoInverse":
    case "root":
    case "entry":
      return [expr.base];
    case "apply":
      return expr.args;
    case "big":
      return [expr.body, ...expr.conditions, ...expr.indices.flatMap((index) => [index.from, index.to].filter((bound): bound is Expr => bound !== null))];
    case "integral":
    case "norm":
    case "bars":
      return [expr.body];
    case "statistic":
      return expr.over ? [expr.body, expr.over] : [expr.body];
    case "derivative":
      return [expr.of, ...expr.wrt];
    case "differential":
      return [expr.of];
    case "matrix":
      return expr.rows.flatMap((row) => row.flatMap((cell) => (cell.expr ? [cell.expr] : [])));
    case "cases":
      return expr.branches.flatMap((branch) => [branch.value, ...(branch.condition?.sides ?? [])]);
    case "inner":
      return [expr.left, expr.right];
    case "indicator":
      return expr.condition.sides;
    case "labelled":
      return [expr.body, expr.label];
    case "at":
      return [expr.body, ...expr.where.flatMap((relation) => relation.sides)];
    case "tuple":
      return expr.items;
  }
}

export function plainSymbol(name: string, font: string, place: Place, accents: readonly string[]): SymbolExpr {
  return { kind: "symbol", name, font, accents, subscripts: [], tags: [], primes: 0, start: place.start, end: place.end };
}

/** A product of factors; one factor is itself, nested plain products are joined. */
export function productOf(factors: readonly Expr[], operators: readonly ProductOperator[]): Expr {
  const [first] = factors;
  if (factors.length === 1 && first) return first;
  return { kind: "product", factors, operators, start: first?.start ?? 0, end: factors[factors.length - 1]?.end ?? 0 };
}

/** `2y^\top dy\big|_{y = Wx}`: the bar at the end of a product is for all of it. */
function evaluated(factors: readonly Expr[], operators: readonly ProductOperator[]): Expr {
  const last = factors[factors.length - 1];
  const inner = last?.kind === "differential" && last.of.kind === "at" ? last.of : last?.kind === "at" ? last : null;
  if (!last || !inner) return productOf(factors, operators);
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

function parenthesised(expr: Expr, place: Place): Expr {
  // A parenthesised product or sum stays one factor: its place grows to the parentheses.
  return { ...expr, start: place.start, end: place.end };
}

export function numberOf(text: string, place: Place): Expr {
  const plain = text.replace(/[^\d.]/g, "");
  const [whole = "", fraction = ""] = plain.split(".");
  const digits = fraction.slice(0, 12);
  const denominator = 10 ** digits.length;
  const numerator = Number(whole || "0") * denominator + Number(digits || "0");
  if (!Number.isSafeInteger(numerator) || !plain) return { kind: "opaque", why: "a number that is too large", start: place.start, end: place.end };
  return { kind: "number", numerator, denominator, start: place.start, end: place.end };
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
    case "*":
      return "*";
    default:
      return null;
  }
}

function bigOperator(name: string): (Expr & { kind: "big" })["operator"] | null {
  if (name === "sum") return "sum";
  if (name === "prod") return "product";
  if (name === "max") return "max";
  if (name === "min") return "min";
  return null;
}

export function isBarName(name: string): boolean {
  return name === "|" || name === "vert" || name === "‖" || name === "Vert" || name === "lvert" || name === "rvert" || name === "parallel";
}

function countBars(row: Row): number {
  return row.filter((node) => node.kind === "operator" && isBarName(node.name)).length;
}

export function isDotsName(name: string): boolean {
  return ["ldots", "cdots", "vdots", "ddots", "dots", "dotsc", "dotsb", "dotsm", "dotsi", "dotso", "iddots", "adots", "hdots"].includes(name);
}

/** Environments that lay out formulas rather than hold a matrix. */
export function isLayoutEnvironment(name: string): boolean {
  return /^(align|aligned|alignat|alignedat|gather|gathered|split|eqnarray|multline|multlined|flalign|equation|lines|math|displaymath)$/.test(name.replace("*", ""));
}

export function isD(node: Node | null | undefined): boolean {
  if (!node) return false;
  if (node.kind === "symbol") return node.name === "d" && ["", "mathrm", "rm", "mathit", "mathsf"].includes(node.font);
  if (node.kind === "name") return node.name === "d" || node.name === "dd";
  return node.kind === "text" && node.text.trim() === "d";
}

export function isRelationNode(node: Node): boolean {
  return (node.kind === "operator" && node.class === "relation" && !isBarName(node.name) && node.name !== "mid" && node.name !== ":") || (node.kind === "labelled" && node.body.length === 1 && isRelationNode(node.body[0] as Node));
}

/** Cuts a row at the given top-level operators. */
export function splitRow(row: Row, ...at: readonly string[]): Row[] {
  const parts: Node[][] = [[]];
  for (const node of row) {
    if (node.kind === "operator" && at.includes(node.name)) parts.push([]);
    else (parts[parts.length - 1] as Node[]).push(node);
  }
  return parts;
}

/** `\substack{i \\ j}` as a list. */
function flattenLines(row: Row): Row {
  const [only] = unwrap(row);
  if (only?.kind !== "environment") return unwrap(row);
  const out: Node[] = [];
  only.rows.forEach((line, index) => {
    if (index) out.push({ kind: "operator", name: ",", class: "punctuation", start: line.start, end: line.start });
    for (const cell of line.cells) out.push(...cell.body);
  });
  return out;
}

function unwrapBraces(row: Row): Row {
  const [only] = unwrap(row);
  return only?.kind === "fenced" && row.length === 1 ? only.body : unwrap(row);
}

function isIndicatorFont(font: string): boolean {
  return ["mathbb", "mathbbm", "mathds", "mathbf", "boldsymbol", "bm", "mathbbold", "mathrm", "mathbold", "bf", "pmb", ""].includes(font);
}

function isLoneTag(symbol: SymbolExpr): boolean {
  return symbol.tags.length > 0;
}

function dedupe(indices: readonly BoundIndex[]): BoundIndex[] {
  return indices.filter((index, i) => indices.findIndex((other) => other.symbol.name === index.symbol.name) === i);
}

function firstStart(terms: readonly { expr: Expr }[]): number {
  return terms[0]?.expr.start ?? 0;
}

export function spanOfRow(row: Row): Place {
  return { start: row[0]?.start ?? 0, end: row[row.length - 1]?.end ?? 0 };
}
