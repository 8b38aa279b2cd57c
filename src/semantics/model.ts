/**
 * A document understood: its assertions with their places, its symbols with
 * shapes, properties and definitions. What is said of a symbol in words, by
 * membership, by a displayed matrix or by its definition meets here.
 */
import type { Document, Formula, Piece } from "../document/types";
import { offsetAt, type Span } from "../base/span";
import type { ParsedMath } from "../latex/types";
import { onlyDifference } from "./comparison";
import { withOwnParameters } from "./parameters";
import { type Assertion, childrenOf, type Expr, plainSymbol, type ReadFormula, type SymbolExpr, symbolsIn, wordOf } from "./expression";
import { type Fact, type FormulaFact, type ProseFacts, type ProseToken, readProse } from "./prose";
import { shapeThinFactors } from "./decomposed";
import { type Definition, type Entity, type Shape, squareProperties } from "./symbols/entity";
import { otherCase, shapeAnnotation, taggedKey, weight } from "./symbols/key";
import { labelledSymbols } from "./symbols/labels";
import { dimensions, factsOfSet } from "./symbols/sets";
import { vectorMembers } from "./symbols/members";
import { atomsOf, sizeKey } from "./symbols/sizes";
import { isIndexLetter, type Place, SymbolTable } from "./symbols/table";

export type Role = "definition" | "assumption" | "claim" | "wrong-example" | "update" | "question" | "approximation";

/** An assertion at its place in the document. */
export interface Located {
  readonly id: number;
  readonly assertion: Assertion;
  readonly formula: number;
  /** File offset of its first character. */
  readonly position: number;
  readonly section: number;
  readonly paragraph: number;
  readonly inline: boolean;
  readonly role: Role | null;
  /** Index in its formula. */
  readonly ordinal: number;
}

export interface Model {
  readonly document: Document;
  readonly formulas: readonly ReadFormula[];
  readonly located: readonly Located[];
  readonly table: SymbolTable;
  /** What the words say of the whole document. */
  readonly facts: ProseFacts["document"];
  /** Sizes that a section fixes by matrices of explicit entries: section → size class → number. */
  readonly fixedSizes: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Assertions that are definitions, by id. */
  readonly defining: ReadonlyMap<number, Entity>;
  readonly sections: readonly Span[];
  /** Set where a structured or entrywise-unconstrained derivative is declared for a symbol. */
  readonly structured: ReadonlySet<string>;
}

export interface FormulaReader {
  (formula: Formula): { parsed: ParsedMath; read: ReadFormula };
}

interface Paragraph {
  readonly pieces: readonly Piece[];
  readonly section: number;
  readonly index: number;
}

export function understand(document: Document, read: readonly ReadFormula[]): Model {
  return new Builder(document, read).build();
}

class Builder {
  private readonly table = new SymbolTable();
  private readonly located: Located[] = [];
  private readonly facts: ProseFacts["document"][number][] = [];
  private readonly fixedSizes = new Map<number, Map<string, number>>();
  private readonly defining = new Map<number, Entity>();
  private readonly structured = new Set<string>();
  private readonly sections: Span[] = [];
  /** Paragraphs that are items of a numbered list. */
  private readonly items = new Set<number>();

  constructor(
    private readonly document: Document,
    private readonly formulas: readonly ReadFormula[],
  ) {}

  build(): Model {
    const paragraphs = this.paragraphs();
    const prose = paragraphs.map((paragraph) => readProse(this.tokens(paragraph)));
    paragraphs.forEach((paragraph, index) => this.locate(paragraph, (prose[index] as ProseFacts).formulas));
    this.findOptions();
    for (const facts of prose) this.facts.push(...facts.document);
    this.table.labelled = labelledSymbols(this.located.flatMap((located) => located.assertion.sides));
    this.declareShapes();
    this.declareBounds();
    paragraphs.forEach((paragraph, index) => {
      for (const declaration of (prose[index] as ProseFacts).declarations) this.declareFacts(declaration.subject, declaration.facts, declaration.span, { position: declaration.span.start, section: paragraph.section }, declaration.reach === "sentence");
    });
    this.declareByEntries(/^[a-z]$/);
    this.declareMembers();
    for (const { assertion } of this.located) assertion.sides.forEach((side) => this.noteBounds(side));
    this.define(true);
    this.define(false);
    this.defineByComparison();
    this.declareByEntries(/^[A-Z]$/);
    this.passThroughInverses();
    shapeThinFactors(this.table);
    this.declareArguments();
    if (this.facts.some((fact) => fact.kind === "symmetricDerivative" && fact.which === "structured")) this.structured.add("*");
    this.fixSizes();
    this.table.settle();
    return { document: this.document, formulas: this.formulas, located: this.located, table: this.table, facts: this.facts, fixedSizes: this.fixedSizes, defining: this.defining, sections: this.sections, structured: this.structured };
  }

