/**
 * What the facade takes and gives. The report itself is plain data that every
 * layer may speak of, so its types stand in `base/statement`.
 */
import type { Layout } from "../base/statement";
import type { Files } from "../document/tex/inputs";

export type * from "../base/statement";

export interface AnalyzeOptions {
  readonly layout: "auto" | Layout;
  /** Decides the format where `languageId` is absent. */
  readonly filename: string;
  readonly languageId?: string;
  /** From the user's settings: name with backslash → body. */
  readonly macros?: Readonly<Record<string, string>>;
  /** Files with further macros: definitions in LaTeX, or an object of names and bodies in JSON. */
  readonly macroFiles?: readonly string[];
  /** Whole certificates, which are long: graphs and values. Otherwise they say at which point a verdict was computed. */
  readonly certificates?: boolean;
  /** Closed forms of what is computed: for every gradient, or only beside what is wrong and where a right side is left open, which takes much less time. */
  readonly closedForms?: "all" | "wrong";
  /** Whether to derive what is computed in steps: all of it, or only for the relations and the open derivatives of these LaTeX texts. */
  readonly steps?: true | readonly string[];
  /** Texts of the files that the document reads, by path from its folder; null for one that does not exist. */
  readonly files?: Files;
}
