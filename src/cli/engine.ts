/** The checker as the commands use it. Loaded only by commands that check, so that the others start at once. */
import type { DocumentReport, Layout, Position } from "../base/statement";
import type { TriedReading } from "../report/why";

export interface CheckOptions {
  readonly layout: "auto" | Layout;
  /** Decides the format. */
  readonly filename: string;
}

export interface Engine {
  analyze(text: string, options: CheckOptions): DocumentReport;
  /** The readings tried for the statement at that place, in order; absent where the engine does not tell. */
  explain?(text: string, options: CheckOptions, position: Position): readonly TriedReading[];
}

export type LoadEngine = () => Promise<Engine>;

export const loadEngine: LoadEngine = async () => import("../analysis/analyze");
