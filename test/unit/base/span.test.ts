import assert from "node:assert/strict";
import { offsetAt, sliceOf, spanIn } from "../../../src/base/span";

describe("base: spans", () => {
  it("places the characters of a slice", () => {
    const source = sliceOf("0123456789", 3, 7);
    assert.equal(source.text, "3456");
    assert.equal(offsetAt(source, 4), 7);
    assert.deepEqual(spanIn(source, 1, 3), { start: 4, end: 6 });
    assert.deepEqual(spanIn(source, 2, 2), { start: 5, end: 5 });
  });

  it("skips what was left out, and covers the whole of a decoded character", () => {
    // "ab" at 10, a gap, then a character that six of the file stand for, then "d".
    const source = { text: "abcd", anchors: [{ at: 0, offset: 10 }, { at: 2, offset: 20, width: 6 }, { at: 3, offset: 26 }] };
    assert.deepEqual(spanIn(source, 0, 2), { start: 10, end: 12 });
    assert.deepEqual(spanIn(source, 2, 3), { start: 20, end: 26 });
    assert.deepEqual(spanIn(source, 1, 4), { start: 11, end: 27 });
  });
});
