/** What the parts of the translation share: the spelling, the letters in use, and what is already translated. */
import { Unprintable, writtenNumber, type Coefficient, type Dim, type WrittenNumber } from "../sizes";
import { numberOf } from "../expression/build";
import type { Expression, Letter } from "../expression/types";
import type { Atom, Product, Sum } from "../normal/types";
import type { Workspace } from "../normal/workspace";
import type { Spelling } from "../spelling";
import { indexedProduct } from "./indices";
import { translateProduct } from "./product";
import { translateSum } from "./sum";

/** For each axis of a sum the letter that runs over it, or null where it is an axis of a matrix. */
export type Axes = readonly (Letter | null)[];

/** Sums within sums that are weighed for one term; what needs more has no short form that is worth the time. */
const MAX_SUMS = 150;

const alphabet = ["i", "j", "k", "l", "m", "p", "q", "r", "s", "t", "u", "v", "w", "a", "b", "c"];

export class Translator {
  private readonly known = new Map<string, Expression | Unprintable>();
  private readonly products = new Map<string, Expression | Unprintable>();
  private readonly families = new Map<Sum, ReadonlySet<number>>();
  private readonly numbers = new Map<string, WrittenNumber | null>();
  private lastLetter = 0;
  private inMatrices: Translator | null = null;
  private readonly taken: Set<string>;
  private depth = 0;
  private sums = 0;

  constructor(
    readonly ws: Workspace,
    readonly spelling: Spelling,
    /** Every axis is an index, and sums are written out. */
    readonly indexed: boolean,
    private readonly outer: Translator | null = null,
  ) {
    this.taken = outer?.taken ?? new Set([...spelling.variables.values(), ...spelling.sizes.keys(), ...(spelling.free ?? [])]);
  }

  sum(sum: Sum, axes: Axes = sum.dims.map(() => null)): Expression {
    const key = `${sum.id}|${axes.map((letter) => letter?.id ?? "").join()}`;
    const known = this.known.get(key);
    if (!known && this.burn() > MAX_SUMS) throw new Unprintable("too many ways to write it");
    if (++this.depth > 60) throw new Unprintable("nested too deeply");
    try {
      return once(this.known, key, () => translateSum(this, sum, axes));
    } finally {
      this.depth--;
    }
  }

  product(product: Product, axes: Axes): Expression {
    const [a, b] = product.coefficient;
    const key = `${a.n}/${a.d},${b.n}/${b.d}*${product.key}|${product.sizes.join()}|${axes.map((letter) => letter?.id ?? "").join()}`;
    return once(this.products, key, () => (this.indexed ? indexedProduct(this, product, axes) : translateProduct(this, product, axes)));
  }

  private burn(): number {
    return this.outer ? this.outer.burn() : ++this.sums;
  }

  /** The same without indices, for what has no free axis. */
  get plain(): Translator {
    if (!this.indexed) return this;
    this.inMatrices ??= new Translator(this.ws, this.spelling, false, this);
    return this.inMatrices;
  }

  number(value: Coefficient): Expression {
    const key = value.map(({ n, d }) => `${n}/${d}`).join();
    let written = this.numbers.get(key);
    if (written === undefined) this.numbers.set(key, (written = writtenNumber(value, this.spelling.sizes)));
    if (!written) throw new Unprintable("a number that varies with the sizes");
    return numberOf(value, written);
  }

  /** An unused letter. */
  letter(dim: Dim, latex?: string): Letter {
    if (this.outer) return this.outer.letter(dim, latex);
    const name = latex ?? alphabet.find((candidate) => !this.taken.has(candidate)) ?? `k_{${this.lastLetter}}`;
    if (latex === undefined) this.taken.add(name);
    return { id: ++this.lastLetter, latex: name, dim };
  }

  /** Lets another sum use a letter again. */
  release(letter: Letter): void {
    this.taken.delete(letter.latex);
  }

  /** How many leading axes of a variable are indices; of tensors all but two are. */
  familyRank(atom: Atom): number {
    if (atom.kind !== "variable" && atom.kind !== "node") return 0;
    const declared = atom.kind === "variable" ? this.spelling.families?.get(atom.name) : undefined;
    return Math.max(declared ?? 0, atom.shape.length - 2);
  }

  /** The axes of an atom that can only be indices. */
  familyAxes(atom: Atom): ReadonlySet<number> {
    switch (atom.kind) {
      case "variable":
      case "node":
        return new Set(Array.from({ length: Math.min(this.familyRank(atom), atom.dims.length) }, (_, axis) => axis));
      case "sum":
        return this.familyAxesOf(atom.sum);
      case "map":
      case "softmax":
      case "maxMask":
        return this.familyAxesOf(atom.arg);
      case "power":
        return new Set([...this.familyAxesOf(atom.base), ...this.familyAxesOf(atom.exponent)]);
      case "logsumexp":
      case "max": {
        const gone = atom.kind === "max" ? [atom.axis] : atom.axes;
        const kept = atom.arg.dims.map((_, axis) => axis).filter((axis) => !gone.includes(axis));
        const inner = this.familyAxesOf(atom.arg);
        return new Set(kept.flatMap((axis, i) => (inner.has(axis) ? [i] : [])));
      }
      default:
        return new Set();
    }
  }

  private familyAxesOf(sum: Sum): ReadonlySet<number> {
    const known = this.families.get(sum);
    if (known) return known;
    const result = new Set<number>();
    for (const product of sum.products) {
      for (const { atom, labels } of product.factors) {
        for (const axis of this.familyAxes(atom)) product.output.forEach((label, out) => label === labels[axis] && result.add(out));
      }
    }
    this.families.set(sum, result);
    return result;
  }
}

/** What cannot be written cannot be written the next time either. */
function once(known: Map<string, Expression | Unprintable>, key: string, make: () => Expression): Expression {
  let result = known.get(key);
  if (!result) {
    try {
      result = make();
    } catch (error) {
      if (!(error instanceof Unprintable)) throw error;
      result = error;
    }
    known.set(key, result);
  }
  if (result instanceof Unprintable) throw result;
  return result;
}
