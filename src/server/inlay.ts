/** The shape of each symbol behind the place where it is defined. */
import { InlayHintKind } from "vscode-languageserver";
import type { InlayHint } from "vscode-languageserver";
import type { DocumentReport } from "../analysis/types";
import { holds, overlaps } from "../protocol/places";
import type { Range } from "../protocol/places";
import { plainText } from "./tex";

export function shapeHints(report: DocumentReport, visible: Range): InlayHint[] {
  return report.symbols.flatMap(({ shape, definition, occurrences }) => {
    const first = definition && occurrences.find(({ start }) => holds(definition, start));
    if (shape === "" || !first || !overlaps(first, visible)) return [];
    return [{ position: first.end, label: plainText(shape), kind: InlayHintKind.Type, paddingLeft: true, paddingRight: true }];
  });
}
