/**
 * The notebooks that the editor has open. A cell is a document of its own to
 * the editor; what it says rests on the other cells, so that all are judged
 * together, and again when one of them changes.
 */
import type { NotebookDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { analyzeCells, Memories } from "../analysis/analyze";
import type { DocumentReport } from "../analysis/types";
import type { Settings } from "../protocol/settings";

export class Notebooks {
  readonly #notebooks: NotebookDocuments<TextDocument>;
  /** What was said of the cells of a notebook last, and of which texts under which settings. */
  readonly #reports = new Map<string, { readonly stamp: string; readonly settings: Settings; readonly reports: ReadonlyMap<string, DocumentReport> }>();
  /** What was decided of the notebooks last. */
  readonly #memories = new Memories();

  constructor(notebooks: NotebookDocuments<TextDocument>) {
    this.#notebooks = notebooks;
  }

  /** The cells of the notebook that a cell is in, in order; none where it is in no notebook. */
  cellsWith(uri: string): readonly TextDocument[] {
    const notebook = this.#notebooks.findNotebookDocumentForCell(uri);
    return (notebook?.cells ?? []).flatMap((cell) => this.#notebooks.getCellTextDocument(cell) ?? []);
  }

  /** Changes with whatever a report on the document rests on. */
  stampOf(document: TextDocument): string {
    const cells = this.cellsWith(document.uri);
    return cells.length ? cells.map(({ uri, version }) => `${uri}@${version}`).join(" ") : String(document.version);
  }

  /** Null where the document is no cell. */
  reportOn(document: TextDocument, settings: Settings, macroFiles: readonly string[]): DocumentReport | null {
    const notebook = this.#notebooks.findNotebookDocumentForCell(document.uri);
    if (!notebook) return null;
    const stamp = `${this.stampOf(document)} ${macroFiles.join("\n")}`;
    let known = this.#reports.get(notebook.uri);
    if (known?.stamp !== stamp || known.settings !== settings) {
      known = { stamp, settings, reports: this.#analyzed(document, settings, macroFiles, []) };
      this.#reports.set(notebook.uri, known);
    }
    return known.reports.get(document.uri) ?? null;
  }

  /** The same with the relations of these texts derived in steps. */
  derivedReportOn(document: TextDocument, settings: Settings, macroFiles: readonly string[], steps: readonly string[]): DocumentReport | null {
    return this.#analyzed(document, settings, macroFiles, steps).get(document.uri) ?? null;
  }

  #analyzed(document: TextDocument, settings: Settings, macroFiles: readonly string[], steps: readonly string[]): ReadonlyMap<string, DocumentReport> {
    const notebook = this.#notebooks.findNotebookDocumentForCell(document.uri);
    const given = this.cellsWith(document.uri).map((cell) => ({ id: cell.uri, languageId: cell.languageId, text: cell.getText() }));
    const found = notebook && given.length ? analyzeCells(given, { layout: settings.layout, filename: notebook.uri, macros: settings.macros, macroFiles, steps }, this.#memories.of(notebook.uri)) : [];
    return new Map(found.map(({ path, report }) => [path, report]));
  }

  closed(notebook: string): void {
    this.#reports.delete(notebook);
    this.#memories.forget(notebook);
  }
}
