/** The page of every code, as bundled from `docs/codes`. */
import equationMismatch from "../../docs/codes/equation-mismatch.md";
import gradientMismatch from "../../docs/codes/gradient-mismatch.md";
import indexPattern from "../../docs/codes/index-pattern.md";
import labelMismatch from "../../docs/codes/label-mismatch.md";
import layout from "../../docs/codes/layout.md";
import misplacedEntries from "../../docs/codes/misplaced-entries.md";
import missingAmpersand from "../../docs/codes/missing-ampersand.md";
import missingAssumption from "../../docs/codes/missing-assumption.md";
import missingPartial from "../../docs/codes/missing-partial.md";
import shapeMismatch from "../../docs/codes/shape-mismatch.md";
import staleDirective from "../../docs/codes/stale-directive.md";
import syntax from "../../docs/codes/syntax.md";
import tensorShorthand from "../../docs/codes/tensor-shorthand.md";

const pages: Readonly<Record<string, string>> = {
  "gradient-mismatch": gradientMismatch,
  "equation-mismatch": equationMismatch,
  "shape-mismatch": shapeMismatch,
  "label-mismatch": labelMismatch,
  "misplaced-entries": misplacedEntries,
  "index-pattern": indexPattern,
  "missing-assumption": missingAssumption,
  layout,
  "tensor-shorthand": tensorShorthand,
  "missing-partial": missingPartial,
  "missing-ampersand": missingAmpersand,
  syntax,
  "stale-directive": staleDirective,
};

export function pageOf(code: string): string | undefined {
  return Object.hasOwn(pages, code) ? pages[code] : undefined;
}
