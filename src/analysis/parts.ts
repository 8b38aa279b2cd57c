/**
 * A report on a document of several files, taken apart: what is said of each
 * file, in that file's own lines. Something that reaches over the edge of a
 * file belongs to the one in which it starts.
 */
import { LineIndex } from "../base/line-index";
import type { Joined, Part } from "../document/tex/inputs";
import type { DocumentReport, FileReport, Fix, Range, Related, Statement } from "./types";

export function partReport(report: DocumentReport, joined: Joined, texts: (path: string | null) => string): { own: DocumentReport; included: FileReport[] } {
  const places = new Places(joined, texts);
  const paths = [...new Set(joined.parts.map(({ path }) => path))].filter((path) => path !== null);
  const [own, ...others] = [null, ...paths].map((path) => reportOf(report, path, places));
  return { own: own as DocumentReport, included: others.map((one, index) => ({ path: paths[index] as string, text: texts(paths[index] as string), report: one })) };
}

function reportOf(report: DocumentReport, path: string | null, places: Places): DocumentReport {
  const here = <T extends { readonly range: Range }>(items: readonly T[]): T[] => items.filter(({ range }) => places.fileOf(range) === path).map((item) => ({ ...item, range: places.range(item.range) }));
  const formulas = report.formulaRanges.flatMap((range, index) => (places.fileOf(range) === path ? [index] : []));
  const unread = new Set(report.unreadFormulas);
  const indexOf = new Map(formulas.map((formula, index) => [formula, index]));
  return {
    formulas: { total: formulas.length, read: formulas.filter((index) => !unread.has(index)).length },
    statements: report.statements.filter(({ formula }) => indexOf.has(formula)).map((statement) => statementIn(statement, indexOf.get(statement.formula) as number, path, places)),
    symbols: report.symbols.flatMap((symbol) => {
      const occurrences = symbol.occurrences.filter((range) => places.fileOf(range) === path).map((range) => places.range(range));
      const definition = symbol.definition && places.fileOf(symbol.definition) === path ? places.range(symbol.definition) : null;
      return occurrences.length || definition ? [{ ...symbol, occurrences, definition, scope: places.range(symbol.scope) }] : [];
    }),
    formulaRanges: formulas.map((index) => places.range(report.formulaRanges[index] as Range)),
    unreadFormulas: formulas.flatMap((formula, index) => (unread.has(formula) ? [index] : [])),
    macros: report.macros,
    reading: report.reading,
    problems: here(report.problems),
  };
}

function statementIn(statement: Statement, formula: number, path: string | null, places: Places): Statement {
  const { range, relation, entries, related, fix } = statement;
  return { ...statement, formula, range: places.range(range), relation: places.range(relation), entries: entries.map((entry) => ({ ...entry, range: places.range(entry.range) })), related: related.map((other) => relatedIn(other, path, places)), fix: fix && fixIn(fix, path, places) };
}

function relatedIn({ range, message }: Related, path: string | null, places: Places): Related {
  const file = places.fileOf(range);
  return { range: places.range(range), message, ...(file === path ? {} : { file }) };
}

/** A correction stays in one file. */
function fixIn({ title, edits, safe }: Fix, path: string | null, places: Places): Fix | null {
  if (edits.some(({ range }) => places.fileOf(range) !== path)) return null;
  return { title, safe, edits: edits.map(({ range, newText }) => ({ range: places.range(range), newText })) };
}

/** From the lines of the joined text to those of the files. */
class Places {
  private readonly joinedLines: LineIndex;
  private readonly lines = new Map<string | null, LineIndex>();

  constructor(
    private readonly joined: Joined,
    private readonly texts: (path: string | null) => string,
  ) {
    this.joinedLines = new LineIndex(joined.text);
  }

  fileOf({ start }: Range): string | null {
    return this.partAt(this.joinedLines.offset(start)).path;
  }

  range({ start, end }: Range): Range {
    const from = this.joinedLines.offset(start);
    const part = this.partAt(from);
    const to = this.joinedLines.offset(end);
    const last = this.partAt(Math.max(from, to - 1));
    const lines = this.linesOf(part.path);
    const first = part.offset + from - part.at;
    return { start: lines.position(first), end: lines.position(last.path === part.path ? last.offset + to - last.at : first + 1) };
  }

  private linesOf(path: string | null): LineIndex {
    const known = this.lines.get(path) ?? new LineIndex(this.texts(path));
    this.lines.set(path, known);
    return known;
  }

  private partAt(offset: number): Part {
    const { parts } = this.joined;
    let low = 0;
    let high = parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((parts[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return parts[low] ?? { at: 0, path: null, offset: 0 };
  }
}
