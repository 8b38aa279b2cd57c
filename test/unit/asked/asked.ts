/** A gradient left open in a note, as a reader of the notes meets it: declarations, then `\frac{…}{…} =`. */
import { analyze } from "../../../src/analysis/analyze";
import { isOpen } from "../../../src/base/statement";

export interface Asked {
  readonly name: string;
  /** What the notes say of the symbols. */
  readonly given: string;
  /** The derivative, without its equals sign. */
  readonly of: string;
  /** What is computed. */
  readonly form: string;
}

export function computedFor({ given, of }: Pick<Asked, "given" | "of">): string | null {
  const open = analyze(`${given}\n\n$$\n${of} =\n$$\n`, { layout: "auto", filename: "asked.md" }).statements.find(isOpen);
  return open?.computed ?? null;
}
