import assert from "node:assert/strict";
import { start } from "./editor";

const folder = "file:///notes/";
const files = new Map<string, string>();
const { client, marks, until } = start({
  read: (uri) => Promise.resolve(files.get(uri) ?? null),
  list: (uri) => Promise.resolve([...files.keys()].filter((file) => file.startsWith(uri) && !file.slice(uri.length).includes("/")).map((file) => file.slice(uri.length))),
});

const main = `\\documentclass{article}
\\input{macros}
\\begin{document}
Let $W \\in \\mathbb{R}^{m\\times n}$, $x \\in \\mathbb{R}^n$, $y = Wx$, and $L$ a scalar loss.
\\include{parts/layer}
\\end{document}
`;
const macros = "\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}\n";
const layer = "So\n\\[ \\pd{L}{x} = W \\frac{\\partial L}{\\partial y} \\]\n";

async function open(name: string, text: string, languageId = "latex"): Promise<string> {
  const uri = folder + name;
  await client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  return uri;
}

async function edit(uri: string, version: number, text: string): Promise<void> {
  await client.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, text }] });
}

describe("a document of several files in an editor", () => {
  const wrong = (uri: string) => (shown: ReadonlyMap<string, string[]>): boolean => shown.get(uri)?.length === 1;
  const right = (uri: string) => (shown: ReadonlyMap<string, string[]>): boolean => shown.get(uri)?.length === 0;

  before(async () => {
    files.set(`${folder}main.tex`, main).set(`${folder}macros.tex`, macros).set(`${folder}parts/layer.tex`, layer);
    await client.sendRequest("initialize", { processId: null, rootUri: "file:///notes", capabilities: {} });
    await client.sendNotification("initialized", {});
  });
  after(() => client.dispose());

  it("is read from each of its parts, which are marked in their own lines", async () => {
    const part = await open("parts/layer.tex", layer);
    await until(wrong(part));
    assert.match(marks.get(part)?.[0] ?? "", /^1:\d+ shape-mismatch$/);
  });

  it("is judged again when another of its files is edited", async () => {
    const part = `${folder}parts/layer.tex`;
    const root = await open("main.tex", main);
    await until(right(root));
    await edit(root, 2, main.replace("y = Wx", "y = W^\\top x").replace("m\\times n", "n\\times m"));
    await until(right(part));
  });

  it("is judged again when one of its files changes on the disk", async () => {
    const part = `${folder}parts/layer.tex`;
    files.set(`${folder}macros.tex`, "\\newcommand{\\pd}[2]{2 \\frac{\\partial #1}{\\partial #2}}\n");
    await client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: `${folder}macros.tex`, type: 2 }] });
    await until(wrong(part));
  });

  it("is named by a comment, wherever it is", async () => {
    files.set("file:///elsewhere/book.tex", "\\documentclass{book}\\begin{document}\\newcommand{\\g}[1]{\\frac{\\partial\\, #1}{\\partial x}}Let $a, x \\in \\mathbb{R}^n$.\n\\input{../notes/extra}\\end{document}");
    const part = await open("extra.tex", "% !TeX root = ../elsewhere/book.tex\n$\\g{a^\\top x} = 2 a$\n");
    await until(wrong(part));
  });
});
