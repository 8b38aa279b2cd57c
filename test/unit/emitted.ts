/**
 * Emitted NumPy and JAX, run by Python on given values and compared with what
 * the core computes. JAX itself is in no package of Debian: its code runs on a
 * stand-in, in which `jax.numpy` is NumPy and the other functions are written
 * out here, so that what is tested is what the code says, not JAX.
 */
import { runNumpy } from "./numpy";

const runner = `
import json, sys
from types import SimpleNamespace
import numpy as np
try:
    import scipy.special, scipy.linalg
except ImportError:
    scipy = None
def softmax(x, axis):
    shifted = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return shifted / np.sum(shifted, axis=axis, keepdims=True)

def logsumexp(x, axis=None, keepdims=False):
    return np.log(np.sum(np.exp(x), axis=axis, keepdims=keepdims))

jax = SimpleNamespace(
    nn=SimpleNamespace(sigmoid=lambda x: 0.5 * (1 + np.tanh(x / 2)), softplus=lambda x: np.log1p(np.exp(x)), relu=lambda x: np.where(x > 0, x, 0), softmax=softmax, logsumexp=logsumexp),
    scipy=scipy,
)
functions = [np.sin, np.cos, lambda z: -np.sin(z)]
answers = []
for task in json.load(sys.stdin):
    if "scipy" in task["code"] and scipy is None:
        answers.append(None)
        continue
    names = {"np": np, "scipy": scipy, "jnp": np, "jax": jax}
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

export interface Task {
  readonly code: string;
  readonly arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly functions: Readonly<Record<string, number>>;
}

export interface Run {
  readonly name: string;
  readonly task: Task;
  readonly expected: NumberArray;
}

export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

interface Answer {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly error?: string;
}

export function plainArray({ shape, data }: NumberArray): Task["arrays"][string] {
  return { shape, data: Array.from(data) };
}

/** What does not come out as expected; what needs SciPy, where there is none, is passed over. */
export function wrongRuns(runs: readonly Run[]): string[] {
  const answers = runNumpy(runner, runs.map(({ task }) => task)) as (Answer | null)[];
  return runs.flatMap(({ name, task, expected }, i) => {
    const answer = answers[i];
    if (answer === undefined) return [`${name}: no answer`];
    return answer === null || isClose(answer, expected) ? [] : [`${name}: ${task.code} is ${answer.error ?? answer.shape.join("×")}, expected ${expected.shape.join("×")}`];
  });
}

/** What is zero or the same everywhere may be left to broadcasting. */
function isClose({ data }: Answer, expected: NumberArray): boolean {
  const values = Array.from(expected.data);
  const size = values.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  return data.length === values.length && data.every((x, k) => Math.abs(x - values[k]!) < 1e-9 * size);
}
