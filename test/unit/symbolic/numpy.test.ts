/** The NumPy of every closed form, run by Python on the values that the core gets. Skipped without NumPy. */
import assert from "node:assert/strict";
import { termOfExpression } from "../../../src/symbolic/index";
import { argsOf, evaluateReal, map, neg, rebuild, topological, type Binding, type Term } from "../../../src/tensor/index";
import { needNumpy, runNumpy } from "../numpy";
import { groups, trials, type Case } from "./gradients";
import { drawValues, plain, tryCase } from "./meaning";

const runner = `
import json, sys
import numpy as np
try:
    import scipy.special, scipy.linalg
except ImportError:
    scipy = None
functions = [np.sin, np.cos, lambda z: -np.sin(z)]
answers = []
for task in json.load(sys.stdin):
    if "scipy" in task["code"] and scipy is None:
        answers.append(None)
        continue
    names = {"np": np, "scipy": scipy}
    for name, value in task["arrays"].items():
        names[name] = np.array(value["data"], dtype=float).reshape(value["shape"])
    names.update(task["numbers"])
    for name, order in task["functions"].items():
        names[name] = functions[order]
    try:
        result = np.asarray(eval(task["code"], names), dtype=float)
        answers.append({"shape": list(result.shape), "data": result.ravel().tolist()})
    except Exception as error:
        answers.append({"shape": [], "data": [], "error": repr(error)})
json.dump(answers, sys.stdout)
`;

interface Task {
  readonly code: string;
  readonly arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly functions: Readonly<Record<string, number>>;
}

interface Asked {
  readonly name: string;
  readonly task: Task;
  readonly expected: { readonly shape: readonly number[]; readonly data: Float64Array };
}

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

function ask(group: string, example: Case): Asked {
  const tried = tryCase(example);
  const { form } = tried;
  assert.ok(form, example.name);
  const meaning = withSines(termOfExpression(form.expression, 1, form.free));
  const named = example.named?.(trials[1]) ?? [];
  const values = drawValues([meaning, ...named.map(([node]) => node)], example, 3);
  const arrays: Record<string, { shape: readonly number[]; data: number[] }> = {};
  const numbers: Record<string, number> = {};
  const functions: Record<string, number> = {};
  for (const { kind, name, identifier } of form.inputs) {
    if (kind === "variable") arrays[identifier] = plainArray(values.get(name)!);
    else if (kind === "size") numbers[identifier] = plain.sizes.get(name)![1];
    else if (kind === "function") functions[identifier] = Number(/(\d+)$/.exec(name)![1]);
    else arrays[identifier] = plainArray(evaluateReal([withSines(named.find(([, latex]) => latex === name)![0])], values)[0]!);
  }
  const expected = evaluateReal([meaning], values)[0]!;
  return { name: `${group}, ${example.name}`, task: { code: form.numpy, arrays, numbers, functions }, expected };
}

function plainArray({ shape, data }: Pick<Binding, "shape" | "data">): { shape: readonly number[]; data: number[] } {
  return { shape, data: [...data] };
}

interface Answer {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly error?: string;
}

describe("NumPy", () => {
  before(function () {
    needNumpy(this);
  });

  it("computes what the closed forms mean", () => {
    const asked = Object.entries(groups).flatMap(([group, cases]) => cases.map((example) => ask(group, example)));
    const answers = runNumpy(runner, asked.map(({ task }) => task)) as (Answer | null)[];
    assert.equal(answers.length, asked.length);
    const wrong: string[] = [];
    asked.forEach(({ name, task, expected }, i) => {
      const answer = answers[i];
      if (!answer) return;
      const size = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
      // What is zero or the same everywhere may be left to broadcasting.
      const close = answer.data.length === expected.data.length && answer.data.every((x, k) => Math.abs(x - expected.data[k]!) < 1e-9 * size);
      if (!close) wrong.push(`${name}: ${task.code} is ${answer.error ?? answer.shape.join("×")}, expected ${expected.shape.join("×")}`);
    });
    assert.deepEqual(wrong, []);
  });
});
