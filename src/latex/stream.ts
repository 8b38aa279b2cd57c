/**
 * The tokens still to be read. What a macro expands to is put in front of the
 * rest and read next, so that no expanded text is ever built and every token
 * keeps its place in the source.
 */
import type { Token } from "./tokens";

interface Frame {
  readonly tokens: readonly Token[];
  readonly at: number;
}

export class TokenStream {
  /** Where the last token that was taken ends. */
  end = 0;
  /** Whether anything was put in front: then tokens need not come in the order of the source. */
  mixed = false;
  private at = 0;
  private readonly frames: Frame[] = [];

  /** `tokens` ends with a token of kind "end", which is never passed. */
  constructor(private tokens: readonly Token[]) {}

  peek(): Token {
    const token = this.tokens[this.at];
    return token !== undefined ? token : this.resume();
  }

  next(): Token {
    const token = this.peek();
    if (token.kind === "end") return token;
    this.at++;
    this.end = token.end;
    return token;
  }

  /** The token `distance` after the next one, where it comes from the same text. */
  ahead(distance: number): Token | undefined {
    this.peek();
    return this.tokens[this.at + distance];
  }

  /** Puts tokens in front of the rest. */
  push(tokens: readonly Token[]): void {
    this.mixed = true;
    if (this.at < this.tokens.length) this.frames.push({ tokens: this.tokens, at: this.at });
    this.tokens = tokens;
    this.at = 0;
  }

  /** Whether the next token comes from the source, not from an expansion. */
  get atSource(): boolean {
    return this.frames.length === 0;
  }

  /** Passes over all that is left. */
  abandon(): void {
    this.frames.length = 0;
    this.tokens = [{ kind: "end", text: "", start: this.end, end: this.end, spaced: false }];
    this.at = 0;
  }

  /** After a `{` was taken: the tokens up to its `}`, which is taken too; null where there is none and all was taken. */
  balanced(): Token[] | null {
    const inside: Token[] = [];
    for (let depth = 0; ; ) {
      const token = this.next();
      if (token.kind === "end") return null;
      if (token.kind === "open") depth++;
      else if (token.kind === "close" && depth-- === 0) return inside;
      inside.push(token);
    }
  }

  private resume(): Token {
    for (;;) {
      const frame = this.frames.pop();
      // The source's own tokens end with "end", so a frame that ran out has another below it.
      if (!frame) throw new Error("a token stream without its end");
      this.tokens = frame.tokens;
      this.at = frame.at;
      const token = this.tokens[this.at];
      if (token !== undefined) return token;
    }
  }
}
