/** The counts of the active document in the status bar; a click opens the panel. */
import * as vscode from "vscode";
import type { Checked } from "../protocol/requests";
import type { Counts } from "../protocol/verdicts";
import type { Connection } from "./client";
import { isNotesEditor } from "./languages";

export class Status implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("gradcheck.counts", vscode.StatusBarAlignment.Right, 90);
  readonly #counts = new Map<string, Counts>();
  readonly #disposables: vscode.Disposable[];

  constructor(connection: Connection) {
    this.#item.name = "Gradcheck";
    this.#item.command = "gradcheck.showPanel";
    this.#disposables = [
      this.#item,
      connection.onChecked(({ uri, counts }: Checked) => {
        this.#counts.set(vscode.Uri.parse(uri).toString(), counts);
        this.#show();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#counts.delete(uri.toString())),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#show();
      }),
    ];
  }

  /** The panel is no text editor: while it has the focus, the counts stay. */
  #show(): void {
    const editor = vscode.window.activeTextEditor;
    if (!editor && vscode.window.visibleTextEditors.some(isNotesEditor)) return;
    const counts = isNotesEditor(editor) ? this.#counts.get(editor.document.uri.toString()) : undefined;
    if (!counts) {
      this.#item.hide();
      return;
    }
    const right = counts.verified + counts.convention;
    this.#item.text = [`$(check) ${right}`, `$(x) ${counts.refuted}`, ...(counts.conditional > 0 ? [`$(warning) ${counts.conditional}`] : []), ...(counts.unchecked > 0 ? [`$(question) ${counts.unchecked}`] : [])].join(" ");
    const sentence = countsSentence(counts);
    this.#item.tooltip = vscode.l10n.t("Gradcheck: {0}. Click to open the panel.", sentence);
    this.#item.accessibilityInformation = { label: `Gradcheck: ${sentence}`, role: "button" };
    this.#item.show();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

export function countsSentence(counts: Counts): string {
  return vscode.l10n.t("{0} right, {1} wrong, {2} conditional, {3} unchecked", counts.verified + counts.convention, counts.refuted, counts.conditional, counts.unchecked);
}