  private paragraphs(): Paragraph[] {
    const out: Paragraph[] = [];
    let section = 0;
    let start = 0;
    for (const block of this.document.blocks) {
      // A numbered item has its own letters: exercises and examples are listed so.
      if (block.kind === "heading" || block.kind === "rule" || (block.kind === "paragraph" && block.role === "item" && block.ordered)) {
        this.sections.push({ start, end: block.span.start });
        start = block.span.start;
        section++;
      }
      if (block.kind === "paragraph" && block.role === "item" && block.ordered) this.items.add(out.length);
      if (block.kind === "heading" || block.kind === "paragraph") out.push({ pieces: block.pieces, section, index: out.length });
    }
    this.sections.push({ start, end: this.document.text.length });
    // A display that stands alone belongs with the words before and after it: "where …" follows in a paragraph of its own.
    return out;
  }

  private tokens(paragraph: Paragraph): ProseToken[] {
    return paragraph.pieces.map((piece): ProseToken => {
      if (piece.kind === "formula") {
        const formula = this.document.formulas[piece.formula] as Formula;
        return { kind: "math", assertions: this.formulas[piece.formula]?.assertions ?? [], display: formula.display, formula: piece.formula, start: formula.span.start, end: formula.span.end };
      }
      const start = offsetAt(piece.source, 0);
      return { kind: piece.kind, text: piece.source.text, start, end: offsetAt(piece.source, piece.source.text.length) };
    });
  }

  private locate(paragraph: Paragraph, formulaFacts: readonly FormulaFact[]): void {
    for (const piece of paragraph.pieces) {
      if (piece.kind !== "formula") continue;
      const formula = this.document.formulas[piece.formula] as Formula;
      const role = formulaFacts.find((fact) => fact.formula === piece.formula)?.role ?? null;
      this.formulas[piece.formula]?.assertions.forEach((assertion, ordinal) => {
        this.located.push({ id: this.located.length, assertion, formula: piece.formula, position: offsetAt(formula.source, assertion.start), section: paragraph.section, paragraph: paragraph.index, inline: !formula.display, role, ordinal });
      });
    }
  }

  /** Several right sides for the same left one, in a list: options to choose from, not claims. */
  private findOptions(): void {
    const bySide = new Map<string, number[]>();
    this.located.forEach((located, index) => {
      const [left, right] = located.assertion.sides;
      if (!left || !right || located.ordinal > 0 || !this.items.has(located.paragraph)) return;
      const source = this.document.formulas[located.formula]?.source.text ?? "";
      const key = source.slice(left.start, left.end).replace(/\s+/g, "");
      bySide.set(key, [...(bySide.get(key) ?? []), index]);
    });
    for (const group of bySide.values()) {
      const rights = new Set(group.map((index) => this.rightText(index)));
      if (rights.size < 3) continue;
      for (const index of group) this.located[index] = { ...(this.located[index] as Located), role: "question" };
    }
  }

  private rightText(index: number): string {
    const located = this.located[index] as Located;
    const right = located.assertion.sides[1];
    return right ? (this.document.formulas[located.formula]?.source.text ?? "").slice(right.start, right.end).replace(/\s+/g, "") : "";
  }

  /** Memberships, shapes written below letters, properties written as relations. */
  private declareShapes(): void {
    for (const located of this.located) {
      const { assertion } = located;
      assertion.links.forEach((link, index) => {
        const [left, right] = [assertion.sides[index], assertion.sides[index + 1]];
        if (!left || !right) return;
        if (link.operator === "\\in" && assertion.links[index + 1]?.operator === "\\to") this.declareSignature(left, right, assertion.sides[index + 2], located);
        else if (link.operator === "\\in") {
          this.declareMembership(left, right, located);
          // `A = A^\top \in \mathbb{R}^{n\times n}`: the whole chain is in the set.
          for (let k = index - 1; k >= 0 && assertion.links[k]?.operator === "="; k--) this.declareMembership(assertion.sides[k] as Expr, right, located);
        }
        if (link.operator === "\\sim") this.declareDistribution(left, right, located);
        if (link.operator === "=" || link.operator === "\\equiv") this.declareProperty(left, right, located);
        if (link.operator === "=" && located.inline) this.declareNormalised(left, right, located);
        if ((link.operator === "\\succ" || link.operator === "\\succeq") && left.kind === "symbol") {
          const entity = this.table.declare(left, located);
          entity.properties.add("symmetric").add(link.operator === "\\succ" ? "positiveDefinite" : "positiveSemidefinite");
        }
        if ((link.operator === ">" || link.operator === "\\geq") && right.kind === "number" && right.numerator === 0) this.declareSigned(left, link.operator === ">" ? "positive" : "nonnegative", located);
        if (link.operator === "\\neq" && right.kind === "number" && right.numerator === 0) for (const symbol of subjects(left)) this.table.declare(symbol, located).properties.add("nonzero");
      });
      for (const side of assertion.sides) for (const symbol of symbolsIn(side, false)) this.declareAnnotation(symbol, located);
    }
  }

  /** `\sum_{i=1}^n` makes n a size wherever it is written, unless it runs somewhere itself. */
  private declareBounds(): void {
    const sums = this.located.flatMap(({ assertion }) => assertion.sides.flatMap(sumsIn));
    const running = new Set(sums.flatMap((sum) => sum.indices.map((index) => taggedKey(index.symbol))));
    for (const { to } of sums.flatMap((sum) => sum.indices)) {
      const key = to ? sizeKey(to) : null;
      if (!key || key === "infty") continue;
      for (const atom of atomsOf(key)) if (!running.has(atom)) this.table.sizeNames.add(atom);
    }
  }

