/**
 * Every gradient asked for has a derivation, and what is printed of it holds:
 * the lines are read back as notes, and the checker verifies each.
 */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { isOpen, type Step } from "../../../src/base/statement";
import { asserted, leftOut, structured } from "./cookbook";
import { further } from "./further";
import { functions, operators } from "./matrixcalculus";
import type { Asked } from "./asked";

/** Functions whose derivative is zero: the checker says of two zeros that they prove nothing. */
const constant = new Set(["126", "sign"]);

describe("derivations", () => {
  for (const asked of [...operators, ...functions, ...asserted, ...leftOut, ...structured, ...further]) {
    it(`${asked.name}: ${asked.of}`, () => {
      const steps = stepsOf(asked);
      assert.ok(steps && steps.length > 1, "there is a derivation");
      for (const { rule, right } of steps) assert.ok(/^[A-Za-z]/.test(rule) && right !== "", `${rule}: ${right}`);
      assert.equal(steps[steps.length - 1]!.right, asked.form);
      if (!constant.has(asked.name)) assert.deepEqual(notVerified(asked, steps), []);
    });
  }
});

function stepsOf({ given, of }: Asked): readonly Step[] | null {
  const open = analyze(`${given}\n\n$$\n${of} =\n$$\n`, { layout: "auto", filename: "asked.md", steps: true }).statements.find(isOpen);
  return open?.steps ?? null;
}

/** The lines that the checker does not verify, read as a display of the notes. */
function notVerified({ given }: Asked, steps: readonly Step[]): readonly string[] {
  const lines = steps.map(({ left, right }) => `${left} &= ${right}`).join(" \\\\\n");
  const { statements } = analyze(`${given}\n\n$$\n\\begin{aligned}\n${lines}\n\\end{aligned}\n$$\n`, { layout: "auto", filename: "asked.md" });
  // What is declared stands before them.
  const lineStatements = statements.filter(({ kind }) => kind !== "shape").slice(-steps.length);
  assert.equal(lineStatements.length, steps.length);
  assert.equal(lineStatements[0]!.left, steps[0]!.left);
  return lineStatements.filter(({ verdict }) => verdict !== "verified").map(({ left, right, verdict }) => `${verdict}: ${left} = ${right}`);
}
