/**
 * Where formulas of LaTeX text close. TeX pairs delimiters strictly; a file that
 * is being written does not, so what turns out to be prose is none.
 */
import { isProse, look } from "../looks";
import { lineEnd } from "./braces";

export class MathCloser {
  private readonly found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(
    private readonly text: string,
    private readonly braces: Int32Array,
    private readonly end: number,
  ) {}

  /** The `$` that closes the one at `open`: not one inside braces, nor past a blank line. */
  dollar(open: number): number | null {
    const close = this.dollarOutsideBraces(open + 1) ?? this.next("$", open + 1);
    if (close === null || close > this.end || close === open + 1) return null;
    const seen = look(this.text, open + 1, close);
    if (this.hasBlankLine(open + 1, close)) return null;
    return seen.run >= 4 && seen.proseWords >= 2 ? null : close;
  }

  /** The `closer` of a display formula whose content starts at `from`, unless `opener` opens another before. */
  display(opener: string, closer: string, from: number): number | null {
    const close = this.delimited(opener, closer, from);
    if (close === null || sectioning.test(this.text.slice(from, close))) return null;
    return this.hasBlankLine(from, close) && isProse(this.text, from, close) ? null : close;
  }

  inline(opener: string, closer: string, from: number): number | null {
    const close = this.delimited(opener, closer, from);
    return close === null || this.hasBlankLine(from, close) ? null : close;
  }

  /** `\end{name}`, or one of the commands that stand for it. */
  environment(name: string, from: number, closers: readonly string[]): number | null {
    const places = [`\\end{${name}}`, ...closers].map((closer) => this.display(`\\begin{${name}}`, closer, from) ?? Infinity);
    const close = Math.min(...places);
    return close === Infinity ? null : close;
  }

  private delimited(opener: string, closer: string, from: number): number | null {
    const close = this.next(closer, from);
    if (close === null || close > this.end) return null;
    const again = opener === closer ? null : this.next(opener, from);
    return again !== null && again < close ? null : close;
  }

  private dollarOutsideBraces(from: number): number | null {
    for (let at = from; at < this.end; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 36) return at;
      if (code === 92) at++;
      else if (code === 37) at = lineEnd(this.text, at);
      else if (code === 125 || (code === 10 && this.isBlankAfter(at))) return null;
      else if (code === 123) {
        const close = this.braces[at] ?? -1;
        if (close < 0) return null;
        at = close;
      }
    }
    return null;
  }

  /** The first unescaped, uncommented `sign` at or after `from`. */
  private next(sign: string, from: number): number | null {
    const known = this.found.get(sign);
    if (known && known.from <= from && from <= known.at) return known.at === Infinity ? null : known.at;
    let at = this.text.indexOf(sign, from);
    while (at >= 0 && (this.isEscaped(at, from) || this.isCommented(at, from))) at = this.text.indexOf(sign, at + 1);
    this.found.set(sign, { from, at: at < 0 ? Infinity : at });
    return at < 0 ? null : at;
  }

  private isEscaped(at: number, from: number): boolean {
    let start = at;
    while (start > from && this.text.charCodeAt(start - 1) === 92) start--;
    return (at - start) % 2 === 1;
  }

  private isCommented(at: number, from: number): boolean {
    for (let index = at - 1; index >= from; index--) {
      const code = this.text.charCodeAt(index);
      if (code === 10) return false;
      if (code === 37 && !this.isEscaped(index, from)) return true;
    }
    return false;
  }

  private hasBlankLine(from: number, to: number): boolean {
    let at = this.text.indexOf("\n", from);
    while (at >= 0 && at < to) {
      if (this.isBlankAfter(at)) return true;
      at = this.text.indexOf("\n", at + 1);
    }
    return false;
  }

  private isBlankAfter(newline: number): boolean {
    return blankAfter(this.text, newline) !== null;
  }
}

/** The newline that ends the blank line after the one at `newline`; null where that line is not blank. */
export function blankAfter(text: string, newline: number): number | null {
  let at = newline + 1;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9 || text.charCodeAt(at) === 13) at++;
  return text.charCodeAt(at) === 10 ? at : null;
}

const sectioning = /\\(?:(?:sub)*section|chapter|part|begin\{document\}|end\{document\})\b/;
