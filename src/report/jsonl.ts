/**
 * The same data as the JSON report, a line for each thing that is said, so that
 * a reader need not wait for the last file. Each line is an object whose `type`
 * tells what it is: `file`, then its `statement`s; `failure`; last, `summary`.
 */
import { countVerdicts, statementsOf, type CheckedFile, type FailedFile, type Outcome } from "./checked";
import { jsonFile } from "./json";

export function jsonlFile(file: CheckedFile): string {
  const { statements, ...rest } = jsonFile(file);
  const { path } = rest;
  const lines = [{ type: "file", ...rest }, ...statements.map((statement) => ({ type: "statement", path, ...statement }))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

export function jsonlFailure({ path, message }: FailedFile): string {
  return `${JSON.stringify({ type: "failure", path, message })}\n`;
}

export function jsonlSummary({ files }: Outcome): string {
  return `${JSON.stringify({ type: "summary", version: 1, ...countVerdicts(statementsOf(files)) })}\n`;
}
