import assert from "node:assert/strict";
import type { Statement } from "../../../src/base/statement";
import { ansiPaint, plainPaint, prettyFile, prettyRest, prettySummary } from "../../../src/report/pretty";
import { entry, file, placeOf, refuted, report, statement } from "./reports";

/** What is printed of one statement, at that width. */
function printed(text: string, statements: Statement | readonly Statement[], width = 100): string {
  const list: readonly Statement[] = Array.isArray(statements) ? statements : [statements as Statement];
  return prettyFile(file(text, list), { width, paint: plainPaint });
}

function lines(...rows: string[]): string {
  return rows.map((row) => `${row}\n`).join("");
}

describe("pretty: a statement as a compiler reports it", () => {
  const text = "Let $A = ZW$.\n\n$$ G_W = G_A Z^T $$\n";

  it("underlines the wrong part and says what is right, why, and how to correct it", () => {
    const range = placeOf(text, "G_A Z^T");
    const said = printed(
      text,
      refuted(range, "the factors stand in the wrong order", {
        computed: "Z^T G_A",
        counterexample: { sizes: { m: 3, k: 4 }, seed: 7, entry: [1, 2], left: 3, right: 5 },
        assumptions: ["L differentiable"],
        related: [{ range: placeOf(text, "A = ZW"), message: "A is defined here" }],
        fix: { title: "Replace by Z^T G_A", edits: [{ range, newText: "Z^T G_A" }], safe: true },
      }),
    );
    assert.equal(
      said,
      lines(
        "error[gradient-mismatch]: the factors stand in the wrong order",
        " --> notes.md:3:10",
        "  |",
        "1 | Let $A = ZW$.",
        "  |      ------ A is defined here",
        "2 |",
        "3 | $$ G_W = G_A Z^T $$",
        "  |          ^^^^^^^",
        "  |",
        "  = right: Z^T G_A",
        "  = counterexample: with m = 3, k = 4 and random values (seed 7), entry (1, 2) is 3 on the left and",
        "                    5 on the right",
        "  = assuming: L differentiable",
        "  |",
        "help: Replace by Z^T G_A",
        "  |",
        "3 - $$ G_W = G_A Z^T $$",
        "3 + $$ G_W = Z^T G_A $$",
        "",
      ),
    );
  });

  it("does not repeat what the message says already", () => {
    const said = printed(text, refuted(placeOf(text, "G_A Z^T"), "this should be Z^T G_A", { computed: "Z^T G_A" }));
    assert.equal(said.includes("= right"), false);
  });

  it("names warnings, information and hints, and prints no more than a message for them", () => {
    const at = placeOf(text, "G_A");
    const said = printed(text, [
      statement(at, { verdict: "conditional", severity: "warning", code: "missing-assumption", message: "true only if A is symmetric", computed: "B" }),
      statement(at, { verdict: "convention", severity: "information", code: "layout", message: "right in numerator layout", computed: "C" }),
      statement(at, { severity: "hint", code: "missing-partial", message: "a \\partial is missing", computed: "D" }),
    ]);
    assert.match(said, /^warning\[missing-assumption\]: true only if A is symmetric$/m);
    assert.match(said, /^ {2}= right: B$/m);
    assert.match(said, /^info\[layout\]: right in numerator layout$/m);
    assert.match(said, /^hint\[missing-partial\]: a \\partial is missing$/m);
    assert.doesNotMatch(said, /: [CD]$/m);
  });

  it("says nothing of what has no severity", () => {
    assert.equal(printed(text, [statement(placeOf(text, "A = ZW")), statement(placeOf(text, "G_W"), { verdict: "unchecked", reason: "unsupported" })]), "");
  });

  it("goes through a file from top to bottom", () => {
    const said = printed(text, [refuted(placeOf(text, "G_W"), "second"), refuted(placeOf(text, "ZW"), "first")]);
    assert.ok(said.indexOf("first") < said.indexOf("second"));
  });

  it("tells a syntax problem once", () => {
    const range = placeOf(text, "G_W");
    const problems = [{ range, message: "a brace is never closed", code: "syntax" as const }];
    const alone = prettyFile(file(text, [], { problems }), { width: 80, paint: plainPaint });
    assert.match(alone, /^info\[syntax\]: a brace is never closed\n --> notes.md:3:4$/m);
    const told = statement(range, { verdict: "unchecked", reason: "unread", severity: "information", code: "syntax", message: "a brace is never closed" });
    const both = prettyFile(file(text, [told], { problems }), { width: 80, paint: plainPaint });
    assert.equal(both.split("info[syntax]").length, 2);
  });
});

