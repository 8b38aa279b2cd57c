/** A document that asks for more than any should get ends, and says why it was not decided. */
import assert from "node:assert/strict";
import type { Model } from "../../../src/semantics/model";
import { burn, exhausted } from "../../../src/verify/fuel";

describe("fuel", () => {
  it("is left for a long document and runs out in an endless one", () => {
    const model = {} as Model;
    for (let i = 0; i < 10_000; i++) burn(model);
    assert.equal(exhausted(model), false);
    for (let i = 0; i < 100_000; i++) burn(model);
    assert.equal(exhausted(model), true);
    assert.equal(exhausted({} as Model), false, "another document has its own");
  });
});
