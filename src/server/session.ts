/** What the server knows while it is joined to one editor: its abilities and wishes, the documents, the marks it shows. */
import { MarkupKind } from "vscode-languageserver";
import type { ClientCapabilities, Connection, InitializeParams, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, Statement } from "../analysis/types";
import * as protocol from "../protocol/requests";
import { defaultSettings, readSettings } from "../protocol/settings";
import type { Settings } from "../protocol/settings";
import { countsOf, isNotes } from "./checked-document";
import type { CheckedDocument } from "./checked-document";
import { Desk, reportOn } from "./desk";
import { diagnosticsOf } from "./diagnostics";
import type { HoverContext } from "./hover";
import type { Notebooks } from "./notebooks";
import type { Pictures } from "./picture";
import { wordsFrom } from "./words";
import type { Words } from "./words";

export class Session {
  readonly desk: Desk;
  /** Files that no editor has open and that have marks. */
  readonly elsewhere = new Set<string>();
  capabilities: ClientCapabilities = {};
  settings: Settings = defaultSettings;
  /** Before the settings are known, opened documents wait. */
  isConfigured = false;
  theme: protocol.ThemeKind = "dark";
  t: Words = wordsFrom({});
  /** The client's command that asks for a reason. */
  askReason: string | null = null;
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  #pages: string | null;
  #pictures: Promise<Pictures> | null = null;

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, notebooks: Notebooks, pages: string | null) {
    this.#connection = connection;
    this.#documents = documents;
    this.#pages = pages;
    this.desk = new Desk({
      settings: () => this.settings,
      report: (document) => notebooks.reportOn(document, this.settings) ?? reportOn(document, this.settings),
      stamp: (document) => notebooks.stampOf(document),
      publish: (checked, statements) => {
        this.#publish(checked, statements);
        const { uri, version } = checked.document;
        void connection.sendNotification(protocol.checked, { uri, version, counts: countsOf(checked.report) } satisfies protocol.Checked);
      },
      failed: (uri, error) => {
        connection.console.error(`${uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      },
    });
  }

  initialize({ capabilities, initializationOptions }: InitializeParams): void {
    const start = (initializationOptions ?? {}) as protocol.ServerStart;
    this.capabilities = capabilities;
    this.theme = start.theme ?? this.theme;
    this.t = wordsFrom(start.words ?? {});
    this.askReason = start.askReason ?? null;
    this.#pages = start.pages ?? this.#pages;
  }

  async fetchSettings(): Promise<void> {
    const { workspace } = this.capabilities;
    if (workspace?.configuration) {
      const [own, macros] = (await this.#connection.workspace.getConfiguration([{ section: "gradcheck" }, { section: "markdown.math.macros" }])) as unknown[];
      this.settings = readSettings(own, macros);
      this.#pictures = null;
    }
    this.isConfigured = true;
    this.desk.reset(this.#documents.all().filter(isNotes));
    if (workspace?.inlayHint?.refreshSupport) void this.#connection.languages.inlayHint.refresh();
  }

  /** The report of an open document as it stands; null where it is not open. */
  checkedOf(uri: string): CheckedDocument | null {
    const document = this.#documents.get(uri);
    return document ? this.desk.current(document) : null;
  }

  /** Checks a text that no editor has open, and shows its marks. */
  checkElsewhere(document: TextDocument): DocumentReport {
    const report = reportOn(document, this.settings);
    this.elsewhere.add(document.uri);
    this.#publish({ document, report }, report.statements);
    return report;
  }

  clear(uri: string): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  async hoverContext(): Promise<HoverContext> {
    const markdown = this.capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    return { pictures: markdown ? await this.#drawn() : null, theme: this.theme, pages: this.#pages, t: this.t };
  }

  #publish({ document, report }: CheckedDocument, statements: readonly Statement[]): void {
    const diagnostics = diagnosticsOf(report, statements, { uri: document.uri, severity: this.settings.severity, pages: this.#pages, t: this.t });
    void this.#connection.sendDiagnostics({ uri: document.uri, diagnostics });
  }

  /** MathJax takes a tenth of a second to load: only once someone points at a formula. */
  #drawn(): Promise<Pictures> {
    this.#pictures ??= import("./picture").then(({ createPictures }) => createPictures(this.settings.macros));
    return this.#pictures;
  }
}