  /** `\lambda > 0` says that λ is a number, unless its shape is given elsewhere. */
  private declareSigned(left: Expr, property: string, place: Place): void {
    for (const symbol of subjects(left)) {
      const entity = this.table.declare(symbol, place);
      entity.properties.add(property);
      if (entity.shape === null && /^[a-z]/.test(symbol.name)) this.giveShape(entity, [], "inferred");
    }
  }

  private declareMembership(left: Expr, set: Expr, place: Located): void {
    const facts = factsOfSet(set);
    if (!facts || !facts.shape) return;
    for (const item of left.kind === "tuple" ? withGeneralMember(left.items) : [left]) {
      const transposed = item.kind === "transpose";
      const symbol = bareSubject(item);
      if (!symbol) continue;
      const entity = this.table.declare(symbol, place);
      // `U(t) \in \mathbb{R}^{m\times n}` depends on t.
      if (item.kind === "apply" && !entity.parameters.length && item.args.every((arg) => arg.kind === "symbol" && /^(t|s|tau)$/.test(arg.name) && !arg.subscripts.length)) entity.parameters = item.args as SymbolExpr[];
      const shape = transposed && facts.shape.length === 2 ? [facts.shape[1] as string, facts.shape[0] as string] : facts.shape;
      this.giveShape(entity, shape, "declared");
      entity.declaredAt ??= this.spanOf(place, { start: left.start, end: set.end });
      for (const property of facts.properties) entity.properties.add(property);
    }
  }

  private spanOf({ formula }: Located, place: { start: number; end: number }): Span | null {
    const source = this.document.formulas[formula]?.source;
    return source ? { start: offsetAt(source, place.start), end: offsetAt(source, place.end - 1) + 1 } : null;
  }

  /** `x \sim N(m, S)` */
  private declareDistribution(left: Expr, right: Expr, place: Place): void {
    const [mean, covariance] = right.kind === "apply" && right.fn.name === "N" ? right.args : [];
    if (!mean || !covariance) return;
    const zero = (mean.kind === "number" && mean.numerator === 0) || (mean.kind === "symbol" && mean.name === "0");
    for (const symbol of subjects(left)) this.table.declare(symbol, place).distribution = { mean: zero ? null : mean, covariance };
  }

  /** `f : \mathbb{R}^n \to \mathbb{R}^m`: what f takes and what it gives. */
  private declareSignature(left: Expr, domain: Expr, codomain: Expr | undefined, place: Place): void {
    const facts = codomain ? factsOfSet(codomain) : null;
    if (left.kind !== "symbol" || !facts?.shape) return;
    const entity = this.table.declare(left, place);
    entity.isFunction = true;
    entity.domain = factsOfSet(domain)?.shape ?? null;
    this.giveShape(entity, facts.shape, "declared");
    for (const dim of entity.domain ?? []) for (const atom of atomsOf(dim)) this.table.sizeNames.add(atom);
  }

  private giveShape(entity: Entity, shape: Shape, from: Entity["shapeFrom"]): void {
    if (entity.shape === null || entity.shapeFrom !== "declared") {
      entity.shape = shape;
      entity.shapeFrom = from;
    }
    for (const dim of shape) for (const atom of atomsOf(dim)) this.table.sizeNames.add(atom);
  }

  private declareAnnotation(symbol: SymbolExpr, place: Located): void {
    const annotation = shapeAnnotation(symbol);
    const dims = annotation?.map(sizeKey);
    if (!dims || dims.some((dim) => dim === null)) return;
    if (["I", "0", "1"].includes(symbol.name)) return;
    const entity = this.table.declare(symbol, place);
    this.giveShape(entity, dims as string[], "declared");
    entity.declaredAt ??= this.spanOf(place, symbol);
  }

  /** `A = A^\top`, `Q^\top Q = I`, `A = A(t)` */
  private declareProperty(left: Expr, right: Expr, place: Place): void {
    for (const [a, b] of [[left, right], [right, left]] as const) {
      if (a.kind === "symbol" && b.kind === "transpose" && b.base.kind === "symbol" && taggedKey(b.base) === taggedKey(a) && !a.subscripts.length) {
        const entity = this.table.declare(a, place);
        entity.properties.add("symmetric");
        this.square(entity);
      }
      if (a.kind === "symbol" && !a.subscripts.length && b.kind === "apply" && taggedKey(b.fn) === taggedKey(a) && b.args.every((arg) => arg.kind === "symbol")) this.table.declare(a, place).parameters = b.args as SymbolExpr[];
    }
    if (left.kind === "product" && left.factors.length === 2 && right.kind === "symbol" && right.name === "I") {
      const [first, second] = left.factors as [Expr, Expr];
      if (first.kind === "transpose" && first.base.kind === "symbol" && second.kind === "symbol" && taggedKey(first.base) === taggedKey(second)) this.table.declare(second, place).properties.add("orthonormalColumns");
    }
  }

  /** `\sum_k p_k = 1`, `\mathbf{1}^\top p = 1`, `\|u\| = 1` in the words around formulas. */
  private declareNormalised(left: Expr, right: Expr, place: Place): void {
    const normalised = right.kind === "number" && right.numerator === 1 && right.denominator === 1 ? normalisedBy(left) : null;
    if (!normalised || this.table.resolve(normalised.symbol, place)?.entity.definition) return;
    const entity = this.table.declare(normalised.symbol, place);
    entity.properties.add(normalised.property);
    if (entity.shape === null) this.giveShape(entity, [this.table.sizes.length(), "1"], "declared");
  }

