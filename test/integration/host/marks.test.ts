import assert from "node:assert/strict";
import * as vscode from "vscode";
import { configure, find, open, pause, problems, problemsOf, replace, restore } from "./editor";

describe("marks", () => {
  afterEach(restore);

  it("stand exactly under what is wrong", async () => {
    const editor = await open("linear-layer.md");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark);
    const side = find(editor, "Z \\frac{\\partial L}{\\partial A}");
    assert.deepEqual(mark.range, new vscode.Range(side.start, side.start.translate(0, 1)), "the factor that must be transposed");
    assert.equal(mark.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(mark.source, "gradcheck");
    const { code } = mark;
    assert.ok(typeof code === "object");
    assert.match(String(code.value), /^(?:gradient|shape)-mismatch$/);
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.ok(page.getText().includes(String(code.value)), "the code's page tells of it");
    assert.ok(mark.message.length < 200 && !mark.message.includes("\n"), mark.message);
  });

  it("leave what is right alone", async () => {
    const editor = await open("quadratic-form.md");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark?.range.start.line === find(editor, "3 x").start.line, JSON.stringify(mark));
  });

  it("are made in LaTeX files", async () => {
    const editor = await open("regression.tex");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark && find(editor, "2 (X w - y)").contains(mark.range), JSON.stringify(mark));
  });

  it("follow what is typed", async () => {
    const editor = await open("linear-layer.md");
    await problemsOf(editor.document.uri, 1);
    await replace(editor, find(editor, "Z \\frac{\\partial L}{\\partial A}"), "Z^\\top \\frac{\\partial L}{\\partial A}");
    await problemsOf(editor.document.uri, 0);
  });

  it("of a formula that is being typed wait until typing rests", async () => {
    const editor = await open("linear-layer.md");
    await problemsOf(editor.document.uri, 1);
    await replace(editor, find(editor, " W^\\top"), " W");
    await pause(700);
    assert.equal(problems(editor.document.uri).length, 1, "the old mark, and not yet the new one");
    await problemsOf(editor.document.uri, 2);
  });

  it("wait for the command where the user wants it so", async () => {
    await configure("run", "manual");
    try {
      const editor = await open("linear-layer.md");
      await vscode.commands.executeCommand("gradcheck.verifyDocument");
      await problemsOf(editor.document.uri, 1);
      await replace(editor, find(editor, " W^\\top"), " W");
      await pause(2500);
      assert.equal(problems(editor.document.uri).length, 1, "the old mark alone");
      await vscode.commands.executeCommand("gradcheck.verifyDocument");
      await problemsOf(editor.document.uri, 2);
    } finally {
      await configure("run", undefined);
    }
  });

  it("have the severity that the user gives them", async () => {
    await configure("severity.refuted", "warning");
    try {
      const editor = await open("linear-layer.md");
      const [mark] = await problemsOf(editor.document.uri, 1);
      assert.equal(mark?.severity, vscode.DiagnosticSeverity.Warning);
    } finally {
      await configure("severity.refuted", undefined);
    }
  });
});
