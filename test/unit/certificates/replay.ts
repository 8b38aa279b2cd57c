/**
 * Computes a certificate again. Shares nothing with the checker, not even its
 * types: plain loops, fractions of BigInt modulo the prime, ordinary floating
 * point otherwise. Says what does not hold; an empty list is a certificate that
 * proves what it claims at its point.
 */

type Numbers = readonly number[];

/** Residues of a prime, or real numbers. */
interface Arithmetic<T> {
  of(numerator: number, denominator: number): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  invert(a: T): T;
  isZero(a: T): boolean;
  /** Larger is the better pivot. */
  size(a: T): number;
  map(fn: string, x: T): T;
}

export function replay(json: string): string[] {
  const { version, claim, prime, variables, nodes, sides, values } = JSON.parse(json);
  if (version !== 1) return [`version ${version}`];
  // Differences are held against the largest number: what cancels has its rounding.
  const scale = Math.max(1, ...values.flat(2).map(Math.abs));
  return prime === null ? check(reals, (x: number) => x, (a, b) => Math.abs(a - b) <= 1e-9 * scale) : check(residues(BigInt(prime)), (x: number) => BigInt(x), (a, b) => a === b);

  function check<T>(arithmetic: Arithmetic<T>, read: (x: number) => T, same: (a: T, b: T) => boolean): string[] {
    const computed = evaluate(nodes, (name) => variables[name].map((x: number) => arithmetic.add(read(x), arithmetic.of(0, 1))), arithmetic, same);
    return sides.flatMap(([left, right]: [number, number], i: number) => {
      const [a, b] = [computed[left]!, computed[right]!];
      const equal = a.length === b.length && a.every((x, at) => same(x, b[at]!));
      const asTold = [a, b].every((side, which) => side.every((x, at) => same(x, arithmetic.add(read(values[i][which][at]), arithmetic.of(0, 1)))));
      return [...(equal === (claim === "equal") ? [] : [`the sides are ${equal ? "equal" : "different"}, and it claims ${claim}`]), ...(asTold ? [] : ["a side has another value than it says"])];
    });
  }
}

const reals: Arithmetic<number> = {
  of: (n, d) => n / d,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  invert: (a) => 1 / a,
  isZero: (a) => a === 0,
  size: Math.abs,
  map: (fn, x) => {
    const functions: Record<string, (x: number) => number> = { reciprocal: (t) => 1 / t, sigmoid: (t) => 1 / (1 + Math.exp(-t)), softplus: (t) => (t > 0 ? t + Math.log1p(Math.exp(-t)) : Math.log1p(Math.exp(t))), relu: (t) => Math.max(t, 0), step: (t) => (t > 0 ? 1 : 0), sin: Math.sin, cos: Math.cos, tan: Math.tan, sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asin: Math.asin, acos: Math.acos, atan: Math.atan, exp: Math.exp, log: Math.log, sqrt: Math.sqrt, abs: Math.abs, sign: Math.sign, erf };
    const f = functions[fn];
    if (!f) throw new Unknown(fn);
    return f(x);
  },
};

