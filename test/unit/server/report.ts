/** Reports as the checker would give them, for tests of how they are shown. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DocumentReport, Range, Statement, SymbolInfo } from "../../../src/analysis/types";
import type { CheckedDocument } from "../../../src/server/checked-document";

export const note = `Let $A = ZW$ with $W \\in \\mathbb{R}^{k\\times n}$.

$$
\\frac{\\partial L}{\\partial W} = Z \\frac{\\partial L}{\\partial A}
$$
`;

export function documentOf(text: string, languageId = "markdown"): TextDocument {
  return TextDocument.create("file:///notes/a%20note.md", languageId, 3, text);
}

export function rangeOf(document: TextDocument, text: string, nth = 0): Range {
  let at = -1;
  for (let count = 0; count <= nth; count++) at = document.getText().indexOf(text, at + 1);
  if (at < 0) throw new Error(`not in the note: ${text}`);
  return { start: document.positionAt(at), end: document.positionAt(at + text.length) };
}

const wrong = "Z \\frac{\\partial L}{\\partial A}";
const right = "Z^\\top \\frac{\\partial L}{\\partial A}";

export function wrongStatement(document: TextDocument, change: Partial<Statement> = {}): Statement {
  return {
    range: rangeOf(document, wrong),
    relation: rangeOf(document, `\\frac{\\partial L}{\\partial W} = ${wrong}`),
    latex: `\\frac{\\partial L}{\\partial W} = ${wrong}`,
    kind: "gradient",
    verdict: "refuted",
    code: "gradient-mismatch",
    severity: "error",
    message: "the transpose of Z is missing",
    reason: null,
    assumptions: [],
    evidence: { method: "exact", trials: 4, errorBound: 1e-24, certificate: "" },
    computed: right,
    counterexample: { sizes: { m: 3, k: 4 }, seed: 1, entry: [1, 2], left: 3, right: 5 },
    fix: { title: "Transpose", edits: [{ range: rangeOf(document, wrong), newText: right }], safe: true },
    related: [{ range: rangeOf(document, "A = ZW"), message: "A is defined here" }],
    left: "\\frac{\\partial L}{\\partial W}",
    right: wrong,
    entries: [],
    formula: 2,
    ...change,
  };
}

export function symbolW(document: TextDocument): SymbolInfo {
  const first = rangeOf(document, "W \\in");
  const occurrence: Range = { start: first.start, end: { line: first.start.line, character: first.start.character + 1 } };
  return { latex: "W", shape: "k \\times n", role: "matrix", assumptions: [], definition: occurrence, scope: rangeOf(document, document.getText()), value: null, occurrences: [occurrence] };
}

export function reportOf(document: TextDocument, statements: readonly Statement[]): DocumentReport {
  return {
    formulas: { total: 3, read: 3 },
    statements,
    symbols: [symbolW(document)],
    formulaRanges: [rangeOf(document, "$A = ZW$"), rangeOf(document, "$W \\in \\mathbb{R}^{k\\times n}$"), rangeOf(document, `$$\n\\frac{\\partial L}{\\partial W} = ${wrong}\n$$`)],
    reading: { layout: "denominator", vectors: "columns", notes: [] },
    problems: [],
    unreadFormulas: [],
    macros: [],
  };
}

/** A derivative whose right side is left open at a place. */
export function openStatement(document: TextDocument, at: Range, change: Partial<Statement> = {}): Statement {
  return wrongStatement(document, { range: at, relation: at, latex: "y =", left: "y", right: "", verdict: "unchecked", code: null, severity: null, reason: "not-a-claim", fix: null, computed: "2x", ...change });
}

export function checkedNote(change: Partial<Statement> = {}): CheckedDocument {
  const document = documentOf(note);
  return { document, report: reportOf(document, [wrongStatement(document, change)]) };
}