describe("pretty: matrices", () => {
  const text = ["$$", "\\begin{bmatrix}", "P & Q \\\\", "R & S", "\\end{bmatrix}", "$$", ""].join("\n");

  it("marks the wrong entries alone", () => {
    const said = printed(
      text,
      refuted(placeOf(text, "\\begin{bmatrix}\nP & Q \\\\\nR & S\n\\end{bmatrix}"), "two entries are swapped", {
        code: "misplaced-entries",
        entries: [entry(placeOf(text, "Q"), 1, 2, "R"), entry(placeOf(text, "R"), 2, 1, "Q"), entry(placeOf(text, "S"), 2, 2, "T")],
      }),
    );
    assert.equal(
      said,
      lines(
        "error[misplaced-entries]: two entries are swapped",
        " --> notes.md:2:1",
        "  |",
        "3 | P & Q \\\\",
        "  |     ^ should be R",
        "4 | R & S",
        "  | ^   ^ should be T",
        "  | |",
        "  | should be Q",
        "",
      ),
    );
  });

  it("embraces a range of several lines", () => {
    const whole = placeOf(text, "\\begin{bmatrix}\nP & Q \\\\\nR & S\n\\end{bmatrix}");
    assert.equal(
      printed(text, refuted(whole, "wrong")),
      lines(
        "error[gradient-mismatch]: wrong",
        " --> notes.md:2:1",
        "  |",
        "2 | / \\begin{bmatrix}",
        "3 | | P & Q \\\\",
        "4 | | R & S",
        "5 | | \\end{bmatrix}",
        "  | |_____________^",
        "",
      ),
    );
  });

  it("leaves out the middle of a long one, and shows where it begins within a line", () => {
    const rows = Array.from({ length: 9 }, (_, i) => `${i} & ${i} \\\\`);
    const long = ["Y = \\begin{bmatrix}", ...rows, "\\end{bmatrix} W"].join("\n");
    const range = { start: placeOf(long, "\\begin").start, end: placeOf(long, "\\end{bmatrix}").end };
    const said = printed(long, [refuted(range, "wrong", { related: [{ range: placeOf(long, "W"), message: "W is k × n" }] })]);
    assert.equal(
      said,
      lines(
        "error[gradient-mismatch]: wrong",
        "  --> notes.md:1:5",
        "   |",
        " 1 |   Y = \\begin{bmatrix}",
        "   |  _____^",
        " 2 | | 0 & 0 \\\\",
        " 3 | | 1 & 1 \\\\",
        " 4 | | 2 & 2 \\\\",
        "...",
        "10 | | 8 & 8 \\\\",
        "11 | | \\end{bmatrix} W",
        "   | |               - W is k × n",
        "   | |_____________^",
        "",
      ),
    );
  });
});

