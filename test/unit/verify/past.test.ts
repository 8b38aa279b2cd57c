/** What a reading is asked decides in which other readings a claim ends alike. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { Noted, type Touch } from "../../../src/readings/memo";
import { defaultReading, watched } from "../../../src/readings/reading";

describe("a watched reading", () => {
  it("agrees with readings that differ where it was not looked at", () => {
    const reading = watched(defaultReading);
    assert.equal(reading.sigma, "free");
    assert.ok(reading.watch.agrees({ ...defaultReading, gradient: "numerator" }));
    assert.ok(!reading.watch.agrees({ ...defaultReading, sigma: "sigmoid" }));
  });

  it("is looked up, not copied", () => {
    const { watch, ...fields } = watched(defaultReading);
    assert.equal(watch.looked, 0);
    assert.ok(!Object.keys(fields).includes("gradient"));
  });
});

describe("a noted table", () => {
  it("tells what it is asked and given, in order", () => {
    const touched: Touch[] = [];
    const table = new Noted<string, string>(touched, "ranges");
    assert.ok(!table.has("k"));
    table.set("k", "n");
    assert.deepEqual([...table.values()], ["n"]);
    assert.deepEqual(touched, [
      { table: "ranges", key: "k", value: undefined, put: false },
      { table: "ranges", key: "k", value: "n", put: true },
      { table: "ranges", key: "k", value: "n", put: false },
    ]);
  });
});

describe("a claim", () => {
  const about = (first: string): string => `$$\n${first}\n$$\n\nLet $x$ be a vector.\n\n$$\n\\ell(Ax) = \\ell(A x + 0)\n$$\n`;
  const evidence = (first: string): unknown => analyze(about(first), { layout: "auto", filename: "note.md", certificates: true }).statements.slice(-1)[0]?.evidence;

  it("is computed alike whatever else is claimed", () => {
    const own = evidence("p = p");
    assert.ok(own, "it is decided");
    assert.deepEqual(evidence("\\sum_i q_i + \\sum_{ij} M_{ij} = \\sum_j q_j + \\sum_{kl} M_{kl}"), own);
  });
});
