/**
 * The connection to the language server, opened by the first document that
 * shows mathematics and restarted by itself when the server dies.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { languages } from "../protocol/languages";
import * as protocol from "../protocol/requests";
import { answerFiles } from "./files";
import { showsMathematics } from "./languages";
import { themeKind } from "./theme";

export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

/** How long the text of a document that is being written may go unseen. */
const pause = 500;

export class Connection implements vscode.Disposable {
  readonly #factory: ClientFactory;
  readonly #extensionUri: vscode.Uri;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #checked = new vscode.EventEmitter<protocol.Checked>();
  readonly #stopped = new vscode.EventEmitter<void>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  #client: BaseLanguageClient | null = null;
  #started: Promise<void> | null = null;

  /** A document has been checked. */
  readonly onChecked = this.#checked.event;

  constructor(factory: ClientFactory, extensionUri: vscode.Uri) {
    this.#factory = factory;
    this.#extensionUri = extensionUri;
    this.#disposables.push(
      this.#checked,
      this.#stopped,
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#consider(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#considerLater(document);
      }),
      vscode.window.onDidChangeActiveColorTheme(() => {
        if (this.#client?.isRunning()) void this.#client.sendNotification(protocol.themeChanged, { theme: themeKind() } satisfies protocol.ThemeChanged);
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#consider(document);
  }

  /** The server's client, where one has been started. */
  get client(): BaseLanguageClient | null {
    return this.#client;
  }

  async request<R>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<R> {
    await this.start();
    if (!this.#client) throw new Error("no server");
    return this.#client.sendRequest<R>(method, params, token);
  }

  start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    const client = this.#factory(clientOptions(this.#extensionUri));
    this.#client = client;
    client.onNotification(protocol.checked, (params: protocol.Checked) => {
      this.#checked.fire(params);
    });
    answerFiles(client);
    await client.start();
  }

  #consider(document: vscode.TextDocument): void {
    if (!this.#started && showsMathematics(document)) void this.start();
  }

  #considerLater(document: vscode.TextDocument): void {
    if (this.#started) return;
    const key = document.uri.toString();
    if (this.#waiting.has(key)) return;
    this.#waiting.set(
      key,
      setTimeout(() => {
        this.#waiting.delete(key);
        this.#consider(document);
      }, pause),
    );
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function clientOptions(extensionUri: vscode.Uri): LanguageClientOptions {
  // The pages ship with the extension: a link to one needs no network.
  const pages = `${vscode.Uri.joinPath(extensionUri, "docs", "codes").toString()}/`;
  return {
    documentSelector: languages.map((language) => ({ language })),
    diagnosticCollectionName: "gradcheck",
    markdown: { isTrusted: false, supportHtml: false },
    // Called again at a restart, when the theme may be another one.
    initializationOptions: (): protocol.ServerStart => ({ theme: themeKind(), words: bundle(), pages, readsFiles: true, askReason: "gradcheck.ignore" }),
  };
}

/** The translated sentences, which the server has no other way to come by. */
function bundle(): Record<string, string> {
  const words: Record<string, string> = {};
  for (const [message, translation] of Object.entries(vscode.l10n.bundle ?? {})) words[message] = String(translation);
  return words;
}
