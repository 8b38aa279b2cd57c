/**
 * Numbers for symbolic sizes. Distinct sizes get distinct numbers, none of them
 * 1 or 2, so that a misplaced factor cannot fit by accident; a second
 * assignment permutes them. The last ones are small, for what is large else.
 */
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

  constructor(
    private readonly classes: SizeClasses,
    private readonly trial: number,
  ) {}

  /** The number of a size key; the same for equal sizes. */
  readonly of = (key: string): number => {
    let size = this.known.get(key);
    if (size === undefined) this.known.set(key, (size = this.numberFor(key)));
    return size;
  };

  private numberFor(key: string): number {
    const root = this.classes.find(key);
    if (/^\d+$/.test(root)) return Number(root);
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
    const pool = pools[this.trial % pools.length] as readonly number[];
    this.atoms.set(root, pool[this.used++ % pool.length] as number);
  }
}
