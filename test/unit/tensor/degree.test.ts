/** Degree bounds against the true degrees along a line, found by interpolation in GF(p). */
import assert from "node:assert/strict";
import { add, constant, degreeBound, determinant, div, einsum, evaluateModular, field, inverse, map, matmul, matrixExponential, mul, ones, sub, sum, topological, trace, transpose, variable, type Binding, type Term } from "../../../src/tensor/index";
import { solveModular } from "../../../src/tensor/dense/modular";
import { random } from "./draw";

const gf = field();
const x = variable("X", [3, 3]);
const y = variable("Y", [3, 3]);
const v = variable("v", [3]);

describe("degree bounds", () => {
  const polynomials: readonly (readonly [string, Term, number])[] = [
    ["a variable", x, 1],
    ["a constant", constant([2], [1, 2], 3), 0],
    ["tr(XY)", trace(matmul(x, y)), 2],
    ["XYX + X", add(matmul(x, matmul(y, x)), x), 3],
    ["det X", determinant(x), 3],
    ["det(XXᵀ)", determinant(matmul(x, transpose(x))), 6],
    ["(vᵀXv)²", mul(einsum("i,ij,j->", v, x, v), einsum("i,ij,j->", v, x, v)), 6],
  ];
  for (const [name, term, expected] of polynomials) it(`of ${name} is ${expected}`, () => assert.equal(degreeBound(term), expected));

  const quotients: readonly (readonly [string, Term, number])[] = [
    ["tr X⁻¹, a quadric over a cubic", trace(inverse(x)), 5],
    ["tr(X⁻¹ + X⁻¹ Y), over the same determinant", trace(add(inverse(x), matmul(inverse(x), y))), 6],
    ["tr(Y − X⁻¹Y)", trace(sub(y, matmul(inverse(x), y))), 7],
    ["Σ 1/vᵢ, over the product", sum(div(ones([3]), v)), 5],
    ["tr X⁻¹Y⁻¹", trace(matmul(inverse(x), inverse(y))), 10],
    ["det(X⁻¹ + Y)", determinant(add(inverse(x), y)), 21],
    ["tr (X + Y⁻¹)⁻¹", trace(inverse(add(x, inverse(y)))), 23],
  ];
  for (const [name, term, expected] of quotients) {
    it(`of ${name} is ${expected}, and no less than the degree along a line`, () => {
      assert.equal(degreeBound(term), expected);
      assert.ok(degreeAlongLine(term) <= expected);
      assert.ok(degreeAlongLine(term) > 0);
    });
  }

  it("count an atom as an unknown, and the chance that two of them coincide", () => {
    assert.equal(degreeBound(map("exp", sum(v))), 1 + 1);
    assert.equal(degreeBound(sum(map("exp", v))), 1 + 6);
    assert.ok(degreeBound(matrixExponential(x)) > 0);
  });
});

/**
 * deg N + deg D of t ↦ (the term at a + t·b) = N/D: the least d for which a
 * quotient of degrees summing to d fits more values than it has coefficients.
 */
function degreeAlongLine(term: Term): number {
  const values = Array.from({ length: 80 }, (_, i) => [i + 1, along(term, i + 1)] as const);
  for (let total = 0; total < 30; total++) {
    for (let bottom = 0; bottom <= total; bottom++) if (fits(values, total - bottom, bottom)) return total;
  }
  return Infinity;
}

function along(term: Term, t: number): number {
  const draw = random(17);
  const bindings = new Map<string, Binding>();
  for (const node of topological([term])) {
    if (node.kind !== "variable") continue;
    const entries = Array.from({ length: node.shape.reduce((a, b) => a * b, 1) }, () => gf.reduce(draw.integer(0, gf.modulus) + t * draw.integer(0, 2 ** 20)));
    bindings.set(node.name, { shape: node.shape, data: Float64Array.from(entries) });
  }
  return evaluateModular([term], bindings, gf)[0]!.data[0]!;
}

/** Whether N(t) − f(t)·D(t) = 0 for a monic D of degree `bottom` and an N of degree ≤ `top`. */
function fits(values: readonly (readonly [number, number])[], top: number, bottom: number): boolean {
  const size = top + 1 + bottom;
  const row = ([t, f]: readonly [number, number]): number[] => [...Array.from({ length: top + 1 }, (_, i) => gf.power(t, i)), ...Array.from({ length: bottom }, (_, i) => gf.multiply(-f, gf.power(t, i)))];
  const right = ([t, f]: readonly [number, number]): number => gf.multiply(f, gf.power(t, bottom));
  const matrix = Float64Array.from(values.slice(0, size).flatMap(row));
  const solution = Float64Array.from(values.slice(0, size).map(right));
  try {
    solveModular(matrix, size, solution, 1, gf);
  } catch {
    return false;
  }
  return values.slice(size).every((value) => row(value).reduce((sum, entry, i) => gf.reduce(sum + entry * solution[i]!), 0) === right(value));
}
