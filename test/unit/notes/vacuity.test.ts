/** What is verified says something: twice the right side is never verified as well. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../../src/analysis/analyze";
import { LineIndex } from "../../../src/base/line-index";
import type { Statement } from "../../../src/base/statement";

describe("verified claims", () => {
  for (const path of ["media/examples", "test/notes"].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".md")).map((name) => join(folder, name)))) {
    it(`of ${path} fail when they are doubled`, () => {
      const text = readFileSync(path, "utf8");
      const { statements } = check(text);
      const claims = statements.filter((statement) => statement.verdict === "verified" && statement.kind !== "label" && statement.right !== "0" && !isContinued(statement, statements));
      const doubled = check(claims.reduceRight((changed, claim) => double(changed, claim), text)).statements;
      const held = doubled.filter(({ verdict, right }) => (verdict === "verified" || verdict === "convention") && right.startsWith("2\\left("));
      assert.deepEqual(held.map(({ latex }) => latex), []);
    });
  }
});

function check(text: string): { statements: readonly Statement[] } {
  return analyze(text, { filename: "note.md", layout: "auto" });
}

/** The right side is the left side of the next link: both would be doubled. */
function isContinued({ relation, right }: Statement, all: readonly Statement[]): boolean {
  return all.some((other) => other.relation.start.line >= relation.start.line && other.left === right && other.relation.end.line >= relation.end.line && (other.relation.start.line !== relation.start.line || other.relation.start.character > relation.start.character));
}

function double(text: string, { relation, right }: Statement): string {
  const end = new LineIndex(text).offset(relation.end);
  return text.slice(end - right.length, end) === right ? `${text.slice(0, end - right.length)}2\\left(${right}\\right)${text.slice(end)}` : text;
}
