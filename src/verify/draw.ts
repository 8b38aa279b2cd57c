/**
 * Values for the variables of a claim, inside what the document assumes of
 * them. One recipe serves both number systems: real numbers, and residues,
 * where positive definite becomes symmetric and positive becomes anything.
 */
import { hashString, random, type Random } from "../base/random";
import type { Drawn } from "../readings/lower";
import type { Field, Term } from "../tensor";
import { argsOf } from "../tensor";

export interface Numbers {
  readonly real: boolean;
  /** Square matrices of which nothing is assumed have eigenvalues around 2, 4, … */
  readonly dominant: boolean;
  /** What has few values has those between them. */
  readonly between: boolean;
  draw(): number;
  add(a: number, b: number): number;
  mul(a: number, b: number): number;
  inverse(a: number): number;
  readonly minusOne: number;
}

/** Where real values lie: near a sample point of both signs, or positive, or inside (0, 1); or of both signs, but square matrices with large diagonals; or inside (0, 1), labels too. */
export type Domain = "plain" | "positive" | "unit" | "dominant" | "between";

export function realNumbers(source: Random, domain: Domain): Numbers {
  return {
    real: true,
    dominant: domain === "dominant",
    between: domain === "between",
    draw: () => {
      const u = source.uniform();
      if (domain === "positive") return 0.4 + 1.2 * u;
      if (domain === "unit" || domain === "between") return 0.1 + 0.8 * u;
      return (source.uniform() < 0.5 ? -1 : 1) * (0.25 + u);
    },
    add: (a, b) => a + b,
    mul: (a, b) => a * b,
    inverse: (a) => 1 / a,
    minusOne: -1,
  };
}

export function residues(source: Random, field: Field): Numbers {
  const half = (field.modulus - 1) / 2;
  return {
    real: false,
    dominant: false,
    between: false,
    draw: () => {
      const value = source.integer(-half, half);
      return value === 0 ? 1 : value;
    },
    add: (a, b) => field.add(a, b),
    mul: (a, b) => field.multiply(a, b),
    inverse: (a) => field.inverse(a),
    minusOne: -1,
  };
}

