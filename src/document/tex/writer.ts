/**
 * Collects running text into paragraphs, headings and asides. Asides (footnotes)
 * come after the paragraph that they are in.
 */
import type { SourceText, Span } from "../../base/span";
import { cover, spanIn } from "../../base/span";
import type { Collector } from "../collector";
import { cut, SourceBuilder, withoutEnd, withoutStart } from "../source";
import type { CellPlace, Formula, ParagraphRole, Piece } from "../types";

export interface Setting {
  readonly role: ParagraphRole;
  readonly ordered: boolean;
  readonly at: CellPlace | null;
}

interface Draft {
  readonly pieces: Piece[];
  text: SourceBuilder;
}

export class Writer {
  /** Text inside it is not said, formulas are marked. */
  struck = 0;
  private draft: Draft = { pieces: [], text: new SourceBuilder() };
  private readonly outer: Draft[] = [];
  private waiting: { readonly pieces: readonly Piece[]; readonly setting: Setting }[] = [];

  constructor(
    private readonly source: SourceText,
    private readonly collector: Collector,
  ) {}

  plain(start: number, end: number): void {
    if (this.struck === 0 && end > start) this.draft.text.append(this.source, start, end);
  }

  /** Text that stands for what is written from `start` to `end`. */
  put(text: string, start: number, end: number): void {
    const span = spanIn(this.source, start, end);
    if (this.struck === 0) this.draft.text.decoded(text, span.start, span.end - span.start);
  }

  code(start: number, end: number): void {
    this.endText();
    if (this.struck === 0) this.draft.pieces.push({ kind: "code", source: cut(this.source, start, end) });
  }

  formula(from: number, to: number, start: number, end: number, display: boolean, environment: string | null): void {
    this.endText();
    const formula = this.collector.formula(cut(this.source, from, to), spanIn(this.source, start, end), { display, environment, struck: this.struck > 0 });
    this.draft.pieces.push({ kind: "formula", formula });
  }

  /** Ends the paragraph, if there is any. A heading or an aside is one text to its end. */
  paragraph(setting: Setting): void {
    if (this.outer.length > 0) return;
    this.emit(this.take(), setting);
    const waiting = this.waiting;
    this.waiting = [];
    for (const aside of waiting) this.emit(aside.pieces, aside.setting);
  }

  /** Ends the text since `open` as a heading. */
  heading(level: number): void {
    const pieces = this.take();
    this.close();
    if (pieces.length > 0) this.collector.block({ kind: "heading", level, pieces, span: this.spanOf(pieces) });
  }

  /** Starts a text of its own inside the paragraph. */
  open(): void {
    this.outer.push(this.draft);
    this.draft = { pieces: [], text: new SourceBuilder() };
  }

  /** Ends the text since `open` as an aside. */
  aside(setting: Setting): void {
    const pieces = this.take();
    this.close();
    if (pieces.length > 0) this.waiting.push({ pieces, setting });
  }

  private close(): void {
    this.draft = this.outer.pop() ?? { pieces: [], text: new SourceBuilder() };
  }

  private take(): readonly Piece[] {
    this.endText();
    const { pieces } = this.draft;
    this.draft = { pieces: [], text: new SourceBuilder() };
    const last = pieces[pieces.length - 1];
    if (last?.kind === "text") pieces[pieces.length - 1] = { kind: "text", source: withoutEnd(last.source) };
    return pieces;
  }

  private emit(pieces: readonly Piece[], { role, ordered, at }: Setting): void {
    if (pieces.length > 0) this.collector.block({ kind: "paragraph", role, ordered, pieces, span: this.spanOf(pieces), ...(at ? { at } : {}) });
  }

  private endText(): void {
    const { pieces, text } = this.draft;
    if (text.length === 0) return;
    const source = pieces.length === 0 ? withoutStart(text.build(0)) : text.build(0);
    if (source.text.trim() !== "") pieces.push({ kind: "text", source });
    this.draft.text = new SourceBuilder();
  }

  private spanOf(pieces: readonly Piece[]): Span {
    const [first] = pieces;
    const last = pieces[pieces.length - 1];
    return first && last ? cover(this.spanOfPiece(first), this.spanOfPiece(last)) : { start: 0, end: 0 };
  }

  private spanOfPiece(piece: Piece): Span {
    return piece.kind === "formula" ? (this.collector.formulas[piece.formula] as Formula).span : spanIn(piece.source, 0, piece.source.text.length);
  }
}
