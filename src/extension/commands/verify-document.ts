/** "Gradcheck: Verify Document": checks the active note now and says how it stands. */
import * as vscode from "vscode";
import * as protocol from "../../protocol/requests";
import type { Connection } from "../client";
import { isNotesEditor } from "../languages";
import { countsSentence } from "../status";

export async function verifyDocument(connection: Connection): Promise<protocol.VerifyResult> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(isNotesEditor);
  if (!isNotesEditor(editor)) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Gradcheck reads Markdown and LaTeX: open a note first."));
    return null;
  }
  const uri = editor.document.uri.toString();
  const counts = await connection.request<protocol.VerifyResult>(protocol.verify, { uri } satisfies protocol.VerifyParams);
  vscode.window.setStatusBarMessage(counts ? `Gradcheck: ${countsSentence(counts)}` : vscode.l10n.t("Gradcheck could not check this document."), 5000);
  return counts;
}
