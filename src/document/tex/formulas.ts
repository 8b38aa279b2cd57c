/** Writes the formulas of LaTeX text; each method gives the index after one, or after an opener that is not closed. */
import type { SourceText } from "../../base/span";
import { spanIn } from "../../base/span";
import type { Collector } from "../collector";
import { afterArguments, mathEnvironment, unstarred } from "../environments";
import { commandAt } from "../macros";
import type { Definitions } from "./definitions";
import type { MathCloser } from "./maths";
import type { Writer } from "./writer";

export class Formulas {
  private readonly text: string;

  constructor(
    private readonly source: SourceText,
    private readonly collector: Collector,
    private readonly writer: Writer,
    private readonly closer: MathCloser,
    private readonly definitions: Definitions,
  ) {
    this.text = source.text;
  }

  /** `$…$` or `$$…$$` */
  dollar(at: number): number {
    if (this.text[at + 1] === "$") return this.doubleDollar(at);
    const close = this.closer.dollar(at);
    if (close === null) return this.unclosed("$", at, at + 1);
    this.writer.formula(at + 1, close, at, close + 1, false, null);
    return close + 1;
  }

  /** `\(…\)` or `\[…\]` */
  delimited(at: number, closer: string, display: boolean): number {
    const opener = this.text.slice(at, at + 2);
    const close = display ? this.closer.display(opener, closer, at + 2) : this.closer.inline(opener, closer, at + 2);
    if (close === null) return this.unclosed(opener, at, at + 2);
    this.writer.formula(at + 2, close, at, close + 2, display, null);
    return close + 2;
  }

  /** `\begin{name}…\end{name}`, or what the file defines to mean that; `after` is where the content starts. */
  environment(at: number, name: string, after: number): number {
    const close = this.closer.environment(name, after, this.definitions.closers(name));
    if (close === null) return this.unclosed(this.text.slice(at, after), at, after);
    const isPlain = this.text.startsWith(`\\end{${name}}`, close);
    const end = close + (isPlain ? name.length + 6 : (commandAt(this.text, close)?.length ?? 0) + 1);
    const plain = unstarred(name);
    if (mathEnvironment(plain) === "part") this.writer.formula(at, end, at, end, true, null);
    else this.writer.formula(afterArguments(this.text, after, plain), close, at, end, plain !== "math", plain);
    return end;
  }

  private doubleDollar(at: number): number {
    const close = this.closer.display("$$", "$$", at + 2);
    if (close === null) return this.unclosed("$$", at, at + 2);
    if (this.text.slice(at + 2, close).trim() !== "") this.writer.formula(at + 2, close, at, close + 2, true, null);
    return close + 2;
  }

  private unclosed(what: string, start: number, end: number): number {
    this.collector.problem(`\`${what}\` is not closed`, spanIn(this.source, start, end));
    return end;
  }
}
