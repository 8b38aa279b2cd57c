import assert from "node:assert/strict";
import { offsetAt } from "../../../src/base/span";
import { outline, read } from "./reading";

function text(markdown: string, filename?: string): string[] {
  return outline(read(markdown, filename)).map((line) => line.replace(/^body: /, ""));
}

describe("document: running text of Markdown", () => {
  for (const [markdown, expected] of [
    ["**Note**: the *matrix* $W$ is _symmetric_.", "Note: the matrix ⟦W⟧ is symmetric."],
    ["***bold $x$ italic***", "bold ⟦x⟧ italic"],
    ["2 * 3 * 4 and a_b_c and learning_rate", "2 * 3 * 4 and a_b_c and learning_rate"],
    ["a snake_case_ name", "a snake_case_ name"],
    ["*unclosed and _so", "*unclosed and _so"],
    ["see [the *page*](http://a.b/c_d(e) \"t\") or [this][ref] or [0, 1]", "see the page or this or [0, 1]"],
    ["![alt *text*](a.png) rest", "rest"],
    ["[[page|words]] and [[page]], ![[pic.png]]!", "words and page, !"],
    ["escaped \\*stars\\* and \\# and 1\\. two", "escaped *stars* and # and 1. two"],
    ["a&nbsp;b &lt; c &amp;&times; &#8594; &bogus;", "a b < c &× → &bogus;"],
    ["a<br>b <b>c</b> <i class='x'>d</i>", "a b c d"],
    ["norm <A, B> and a <b $x$", "norm <A, B> and a <b ⟦x⟧"],
    ["==marked== and a == b", "marked and a == b"],
    ["see :eqref:`eq_a` and {ref}`b` and `code`", "see  and  and ‹code›"],
    ["a {{< sc >}}b {% x %}c{:.class}", "a b c"],
    ["\\textbf{Power} and \\label{a}\\ref{b} c", "Power and  c"],
    ["line\\\nbreak", "line\nbreak"],
  ] as const) {
    it(JSON.stringify(markdown), () => assert.deepEqual(text(markdown), [expected]));
  }

  it("keeps every character's place where marks are cut", () => {
    const markdown = "**Note**: [W](x) is";
    const [block] = read(markdown).blocks;
    const source = block?.kind === "paragraph" && block.pieces[0]?.kind === "text" ? block.pieces[0].source : null;
    assert.ok(source);
    assert.equal(markdown[offsetAt(source, source.text.indexOf("W"))], "W");
    assert.equal(offsetAt(source, source.text.indexOf(" is")), markdown.indexOf(" is"));
  });

  it("leaves out what is struck, and marks its formulas", () => {
    const document = read("Keep $a$ ~~drop $b$ this~~ <del>and $c$</del> $d$\n\n~~\n$$e$$\n~~ $f$");
    assert.deepEqual(outline(document), ["body: Keep ⟦a⟧⟦b⟧⟦c⟧⟦d⟧", "body: ~~\n⟦e⟧\n~~ ⟦f⟧"]);
    assert.deepEqual(document.formulas.map(({ struck }) => struck), [false, true, true, false, false, false]);
    assert.deepEqual(read("~~$$e$$~~ $a~~b$ $c~~d$").formulas.map(({ struck }) => struck), [true, false, false]);
  });
});
