/** Which documents are notes, and which of those have mathematics that is worth a server. */
import type { TextDocument, TextEditor } from "vscode";
import { languages } from "../protocol/languages";

/** Matrices and derivatives in the spellings that notes use; cheap, and wrong only in waking the server for nothing. */
const mathematics = /\\(?:partial|nabla|mathrm\{d\}|[bpvBV]?matrix\b|begin\{(?:[bpvBV]?(?:small)?matrix|array)\*?\})|\\mathbb\s*\{?\s*R\s*\}?\s*\^|\\[dt]?frac\s*\{\s*(?:d|\\mathrm\s*\{?d\}?)\b|(?<![A-Za-z])d[A-Za-z]?\s*\/\s*d\s*\\?[A-Za-z]|_\s*\{[^{}\n]{0,40}\\times[^{}\n]{0,40}\}|\\operatorname\{(?:tr|diag)\}|\\(?:top|intercal)(?![A-Za-z])|\^\s*\{?\s*T(?![A-Za-z])/;

export function isNotes({ languageId }: TextDocument): boolean {
  return languages.includes(languageId);
}

export function showsMathematics(document: TextDocument): boolean {
  return isNotes(document) && mathematics.test(document.getText());
}

export function isNotesEditor(editor: TextEditor | undefined): editor is TextEditor {
  return editor !== undefined && isNotes(editor.document);
}