  private declareFacts(symbol: SymbolExpr, facts: readonly Fact[], span: Span, place: Place, local: boolean): void {
    if (facts.some((fact) => fact.kind === "structured")) this.structured.add("*");
    if (symbol.name.length > 1 && wordOf(symbol.name)) return;
    const resolved = this.table.resolve(symbol, place);
    // What is said of an entry of a known array declares no symbol; nor does what the checker makes nothing of.
    if (resolved?.indices.length && !resolved.family) return;
    if (facts.every((fact) => fact.kind === "entriesOf" || fact.kind === "independentOf" || fact.kind === "vecColumns" || fact.kind === "vecRows" || fact.kind === "unconstrained" || fact.kind === "replicated")) return;
    const known = resolved && !resolved.indices.length ? resolved.entity : null;
    const entity = known && (known.section === place.section || local || !this.startsAnew(known, facts)) ? known : this.table.declare(symbol, place);
    for (const fact of facts) this.declareFact(entity, fact);
    if (facts.some((fact) => fact.kind === "shape" || fact.kind === "role")) entity.declaredAt ??= span;
  }

  /** Whether words in another section make another symbol of the same letter: another shape, or a kind that the defined one need not be. */
  private startsAnew(known: Entity, facts: readonly Fact[]): boolean {
    const rank = known.shape?.filter((dim) => dim !== "1").length ?? null;
    return facts.some((fact) => {
      if (fact.kind === "shape") return true;
      if (fact.kind === "property") return squareProperties.has(fact.name) && (known.definition !== null || (known.shape !== null && known.shape[0] !== known.shape[1]));
      if (fact.kind !== "role" || rank === null) return false;
      if (fact.role === "scalar") return rank !== 0;
      if (fact.role === "vector" || fact.role === "columnVector" || fact.role === "rowVector") return rank !== 1;
      return (fact.role === "matrix" || fact.role === "squareMatrix") && rank !== 2;
    });
  }

  private declareFact(entity: Entity, fact: Fact): void {
    switch (fact.kind) {
      case "shape": {
        const dims = fact.dims.map(sizeKey);
        if (dims.some((dim) => dim === null)) return;
        if (dims.length === 1) this.giveShape(entity, [dims[0] as string, "1"], "declared");
        else if (dims.length === 2) this.giveShape(entity, dims as string[], "declared");
        return;
      }
      case "role":
        return this.declareRole(entity, fact.role);
      case "property":
        if ("negated" in fact && fact.negated) return;
        if (fact.of === "columns") return;
        entity.properties.add(fact.name);
        if (squareProperties.has(fact.name)) this.square(entity);
        // What has one entry that is one, or entries that sum to one, is a vector unless it is a capital.
        if (vectorProperties.has(fact.name) && entity.shape === null && /^[a-z]/.test(entity.symbol.name)) this.giveShape(entity, [this.table.sizes.unknown(), "1"], "declared");
        return;
      case "elementwise":
        entity.elementwise = true;
        return;
      case "rowwise":
        entity.rowwise = true;
        return;
      case "named":
        entity.named = fact.function;
        entity.isFunction = true;
        return;
      case "rowsOf":
      case "columnsOf":
        entity.slices = { matrix: fact.matrix, by: fact.kind === "rowsOf" ? "row" : "column" };
        return;
      case "functionOf": {
        const args = fact.arguments.filter((arg): arg is SymbolExpr => arg.kind === "symbol");
        if (fact.scalar) {
          entity.isLoss = true;
          entity.parameters = args;
          if (entity.shape === null) this.giveShape(entity, [], "declared");
        } else if (args.length) entity.parameters = args;
        return;
      }
      case "memberOf": {
        const facts = factsOfSet(fact.set);
        if (facts?.shape) this.giveShape(entity, facts.shape, "declared");
        return;
      }
      case "sameShape": {
        const other = fact.as[0] ? this.table.resolve(fact.as[0], { position: entity.position, section: entity.section })?.entity.shape : null;
        if (other && entity.shape === null) this.giveShape(entity, other, "declared");
        return;
      }
      case "structured":
        this.structured.add(entity.key);
        return;
      case "loss":
        entity.isLoss = true;
        if (entity.shape === null) this.giveShape(entity, [], "declared");
        return;
      default:
        return;
    }
  }

  private declareRole(entity: Entity, role: string): void {
    const unknown = (): string => this.table.sizes.unknown();
    switch (role) {
      case "scalar":
        if (entity.shape === null) this.giveShape(entity, [], "declared");
        return;
      case "vector":
      case "columnVector":
      case "rowVector": {
        entity.orientation = role === "rowVector" ? "row" : role === "columnVector" ? "column" : entity.orientation;
        const length = entity.shape?.find((dim) => dim !== "1") ?? this.table.sizes.length();
        if (entity.shape === null || entity.shapeFrom !== "declared" || role !== "vector") this.giveShape(entity, role === "rowVector" ? ["1", length] : [length, "1"], "declared");
        return;
      }
      case "matrix":
        if (entity.shape === null) this.giveShape(entity, [unknown(), unknown()], "declared");
        return;
      case "squareMatrix":
        this.square(entity);
        entity.properties.add("squareMatrix");
        return;
      case "function":
      case "scalarFunction":
        entity.isFunction = true;
        return;
      case "integer":
      case "index":
        entity.isSize = true;
        return;
      default:
        return;
    }
  }

