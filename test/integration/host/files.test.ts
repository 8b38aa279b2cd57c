import assert from "node:assert/strict";
import * as vscode from "vscode";
import { configure, find, hoverText, noteUri, open, pause, problems, problemsOf, replace, restore, until } from "./editor";

/** Settings of the workspace, which may be those of an extension that is not there. */
async function writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
  await vscode.workspace.fs.writeFile(noteUri(".vscode/settings.json"), new TextEncoder().encode(JSON.stringify(settings)));
}

describe("files beside the document", () => {
  afterEach(restore);

  describe("with macros", () => {
    afterEach(async () => {
      await configure("macroFiles", undefined);
      await vscode.workspace.fs.delete(noteUri(".vscode"), { recursive: true }).then(undefined, () => undefined);
    });

    it("are read where the setting names them", async () => {
      const editor = await open("shared-macros.md");
      await pause(1500);
      assert.deepEqual(problems(editor.document.uri), []);
      await configure("macroFiles", ["macros.tex"]);
      const [mark] = await problemsOf(editor.document.uri, 1);
      assert.deepEqual(mark?.range, find(editor, "A x", 1));
    });

    it("are read where LaTeX Workshop's setting names them", async () => {
      await writeSettings({ "latex-workshop.hover.preview.newcommand.newcommandFile": "macros.tex" });
      const editor = await open("shared-macros.md");
      // Nothing tells of a setting that no extension has; it is read with the next one.
      await configure("macroFiles", ["no-such-file.tex"]);
      await problemsOf(editor.document.uri, 1);
    });

    it("are drawn with in the hover", async () => {
      await configure("macroFiles", ["macros.tex"]);
      const editor = await open("shared-macros.md");
      await problemsOf(editor.document.uri, 1);
      const text = await until("a hover", () => hoverText(editor, find(editor, "= A x").start), (found) => found !== "");
      assert.match(text, /!\[[^\n]*\]\(data:image\/svg/);
      assert.ok(!text.includes("```"), text.slice(0, 500));
    });
  });

  describe("that a document in LaTeX consists of", () => {
    it("are understood from the document that reads them", async () => {
      const editor = await open("project/parts/backward.tex");
      const [mark] = await problemsOf(editor.document.uri, 1);
      const { start } = find(editor, "W \\pd{y}");
      assert.deepEqual(mark?.range, new vscode.Range(start, start.translate(0, 1)));
    });

    it("are judged again when another of them is edited", async () => {
      const part = await open("project/parts/backward.tex");
      await problemsOf(part.document.uri, 1);
      const main = await open("project/main.tex");
      await replace(main, find(main, "W \\in \\R^{m\\times n}"), "W \\in \\R^{n\\times m}");
      await replace(main, find(main, "y = Wx"), "y = W^\\top x");
      await problemsOf(part.document.uri, 0);
    });

    it("are judged again when another of them is saved by someone else", async () => {
      const part = await open("project/parts/backward.tex");
      await problemsOf(part.document.uri, 1);
      const notation = noteUri("project/notation.tex");
      const before = await vscode.workspace.fs.readFile(notation);
      await vscode.workspace.fs.writeFile(notation, new TextEncoder().encode(new TextDecoder().decode(before).replace("{\\partial #2}", "{\\partial #2}^\\top")));
      await until("another message", () => problems(part.document.uri), ([found]) => found?.message.includes("1×m") ?? false);
      await vscode.workspace.fs.writeFile(notation, before);
      await problemsOf(part.document.uri, 1);
    });
  });
});
