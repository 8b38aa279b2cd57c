/**
 * What a language table holds. Every list is of phrases in the syntax of
 * `../phrases`, in lower case; hyphens inside words are blanks ("one hot").
 * A language may leave out whatever it has no set phrase for.
 */
import type { ConventionKey, FactKey, FormulaCueKey, GrammarKey, RelationKey } from "../meanings";
import type { Decomposition, Part } from "../types";

export type Phrases<Key extends string> = Readonly<Partial<Record<Key, readonly string[]>>>;

export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly script: "latin" | "cyrillic" | "han" | "kana" | "hangul";
  /** Words that hardly another language of the script has; they tell which table to use. */
  readonly marks: readonly string[];
  /** The last word of a noun phrase in the plural; null where number is not marked. */
  readonly plural: RegExp | null;
  /** Where the head of a noun phrase stands: "weight matrix" or "matriz de pesos". */
  readonly head: "last" | "first";
  /** "if" stands at the end of what it makes a hypothesis: $A$ が対称ならば. */
  readonly conditionLast?: boolean;
  /** Clauses end with their verb: "wobei $A$ symmetrisch ist". */
  readonly verbLast?: boolean;
  readonly grammar: Phrases<GrammarKey>;
  readonly facts: Phrases<FactKey>;
  /** Canonical name of a function → what it is called. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
  readonly relations: Phrases<RelationKey>;
  readonly parts: Phrases<Part>;
  readonly decompositions?: Phrases<Decomposition>;
  /**
   * How derivatives are stated. `gradient`, `jacobian` and `hessian`: "gradient
   * of $m", with a second slot for what it is by; `ownGradient`: "its gradient",
   * `theGradient`: "the gradient", `hasGradient`: "has gradient";
   * `is`: what stands between these and the formula, `ends` what may stand behind it; `taken` and `gives`:
   * "differentiating $m", "we get", `ownTaken`: "differentiating" alone.
   * `derivative`: whatever names one, `vanishing`: that it is zero.
   */
  readonly derivatives?: Readonly<Partial<Record<"gradient" | "jacobian" | "hessian" | "ownGradient" | "ownHessian" | "theGradient" | "theHessian" | "hasGradient" | "hasHessian" | "ownTaken" | "is" | "ends" | "taken" | "gives" | "derivative" | "vanishing", readonly string[]>>>;
  /**
   * Words between a letter and the formula that it is short for, as they are: `denotes`:
   * "$z$ denotes $Wx$", `denoting` and `by`: "denote $Wx$ by $z$", `writing`: "write $z$ for $Wx$",
   * `where` and `is`: "where $z$ is $Wx$".
   */
  readonly naming?: Readonly<Partial<Record<"denotes" | "by" | "denoting" | "is" | "where" | "writing", readonly string[]>>>;
  readonly formulas: Phrases<FormulaCueKey>;
  readonly conventions: Phrases<ConventionKey>;
}