  private square(entity: Entity): void {
    if (entity.shape === null) {
      const size = this.table.sizes.unknown();
      this.giveShape(entity, [size, size], "declared");
    }
  }

  /** What an index runs up to is a size. */
  private noteBounds(expr: Expr): void {
    if (expr.kind === "big") for (const { to } of expr.indices) if (to?.kind === "symbol" && !to.subscripts.length && to.name !== "infty") this.table.sizeNames.add(taggedKey(to));
    childrenOf(expr).forEach((child) => this.noteBounds(child));
  }

  /** Definitions: those of the words and of `:=` first, so that a display about the same symbol is a claim. */
  private define(stated: boolean): void {
    for (const located of this.located) {
      const { assertion } = located;
      const isStated = this.isStated(located);
      if (isStated !== stated) continue;
      if (located.role === "wrong-example" || located.role === "question" || located.role === "update") continue;
      // In a chain the first side is what is defined, and every link but the first is asserted of it.
      assertion.links.forEach((link, index) => {
        if (index > 0 && !(assertion.links[0]?.operator === "\\in" && index === 1)) return;
        if (link.operator !== "=" && link.operator !== ":=" && link.operator !== "\\equiv") return;
        const [left, right] = [assertion.sides[index], assertion.sides[index + 1]];
        if (!left || !right) return;
        this.defineOne(left, right, located, isStated || link.operator === ":=");
        if (assertion.links.length === 1 && !this.defining.has(located.id) && this.namesLeft(left, right, located)) this.defineOne(right, left, located, isStated);
      });
    }
  }

  /** A later link of a chain that puts something in place of a symbol that nothing else defines. */
  private defineByComparison(): void {
    for (const located of this.located) {
      const { sides, links } = located.assertion;
      links.forEach((link, index) => {
        const [left, right] = [sides[index], sides[index + 1]];
        // The first link says what its left side is; where both sides are derivatives, it says what is differentiated.
        if ((index === 0 && left?.kind !== "derivative") || link.operator !== "=" || !left || !right) return;
        const only = onlyDifference(left, right);
        const name = only?.left.kind === "symbol" ? only.left : only?.left.kind === "apply" && !only.left.primes ? only.left.fn : null;
        if (only && name && !this.table.resolve(name, located) && !wordOf(name.name)) this.defineOne(only.left, only.right, located, true);
      });
    }
  }

  /** `L L^\top = \Sigma` names its left side, where nothing else says what the symbol is. */
  private namesLeft(left: Expr, right: Expr, located: Located): boolean {
    if (right.kind !== "symbol" || right.subscripts.length || left.kind !== "product") return false;
    const entity = this.table.resolve(right, located)?.entity;
    if (entity?.definition) return false;
    return !entity || (isGram(left) && (entity.shape === null || entity.shape.length === 2));
  }

  private isStated(located: Located): boolean {
    if (located.assertion.links.some((link) => link.operator === ":=")) return true;
    return located.inline && (located.role === "definition" || located.role === "assumption");
  }

