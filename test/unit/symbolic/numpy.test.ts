/** The NumPy of every closed form, run by Python on the values that the core gets. Skipped without NumPy. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { termOfExpression } from "../../../src/symbolic/index";
import { argsOf, evaluateReal, map, neg, rebuild, topological, type Binding, type Term } from "../../../src/tensor/index";
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
for line in sys.stdin:
    task = json.loads(line)
    if "scipy" in task["code"] and scipy is None:
        print(json.dumps(None))
        continue
    names = {"np": np, "scipy": scipy}
    for name, value in task["arrays"].items():
        names[name] = np.array(value["data"], dtype=float).reshape(value["shape"])
    names.update(task["numbers"])
    for name, order in task["functions"].items():
        names[name] = functions[order]
    result = np.asarray(eval(task["code"], names), dtype=float)
    print(json.dumps({"shape": list(result.shape), "data": result.ravel().tolist()}))
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

describe("NumPy", () => {
  const found = spawnSync("python3", ["-c", "import numpy"]).status === 0;

  it("computes what the closed forms mean", function () {
    if (!found) this.skip();
    const asked = Object.entries(groups).flatMap(([group, cases]) => cases.map((example) => ask(group, example)));
    const run = spawnSync("python3", ["-c", runner], { input: asked.map(({ task }) => JSON.stringify(task)).join("\n"), encoding: "utf8", maxBuffer: 2 ** 28 });
    const lines = run.stdout.trim().split("\n");
    assert.equal(run.status, 0, `${asked[run.stdout === "" ? 0 : lines.length]?.name ?? ""}: ${asked[run.stdout === "" ? 0 : lines.length]?.task.code ?? ""}\n${run.stderr}`);
    assert.equal(lines.length, asked.length);
    const wrong: string[] = [];
    asked.forEach(({ name, task, expected }, i) => {
      const answer = JSON.parse(lines[i]!) as { shape: number[]; data: number[] } | null;
      if (answer === null) return;
      const size = expected.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
      // What is zero or the same everywhere may be left to broadcasting.
      const close = answer.data.length === expected.data.length && answer.data.every((x, k) => Math.abs(x - expected.data[k]!) < 1e-9 * size);
      if (!close) wrong.push(`${name}: ${task.code} is ${answer.shape.join("×")}, expected ${expected.shape.join("×")}`);
    });
    assert.deepEqual(wrong, []);
  });
});
