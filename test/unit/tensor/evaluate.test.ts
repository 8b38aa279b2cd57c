/** Values against a literal evaluation, over the reals, over fractions and in GF(p). */
import assert from "node:assert/strict";
import type { Random } from "../../../src/base/random";
import { add, branches, compile, contract, cost, determinant, evaluateModular, evaluateReal, einsum, field, inverse, map, matmul, max, MissingBinding, mul, NotExact, ones, PRIMES, reciprocal, reshape, scalar, scale, ShapeError, sub, sum, TooLarge, transpose, variable, ZeroDivisor, type Binding, type Shape, type Term } from "../../../src/tensor/index";
import { boundedValueOf, drawDyadic, drawGraph, DYADIC, largest, random, valueOf } from "./draw";
import { evaluateNaively, floats, rationals, toNumber, toResidue, type Fraction } from "./naive";

const gf = field();

describe("contractions", () => {
  it("agree with a nested loop over all labels, for any pattern of labels", () => {
    for (let seed = 0; seed < 400; seed++) checkExactly(randomContraction(random(seed)), seed);
  });

  it("agree where they are large enough for the product kernels", () => {
    for (const spec of ["ij,jk->ik", "ji,jk->ik", "ij,kj->ik", "ji,kj->ki", "ij,jk->ki", "bij,bjk->bik", "ijb,bkj->bik", "bij,jkb->kbi", "ij,jk,kl->il", "ij,ik,il->jkl", "iji,jk->k", "ij,k->kij"]) {
      const draw = random(spec.length);
      const sizes = new Map([..."bijkl"].map((letter) => [letter, draw.integer(7, 10)]));
      const args = spec.split("->")[0]!.split(",").map((letters, i) => variable(`x${i}`, [...letters].map((letter) => sizes.get(letter)!)));
      checkExactly(einsum(spec, ...args), 5);
    }
  });

  it("of very many factors are planned without a long search", () => {
    const factors = Array.from({ length: 400 }, (_, i) => variable(`f${i}`, [2]));
    const term = contract(factors.map(() => [0]), [0], factors);
    const values = new Map(factors.map((_, i) => [`f${i}`, { shape: [2], data: Float64Array.of(2 ** (i % 2 === 0 ? 1 : -1), 1) }]));
    assert.deepEqual([...valueOf(term, values)], [1, 1]);
  });

  it("sum nothing twice when the output repeats or broadcasts a label", () => {
    const v = variable("x0", [3]);
    assert.deepEqual([...valueOf(einsum("i->ii", v), given([3], [1, 2, 3]))], [1, 0, 0, 0, 2, 0, 0, 0, 3]);
    assert.deepEqual([...valueOf(contract([[0]], [1, 0], [v], [2, 3]), given([3], [1, 2, 3]))], [1, 2, 3, 1, 2, 3]);
  });
});

describe("graphs of sums, products and inverses", () => {
  it("have values within their error bounds of the exact ones, and exact residues", () => {
    for (let seed = 0; seed < 150; seed++) checkExactly(drawGraph(random(seed)), seed);
  });

  it("keep honest bounds after an ill-conditioned inverse", () => {
    const x = variable("x0", [2, 2]);
    const wild = inverse(scale(x, 1, 3));
    const values = Float64Array.of(1, 1 + 2 ** -14, 1 - 3 * 2 ** -15, 1 + 5 * 2 ** -30);
    for (const term of [wild, add(wild, x), sub(wild, scale(x, 1, 3)), mul(wild, x), matmul(wild, x), matmul(wild, wild), reciprocal(wild), determinant(wild), sum(wild), transpose(wild), inverse(wild)]) checkExactly(term, 1, values);
  });

  it("keep honest bounds in products on the kernels, from either side", () => {
    const x = variable("x1", [10, 10]);
    const wild = einsum("ij,kl->ikjl", inverse(variable("x0", [2, 2])), ones([5, 5]));
    const spoilt = reshape(wild, [10, 10]);
    const values = Float64Array.of(1, 1 + 2 ** -14, 1 - 3 * 2 ** -15, 1 + 5 * 2 ** -30);
    for (const term of [matmul(spoilt, x), matmul(x, spoilt), matmul(spoilt, spoilt)]) checkExactly(term, 3, values);
  });

  it("bound the same errors in each run", () => {
    const x = variable("x0", [3, 3]);
    const program = compile([matmul(map("exp", x), inverse(x)), determinant(x)]);
    const values = given([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 10]);
    assert.deepEqual(program.real(values), program.real(values));
    program.modular(new Map([["x0", { shape: [3, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 11) }]]), gf);
    assert.deepEqual(program.real(values), compile([matmul(map("exp", x), inverse(x)), determinant(x)]).real(values));
  });

  it("are evaluated anew for each binding, field and mode", () => {
    const x = variable("x0", [2]);
    const program = compile([scale(mul(x, x), 1, 3), scalar(1, 7)]);
    const values = given([2], [3, 6]);
    for (let round = 0; round < 2; round++) {
      assert.deepEqual(program.real(values).map(({ data }) => [...data]), [[3, 12], [1 / 7]]);
      for (const p of PRIMES) assert.deepEqual(program.modular(values, field(p)).map(({ data }) => [...data]), [[3, 12], [toResidue({ n: 1n, d: 7n }, p)]]);
    }
    assert.deepEqual([...program.real(given([2], [1, 2]))[0]!.data], [1 / 3, 4 / 3]);
  });
});

