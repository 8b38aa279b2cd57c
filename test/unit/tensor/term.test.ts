/** Constructors: shapes, sharing, and the simplifications that are always safe. */
import assert from "node:assert/strict";
import { add, block, broadcast, concat, constant, contract, diagonal, diagonalEmbed, div, einsum, formatShape, full, identity, integerPower, inverse, isZero, map, matmul, matrixPower, max, mul, neg, ones, permute, power, range, reciprocal, reshape, resetTerms, scalar, scale, ShapeError, simplify, slice, stack, sub, sum, topological, trace, transpose, variable, zeros, type Binding, type Term } from "../../../src/tensor/index";
import { valueOf } from "./draw";

const x = variable("X", [2, 3]);
const s = variable("S", [2, 2]);

function given(entries: readonly number[], shape = [2, 3]): Map<string, Binding> {
  return new Map([[shape[1] === 3 ? "X" : "S", { shape, data: Float64Array.from(entries) }]]);
}

describe("terms", () => {
  it("are one object where they are equal", () => {
    const again = variable("X", [2, 3]);
    assert.equal(variable("X", [2, 3]), again);
    assert.notEqual(variable("X", [3, 2]), again);
    const square = variable("S", [2, 2]);
    assert.equal(einsum("ij,jk->ik", square, square), contract([[7, 3], [3, 9]], [7, 9], [square, square]));
    assert.equal(constant([2], [2, 4], 6), constant([2], [-1, -2], -3));
  });

  it("have hashes of their structure alone, and ids that grow upwards", () => {
    const hash = matmul(s, transpose(s)).hash;
    resetTerms();
    const again = variable("S", [2, 2]);
    assert.equal(matmul(again, transpose(again)).hash, hash);
    assert.notEqual(matmul(transpose(again), again).hash, hash);
    for (const node of topological([matmul(again, transpose(again))])) if (node.kind === "contract") assert.ok(node.args.every((arg) => arg.id < node.id));
  });

  it("drop zeros and ones that cannot matter", () => {
    assert.equal(add(x, zeros([2, 3])), x);
    assert.equal(add(zeros([2]), zeros([2])), zeros([2]));
    assert.equal(mul(x, zeros([2, 3])), zeros([2, 3]));
    assert.equal(mul(x, ones([2, 3])), x);
    assert.equal(mul(scalar(1), x), x);
    assert.equal(scale(x, 1), x);
    assert.equal(scale(x, 3, 3), x);
    assert.equal(permute(x, [0, 1]), x);
    assert.equal(mul(scalar(2), mul(scalar(1, 2), ones([]))), scalar(1));
    assert.equal(constant([2, 2], [0, 0, 0, 0]), zeros([2, 2]));
    assert.ok(isZero(zeros([2])) && isZero(scalar(0)) && !isZero(ones([2])) && !isZero(identity(2)));
    assert.equal(reshape(x, [2, 3]), x);
  });

  it("keep the ones that are summed over or set a size", () => {
    assert.deepEqual([...valueOf(einsum("ij->", ones([2, 3])), new Map())], [6]);
    assert.deepEqual([...valueOf(einsum("i,j->", ones([2]), ones([4])), new Map())], [8]);
    assert.deepEqual([...valueOf(einsum("ij,jk->ik", ones([1, 2]), ones([2, 2])), new Map())], [2, 2]);
    assert.deepEqual([...valueOf(einsum("ij,kl->ik", ones([2, 2]), s), given([1, 2, 3, 4], [2, 2]))], [6, 14, 6, 14]);
    assert.deepEqual(einsum("i,j->ij", ones([2]), ones([4])).shape, [2, 4]);
  });

  it("take powers as products, reciprocals and roots", () => {
    const values = given([1, 2, 3, 4, 5, 6]);
    for (const k of [-3, -1, 0, 1, 2, 3, 5, 8, 11]) assert.deepEqual([...valueOf(integerPower(x, k), values)].map((v) => v.toPrecision(12)), [1, 2, 3, 4, 5, 6].map((v) => (v ** k).toPrecision(12)));
    assert.equal(power(x, scalar(2)), mul(x, x));
    assert.equal(power(x, full([2, 3], -1)), reciprocal(x));
    assert.equal(power(x, scalar(1, 2)), map("sqrt", x));
    assert.equal(power(x, scalar(1, 3)).kind, "power");
    assert.equal(matrixPower(s, 0), identity(2));
    assert.equal(matrixPower(s, -1), inverse(s));
    assert.deepEqual([...valueOf(matrixPower(s, 5), given([1, 1, 1, 0], [2, 2]))], [8, 5, 5, 3]);
    assert.deepEqual([...valueOf(power(x, scalar(1, 3)), given([1, 8, 27, 64, 125, 216]))].map((v) => Number(v.toFixed(12))), [1, 2, 3, 4, 5, 6]);
  });

  it("put tensors together and take them apart", () => {
    const values = given([1, 2, 3, 4, 5, 6]);
    const at = (term: Term): number[] => [...valueOf(term, values)];
    assert.deepEqual(at(slice(x, 1, 2)), [3, 6]);
    assert.deepEqual(slice(x, 0, 1).shape, [3]);
    assert.deepEqual(at(range(x, 1, 1, 2)), [2, 3, 5, 6]);
    assert.deepEqual(at(concat([x, range(x, 1, 0, 1)], 1)), [1, 2, 3, 1, 4, 5, 6, 4]);
    assert.deepEqual(at(stack([slice(x, 0, 1), slice(x, 0, 0)])), [4, 5, 6, 1, 2, 3]);
    assert.deepEqual(at(block([[x, range(x, 1, 0, 1)], [zeros([1, 3]), ones([1, 1])]])), [1, 2, 3, 1, 4, 5, 6, 4, 0, 0, 0, 1]);
    assert.deepEqual(at(max(x)), [6]);
    assert.deepEqual(at(max(x, 0)), [4, 5, 6]);
    assert.deepEqual(at(sum(x, [1])), [6, 15]);
    assert.deepEqual(at(broadcast(sum(x, [1]), [2, 2], [0])), [6, 6, 15, 15]);
    assert.deepEqual(at(diagonal(diagonalEmbed(slice(x, 0, 1)))), [4, 5, 6]);
    assert.deepEqual(at(div(x, sum(x))).map((v) => v.toFixed(3)), [1, 2, 3, 4, 5, 6].map((v) => (v / 21).toFixed(3)));
  });

  it("name both shapes that do not fit", () => {
    const misfits: readonly (readonly [() => Term, RegExp])[] = [
      [() => matmul(x, x), /matmul: 2×3 does not fit 2×3/],
      [() => add(x, s), /2×3 does not fit 2×2/],
      [() => mul(x, s), /2×3 does not fit 2×2/],
      [() => sub(x, scalar(1)), /2×3 does not fit scalar/],
      [() => trace(x), /2×3/],
      [() => inverse(x), /inverse: 2×3/],
      [() => einsum("ij,jk->ik", s, transpose(x)), /2×2 does not fit 3×2 \(sizes 2 and 3\)/],
      [() => einsum("ij->ij", variable("v", [2])), /2 does not fit/],
      [() => einsum("ij,ij->ij", x), /1/],
      [() => reshape(x, [4]), /2×3 does not fit 4/],
      [() => concat([x, s], 0), /2×3 does not fit 2×2/],
      [() => stack([x, s]), /2×3 does not fit 2×2/],
      [() => slice(x, 1, 3), /2×3/],
      [() => sum(x, [2]), /2×3/],
      [() => broadcast(x, [2, 2], [0, 1]), /2×3 does not fit 2×2/],
      [() => constant([2, 2], [1, 2, 3]), /3 does not fit 2×2/],
    ];
    for (const [make, message] of misfits) assert.throws(make, (error: unknown) => error instanceof ShapeError && message.test(error.message), String(message));
    assert.equal(formatShape([]), "scalar");
  });

  it("refuse sizes and numbers that are none", () => {
    assert.throws(() => variable("v", [0]), RangeError);
    assert.throws(() => constant([], [0.5]), RangeError);
    assert.throws(() => scalar(1, 0), RangeError);
    assert.throws(() => scalar(2 ** 60), RangeError);
    assert.throws(() => einsum("i?->i", x), RangeError);
  });
});

