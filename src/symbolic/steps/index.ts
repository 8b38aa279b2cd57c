/**
 * Derivations in the language of differentials: d is pulled inwards, rule by
 * rule, until only that of the variable is left; then it is taken out, as in
 * df = tr(Gᵀ dX), and G is the gradient.
 *
 * Nothing here is trusted: each line is an expression, whose meaning the caller
 * compares with the differential.
 */
import { gradient, jacobian, reshape, variable, type Term, type Variable } from "../../tensor";
import type { Expression, Letter, Moving } from "../expression/types";
import { partsOf, withParts } from "../expression/parts";
import { isIncrement, product, transpose, whole } from "../expression/build";
import { shortest } from "../shortest";
import { dimOf, inTrial, UNIT, type Trial } from "../sizes";
import type { Spelling } from "../spelling";
import { collected } from "./collect";
import { Rules } from "./rules";
import { tidied } from "./tidy";

export { differentialName } from "../expression/types";

/** What d of the function is equal to, and by which rule. */
export interface Line {
  readonly rule: string;
  readonly expression: Expression;
}

export interface Derivation {
  readonly lines: readonly Line[];
  /** What dX or dx stands beside in the last line, shaped like a gradient or a Jacobian; null for a tensor. */
  readonly factor: Expression | null;
  readonly free: readonly Letter[];
}

const MAX_LINES = 40;

/**
 * Of a function of a variable, both at two assignments of sizes; null where
 * some rule has no short form. An arbitrary function is one that the notes give
 * no formula for: its stand-in is linear, and its total differential comes first.
 */
export function derivationOf(first: Term, second: Term, variables: readonly [Variable, Variable], spelling: Spelling, arbitrary: boolean): Derivation | null {
  const by: Moving = { name: variables[0].name, shape: variables[0].shape.map((size, axis) => dimOf(size, variables[1].shape[axis]!)) };
  const found = shortest(first, second, spelling);
  if (!found) return null;
  const rules = new Rules(by, spelling);
  const start = rules.d(found.expression);
  const lines: Line[] = [arbitrary ? totalDifferential(start, rules) : { rule: "", expression: start }];
  for (let last = lines[0]!; ; last = lines[lines.length - 1]!) {
    const next = pulled(last.expression, rules);
    if (next === "done") break;
    if (next === null || lines.length > MAX_LINES) return null;
    if (next.rule === last.rule) lines.pop();
    lines.push(next);
  }
  const end = collected(lines[lines.length - 1]!.expression, by, () => cofactorOf(first, second, by, spelling));
  return { lines: [...lines, ...(end?.lines ?? [])], factor: end?.factor ?? null, free: found.free };
}

const trivial: ReadonlySet<string> = new Set(["linearity", "product with a constant"]);

function totalDifferential(start: Expression, rules: Rules): Line {
  let expression = start;
  for (let next = pulled(start, rules); next !== "done" && next !== null && trivial.has(next.rule); next = pulled(expression, rules)) expression = next.expression;
  return { rule: "total differential", expression: turned(expression) };
}

/** Traces with dA at the end. */
function turned(e: Expression): Expression {
  if (e.kind === "differential") return e;
  if (e.kind !== "whole" || e.fn !== "trace" || e.arg.kind !== "product") return withParts(e, partsOf(e).map(turned));
  const last = e.arg.factors[e.arg.factors.length - 1]!;
  const { factors } = last.kind === "transpose" && isIncrement(last) ? (transpose(e.arg) as typeof e.arg) : e.arg;
  const at = factors.findIndex(isIncrement);
  return whole("trace", product(...factors.slice(at + 1), ...factors.slice(0, at + 1)));
}

/** One rule, at every differential that it is the rule for. */
function pulled(line: Expression, rules: Rules): Line | "done" | null {
  const [first] = differentialsIn(line);
  if (!first) return "done";
  const rule = rules.move(first.of)?.rule;
  if (rule === undefined) return null;
  return { rule, expression: everywhere(line, (e) => {
    const moved = rules.move(e.of);
    return moved?.rule === rule ? moved.result : e;
  }) };
}

type Differential = Expression & { readonly kind: "differential" };

function differentialsIn(e: Expression): Differential[] {
  return e.kind === "differential" ? [e] : partsOf(e).flatMap(differentialsIn);
}

function everywhere(e: Expression, f: (e: Differential) => Expression): Expression {
  return e.kind === "differential" ? f(e) : rebuilt(e, partsOf(e).map((part) => everywhere(part, f)));
}

function rebuilt(e: Expression, parts: readonly Expression[]): Expression {
  return partsOf(e).every((part, i) => part === parts[i]) ? e : tidied(withParts(e, parts));
}

/** The closed form of the gradient of a number, or of the Jacobian of a column by a column. */
function cofactorOf(first: Term, second: Term, by: Moving, spelling: Spelling): Expression | null {
  const termIn = (y: Term, trial: Trial): Term => {
    const x = variable(by.name, by.shape.map((dim) => inTrial(dim, trial)));
    return y.shape.length === 0 ? gradient(y, [x])[0]! : reshape(jacobian(y, x), [y.shape[0]!, x.shape[0]!]);
  };
  const column = by.shape.length === 2 && by.shape[1] === UNIT;
  if (first.shape.length > 0 && !(first.shape.length === 2 && first.shape[1] === 1 && column)) return null;
  return shortest(termIn(first, 0), termIn(second, 1), spelling)?.expression ?? null;
}
