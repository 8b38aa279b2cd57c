/**
 * The language server: joins the checker to one connection, whatever carries it
 * (a process's streams, a worker's messages). Alone knows the protocol; holds
 * no file and reads none, texts come from the editor.
 */
import { DidChangeConfigurationNotification, FileChangeType, MarkupKind, TextDocuments, TextDocumentSyncKind } from "vscode-languageserver";
import type { Connection, InitializeParams, InitializeResult } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, Statement } from "../analysis/types";
import * as protocol from "../protocol/requests";
import type { Position } from "../protocol/places";
import { defaultSettings, readSettings } from "../protocol/settings";
import type { Settings } from "../protocol/settings";
import { actionKinds, actionsFor } from "./actions";
import { countsOf } from "./checked-document";
import type { CheckedDocument } from "./checked-document";
import { createDesk, reportOn } from "./desk";
import { diagnosticsOf } from "./diagnostics";
import { hoverAt } from "./hover";
import { shapeHints } from "./inlay";
import { insertionsAt } from "./insertions";
import { panelOf } from "./panel";
import type { Pictures } from "./picture";
import { wordsFrom } from "./words";

export interface ServerOptions {
  readonly version: string;
  /** Where the pages of the codes are, ending in a slash; null where there are none. */
  readonly pages: string | null;
}

export function startServer(connection: Connection, { version, pages: home }: ServerOptions): void {
  let settings: Settings = defaultSettings;
  /** Before the settings are known, opened documents wait. */
  let configured = false;
  let start: protocol.ServerStart = {};
  let theme: protocol.ThemeKind = "dark";
  let t = wordsFrom({});
  let pages = home;
  let capabilities: InitializeParams["capabilities"] = {};
  let pictures: Promise<Pictures> | null = null;
  const lastEdits = new Map<string, Position>();
  /** Marks of texts that no editor has open. */
  const elsewhere = new Set<string>();

  const documents = new TextDocuments({
    create: TextDocument.create,
    update: (document, changes, changed) => {
      const last = changes.at(-1);
      if (last && "range" in last) lastEdits.set(document.uri, last.range.start);
      else lastEdits.delete(document.uri);
      return TextDocument.update(document, changes, changed);
    },
  });

  const desk = createDesk({
    settings: () => settings,
    publish: (checked, statements) => {
      publish(checked, statements);
      const { uri, version: checkedVersion } = checked.document;
      void connection.sendNotification(protocol.checked, { uri, version: checkedVersion, counts: countsOf(checked.report) } satisfies protocol.Checked);
    },
    failed: (uri, error) => {
      connection.console.error(`${uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    },
  });

  const publish = ({ document, report }: CheckedDocument, statements: readonly Statement[]): void => {
    const diagnostics = diagnosticsOf(report, statements, { uri: document.uri, severity: settings.severity, pages, t });
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
  };

  const checkedOf = (uri: string): CheckedDocument | null => {
    const document = documents.get(uri);
    return document ? desk.current(document) : null;
  };

  const fetchSettings = async (): Promise<void> => {
    const { workspace } = capabilities;
    if (workspace?.configuration) {
      const [own, macros] = (await connection.workspace.getConfiguration([{ section: "gradcheck" }, { section: "markdown.math.macros" }])) as unknown[];
      settings = readSettings(own, macros);
      pictures = null;
    }
    configured = true;
    desk.reset(documents.all());
    if (workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh();
  };

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    start = (params.initializationOptions ?? {}) as protocol.ServerStart;
    theme = start.theme ?? theme;
    t = wordsFrom(start.words ?? {});
    pages = start.pages ?? home;
    return {
      serverInfo: { name: "gradcheck", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: actionKinds },
        inlayHintProvider: true,
      },
    };
  });

  connection.onInitialized(() => {
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) void connection.client.register(DidChangeConfigurationNotification.type, { section: ["gradcheck", "markdown.math.macros"] });
    void fetchSettings();
  });

  connection.onDidChangeConfiguration(() => void fetchSettings());
  connection.onNotification(protocol.themeChanged, (changed: protocol.ThemeChanged) => {
    theme = changed.theme;
  });

  documents.onDidOpen(({ document }) => {
    elsewhere.delete(document.uri);
    if (configured) desk.opened(document);
  });
  documents.onDidChangeContent(({ document }) => {
    // Opening a document counts as its first change; it has had its check.
    const at = lastEdits.get(document.uri);
    if (at) desk.edited(document, at);
  });
  documents.onDidSave(({ document }) => {
    desk.saved(document);
  });
  documents.onDidClose(({ document }) => {
    desk.closed(document.uri);
    lastEdits.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      // What was said of a file that has changed since is no longer so.
      if (type !== FileChangeType.Created && elsewhere.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  });

  connection.onHover(async ({ textDocument, position }) => {
    const checked = checkedOf(textDocument.uri);
    if (!checked) return null;
    const markdown = capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    return hoverAt(checked.report, position, { pictures: markdown ? await drawn() : null, theme, pages, t });
  });

  /** MathJax takes a tenth of a second to load: only once someone points at a formula. */
  const drawn = (): Promise<Pictures> => (pictures ??= import("./picture").then(({ createPictures }) => createPictures(settings.macros)));

  connection.onCodeAction((params) => {
    const checked = checkedOf(params.textDocument.uri);
    return checked ? actionsFor(checked, params, { t, askReason: start.askReason ?? null }) : [];
  });

  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const checked = settings.inlayHints ? checkedOf(textDocument.uri) : null;
    return checked ? shapeHints(checked.report, range) : [];
  });

  connection.onRequest(protocol.panel, ({ uri }: protocol.PanelParams): protocol.PanelResult => {
    const checked = checkedOf(uri);
    return checked && panelOf(checked, settings.macros, t);
  });

  connection.onRequest(protocol.verify, ({ uri }: protocol.VerifyParams): protocol.VerifyResult => {
    const document = documents.get(uri);
    const checked = document && desk.verify(document);
    return checked ? countsOf(checked.report) : null;
  });

  connection.onRequest(protocol.verifyText, ({ uri, languageId, text }: protocol.VerifyTextParams): protocol.VerifyTextResult => {
    const document = TextDocument.create(uri, languageId, 0, text);
    const report: DocumentReport = reportOn(document, settings);
    elsewhere.add(uri);
    publish({ document, report }, report.statements);
    return countsOf(report);
  });

  connection.onRequest(protocol.insertions, ({ uri, position }: protocol.InsertionsParams): protocol.InsertionsResult => {
    const checked = checkedOf(uri);
    return checked ? insertionsAt(checked, position) : [];
  });

  documents.listen(connection);
  connection.listen();
}