describe("simplification", () => {
  it("makes equal terms equal", () => {
    const [a, b] = [variable("A", [3, 3]), variable("B", [3, 3])];
    const pairs: readonly (readonly [Term, Term])[] = [
      [transpose(transpose(a)), a],
      [neg(neg(a)), a],
      [matmul(a, identity(3)), a],
      [add(a, a), scale(a, 2)],
      [sub(add(a, b), add(b, a)), zeros([3, 3])],
      [trace(matmul(a, b)), einsum("ij,ji->", b, a)],
      [transpose(matmul(a, b)), matmul(transpose(b), transpose(a))],
      [sum(matmul(a, ones([3, 3]))), scale(sum(a), 3)],
      [mul(a, identity(3)), diagonalEmbed(diagonal(a))],
      [scale(scale(a, 2, 3), 3, 2), a],
      [sub(full([2], 1, 2), full([2], 1, 3)), full([2], 1, 6)],
      [slice(stack([a, b]), 0, 1), b],
      [range(concat([a, b], 1), 1, 3, 3), b],
      [reshape(reshape(a, [9]), [3, 3]), a],
      [matmul(matmul(a, b), a), matmul(a, matmul(b, a))],
    ];
    for (const [left, right] of pairs) {
      const [first, second] = simplify([left, right]);
      assert.equal(first, second);
    }
  });

  it("keeps what it is told to keep, and what is used twice", () => {
    const [a, b] = [variable("A", [3, 3]), variable("B", [3, 3])];
    const product = matmul(a, b);
    const whole = trace(matmul(product, a));
    const kept = simplify([product])[0]!;
    assert.ok(!topological(simplify([whole])).includes(kept));
    assert.ok(topological(simplify([whole], new Set([product]))).includes(kept));
    assert.ok(topological(simplify([sum(mul(product, product))])).some((node) => node.kind === "contract" && node.shape.length === 2));
  });
});
