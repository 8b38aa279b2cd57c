/** The two walks over graphs: what a derivative is taken by, and known derivatives. */
import assert from "node:assert/strict";
import { add, dependsOn, determinant, directional, div, einsum, evaluateModular, field, gradient, identity, inverse, jacobian, jacobianForward, logAbsDeterminant, map, matmul, matrixPower, MissingRule, mul, ones, power, pullback, pushforward, replace, scalar, scale, ShapeError, sizeOf, stack, sub, sum, topological, trace, transpose, variable, zeros, ZeroDivisor, type Term } from "../../../src/tensor/index";
import { drawGraph, innerProduct, largest, random } from "./draw";

const gf = field();

/** Whether two rational terms agree at random residues. */
function agree(a: Term, b: Term): boolean {
  const draw = random(11);
  const bindings = new Map(topological([a, b]).flatMap((node) => (node.kind === "variable" ? [[node.name, { shape: node.shape, data: Float64Array.from({ length: sizeOf(node.shape) }, () => gf.reduce(draw.integer(0, gf.modulus))) }] as const] : [])));
  return largest(evaluateModular([sub(a, b)], bindings, gf)[0]!.data) === 0;
}

const [m, k, n] = [2, 3, 4];
const z = variable("Z", [m, k]);
const w = variable("W", [k, n]);
const g = variable("G", [m, n]);
const x = variable("X", [n, n]);
const c = variable("C", [n, n]);

const CLOSED_FORMS: readonly (readonly [string, Term, Term, Term])[] = [
  ["tr(GᵀZW) by W", innerProduct(g, matmul(z, w)), w, matmul(transpose(z), g)],
  ["tr(GᵀZW) by Z", innerProduct(g, matmul(z, w)), z, matmul(g, transpose(w))],
  ["‖X‖² by X", sum(mul(x, x)), x, scale(x, 2)],
  ["tr X² by X", trace(matmul(x, x)), x, scale(transpose(x), 2)],
  ["tr X³ by X", trace(matrixPower(x, 3)), x, scale(transpose(matmul(x, x)), 3)],
  ["tr(C X⁻¹) by X", trace(matmul(c, inverse(x))), x, scale(transpose(matmul(inverse(x), matmul(c, inverse(x)))), -1)],
  ["det X by X", determinant(x), x, mul(determinant(x), transpose(inverse(x)))],
  ["det(XᵀX) by X", determinant(matmul(transpose(x), x)), x, scale(mul(determinant(matmul(transpose(x), x)), transpose(inverse(x))), 2)],
  ["log|det X| by X", logAbsDeterminant(x), x, transpose(inverse(x))],
  ["Σ 1/xᵢⱼ by X", sum(div(ones([n, n]), x)), x, scale(div(ones([n, n]), mul(x, x)), -1)],
  ["Σ xᵢⱼ⁵ by X", sum(power(x, scalar(5))), x, scale(power(x, scalar(4)), 5)],
  ["tr(X)² by X", mul(trace(x), trace(x)), x, scale(mul(trace(x), identity(n)), 2)],
];

