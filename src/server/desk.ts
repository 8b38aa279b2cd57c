/**
 * The open documents, when each is checked, and which of its marks are shown.
 *
 * A check runs when typing has rested for a moment, and its marks replace the
 * old ones at once, never before. A new refutation in the formula that is being
 * typed waits for a longer rest: half a formula is not wrong yet. A report
 * belongs to one version of a text under one set of settings and is made once.
 */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, Statement } from "../analysis/types";
import { holds } from "../protocol/places";
import type { Position } from "../protocol/places";
import type { Settings } from "../protocol/settings";
import type { CheckedDocument } from "./checked-document";

export interface DeskHost {
  readonly settings: () => Settings;
  /** Reads whatever else a report on a document rests on. */
  readonly prepare: (document: TextDocument) => Promise<void>;
  /** What is said of a document. */
  readonly report: (document: TextDocument) => DocumentReport;
  /** Changes with whatever that rests on. */
  readonly stamp: (document: TextDocument) => string;
  /** Shows these statements as the document's marks, in place of those before. */
  readonly publish: (checked: CheckedDocument, statements: readonly Statement[]) => void;
  readonly failed: (uri: string, error: unknown) => void;
}

interface Entry {
  checked: { readonly stamp: string; readonly generation: number; readonly result: CheckedDocument } | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** Where the last edit was, until typing has rested. */
  typing: Position | null;
  /** The statements shown as marks now. */
  shown: readonly Statement[];
}

export const restBeforeCheck = 300;
export const restBeforeRefutation = 1200;

export class Desk {
  readonly #host: DeskHost;
  readonly #entries = new Map<string, Entry>();
  /** Counts the changes of the settings; a report of an earlier one is stale. */
  #generation = 0;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  opened(document: TextDocument): void {
    if (this.#host.settings().run !== "manual") this.#later(document, 0, true);
  }

  edited(document: TextDocument, at: Position): void {
    if (this.#host.settings().run !== "edit") return;
    this.#entryOf(document.uri).typing = at;
    this.#later(document, restBeforeCheck, false);
  }

  /** Something else has changed on which its report rests. */
  touched(document: TextDocument): void {
    if (this.#host.settings().run === "edit") this.#later(document, restBeforeCheck, false);
  }

  saved(document: TextDocument): void {
    this.opened(document);
  }

  closed(uri: string): void {
    const timer = this.#entries.get(uri)?.timer;
    if (timer) clearTimeout(timer);
    this.#entries.delete(uri);
  }

  /** The settings have changed: all reports are stale. */
  reset(documents: readonly TextDocument[]): void {
    this.#generation++;
    for (const document of documents) this.opened(document);
  }

  /** Checks now and shows everything. */
  verify(document: TextDocument): Promise<CheckedDocument | null> {
    this.#entryOf(document.uri).typing = null;
    return this.#show(document);
  }

  /** The report of the text as it is now, made if need be, without showing marks; null where the checker failed. */
  async current(document: TextDocument): Promise<CheckedDocument | null> {
    await this.#host.prepare(document);
    const entry = this.#entryOf(document.uri);
    const { checked } = entry;
    const stamp = this.#host.stamp(document);
    if (checked?.stamp === stamp && checked.generation === this.#generation) return checked.result;
    const report = this.#reportOf(document);
    if (!report) return null;
    // The document object is updated in place by later edits, the report is not: keep the text it belongs to.
    const result = { document: TextDocument.create(document.uri, document.languageId, document.version, document.getText()), report };
    entry.checked = { stamp, generation: this.#generation, result };
    return result;
  }

  #reportOf(document: TextDocument): DocumentReport | null {
    try {
      return this.#host.report(document);
    } catch (error) {
      this.#host.failed(document.uri, error);
      return null;
    }
  }

  async #show(document: TextDocument): Promise<CheckedDocument | null> {
    const entry = this.#entryOf(document.uri);
    const checked = await this.current(document);
    // It may have been closed meanwhile.
    if (!checked || this.#entries.get(document.uri) !== entry) return null;
    const { statements } = checked.report;
    const { typing } = entry;
    const ready = typing === null ? statements : statements.filter((statement) => !isPremature(statement, checked.report, typing, entry.shown));
    entry.shown = ready;
    this.#host.publish(checked, ready);
    if (ready.length < statements.length) this.#later(document, restBeforeRefutation - restBeforeCheck, true);
    else entry.typing = null;
    return checked;
  }

  #later(document: TextDocument, delay: number, rested: boolean): void {
    const entry = this.#entryOf(document.uri);
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      if (rested) entry.typing = null;
      void this.#show(document);
    }, delay);
  }

  #entryOf(uri: string): Entry {
    const known = this.#entries.get(uri);
    if (known) return known;
    const entry: Entry = { checked: null, timer: null, typing: null, shown: [] };
    this.#entries.set(uri, entry);
    return entry;
  }
}

/** Wrong only just now, in the formula that is being typed. */
function isPremature(statement: Statement, { formulaRanges }: DocumentReport, typing: Position, shown: readonly Statement[]): boolean {
  if (statement.verdict !== "refuted" && statement.verdict !== "conditional") return false;
  const formula = formulaRanges[statement.formula];
  if (!formula || !holds(formula, typing)) return false;
  return !shown.some(({ formula: index, code }) => index === statement.formula && code === statement.code);
}
