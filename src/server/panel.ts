/** A report as the panel shows it. */
import type { Statement } from "../analysis/types";
import type { PanelAction, PanelDocument, PanelItem, PanelSymbol } from "../protocol/panel";
import { countsOf } from "./checked-document";
import type { CheckedDocument } from "./checked-document";
import { kindWord, messageBeside, notesOf, readingWords, roleWords, symbolLatex, verdictWord } from "./describe";
import { insertion, otherReplacement } from "./insertions";
import { markedRight } from "./sides";
import { displayable } from "./tex";
import type { Words } from "./words";

export function panelOf(checked: CheckedDocument, t: Words): PanelDocument {
  const { document, report } = checked;
  const keyOf = createKeys();
  return {
    uri: document.uri,
    version: document.version,
    name: nameOf(document.uri),
    formulas: report.formulas,
    counts: countsOf(report),
    reading: readingWords(report.reading, t),
    symbols: report.symbols.filter(({ role }) => role !== "index" && role !== "size").map((info): PanelSymbol => {
      const latex = displayable(symbolLatex(info));
      return { key: keyOf(`symbol ${latex}`), latex, role: roleWords(info, t), value: info.value === null ? null : displayable(`${info.latex} = ${info.value}`), range: info.definition };
    }),
    items: report.statements.map((statement) => itemOf(statement, checked, keyOf(`statement ${statement.latex}`), t)),
    macros: report.macros,
  };
}

function itemOf(statement: Statement, checked: CheckedDocument, key: string, t: Words): PanelItem {
  return {
    key,
    verdict: statement.verdict,
    word: verdictWord(statement.verdict, t),
    kind: kindWord(statement.kind, t),
    code: statement.code,
    message: messageBeside(statement),
    latex: displayable(statement.latex),
    left: displayable(statement.left),
    right: displayable(statement.right),
    marked: markedRight(statement, checked.document),
    computed: statement.computed === null ? null : displayable(statement.computed),
    inCode: statement.inCode ?? null,
    derivable: statement.computed !== null && statement.kind === "gradient" && statement.verdict !== "conditional",
    entries: statement.entries.map(({ row, column, stated, computed, range }) => ({ place: t("row {0}, column {1}", row, column), stated: displayable(stated), computed: displayable(computed), range })),
    notes: notesOf(statement, t),
    relation: statement.relation,
    range: statement.range,
    actions: actionsOf(statement, checked, t),
  };
}

function actionsOf(statement: Statement, checked: CheckedDocument, t: Words): PanelAction[] {
  const { fix } = statement;
  const computed = otherReplacement(statement, checked);
  const inserted = insertion(statement, checked);
  return [...(inserted ? [{ title: t("Insert the computed gradient"), detail: null, edits: [inserted.edit] }] : []), ...(fix ? [{ title: t("Apply the correction"), detail: fix.title, edits: fix.edits }] : []), ...(computed ? [{ title: t("Replace by the computed gradient"), detail: null, edits: [computed.edit] }] : [])];
}

/** Equal texts are told apart by their order of appearance. */
function createKeys(): (text: string) => string {
  const seen = new Map<string, number>();
  return (text) => {
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return count === 0 ? text : `${text} #${count}`;
  };
}

function nameOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, "");
  const last = path.slice(path.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
