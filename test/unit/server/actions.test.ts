import assert from "node:assert/strict";
import type { CodeAction, CodeActionParams } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { actionsFor, ignoreComment } from "../../../src/server/actions";
import type { CheckedDocument } from "../../../src/server/checked-document";
import { insertionsAt } from "../../../src/server/insertions";
import { wordsFrom } from "../../../src/server/words";
import { checkedNote, documentOf, note, openStatement, rangeOf, reportOf, wrongStatement } from "./report";

const context = { t: wordsFrom({}), askReason: null };
const right = "Z^\\top \\frac{\\partial L}{\\partial A}";

function actions(checked: CheckedDocument, only?: string[], askReason: string | null = null): CodeAction[] {
  const { document, report } = checked;
  const range = report.statements[0]?.range ?? rangeOf(document, "A = ZW");
  const params: CodeActionParams = { textDocument: { uri: document.uri }, range, context: { diagnostics: [], ...(only ? { only } : {}) } };
  return actionsFor(checked, params, { ...context, askReason });
}

function applied({ document }: CheckedDocument, action: CodeAction | undefined): string {
  const edits = action?.edit?.changes?.[document.uri];
  assert.ok(edits);
  return TextDocument.applyEdits(document, edits);
}

describe("quick fixes", () => {
  it("apply the correction, preferred where it is safe", () => {
    const checked = checkedNote();
    const [fix] = actions(checked);
    assert.equal(fix?.title, "Transpose");
    assert.equal(fix?.isPreferred, true);
    assert.ok(applied(checked, fix).includes(`= ${right}\n`));
    const { fix: own } = wrongStatement(documentOf(note));
    assert.ok(own);
    assert.equal(actions(checkedNote({ fix: { ...own, safe: false } }))[0]?.isPreferred, undefined);
  });

  it("replace the right side by the computed gradient where no small correction does that", () => {
    const checked = checkedNote({ fix: null });
    const replace = actions(checked).find(({ title }) => title === "Replace by the computed gradient");
    assert.ok(applied(checked, replace).includes(`= ${right}\n`));
    assert.ok(!actions(checkedNote()).some(({ title }) => title === "Replace by the computed gradient"));
  });

  it("ignore with a comment before the formula", () => {
    const checked = checkedNote();
    const ignore = actions(checked).find(({ title }) => title === "Ignore, with a reason");
    assert.ok(applied(checked, ignore).includes("\n<!-- gradcheck: ignore-next give the reason here -->\n$$\n"));
    const asked = actions(checked, undefined, "gradcheck.ignore").find(({ title }) => title === "Ignore, with a reason");
    assert.equal(asked?.command?.command, "gradcheck.ignore");
  });

  it("correct all that is safe, only where asked", () => {
    const checked = checkedNote();
    const [all] = actions(checked, ["source.fixAll.gradcheck"]);
    assert.ok(applied(checked, all).includes(`= ${right}\n`));
    assert.deepEqual(actions(checked, ["refactor"]), []);
    assert.ok(!actions(checked).some(({ kind }) => kind?.startsWith("source")));
  });
});

describe("the comment that ignores", () => {
  const commentIn = (text: string, formula: string, languageId = "markdown"): string => {
    const document = TextDocument.create("file:///n", languageId, 1, text);
    const base = documentOf(note);
    const report = { ...reportOf(base, []), formulaRanges: [rangeOf(document, formula)] };
    const comment = ignoreComment(wrongStatement(base, { formula: 0 }), { document, report });
    assert.ok(comment);
    return TextDocument.applyEdits(document, [{ range: { start: comment.position, end: comment.position }, newText: `${comment.before}why${comment.after}` }]);
  };

  it("stands in the line of an inline formula", () => assert.equal(commentIn("so $x$.", "$x$"), "so <!-- gradcheck: ignore-next why --> $x$."));
  it("keeps the mark of a quotation", () => assert.equal(commentIn("> $$x$$", "$$x$$"), "> <!-- gradcheck: ignore-next why -->\n> $$x$$"));
  it("adds no space in LaTeX", () => assert.equal(commentIn("so ($x$).", "$x$", "latex"), "so (%\n% gradcheck: ignore-next why\n$x$)."));
  it("has a line of its own in LaTeX", () => assert.equal(commentIn("  \\[x\\]", "\\[x\\]", "latex"), "  % gradcheck: ignore-next why\n  \\[x\\]"));
});

describe("insertions", () => {
  it("are those of the formula at the place, else all", () => {
    const checked = checkedNote();
    const open = openStatement(checked.document, rangeOf(checked.document, "."));
    const more: CheckedDocument = { ...checked, report: { ...checked.report, statements: [...checked.report.statements, open] } };
    assert.deepEqual(insertionsAt(more, rangeOf(checked.document, "= Z \\frac").start).map(({ computed }) => computed), [right]);
    assert.equal(insertionsAt(more, { line: 1, character: 0 }).length, 2);
  });

  it("put a space before what they add", () => {
    const document = documentOf("$y =$");
    const at = document.positionAt(4);
    const report = { ...reportOf(documentOf(note), [openStatement(documentOf(note), { start: at, end: at })]), formulaRanges: [rangeOf(document, "$y =$")] };
    assert.equal(insertionsAt({ document, report }, at)[0]?.edit.newText, " 2x");
  });
});
