import assert from "node:assert/strict";
import { combineHash, hashString, random } from "../../../src/base/random";

describe("seeded random numbers", () => {
  it("are the same for the same seed, everywhere", () => {
    const draw = random(42);
    assert.deepEqual([draw.next(), draw.next(), draw.next()], FIRST);
    assert.equal(hashString("gradcheck"), HASH);
  });

  it("fill their ranges evenly", () => {
    const draw = random(1);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 6000; i++) {
      const k = draw.integer(-2, 3);
      counts[k + 2] = counts[k + 2]! + 1;
      const u = draw.uniform(2, 3);
      assert.ok(u >= 2 && u < 3);
    }
    for (const count of counts) assert.ok(Math.abs(count - 1000) < 150, String(counts));
  });

  it("differ between neighbouring seeds and in hashes of similar texts", () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 1000; seed++) seen.add(random(seed).next()).add(hashString(`x${seed}`)).add(combineHash(1, seed)).add(combineHash(seed, 1));
    assert.ok(seen.size >= 3998);
  });
});

// By an implementation in another language.
const FIRST = [660444221, 3652823732, 77678286];
const HASH = 1479967967;
