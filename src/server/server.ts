/**
 * The language server: joins the checker to one connection, whatever carries it
 * (a process's streams, a worker's messages). Alone knows the protocol. Texts
 * come from the editor, also those of files that it has not open, where it
 * gives them.
 */
import { DidChangeConfigurationNotification, FileChangeType, NotebookDocuments, TextDocuments, TextDocumentSyncKind } from "vscode-languageserver";
import type { Connection, ServerCapabilities, TextDocumentsConfiguration } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import * as protocol from "../protocol/requests";
import type { Position } from "../protocol/places";
import { otherSections } from "../protocol/settings";
import { actionKinds, actionsFor } from "./actions";
import { codesAt } from "./codes";
import { countsOf, isNotes } from "./checked-document";
import { hoverAt } from "./hover";
import { shapeHints } from "./inlay";
import { insertionsAt } from "./insertions";
import { Notebooks } from "./notebooks";
import { panelOf } from "./panel";
import { Session } from "./session";
import type { FileSource } from "./shelf";
import { stepsAt } from "./steps";

export interface ServerOptions {
  readonly version: string;
  /** Where the pages of the codes are, ending in a slash; null where there are none. */
  readonly pages: string | null;
  /** Reads files for editors that do not; null where there are none. */
  readonly files: FileSource | null;
}

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: ["markdown", "python", "julia", "r"].map((language) => ({ language })) }], save: true },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: actionKinds },
  inlayHintProvider: true,
};

export function startServer(connection: Connection, { version, pages, files }: ServerOptions): void {
  const lastEdits = new Map<string, Position>();
  const documents = new TextDocuments(rememberingEdits(lastEdits));
  const open = new NotebookDocuments(documents);
  const notebooks = new Notebooks(open);
  const session = new Session(connection, documents, notebooks, { pages, files });
  connection.onInitialize((params) => {
    session.initialize(params);
    return { serverInfo: { name: "gradcheck", version }, capabilities };
  });
  followSettings(connection, session);
  followDocuments(connection, documents, session, lastEdits);
  followNotebooks(open, notebooks, session);
  answerEditor(connection, session);
  answerExtension(connection, documents, session);
  documents.listen(connection);
  open.listen(connection);
  connection.listen();
}

/** Documents that are edited in place, and where the last edit of each was. */
function rememberingEdits(lastEdits: Map<string, Position>): TextDocumentsConfiguration<TextDocument> {
  return {
    create: TextDocument.create,
    update: (document, changes, version) => {
      const last = changes.at(-1);
      if (last && "range" in last) lastEdits.set(document.uri, last.range.start);
      else lastEdits.delete(document.uri);
      return TextDocument.update(document, changes, version);
    },
  };
}

function followSettings(connection: Connection, session: Session): void {
  connection.onInitialized(() => {
    if (session.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) void connection.client.register(DidChangeConfigurationNotification.type, { section: ["gradcheck", ...otherSections] });
    void session.fetchSettings();
  });
  connection.onDidChangeConfiguration(() => void session.fetchSettings());
  connection.onNotification(protocol.themeChanged, ({ theme }: protocol.ThemeChanged) => {
    session.theme = theme;
  });
}

function followDocuments(connection: Connection, documents: TextDocuments<TextDocument>, session: Session, lastEdits: Map<string, Position>): void {
  documents.onDidOpen(({ document }) => {
    session.elsewhere.delete(document.uri);
    if (session.isConfigured && isNotes(document)) session.desk.opened(document);
  });
  documents.onDidChangeContent(({ document }) => {
    // Opening a document counts as its first change; it has had its check.
    const at = lastEdits.get(document.uri);
    if (at && isNotes(document)) session.desk.edited(document, at);
    if (at) session.changed(document.uri, "edited");
  });
  documents.onDidSave(({ document }) => {
    session.desk.saved(document);
    session.changed(document.uri, "saved");
  });
  documents.onDidClose(({ document }) => {
    session.desk.closed(document.uri);
    lastEdits.delete(document.uri);
    session.clear(document.uri);
    session.projects.closed(document.uri);
    session.changed(document.uri, "saved");
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      // What was said of a file that has changed since is no longer so.
      if (type !== FileChangeType.Created && session.elsewhere.delete(uri)) session.clear(uri);
      session.changed(uri, "saved");
    }
  });
}

/** A cell that changes, comes, goes or moves may change what is said of all others. */
function followNotebooks(open: NotebookDocuments<TextDocument>, notebooks: Notebooks, session: Session): void {
  open.onDidOpen(({ uri }) => {
    // Its cells have marks of their own.
    if (session.elsewhere.delete(uri)) session.clear(uri);
  });
  open.onDidChange(({ notebookDocument, cells }) => {
    const edited = new Set(cells?.changed.textContent.map(({ document }) => document));
    const [first] = notebookDocument.cells;
    for (const cell of first ? notebooks.cellsWith(first.document) : []) if (isNotes(cell) && !edited.has(cell.uri)) session.desk.touched(cell);
  });
  open.onDidSave(({ cells: [first] }) => {
    for (const cell of first ? notebooks.cellsWith(first.document) : []) if (isNotes(cell)) session.desk.saved(cell);
  });
  open.onDidClose(({ uri }) => {
    notebooks.closed(uri);
  });
}

/** What any editor asks. */
function answerEditor(connection: Connection, session: Session): void {
  connection.onHover(async ({ textDocument, position }) => {
    const checked = await session.checkedOf(textDocument.uri);
    return checked && hoverAt(checked.report, position, await session.hoverContext(checked.report));
  });
  connection.onCodeAction(async (params) => {
    const checked = await session.checkedOf(params.textDocument.uri);
    return checked ? actionsFor(checked, params, { t: session.t, askReason: session.askReason }) : [];
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const checked = session.settings.inlayHints ? await session.checkedOf(textDocument.uri) : null;
    return checked ? shapeHints(checked.report, range) : [];
  });
}

/** What our own extension asks. */
function answerExtension(connection: Connection, documents: TextDocuments<TextDocument>, session: Session): void {
  connection.onRequest(protocol.panel, async ({ uri }: protocol.PanelParams): Promise<protocol.PanelResult> => {
    const checked = await session.checkedOf(uri);
    return checked && panelOf(checked, session.t);
  });
  connection.onRequest(protocol.verify, async ({ uri }: protocol.VerifyParams): Promise<protocol.VerifyResult> => {
    const document = documents.get(uri);
    const checked = document && await session.desk.verify(document);
    return checked ? countsOf(checked.report) : null;
  });
  connection.onRequest(protocol.verifyText, async ({ uri, languageId, text }: protocol.VerifyTextParams): Promise<protocol.VerifyTextResult> => countsOf(await session.checkElsewhere(TextDocument.create(uri, languageId, 0, text))));
  connection.onRequest(protocol.codes, async ({ uri, position }: protocol.CodesParams): Promise<protocol.CodesResult> => {
    const checked = await session.checkedOf(uri);
    return checked ? codesAt(checked.report, position) : [];
  });
  connection.onRequest(protocol.steps, async ({ uri, relation }: protocol.StepsParams): Promise<protocol.StepsResult> => {
    const checked = await session.checkedOf(uri);
    return checked && stepsAt(checked.report, relation, (latex) => session.derivedReport(checked.document, latex));
  });
  connection.onRequest(protocol.insertions, async ({ uri, position }: protocol.InsertionsParams): Promise<protocol.InsertionsResult> => {
    const checked = await session.checkedOf(uri);
    return checked ? insertionsAt(checked, position) : [];
  });
}
