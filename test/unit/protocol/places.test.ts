import assert from "node:assert/strict";
import { compareLengths, holds, overlaps } from "../../../src/protocol/places";
import type { Range } from "../../../src/protocol/places";

const range = (from: readonly [number, number], to: readonly [number, number]): Range => ({ start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } });

describe("places", () => {
  const outer = range([1, 4], [3, 2]);

  it("are inside from the first character to just behind the last", () => {
    for (const [line, character, inside] of [[1, 4, true], [3, 2, true], [2, 99, true], [1, 3, false], [3, 3, false]] as const) assert.equal(holds(outer, { line, character }), inside, `${line}:${character}`);
  });

  it("overlap where they touch", () => {
    assert.ok(overlaps(outer, range([3, 2], [4, 0])));
    assert.ok(!overlaps(outer, range([3, 3], [4, 0])));
  });

  it("are ordered by length, lines first", () => {
    const sorted = [outer, range([5, 0], [5, 9]), range([5, 2], [5, 3])].sort(compareLengths);
    assert.deepEqual(sorted.map(({ start }) => start.character), [2, 0, 4]);
  });
});