  private defineOne(left: Expr, right: Expr, located: Located, stated: boolean): void {
    // `\log p(x) = …` defines p as the exponential of the right side.
    if (left.kind === "apply" && ["log", "ln"].includes(left.fn.name) && left.args[0]?.kind === "apply") {
      const exponential: Expr = { kind: "apply", fn: { ...left.fn, name: "exp" }, args: [right], certain: true, primes: 0, start: right.start, end: right.end };
      return this.defineOne(left.args[0], exponential, located, stated);
    }
    const rooted = left.kind === "power" ? this.rootOf(left, right, located) : null;
    if (rooted) return this.defineOne(rooted.base, rooted.root, located, stated);
    if (right.kind === "opaque" || right.kind === "dots" || isExplicitEntries(right, left)) return;
    const general = left.kind === "apply" ? withOwnParameters(left, right) : null;
    if (general) return this.defineOne(general.left, general.right, located, stated);
    const target = left.kind === "labelled" ? left.body : left;
    const name = target.kind === "symbol" ? target : target.kind === "apply" ? target.fn : null;
    // f′(x) = … states a derivative where f is known.
    if (target.kind === "apply" && target.primes && this.table.resolve(target.fn, located)?.entity.definition) return;
    if (!name || ["I", "1", "0"].includes(name.name) || (name.name === "d" && isPlainNumber(right)) || (name.name === "delta" && name.subscripts.length === 2)) return;
    if (right.kind === "transpose" && right.base.kind === "symbol" && taggedKey(right.base) === taggedKey(name)) return;
    if (right.kind === "apply" && !name.subscripts.length && taggedKey(right.fn) === taggedKey(name) && right.args.every((arg) => arg.kind === "symbol")) return;
    if (mentionsSelf(right, name)) return;
    const known = this.table.resolve(name, located);
    // A number in the place of a formula is what it comes to in an example.
    if (known?.entity.definition && isExample(right) && !isExample(known.entity.definition.expr)) return;
    if (left.kind === "apply" && known?.entity.definition && this.redefines(known.entity.definition, right)) {
      this.defineFresh(left, right, located);
      return;
    }
    if (known?.entity.definition && (known.entity.section === located.section || !this.redefines(known.entity.definition, right)) && !known.family) {
      if (target.kind === "symbol" && !isExample(right)) known.entity.restated.push({ ...known.entity.definition, expr: right, kind: isArgmin(right) ? "argmin" : "value", formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated, assertion: located.id });
      return;
    }
    if (known?.entity.definition && known.family && known.entity.section === located.section) return;
    // Entries of an array that is defined as a whole are claims about it.
    if (known && known.indices.length && !known.family && (known.entity.definition || known.entity.shape) && !this.isNumbered(name, known.entity, located)) return;
    const params = target.kind === "apply" ? target.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol") : [];
    if (target.kind === "apply" && (params.length !== target.args.length || new Set(params.map(taggedKey)).size !== params.length)) return;
    const family = target.kind === "symbol" && this.table.isFamily(target);
    const redefinition = known !== null && known.entity.definition !== null;
    const entity = known && !redefinition && known.entity.section === located.section && !known.indices.length ? known.entity : this.table.declare(name, located, redefinition && known.entity.section === located.section);
    if (entity.definition) return;
    if (known && entity !== known.entity && !known.indices.length) {
      if (entity.shape === null && known.entity.shape) this.giveShape(entity, known.entity.shape, known.entity.shapeFrom);
      for (const property of known.entity.properties) entity.properties.add(property);
    }
    const kind: Definition["kind"] = target.kind === "apply" ? "function" : family ? "family" : isArgmin(right) ? "argmin" : "value";
    const parameters = target.kind === "apply" ? params : family ? (target).subscripts.map((subscript) => subscript.expr as SymbolExpr) : [];
    entity.definition = { expr: right, params: parameters, kind, formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated, assertion: located.id };
    if (target.kind === "apply") entity.isFunction = true;
    this.defining.set(located.id, entity);
  }

  /** `\sigma^2 = …` defines σ, as the root of the right side, or as what is squared there. */
  private rootOf({ base, exponent }: Expr & { kind: "power" }, right: Expr, place: Place): { base: SymbolExpr; root: Expr } | null {
    if (base.kind !== "symbol" || !/^[a-z]/.test(base.name) || !isTwo(exponent) || isExample(right) || right.kind === "opaque" || right.kind === "dots") return null;
    const known = this.table.resolve(base, place)?.entity;
    if (known && (known.definition || known.shape?.length)) return null;
    const root: Expr = right.kind === "power" && isTwo(right.exponent) ? right.base : { kind: "root", base: right, index: 2, start: right.start, end: right.end };
    return { base, root };
  }

  /** `z_1 = …` where another section has z, and nothing says that it is an array: the first of several z. */
  private isNumbered(name: SymbolExpr, whole: Entity, place: Place): boolean {
    return whole.section !== place.section && whole.shape === null && name.subscripts.length === 1 && name.subscripts[0]?.expr.kind === "number";
  }

  /** Where `p_{12}` or `P_{ij}` is written and P is a letter of the text, P is a matrix, though nothing declares it. */
  private declareByEntries(letters: RegExp): void {
    const all = this.located.flatMap((located) => located.assertion.sides.flatMap((side) => symbolsIn(side, false)).map((symbol) => ({ symbol, located })));
    const bare = new Set(all.filter(({ symbol }) => !symbol.subscripts.length).map(({ symbol }) => taggedKey(symbol)));
    for (const { symbol, located } of all) {
      if (symbol.subscripts.length !== 2 || !letters.test(symbol.name) || !symbol.subscripts.every((subscript) => subscript.expr.kind === "number" || isIndexLetter(subscript))) continue;
      const whole = /^[A-Z]$/.test(symbol.name) ? symbol : otherCase(symbol);
      if (!whole || !bare.has(taggedKey({ ...whole, subscripts: [] })) || this.table.resolve(symbol, located)) continue;
      const entity = this.table.declare({ ...whole, subscripts: [] }, located);
      if (entity.shape === null) this.giveShape(entity, [this.table.sizes.unknown(), this.table.sizes.unknown()], "declared");
    }
  }

  /** What is written like vectors with an index: members of their own, not entries of the vector of that letter, which is one more of them in its section. */
  private declareMembers(): void {
    for (const located of this.located) {
      for (const { symbol, certain } of located.assertion.sides.flatMap(vectorMembers)) {
        const known = this.table.resolve(symbol, located);
        const entry = known !== null && !known.family && known.indices.length > 0 && isColumn(known.entity.shape);
        if (known && !(entry && (certain || weight(known.entity.symbol.font) !== weight(symbol.font)))) continue;
        const alike = known?.entity.section === located.section ? known.entity.shape : null;
        this.giveShape(this.table.declare(symbol, located), alike ?? [this.table.sizes.unknown(), "1"], "inferred");
      }
    }
  }

