/**
 * What the core computes for a derivative, as a person would write it: lowered
 * at two assignments of sizes, put in closed form in the notes' spelling, and
 * held against the derivative itself before it is shown.
 */
import type { Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { type Env, termOf, type Value } from "../readings/value";
import type { Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { spellSymbol } from "../semantics/symbols/key";
import { closedForm, termOfExpression, type Spelling } from "../symbolic";
import type { Term } from "../tensor";
import { attemptValue, type Claim } from "./attempt";
import { compare } from "./compare";
import { transposeIn } from "./repair";
import { Sizes } from "./sizes";

/** The closed form of one side of a claim; null where there is no short one, or where it is not the same. */
export function computedForm(model: Model, claim: Claim, reading: Reading, of: Expr, asked = false): string | null {
  try {
    const made = attemptValue(model, claim, reading, of, asked);
    return made ? latexOf(model, claim, made.value, made.lowering) : null;
  } catch {
    return null;
  }
}

/** The sizes of a defined symbol, worked out from its definition; null where they cannot be. */
export function definedShape(model: Model, entity: Entity, reading: Reading): readonly string[] | null {
  const located = entity.definition ? model.located[entity.definition.assertion] : undefined;
  if (!located || entity.definition?.kind !== "value") return null;
  try {
    const made = attemptValue(model, { located: { ...located, id: -1 }, link: 0, left: entity.symbol, right: entity.symbol, proportional: false }, reading, entity.symbol);
    return made && !made.value.free.length ? made.value.shape.map((dim) => made.lowering.classes.find(dim)) : null;
  } catch {
    return null;
  }
}

function latexOf(model: Model, claim: Claim, value: Value, lowering: Lowering): string | null {
  if (value.free.length || value.shape.length > 2) return null;
  const trials = [0, 1].map((trial) => {
    const sizes = new Sizes(lowering.classes, trial);
    const env: Env = { size: sizes.of, mode: "reverse", memo: new Map() };
    return { sizes, env, term: termOf(value, env) };
  });
  const [first, second] = trials;
  if (!first || !second) return null;
  const spelling = spellingOf(model, claim, lowering, first, second);
  const form = closedForm(first.term, second.term, spelling);
  if (!form) return null;
  const checked = trials.every(({ term }, trial) => {
    const meant = termOfExpression(form.expression, trial as 0 | 1, form.free);
    return sameShape(meant, term) && compare([{ left: meant, right: term }], { drawn: lowering.drawn, extra: new Map(), seed: `closed:${claim.located.formula}:${trial}`, zeroStated: true }).status === "equal";
  });
  return checked ? form.latex : null;
}

function sameShape(a: Term, b: Term): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);
}

interface Trial {
  readonly sizes: Sizes;
  readonly env: Env;
}

/** The notes' own names for variables, sizes and defined symbols. */
function spellingOf(model: Model, claim: Claim, lowering: Lowering, first: Trial, second: Trial): Spelling {
  const variables = new Map<string, string>();
  const symmetric = new Set<string>();
  for (const entity of model.table.all) variables.set(entity.key, spellSymbol(entity.symbol));
  for (const [name, { entity, latex }] of lowering.drawn) {
    if (name.startsWith("∂")) variables.set(name, latex);
    if (!entity) continue;
    variables.set(name, spellSymbol(entity.symbol));
    if (entity.properties.has("symmetric") || entity.properties.has("positiveDefinite")) symmetric.add(name);
  }
  const nodes = new Map<Term, string>();
  const counterparts = new Map<Term, Term>();
  for (const { entity, value } of lowering.definedValues()) {
    const node = termOf(value, first.env);
    if (node.kind === "variable" || node.kind === "constant" || nodes.has(node)) continue;
    nodes.set(node, spellSymbol(entity.symbol));
    counterparts.set(node, termOf(value, second.env));
  }
  const sizes = new Map<string, readonly [number, number]>();
  const [a, b] = [first.sizes.named(), second.sizes.named()];
  for (const [name, size] of Object.entries(a)) if (b[name] !== undefined) sizes.set(name, [size, b[name]]);
  const source = model.document.formulas[claim.located.formula]?.source.text ?? "";
  return { variables, nodes, counterparts, sizes, symmetric, transpose: transposeIn(source, model), hadamard: source.includes("\\circ") ? "\\circ" : "\\odot", ones: "\\mathbf{1}", identity: "I", layoutTransposed: false };
}
