/** Places and edits from the server as the editor's own. */
import * as vscode from "vscode";
import type { Position, Range, TextEdit } from "../protocol/places";

export function positionFrom({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

export function rangeFrom({ start, end }: Range): vscode.Range {
  return new vscode.Range(positionFrom(start), positionFrom(end));
}

/** Applies edits made for one version of a document; not, and false, where the text has changed since. */
export async function applyEdits(uri: vscode.Uri, version: number, edits: readonly TextEdit[]): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.version !== version) return false;
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, edits.map(({ range, newText }) => vscode.TextEdit.replace(rangeFrom(range), newText)));
  return vscode.workspace.applyEdit(edit);
}