  /** `f : \mathbb{R}^n \to \mathbb{R}` gives the argument in `f(x) = …` its shape. */
  private declareArguments(): void {
    for (const entity of [...this.table.all]) {
      const [only, ...others] = entity.definition?.kind === "function" ? entity.definition.params : [];
      if (!entity.domain || !only || others.length) continue;
      const argument = this.table.declare(only, entity);
      if (argument.shape === null && !argument.definition) this.giveShape(argument, entity.domain, "declared");
    }
  }

  /** Λ = Σ⁻¹ symmetric positive definite: so is Σ, and of the same size. */
  private passThroughInverses(): void {
    for (const entity of [...this.table.all]) {
      const expr = entity.definition?.expr;
      const base = expr?.kind === "power" || expr?.kind === "transpose" ? expr.base : null;
      if (!expr || base?.kind !== "symbol" || entity.definition?.kind !== "value") continue;
      if (expr.kind === "power" && !(expr.exponent.kind === "sum" && expr.exponent.terms.length === 1 && expr.exponent.terms[0]?.sign === -1)) continue;
      const other = this.table.declare(base, { position: entity.position, section: entity.section });
      if (other.definition) continue;
      for (const property of ["symmetric", "positiveDefinite", "diagonal", "orthogonal", "invertible"]) if (entity.properties.has(property)) other.properties.add(property);
      if (other.shape === null && entity.shape?.length === 2) this.giveShape(other, expr.kind === "transpose" ? [entity.shape[1] as string, entity.shape[0] as string] : entity.shape, "declared");
    }
  }

  /** `f(x) = …` again, with something else on the right: another f from here on. */
  private defineFresh(target: Expr & { kind: "apply" }, right: Expr, located: Located): void {
    const params = target.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol");
    if (params.length !== target.args.length) return;
    const entity = this.table.declare(target.fn, located, true);
    entity.isFunction = true;
    entity.definition = { expr: right, params, kind: "function", formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated: false, assertion: located.id };
    this.defining.set(located.id, entity);
  }

  /** Whether a right side in a new section says something else than the old definition did: other symbols take part. */
  private redefines(old: Definition, right: Expr): boolean {
    const names = (expr: Expr): string => [...new Set(symbolsIn(expr, false).map(taggedKey))].sort().join(" ");
    return names(old.expr) !== names(right);
  }

  /** A matrix of all its entries fixes the sizes of its section. */
  private fixSizes(): void {
    for (const located of this.located) {
      for (const side of located.assertion.sides) {
        this.fixFromLabels(side, located);
        this.fixFromEntries(side, located);
      }
      const { sides } = located.assertion;
      sides.forEach((side, index) => {
        for (const other of [sides[index - 1], sides[index + 1]]) if (other) this.fixFromMatrix(side, other, located);
      });
    }
  }

  private fixFromLabels(expr: Expr, place: Located): void {
    if (expr.kind === "labelled") this.fixFromMatrix(expr.label, expr.body, place);
    for (const child of childrenOf(expr)) this.fixFromLabels(child, place);
  }

  /** A matrix of the entries of one array, each in its place. */
  private fixFromEntries(expr: Expr, place: Located): void {
    for (const child of childrenOf(expr)) this.fixFromEntries(child, place);
    if (expr.kind !== "matrix") return;
    const cells = expr.rows.map((row) => row.map((cell) => cell.expr));
    const first = cells[0]?.[0];
    const inPlace = cells.every((row, i) => row.every((cell, j) => cell?.kind === "symbol" && first?.kind === "symbol" && cell.name === first.name && cell.subscripts.map((subscript) => subscript.text).join() === `${i + 1},${j + 1}`));
    if (first?.kind !== "symbol" || !inPlace) return;
    const entity = this.table.resolve(first, place)?.entity;
    if (entity?.shape?.length !== 2) return;
    const fixed = this.fixedSizes.get(place.section) ?? new Map<string, number>();
    this.fixedSizes.set(place.section, fixed);
    [cells.length, cells[0]?.length ?? 0].forEach((size, axis) => {
      const dim = entity.shape?.[axis] as string;
      if (!/^\d+$/.test(dim) && !fixed.has(dim)) fixed.set(dim, size);
    });
  }

  private fixFromMatrix(named: Expr, shown: Expr, place: Located): void {
    const target = named.kind === "labelled" ? named.label : named;
    const matrix = shown.kind === "labelled" ? shown.body : shown;
    if (matrix.kind !== "matrix" || matrix.rows.some((row) => row.some((cell) => cell.dots))) return;
    const transposed = target.kind === "transpose";
    const base = transposed ? target.base : target;
    const symbol = base.kind === "symbol" ? base : base.kind === "derivative" && base.wrt.length === 1 && base.wrt[0]?.kind === "symbol" ? base.wrt[0] : null;
    if (!symbol) return;
    const known = this.table.resolve(symbol, place)?.entity;
    const rows = matrix.rows.length;
    const columns = Math.max(...matrix.rows.map((row) => row.length));
    // A matrix shown under a name that nothing else declares declares it.
    const entity = known ?? (base.kind === "symbol" && !symbol.subscripts.length ? this.table.declare(symbol, place) : null);
    if (!entity) return;
    const displayed = transposed ? [columns, rows] : [rows, columns];
    if (entity.shape === null && base.kind === "symbol" && !entity.definition) {
      // The display gives the sizes of its section only; a side of one is one everywhere.
      this.giveShape(entity, displayed.map((size) => (size === 1 ? "1" : this.table.sizes.unknown())), "declared");
    }
    if (entity.shape?.length !== 2) return;
    if (base.kind === "derivative" && entity.shape.some((dim) => /^\d+$/.test(dim))) return;
    const fixed = this.fixedSizes.get(place.section) ?? new Map<string, number>();
    this.fixedSizes.set(place.section, fixed);
    entity.shape.forEach((dim, axis) => {
      if (!/^\d+$/.test(dim) && !fixed.has(dim)) fixed.set(dim, displayed[axis] as number);
    });
  }
}

