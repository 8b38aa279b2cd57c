/** The NumPy and the JAX that are emitted for every gradient asked for, run by Python and held against the derivative that the core computes. Skipped without NumPy. */
import assert from "node:assert/strict";
import { modelOf } from "../../../src/semantics/reread";
import { readJointly } from "../../../src/analysis/reading";
import { hashString } from "../../../src/base/random";
import { readDocument } from "../../../src/document";
import { parseMath } from "../../../src/latex";
import type { ClosedForm, Expression } from "../../../src/symbolic";
import { partsOf } from "../../../src/symbolic/expression/parts";
import { evaluateReal, type Term } from "../../../src/tensor";
import { attemptValue } from "../../../src/verify/attempt";
import { openClaims } from "../../../src/verify/open";
import { computedForm } from "../../../src/verify/closed";
import { drawAll, realNumbers, variablesOf } from "../../../src/verify/draw";
import { trialsOf } from "../../../src/verify/sized";
import { plainArray, wrongRuns, type Run } from "../emitted";
import { needNumpy } from "../numpy";
import type { Asked } from "./asked";
import { asserted, leftOut, structured } from "./cookbook";
import { functions, operators } from "./matrixcalculus";

function runsOf({ name, given, of }: Asked): Run[] {
  const document = readDocument(`${given}\n\n$$\n${of} =\n$$\n`, { filename: "asked.md" });
  const model = modelOf(document, document.formulas.map((formula) => parseMath(formula.source.text, { environment: formula.environment, macros: new Map() })));
  const { home } = readJointly(model, "auto");
  const [claim] = openClaims(model);
  assert.ok(claim, name);
  const form = computedForm(model, claim, home, claim.left, true);
  const made = attemptValue(model, claim, home, claim.left, true);
  assert.ok(form && made, name);
  const [, trial] = trialsOf(made.value, made.lowering);
  const nodes = namedNodes(form.expression);
  const values = drawAll(variablesOf([trial.term, ...nodes.values()]), hashString(name), (source) => realNumbers(source, "unit"), { drawn: made.lowering.drawn, extra: new Map() });
  const inputs = inputsOf(form, nodes, values, trial.sizes.named());
  const expected = evaluateReal([trial.term], values)[0]!;
  return [form.numpy, form.jax].map((code) => ({ name, task: { code, ...inputs, functions: {} }, expected }));
}

function inputsOf({ inputs }: ClosedForm, nodes: ReadonlyMap<string, Term>, values: ReturnType<typeof drawAll>, sizes: Readonly<Record<string, number>>): Pick<Run["task"], "arrays" | "numbers"> {
  const arrays: Record<string, ReturnType<typeof plainArray>> = {};
  const numbers: Record<string, number> = {};
  for (const { kind, name, identifier } of inputs) {
    if (kind === "size") numbers[identifier] = sizes[name]!;
    else arrays[identifier] = plainArray(kind === "node" ? evaluateReal([nodes.get(name)!], values)[0]! : values.get(name)!);
  }
  return { arrays, numbers };
}

/** What the second trial has for the symbols that the notes define. */
function namedNodes(e: Expression): Map<string, Term> {
  return new Map([...(e.kind === "symbol" && e.terms ? [[e.name, e.terms[1]] as const] : []), ...partsOf(e).flatMap((part) => [...namedNodes(part)])]);
}

describe("code of what is asked", () => {
  before(function () {
    needNumpy(this);
  });

  for (const [title, table] of Object.entries({ operators, functions, asserted, leftOut, structured })) {
    it(title, () => assert.deepEqual(wrongRuns(table.flatMap(runsOf)), []));
  }
});
