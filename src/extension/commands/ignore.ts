/** The quick fix "Ignore, with a reason": asks for the reason and writes the comment. */
import * as vscode from "vscode";
import type { IgnoreArguments } from "../../protocol/requests";
import { positionFrom } from "../edits";

export async function ignore({ uri, position, before, after }: IgnoreArguments, given?: string): Promise<boolean> {
  const reason = given ?? (await vscode.window.showInputBox({ prompt: vscode.l10n.t("Why is it to be ignored? The reason stays in the document as a comment."), validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("A reason is needed.") : null) }));
  if (reason === undefined || reason.trim() === "") return false;
  const edit = new vscode.WorkspaceEdit();
  // What would end the comment early is taken out.
  edit.insert(vscode.Uri.parse(uri), positionFrom(position), `${before}${reason.trim().replace(/-->|[\r\n]+/g, " ")}${after}`);
  return vscode.workspace.applyEdit(edit);
}
