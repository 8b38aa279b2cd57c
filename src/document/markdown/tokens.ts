/** What the inline scan finds in a paragraph; places are indices into its text. */
import type { SourceText } from "../../base/span";
import type { MacroDefinition } from "../types";

export type Token =
  /** Markup that is not read as text. */
  | { readonly kind: "cut"; readonly start: number; readonly end: number }
  /** Markup that stands for other text (`&nbsp;`, `<br>`). */
  | { readonly kind: "put"; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: "code"; readonly start: number; readonly end: number; readonly from: number; readonly to: number }
  /** A macro definition outside formulas. */
  | { readonly kind: "define"; readonly start: number; readonly end: number; readonly macro: MacroDefinition }
  | { readonly kind: "strike"; readonly start: number; readonly end: number; readonly opens: boolean }
  | {
      readonly kind: "math";
      readonly start: number;
      readonly end: number;
      readonly from: number;
      readonly to: number;
      readonly display: boolean;
      readonly environment: string | null;
      /** Nothing in it was escaped for Markdown. */
      readonly raw: boolean;
      /** Displayed where it stands alone on its line. */
      readonly lone: boolean;
      /** Where it is not what stands from `from` to `to`, but was decoded. */
      readonly source?: SourceText;
    };
