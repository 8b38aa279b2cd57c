/** Reads files for the server, through the editor: it may run where there is no disk. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import * as protocol from "../protocol/requests";

/** Past this a file is no note. */
const largest = 4_000_000;

export function answerFiles(client: BaseLanguageClient): void {
  client.onRequest(protocol.readFile, ({ uri }: protocol.ReadFileParams): Promise<protocol.ReadFileResult> => textOf(vscode.Uri.parse(uri)).catch(() => null));
  client.onRequest(protocol.listFolder, async ({ uri }: protocol.ListFolderParams): Promise<protocol.ListFolderResult> => {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
    return entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
  });
}

/** Null for a file that is too large; UTF-8, or else the Western encoding of old LaTeX files. */
export async function textOf(uri: vscode.Uri): Promise<string | null> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (bytes.byteLength > largest) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
