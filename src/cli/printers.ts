/** One printer for each format of `gradcheck check`: what it writes for a file, and at the end. */
import type { CheckedFile, FailedFile, Outcome } from "../report/checked";
import { githubFailure, githubFile } from "../report/github";
import { jsonReport } from "../report/json";
import { jsonlFailure, jsonlFile, jsonlSummary } from "../report/jsonl";
import { prettyFile, prettyRest, prettySummary, type Screen } from "../report/pretty";
import { sarifReport } from "../report/sarif";
import { pageOf } from "./pages";
import { version } from "./version";

export interface Printer {
  file(file: CheckedFile): string;
  failure(failure: FailedFile): string;
  end(outcome: Outcome): string;
}

export const formats = ["pretty", "json", "jsonl", "sarif", "github"] as const;
export type Format = (typeof formats)[number];

export function printerFor(format: Format, screen: Screen, verbose: boolean): Printer {
  const nothing = (): string => "";
  switch (format) {
    case "pretty":
      return {
        file: (file) => prettyFile(file, screen) + (verbose ? prettyRest(file, screen) : ""),
        failure: nothing,
        end: (outcome) => prettySummary(outcome, screen),
      };
    case "json":
      return { file: nothing, failure: nothing, end: (outcome) => `${JSON.stringify(jsonReport(outcome), null, 2)}\n` };
    case "jsonl":
      return { file: jsonlFile, failure: jsonlFailure, end: jsonlSummary };
    case "sarif":
      return { file: nothing, failure: nothing, end: (outcome) => `${JSON.stringify(sarifReport(outcome, { version, page: pageOf }), null, 2)}\n` };
    case "github":
      return { file: githubFile, failure: githubFailure, end: nothing };
  }
}
