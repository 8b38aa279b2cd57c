import assert from "node:assert/strict";
import * as vscode from "vscode";
import { actionsAt, apply, find, open, problemsOf, restore } from "./editor";

const wrong = "Z \\frac{\\partial L}{\\partial A}";

describe("quick fixes", () => {
  afterEach(restore);

  it("apply the correction, and the mark goes", async () => {
    const editor = await open("linear-layer.md");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark);
    const actions = await actionsAt(editor, mark.range, vscode.CodeActionKind.QuickFix);
    const fix = actions.find(({ isPreferred }) => isPreferred);
    assert.ok(fix, actions.map(({ title }) => title).join("; "));
    await apply(fix);
    assert.ok(find(editor, "Z^\\top \\frac{\\partial L}{\\partial A}"));
    await problemsOf(editor.document.uri, 0);
  });

  it("correct everything that is safe at once", async () => {
    const editor = await open("linear-layer.md");
    await problemsOf(editor.document.uri, 1);
    const [fixAll] = await actionsAt(editor, new vscode.Range(0, 0, 0, 0), vscode.CodeActionKind.SourceFixAll.append("gradcheck"));
    assert.ok(fixAll);
    await apply(fixAll);
    await problemsOf(editor.document.uri, 0);
  });

  it("ignore with a reason", async () => {
    const editor = await open("linear-layer.md");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark);
    const actions = await actionsAt(editor, mark.range, vscode.CodeActionKind.QuickFix);
    const ignore = actions.find(({ command }) => command?.command === "gradcheck.ignore");
    assert.ok(ignore?.command);
    await vscode.commands.executeCommand(ignore.command.command, ...(ignore.command.arguments ?? []), "a known slip of the lecture");
    assert.equal(editor.document.lineAt(find(editor, wrong).start.line - 2).text, "<!-- gradcheck: ignore-next a known slip of the lecture -->");
    await problemsOf(editor.document.uri, 0);
  });
});
