/**
 * What is needed to compute a verdict again without this program: both sides
 * as graphs of elementary operations, by each differentiator, the values of
 * their variables at one drawn point, and what the sides came to there.
 *
 * Arithmetic is modulo a prime where it was exact and no unknown residues stood
 * for transcendental functions, in float64 otherwise. A function that the notes
 * leave open is told by its values.
 */
import type { Reading } from "../readings/reading";
import { evaluateModular, evaluateReal, field, topological, type Term } from "../tensor";
import type { Attempt } from "./attempt";
import type { Point } from "./compare";
import { drawAll, realNumbers, residues, variablesOf } from "./draw";

export type CertificateNode =
  | readonly ["variable", name: string, shape: readonly number[]]
  | readonly ["constant", shape: readonly number[], numerators: readonly number[], denominator: number]
  | readonly ["contract", labels: readonly (readonly number[])[], output: readonly number[], args: readonly number[], shape: readonly number[]]
  | readonly ["add", args: readonly number[]]
  | readonly ["map", fn: string, arg: number]
  /** An open function, with its values at the entries of its argument. */
  | readonly ["open", fn: string, arg: number, values: readonly number[]]
  | readonly ["power", base: number, exponent: number]
  | readonly ["call", fn: string, params: readonly number[], args: readonly number[], shape: readonly number[]];

export interface Certificate {
  readonly version: 1;
  readonly claim: "equal" | "different";
  /** null: float64. */
  readonly prime: number | null;
  readonly seed: number;
  readonly layout: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly variables: Readonly<Record<string, readonly number[]>>;
  readonly nodes: readonly CertificateNode[];
  /** Indices of nodes: left and right side, by reverse mode and by forward mode. */
  readonly sides: readonly (readonly [left: number, right: number])[];
  readonly values: readonly (readonly [left: readonly number[], right: readonly number[]])[];
}

const limit = 2_000_000;

/** Null where nothing was computed. */
export function certificateOf(made: Attempt, reading: Reading): Certificate | null {
  if (made.outcome !== "compared" || made.comparison.status === "undecided") return null;
  const { comparison, pairs } = made;
  const roots = pairs.flatMap(({ left, right }) => [left, right]);
  const order = topological(roots);
  const open = order.filter(isOpen);
  const found = atFinitePoint(made, [...roots, ...open], comparison.point);
  if (!found) return null;
  const { point, bindings, values } = found;
  const at = new Map(order.map((term, i) => [term, i]));
  return {
    version: 1,
    claim: comparison.status,
    prime: point.prime,
    seed: point.seed,
    layout: reading.gradient,
    sizes: made.sizes,
    variables: Object.fromEntries([...bindings].map(([name, { data }]) => [name, [...data]])),
    nodes: order.map((term) => nodeOf(term, (arg) => at.get(arg) as number, values[roots.length + open.indexOf(term)] ?? [])),
    sides: pairs.map(({ left, right }) => [at.get(left) as number, at.get(right) as number]),
    values: pairs.map((_, i) => [values[2 * i] as number[], values[2 * i + 1] as number[]]),
  };
}

interface Evaluated {
  readonly point: Point;
  readonly bindings: ReadonlyMap<string, { readonly data: Float64Array }>;
  readonly values: readonly (readonly number[])[];
}

/** What was equal in the field may have no real value where it is first looked at: a logarithm of a negative number. */
function atFinitePoint({ drawing }: Attempt & { outcome: "compared" }, terms: readonly Term[], point: Point): Evaluated | null {
  const variables = variablesOf(terms);
  const gf = point.prime === null ? null : field(point.prime);
  const domains = gf ? [point.domain] : ([point.domain, "plain", "positive", "unit"] as const);
  for (const domain of domains) {
    const bindings = drawAll(variables, point.seed, (source) => (gf ? residues(source, gf) : realNumbers(source, domain)), drawing);
    const values = (gf ? evaluateModular(terms, bindings, gf, { seed: point.seed, limit }) : evaluateReal(terms, bindings, { limit })).map(({ data }) => [...data]);
    if (values.every((value) => value.every(Number.isFinite))) return { point: { ...point, domain }, bindings, values };
  }
  return null;
}

function isOpen(term: Term): boolean {
  return term.kind === "map" && term.fn.startsWith("free:");
}

function nodeOf(term: Term, at: (arg: Term) => number, values: readonly number[]): CertificateNode {
  switch (term.kind) {
    case "variable":
      return ["variable", term.name, term.shape];
    case "constant":
      return ["constant", term.shape, term.numerators, term.denominator];
    case "contract":
      return ["contract", term.labels, term.output, term.args.map(at), term.shape];
    case "add":
      return ["add", term.args.map(at)];
    case "map":
      return isOpen(term) ? ["open", term.fn, at(term.arg), values] : ["map", term.fn, at(term.arg)];
    case "power":
      return ["power", at(term.base), at(term.exponent)];
    case "call":
      return ["call", term.fn, term.params, term.args.map(at), term.shape];
  }
}
