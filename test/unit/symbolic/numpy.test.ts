/** The NumPy and the JAX of every closed form, run by Python on the values that the core gets. Skipped without NumPy. */
import assert from "node:assert/strict";
import { termOfExpression } from "../../../src/symbolic/index";
import { argsOf, evaluateReal, map, neg, rebuild, topological, type Term } from "../../../src/tensor/index";
import { plainArray, wrongRuns, type Run } from "../emitted";
import { needNumpy } from "../numpy";
import { groups, trials, type Case } from "./gradients";
import { drawValues, plain, tryCase } from "./meaning";

/** The k-th derivative of every free function is that of the sine, which Python knows. */
function withSines(term: Term): Term {
  const image = new Map<Term, Term>();
  for (const node of topological([term])) {
    const args = argsOf(node).map((arg) => image.get(arg)!);
    const order = node.kind === "map" ? /^free:.*:(\d+)$/.exec(node.fn)?.[1] : undefined;
    const sines = [(x: Term) => map("sin", x), (x: Term) => map("cos", x), (x: Term) => neg(map("sin", x))];
    image.set(node, order === undefined ? rebuild(node, args) : sines[Number(order)]!(args[0]!));
  }
  return image.get(term)!;
}

function ask(group: string, example: Case, dialect: "numpy" | "jax"): Run {
  const tried = tryCase(example);
  const { form } = tried;
  assert.ok(form, example.name);
  const meaning = withSines(termOfExpression(form.expression, 1, form.free));
  const named = example.named?.(trials[1]) ?? [];
  const values = drawValues([meaning, ...named.map(([node]) => node)], example, 3);
  const arrays: Record<string, ReturnType<typeof plainArray>> = {};
  const numbers: Record<string, number> = {};
  const functions: Record<string, number> = {};
  for (const { kind, name, identifier } of form.inputs) {
    if (kind === "variable") arrays[identifier] = plainArray(values.get(name)!);
    else if (kind === "size") numbers[identifier] = plain.sizes.get(name)![1];
    else if (kind === "function") functions[identifier] = Number(/(\d+)$/.exec(name)![1]);
    else arrays[identifier] = plainArray(evaluateReal([withSines(named.find(([, latex]) => latex === name)![0])], values)[0]!);
  }
  const expected = evaluateReal([meaning], values)[0]!;
  return { name: `${group}, ${example.name}`, task: { code: form[dialect], arrays, numbers, functions }, expected };
}

describe("emitted code", () => {
  before(function () {
    needNumpy(this);
  });

  for (const dialect of ["numpy", "jax"] as const) {
    it(`computes what the closed forms mean, as ${dialect}`, () => {
      const asked = Object.entries(groups).flatMap(([group, cases]) => cases.map((example) => ask(group, example, dialect)));
      assert.deepEqual(wrongRuns(asked), []);
    });
  }
});