/** The variables of a term graph: name and shape. */
export function variablesOf(terms: readonly Term[]): Map<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const seen = new Set<number>();
  const stack = [...terms];
  for (let term = stack.pop(); term; term = stack.pop()) {
    if (seen.has(term.id)) continue;
    seen.add(term.id);
    if (term.kind === "variable") found.set(term.name, term.shape);
    for (const arg of argsOf(term)) stack.push(arg);
  }
  return found;
}

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export interface Drawing {
  readonly drawn: ReadonlyMap<string, Drawn>;
  /** Further assumptions, by symbol key. */
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** Draws every variable. */
export function drawAll(variables: ReadonlyMap<string, readonly number[]>, seed: number, numbersFor: (source: Random) => Numbers, drawing: Drawing): Map<string, Tensor> {
  return new Map([...variables].map(([name, shape]) => [name, { shape, data: drawVariable(name, shape, seed, numbersFor, drawing) }]));
}

/** Each variable from its own stream, so that adding one changes no other. */
export function drawVariable(name: string, shape: readonly number[], seed: number, numbersFor: (source: Random) => Numbers, { drawn, extra }: Drawing): Float64Array {
  const numbers = numbersFor(random(hashString(name) ^ seed));
  const direction = name.startsWith("d:");
  const known = drawn.get(direction ? name.slice(2) : name);
  const entity = known?.entity ?? null;
  const properties = new Set([...propertiesOf(known, extra), ...(known && isUsuallySymmetric(known) ? ["symmetric"] : [])]);
  if (name === "π" && numbers.real) return Float64Array.of(Math.PI);
  const free = direction ? tangent(shape, properties, numbers) : drawOne(shape, properties, numbers);
  const data = properties.has("leadingOne") ? withFirst(shape, free, direction ? 0 : 1) : free;
  return (entity?.shape?.length ?? 0) > 2 && properties.has("symmetric") ? sorted(shape, data) : data;
}

/** With the same number in the first place of each vector. */
function withFirst(shape: readonly number[], data: Float64Array, value: number): Float64Array {
  const length = [...shape].reverse().find((size) => size > 1) ?? 1;
  return data.map((entry, at) => (at % length === 0 ? value : entry));
}

/** A tensor that is symmetric in all its indices: each entry is the one whose indices are in order. */
function sorted(shape: readonly number[], data: Float64Array): Float64Array {
  const [size = 1] = shape;
  if (shape.some((other) => other !== size)) return data;
  const digits = (at: number): number[] => shape.map((_, axis) => Math.floor(at / size ** (shape.length - 1 - axis)) % size);
  return data.map((_, at) => data[digits(at).sort((a, b) => a - b).reduce((all, digit) => all * size + digit, 0)] as number);
}

/** The fewest entries of a variable that has two values alone (`y \in \{0, 1\}`); null where there is none. */
export function fewestAlternatives(variables: ReadonlyMap<string, readonly number[]>, { drawn, extra }: Drawing): number | null {
  const counts = [...variables].flatMap(([name, shape]) => {
    const properties = propertiesOf(drawn.get(name), extra);
    return properties.includes("binary") || properties.includes("sign") ? [shape.reduce((all, n) => all * n, 1)] : [];
  });
  return counts.length ? Math.min(...counts) : null;
}

/** Whether a variable has few values, so that what befalls one draw after the other may be chance. */
export function hasFewValues(names: Iterable<string>, { drawn, extra }: Drawing): boolean {
  return [...names].some((name) => propertiesOf(drawn.get(name), extra).some((property) => fewValued.has(property)));
}

const fewValued: ReadonlySet<string> = new Set(["binary", "sign", "oneHot", "columnOneHot", "standardBasis"]);

/** What an assumption about it is called by. */
export function assumedKey({ entity, latex }: Drawn): string {
  return entity?.key ?? latex;
}

/** Σ and Λ of which the text says nothing: covariances, precisions, diagonals of values; but for Σ_{xy} and Σ_{12}, of one thing with another. */
function isUsuallySymmetric({ name, latex, entity }: Drawn): boolean {
  const [one, other, ...more] = name.slice(latex.length).replace(/[\W_]/g, "");
  return (!one || !other || one === other || more.length > 0) && ["Sigma", "Lambda"].includes(latex) && !(entity?.shapeFrom === "declared" && entity.declaredAt) && [...(entity?.properties ?? [])].every((property) => property === "invertible");
}

/** What the text says of it, and what is assumed besides. */
export function propertiesOf(known: Drawn | undefined, extra: Drawing["extra"] = new Map()): readonly string[] {
  return known ? [...(known.entity?.properties ?? []), ...(extra.get(assumedKey(known)) ?? [])] : [];
}

/** A direction along which the assumptions stay true, as far as they are linear. */
function tangent(shape: readonly number[], properties: ReadonlySet<string>, numbers: Numbers): Float64Array {
  const linear = new Set([...properties].filter((property) => ["symmetric", "skew", "diagonal", "upperTriangular", "lowerTriangular"].includes(property)));
  if (properties.has("positiveDefinite") || properties.has("positiveSemidefinite")) linear.add("symmetric");
  return drawOne(shape, linear, numbers);
}

function drawOne(shape: readonly number[], properties: ReadonlySet<string>, numbers: Numbers): Float64Array {
  const count = shape.reduce((all, n) => all * n, 1);
  const [rows, columns] = [shape[shape.length - 2] ?? 1, shape[shape.length - 1] ?? 1];
  // Each member of a family by itself; numbers t_i that sum to one all together.
  const matrices = shape.length < 2 && !(shape.length && properties.has("sumsToOne")) ? [] : Array.from({ length: count / (rows * columns) }, () => drawMatrix(rows, columns, properties, numbers));
  if (matrices.length && matrices.every((one) => one !== null)) return Float64Array.from(matrices.flatMap((one) => [...one]));
  const entry = entrywise(properties, numbers);
  return Float64Array.from({ length: count }, () => entry());
}

function entrywise(properties: ReadonlySet<string>, numbers: Numbers): () => number {
  if (properties.has("zero")) return () => 0;
  if (properties.has("allOnes")) return () => 1;
  if (numbers.between && (properties.has("binary") || properties.has("sign"))) return () => numbers.draw();
  if (properties.has("binary")) return () => (unit(numbers) < 0.5 ? 0 : 1);
  if (properties.has("sign")) return () => (unit(numbers) < 0.5 ? -1 : 1);
  if (numbers.real && properties.has("unitInterval")) return () => 0.1 + 0.8 * unit(numbers);
  if (numbers.real && (properties.has("positive") || properties.has("nonnegative") || properties.has("positiveDefinite"))) return () => 0.4 + Math.abs(numbers.draw());
  if (numbers.real && properties.has("negative")) return () => -0.4 - Math.abs(numbers.draw());
  return () => numbers.draw();
}

/** A number in (0, 1) made from a draw of either system. */
function unit(numbers: Numbers): number {
  const value = Math.abs(numbers.draw());
  const scrambled = (value * 7919.371) % 1;
  return numbers.real ? scrambled : ((value * 16807) % 104729) / 104729;
}

function drawMatrix(rows: number, columns: number, properties: ReadonlySet<string>, numbers: Numbers): Float64Array | null {
  const square = rows === columns;
  const vector = rows === 1 || columns === 1;
  const free = (): Float64Array => Float64Array.from({ length: rows * columns }, () => numbers.draw());
  const has = (...names: readonly string[]): boolean => names.some((name) => properties.has(name));
  if (has("oneHot", "standardBasis")) return oneHot(rows, columns, numbers);
  if (has("columnOneHot")) return turned(oneHot(columns, rows, numbers), columns, rows);
  if (square && has("stochastic") && has("columnStochastic")) return circulant(normalised(1, rows, true, numbers));
  if (has("sumsToOne", "stochastic") && (vector || has("stochastic") || has("sumsToOne"))) return normalised(rows, columns, vector, numbers);
  if (has("pairDistribution") && square) return overAll(symmetric(rows, numbers, 1), numbers);
  if (has("columnStochastic")) return turned(normalised(columns, rows, vector, numbers), columns, rows);
  if (vector && !square) return has("unit") ? unitVector(rows * columns, numbers) : null;
  if (has("permutation") && square) return Float64Array.from({ length: rows * rows }, (_, at) => (at % rows === (Math.floor(at / rows) + 1) % rows ? 1 : 0));
  if (square && has("identity")) return Float64Array.from({ length: rows * rows }, (_, at) => (at % rows === Math.floor(at / rows) ? 1 : 0));
  if (square && has("diagonal")) {
    const entry = entrywise(properties, numbers);
    return Float64Array.from({ length: rows * rows }, (_, at) => (at % rows === Math.floor(at / rows) ? entry() : 0));
  }
  if (square && has("orthogonal")) return has("symmetric") ? reflection(rows, numbers) : orthogonal(rows, numbers);
  if (has("orthonormalColumns") && rows >= columns) return leftColumns(orthogonal(rows, numbers), rows, columns);
  if (square && has("idempotent")) return idempotent(rows, has("symmetric"), numbers);
  if (square && has("positiveDefinite", "positiveSemidefinite")) return numbers.real ? definite(rows, numbers) : symmetric(rows, numbers, 1);
  if (square && has("symmetric")) return symmetric(rows, numbers, 1);
  if (square && ((has("realSpectrum") && numbers.real) || (numbers.dominant && !properties.size))) return spreadDiagonal(rows, numbers);
  if (square && has("skew")) return symmetric(rows, numbers, numbers.minusOne);
  if (square && has("upperTriangular", "lowerTriangular")) {
    const upper = has("upperTriangular");
    return free().map((value, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      if (i === j && numbers.real && has("positive", "positiveDiagonal")) return Math.abs(value) + 0.5;
      return upper ? (j >= i ? value : 0) : j <= i ? value : 0;
    });
  }
  return null;
}

function oneHot(rows: number, columns: number, numbers: Numbers): Float64Array {
  const vector = rows === 1 || columns === 1;
  if (numbers.between) return normalised(rows, columns, vector, numbers);
  const length = vector ? rows * columns : columns;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < (vector ? 1 : rows); i++) out[i * length + Math.floor(unit(numbers) * length)] = 1;
  return out;
}

