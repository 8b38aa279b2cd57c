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
import { shortest } from "../shortest";
import { dimOf, inTrial, UNIT, type Trial } from "../sizes";
import type { Spelling } from "../spelling";
import { collected } from "./collect";
import { Rules } from "./rules";

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

/** Of a function of a variable, both at two assignments of sizes; null where some rule has no short form. */
export function derivationOf(first: Term, second: Term, variables: readonly [Variable, Variable], spelling: Spelling): Derivation | null {
  const by: Moving = { name: variables[0].name, shape: variables[0].shape.map((size, axis) => dimOf(size, variables[1].shape[axis]!)) };
  const found = shortest(first, second, spelling);
  if (!found) return null;
  const rules = new Rules(by, spelling);
  const lines: Line[] = [{ rule: "", expression: rules.d(found.expression) }];
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
  return e.kind === "differential" ? f(e) : withParts(e, partsOf(e).map((part) => everywhere(part, f)));
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
