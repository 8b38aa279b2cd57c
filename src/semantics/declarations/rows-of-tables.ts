/**
 * Tables of symbols: where a row begins with a formula and nothing else, its
 * other cells speak of that, as `| $W$ | $d \\times k$ | weights |` does.
 */
import { isMixed, type ProseFacts } from "../prose";
import type { Paragraph } from "./layout";

/** The first cell of a row below the head of a table, where it is a formula alone. */
export function headOfRow({ cell, index }: Paragraph, paragraphs: readonly Paragraph[]): Paragraph | null {
  if (!cell?.row || !cell.column) return null;
  let at = index;
  while (paragraphs[at]?.cell?.column && paragraphs[at]?.cell?.table === cell.table) at--;
  const first = paragraphs[at];
  return first?.cell?.table === cell.table && first.cell.row === cell.row && first.pieces.length === 1 && first.pieces[0]?.kind === "formula" ? first : null;
}

/** Nothing is told by a row whose cells tell different things, each of a case: "| $x$ | vector | scalar |". */
export function withoutCases(paragraphs: readonly Paragraph[], prose: readonly ProseFacts[]): ProseFacts[] {
  const rows = new Map<Paragraph, number[]>();
  for (const paragraph of paragraphs) {
    const head = headOfRow(paragraph, paragraphs);
    if (head) rows.set(head, [...(rows.get(head) ?? []), paragraph.index]);
  }
  const mixed = new Set([...rows.values()].filter((cells) => cells.length > 1 && isMixed(cells.flatMap((at) => prose[at]?.declarations.flatMap(({ facts }) => facts) ?? []))).flat());
  return prose.map((facts, at) => (mixed.has(at) ? { ...facts, declarations: [] } : facts));
}
