/** Arguments of LaTeX commands: where they are and where reading goes on after them. */
import { blankAfter } from "./maths";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export class ArgumentScanner {
  constructor(
    private readonly text: string,
    private readonly braces: Int32Array,
    private readonly end: number,
  ) {}

  /** After the arguments that `spec` names (see `dropped`), as far as they are there. */
  skip(from: number, spec: string): number {
    let at = from;
    for (const kind of spec) {
      if (kind === "*") at = this.text[at] === "*" ? at + 1 : at;
      else if (kind === "o") at = this.text[at] === "[" ? (this.bracketEnd(at) ?? at - 1) + 1 : at;
      else at = (this.braced(at)?.to ?? at - 1) + 1;
    }
    return at;
  }

  /** The argument in braces at `from`, spaces and a newline left aside. */
  braced(from: number): Range | null {
    let at = this.spaces(from);
    if (this.text[at] === "\r") at++;
    if (this.text[at] === "\n") at = this.spaces(at + 1);
    const close = this.text[at] === "{" ? (this.braces[at] ?? -1) : -1;
    return close < 0 ? null : { from: at + 1, to: close };
  }

  /** The `]` that closes the `[` at `at`, in the same paragraph. */
  bracketEnd(at: number): number | null {
    for (let index = at + 1; index < Math.min(this.end, at + 2000); index++) {
      const code = this.text.charCodeAt(index);
      if (code === 92) index++;
      else if (code === 93) return index;
      else if (code === 123) {
        const close = this.braces[index] ?? -1;
        if (close < 0) return null;
        index = close;
      } else if (code === 10 && blankAfter(this.text, index) !== null) return null;
    }
    return null;
  }

  /** After Beamer's `<1->`, if it is there. */
  overlay(at: number): number {
    return this.text[at] === "<" ? at + (/^<[\d,+.|()a-z:-]*>/.exec(this.text.slice(at, at + 30))?.[0].length ?? 0) : at;
  }

  /** TeX takes the spaces after a command's name. */
  spaces(from: number): number {
    let at = from;
    while (this.text[at] === " " || this.text[at] === "\t") at++;
    return at;
  }
}
