/** What the server knows while it is joined to one editor: its abilities and wishes, the documents, the marks it shows. */
import { DidChangeWatchedFilesNotification, MarkupKind } from "vscode-languageserver";
import type { ClientCapabilities, Connection, Disposable, InitializeParams, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, MacroInfo, Statement } from "../analysis/types";
import { watchedFiles } from "../protocol/languages";
import * as protocol from "../protocol/requests";
import { defaultSettings, otherSections, readSettings } from "../protocol/settings";
import type { Settings } from "../protocol/settings";
import { countsOf, isLatex, isNotes } from "./checked-document";
import type { CheckedDocument } from "./checked-document";
import { Desk } from "./desk";
import { diagnosticsOf } from "./diagnostics";
import type { HoverContext } from "./hover";
import type { Notebooks } from "./notebooks";
import type { Pictures } from "./picture";
import { Projects } from "./projects";
import { type FileSource, Shelf } from "./shelf";
import { wordsFrom } from "./words";
import type { Words } from "./words";

/** Of how many sets of macros pictures are kept. */
const keptPictures = 6;

export class Session {
  readonly desk: Desk;
  readonly shelf: Shelf;
  readonly projects: Projects;
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
  readonly #notebooks: Notebooks;
  #pages: string | null;
  #files: FileSource | null;
  /** Of the workspace, each ending in a slash. */
  #folders: readonly string[] = [];
  /** By the macros that they are drawn with. */
  readonly #pictures = new Map<string, Pictures>();
  #watching: Disposable | null = null;

  constructor(connection: Connection, documents: TextDocuments<TextDocument>, notebooks: Notebooks, { pages, files }: { readonly pages: string | null; readonly files: FileSource | null }) {
    this.#connection = connection;
    this.#documents = documents;
    this.#notebooks = notebooks;
    this.#pages = pages;
    this.#files = files;
    this.shelf = new Shelf(() => documents.all(), () => this.#files);
    this.projects = new Projects(this.shelf, () => this.settings, () => this.#folders);
    this.desk = new Desk({
      settings: () => this.settings,
      prepare: (document) => this.projects.prepare(document),
      report: (document) => notebooks.reportOn(document, this.settings, this.projects.macroTexts(document)) ?? this.projects.reportOn(document),
      stamp: (document) => `${notebooks.stampOf(document)} ${this.projects.stampOf(document)}`,
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

  initialize({ capabilities, initializationOptions, workspaceFolders, rootUri }: InitializeParams): void {
    const start = (initializationOptions ?? {}) as protocol.ServerStart;
    this.capabilities = capabilities;
    this.theme = start.theme ?? this.theme;
    this.t = wordsFrom(start.words ?? {});
    this.askReason = start.askReason ?? null;
    this.#pages = start.pages ?? this.#pages;
    this.#folders = (workspaceFolders ?? (rootUri === null ? [] : [{ uri: rootUri }])).map(({ uri }) => (uri.endsWith("/") ? uri : `${uri}/`));
    if (start.readsFiles) this.#files = filesOf(this.#connection);
  }

  async fetchSettings(): Promise<void> {
    const { workspace } = this.capabilities;
    if (workspace?.configuration) {
      const [own, markdownMacros, latexMacroFile] = (await this.#connection.workspace.getConfiguration(["gradcheck", ...otherSections].map((section) => ({ section })))) as unknown[];
      this.settings = readSettings(own, markdownMacros, latexMacroFile);
    }
    await this.#watch();
    this.isConfigured = true;
    this.desk.reset(this.#documents.all().filter(isNotes));
    if (workspace?.inlayHint?.refreshSupport) void this.#connection.languages.inlayHint.refresh();
  }

  /** The report of an open document as it stands; null where it is not open. */
  async checkedOf(uri: string): Promise<CheckedDocument | null> {
    const document = this.#documents.get(uri);
    return document ? this.desk.current(document) : null;
  }

  /** A text has changed on which the reports on others may rest: with every key pressed, or once for all. */
  changed(uri: string, how: "edited" | "saved"): void {
    if (how === "saved") this.shelf.forget(uri);
    for (const document of this.#documents.all()) {
      if (document.uri === uri || !isNotes(document) || !(this.projects.restsOn(document, uri) || (how === "saved" && isLatex(document) && /\.(?:tex|ltx|sty|cls)$/i.test(uri)))) continue;
      if (how === "edited") this.desk.touched(document);
      else this.desk.saved(document);
    }
  }

  /** The same with the relations of these texts derived in steps. */
  derivedReport(document: TextDocument, steps: readonly string[]): DocumentReport {
    return this.#notebooks.derivedReportOn(document, this.settings, this.projects.macroTexts(document), steps) ?? this.projects.reportOn(document, steps);
  }

  /** Checks a text that no editor has open, and shows its marks. */
  async checkElsewhere(document: TextDocument): Promise<DocumentReport> {
    await this.projects.prepare(document);
    const report = this.projects.reportOn(document);
    this.elsewhere.add(document.uri);
    this.#publish({ document, report }, report.statements);
    return report;
  }

  clear(uri: string): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  async hoverContext({ macros }: DocumentReport): Promise<HoverContext> {
    const markdown = this.capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    return { pictures: markdown ? await this.#drawn(macros) : null, theme: this.theme, pages: this.#pages, t: this.t };
  }

  #publish({ document, report }: CheckedDocument, statements: readonly Statement[]): void {
    const diagnostics = diagnosticsOf(report, statements, { uri: document.uri, severity: this.settings.severity, pages: this.#pages, t: this.t });
    void this.#connection.sendDiagnostics({ uri: document.uri, diagnostics });
  }

  /** What lies beside the open documents is told of when it changes. */
  async #watch(): Promise<void> {
    if (!this.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const before = this.#watching;
    const named = this.settings.macroFiles.map((path) => path.replace(/^.*[\\/]/, "")).filter((name) => /^[\w. -]+$/.test(name));
    const watchers = [watchedFiles, ...named.map((name) => `**/${name}`)].map((globPattern) => ({ globPattern }));
    this.#watching = await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    before?.dispose();
  }

  /** MathJax takes a tenth of a second to load: only once someone points at a formula. */
  async #drawn(macros: readonly MacroInfo[]): Promise<Pictures> {
    const { createPictures } = await import("./picture");
    const key = JSON.stringify(macros);
    const pictures = this.#pictures.get(key) ?? createPictures(macros);
    const [oldest] = this.#pictures.keys();
    if (!this.#pictures.has(key) && this.#pictures.size >= keptPictures && oldest !== undefined) this.#pictures.delete(oldest);
    this.#pictures.set(key, pictures);
    return pictures;
  }
}

function filesOf(connection: Connection): FileSource {
  return {
    read: (uri) => connection.sendRequest<protocol.ReadFileResult>(protocol.readFile, { uri } satisfies protocol.ReadFileParams),
    list: (uri) => connection.sendRequest<protocol.ListFolderResult>(protocol.listFolder, { uri } satisfies protocol.ListFolderParams),
  };
}
