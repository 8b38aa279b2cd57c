/**
 * Exercises without headings: a paragraph that declares a letter of its section
 * with another shape, "Let $A \in \mathbb{R}^{n \times m}$", begins a section of
 * its own. What stands before it keeps the shape that was declared there.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "../expression";
import type { Declaration, ProseFacts, ProseToken } from "../prose";
import type { Shape } from "../symbols/entity";
import { fullKey } from "../symbols/key";
import { factsOfSet } from "../symbols/sets";
import { sizeKey } from "../symbols/sizes";
import type { Draft } from "./draft";
import type { Paragraph } from "./layout";

interface Told {
  readonly key: string;
  /** "?" for sizes that are not told. */
  readonly shape: Shape;
  readonly formula: number;
}

/** The paragraphs, with a section more at each that declares letters anew. */
export function apartWhereRedeclared(draft: Draft, paragraphs: readonly Paragraph[], tokens: readonly (readonly ProseToken[])[], prose: readonly ProseFacts[]): Paragraph[] {
  let shapes = new Map<string, Shape>();
  let [section, cuts] = [-1, 0];
  const isExercise = new Set(draft.table.exercises);
  draft.table.exercises.clear();
  return paragraphs.map((paragraph, at) => {
    const words = tokens[at] ?? [];
    if (paragraph.section !== section) shapes = new Map();
    section = paragraph.section;
    if (isExercise.has(section)) draft.table.exercises.add(section + cuts);
    const told = paragraph.cell ? [] : toldIn(words, prose[at]?.declarations ?? []);
    const isAnew = ({ key, shape, formula }: Told): boolean => {
      const known = shapes.get(key);
      return known !== undefined && differ(known, shape) && !isUsedBefore(words, key, formula);
    };
    if (beginsAnew(words) && told.some(isAnew)) {
      const start = words[0]?.start ?? 0;
      const { end } = draft.sections[section + cuts] ?? { end: start };
      draft.sections.splice(section + cuts, 1, { start: draft.sections[section + cuts]?.start ?? start, end: start }, { start, end });
      draft.table.exercises.add(section + cuts).add(section + ++cuts);
      shapes = new Map();
    }
    for (const { key, shape } of told) if (!shapes.has(key)) shapes.set(key, shape);
    return { ...paragraph, section: section + cuts };
  });
}

/** What goes on with the sentence before, "where $A \in \dots$", speaks of what stands there. */
function beginsAnew([first]: readonly ProseToken[]): boolean {
  return first?.kind === "text" && /^[^\p{L}]*(?!其中|这里|這裡|此处|ここで|ただし|여기서|단,)[\p{Lu}\p{Lo}]/u.test(first.text);
}

function toldIn(words: readonly ProseToken[], declarations: readonly Declaration[]): Told[] {
  const members = words.flatMap((word) =>
    word.kind !== "math" ? [] : word.assertions.flatMap(({ sides, links }) => links.flatMap(({ operator }, at): Told[] => {
      const shape = operator === "\\in" && links.length === 1 ? (factsOfSet(sides[at + 1] as Expr)?.shape ?? null) : null;
      return shape ? lettersOf(sides[at] as Expr).map((symbol) => ({ key: fullKey(symbol), shape, formula: word.formula })) : [];
    })),
  );
  const said = declarations.flatMap(({ subject, facts, reach, cue, formula }): Told[] => {
    const shape = reach === "document" && cue !== "where" && cue !== "if" ? shapeSaid(facts) : null;
    return shape && !subject.subscripts.length ? [{ key: fullKey(subject), shape, formula }] : [];
  });
  return [...members, ...said];
}

/** Letters without indices. */
function lettersOf(side: Expr): SymbolExpr[] {
  const listed = side.kind === "tuple" ? side.items : [side];
  return listed.filter((one): one is SymbolExpr => one.kind === "symbol" && !one.subscripts.length && !one.tags.length);
}

function shapeSaid(facts: Declaration["facts"]): Shape | null {
  for (const fact of facts) {
    if (fact.kind === "shape" && fact.dims.length) return [...fact.dims.map((dim) => sizeKey(dim) ?? "?"), ...(fact.dims.length === 1 ? ["1"] : [])];
    if (fact.kind === "role" && fact.role === "scalar") return [];
    if (fact.kind === "role" && (fact.role === "vector" || fact.role === "columnVector")) return ["?", "1"];
  }
  return null;
}

function differ(one: Shape, other: Shape): boolean {
  return one.length !== other.length || one.some((dim, axis) => dim !== "?" && other[axis] !== "?" && dim !== other[axis]);
}

/** Whether a formula before it in the paragraph has the letter. */
function isUsedBefore(words: readonly ProseToken[], key: string, formula: number): boolean {
  const at = words.findIndex((word) => word.kind === "math" && word.formula === formula);
  return words.slice(0, Math.max(at, 0)).some((word) => word.kind === "math" && word.assertions.some(({ sides }) => sides.some((side) => symbolsIn(side).some((symbol) => fullKey({ ...symbol, subscripts: [] }) === key))));
}
