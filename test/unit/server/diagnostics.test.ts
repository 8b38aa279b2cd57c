import assert from "node:assert/strict";
import { DiagnosticSeverity } from "vscode-languageserver";
import { defaultSettings } from "../../../src/protocol/settings";
import { diagnosticsOf } from "../../../src/server/diagnostics";
import { wordsFrom } from "../../../src/server/words";
import { checkedNote, rangeOf } from "./report";

const context = { uri: "file:///note.md", severity: defaultSettings.severity, pages: "https://example.org/codes/", t: wordsFrom({}) };
const marksOf = (change = {}, severity = {}): ReturnType<typeof diagnosticsOf> => {
  const { report } = checkedNote(change);
  return diagnosticsOf(report, report.statements, { ...context, severity: { ...context.severity, ...severity } });
};

describe("diagnostics", () => {
  it("carry code, page, severity and what they rest on", () => {
    const [mark] = marksOf();
    const { document } = checkedNote();
    assert.equal(mark?.source, "gradcheck");
    assert.equal(mark?.code, "gradient-mismatch");
    assert.equal(mark?.codeDescription?.href, "https://example.org/codes/gradient-mismatch.md");
    assert.equal(mark?.severity, DiagnosticSeverity.Error);
    assert.deepEqual(mark?.relatedInformation, [{ location: { uri: "file:///note.md", range: rangeOf(document, "A = ZW") }, message: "A is defined here" }]);
  });

  it("say nothing of what is verified without a slip", () => {
    assert.deepEqual(marksOf({ verdict: "verified", code: null, severity: null, message: null }), []);
  });

  it("keep conventions and slips of notation out of the list of problems", () => {
    assert.equal(marksOf({ verdict: "convention", code: "layout", severity: "information" })[0]?.severity, DiagnosticSeverity.Hint);
    assert.equal(marksOf({ verdict: "verified", code: "missing-partial", severity: "information" })[0]?.severity, DiagnosticSeverity.Hint);
  });

  it("have the severity of the settings", () => {
    assert.equal(marksOf({}, { refuted: "information" })[0]?.severity, DiagnosticSeverity.Information);
    assert.deepEqual(marksOf({}, { refuted: "off" }), []);
    assert.equal(marksOf({ verdict: "convention", code: "layout", severity: "information" }, { convention: "default" })[0]?.severity, DiagnosticSeverity.Information);
  });

  it("are one line of less than 200 characters", () => {
    const message = String(marksOf({ message: `one\ntwo ${"x".repeat(300)}` })[0]?.message);
    assert.ok(message.startsWith("one two x") && message.endsWith("…") && message.length === 199, String(message.length));
  });

  it("point at each wrong entry of a matrix where there are several", () => {
    const { document } = checkedNote();
    const entry = { range: rangeOf(document, "Z \\frac"), row: 1, column: 2, stated: "a", computed: "b" };
    assert.equal(marksOf({ entries: [entry, { ...entry, row: 2 }] })[0]?.relatedInformation?.[1]?.message, "row 2, column 2 should be b");
    assert.equal(marksOf({ entries: [entry] })[0]?.relatedInformation?.length, 1);
  });
});