/** The series, which converges everywhere and fast enough where notes need it. */
function erf(x: number): number {
  let [term, total] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function residues(p: bigint): Arithmetic<bigint> {
  const mod = (a: bigint): bigint => ((a % p) + p) % p;
  const power = (a: bigint, e: bigint): bigint => {
    let [result, square] = [1n, mod(a)];
    for (let rest = e; rest > 0n; rest >>= 1n, square = (square * square) % p) if (rest & 1n) result = (result * square) % p;
    return result;
  };
  const invert = (a: bigint): bigint => {
    if (mod(a) === 0n) throw new Error("a zero divisor");
    return power(a, p - 2n);
  };
  const map = (fn: string, x: bigint): bigint => {
    if (fn === "reciprocal") return invert(x);
    // p ≡ 3 mod 4: the root that is a square itself.
    if (fn === "sqrt") return power(x, (p + 1n) / 4n);
    throw new Error(`no function ${fn} modulo a prime`);
  };
  return { of: (n, d) => mod(mod(BigInt(n)) * invert(BigInt(d))), add: (a, b) => mod(a + b), multiply: (a, b) => mod(a * b), invert, isZero: (a) => mod(a) === 0n, size: (a) => (mod(a) === 0n ? 0 : 1), map };
}

type Node = readonly [string, ...unknown[]];

function evaluate<T>(nodes: readonly Node[], variable: (name: string) => T[], arithmetic: Arithmetic<T>, same: (a: T, b: T) => boolean): T[][] {
  const values: T[][] = [];
  const shapes: Numbers[] = [];
  const opened = new Map<string, [T, T][]>();
  for (const [kind, ...rest] of nodes) {
    let [value, shape]: [T[], Numbers] = [[], []];
    if (kind === "variable") [value, shape] = [variable(rest[0] as string), rest[1] as Numbers];
    else if (kind === "constant") [value, shape] = [(rest[1] as number[]).map((n) => arithmetic.of(n, rest[2] as number)), rest[0] as Numbers];
    else if (kind === "add") {
      const args = (rest[0] as number[]).map((i) => values[i]!);
      [value, shape] = [args[0]!.map((_, i) => args.map((arg): T => arg[i] as T).reduce(arithmetic.add)), shapes[(rest[0] as number[])[0]!]!];
    } else if (kind === "map") [value, shape] = [values[rest[1] as number]!.map((x) => arithmetic.map(rest[0] as string, x)), shapes[rest[1] as number]!];
    else if (kind === "open") [value, shape] = [openFunction(rest[0] as string, values[rest[1] as number]!, rest[2] as T[]), shapes[rest[1] as number]!];
    else if (kind === "power") [value, shape] = [values[rest[0] as number]!.map((x, i) => ((x as number) ** (values[rest[1] as number]![i] as number)) as T), shapes[rest[0] as number]!];
    else if (kind === "contract") [value, shape] = [contract(rest[0] as Numbers[], rest[1] as Numbers, (rest[2] as number[]).map((i) => values[i]!), (rest[2] as number[]).map((i) => shapes[i]!), rest[3] as Numbers, arithmetic), rest[3] as Numbers];
    else if (kind === "call") [value, shape] = [call(rest[0] as string, rest[1] as Numbers, (rest[2] as number[]).map((i) => values[i]!), (rest[2] as number[]).map((i) => shapes[i]!), rest[3] as Numbers), rest[3] as Numbers];
    else throw new Error(`no node ${kind}`);
    values.push(value);
    shapes.push(shape);
  }
  return values;

  /** A function has one value for one argument. */
  function openFunction(fn: string, args: readonly T[], told: readonly T[]): T[] {
    const known = opened.get(fn) ?? [];
    opened.set(fn, known);
    args.forEach((x, i) => {
      if (known.some(([at, is]) => same(at, x) && !same(is, told[i]!))) throw new Error(`${fn} has two values at one place`);
      known.push([x, told[i]!]);
    });
    return [...told];
  }

  function call(fn: string, params: Numbers, args: readonly T[][], argShapes: readonly Numbers[], shape: Numbers): T[] {
    const [first = []] = args;
    const [firstShape = []] = argShapes;
    const numbers = first as unknown as number[];
    if (fn === "reshape") return first;
    if (fn === "stack") return args.flat();
    if (fn === "inverse") return eliminate(first, shape[0]!, arithmetic).inverse;
    if (fn === "determinant") return [eliminate(first, firstShape[0]!, arithmetic).determinant];
    if (fn === "logAbsDeterminant") return [Math.log(Math.abs(eliminate(first, firstShape[0]!, arithmetic).determinant as number)) as T];
    if (fn === "eigenvalues") return eigenvaluesOf(numbers, firstShape[0]!) as T[];
    if (fn === "eigenvectors") return eigenvectorsOf(numbers, firstShape[0]!) as T[];
    const places = (of: Numbers): number => of.reduce((a, b) => a * b, 1);
    if (fn === "max" || fn === "maxMask") {
      const [axis = 0] = params;
      const [inner, along] = [places(firstShape.slice(axis + 1)), firstShape[axis]!];
      const lines = Array.from({ length: places(firstShape) / along }, (_, line) => Array.from({ length: along }, (_, k) => (Math.floor(line / inner) * along + k) * inner + (line % inner)));
      const best = lines.map((line) => line.reduce((a, b) => (numbers[b]! > numbers[a]! ? b : a)));
      return fn === "max" ? best.map((at) => first[at]!) : first.map((_, at) => arithmetic.of(best.includes(at) ? 1 : 0, 1));
    }
    if (fn === "range" || fn === "pad") {
      const [axis = 0, start = 0] = params;
      const inner = places(shape.slice(axis + 1));
      const [long, short] = fn === "range" ? [firstShape[axis]!, shape[axis]!] : [shape[axis]!, firstShape[axis]!];
      const position = (at: number, along: number): [line: number, k: number] => [Math.floor(at / (along * inner)) * inner + (at % inner), Math.floor(at / inner) % along];
      const place = (line: number, k: number, along: number): number => (Math.floor(line / inner) * along + k) * inner + (line % inner);
      return Array.from({ length: places(shape) }, (_, at) => {
        const [line, k] = position(at, shape[axis]!);
        const from = fn === "range" ? k + start : k - start;
        return from >= 0 && from < (fn === "range" ? long : short) ? first[place(line, from, firstShape[axis]!)]! : arithmetic.of(0, 1);
      });
    }
    if (fn === "concat") {
      const [axis = 0] = params;
      const outer = places(shape.slice(0, axis));
      return Array.from({ length: outer }, (_, line) => args.flatMap((arg) => arg.slice((line * arg.length) / outer, ((line + 1) * arg.length) / outer))).flat();
    }
    throw new Unknown(fn);
  }
}

/** An operation that this program does not know; what rests on it is not replayed. */
export class Unknown extends Error {}

function contract<T>(labels: readonly Numbers[], output: Numbers, args: readonly T[][], argShapes: readonly Numbers[], shape: Numbers, { of, add, multiply }: Arithmetic<T>): T[] {
  const sizes = new Map<number, number>([output, ...labels].flatMap((list, i) => list.map((label, axis) => [label, (i === 0 ? shape : argShapes[i - 1]!)[axis]!] as const)));
  const result = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => of(0, 1));
  const all = [...new Set([...labels.flat(), ...output])];
  const at = new Map<number, number>();
  const place = (list: Numbers): number => list.reduce((offset, label) => offset * sizes.get(label)! + at.get(label)!, 0);
  const visit = (depth: number): void => {
    const label = all[depth];
    if (label === undefined) {
      const to = place(output);
      result[to] = add(result[to]!, labels.map((list, i) => args[i]![place(list)]!).reduce(multiply, of(1, 1)));
      return;
    }
    for (let i = 0; i < sizes.get(label)!; i++) {
      at.set(label, i);
      visit(depth + 1);
    }
  };
  visit(0);
  return result;
}

