/**
 * How the notes write what a closed form is made of: symbols as the claim
 * spells them, entries by their letter, and the transpose, norms, named
 * functions, ones and identity as the document does.
 */
import type { Lowering } from "../readings/lower";
import { isParametric, parametricValues } from "../readings/parametric";
import { type Env, termOf } from "../readings/value";
import { childrenOf, derivativesIn, type Expr, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { fullKey, spellName, spellSymbol, taggedKey, withoutSubscripts } from "../semantics/symbols/key";
import type { Spelling } from "../symbolic";
import { directional, scalar, type Term } from "../tensor";
import type { Claim } from "./claim";
import { transposeIn } from "./repair";
import type { Trial } from "./sized";

export function spellingOf(model: Model, claim: Claim, lowering: Lowering, trials: readonly [Trial, Trial]): Spelling {
  const names = new Names(model, claim, lowering);
  const source = sourceOf(model, claim);
  const [first, second] = trials;
  const sizes = new Map<string, readonly [number, number]>();
  const [a, b] = [first.sizes.named(), second.sizes.named()];
  for (const [name, size] of Object.entries(a)) if (b[name] !== undefined) sizes.set(spellName(name), [size, b[name]]);
  return {
    ...names.variables(),
    ...namedNodes(model, lowering, names, trials),
    sizes,
    entry: (name, indices) => names.entry(name, indices),
    transpose: transposeIn(source, model),
    hadamard: source.includes("\\circ") ? "\\circ" : "\\odot",
    ones: written(source, ones) ?? "\\mathbf{1}",
    identity: written(source, identity) ?? "I",
    functions: functionsIn(model, source),
    norm: normIn(source),
    layoutTransposed: false,
  };
}

/** The formula's own text first, then all others. */
function sourceOf(model: Model, claim: Claim): string {
  return [model.document.formulas[claim.located.formula], ...model.document.formulas].map((formula) => formula?.source.text ?? "").join("\n");
}

/** What has a name: symbols with a definition, and what depends on a parameter, with its derivative. */
function namedNodes(model: Model, lowering: Lowering, names: Names, [first, second]: readonly [Trial, Trial]): Pick<Spelling, "nodes" | "counterparts"> {
  const nodes = new Map<Term, string>();
  const counterparts = new Map<Term, Term>();
  const add = (latex: string, make: (env: Env) => Term): void => {
    const node = make(first.env);
    if (node.kind === "variable" || node.kind === "constant" || nodes.has(node)) return;
    nodes.set(node, latex);
    counterparts.set(node, make(second.env));
  };
  // A loss that is any function stands for it by its cotangents, and is no value of their products.
  const losses = new Set(lowering.losses.values());
  for (const { entity, value } of lowering.definedValues()) if (!losses.has(value)) add(names.of(entity), (env) => termOf(value, env));
  for (const { entity, parameter, value, at } of parametricValues(lowering)) {
    add(names.of(entity), (env) => termOf(value, env));
    add(derivativeIn(model, entity, parameter) ?? `\\frac{d${names.of(entity)}}{d${spellSymbol(parameter)}}`, (env) => directional(termOf(value, env), new Map([[termOf(at, env), scalar(1)]])));
  }
  return { nodes, counterparts };
}

/** dA/dt as the notes write it. */
function derivativeIn(model: Model, entity: Entity, parameter: SymbolExpr): string | null {
  for (const { assertion, formula } of model.located) {
    const found = assertion.sides.flatMap(derivativesIn).find(({ of, wrt, order }) => order === 1 && of.kind === "symbol" && taggedKey(of) === entity.key && wrt.length === 1 && wrt[0]?.kind === "symbol" && taggedKey(wrt[0]) === taggedKey(parameter));
    if (found) return model.document.formulas[formula]?.source.text.slice(found.start, found.end) ?? null;
  }
  return null;
}

/** Spelled symbols: as in the claim, else as declared. */
class Names {
  private readonly inClaim = new Map<number, SymbolExpr>();
  private readonly unknown = new Map<string, SymbolExpr>();
  private readonly entries = new Map<number, SymbolExpr>();

  constructor(
    private readonly model: Model,
    claim: Claim,
    private readonly lowering: Lowering,
  ) {
    for (const side of [claim.left, claim.right]) this.collect(side);
    for (const located of model.located) if (located.section === claim.located.section) for (const side of located.assertion.sides) this.collectEntries(side);
  }

  of(entity: Entity): string {
    const symbol = this.inClaim.get(entity.id) ?? entity.symbol;
    return spellSymbol(entity.arity ? withoutSubscripts(symbol) : symbol);
  }

  variables(): Pick<Spelling, "variables" | "symmetric" | "sumsToOne" | "families"> {
    const variables = new Map<string, string>();
    const [symmetric, sumsToOne] = [new Set<string>(), new Map<string, "rows" | "columns">()] as const;
    const families = new Map<string, number>();
    for (const [key, symbol] of this.unknown) variables.set(key, spellSymbol(symbol));
    for (const entity of this.model.table.all) variables.set(entity.key, this.of(entity));
    for (const [name, { entity, latex }] of this.lowering.drawn) {
      if (name.startsWith("∂")) variables.set(name, this.cotangent(name) ?? latex);
      else if (!entity && !variables.has(name)) variables.set(name, spellName(latex) + labelIn(name, latex));
      if (name.startsWith("∂")) families.set(name, this.behind(name)?.arity ?? 0);
      if (!entity || isParametric(name)) continue;
      variables.set(name, this.of(entity));
      families.set(name, entity.arity);
      const has = (...properties: readonly string[]): boolean => properties.some((property) => entity.properties.has(property));
      if (has("symmetric", "positiveDefinite", "positiveSemidefinite")) symmetric.add(name);
      if (has("columnOneHot", "columnStochastic")) sumsToOne.set(name, "columns");
      if (has("sumsToOne", "oneHot", "stochastic")) sumsToOne.set(name, "rows");
    }
    return { variables, symmetric, sumsToOne, families };
  }

  /** `w_{1,2}`, and `\frac{\partial L}{\partial w_{1,2}}`. */
  entry(name: string, indices: readonly string[]): string | undefined {
    const cotangent = /^∂(.+)\/∂/s.exec(name);
    const entity = cotangent ? this.behind(name) : (this.lowering.drawn.get(name)?.entity ?? this.named(name));
    if (!entity) return undefined;
    const spelled = this.withSubscripts(this.entries.get(entity.id) ?? this.inClaim.get(entity.id) ?? entity.symbol, indices);
    if (!cotangent) return spelled;
    const above = /^\\frac\{\\partial (.*?)\}\{\\partial /s.exec(this.lowering.drawn.get(name)?.latex ?? "")?.[1];
    return above === undefined ? undefined : `\\frac{\\partial ${above}}{\\partial ${spelled}}`;
  }

  private withSubscripts(symbol: SymbolExpr, indices: readonly string[]): string {
    const plain = symbol.subscripts.some(({ expr }) => expr.kind === "symbol" && expr.font === "mathrm") ? symbol : withoutSubscripts(symbol);
    const text = indices.every((index) => /^[a-z]$/i.test(index)) && !this.commas(symbol) ? indices.join("") : indices.join(",");
    return spellSymbol({ ...plain, subscripts: [...plain.subscripts, { text, expr: { kind: "opaque", why: "unread", start: 0, end: 0 }, start: 0, end: 0 }] });
  }

  private commas(symbol: SymbolExpr): boolean {
    const [first, second] = symbol.subscripts;
    return first !== undefined && second !== undefined && second.start > first.end;
  }

  /** G of `G = \frac{\partial L}{\partial Y}`. */
  private cotangent(name: string): string | null {
    const given = this.model.table.all.find((entity) => {
      const expr = entity.definition?.expr;
      const [wrt, ...more] = expr?.kind === "derivative" && expr.order === 1 ? expr.wrt : [];
      if (expr?.kind !== "derivative" || expr.of.kind !== "symbol" || wrt?.kind !== "symbol" || more.length) return false;
      return name === `∂${taggedKey(expr.of)}/∂${fullKey(wrt)}` && this.lowering.resolve(entity.symbol)?.entity === entity;
    });
    return given ? this.of(given) : null;
  }

  /** What a cotangent belongs to. */
  private behind(name: string): Entity | undefined {
    const key = name.slice(name.indexOf("/∂") + 2);
    return this.model.table.all.find((entity) => this.lowering.sinks.has(entity.id) && (taggedKey(entity.symbol) === key || entity.key === key));
  }

  private named(latex: string): Entity | undefined {
    return this.lowering.definedValues().find(({ entity }) => this.of(entity) === latex)?.entity;
  }

  private collect(expr: Expr): void {
    if (expr.kind === "symbol") {
      const resolved = this.lowering.resolve(expr);
      if (!resolved) this.unknown.set(taggedKey(expr) + expr.subscripts.map(({ text }) => `_${text}`).join(""), expr);
      else if (!resolved.indices.length || resolved.family) this.inClaim.set(resolved.entity.id, this.inClaim.get(resolved.entity.id) ?? expr);
      if (resolved?.indices.length && !this.entries.has(resolved.entity.id)) this.entries.set(resolved.entity.id, expr);
    }
    for (const child of childrenOf(expr)) this.collect(child);
  }

  private collectEntries(expr: Expr): void {
    if (expr.kind === "symbol" && expr.subscripts.length) {
      const resolved = this.lowering.resolve(expr);
      if (resolved?.indices.length && !this.entries.has(resolved.entity.id)) this.entries.set(resolved.entity.id, expr);
    }
    for (const child of childrenOf(expr)) this.collectEntries(child);
  }
}

/** `_f` of a variable `U_f`, and `^{(l)}` of `W^(l)`, that no formula of the claim writes so. */
function labelIn(name: string, base: string): string {
  const [, above = "", below = ""] = (name.startsWith(base) ? /^(\^[^_^@]+)?((?:_[a-z0-9,]+)*)$/i.exec(name.slice(base.length)) : null) ?? [];
  const indices = below.slice(1).replace(/_/g, ",");
  return (indices.length > 1 ? `_{${indices}}` : below) + (above && `^{${above.slice(1)}}`);
}

// What the document writes for named things

const ones = /\\(?:mathbf|mathbb|mathbbm|mathds|boldsymbol|bm|vec)\s*(?:\{\s*1\s*\}|1)/;
const identity = /\\(?:mathbf|mathbb|boldsymbol|bm|mathrm)\s*(?:\{\s*I\s*\}|I(?![a-zA-Z]))/;

function written(source: string, pattern: RegExp): string | undefined {
  return pattern.exec(source)?.[0].replace(/\s+/g, "").replace(/^(\\[a-z]+)(\w)$/i, "$1{$2}");
}

/** A word set upright, or a command of its own. */
function word(...spellings: readonly string[]): RegExp {
  const any = spellings.join("|");
  return new RegExp(`\\\\(?:operatorname\\*?|mathrm|text|textrm|mathop|mathsf|mathbf|textbf)\\s*\\{\\s*(?:${any})\\s*\\}|\\\\(?:${any})(?![a-zA-Z])`);
}

const words: readonly (readonly [readonly string[], RegExp])[] = [
  [["trace"], word("tr", "Tr", "trace", "Trace")],
  [["determinant"], word("det")],
  [["diagonal", "diagonalOf"], word("diag", "Diag")],
  [["vec"], word("vec", "Vec")],
  [["softmax"], word("softmax", "Softmax", "SoftMax")],
  [["logsumexp"], word("logsumexp", "LSE", "LogSumExp")],
  [["log"], word("log", "ln")],
  [["relu"], word("relu", "ReLU", "Relu")],
];

function functionsIn(model: Model, source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [names, pattern] of words) {
    const spelled = pattern.exec(source)?.[0];
    if (spelled !== undefined) for (const name of names) found.set(name, spelled);
  }
  if (!source.includes("\\exp") && /(?<![a-zA-Z\\])e\s*\^/.test(source)) found.set("exp", "e^");
  const sigmoid = model.table.all.find((entity) => entity.named === "sigmoid");
  if (sigmoid) found.set("sigmoid", spellSymbol(sigmoid.symbol));
  return found;
}

/** Bars, and whether the 2 below them is written. */
function normIn(source: string): NonNullable<Spelling["norm"]> {
  const wide = /\\lVert/.test(source) && !/\\\|/.test(source);
  const plain = /(?:\\\||\\rVert|\\Vert)\s*(?:\^|[^_\s]|$)/.test(source.replace(/(?:\\\||\\lVert|\\Vert)[^|]*?(\\\||\\rVert|\\Vert)/g, "$1"));
  const two = /(?:\\\||\\rVert|\\Vert)\s*_\s*\{?\s*2/.test(source);
  return { open: wide ? "\\lVert" : "\\|", close: wide ? "\\rVert" : "\\|", two: two || !plain };
}
