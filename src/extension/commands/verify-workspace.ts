/**
 * "Gradcheck: Verify Workspace": checks every note of the workspace, one after
 * the other, with a progress that can be cancelled; the marks of all of them
 * are in the list of problems afterwards. Reads through the editor, so that it
 * works where there is no disk.
 */
import * as vscode from "vscode";
import { fileEndings, noteFiles } from "../../protocol/languages";
import * as protocol from "../../protocol/requests";
import { addCounts, noCounts } from "../../protocol/verdicts";
import type { Counts } from "../../protocol/verdicts";
import type { Connection } from "../client";
import { textOf } from "../files";
import { isNotes } from "../languages";
import { countsSentence } from "../status";

export interface WorkspaceSummary {
  readonly files: number;
  readonly counts: Counts;
  readonly unreadable: number;
  readonly cancelled: boolean;
}

const excluded = "**/{node_modules,.git,out,dist,build,.venv,.ipynb_checkpoints}/**";

export async function verifyWorkspace(connection: Connection): Promise<WorkspaceSummary> {
  const summary = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Gradcheck: verifying the workspace"), cancellable: true }, (progress, token) => verifyAll(connection, progress, token));
  void tell(summary);
  return summary;
}

async function verifyAll(connection: Connection, progress: vscode.Progress<{ message?: string; increment?: number }>, token: vscode.CancellationToken): Promise<WorkspaceSummary> {
  const uris = (await vscode.workspace.findFiles(noteFiles, excluded, undefined, token)).sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
  let counts = noCounts;
  let files = 0;
  let unreadable = 0;
  for (const uri of uris) {
    if (token.isCancellationRequested) break;
    progress.report({ message: vscode.workspace.asRelativePath(uri), increment: 100 / uris.length });
    const own = await verifyFile(connection, uri, token).catch(() => null);
    if (own) counts = addCounts(counts, own);
    else if (!token.isCancellationRequested) unreadable++;
    files++;
  }
  return { files, counts, unreadable, cancelled: token.isCancellationRequested };
}

/** An open document is checked as it stands in its editor, with its unsaved changes. */
async function verifyFile(connection: Connection, uri: vscode.Uri, token: vscode.CancellationToken): Promise<Counts | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return connection.request<protocol.VerifyResult>(protocol.verify, { uri: uri.toString() } satisfies protocol.VerifyParams, token);
  const notebook = vscode.workspace.notebookDocuments.find((one) => one.uri.toString() === uri.toString());
  if (notebook) return verifyCells(connection, notebook, token);
  const text = await textOf(uri);
  if (text === null) return null;
  const ending = /\.([A-Za-z]+)$/.exec(uri.path)?.[1]?.toLowerCase() ?? "";
  const params: protocol.VerifyTextParams = { uri: uri.toString(), languageId: fileEndings[ending] ?? "markdown", text };
  return connection.request<protocol.VerifyTextResult>(protocol.verifyText, params, token);
}

async function verifyCells(connection: Connection, notebook: vscode.NotebookDocument, token: vscode.CancellationToken): Promise<Counts> {
  let counts = noCounts;
  for (const { document } of notebook.getCells()) {
    if (!isNotes(document)) continue;
    counts = addCounts(counts, (await connection.request<protocol.VerifyResult>(protocol.verify, { uri: document.uri.toString() } satisfies protocol.VerifyParams, token)) ?? noCounts);
  }
  return counts;
}

async function tell({ files, counts, unreadable, cancelled }: WorkspaceSummary): Promise<void> {
  const { t } = vscode.l10n;
  const sentence = t("Gradcheck: {0} files, {1}.", files, countsSentence(counts));
  const parts = [cancelled ? t("Cancelled.") : "", sentence, unreadable > 0 ? t("{0} files could not be checked.", unreadable) : ""].filter((part) => part !== "");
  const showProblems = t("Show Problems");
  const chosen = await vscode.window.showInformationMessage(parts.join(" "), ...(counts.refuted + counts.conditional > 0 ? [showProblems] : []));
  if (chosen === showProblems) await vscode.commands.executeCommand("workbench.actions.view.problems");
}