describe("pretty: what a terminal does with a line", () => {
  it("keeps marks under tabs, wide characters and combining marks", () => {
    const text = "\tx 矩阵 e\u0301 👩‍🔬 $w$";
    const said = printed(text, refuted(placeOf(text, "$w$"), "wrong"));
    assert.equal(said.split("\n")[3], "1 |     x 矩阵 e\u0301 👩‍🔬 $w$");
    assert.equal(said.split("\n")[4], `  | ${" ".repeat(4 + 2 + 4 + 1 + 1 + 1 + 2 + 1)}^^^`);
  });

  it("shows control characters instead of sending them", () => {
    const text = "a \u001b[31m b \u202e c $w$";
    const said = printed(text, refuted(placeOf(text, "$w$"), "a message with \u001b]0;title\u0007"));
    assert.doesNotMatch(said, /[\u001b\u0007\u202e]/);
    assert.match(said, /^1 \| a \ufffd\[31m b \ufffd c \$w\$$/m);
  });

  it("cuts a long line around the mark", () => {
    const text = `${"left ".repeat(30)}WRONG${" right".repeat(30)}`;
    const said = printed(text, refuted(placeOf(text, "WRONG"), "wrong"), 60).split("\n");
    assert.equal(said[3], "1 | …eft left left left left left left left left WRONG righ…");
    assert.equal(said[4], `  | ${" ".repeat(45)}^^^^^`);
    for (const row of said) assert.ok(row.length <= 60, row);
  });

  it("stays quick and narrow on a line of a megabyte", () => {
    const text = `${"x".repeat(500_000)} $w$ ${"y".repeat(500_000)}`;
    const started = process.hrtime.bigint();
    const said = printed(text, refuted(placeOf(text, "$w$"), "wrong"), 80);
    assert.ok(process.hrtime.bigint() - started < 1_000_000_000n);
    assert.match(said, /^1 \| …x+ \$w\$ y+…$/m);
    assert.match(said, /^ {2}\| {68}\^\^\^$/m);
  });

  it("wraps messages", () => {
    const said = printed("$w$", refuted(placeOf("$w$", "$w$"), "one two three four five six seven"), 40);
    assert.equal(said.split("\n").slice(0, 2).join("\n"), "error[gradient-mismatch]: one two three\nfour five six seven");
  });

  it("survives places outside of the text", () => {
    const range = { start: { line: 5, character: 3 }, end: { line: 9, character: 1 } };
    assert.match(printed("one line", refuted(range, "wrong")), /1 \| one line\n {2}\| +\^/);
    assert.match(printed("", refuted(range, "wrong")), /\^/);
  });

  it("paints what is wrong, and nothing of it stays on", () => {
    const text = "$w$";
    const said = prettyFile(file(text, [refuted(placeOf(text, "w"), "wrong")]), { width: 80, paint: ansiPaint });
    assert.equal(said.split("\n")[0], "\u001b[1;31merror[gradient-mismatch]\u001b[0m\u001b[1m: wrong\u001b[0m");
    assert.equal(said.split("\n")[4], "\u001b[1;34m  |\u001b[0m  \u001b[1;31m^\u001b[0m");
    assert.equal(said.match(/\u001b\[[0-9;]*[1-9]m/g)?.length, said.match(/\u001b\[0m/g)?.length);
  });
});

describe("pretty: corrections", () => {
  const text = "first\nsecond\nthird\n";

  it("shows only the lines that change", () => {
    const edits = [
      { range: placeOf(text, "first"), newText: "1st" },
      { range: placeOf(text, "third"), newText: "3rd" },
    ];
    const said = printed(text, refuted(placeOf(text, "second"), "wrong", { fix: { title: "Count", edits, safe: true } }));
    assert.equal(said.slice(said.indexOf("help")), lines("help: Count", "  |", "1 - first", "1 + 1st", "3 - third", "3 + 3rd", ""));
  });

  it("shows all of both where lines are added or go", () => {
    const edits = [{ range: placeOf(text, "second\n"), newText: "" }];
    const said = printed(text, refuted(placeOf(text, "second"), "wrong", { fix: { title: "Drop it", edits, safe: true } }));
    assert.equal(said.slice(said.indexOf("help")), lines("help: Drop it", "  |", "2 - second", "3 - third", "2 + third", ""));
  });
});

describe("pretty: the last line", () => {
  const screen = { width: 80, paint: plainPaint };
  const at = placeOf("w", "w");

  it("counts the verdicts that were given", () => {
    const checked = file("w", [refuted(at, "wrong"), statement(at), statement(at), statement(at, { verdict: "unchecked", reason: "ambiguous" }), statement(at, { verdict: "convention" })]);
    assert.equal(
      prettySummary({ files: [checked, { ...checked, report: report([]) }], failures: [] }, screen),
      "checked 2 files: 1 wrong, 2 verified, 1 convention, 1 unchecked; 5 of 5 formulas read\nwhat a code means: gradcheck explain gradient-mismatch\n",
    );
  });

  it("says so where nothing is wrong, and where a file is missing", () => {
    const checked = file("w", [statement(at)], { formulas: { total: 3, read: 1 } });
    assert.equal(prettySummary({ files: [checked], failures: [{ path: "b.md", message: "?" }] }, screen), "checked 1 file: nothing wrong, 1 verified; 1 of 3 formulas read; 1 file could not be checked\n");
    assert.equal(prettySummary({ files: [], failures: [{ path: "b.md", message: "?" }] }, screen), "nothing was checked; 1 file could not be checked\n");
  });

  it("lists the rest where asked", () => {
    const checked = file("w", [statement(at, { latex: "a\n  = b" }), statement(at, { verdict: "unchecked", reason: "unknown-shape" }), refuted(at, "wrong")]);
    assert.equal(prettyRest(checked, screen), "verified   notes.md:1:1: a = b\nunchecked  notes.md:1:1: a = b, a shape is nowhere given\n");
  });
});
