/** The checker as the commands use it. Loaded only by commands that check, so that the others start at once. */
import type { DocumentReport, Layout, Position } from "../base/statement";
import type { TriedReading } from "../report/why";

export interface CheckOptions {
  readonly layout: "auto" | Layout;
  /** Decides the format. */
  readonly filename: string;
  /** Texts of files with further macros. */
  readonly macroFiles?: readonly string[];
  /** Closed forms of what is computed: for every gradient, or only beside what is wrong or left open. */
  readonly closedForms?: "all" | "wrong";
  /** Whether to derive what is computed in steps. */
  readonly steps?: true;
  /** Texts of the files that the document reads, by path from its folder; null for one that does not exist. */
  readonly files?: Readonly<Record<string, string | null>>;
}

export interface Engine {
  analyze(text: string, options: CheckOptions): DocumentReport;
  /** Paths of files that the document may read and of which `files` says nothing yet. */
  unknownFiles?(text: string, options: CheckOptions): readonly string[];
  /** The readings tried for the statement at that place, in order; absent where the engine does not tell. */
  explain?(text: string, options: CheckOptions, position: Position): readonly TriedReading[];
}

export type LoadEngine = () => Promise<Engine>;

export const loadEngine: LoadEngine = async () => ({ ...(await import("../analysis/analyze")), ...(await import("../analysis/explain")) });
