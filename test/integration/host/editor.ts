/** What a user does in the editor, for the tests: open a note, wait for its marks, ask for a hover or a fix. */
import * as vscode from "vscode";

/** A check runs 300 ms after an edit; the rest is for a slow machine. */
const patience = 25_000;

export function noteUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(noteUri(name)), { preview: false });
}

/** Our marks on a document. */
export function marks(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "gradcheck");
}

/** Those that are listed as problems. */
export function problems(uri: vscode.Uri): vscode.Diagnostic[] {
  return marks(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error || severity === vscode.DiagnosticSeverity.Warning);
}

export async function until<T>(what: string, look: () => T | PromiseLike<T>, isThere: (found: T) => boolean): Promise<T> {
  const started = Date.now();
  for (;;) {
    const found = await look();
    if (isThere(found)) return found;
    if (Date.now() - started > patience) throw new Error(`waited in vain for ${what}; last seen: ${JSON.stringify(found)}`);
    await pause(100);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

export function problemsOf(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} problems in ${uri.path}`, () => problems(uri), (found) => found.length === count);
}

/** The place of a text in a document, the `nth` from 0. */
export function find({ document }: vscode.TextEditor, text: string, nth = 0): vscode.Range {
  let at = -1;
  for (let count = 0; count <= nth; count++) at = document.getText().indexOf(text, at + 1);
  if (at < 0) throw new Error(`${text} is not in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

export async function hoverText(editor: vscode.TextEditor, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", editor.document.uri, position);
  return hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === "string" ? content : content.value)).join("\n");
}

export function actionsAt(editor: vscode.TextEditor, range: vscode.Range, kind?: vscode.CodeActionKind): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", editor.document.uri, range, kind?.value);
}

export async function apply({ edit }: vscode.CodeAction): Promise<void> {
  if (!edit || !(await vscode.workspace.applyEdit(edit))) throw new Error("the action could not be applied");
}

export async function replace(editor: vscode.TextEditor, range: vscode.Range, text: string): Promise<void> {
  if (!(await editor.edit((edit) => edit.replace(range, text)))) throw new Error("the edit could not be applied");
}

/** Every note as it was, no editor open, every setting at its default. */
export async function restore(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await vscode.commands.executeCommand("notifications.clearAll");
}

/** Changes a setting and gives it the time to reach the server. */
export async function configure(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("gradcheck").update(name, value, vscode.ConfigurationTarget.Global);
  await pause(1000);
}
