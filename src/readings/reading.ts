/**
 * A reading: how a document's notation is taken, as plain data. The default
 * comes first everywhere; a reading holds for a whole claim, never for one
 * place in it.
 */
import { Kept } from "../base/kept";

export interface Reading {
  /** The shape of ∂scalar/∂X: like X (denominator) or like Xᵀ (numerator). */
  readonly gradient: "denominator" | "numerator";
  /** ∂y/∂x of vectors: ∂yᵢ/∂xⱼ at (i, j) (numerator) or at (j, i). */
  readonly jacobian: "numerator" | "denominator";
  /** ∇f stands as ∂f/∂x does, or is a column whatever ∂f/∂x is. */
  readonly nabla: "layout" | "column";
  /** The left side alone is written transposed, as in mixed notes. */
  readonly transposedLeft: boolean;
  /** Vectors declared by length only are rows. */
  readonly vectors: "columns" | "rows";
  /** Rows x_i of a matrix stand as columns, as x_i^\top does in it, or as the rows that they are. */
  readonly slices: "columns" | "rows";
  /** Symbols declared in other sections only are taken as new ones. */
  readonly fresh: boolean;
  /** Where in the text the topic of a claim begins: what was set equal to something before is a letter; 0 where the text is of one topic. */
  readonly since: number;
  /** A symbol that is set equal to several things is the first of its section, or the last, the last but one … (1, 2 …). */
  readonly restated: number;
  /** Symbols that have numbers as values are those numbers, or variables of which these are examples. */
  readonly examples: "values" | "free";
  /** Keys of symbols that are variables whatever the text sets them equal to: a minimiser in the function that it minimises. */
  readonly variables: readonly string[];
  /** Keys of symbols that are taken without what the text supposes of them in a case ("if $A$ is symmetric"). */
  readonly general: readonly string[];
  /** A vector added to a matrix is repeated along rows (one for each column) or along columns. */
  readonly bias: "rows" | "columns";
  /** σ without a definition is any smooth function, or the logistic sigmoid; before it is called wrong, the other usual activations too. */
  readonly sigma: "free" | "sigmoid" | "tanh" | "relu" | "softplus";
  /** Φ and φ without a definition are any functions, or the distribution function and the density of the standard normal distribution. */
  readonly phi: "free" | "normal";
  /** A gradient that is written without its variable is by the letter that is usual, or by the first, second … of all that it depends on (1, 2 …). */
  readonly gradientBy: number;
  /** Sizes declared distinct are equal where a trace, a power or an inverse needs it. */
  readonly equalSizes: boolean;
  /** A centred dot between arrays is the matrix product, goes entry by entry, or is the inner product of two matrices. */
  readonly dot: "product" | "elementwise" | "inner";
  /** `\frac{\partial a}{\partial z}` that ⊙ joins with a vector is the Jacobian, or the vector of its diagonal: how each entry moves by its own. */
  readonly factorsByEntries: "jacobians" | "diagonals";
  /** `|x|` of an array is its length or determinant, or the absolute values of its entries. */
  readonly bars: "whole" | "entries";
  /** `\operatorname{tr}(A)^{-1}` is a power of the trace, or the trace of the power. */
  readonly traces: "raised" | "inner";
  /** `A^{-1}_{ij}` is an entry of the inverse and `A^2_{ij}` the square of an entry, or both are powers of entries, or both entries of powers. */
  readonly entryPowers: "usual" | "raised" | "inner";
  /** 1-, 2- and ∞-norms of matrices are those of their entries, or induced by the norms of vectors. */
  readonly norms: "entries" | "induced";
  /** A ⊕ B is the Kronecker sum, or the block diagonal matrix of both. */
  readonly sums: "kronecker" | "blocks";
  /** diag of a matrix is the vector of its diagonal, or the matrix with all else zero. */
  readonly diagonals: "vectors" | "matrices";
  /** exp, sin and their kin go over the entries of a square matrix, or are functions of the matrix as a whole. */
  readonly functions: "entries" | "matrix";
  /** `x = [x_1, \\dots, x_n]`, without a sign of transposition, is a column or a row. */
  readonly listed: "columns" | "rows";
  /** The softmax of a matrix is taken of each row, or of each column. */
  readonly softmax: "rows" | "columns";
  /** A loss that is said to be a function of h_t depends on all of them, or on the one of the step that is spoken of, and what comes before that is given. */
  readonly steps: "all" | "own";
  /** A loss without a formula is a function of all that it is differentiated by in the text, or of what the claim's section makes of that. */
  readonly losses: "all" | "section";
  /** A loss whose formula gives an array (`E = (y - a)^2`) is that array, or short for the sum of its entries. */
  readonly arraysOfLosses: "kept" | "summed";
  /** ∂y/∂x goes through everything that depends on x, or holds the other symbols in y's definition fixed. */
  readonly partial: "total" | "direct";
  /** `\frac{\partial(x, y)}{\partial(r, s)}` is the Jacobian matrix, or its determinant. */
  readonly lists: "matrix" | "determinant";
  /** ∂f/∂X of a symmetric X: each entry by itself, x_ij and x_ji together (2S − diag S), or the projection on the symmetric matrices (S); of a diagonal or triangular X, all entries or those that are not zero. */
  readonly symmetric: "extension" | "structured" | "projection";
  /** Symbols under an expectation may depend on one another, or are independent and have mean zero, as noise does. */
  readonly chance: "joint" | "independent";
  /** Definitions that a later paragraph gives hold everywhere in a section, or from there on: before it the symbol is any. */
  readonly later: "defined" | "free";
  /** A letter without the index that it has elsewhere in a claim is a symbol of its own, or the same thing written shortly. */
  readonly indices: "written" | "dropped";
  /** Vectors x_i beside a matrix X of which nothing says that they are its rows are vectors of their own, or its rows, or its columns, or what their entries x_{ij} and q_{kj} say. */
  readonly samples: "own" | "rows" | "columns" | "written";
  /** u_o beside a sum over u_k is one of the u_k, or another one that the sum leaves out; b_u and b_i in one definition may be the same, or are different ones. */
  readonly members: "among" | "apart" | "different";
  /** `\\sum_{j \\neq k}` goes over both letters, or leaves out the k of the claim. */
  readonly pairs: "both" | "first";
  /** A one-hot vector beside a class that a letter names (`-\\log p_c`) is of any class, or of that one. */
  readonly classes: "any" | "named";
  /** A product of matrices over an index is written from the last one on, as in the chain rule, or from the first one on. */
  readonly factors: "falling" | "rising";
  /** Behind a slash stands one factor (`1/n \sum`), or all letters that touch it where what it divides is no number (`x^2/2\sigma^2`), or all letters (`1/2\sigma^2`). */
  readonly slashes: "factor" | "touching" | "letters";
  /** A function without brackets is taken of one factor (`\cos\theta r`), of all letters behind it (`\ln ax`), or of these with what a slash divides them by (`\sin\omega t/2`). */
  readonly arguments: "factor" | "letters" | "fractions";
  /** Eigenvalues, singular vectors and their kin are functions of their matrix, or letters like others. */
  readonly spectra: "of" | "free";
  /** Sizes are any, or those of the example that the section works through: stated (`n = 2`), or as far as its numbered entries go. */
  readonly sizes: "general" | "example";
}

