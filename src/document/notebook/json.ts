/**
 * JSON with places: what a notebook needs of it, without building what is not
 * asked for. A string is decoded so that each character knows where it stands in
 * the file. Broken JSON ends the reading where it breaks; what came before stays.
 */
import type { SourceText } from "../../base/span";
import type { SourceBuilder } from "../source";

export class JsonError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Values nested deeper are not read. */
const deepest = 200;

export class JsonScanner {
  at = 0;
  private readonly file: SourceText;

  constructor(readonly text: string) {
    this.file = { text, anchors: [{ at: 0, offset: 0 }] };
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  /** The first character of the next value or sign; "" at the end. */
  peek(): string {
    while (this.at < this.text.length && this.isSpace(this.text.charCodeAt(this.at))) this.at++;
    return this.text.charAt(this.at);
  }

  /** Calls `member` at each member's value; it must read or skip the value. */
  object(member: (key: string) => void): void {
    this.expect("{");
    if (this.take("}")) return;
    do {
      const key = this.string();
      this.expect(":");
      member(key);
    } while (this.take(","));
    this.expect("}");
  }

  array(element: (index: number) => void): void {
    this.expect("[");
    if (this.take("]")) return;
    let index = 0;
    do element(index++);
    while (this.take(","));
    this.expect("]");
  }

  skip(depth = 0): void {
    if (depth > deepest) throw new JsonError("nested too deep", this.at);
    const sign = this.peek();
    if (sign === '"') this.stringEnd();
    else if (sign === "{") this.object(() => this.skip(depth + 1));
    else if (sign === "[") this.array(() => this.skip(depth + 1));
    else this.literal();
  }

  /** A string's value, for keys and names. */
  string(): string {
    const start = this.at;
    if (this.peek() !== '"') throw new JsonError("expected a string", this.at);
    const from = this.at;
    const end = this.stringEnd();
    const raw = this.text.slice(from + 1, end);
    if (!raw.includes("\\")) return raw;
    try {
      return String(JSON.parse(this.text.slice(from, end + 1)));
    } catch {
      throw new JsonError("a broken string", start);
    }
  }

  /** Appends a string's characters, each with its place. */
  decodeInto(built: SourceBuilder): void {
    if (this.peek() !== '"') throw new JsonError("expected a string", this.at);
    let from = this.at + 1;
    const end = this.stringEnd();
    while (from < end) {
      const escape = this.text.indexOf("\\", from);
      const to = escape < 0 || escape > end ? end : escape;
      built.append(this.file, from, to);
      from = to < end ? this.escape(built, to) : to;
    }
  }

  private escape(built: SourceBuilder, at: number): number {
    const sign = this.text.charAt(at + 1);
    const code = sign === "u" ? /^[0-9A-Fa-f]{4}/.exec(this.text.slice(at + 2, at + 6))?.[0] : undefined;
    if (code !== undefined) {
      built.decoded(String.fromCharCode(parseInt(code, 16)), at, 6);
      return at + 6;
    }
    built.decoded(escapes[sign] ?? sign, at, 2);
    return at + 2;
  }

  /** Goes past a string; gives the place of its closing quote. */
  private stringEnd(): number {
    let at = this.at + 1;
    for (;;) {
      const quote = this.text.indexOf('"', at);
      if (quote < 0) throw new JsonError("a string that does not end", this.at);
      if (!this.isEscaped(quote, at)) {
        this.at = quote + 1;
        return quote;
      }
      at = quote + 1;
    }
  }

  private isEscaped(quote: number, from: number): boolean {
    let start = quote;
    while (start > from && this.text.charCodeAt(start - 1) === 92) start--;
    return (quote - start) % 2 === 1;
  }

  private literal(): void {
    const start = this.at;
    while (this.at < this.text.length && /[\w.+-]/.test(this.text.charAt(this.at))) this.at++;
    if (this.at === start) throw new JsonError("expected a value", start);
  }

  private take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw new JsonError(`expected ${sign}`, this.at);
  }

  private isSpace(code: number): boolean {
    return code === 32 || code === 10 || code === 13 || code === 9;
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", '"': '"', "\\": "\\", "/": "/" };
