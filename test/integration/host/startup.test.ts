import assert from "node:assert/strict";
import * as vscode from "vscode";
import { open, pause, problemsOf, restore, until } from "./editor";
import { serverProcesses } from "./processes";

declare const WEB: boolean;

describe("starting", () => {
  afterEach(restore);

  it("activates on Markdown", async () => {
    await open("prose.md");
    await until("the extension to be active", () => vscode.extensions.getExtension("gradcheck.gradcheck")?.isActive, (active) => active === true);
  });

  if (!WEB) {
    it("starts no server before a document shows mathematics", async () => {
      await open("prose.md");
      await pause(1500);
      assert.deepEqual(serverProcesses(), []);
      const editor = await open("linear-layer.md");
      await problemsOf(editor.document.uri, 1);
      assert.equal(serverProcesses().length, 1);
    });
  }
});
