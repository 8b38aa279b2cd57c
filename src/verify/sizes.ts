/**
 * Numbers for symbolic sizes. Distinct sizes get distinct numbers, none of them
 * 1 or 2, so that a misplaced factor cannot fit by accident; a second
 * assignment permutes them. The last ones are small, for what is large else. A
 * size that is a large number (784 inputs) stands for any as well, so that its
 * arrays are small, unless the text reckons with that number.
 */
import { childrenOf, type Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Lowering } from "../readings/lower";
import { Failure } from "../readings/failure";
import { atomsOf, type SizeClasses, sizeValue } from "../semantics/symbols/sizes";

const pools: readonly (readonly number[])[] = [
  [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  [5, 3, 4, 7, 6, 9, 8, 11, 10, 13],
  [4, 5, 3, 6, 7, 9, 8, 10, 11, 12],
  [6, 5, 4, 3, 7, 8, 9, 10, 11, 12],
  [3, 5, 4, 6, 8, 7, 9, 10, 11, 12],
  [5, 4, 7, 3, 6, 8, 9, 10, 11, 12],
  // Where arrays of these sizes are too large: Kronecker products of products.
  [2, 3, 4, 3, 5, 6, 7, 8, 9, 10],
  [3, 2, 2, 4, 5, 6, 7, 8, 9, 10],
];

export const assignments = pools.length;

export class Sizes {
  private readonly atoms = new Map<string, number>();
  private readonly known = new Map<string, number>();
  private used = 0;

  private readonly classes: SizeClasses;
  private readonly model: Model;

  constructor(
    { classes, model }: Pick<Lowering, "classes" | "model">,
    private readonly trial: number,
  ) {
    this.classes = classes;
    this.model = model;
  }

  /** The number of a size key; the same for equal sizes. */
  readonly of = (key: string): number => {
    let size = this.known.get(key);
    if (size === undefined) this.known.set(key, (size = this.numberFor(key)));
    return size;
  };

  private numberFor(key: string): number {
    const root = this.classes.find(key);
    if (/^\d+$/.test(root)) return this.isAny(root) ? (this.atoms.get(root) ?? this.next(root)) : Number(root);
    for (const atom of atomsOf(root)) this.assign(this.classes.find(atom));
    const values = new Map(atomsOf(root).map((atom) => [atom, this.numberOf(this.classes.find(atom))]));
    const value = sizeValue(root, values);
    if (value === null) throw new Failure("range", `the size ${root} has no value`, { start: 0, end: 0 });
    return value;
  }

  /** Every size that was asked for, by name. */
  named(): Record<string, number> {
    return Object.fromEntries([...this.atoms].filter(([key]) => !key.startsWith("?")));
  }

  private numberOf(root: string): number {
    return /^\d+$/.test(root) ? Number(root) : (this.atoms.get(root) ?? 0);
  }

  private assign(root: string): void {
    if (/^\d+$/.test(root) || this.atoms.has(root)) return;
    if (atomsOf(root).length > 1 || atomsOf(root)[0] !== root) return;
    this.next(root);
  }

  private next(root: string): number {
    const pool = pools[this.trial % pools.length] as readonly number[];
    const size = pool[this.used++ % pool.length] as number;
    this.atoms.set(root, size);
    return size;
  }

  private isAny(literal: string): boolean {
    return Number(literal) >= large && !numbersIn(this.model).has(Number(literal)) && !this.classes.isReckoned(literal);
  }
}

/** From here on arrays of such sizes take too much work. */
const large = 100;

const written = new WeakMap<Model, ReadonlySet<number>>();

/** The numbers that a text reckons with: all but those that state a value or a shape, `(1, 784)`, `n = 1000`. */
function numbersIn(model: Model): ReadonlySet<number> {
  let known = written.get(model);
  if (!known) {
    const within = (expr: Expr): number[] => (expr.kind === "number" ? [expr.numerator, expr.denominator] : states(expr) ? [] : childrenOf(expr).flatMap(within));
    const sides = model.located.flatMap(({ assertion }) => assertion.sides.filter((_, i) => assertion.links[i - 1]?.operator !== "\\in"));
    written.set(model, (known = new Set(sides.filter(({ kind }) => kind !== "number").flatMap(within))));
  }
  return known;
}

function states(expr: Expr): boolean {
  return expr.kind === "tuple" || (expr.kind === "product" && expr.operators.includes("\\times"));
}
