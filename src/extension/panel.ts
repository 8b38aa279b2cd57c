/**
 * The panel beside the notes. It shows the document of the active editor and
 * follows the cursor there, unless it is pinned; it never takes the focus, and
 * it is restored with the window.
 */
import * as vscode from "vscode";
import type { FromPage, PageState, ToPage } from "../protocol/page";
import * as protocol from "../protocol/requests";
import type { Connection } from "./client";
import { applyEdits, rangeFrom } from "./edits";
import { isNotes, isNotesEditor } from "./languages";
import { pageHtml } from "./page";

export const panelType = "gradcheck.panel";
const followDelay = 50;

export class Panel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #connection: Connection;
  readonly #extensionUri: vscode.Uri;
  readonly #disposables: vscode.Disposable[];
  #view: vscode.WebviewPanel | null = null;
  #uri: vscode.Uri | null = null;
  #pinned = false;
  #cursorTimer: ReturnType<typeof setTimeout> | null = null;
  #refreshes = 0;

  constructor(connection: Connection, extensionUri: vscode.Uri) {
    this.#connection = connection;
    this.#extensionUri = extensionUri;
    this.#disposables = [
      vscode.window.registerWebviewPanelSerializer(panelType, this),
      connection.onChecked(({ uri }) => {
        if (vscode.Uri.parse(uri).toString() === this.#uri?.toString()) void this.#refresh();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.#follow(editor);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document.uri.toString() === this.#uri?.toString()) this.#tellCursor(textEditor);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.toString() === this.#uri?.toString() && !this.#pinned) this.#follow(vscode.window.activeTextEditor);
      }),
    ];
  }

  show(): void {
    if (this.#view) {
      this.#view.reveal(undefined, true);
      return;
    }
    const view = vscode.window.createWebviewPanel(panelType, "Gradcheck", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, this.#options());
    this.#attach(view, null);
  }

  async deserializeWebviewPanel(view: vscode.WebviewPanel, state: Partial<PageState> | undefined): Promise<void> {
    view.webview.options = this.#options();
    this.#pinned = state?.pinned ?? false;
    const uri = state?.uri ? vscode.Uri.parse(state.uri) : null;
    this.#attach(view, uri);
    // An editor that is restored too has the document open; a pinned one may have none.
    if (uri) await vscode.workspace.openTextDocument(uri).then(() => this.#refresh(), () => undefined);
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.#extensionUri, "dist", "webview")] };
  }

  #attach(view: vscode.WebviewPanel, uri: vscode.Uri | null): void {
    this.#view?.dispose();
    this.#view = view;
    this.#uri = uri;
    view.iconPath = vscode.Uri.joinPath(this.#extensionUri, "media", "icon.svg");
    view.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = null;
      this.#uri = null;
      this.#pinned = false;
    });
    view.webview.html = pageHtml(view.webview, this.#extensionUri);
    if (!this.#pinned) this.#follow(vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(isNotesEditor));
  }

  async #receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.#refresh();
      case "reveal":
        return reveal(message.uri, rangeFrom(message.range));
      case "apply":
        if (!(await applyEdits(vscode.Uri.parse(message.uri), message.version, message.edits))) void vscode.window.setStatusBarMessage(vscode.l10n.t("Gradcheck: the document has changed, try again."), 4000);
        return;
      case "steps":
        return this.#derive(message.uri, message.key, message.relation);
      case "copy":
        return vscode.env.clipboard.writeText(message.text);
      case "pin":
        this.#pinned = message.pinned;
        if (!this.#pinned) this.#follow(vscode.window.activeTextEditor);
        return;
    }
  }

  async #derive(uri: string, key: string, relation: protocol.StepsParams["relation"]): Promise<void> {
    const steps = await this.#connection.request<protocol.StepsResult>(protocol.steps, { uri, relation } satisfies protocol.StepsParams).catch(() => null);
    this.#send({ type: "steps", uri, key, steps });
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (!this.#view || this.#pinned || !isNotesEditor(editor)) return;
    const { uri } = editor.document;
    if (uri.toString() === this.#uri?.toString()) return;
    this.#uri = uri;
    void this.#refresh();
  }

  /** Sends the page its document; an answer that a later question has overtaken is dropped. */
  async #refresh(): Promise<void> {
    const uri = this.#uri;
    if (!this.#view) return;
    const turn = ++this.#refreshes;
    const document = uri && isOpen(uri) ? await this.#connection.request<protocol.PanelResult>(protocol.panel, { uri: uri.toString() } satisfies protocol.PanelParams).catch(() => undefined) : null;
    if (turn !== this.#refreshes || document === undefined) return;
    this.#send({ type: "document", document });
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document.uri.toString() === uri?.toString());
    if (editor) this.#tellCursor(editor);
  }

  #tellCursor(editor: vscode.TextEditor): void {
    if (this.#cursorTimer !== null) clearTimeout(this.#cursorTimer);
    this.#cursorTimer = setTimeout(() => {
      this.#cursorTimer = null;
      const { line, character } = editor.selection.active;
      this.#send({ type: "cursor", uri: editor.document.uri.toString(), position: { line, character } });
    }, followDelay);
  }

  #send(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }

  dispose(): void {
    if (this.#cursorTimer !== null) clearTimeout(this.#cursorTimer);
    this.#view?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString() && isNotes(document));
}

/** Selects the place in the editor that shows the document, or in a new one. */
async function reveal(uri: string, range: vscode.Range): Promise<void> {
  const target = vscode.Uri.parse(uri);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === target.toString());
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(target, { viewColumn, selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
