/** What can be asked of the whole engine: each gradient left open in a note gets its closed form, which the core has verified. */
import assert from "node:assert/strict";
import { computedFor, type Asked } from "./asked";
import { asserted, leftOut, structured } from "./cookbook";
import { further } from "./further";
import { functions, operators } from "./matrixcalculus";

const tables: Readonly<Record<string, readonly Asked[]>> = {
  "operators of matrixcalculus.org": operators,
  "functions of matrixcalculus.org": functions,
  "Matrix Cookbook": asserted,
  "Matrix Cookbook, left out by computer algebra": leftOut,
  "Matrix Cookbook, structured": structured,
  "further": further,
};

describe("asked", () => {
  for (const [title, table] of Object.entries(tables)) {
    it(title, () => {
      assert.deepEqual(Object.fromEntries(table.map((asked) => [asked.name, computedFor(asked)])), Object.fromEntries(table.map(({ name, form }) => [name, form])));
    });
  }
});
