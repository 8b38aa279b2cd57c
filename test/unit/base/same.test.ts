/** Plain data is compared all through. */
import assert from "node:assert/strict";
import { sameData } from "../../../src/base/same";

describe("same data", () => {
  it("is the same in every part", () => {
    assert.equal(sameData({ a: [1, { b: null }] }, { a: [1, { b: null }] }), true);
  });
  it("differs in a value, in a length, and in what is absent", () => {
    assert.equal(sameData({ a: [1, { b: null }] }, { a: [1, { b: 0 }] }), false);
    assert.equal(sameData([1, 2], [1, 2, 3]), false);
    assert.equal(sameData({ a: 1 }, { b: 1 }), false);
    assert.equal(sameData({ a: 1 }, { a: 1, b: undefined }), false);
    assert.equal(sameData({}, null), false);
  });
});
