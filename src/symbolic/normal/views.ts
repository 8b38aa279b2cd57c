/** Two terms side by side: shapes in both trials, contractions with their numbers apart, and which nodes correspond. */
import { argsOf, isScalarConstant, type Contract, type Term } from "../../tensor";
import { dimOf, ONE, ratio, times, Unprintable, UNIT, type Coefficient, type Dim } from "../sizes";

export function differs(): Unprintable {
  return new Unprintable("a structure that depends on the sizes");
}

export function shapeOf(first: Term, second: Term): Dim[] {
  if (first.shape.length !== second.shape.length) throw differs();
  return first.shape.map((size, axis) => dimOf(size, second.shape[axis]!));
}

export function dimsOf(first: Term, second: Term): Dim[] {
  return shapeOf(first, second).filter((dim) => dim !== UNIT);
}

/** A contraction with its number apart; any other term as a contraction of itself. */
interface View {
  readonly factor: Coefficient[0];
  readonly labels: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly args: readonly Term[];
  readonly structure: string;
}

export function viewOf(term: Term): View {
  if (term.kind !== "contract") {
    const axes = term.shape.map((_, axis) => axis);
    return view(ONE, [axes], axes, [term]);
  }
  const kept = term.args.map((arg, i) => ({ arg, labels: term.labels[i]! })).filter(({ arg }) => !isScalarConstant(arg));
  let factor = ONE;
  for (const arg of term.args) if (isScalarConstant(arg)) factor = times(factor, ratio(arg.numerators[0]!, arg.denominator));
  return view(factor, kept.map(({ labels }) => labels), term.output, kept.map(({ arg }) => arg));
}

function view(factor: View["factor"], labels: Contract["labels"], output: Contract["output"], args: readonly Term[]): View {
  const names = new Map<number, number>();
  const rename = (label: number): number => {
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label)!;
  };
  const renamed = labels.map((list) => list.map(rename));
  const renamedOutput = output.map(rename);
  return { factor, labels: renamed, output: renamedOutput, args, structure: `${renamed.map((list) => list.join()).join(";")}>${renamedOutput.join()}` };
}

export function labelSizes(a: View, b: View, first: Term, second: Term): Map<number, Dim> {
  const sizes = new Map<number, Dim>();
  a.labels.forEach((list, i) => list.forEach((label, axis) => sizes.set(label, dimOf(a.args[i]!.shape[axis]!, b.args[i]!.shape[axis]!))));
  a.output.forEach((label, axis) => sizes.set(label, dimOf(first.shape[axis]!, second.shape[axis]!)));
  return sizes;
}

/** The nodes of two graphs of the same structure, side by side; where they part, nothing is said. */
export function counterparts(first: Term, second: Term): Map<Term, Term> {
  const pairs = new Map<Term, Term>();
  const pending: [Term, Term][] = [[first, second]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [a, b] = pair;
    if (pairs.has(a)) continue;
    pairs.set(a, b);
    const args = a.kind === b.kind ? ([argsOf(a), argsOf(b)] as const) : ([viewOf(a).args, viewOf(b).args] as const);
    if (args[0].length !== args[1].length || args[0].includes(a)) continue;
    args[0].forEach((arg, i) => pending.push([arg, args[1][i]!]));
  }
  return pairs;
}

/** Whether two graphs are made of the same operations, whatever their sizes: X² and X³ are not. */
export function sameStructure(first: Term, second: Term): boolean {
  const seen = new Map<Term, Term>();
  const pending: [Term, Term][] = [[first, second]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [a, b] = pair;
    if (seen.get(a) === b) continue;
    seen.set(a, b);
    const [args, others] = [argsOf(a), argsOf(b)];
    if (a.kind !== b.kind || args.length !== others.length || (a.kind === "contract" && viewOf(a).structure !== viewOf(b).structure)) return false;
    args.forEach((arg, i) => pending.push([arg, others[i]!]));
  }
  return true;
}
