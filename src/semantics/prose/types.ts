/**
 * What the words around formulas say: about symbols, about the document's
 * conventions, and about formulas as a whole. Facts are as written; whether
 * they fit together is decided by the layer that knows the symbols.
 */
import type { Span } from "../../base/span";
import type { Assertion, Expr, SymbolExpr } from "../expression/types";

/** A paragraph as words and formulas in reading order; `start` and `end` are offsets into the file. */
export type ProseToken =
  | (Span & { readonly kind: "text"; readonly text: string })
  | (Span & { readonly kind: "math"; readonly assertions: readonly Assertion[]; readonly display: boolean; readonly formula: number })
  | (Span & { readonly kind: "code"; readonly text: string });

export interface ProseFacts {
  readonly declarations: readonly Declaration[];
  readonly document: readonly DocumentFact[];
  readonly formulas: readonly FormulaFact[];
  /** Sentences that say how indices meet. */
  readonly meetings: readonly (readonly Meeting[])[];
  /** Formulas of sentences that tell in words alone where they hold: "When the margin is violated, $\dots$". */
  readonly cases: readonly number[];
  /** The role that the words leave open at the end ("where:", "Which of these holds?"): it goes to the list or display that follows. */
  readonly introduces: FormulaFact["role"] | null;
  /** Derivatives that sentences state. */
  readonly derivatives: readonly DerivativeFact[];
  /** What they say to follow from setting a derivative to zero. */
  readonly stationary: readonly StationaryFact[];
  /** Letters that words describe of which the tables know nothing: "$N$ is nilpotent". */
  readonly unread: readonly SymbolExpr[];
}

/** "The gradient of $f$ with respect to $w$ is $2Xw$", by the formulas that it names. */
export interface DerivativeFact extends Span {
  /** Null where it is of the function before in the section. */
  readonly of: number | null;
  readonly by: number | null;
  readonly value: number;
  readonly which: "gradient" | "jacobian" | "hessian";
  /** "Its gradient is", "the gradient is": of what, is told by what stands before it in the paragraph or the section; `anything`: words around it may speak of something more. */
  readonly amidst: "paragraph" | "section" | "anything" | null;
}

/** `by`: formulas that may be what is differentiated by. */
export interface StationaryFact {
  readonly formulas: readonly number[];
  readonly by: readonly number[];
}

export interface Declaration {
  readonly subject: SymbolExpr;
  readonly facts: readonly Fact[];
  /** The words, in the file. */
  readonly span: Span;
  /** The words themselves, in lower case: "symmetric positive definite". */
  readonly words: string;
  /** What opened the clause. */
  readonly cue: ClauseCue | null;
  /** "sentence" for hypotheses ("if $A$ is symmetric", "for invertible $X$"): they hold for `formulas` alone. */
  readonly reach: "document" | "sentence";
  /** The formula in which the subject stands, or -1 where it stands in the words. */
  readonly formula: number;
  /** Every formula of the sentence. */
  readonly formulas: readonly number[];
}

export type ClauseCue = "let" | "where" | "suppose" | "given" | "since" | "if" | "for" | "then" | "show" | "write";

export type PropertyName =
  | "symmetric" | "skew" | "positiveDefinite" | "positiveSemidefinite" | "orthogonal" | "orthonormalColumns" | "orthonormalRows"
  | "diagonal" | "idempotent" | "commuting" | "invertible" | "fullRank" | "fullColumnRank" | "fullRowRank" | "upperTriangular" | "lowerTriangular" | "positiveDiagonal"
  | "stochastic" | "columnStochastic" | "sumsToOne" | "oneHot" | "columnOneHot" | "samplesInRows" | "samplesInColumns" | "positive" | "nonnegative" | "nonzero" | "negative" | "unit" | "unitInterval" | "binary" | "sign"
  | "constant" | "varying" | "allOnes" | "zero" | "integer" | "positiveInteger" | "commutationMatrix" | "duplicationMatrix" | "eliminationMatrix" | "permutation" | "identity" | "standardBasis" | "zeroMean"
  /** Eigenvalues, singular vectors and their kin. */
  | "spectral";

/** What the spectrum of a matrix has; a singular vector may be of either side. */
export type SpectralPart = "eigenvalue" | "eigenvector" | "leftEigenvector" | "singularValue" | "singularVector" | "leftSingularVector" | "rightSingularVector";

export type RoleName = "scalar" | "vector" | "columnVector" | "rowVector" | "matrix" | "squareMatrix" | "function" | "scalarFunction" | "vectorFunction" | "index" | "integer" | "constant" | "set";

/** What `$X = U \Sigma V^\top$` says of its factors where the words name it. */
export type Decomposition = "svd" | "eigen" | "cholesky" | "qr";

export type Part = "rows" | "columns" | "entries";