describe("a run that fails", () => {
  it("leaves nothing half done for the next one", () => {
    const x = variable("x0", [2, 2]);
    // The identity is filled in after the step that throws.
    const terms = [inverse(x), contract([], [0, 0], [], [2, 2])];
    const program = compile(terms);
    const [good, singular] = [given([2, 2], [2, 0, 0, 1]), given([2, 2], [1, 1, 1, 1])];
    for (const p of PRIMES) {
      assert.throws(() => program.modular(singular, field(p)), ZeroDivisor);
      assert.deepEqual(program.modular(good, field(p)), compile(terms).modular(good, field(p)));
    }
  });
});

describe("evaluation", () => {
  it("names what is missing or does not fit", () => {
    const x = variable("x0", [2, 3]);
    assert.throws(() => evaluateReal([x], new Map()), MissingBinding);
    assert.throws(() => evaluateReal([x], given([3, 2], [1, 2, 3, 4, 5, 6])), (error: unknown) => error instanceof ShapeError && /3×2.*2×3/.test(error.message));
    assert.throws(() => evaluateReal([x], new Map([["x0", { shape: [2, 3], data: new Float64Array(5) }]])), ShapeError);
    assert.throws(() => evaluateReal([map("nonesuch", x)], given([2, 3], [1, 2, 3, 4, 5, 6])), /nonesuch/);
  });

  it("refuses too large a task before it starts", () => {
    const x = variable("x0", [2000, 2000]);
    assert.equal(cost(matmul(x, x)), 8e9);
    assert.throws(() => evaluateReal([matmul(x, x)], new Map()), TooLarge);
    assert.throws(() => evaluateReal([einsum("ij,kl->ijkl", x, x)], new Map()), TooLarge);
    assert.throws(() => compile([sum(mul(x, x))], { limit: 1000 }), TooLarge);
  });

  it("counts common parts once", () => {
    const x = variable("x0", [8, 8]);
    const square = matmul(x, x);
    assert.equal(cost(square, mul(square, square)), 512 + 64);
  });

  it("contracts in a cheap order", () => {
    const [a, b, v] = [variable("a", [50, 50]), variable("b", [50, 50]), variable("v", [50])];
    assert.equal(cost(einsum("ij,jk,k->i", a, b, v)), 5000);
  });

  it("reports divisions by zero in a field as a call for other values", () => {
    assert.throws(() => evaluateModular([reciprocal(variable("x0", [2]))], given([2], [1, 0]), gf), ZeroDivisor);
    assert.throws(() => evaluateModular([inverse(variable("x0", [2, 2]))], given([2, 2], [1, 2, 2, 4]), gf), ZeroDivisor);
  });
});

describe("atoms", () => {
  const x = variable("x0", [2]);
  const holds = (term: Term): boolean => {
    const draw = random(3);
    const [result] = evaluateModular([term], given([2], [draw.integer(2, 1e6), draw.integer(2, 1e6)]), gf, { seed: 9 });
    assert.ok(result!.usedAtoms);
    return largest(result!.data) === 0;
  };

  it("satisfy the relations of exp, log, sine, cosine and what is made of them", () => {
    const [e, minus] = [map("exp", x), map("exp", scale(x, -1))];
    assert.ok(holds(sub(mul(e, minus), ones([2]))));
    assert.ok(holds(sub(map("log", e), x)));
    assert.ok(holds(sub(map("exp", map("log", x)), x)));
    assert.ok(holds(add(map("log", reciprocal(x)), map("log", x))));
    assert.ok(holds(sub(add(mul(map("sin", x), map("sin", x)), mul(map("cos", x), map("cos", x))), ones([2]))));
    assert.ok(holds(add(map("sin", x), map("sin", scale(x, -1)))));
    assert.ok(holds(sub(map("tanh", x), mul(map("sinh", x), reciprocal(map("cosh", x))))));
    assert.ok(holds(sub(map("sigmoid", x), mul(e, reciprocal(add(ones([2]), e))))));
  });

  it("tell functions and arguments apart", () => {
    for (const term of [sub(map("exp", x), map("exp", scale(x, 2))), sub(map("sin", x), map("cos", x)), sub(map("free:f:0", x), map("free:f:1", x)), sub(map("free:f:0", x), map("free:g:0", x))]) assert.ok(!holds(term));
  });

  it("are known by the seed", () => {
    const values = given([2], [5, 6]);
    const at = (seed: number): number[] => [...evaluateModular([map("exp", x)], values, gf, { seed })[0]!.data];
    assert.deepEqual(at(1), at(1));
    assert.notDeepEqual(at(1), at(2));
  });

  it("are not said to be used by rational terms", () => {
    assert.equal(evaluateModular([mul(x, x), map("exp", x)], given([2], [5, 6]), gf)[0]!.usedAtoms, false);
  });
});

