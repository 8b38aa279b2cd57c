/** How the notes write things: what a closed form is spelled with. */
import type { Term } from "../tensor";

export interface Spelling {
  /**
   * LaTeX of a variable, by its name in the term. What is not here is derived:
   * "d:X" from the entry of X, "∂L/∂Z" from those of L and Z, "free:f:1" from
   * the entry of "free:f"; names in Unicode or LaTeX stand for themselves.
   */
  readonly variables: ReadonlyMap<string, string>;
  /** Nodes of the first trial's terms that have a name, preferred to their expansion where that is shorter. */
  readonly nodes: ReadonlyMap<Term, string>;
  /** The node of the second trial that corresponds to a named one, for names whose node is not part of the term. */
  readonly counterparts?: ReadonlyMap<Term, Term>;
  /** Nodes whose name is not to be used: what is being asked for. */
  readonly exclude?: ReadonlySet<Term>;
  /** Sizes in the two trials, by what is written: n → [3, 5]. */
  readonly sizes: ReadonlyMap<string, readonly [number, number]>;
  /** `\top`, `T`, `\mathsf T`: what stands in the exponent. */
  readonly transpose: string;
  /** `\odot` or `\circ`. */
  readonly hadamard: string;
  /** `\mathbf{1}`. */
  readonly ones: string;
  /** `I`. */
  readonly identity: string;
  /** Show the transpose of the result: numerator layout. */
  readonly layoutTransposed: boolean;
  /** One entry of a variable, from its name and its indices: `w_{1,2}`. */
  readonly entry?: (name: string, indices: readonly string[]) => string | undefined;
  /** LaTeX letters of the leading axes of the result. */
  readonly free?: readonly string[];
  /** Variables with leading axes that are indices: x_i has one, by its name in the term. */
  readonly families?: ReadonlyMap<string, number>;
  /** Names of variables that are symmetric matrices. */
  readonly symmetric?: ReadonlySet<string>;
  /** Names of variables whose entries sum to one: all of a vector, those of each row, or each column, of a matrix. */
  readonly sumsToOne?: ReadonlyMap<string, "rows" | "columns">;
  /** Names of functions: `\sigma` for sigmoid, `\operatorname{Tr}` for trace; `e^` for exp writes it as a power. */
  readonly functions?: ReadonlyMap<string, string>;
  /** The bars of a norm, and whether the 2 of the Euclidean one is written. */
  readonly norm?: { readonly open: string; readonly close: string; readonly two: boolean };
}
