import assert from "node:assert/strict";
import { plainPaint } from "../../../src/report/pretty";
import { prettyStats, statsOf } from "../../../src/report/stats";
import { prettyWhy, statementAt } from "../../../src/report/why";
import { describeCounterexample, describeEvidence } from "../../../src/report/words";
import { file, placeOf, refuted, statement } from "./reports";

const screen = { width: 100, paint: plainPaint };

describe("why", () => {
  const text = "$a = b = c$ and $d = e$\n";
  const chain = statement(placeOf(text, "c"), { relation: placeOf(text, "b = c"), latex: "b = c" });
  const first = statement(placeOf(text, "b"), { relation: placeOf(text, "a = b"), latex: "a = b", computed: "b'", assumptions: ["b invertible"], evidence: { method: "numeric", trials: 3, errorBound: 1e-9, certificate: "…" } });
  const other = statement(placeOf(text, "e"), { relation: placeOf(text, "d = e"), latex: "d = e", verdict: "unchecked", reason: "unknown-shape" });
  const all = [chain, first, other];

  it("finds the statement around a place, else the nearest on its line", () => {
    assert.equal(statementAt(all, placeOf(text, "a").start), first);
    assert.equal(statementAt(all, placeOf(text, "b").start), first);
    assert.equal(statementAt(all, placeOf(text, "c").start), chain);
    assert.equal(statementAt(all, { line: 0, character: 40 }), other);
    assert.equal(statementAt(all, { line: 1, character: 0 }), undefined);
  });

  it("tells what a right statement rests on, and how each reading ended", () => {
    const tried = [{ reading: "denominator layout", outcome: "holds" }];
    assert.equal(
      prettyWhy(file(text, all), first, tried, screen),
      [
        "verified: holds for every value",
        " --> notes.md:1:6",
        "  |",
        "1 | $a = b = c$ and $d = e$",
        "  |      ^",
        "  |",
        "  = computed: b'",
        "  = assuming: b invertible",
        "  = decided by: floating-point arithmetic, 3 trials, error below 1e-9",
        "  = reading: denominator layout; vectors as columns",
        "",
        "readings tried",
        "   1. denominator layout: holds",
        "",
      ].join("\n"),
    );
  });

  it("tells why something was not checked, and repeats what was said of a wrong one", () => {
    assert.match(prettyWhy(file(text, all), other, null, screen), /^unchecked: a shape is nowhere given\n/);
    const said = prettyWhy(file(text, []), refuted(placeOf(text, "e"), "wrong", { computed: "x" }), null, screen);
    assert.match(said, /^error\[gradient-mismatch\]: wrong\n/);
    assert.equal(said.split("x\n").length, 2);
  });
});

describe("stats", () => {
  const text = "w";
  const at = placeOf(text, "w");
  const files = [
    { ...file(text, [statement(at), refuted(at, "wrong"), statement(at, { verdict: "definition" })]), path: "a.md" },
    { ...file(text, [statement(at, { verdict: "unchecked", reason: "ambiguous" }), statement(at, { verdict: "unchecked", reason: "not-a-claim" }), statement(at, { verdict: "unchecked", reason: "ambiguous" })], { formulas: { total: 9, read: 8 } }), path: "some/long/path/to/b.md" },
  ];

  it("counts claims, decided ones, and reasons", () => {
    const { total, files: each } = statsOf(files);
    assert.deepEqual([total.claims, total.decided], [4, 2]);
    assert.deepEqual(total.formulas, { total: 12, read: 11 });
    assert.deepEqual(Object.entries(total.reasons), [["ambiguous", 2], ["not-a-claim", 1]]);
    assert.deepEqual(each.map(({ path, claims }) => [path, claims]), [["a.md", 2], ["some/long/path/to/b.md", 2]]);
  });

  it("prints a table", () => {
    assert.equal(
      prettyStats(statsOf(files), { ...screen, width: 120 }),
      [
        "file                    formulas  read  claims  decided  verified  wrong  conditional  convention  unchecked",
        "a.md                           3     3       2        2         1      1            0           0          0",
        "some/long/path/to/b.md         9     8       2        0         0      0            0           0          3",
        "all                           12    11       4        2         1      1            0           0          3",
        "",
        "unchecked, by reason",
        "       2  ambiguous       can be read in several ways",
        "       1  not-a-claim     states nothing that could be checked",
        "",
        "11 of 12 formulas read, 50% of the claims decided",
        "",
      ].join("\n"),
    );
  });
});

describe("stats on a narrow terminal", () => {
  it("shortens names at their start", () => {
    const text = "w";
    const named = { ...file(text, []), path: "some/quite/long/path/to/b.md" };
    const rows = prettyStats(statsOf([named]), { ...screen, width: 40 }).split("\n");
    assert.match(rows[1] ?? "", /^…e\/long\/path\/to\/b\.md {2}/);
  });
});

describe("words", () => {
  it("tells a counterexample, with as many digits as tell its sides apart", () => {
    assert.equal(describeCounterexample({ sizes: {}, seed: 1, entry: null, left: 0.1, right: 1 / 3 }), "with random values (seed 1), the value is 0.1 on the left and 0.333333 on the right");
    assert.match(describeCounterexample({ sizes: {}, seed: 1, entry: [2], left: 1.00000001, right: 1.00000002 }), /entry \(2\) is 1\.00000001 on the left and 1\.00000002 on the right$/);
  });

  it("tells how something was decided", () => {
    assert.equal(describeEvidence({ method: "exact", trials: 1, errorBound: 1e-24, certificate: "" }), "exact arithmetic in a finite field, 1 trial, wrong with probability at most 1e-24");
    assert.equal(describeEvidence({ method: "structural", trials: 0, errorBound: 0, certificate: "" }), "shapes and structure alone, no arithmetic needed");
  });
});