describe("branches", () => {
  const x = variable("x0", [2, 2]);
  const relu = map("relu", sub(x, transpose(x)));

  it("are taken in GF(p) as in a real sample", () => {
    const { masks, ties } = branches([relu, max(x, 1)], given([2, 2], [3, -2, 5, 4]));
    assert.ok(ties, "the diagonal is zero");
    const [value, most] = evaluateModular([relu, max(x, 1)], given([2, 2], [10, 20, 30, 40]), gf, { masks });
    assert.deepEqual([...value!.data], [0, 0, 10, 0]);
    assert.deepEqual([...most!.data], [10, 30]);
    assert.equal(value!.usedAtoms, false);
  });

  it("must be given", () => {
    assert.throws(() => evaluateModular([relu], given([2, 2], [1, 2, 3, 4]), gf), NotExact);
    assert.throws(() => evaluateModular([max(x, 0)], given([2, 2], [1, 2, 3, 4]), gf), NotExact);
  });

  it("are no ties where values are apart", () => {
    assert.equal(branches([map("abs", x)], given([2, 2], [3, -2, 5, 4])).ties, false);
    assert.equal(branches([map("abs", scale(x, 1, 3))], given([2, 2], [3, 0, 5, 4])).ties, true);
    assert.equal(branches([max(x, 1)], given([2, 2], [3, 3, 5, 4])).ties, true);
    const nearly = scale(x, 1, 3);
    assert.equal(branches([max(nearly, 1)], given([2, 2], [3, 3 + 2 ** -51, 5, 4])).ties, true);
    assert.equal(branches([max(nearly, 1)], given([2, 2], [3, 3.5, 5, 4])).ties, false);
  });
});

/** Real values within their bounds of the exact ones, and residues equal to theirs. */
function checkExactly(term: Term, seed: number, values?: Float64Array): void {
  const draw = random(seed + 1000);
  const bindings = new Map<string, Binding>();
  const exact = new Map<string, Fraction[]>();
  const residues = new Map<string, Binding>();
  const visit = (node: Term): void => {
    if (node.kind === "variable" && !bindings.has(node.name)) {
      const data = node.name === "x0" && values ? values : drawDyadic(draw, node.shape);
      bindings.set(node.name, { shape: node.shape, data });
      exact.set(node.name, [...data].map((x) => rationals.fraction(x * DYADIC, DYADIC)));
      residues.set(node.name, { shape: node.shape, data: data.map((x) => gf.rational(x * DYADIC, DYADIC)) });
    }
    for (const arg of node.kind === "map" ? [node.arg] : "args" in node ? node.args : []) visit(arg);
  };
  visit(term);
  let expected: Fraction[];
  try {
    expected = evaluateNaively(term, exact, rationals);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return; // singular
    throw error;
  }
  const { data, error } = boundedValueOf(term, bindings);
  const modular = evaluateModular([term], residues, gf)[0]!.data;
  const scale = largest(evaluateNaively(term, new Map([...bindings].map(([name, { data: entries }]) => [name, [...entries]])), floats));
  expected.forEach((fraction, i) => {
    const bound = error[i]!;
    const gap = Math.abs(toNumber(rationals.add(fraction, rationals.multiply(rationals.fraction(-1, 1), exactFraction(data[i]!)))));
    assert.ok(gap <= bound, `entry ${i} of ${JSON.stringify(term.shape)} is off by ${gap}, more than ${bound} (seed ${seed})`);
    assert.ok(bound <= 1e-4 * (1 + scale), `the bound ${bound} says nothing (seed ${seed})`);
    assert.equal(modular[i]!, toResidue(fraction, gf.modulus), `residue ${i} (seed ${seed})`);
  });
}

/** A double as the fraction that it is. */
function exactFraction(x: number): Fraction {
  let shift = 0;
  while (!Number.isInteger(x * 2 ** shift) && shift < 1000) shift++;
  return rationals.multiply({ n: BigInt(x * 2 ** shift), d: 1n }, { n: 1n, d: 1n << BigInt(shift) });
}

function randomContraction(draw: Random): Term {
  const labels = Array.from({ length: draw.integer(1, 5) }, (_, i) => i);
  const sizes = labels.map(() => draw.integer(1, 4));
  const pick = (): number => draw.integer(0, labels.length - 1);
  const lists = Array.from({ length: draw.integer(1, 4) }, () => Array.from({ length: draw.integer(0, 3) }, pick));
  const output = Array.from({ length: draw.integer(0, 3) }, pick);
  const args = lists.map((list, i) => (draw.integer(0, 5) === 0 && list.length === 0 ? scalar(draw.integer(-5, 5), draw.integer(1, 5)) : variable(`x${i}`, list.map((label) => sizes[label]!))));
  return contract(lists, output, args, output.map((label) => sizes[label]!));
}

function given(shape: Shape, entries: readonly number[]): Map<string, Binding> {
  return new Map([["x0", { shape, data: Float64Array.from(entries) }]]);
}

