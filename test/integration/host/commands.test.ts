import assert from "node:assert/strict";
import * as vscode from "vscode";
import { find, marks, noteUri, open, problems, problemsOf, restore, until } from "./editor";

interface Counts {
  readonly verified: number;
  readonly refuted: number;
}

describe("commands", () => {
  afterEach(restore);

  it("Verify Document tells the counts", async () => {
    await open("quadratic-form.md");
    const counts = await vscode.commands.executeCommand<Counts>("gradcheck.verifyDocument");
    assert.equal(counts.refuted, 1);
    assert.equal(counts.verified, 2);
  });

  it("Verify Workspace checks every note, open or not", async () => {
    const summary = await vscode.commands.executeCommand<{ files: number; counts: Counts; unreadable: number; cancelled: boolean }>("gradcheck.verifyWorkspace");
    assert.deepEqual([summary.files, summary.unreadable, summary.cancelled], [11, 0, false]);
    assert.equal(summary.counts.refuted, 5);
    for (const name of ["linear-layer.md", "quadratic-form.md", "regression.tex", "project/parts/backward.tex", "cells.ipynb"]) await problemsOf(noteUri(name), 1);
    assert.deepEqual(marks(noteUri("prose.md")), []);
  });

  it("Insert Computed Gradient completes what is left open", async () => {
    const editor = await open("open.md");
    const place = find(editor, "\\frac{\\partial L}{\\partial X} =").end;
    editor.selection = new vscode.Selection(place, place);
    const inserted = await until("the insertion", () => vscode.commands.executeCommand<boolean>("gradcheck.insertGradient"), (done) => done);
    assert.ok(inserted);
    assert.match(editor.document.lineAt(place.line).text, /= \\frac\{\\partial L\}\{\\partial Y\}\s*V\^\{?\\top\}?\s*$/);
    assert.deepEqual(problems(editor.document.uri), []);
  });

  it("Insert Computed Gradient replaces a wrong right side", async () => {
    const editor = await open("linear-layer.md");
    await problemsOf(editor.document.uri, 1);
    const place = find(editor, "= Z \\frac").start;
    editor.selection = new vscode.Selection(place, place);
    assert.equal(await vscode.commands.executeCommand<boolean>("gradcheck.insertGradient"), true);
    assert.match(editor.document.lineAt(place.line).text, /= Z\^\{?\\top\}?\s*\\frac\{\\partial L\}\{\\partial A\}\s*$/);
    await problemsOf(editor.document.uri, 0);
  });
});
