/** Evaluates a closed form and the term that it stands for, at the same values. */
import { random } from "../../../src/base/random";
import { closedForm, termOfExpression, type ClosedForm, type Spelling } from "../../../src/symbolic/index";
import { evaluateReal, reshape, sameShape, sizeOf, topological, transpose, type Binding, type Shape, type Term } from "../../../src/tensor/index";
import { sizes, trials, type Case } from "./gradients";

export const plain: Spelling = { variables: new Map(), nodes: new Map(), sizes: new Map(Object.entries(sizes)), transpose: "\\top", hadamard: "\\odot", ones: "\\mathbf 1", identity: "I", layoutTransposed: false };

export interface Tried {
  readonly form: ClosedForm | null;
  readonly terms: readonly [Term, Term];
  readonly spelling: Spelling;
}

export function tryCase({ build, named, spelling }: Case): Tried {
  const terms = [build(trials[0]), build(trials[1])] as const;
  const pairs = (named?.(trials[0]) ?? []).map(([node, latex], i) => [node, latex, named!(trials[1])[i]![0]] as const);
  const full = { ...plain, ...spelling, nodes: new Map(pairs.map(([node, latex]) => [node, latex])), counterparts: new Map(pairs.map(([node, , other]) => [node, other])) };
  return { form: closedForm(terms[0], terms[1], full), terms, spelling: full };
}

/** The form's meaning, in the term's layout and shape. */
export function meaningOf({ form, terms, spelling }: Tried, trial: 0 | 1): Term {
  const term = termOfExpression(form!.expression, trial, form!.free);
  const turned = spelling.layoutTransposed && form!.free.length === 0 && term.shape.length === 2 ? transpose(term) : term;
  const { shape } = terms[trial];
  // A list of numbers is written as a column.
  return sameShape(turned.shape, shape) ? turned : reshape(turned, shape);
}

/** Values of all variables below some terms: inside every domain, square matrices well-conditioned. */
export function drawValues(terms: readonly Term[], { signed, spelling }: Case, seed: number): Map<string, Binding> {
  const draw = random(seed);
  const shapes = new Map<string, Shape>();
  for (const node of topological(terms)) if (node.kind === "variable") shapes.set(node.name, node.shape);
  return new Map([...shapes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, shape]) => [name, { shape, data: drawArray(draw, shape, signed ?? false, spelling?.symmetric?.has(name) ?? false) }]));
}

function drawArray(draw: ReturnType<typeof random>, shape: Shape, signed: boolean, symmetric: boolean): Float64Array {
  const data = Float64Array.from({ length: sizeOf(shape) }, () => draw.uniform(signed ? -1 : 0.15, 0.85));
  const [n, m] = shape;
  if (shape.length !== 2 || n !== m || n === undefined) return data;
  for (let i = 0; i < n; i++) {
    if (symmetric) for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i]!;
    if (!signed && n > 1) data[i * n + i]! += n;
  }
  return data;
}

/** The largest difference of two terms, relative to the second where that is large. */
export function distance(a: Term, b: Term, values: Map<string, Binding>): number {
  const [x, y] = evaluateReal([a, b], values, { errors: false });
  if (!x || !y) throw new Error("no values");
  if (x.data.length !== y.data.length) return Infinity;
  const scale = Math.max(1, ...y.data.map(Math.abs));
  return Math.max(...x.data.map((value, i) => Math.abs(value - y.data[i]!) / scale), 0);
}
