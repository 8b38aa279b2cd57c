/**
 * Quick fixes: the correction, the computed gradient in place of what is
 * written, and a comment that tells the checker to pass over it. All safe
 * corrections at once are `source.fixAll.gradcheck`.
 */
import { CodeActionKind } from "vscode-languageserver";
import type { CodeAction, CodeActionParams, Diagnostic, WorkspaceEdit } from "vscode-languageserver";
import type { Statement } from "../analysis/types";
import { comparePositions, overlaps } from "../protocol/places";
import type { TextEdit } from "../protocol/places";
import type { IgnoreArguments } from "../protocol/requests";
import { isLatex } from "./checked-document";
import type { CheckedDocument } from "./checked-document";
import { insertion, otherReplacement } from "./insertions";
import type { Words } from "./words";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.gradcheck`;
export const actionKinds = [CodeActionKind.QuickFix, fixAllKind];

export interface ActionContext {
  readonly t: Words;
  /** The client's command that asks for a reason; null where there is none. */
  readonly askReason: string | null;
}

export function actionsFor(checked: CheckedDocument, params: CodeActionParams, context: ActionContext): CodeAction[] {
  const { only } = params.context;
  const wanted = (kind: string): boolean => !only || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
  return [...(wanted(CodeActionKind.QuickFix) ? quickFixes(checked, params, context) : []), ...(wanted(fixAllKind) && only ? fixAll(checked, context) : [])];
}

function quickFixes(checked: CheckedDocument, params: CodeActionParams, context: ActionContext): CodeAction[] {
  const statements = checked.report.statements.filter(({ code, range }) => code !== null && overlaps(range, params.range));
  const ofStatements = statements.flatMap((statement) => fixesOf(statement, checked, params.context.diagnostics, context));
  return [...ofStatements, ...openGradients(checked, params, context)];
}

function fixesOf(statement: Statement, checked: CheckedDocument, marks: readonly Diagnostic[], { t, askReason }: ActionContext): CodeAction[] {
  const diagnostics = marks.filter(({ code, range }) => code === statement.code && comparePositions(range.start, statement.range.start) === 0 && comparePositions(range.end, statement.range.end) === 0);
  const uri = checked.document.uri;
  const actions: CodeAction[] = [];
  const { fix } = statement;
  if (fix) actions.push({ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics, edit: editOf(uri, fix.edits), ...(fix.safe ? { isPreferred: true } : {}) });
  const computed = otherReplacement(statement, checked);
  if (computed) actions.push({ title: t("Replace by the computed gradient"), kind: CodeActionKind.QuickFix, diagnostics, edit: editOf(uri, [computed.edit]) });
  const comment = ignoreComment(statement, checked);
  if (comment) actions.push(ignoreAction(comment, diagnostics, t, askReason));
  return actions;
}

function openGradients(checked: CheckedDocument, { range }: CodeActionParams, { t }: ActionContext): CodeAction[] {
  return checked.report.statements
    .filter((statement) => overlaps(statement.range, range))
    .flatMap((statement) => insertion(statement, checked) ?? [])
    .map(({ edit }) => ({ title: t("Insert the computed gradient"), kind: CodeActionKind.QuickFix, edit: editOf(checked.document.uri, [edit]) }));
}

/** Corrections that only mend one place and hold afterwards, where they do not touch one another. */
function fixAll(checked: CheckedDocument, { t }: ActionContext): CodeAction[] {
  const edits: TextEdit[] = [];
  for (const { fix, verdict } of checked.report.statements) {
    if (!fix?.safe || verdict !== "refuted") continue;
    if (fix.edits.every(({ range }) => edits.every((taken) => !overlaps(taken.range, range)))) edits.push(...fix.edits);
  }
  return edits.length > 0 ? [{ title: t("Correct everything that is safe to correct"), kind: fixAllKind, edit: editOf(checked.document.uri, edits) }] : [];
}

function ignoreAction(comment: IgnoreArguments, diagnostics: Diagnostic[], t: Words, askReason: string | null): CodeAction {
  const title = t("Ignore, with a reason");
  if (askReason !== null) return { title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command: askReason, arguments: [comment] } };
  const newText = `${comment.before}${t("give the reason here")}${comment.after}`;
  return { title, kind: CodeActionKind.QuickFix, diagnostics, edit: editOf(comment.uri, [{ range: { start: comment.position, end: comment.position }, newText }]) };
}

/** A comment before the formula: on a line of its own where the formula begins one, else just before it. */
export function ignoreComment(statement: Statement, { document, report }: CheckedDocument): IgnoreArguments | null {
  const start = report.formulaRanges[statement.formula]?.start;
  if (!start) return null;
  const lead = document.getText({ start: { line: start.line, character: 0 }, end: start });
  const ownLine = /^[\s>]*$/.test(lead);
  const position = ownLine ? { line: start.line, character: 0 } : start;
  const [open, close] = isLatex(document) ? ["% gradcheck: ignore-next ", ""] : ["<!-- gradcheck: ignore-next ", " -->"];
  if (ownLine) return { uri: document.uri, position, before: lead + open, after: `${close}\n` };
  // In LaTeX the first % keeps the line break from adding a space.
  return isLatex(document) ? { uri: document.uri, position, before: `%\n${open}`, after: "\n" } : { uri: document.uri, position, before: open, after: `${close} ` };
}

function editOf(uri: string, edits: readonly TextEdit[]): WorkspaceEdit {
  return { changes: { [uri]: [...edits] } };
}