export type Fact =
  /** One dimension for a vector, two for a matrix. */
  | { readonly kind: "shape"; readonly dims: readonly Expr[] }
  | { readonly kind: "sameShape"; readonly as: readonly SymbolExpr[] }
  /** "a vector in $\mathbb{R}^n$", said in words. */
  | { readonly kind: "memberOf"; readonly set: Expr }
  | { readonly kind: "role"; readonly role: RoleName }
  /** `negated`: "not symmetric", "not necessarily symmetric". `of`: the property is that of each row or column. */
  | { readonly kind: "property"; readonly name: PropertyName; readonly negated: boolean; readonly of: "rows" | "columns" | null }
  /** How a function acts, or how the function that makes the symbol acts ("$P = \operatorname{softmax}(S)$ row-wise"; the function gets the fact too). */
  | { readonly kind: "elementwise" }
  | { readonly kind: "rowwise" }
  | { readonly kind: "columnwise" }
  /** The canonical name of a function: "sigmoid", "relu", "softmax". */
  | { readonly kind: "named"; readonly function: string }
  /** `of`: the matrix, where the words name it. */
  | { readonly kind: "spectrum"; readonly part: SpectralPart; readonly end: "largest" | "smallest" | null; readonly of: Expr | null }
  /** `turned`: written transposed, `x_i^\top`, so that x_i itself is a column. */
  | { readonly kind: "rowsOf"; readonly matrix: SymbolExpr; readonly turned: boolean }
  | { readonly kind: "columnsOf"; readonly matrix: SymbolExpr }
  | { readonly kind: "entriesOf"; readonly matrix: SymbolExpr }
  /** The cofactors of a matrix, or their transpose, the adjugate. */
  | { readonly kind: "cofactors"; readonly of: SymbolExpr; readonly adjugate: boolean }
  /** "the Jacobian of $r$": of a function, or of its letter. */
  | { readonly kind: "derivativeOf"; readonly which: "gradient" | "jacobian" | "hessian"; readonly of: SymbolExpr }
  /** The derivative of a function of a number: "its density" of a distribution function. */
  | { readonly kind: "slopeOf"; readonly of: SymbolExpr; readonly density: boolean }
  | { readonly kind: "functionOf"; readonly arguments: readonly Expr[]; readonly scalar: boolean }
  /** "does not depend on $x$", "constant in $x$". */
  | { readonly kind: "independentOf"; readonly arguments: readonly Expr[] }
  /** The entries of a symmetric matrix move together: the structured derivative. */
  | { readonly kind: "structured" }
  /** Its entries are varied one by one, whatever they are. */
  | { readonly kind: "unconstrained" }
  | { readonly kind: "vecColumns" }
  | { readonly kind: "vecRows" }
  /** A bias copied along the rows (added to each row) or the columns. */
  | { readonly kind: "replicated"; readonly along: "rows" | "columns" | null }
  /** "with mean $\\mu$ and covariance $\\Sigma$"; a mean of null is zero. */
  | { readonly kind: "moments"; readonly mean: Expr | null | "unsaid"; readonly covariance: Expr | null }
  /** It is where an expression is least or greatest. */
  | { readonly kind: "extremum"; readonly of: Expr; readonly which: "argmin" | "argmax" }
  | { readonly kind: "loss" };

/** `reach` is "document" for conventions ("we use …", "throughout"), "sentence" for remarks in passing. */
export type DocumentFact = Span & { readonly words: string; readonly reach: "document" | "sentence" } & (
    | { readonly kind: "layout"; readonly layout: "numerator" | "denominator" | "mixed" }
    | { readonly kind: "vectors"; readonly are: "columns" | "rows" }
    /** Null where any: "capital letters" has `bold: null`. */
    | { readonly kind: "font"; readonly bold: boolean | null; readonly letters: "upper" | "lower" | null; readonly role: "scalar" | "vector" | "matrix" }
    /** How functions act; `functions` are canonical names, empty for functions in general. */
    | { readonly kind: "acts"; readonly how: "elementwise" | "rowwise" | "columnwise"; readonly functions: readonly string[] }
    | { readonly kind: "vec"; readonly order: "columns" | "rows" }
    /** Said of no symbol: "the structured derivative", "symmetry is ignored". */
    | { readonly kind: "symmetricDerivative"; readonly which: "structured" | "unconstrained" }
    | { readonly kind: "replicated"; readonly along: "rows" | "columns" | null }
    /** `e^X` is the matrix exponential and not the exponential of each entry. */
    | { readonly kind: "matrixFunctions" }
    /** `\\|X\\|` is |det X|. */
    | { readonly kind: "determinantBars" }
    /** A star or ⊙ is the Kronecker product of each column with each. */
    | { readonly kind: "khatriRao" }
    /** A star may be a convolution. */
    | { readonly kind: "convolution" }
    /** `E_{ij}`, `J_{mn}` have a one at their indices and zeros elsewhere. */
    | { readonly kind: "singleEntries" }
    /** Repeated indices are summed over. */
    | { readonly kind: "summation" }
    /** "all vectors are in $\\mathbb{R}^k$": of those of which nothing else is said. */
    | { readonly kind: "allVectors"; readonly set: Expr }
    /** "all matrices are $n \\times n$", or in a set. */
    | { readonly kind: "allMatrices"; readonly dims: readonly Expr[] | null; readonly set: Expr | null }
    /** It goes on about one of the examples that a loss sums over. */
    | { readonly kind: "oneExample" }
    /** k of "attained only at $k$", x_k of "the unique largest entry $x_k$". */
    | { readonly kind: "extremeAt"; readonly symbol: SymbolExpr; readonly least: boolean }
    /** Biases are left out. */
    | { readonly kind: "noBias" }
  );

export type FormulaRole = "definition" | "assumption" | "claim" | "wrong-example" | "update" | "initial" | "hypothetical" | "question" | "approximation";

/** What stands in a sentence that says how indices meet. */
export type Meeting =
  | { readonly kind: "formula"; readonly formula: number }
  /** The display before the sentence; it belongs to it where the sentence goes on. */
  | { readonly kind: "shown"; readonly formula: number; readonly continues: boolean }
  /** `formula`: the one that says it, or -1 where words do; `letters`: those that the words name; `behind`: it stands right behind a formula; `chooses`: it tells where something is one. */
  | { readonly kind: "condition"; readonly says: "differ" | "meet" | "otherwise" | "formula"; readonly formula: number; readonly letters: readonly string[]; readonly behind: boolean; readonly chooses: boolean };

/** What the words make of a formula as a whole; the span is that of the cue. */
export interface FormulaFact extends Span {
  readonly formula: number;
  readonly role: FormulaRole;
  readonly cue: string;
}
