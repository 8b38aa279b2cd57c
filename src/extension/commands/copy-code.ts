/** "Gradcheck: Copy Gradient as Code": the computed gradient at the cursor as NumPy, PyTorch or JAX. */
import * as vscode from "vscode";
import * as protocol from "../../protocol/requests";
import type { Connection } from "../client";
import { isNotesEditor } from "../languages";

const libraries = [
  { label: "NumPy", key: "numpy" },
  { label: "PyTorch", key: "pytorch" },
  { label: "JAX", key: "jax" },
] as const;

export async function copyCode(connection: Connection): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (!isNotesEditor(editor)) return false;
  const { line, character } = editor.selection.active;
  const params: protocol.CodesParams = { uri: editor.document.uri.toString(), position: { line, character } };
  const found = await connection.request<protocol.CodesResult>(protocol.codes, params);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Gradcheck: no gradient here has been computed."));
    return false;
  }
  const gradient = found.length === 1 ? found[0] : await choose(found);
  if (!gradient) return false;
  const picked = await vscode.window.showQuickPick(libraries.map((kind) => ({ ...kind, detail: gradient[kind.key] })), { placeHolder: vscode.l10n.t("Copy the gradient as code of which library?") });
  if (!picked) return false;
  await vscode.env.clipboard.writeText(picked.detail);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("Gradcheck: copied as {0}.", picked.label), 4000);
  return true;
}

async function choose(found: protocol.CodesResult): Promise<protocol.GradientInCode | undefined> {
  const items = found.map((gradient) => ({ label: gradient.latex, description: vscode.l10n.t("line {0}", gradient.range.start.line + 1), detail: gradient.computed, gradient }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which gradient is to be copied?"), matchOnDetail: true });
  return picked?.gradient;
}
