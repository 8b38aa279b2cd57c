/**
 * The open documents, when each is checked, and which of its marks are shown.
 *
 * A check runs when typing has rested for a moment, and its marks replace the
 * old ones at once, never before. A new refutation in the formula that is being
 * typed waits for a longer rest: half a formula is not wrong yet. A report
 * belongs to one version of a text under one set of settings and is made once.
 */
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyze } from "../analysis/analyze";
import type { DocumentReport, Statement } from "../analysis/types";
import { holds } from "../protocol/places";
import type { Position } from "../protocol/places";
import type { Settings } from "../protocol/settings";
import type { CheckedDocument } from "./checked-document";

export interface DeskHost {
  readonly settings: () => Settings;
  /** Shows these statements as the document's marks, in place of those before. */
  readonly publish: (checked: CheckedDocument, statements: readonly Statement[]) => void;
  readonly failed: (uri: string, error: unknown) => void;
}

interface Entry {
  checked: { readonly version: number; readonly generation: number; readonly result: CheckedDocument } | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** Where the last edit was, until typing has rested. */
  typing: Position | null;
  /** The statements shown as marks now. */
  shown: readonly Statement[];
}

export const restBeforeCheck = 300;
export const restBeforeRefutation = 1200;

export interface Desk {
  readonly opened: (document: TextDocument) => void;
  readonly edited: (document: TextDocument, at: Position | null) => void;
  readonly saved: (document: TextDocument) => void;
  readonly closed: (uri: string) => void;
  /** The report of the text as it is now, made if need be, without showing marks; null where the checker failed. */
  readonly current: (document: TextDocument) => CheckedDocument | null;
  /** Checks now and shows everything. */
  readonly verify: (document: TextDocument) => CheckedDocument | null;
  /** The settings have changed: all reports are stale. */
  readonly reset: (documents: readonly TextDocument[]) => void;
}

export function createDesk(host: DeskHost): Desk {
  const entries = new Map<string, Entry>();
  let generation = 0;

  const entryOf = (uri: string): Entry => {
    const known = entries.get(uri);
    if (known) return known;
    const entry: Entry = { checked: null, timer: null, typing: null, shown: [] };
    entries.set(uri, entry);
    return entry;
  };

  const current = (document: TextDocument): CheckedDocument | null => {
    const entry = entryOf(document.uri);
    const { checked } = entry;
    if (checked?.version === document.version && checked.generation === generation) return checked.result;
    const report = reportOf(document);
    if (!report) return null;
    // The document object is updated in place by later edits, the report is not: keep the text it belongs to.
    const result = { document: TextDocument.create(document.uri, document.languageId, document.version, document.getText()), report };
    entry.checked = { version: document.version, generation, result };
    return result;
  };

  const reportOf = (document: TextDocument): DocumentReport | null => {
    try {
      return reportOn(document, host.settings());
    } catch (error) {
      host.failed(document.uri, error);
      return null;
    }
  };

  const show = (document: TextDocument): CheckedDocument | null => {
    const entry = entryOf(document.uri);
    const checked = current(document);
    if (!checked) return null;
    const { statements } = checked.report;
    const { typing } = entry;
    const ready = typing === null ? statements : statements.filter((statement) => !isPremature(statement, checked.report, typing, entry.shown));
    entry.shown = ready;
    host.publish(checked, ready);
    if (ready.length < statements.length) later(document, restBeforeRefutation - restBeforeCheck, true);
    else entry.typing = null;
    return checked;
  };

  const later = (document: TextDocument, delay: number, rested: boolean): void => {
    const entry = entryOf(document.uri);
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      entry.timer = null;
      if (rested) entry.typing = null;
      show(document);
    }, delay);
  };

  return {
    current,
    opened: (document) => {
      if (host.settings().run !== "manual") later(document, 0, true);
    },
    edited: (document, at) => {
      if (host.settings().run !== "edit") return;
      entryOf(document.uri).typing = at;
      later(document, restBeforeCheck, false);
    },
    saved: (document) => {
      if (host.settings().run !== "manual") later(document, 0, true);
    },
    closed: (uri) => {
      const timer = entries.get(uri)?.timer;
      if (timer) clearTimeout(timer);
      entries.delete(uri);
    },
    verify: (document) => {
      entryOf(document.uri).typing = null;
      return show(document);
    },
    reset: (documents) => {
      generation++;
      for (const document of documents) if (host.settings().run !== "manual") later(document, 0, true);
    },
  };
}

/** Wrong only just now, in the formula that is being typed. */
function isPremature(statement: Statement, { formulaRanges }: DocumentReport, typing: Position, shown: readonly Statement[]): boolean {
  if (statement.verdict !== "refuted" && statement.verdict !== "conditional") return false;
  const formula = formulaRanges[statement.formula];
  if (!formula || !holds(formula, typing)) return false;
  return !shown.some(({ formula: index, code }) => index === statement.formula && code === statement.code);
}

export function reportOn(document: TextDocument, settings: Settings): DocumentReport {
  return analyze(document.getText(), { layout: settings.layout, filename: document.uri, languageId: document.languageId, macros: settings.macros });
}
