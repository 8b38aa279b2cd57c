import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { createConnection, createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { PublishDiagnosticsParams } from "vscode-languageserver/node";
import { startServer } from "../../../src/server/server";

/** A server in this process, and an editor that sends it notifications and waits for marks. */
function start() {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, { version: "0", pages: null });
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const marks = new Map<string, string[]>();
  let heard = (): void => {};
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    marks.set(uri, diagnostics.map(({ range, code }) => `${range.start.line}:${range.start.character} ${code}`));
    heard();
  });
  client.listen();
  const until = (test: (shown: ReadonlyMap<string, string[]>) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error(`not shown in time: ${JSON.stringify([...marks])}`)), 20_000);
      heard = () => {
        if (!test(marks)) return;
        clearTimeout(timeout);
        resolve();
      };
      heard();
    });
  return { client, marks, until };
}

const cell = (name: string, languageId: string, text: string) => ({ uri: `vscode-notebook-cell:/a.ipynb#${name}`, languageId, version: 1, text });

describe("notebooks in an editor", () => {
  const { client, marks, until } = start();
  const cells = [
    cell("a", "markdown", "Let $W \\in \\mathbb{R}^{m\\times n}$ and $x \\in \\mathbb{R}^n$, $y = Wx$, $L$ a scalar loss."),
    cell("b", "python", "print('no notes')"),
    cell("c", "markdown", "So\n$\\frac{\\partial L}{\\partial x} = W \\frac{\\partial L}{\\partial y}$"),
  ];
  const [a, , c] = cells.map(({ uri }) => uri) as [string, string, string];
  after(() => client.dispose());

  it("have marks in the cells' own lines, by what other cells declare", async () => {
    await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
    await client.sendNotification("initialized", {});
    const notebookDocument = { uri: "file:///a.ipynb", notebookType: "jupyter-notebook", version: 1, cells: cells.map(({ uri, languageId }) => ({ kind: languageId === "markdown" ? 1 : 2, document: uri })) };
    await client.sendNotification("notebookDocument/didOpen", { notebookDocument, cellTextDocuments: cells });
    await until((shown) => shown.has(a) && shown.has(c));
    assert.deepEqual([marks.get(a), marks.get(c)], [[], ["1:33 shape-mismatch"]]);
    assert.equal(marks.has(cells[1]?.uri ?? ""), false);
  });

  it("are judged again when another cell changes", async () => {
    const text = "Let $W \\in \\mathbb{R}^{n\\times m}$ and $x \\in \\mathbb{R}^n$, $y = W^\\top x$, $L$ a scalar loss.";
    const change = { cells: { textContent: [{ document: { uri: a, version: 2 }, changes: [{ text }] }] } };
    await client.sendNotification("notebookDocument/didChange", { notebookDocument: { uri: "file:///a.ipynb", version: 2 }, change });
    await until((shown) => shown.get(c)?.length === 0);
  });
});