function turned(entries: Float64Array, rows: number, columns: number): Float64Array {
  return entries.map((_, at) => entries[(at % rows) * columns + Math.floor(at / rows)] as number);
}

function normalised(rows: number, columns: number, vector: boolean, numbers: Numbers): Float64Array {
  const length = vector ? rows * columns : columns;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < (vector ? 1 : rows); i++) {
    const entries = Array.from({ length }, () => (numbers.real ? 0.2 + Math.abs(numbers.draw()) : numbers.draw()));
    const scale = numbers.inverse(entries.reduce((a, b) => numbers.add(a, b)));
    entries.forEach((entry, j) => (out[i * length + j] = numbers.mul(entry, scale)));
  }
  return out;
}

/** Each row that of before, turned by one. */
function circulant(first: Float64Array): Float64Array {
  const n = first.length;
  return Float64Array.from({ length: n * n }, (_, at) => first[((at % n) - Math.floor(at / n) + n) % n] as number);
}

/** Divided by their sum. */
function overAll(entries: Float64Array, numbers: Numbers): Float64Array {
  const scale = numbers.inverse(entries.reduce((a, b) => numbers.add(a, b)));
  return entries.map((entry) => numbers.mul(entry, scale));
}

function symmetric(n: number, numbers: Numbers, sign: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = i === j && sign !== 1 ? 0 : numbers.draw();
      out[i * n + j] = value;
      out[j * n + i] = sign === 1 ? value : numbers.mul(sign, value);
    }
  }
  return out;
}