/** In descending order: by the QR iteration without shifts, and from there by inverse iteration. */
function eigenvaluesOf(matrix: Numbers, n: number): number[] {
  let a = [...matrix];
  for (let round = 0; round < 3000; round++) {
    const q: number[][] = [];
    for (let j = 0; j < n; j++) {
      const column = Array.from({ length: n }, (_, i) => a[i * n + j]!);
      const left = q.reduce((rest, unit) => minus(rest, unit, dot(rest, unit)), column);
      q.push(left.map((x) => x / Math.sqrt(dot(left, left))));
    }
    // QᵀAQ
    const image = q.map((unit) => Array.from({ length: n }, (_, i) => dot(unit, a.slice(i * n, i * n + n))));
    a = q.flatMap((left) => image.map((right) => dot(left, right)));
  }
  return Array.from({ length: n }, (_, i) => near(matrix, n, a[i * n + i]!).value).sort((x, y) => y - x);
}

/** Unit columns, each with its largest entry positive. */
function eigenvectorsOf(matrix: Numbers, n: number): number[] {
  const columns = eigenvaluesOf(matrix, n).map((value) => near(matrix, n, value).vector);
  return Array.from({ length: n * n }, (_, at) => columns[at % n]![Math.floor(at / n)]!);
}

/** The eigenvalue next to a number, with its vector: (A − sI)⁻¹ v goes along v, and grows by 1/(λ − s). */
function near(matrix: Numbers, n: number, value: number): { value: number; vector: number[] } {
  const shift = value + 1e-7 * Math.sqrt(dot(matrix, matrix));
  const { inverse } = eliminate(matrix.map((x, at) => (at % (n + 1) === 0 ? x - shift : x)), n, reals);
  let v = Array.from({ length: n }, (_, i) => 1 + i);
  let growth = 1;
  for (let round = 0; round < 12; round++) {
    const next = v.map((_, i) => dot(inverse.slice(i * n, i * n + n), v));
    growth = dot(next, v) / dot(v, v);
    const largest = next.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most));
    v = next.map((x) => (Math.sign(largest) * x) / Math.sqrt(dot(next, next)));
  }
  return { value: shift + 1 / growth, vector: v };
}

function dot(a: Numbers, b: Numbers): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function minus(a: Numbers, b: Numbers, factor: number): number[] {
  return a.map((x, i) => x - factor * b[i]!);
}

/** Gauss–Jordan. */
function eliminate<T>(a: readonly T[], n: number, { of, add, multiply, invert, isZero, size }: Arithmetic<T>): { inverse: T[]; determinant: T } {
  const rows = Array.from({ length: n }, (_, i) => [...a.slice(i * n, (i + 1) * n), ...Array.from({ length: n }, (_, j) => of(i === j ? 1 : 0, 1))]);
  let determinant = of(1, 1);
  for (let k = 0; k < n; k++) {
    const pivot = rows.map((row, i) => (i < k ? -1 : size(row[k]!))).reduce((best, score, i, all) => (score > all[best]! ? i : best), k);
    if (isZero(rows[pivot]![k]!)) return { inverse: [], determinant: of(0, 1) };
    if (pivot !== k) [rows[k], rows[pivot], determinant] = [rows[pivot]!, rows[k]!, multiply(determinant, of(-1, 1))];
    determinant = multiply(determinant, rows[k]![k]!);
    const inverse = invert(rows[k]![k]!);
    rows[k] = rows[k]!.map((x) => multiply(x, inverse));
    for (let i = 0; i < n; i++) {
      const factor = multiply(of(-1, 1), rows[i]![k]!);
      if (i !== k) rows[i] = rows[i]!.map((x, j) => add(x, multiply(factor, rows[k]![j]!)));
    }
  }
  return { inverse: rows.flatMap((row) => row.slice(n)), determinant };
}