describe("derivatives", () => {
  for (const [name, y, by, expected] of CLOSED_FORMS) {
    it(`${name} is the known one in both modes`, () => {
      assert.ok(agree(gradient(y, [by])[0]!, expected));
      assert.ok(agree(jacobianForward(y, by), expected));
      assert.ok(!agree(gradient(y, [by])[0]!, add(expected, ones(expected.shape))));
    });
  }

  it("of a product by a factor is a Kronecker product", () => {
    assert.ok(agree(jacobian(matmul(z, w), z), einsum("ia,bj->ijab", identity(m), w)));
  });

  it("are the same in both modes on any graph, by variables and by what is between", () => {
    let compared = 0;
    for (let seed = 0; seed < 60; seed++) {
      const y = drawGraph(random(seed));
      const nodes = topological([y]).filter((node) => node.kind !== "constant" && node !== y);
      for (const by of [variable("x0", [3, 3]), nodes[Math.floor(nodes.length / 2)] ?? y]) {
        try {
          assert.ok(agree(jacobian(y, by), jacobianForward(y, by)), `seed ${seed}`);
          compared++;
        } catch (error) {
          if (!(error instanceof ZeroDivisor)) throw error; // the graph inverts what is singular
        }
      }
    }
    assert.ok(compared > 80, `${compared}`);
  });

  it("take any node as independent, and hide what is below it", () => {
    const a = matmul(z, w);
    const l = add(sum(mul(a, a)), sum(z));
    const [byA, byZ] = gradient(l, [a, z]);
    assert.ok(agree(byA!, scale(a, 2)));
    assert.ok(agree(byZ!, ones([m, k])));
    assert.ok(agree(gradient(l, [z])[0]!, add(ones([m, k]), scale(matmul(a, transpose(w)), 2))));
  });

  it("keep intermediates that simplification would remove", () => {
    const b = transpose(x);
    const nested = [matmul(transpose(b), c), scale(scale(b, 3), 2), add(add(b, c), b), matmul(matmul(c, b), c), sub(b, scale(b, 2))];
    for (const y of nested) assert.ok(agree(gradient(innerProduct(c, y), [b])[0]!, replace(gradient(innerProduct(c, replace(y, new Map([[b, variable("B", [n, n])]]))), [variable("B", [n, n])])[0]!, new Map([[variable("B", [n, n]), b]]))));
  });

  it("by what does not occur are zero", () => {
    assert.equal(gradient(sum(z), [w])[0], zeros([k, n]));
    assert.equal(pushforward(sum(z), new Map([[w, variable("V", [k, n])]]), []), zeros([]));
    assert.equal(jacobian(matmul(z, w), x), zeros([m, n, n, n]));
  });

  it("by the term itself are the identity", () => {
    assert.equal(gradient(sum(z), [sum(z)])[0], scalar(1));
    assert.ok(agree(einsum("ijij->", jacobian(z, z)), scalar(m * k)));
  });

  it("nest: the Hessian of a quartic", () => {
    const v = variable("v", [3]);
    const square = einsum("i,i->", v, v);
    const first = gradient(mul(square, square), [v])[0]!;
    const expected = add(scale(einsum("i,j->ij", v, v), 8), scale(mul(square, identity(3)), 4));
    assert.ok(agree(jacobian(first, v), expected));
    assert.ok(agree(jacobianForward(first, v), expected));
  });

  it("pass through matrices put together from entries", () => {
    const [a, b] = [variable("a", []), variable("b", [])];
    const y = stack([a, b, mul(a, b), a], [2, 2]);
    assert.ok(agree(gradient(determinant(y), [a])[0]!, sub(scale(a, 2), mul(b, b))));
    assert.ok(agree(directional(determinant(y), new Map([[a, scalar(1)]])), sub(scale(a, 2), mul(b, b))));
  });

  it("of free functions count their order", () => {
    const v = variable("v", [3]);
    const [first] = gradient(sum(map("free:f:0", v)), [v]);
    assert.equal(first, map("free:f:1", v));
    assert.equal(gradient(sum(first), [v])[0], map("free:f:2", v));
  });

  it("name a missing rule, and shapes that do not fit", () => {
    assert.throws(() => gradient(sum(map("nonesuch", x)), [x]), (error: unknown) => error instanceof MissingRule && error.message.includes("nonesuch") && error.rule === "pullback");
    assert.throws(() => pushforward(map("nonesuch", x), new Map([[x, x]]), []), MissingRule);
    assert.throws(() => gradient(x, [x]), (error: unknown) => error instanceof ShapeError && /4×4.*scalar/.test(error.message));
    assert.throws(() => pullback(z, w, [z]), ShapeError);
    assert.throws(() => pushforward(z, new Map([[z, w]]), []), ShapeError);
    assert.throws(() => replace(z, new Map([[z, w]])), ShapeError);
  });

  it("reach through graphs deeper than any stack", () => {
    let deep: Term = x;
    for (let i = 0; i < 20_000; i++) deep = i % 2 === 0 ? transpose(deep) : add(deep, x);
    assert.ok(dependsOn(deep, x));
    assert.deepEqual(gradient(sum(deep), [x])[0]!.shape, [n, n]);
    assert.deepEqual(pushforward(deep, new Map([[x, c]]), []).shape, [n, n]);
    assert.ok(dependsOn(replace(deep, new Map([[x, c]])), c) && !dependsOn(replace(deep, new Map([[x, c]])), x));
  });
});

describe("replace and dependsOn", () => {
  it("put one node for another and see what is below", () => {
    const a = matmul(z, w);
    assert.equal(replace(sum(mul(a, a)), new Map([[a, g]])), sum(mul(g, g)));
    assert.equal(replace(a, new Map()), a);
    assert.ok(dependsOn(sum(a), w) && dependsOn(sum(a), a) && !dependsOn(sum(a), g) && !dependsOn(w, a));
  });
});
