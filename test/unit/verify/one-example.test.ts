/** A derivative that words state of one example is not held against the loss of all of them, in any language. */
import assert from "node:assert/strict";
import { analyze } from "../../../src/analysis/analyze";

const loss = "$x_i \\in \\mathbb{R}^d$, $J = \\frac{1}{m} \\sum_{i=1}^m (w^\\top x_i - y_i)^2$.";
const claim = "$\\frac{\\partial J}{\\partial w} = 2(w^\\top x_i - y_i) x_i$.";
const words: Readonly<Record<string, string>> = {
  English: "For a single rating,",
  German: "Für ein einzelnes Beispiel ist",
  Spanish: "Para una sola muestra,",
  Portuguese: "Para uma única amostra,",
  French: "Pour un seul exemple,",
  Russian: "Для одного объекта",
  Chinese: "对于单个样本,",
  Japanese: "単一のサンプルについて",
  Korean: "하나의 샘플에 대해",
  Vietnamese: "Với một mẫu duy nhất,",
};

describe("what is said of one example", () => {
  const verdictOf = (said: string): string | undefined => analyze(`${loss} ${said} ${claim}\n`, { layout: "auto", filename: "a.md" }).statements.find(({ kind }) => kind === "gradient")?.verdict;
  for (const [language, said] of Object.entries(words)) it(`in ${language}`, () => assert.equal(verdictOf(said), "unchecked"));
  it("but not what is said of all", () => assert.equal(verdictOf("For all of them,"), "refuted"));
});