export const defaultReading: Reading = {
  gradient: "denominator",
  jacobian: "numerator",
  nabla: "layout",
  transposedLeft: false,
  vectors: "columns",
  slices: "columns",
  fresh: false,
  since: 0,
  restated: 0,
  examples: "values",
  variables: [],
  general: [],
  bias: "rows",
  sigma: "free",
  phi: "free",
  gradientBy: 0,
  equalSizes: false,
  dot: "product",
  factorsByEntries: "jacobians",
  bars: "whole",
  functions: "entries",
  listed: "columns",
  softmax: "rows",
  steps: "all",
  losses: "all",
  arraysOfLosses: "kept",
  lists: "matrix",
  partial: "total",
  symmetric: "extension",
  chance: "joint",
  later: "defined",
  indices: "written",
  sizes: "general",
  samples: "own",
  members: "among",
  pairs: "both",
  classes: "any",
  spectra: "of",
  traces: "raised",
  entryPowers: "usual",
  norms: "entries",
  diagonals: "vectors",
  sums: "kronecker",
  factors: "falling",
  slashes: "touching",
  arguments: "letters",
};

const fields = Object.keys(defaultReading) as (keyof Reading)[];

/** A reading that knows which of its fields were looked at. */
export interface WatchedReading extends Reading {
  readonly watch: Watch;
}

class Watch {
  /** A bit for each field, in their order; what is asked about is set to zero before. */
  looked = 0;
  /** From the beginning. */
  ever = 0;

  constructor(readonly of: Reading) {}

  get watch(): this {
    return this;
  }

  look(bits: number): void {
    this.looked |= bits;
    this.ever |= bits;
  }

  /** Whether another reading is the same wherever this one was looked at, so that what came of this one comes of it. */
  agrees(other: Reading): boolean {
    return this.of === other || (this.looked & differences(this.of, other)) === 0;
  }
}

const compared = new Kept<Reading, Map<Reading, number>>();

/** A bit for each field that differs; beyond 32 fields they share bits, so that some attempts are made again. */
export function differences(a: Reading, b: Reading): number {
  let others = compared.get(a);
  if (!others) compared.set(a, (others = new Map()));
  let found = others.get(b);
  if (found === undefined) {
    found = 0;
    for (let i = 0; i < fields.length; i++) if (a[fields[i]!] !== b[fields[i]!]) found |= 1 << i;
    others.set(b, found);
  }
  return found;
}

fields.forEach((field, i) => {
  Object.defineProperty(Watch.prototype, field, {
    get(this: Watch) {
      this.look(1 << i);
      return this.of[field];
    },
  });
});

export function watched(reading: Reading): WatchedReading {
  return new Watch(reading) as unknown as WatchedReading;
}
