import assert from "node:assert/strict";
import { find, open, problemsOf, replace, restore, until } from "./editor";
import { serverProcesses } from "./processes";

declare const WEB: boolean;

if (!WEB) {
  describe("a server that is killed", () => {
    afterEach(restore);

    it("is started again by itself and goes on checking", async () => {
      const editor = await open("linear-layer.md");
      await problemsOf(editor.document.uri, 1);
      const [killed] = serverProcesses();
      assert.ok(killed);
      process.kill(killed, "SIGKILL");
      const [other] = await until("another server", serverProcesses, (found) => found.length === 1 && found[0] !== killed);
      assert.notEqual(other, killed);
      await replace(editor, find(editor, "Z \\frac{\\partial L}{\\partial A}"), "Z^\\top \\frac{\\partial L}{\\partial A}");
      await problemsOf(editor.document.uri, 0);
    });
  });
}