function isTwo(expr: Expr): boolean {
  return expr.kind === "number" && expr.numerator === 2 * expr.denominator;
}

function isColumn(shape: Shape | null): boolean {
  return shape?.length === 2 && shape[1] === "1";
}

function sumsIn(expr: Expr): (Expr & { kind: "big" })[] {
  return [...(expr.kind === "big" ? [expr] : []), ...childrenOf(expr).flatMap(sumsIn)];
}

function normalisedBy(left: Expr): { symbol: SymbolExpr; property: string } | null {
  if (left.kind === "norm" && left.body.kind === "symbol" && left.which === null) return { symbol: left.body, property: "unit" };
  if (left.kind === "big" && left.operator === "sum" && left.indices.length === 1 && left.body.kind === "symbol") {
    const [below, ...others] = left.body.subscripts;
    const isOwn = below?.expr.kind === "symbol" && below.expr.name === left.indices[0]?.symbol.name;
    return isOwn && !others.length ? { symbol: { ...left.body, subscripts: [] }, property: "sumsToOne" } : null;
  }
  const [first, second] = left.kind === "product" && left.factors.length === 2 ? left.factors : [];
  if (first?.kind !== "transpose" || second?.kind !== "symbol" || first.base.kind !== "symbol") return null;
  if (first.base.name === "1") return { symbol: second, property: "sumsToOne" };
  return taggedKey(first.base) === taggedKey(second) && /^[a-z]/.test(second.name) ? { symbol: second, property: "unit" } : null;
}

const vectorProperties: ReadonlySet<string> = new Set(["oneHot", "sumsToOne", "standardBasis"]);

/** `x_1, \dots, x_N` stands for every `x_i`. */
function withGeneralMember(items: readonly Expr[]): readonly Expr[] {
  const [first] = items;
  if (first?.kind !== "symbol" || first.subscripts.length !== 1 || !items.some((item) => item.kind === "dots")) return items;
  const below = first.subscripts[0] as SymbolExpr["subscripts"][number];
  return [{ ...first, subscripts: [{ ...below, text: "i", expr: plainSymbol("i", "", below, []) }] }];
}

function subjects(expr: Expr): SymbolExpr[] {
  return (expr.kind === "tuple" ? expr.items : [expr]).filter((item): item is SymbolExpr => item.kind === "symbol");
}

function bareSubject(expr: Expr): SymbolExpr | null {
  if (expr.kind === "symbol") return expr;
  if (expr.kind === "transpose") return bareSubject(expr.base);
  if (expr.kind === "apply" && !expr.primes && expr.args.every((arg) => arg.kind === "symbol")) return expr.fn;
  return null;
}

/** `A = [a_{11} …]`: a matrix of the symbol's own entries says nothing about its value. */
function isExplicitEntries(right: Expr, left: Expr): boolean {
  if (right.kind !== "matrix" || left.kind !== "symbol") return false;
  const letter = left.name.toLowerCase();
  return right.rows.every((row) => row.every((cell) => cell.dots || cell.expr === null || symbolsIn(cell.expr, false).every((symbol) => symbol.name.toLowerCase() === letter)));
}

function isPlainNumber(expr: Expr): boolean {
  return expr.kind === "number";
}

/** `A^\top A`, `A A^\top` */
function isGram(expr: Expr): boolean {
  const [first, second] = expr.kind === "product" && expr.factors.length === 2 ? expr.factors : [];
  const base = (one: Expr | undefined): Expr | undefined => (one?.kind === "transpose" ? one.base : one);
  const [a, b] = [base(first), base(second)];
  return (first?.kind === "transpose") !== (second?.kind === "transpose") && a?.kind === "symbol" && b?.kind === "symbol" && taggedKey(a) === taggedKey(b);
}

function isArgmin(expr: Expr): boolean {
  return expr.kind === "apply" && ["argmin", "argmax"].includes(expr.fn.name) ? true : expr.kind === "product" && expr.factors[0]?.kind === "symbol" && ["argmin", "argmax", "arg"].includes(expr.factors[0].name);
}

/** `x = x - …` is an assignment. A recursion by index (`h_t` from `h_{t-1}`) is none. */
function mentionsSelf(expr: Expr, name: SymbolExpr): boolean {
  const own = taggedKey(name);
  return symbolsIn(expr, false).some((symbol) => taggedKey(symbol) === own && symbol.subscripts.map((subscript) => subscript.text).join(",") === name.subscripts.map((subscript) => subscript.text).join(","));
}

/** A right side of numbers alone. */
export function isExample(expr: Expr): boolean {
  return symbolsIn(expr, false).length === 0;
}

export { dimensions };
