/**
 * The shortest expression equal to a term: the term is read into the normal
 * form, and the ways to write it are weighed against one another.
 */
import type { Term } from "../tensor";
import { asColumn, asRow, isNegative, isNumber, product, sum as sumOf, transpose } from "./expression/build";
import type { Expression, Letter } from "./expression/types";
import { expanded } from "./normal/expand";
import { Reader } from "./normal/read";
import type { Sum } from "./normal/types";
import { openedUnits } from "./normal/units";
import { Workspace } from "./normal/workspace";
import { atPositions, spelledOut } from "./expression/positions";
import { dimOf, Unprintable, UNIT, type Dim } from "./sizes";
import type { Spelling } from "./spelling";
import { aligned, bothDims } from "./translate/align";
import { Translator } from "./translate/translator";

export interface Candidate {
  readonly expression: Expression;
  readonly free: readonly Letter[];
}

/** Null where nothing can be written; its letters are those of the term's leading axes. */
export function shortest(first: Term, second: Term, spelling: Spelling): Candidate | null {
  return attempt(() => best(first, second, spelling)) ?? attempt(() => bySizes(first, second, spelling));
}

function best(first: Term, second: Term, spelling: Spelling): Candidate | null {
  let found: Candidate | null = null;
  let byEntries = false;
  for (const named of spelling.nodes.size > 0 ? [true, false] : [false]) {
    const ways = attempt(() => new Ways(first, second, spelling, named));
    for (const way of ["as it is", "without fractions", "multiplied out", "entry by entry"] as const) {
      const candidate = ways && attempt(() => ways.take(way));
      if (candidate && (!found || candidate.expression.cost < found.expression.cost - 1e-9)) [found, byEntries] = [candidate, way === "entry by entry"];
      // A few symbols cannot be made fewer.
      if (found && found.expression.cost <= 3) return found;
    }
  }
  // What is an entry is worth its weight written out.
  return found && byEntries ? { ...found, expression: spelledOut(found.expression) } : found;
}

/** Of terms whose structure depends on the sizes: what each is by itself, put together. */
function bySizes(first: Term, second: Term, spelling: Spelling): Candidate | null {
  const others = new Map([...spelling.nodes].flatMap(([node, latex]) => (spelling.counterparts?.has(node) ? [[spelling.counterparts.get(node)!, latex] as const] : [])));
  const a = best(first, first, { ...spelling, sizes: new Map() });
  const b = a && best(second, second, { ...spelling, nodes: others, counterparts: new Map(), sizes: new Map() });
  return a && b ? { expression: aligned(a.expression, b.expression, spelling.sizes), free: a.free.map((letter, i) => ({ ...letter, dim: bothDims(letter.dim, b.free[i]!.dim) })) } : null;
}

/** The ways to write one term, names used or not. */
class Ways {
  private readonly ws = new Workspace();
  private readonly sum: Sum;
  private readonly rest: readonly Dim[];
  private readonly translator: Translator;
  private readonly free: readonly Letter[];
  private readonly tried = new Set<Sum>();

  constructor(
    first: Term,
    second: Term,
    private readonly spelling: Spelling,
    named: boolean,
  ) {
    this.sum = new Reader(this.ws, spelling, named).readRoot(first, second);
    const shape = first.shape.map((size, axis) => dimOf(size, second.shape[axis]!));
    const names = spelling.free ?? (shape.length > 2 ? defaultLetters(shape.length) : []);
    this.rest = shape.slice(names.length);
    const indexed = names.length > 0 && this.rest.every((dim) => dim === UNIT);
    this.translator = new Translator(this.ws, { ...spelling, free: names }, indexed);
    this.free = names.map((latex, axis) => this.translator.letter(shape[axis]!, latex));
  }

  take(way: "as it is" | "without fractions" | "multiplied out" | "entry by entry"): Candidate | null {
    if (way === "entry by entry") return this.byEntries();
    const sum = way === "as it is" ? this.sum : expanded(this.ws, this.sum, way === "without fractions");
    if (this.tried.has(sum)) return null;
    this.tried.add(sum);
    const axes = [...this.free.filter(({ dim }) => dim !== UNIT), ...this.rest.filter((dim) => dim !== UNIT).map(() => null)];
    const expression = inUsualOrder(standing(this.translator.sum(sum, axes), this.rest));
    return { expression: this.spelling.layoutTransposed && this.free.length === 0 ? transpose(expression) : expression, free: this.free };
  }

  /** One entry of a product of matrices as a sum over the entries of its factors. */
  private byEntries(): Candidate | null {
    const opened = this.free.length === 0 && this.rest.every((dim) => dim === UNIT) ? openedUnits(this.ws, expanded(this.ws, this.sum, false)) : null;
    if (!opened) return null;
    const translator = new Translator(this.ws, { ...this.spelling, free: [] }, true);
    const letters = opened.positions.map((_, axis) => translator.letter(opened.sum.dims[axis]!));
    const inLetters = translator.sum(opened.sum, letters);
    const fixed = new Map(letters.map(({ id }, axis) => [id, opened.positions[axis]!]));
    return { expression: atPositions(inLetters, fixed), free: [] };
  }
}

/** Of a sum that nobody wrote, long terms first and the identity last. */
function inUsualOrder(e: Expression): Expression {
  const [first, last] = e.kind === "product" && e.factors.length === 2 ? e.factors : [];
  if (first?.kind === "number" && last) return product(first, inUsualOrder(last));
  if (e.kind !== "sum" || isNumber(e) || e.terms.some(isNegative)) return e;
  const length = (term: Expression): number => (term.kind === "identity" || term.kind === "ones" ? 0 : term.cost);
  return sumOf([...e.terms].sort((a, b) => length(b) - length(a)));
}

/** As a row or a column. */
function standing(e: Expression, shape: readonly Dim[]): Expression {
  const [rows, columns] = [shape[0] ?? UNIT, shape[1] ?? UNIT];
  if (rows === UNIT && columns !== UNIT) return asRow(e);
  return columns === UNIT ? asColumn(e) : e;
}

function defaultLetters(count: number): string[] {
  return ["i", "j", "k", "l", "p", "q"].slice(0, count);
}

/** What f makes; null where there is no short form of it. */
export function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (error instanceof Unprintable) return null;
    throw error;
  }
}
