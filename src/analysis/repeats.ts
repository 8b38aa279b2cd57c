/**
 * The same slip made twice: a refuted statement that says what an earlier one
 * said names the first, so that a reader corrects both for one reason.
 */
import type { Statement } from "./types";

export function nameRepeats(statements: readonly Statement[]): Statement[] {
  const first = new Map<string, Statement>();
  return statements.map((statement) => {
    if (statement.verdict !== "refuted") return statement;
    const key = slipOf(statement);
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, statement);
      return statement;
    }
    const message = `${statement.message ?? "wrong"} (same slip as line ${earlier.range.start.line + 1})`;
    return { ...statement, message, related: [...statement.related, { range: earlier.range, message: "the same slip, made first here" }] };
  });
}

/** What is stated, whatever its layout: blanks, alignment and numbering are no part of it. */
function slipOf({ code, left, right }: Statement): string {
  const plain = (latex: string): string => latex.replace(/\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:notag|nonumber|displaystyle|quad|qquad)(?![A-Za-z])|\\[,;:! ]|[\s&]|[.,;]$/g, "");
  return `${code}\n${plain(left)}\n${plain(right)}`;
}
