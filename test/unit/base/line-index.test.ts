import assert from "node:assert/strict";
import fc from "fast-check";
import { LineIndex } from "../../../src/base/line-index";

describe("base: line index", () => {
  it("counts lines ended by \\n, \\r\\n and a lone \\r", () => {
    const index = new LineIndex("ab\ncd\r\nef\rgh");
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.position(0), { line: 0, character: 0 });
    assert.deepEqual(index.position(4), { line: 1, character: 1 });
    assert.deepEqual(index.position(7), { line: 2, character: 0 });
    assert.deepEqual(index.position(10), { line: 3, character: 0 });
    assert.deepEqual(index.position(12), { line: 3, character: 2 });
    assert.equal(index.offset({ line: 2, character: 1 }), 8);
  });

  it("counts columns in UTF-16 units", () => {
    const index = new LineIndex("𝔸x\né");
    assert.deepEqual(index.position(2), { line: 0, character: 2 });
    assert.equal(index.offset({ line: 1, character: 1 }), 5);
  });

  it("goes to the nearest place that exists", () => {
    const index = new LineIndex("ab\r\ncd\n");
    assert.deepEqual(index.position(3), { line: 0, character: 2 }, "between \\r and \\n");
    assert.deepEqual(index.position(99), { line: 2, character: 0 });
    assert.deepEqual(index.position(-1), { line: 0, character: 0 });
    assert.equal(index.offset({ line: 0, character: 99 }), 2);
    assert.equal(index.offset({ line: 9, character: 0 }), 7);
    assert.equal(index.offset({ line: -1, character: 4 }), 0);
    assert.deepEqual(new LineIndex("").position(0), { line: 0, character: 0 });
  });

  it("comes back from every offset that is not inside a line's end", () => {
    const texts = fc.array(fc.constantFrom("a", "bc", "\n", "\r\n", "\r", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          if (text[offset - 1] === "\r" && text[offset] === "\n") continue;
          assert.equal(index.offset(index.position(offset)), offset);
        }
      }),
      { seed: 3 },
    );
  });
});
