/** A correction that is offered makes what it corrects right, wherever in the text it stands. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyze } from "../../../src/analysis/analyze";
import type { Statement } from "../../../src/base/statement";

const folder = "test/notes";

function after(text: string, name: string, { fix, relation }: Statement): string {
  const edited = TextDocument.applyEdits(TextDocument.create(name, "markdown", 0, text), [...fix!.edits]);
  const { start } = relation;
  const found = analyze(edited, { layout: "auto", filename: name }).statements.filter((one) => one.relation.start.line === start.line && one.relation.start.character === start.character);
  return found.map(({ verdict }) => verdict).join() || "nothing";
}

/** What is no pattern any more is not said again, and a definition whose shapes fit is one. */
const isRight = (verdict: string, { code }: Statement): boolean => verdict.includes("verified") || verdict.includes("convention") || (verdict === "nothing" && code === "index-pattern") || (verdict === "definition" && code === "shape-mismatch");

describe("corrections", () => {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) => /\.(md|tex)$/.test(one)).sort()) {
    const text = readFileSync(join(folder, name), "utf8");
    it(name, () => {
      const wrong = analyze(text, { layout: "auto", filename: name }).statements.filter(({ verdict, fix }) => verdict === "refuted" && fix?.safe);
      const left = wrong.filter((statement) => !isRight(after(text, name, statement), statement));
      assert.deepEqual(left.map(({ latex }) => latex), []);
    });
  }
});
