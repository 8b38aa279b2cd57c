/** Every note in test/notes: what its markers say is found, and nothing else. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeOf } from "./note";

const folder = "test/notes";

describe("notes", () => {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) => /\.(md|tex|ipynb)$/.test(one)).sort()) {
    it(name, () => {
      const { expected, found, stated, counted } = outcomeOf(readFileSync(join(folder, name), "utf8"), name);
      assert.deepEqual([...found].sort(), [...expected].sort());
      assert.equal(counted, stated, "the number of claims");
    });
  }
});
