/** Nothing that can be written makes the reader fail or slow. */
import assert from "node:assert/strict";
import { random } from "../../../src/base/random";
import { parseMath } from "../../../src/latex";
import { readFormula } from "../../../src/semantics/expression";
import { type ProseToken, readProse } from "../../../src/semantics/prose";
import { read } from "./reading";

const pieces = ["where", "is", "are", "not", "symmetric", "the", "a", "matrix", "of", "and", ",", ".", ":", ";", "(", ")", "$A$", "$x_i$", "$n$", "$n\\times n$", "$x\\in\\mathbb{R}^n$", "$i=1,\\dots,n$", "$y=\\tanh(x)$", "rows", "row $k$ of", "with", "—", "if", "then", "for", "by", "depends on", "respectively", "$$A=BC$$", "对称", "矩阵", "は", "行列", "`X`", "(N, D)", "***", "[", "](", "\\emph{", "<b>"];

describe("prose of any kind", () => {
  it("is read without failing, and only about formulas that are there", () => {
    const numbers = random(7);
    for (let round = 0; round < 400; round++) {
      const text = Array.from({ length: 30 }, () => pieces[numbers.integer(0, pieces.length - 1)]).join(" ");
      for (const { declarations, formulas } of read(text)) {
        for (const { subject, span, facts } of declarations) assert.ok(subject.kind === "symbol" && span.start <= span.end && facts.length > 0, text);
        const ids = formulas.map(({ formula }) => formula);
        assert.equal(new Set(ids).size, ids.length, text);
      }
    }
  });

  it("takes time in proportion to its length", function () {
    this.timeout(60_000);
    const tokens = (count: number): ProseToken[] => {
      const formula = readFormula(parseMath("A")).assertions;
      return Array.from({ length: count }, (_, i): ProseToken => (i % 2 ? { kind: "math", assertions: formula, display: false, formula: i, start: i, end: i } : { kind: "text", text: "is a symmetric and positive definite matrix, the (rows ( of, the [vector with] and", start: i, end: i }));
    };
    const time = (count: number): number => {
      const input = tokens(count);
      return Math.min(
        ...[1, 2, 3].map(() => {
          const start = process.hrtime.bigint();
          readProse(input);
          return Number(process.hrtime.bigint() - start) / 1e6;
        }),
      );
    };
    time(500);
    const [short, long] = [time(500), time(4000)];
    // Eight times the text: squared would be 64 times the time.
    assert.ok(long < 30 * Math.max(short, 1), `${short} ms, ${long} ms`);
  });

  it("says nothing where there are no words", () => {
    assert.deepEqual(readProse([]), { declarations: [], document: [], formulas: [], meetings: [], cases: [], introduces: null, derivatives: [], stationary: [], unread: [] });
  });
});
