/** What a reading is asked decides in which other readings a claim ends alike. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";
import { Noted } from "../../../src/readings/memo";
import { defaultReading, watched } from "../../../src/readings/reading";

describe("a watched reading", () => {
  it("agrees with readings that differ where it was not looked at", () => {
    const reading = watched(defaultReading);
    assert.equal(reading.sigma, "free");
    assert.ok(reading.watch.agrees({ ...defaultReading, gradient: "numerator" }));
    assert.ok(!reading.watch.agrees({ ...defaultReading, sigma: "sigmoid" }));
  });

  it("is asked again by whatever uses what is there already", () => {
    const { watch, ...fields } = watched(defaultReading);
    assert.deepEqual(Object.keys(fields).includes("gradient"), false, "its fields are looked up, not copied");
    const table: Noted<string, number> = new Noted<string, number>([], () => table, () => watch);
    watch.look(1);
    table.set("made", 1);
    watch.look(2);
    watch.looked = 0;
    table.get("made");
    assert.equal(watch.looked, 1, "by what was looked at before it was made");
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
