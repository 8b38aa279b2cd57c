import assert from "node:assert/strict";
import { codesAt } from "../../../src/server/codes";
import { panelOf } from "../../../src/server/panel";
import { wordsFrom } from "../../../src/server/words";
import { documentOf, openStatement, reportOf, note, wrongStatement } from "./report";

const inCode = { numpy: "Z.T @ dL_dA", pytorch: "Z.T @ dL_dA", jax: "Z.T @ dL_dA" };
const document = documentOf(note);
const statement = wrongStatement(document, { inCode });

describe("gradients as code", () => {
  const at = { line: 9, character: 0 };
  const open = openStatement(document, { start: at, end: at }, { inCode: { ...inCode, numpy: "2 * x" } });
  const report = { ...reportOf(document, [statement, open]), formulaRanges: [statement.relation] };

  it("are those around the place", () => assert.deepEqual(codesAt(report, statement.relation.start).map(({ numpy }) => numpy), ["Z.T @ dL_dA"]));
  it("are all where there is none", () => assert.deepEqual(codesAt(report, { line: 20, character: 0 }).map(({ numpy }) => numpy), ["Z.T @ dL_dA", "2 * x"]));
  it("leave out what has no code", () => assert.deepEqual(codesAt({ ...report, statements: [wrongStatement(document)] }, { line: 20, character: 0 }), []));
  it("are in the panel", () => assert.deepEqual(panelOf({ document, report }, wordsFrom({})).items[0]?.inCode, inCode));
});
