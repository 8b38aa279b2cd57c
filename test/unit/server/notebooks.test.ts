import assert from "node:assert/strict";
import { start } from "./editor";

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
