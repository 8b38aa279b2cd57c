/** "Gradcheck: Insert Computed Gradient": writes the gradient that the notes leave open at the cursor, or that should stand in place of a wrong one. */
import * as vscode from "vscode";
import * as protocol from "../../protocol/requests";
import type { Connection } from "../client";
import { applyEdits } from "../edits";
import { isNotesEditor } from "../languages";

export async function insertGradient(connection: Connection): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (!isNotesEditor(editor)) return false;
  const { line, character } = editor.selection.active;
  const params: protocol.InsertionsParams = { uri: editor.document.uri.toString(), position: { line, character } };
  const found = await connection.request<protocol.InsertionsResult>(protocol.insertions, params);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Gradcheck: no gradient here is left open or wrong. Write the derivative and an equals sign, then try again."));
    return false;
  }
  const chosen = found.length === 1 ? found[0] : await choose(found);
  return chosen !== undefined && applyEdits(editor.document.uri, chosen.version, [chosen.edit]);
}

async function choose(found: protocol.InsertionsResult): Promise<protocol.Insertion | undefined> {
  const items = found.map((insertion) => ({ label: insertion.latex, description: vscode.l10n.t("line {0}", insertion.range.start.line + 1), detail: insertion.computed, insertion }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which gradient is to be written?"), matchOnDetail: true });
  return picked?.insertion;
}