/** Small entries beside a diagonal of 2, 4, …: by Gershgorin, distinct real eigenvalues. */
function spreadDiagonal(n: number, numbers: Numbers): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => numbers.draw() / (2 * n) + (at % n === Math.floor(at / n) ? 2 * ((at % n) + 1) : 0));
}

function definite(n: number, numbers: Numbers): Float64Array {
  const b = Float64Array.from({ length: n * n }, () => numbers.draw());
  const product = multiply(b, transposed(b, n), n, numbers);
  return product.map((value, at) => value / n + (at % n === Math.floor(at / n) ? 1 : 0));
}

/** Cayley: (I − S)(I + S)⁻¹ for skew S. */
function orthogonal(n: number, numbers: Numbers): Float64Array {
  const s = symmetric(n, numbers, numbers.minusOne);
  const identity = (at: number): number => (at % n === Math.floor(at / n) ? 1 : 0);
  const minus = s.map((value, at) => numbers.add(identity(at), numbers.mul(numbers.minusOne, value)));
  const plus = s.map((value, at) => numbers.add(identity(at), value));
  return multiply(minus, invert(plus, n, numbers), n, numbers);
}

/** 2P − I for a projection P. */
function reflection(n: number, numbers: Numbers): Float64Array {
  return idempotent(n, true, numbers).map((value, at) => numbers.add(numbers.add(value, value), at % n === Math.floor(at / n) ? numbers.minusOne : 0));
}

function idempotent(n: number, isSymmetric: boolean, numbers: Numbers): Float64Array {
  const rank = Math.max(1, n - 1);
  const b = isSymmetric ? orthogonal(n, numbers) : Float64Array.from({ length: n * n }, () => numbers.draw());
  const inverted = isSymmetric ? transposed(b, n) : invert(b, n, numbers);
  const cut = b.map((value, at) => (at % n < rank ? value : 0));
  return multiply(cut, inverted, n, numbers);
}

function unitVector(n: number, numbers: Numbers): Float64Array {
  const q = orthogonal(Math.max(n, 2), numbers);
  return Float64Array.from({ length: n }, (_, i) => q[i * Math.max(n, 2)] as number);
}

function leftColumns(a: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => a[Math.floor(at / columns) * rows + (at % columns)] as number);
}

function transposed(a: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => a[(at % n) * n + Math.floor(at / n)] as number);
}

function multiply(a: Float64Array, b: Float64Array, n: number, numbers: Numbers): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j] = numbers.add(out[i * n + j] as number, numbers.mul(a[i * n + k] as number, b[k * n + j] as number));
  return out;
}

/** Gauss–Jordan; small, and exact where the numbers are. */
function invert(matrix: Float64Array, n: number, numbers: Numbers): Float64Array {
  const a = Float64Array.from(matrix);
  const out = Float64Array.from({ length: n * n }, (_, at) => (at % n === Math.floor(at / n) ? 1 : 0));
  for (let c = 0; c < n; c++) {
    let p = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r * n + c] as number) > Math.abs(a[p * n + c] as number)) p = r;
    for (const m of [a, out]) for (let j = 0; j < n; j++) [m[c * n + j], m[p * n + j]] = [m[p * n + j] as number, m[c * n + j] as number];
    const scale = numbers.inverse(a[c * n + c] as number);
    for (const m of [a, out]) for (let j = 0; j < n; j++) m[c * n + j] = numbers.mul(m[c * n + j] as number, scale);
    for (let r = 0; r < n; r++) {
      const factor = numbers.mul(numbers.minusOne, a[r * n + c] as number);
      if (r === c || factor === 0) continue;
      for (const m of [a, out]) for (let j = 0; j < n; j++) m[r * n + j] = numbers.add(m[r * n + j] as number, numbers.mul(factor, m[c * n + j] as number));
    }
  }
  return out;
}
