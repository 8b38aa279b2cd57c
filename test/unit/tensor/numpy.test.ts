/** Values and gradients of whole expressions on random shapes, against numpy with the formulas written out by hand. */
import assert from "node:assert/strict";
import { add, broadcast, cholesky, createCore, einsum, identity, inverse, logAbsDeterminant, map, matmul, mul, scale, solve, sub, sum, transpose, variable, type Core, type Term } from "../../../src/tensor/core";
import { needNumpy, runNumpy } from "../numpy";
import { difference, drawEntries, largest, random } from "./draw";

interface Expression {
  readonly name: string;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** The scalar; its gradients by all variables are compared. */
  build(variables: Readonly<Record<string, Term>>): Term;
  /** Python that leaves the value in `v` and the gradients in `g`, a dict. */
  readonly python: string;
}

function expressions(m: number, k: number, n: number): Expression[] {
  return [
    {
      name: "least squares",
      shapes: { Z: [m, k], W: [k, n], Y: [m, n] },
      build: ({ Z, W, Y }) => {
        const residual = sub(matmul(Z!, W!), Y!);
        return scale(sum(mul(residual, residual)), 1, 2);
      },
      python: "R = Z @ W - Y; v = (R * R).sum() / 2; g = dict(Z=R @ W.T, W=Z.T @ R, Y=-R)",
    },
    {
      name: "a layer with tanh and a bias",
      shapes: { X: [m, k], W: [k, n], b: [n], C: [m, n] },
      build: ({ X, W, b, C }) => sum(mul(C!, map("tanh", add(matmul(X!, W!), broadcast(b!, [m, n], [1]))))),
      python: "A = np.tanh(X @ W + b); v = (C * A).sum(); D = C * (1 - A * A); g = dict(X=D @ W.T, W=X.T @ D, b=D.sum(0), C=A)",
    },
    {
      name: "softmax cross entropy",
      shapes: { X: [m, k], W: [k, n], Y: [m, n] },
      build: ({ X, W, Y }) => {
        const logits = matmul(X!, W!);
        return sub(sum(map("log", sum(map("exp", logits), [1]))), sum(mul(Y!, logits)));
      },
      python: "H = X @ W; E = np.exp(H); P = E / E.sum(1, keepdims=True); v = np.log(E.sum(1)).sum() - (Y * H).sum(); D = P - Y; g = dict(X=D @ W.T, W=X.T @ D, Y=-H)",
    },
    {
      name: "the density of a Gaussian",
      shapes: { A: [k, k], X: [n, k] },
      build: ({ A, X }) => {
        const s = add(matmul(A!, transpose(A!)), spread(k));
        return add(logAbsDeterminant(s), einsum("ni,ij,nj->", X!, inverse(s), X!));
      },
      python: "S = A @ A.T + k * np.eye(k); I = np.linalg.inv(S); v = np.linalg.slogdet(S)[1] + np.einsum('ni,ij,nj->', X, I, X); D = I - I @ X.T @ X @ I; g = dict(A=2 * D @ A, X=2 * X @ I)",
    },
    {
      name: "the solution of a linear system",
      shapes: { A: [k, k], B: [k, n], C: [k, n] },
      build: ({ A, B, C }) => sum(mul(C!, solve(add(A!, spread(k)), B!))),
      python: "S = A + k * np.eye(k); X = np.linalg.solve(S, B); v = (C * X).sum(); D = np.linalg.solve(S.T, C); g = dict(A=-D @ X.T, B=D, C=X)",
    },
    {
      name: "a Cholesky factor",
      shapes: { A: [k, k], C: [k, k] },
      build: ({ A, C }) => sum(mul(C!, cholesky(add(matmul(A!, transpose(A!)), spread(k))))),
      python: "S = A @ A.T + k * np.eye(k); L = np.linalg.cholesky(S); v = (C * L).sum(); I = np.linalg.inv(L); M = np.tril(L.T @ C); M[np.diag_indices(k)] /= 2; D = I.T @ M @ I; g = dict(A=(D + D.T) @ A, C=L)",
    },
    {
      name: "a batch of products",
      shapes: { A: [n, m, k], B: [n, k, m] },
      build: ({ A, B }) => {
        const products = einsum("bij,bjk->bik", A!, B!);
        return sum(mul(products, products));
      },
      python: "P = A @ B; v = (P * P).sum(); g = dict(A=2 * P @ B.swapaxes(1, 2), B=2 * A.swapaxes(1, 2) @ P)",
    },
  ];
}

/** k times the identity. */
function spread(k: number): Term {
  return scale(identity(k), k);
}

const SCRIPT = `
import json, sys
import numpy as np
out = []
for c in json.load(sys.stdin):
    names = {name: np.array(data).reshape(c["shapes"][name]) for name, data in c["values"].items()}
    names.update(np=np, k=c["k"])
    exec(c["python"], names)
    out.append(dict(v=float(names["v"]), g={name: g.ravel().tolist() for name, g in names["g"].items()}))
json.dump(out, sys.stdout)
`;

describe("values and gradients against numpy", () => {
  let core: Core;
  before(async function () {
    needNumpy(this);
    core = await createCore();
  });

  it("agree for every expression on random shapes", () => {
    const draw = random(11);
    const tests = Array.from({ length: 12 }, () => [draw.integer(1, 20), draw.integer(1, 12), draw.integer(1, 20)] as const).flatMap(([m, k, n]) =>
      expressions(m, k, n).map(({ name, shapes, build, python }) => {
        const values = Object.fromEntries(Object.entries(shapes).map(([variableName, shape]) => [variableName, drawEntries(draw, shape)]));
        return { name: `${name}, ${m}, ${k}, ${n}`, shapes, build, python, values, k };
      }),
    );
    const answers = runNumpy(SCRIPT, tests.map(({ shapes, python, values, k }) => ({ shapes, python, k, values: Object.fromEntries(Object.entries(values).map(([name, data]) => [name, [...data]])) }))) as { v: number; g: Record<string, number[]> }[];
    tests.forEach(({ name, shapes, build, values }, i) => {
      const variables = Object.fromEntries(Object.entries(shapes).map(([variableName, shape]) => [variableName, variable(variableName, shape)]));
      const { value, gradients } = core.gradient(build(variables), Object.values(variables))(values);
      const { v, g } = answers[i]!;
      assert.ok(Math.abs(value - v) <= 1e-10 * (1 + Math.abs(v)), `${name}: ${value}, not ${v}`);
      Object.keys(variables).forEach((of, j) => {
        const expected = Float64Array.from(g[of]!);
        assert.ok(difference(gradients[j]!.data, expected) <= 1e-10 * (1 + largest(expected)), `${name}: the gradient by ${of}`);
      });
    });
  });
});
