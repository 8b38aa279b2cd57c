/** Closed forms of many derivatives: what they mean, and how the well-known ones are written. */
import assert from "node:assert/strict";
import { groups } from "./gradients";
import { distance, drawValues, meaningOf, tryCase } from "./meaning";

for (const [group, cases] of Object.entries(groups)) {
  describe(`closed forms: ${group}`, () => {
    for (const example of cases) {
      it(example.name, () => {
        const tried = tryCase(example);
        assert.ok(tried.form, "there is a closed form");
        if (process.env["SHOW"]) console.log(`        ${tried.form.latex}    [${tried.form.cost.toFixed(1)}]`);
        for (const trial of [0, 1] as const) {
          const term = tried.terms[trial];
          const meaning = meaningOf(tried, trial);
          for (const seed of [1, 2]) {
            const off = distance(meaning, term, drawValues([term, meaning], example, seed));
            assert.ok(off < 1e-9, `${tried.form.latex} differs by ${off} in trial ${trial}`);
          }
        }
        if (example.latex !== undefined) assert.equal(tried.form.latex, example.latex);
      });
    }
  });
}
