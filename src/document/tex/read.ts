import type { SourceText } from "../../base/span";
import type { Collector } from "../collector";
export function readTex(_source: SourceText, _collector: Collector, _options: { readonly packageFile: boolean }): void {}
