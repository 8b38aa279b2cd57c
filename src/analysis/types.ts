/**
 * What the facade takes and gives. The report itself is plain data that every
 * layer may speak of, so its types stand in `base/statement`.
 */
import type { Layout } from "../base/statement";

export type * from "../base/statement";

export interface AnalyzeOptions {
  readonly layout: "auto" | Layout;
  /** Decides the format where `languageId` is absent. */
  readonly filename: string;
  readonly languageId?: string;
  /** From the user's settings: name with backslash → body. */
  readonly macros?: Readonly<Record<string, string>>;
}
