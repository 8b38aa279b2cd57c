/**
 * Mathematics as an expression: precedence, implicit products, transposes and
 * derivatives are recognised, but nothing is resolved: whether `W_h` is an entry
 * or a name, whether `f(x)` applies or multiplies, what `L` stands for is
 * decided later, from the document.
 *
 * `start`/`end` are indices into the formula's source text.
 */
import type { Place } from "../../latex/types";

export type { Place } from "../../latex/types";

export type Expr = Place &
  (
    | { readonly kind: "number"; readonly numerator: number; readonly denominator: number }
    | SymbolExpr
    /** Signed terms. `\pm` is not read. */
    | { readonly kind: "sum"; readonly terms: readonly { readonly sign: 1 | -1; readonly expr: Expr }[] }
    /** Factors in order; `operators[i]` stands before factor i+1. */
    | { readonly kind: "product"; readonly factors: readonly Expr[]; readonly operators: readonly ProductOperator[] }
    /** `slash`: written on the line, so that how far the denominator reaches is not seen. */
    | { readonly kind: "quotient"; readonly numerator: Expr; readonly denominator: Expr; readonly elementwise: boolean; readonly slash?: true }
    /** `x^2`, `X^{-1}`, `X^k`, `A^{1/2}`; `elementwise` for `x^{\circ 2}`. */
    | { readonly kind: "power"; readonly base: Expr; readonly exponent: Expr; readonly elementwise: boolean }
    /** `repeats` where it is written as `(\cdot)^\top`: the factor before it, transposed. */
    | { readonly kind: "transpose"; readonly base: Expr; readonly repeats?: boolean }
    | { readonly kind: "pseudoInverse"; readonly base: Expr }
    | { readonly kind: "root"; readonly base: Expr; readonly index: number }
    /** Subscripts on something that is not a plain symbol: `(X^{-1})_{kl}`, `[Wx]_i`, `\operatorname{softmax}(z)_i`. */
    | { readonly kind: "entry"; readonly base: Expr; readonly indices: readonly Subscript[] }
    /** A function applied. `certain` is false where a symbol stands before parentheses and it may be a product. */
    | { readonly kind: "apply"; readonly fn: SymbolExpr; readonly args: readonly Expr[]; readonly certain: boolean; readonly primes: number; /** A function without brackets, of what stands next: `\ln x`, `\det A`. */ readonly bare?: true; /** How many arguments stand before a bar or a semicolon, where there is one: `p(x \mid \theta)`. */ readonly ahead?: number }
    /** `\sum_{i=1}^n`, `\prod`, … ; `conditions` are further constraints (`i \neq j`). An "array" is `(x_i)_{i=1}^n`. */
    | { readonly kind: "big"; readonly operator: "sum" | "product" | "max" | "min" | "mean" | "array"; readonly indices: readonly BoundIndex[]; readonly conditions: readonly Expr[]; readonly body: Expr }
    /** `\int_a^b f(x)\,dx`; a domain stands in `from` alone; `measure` is the μ of `d\mu(x)`. */
    | { readonly kind: "integral"; readonly body: Expr; readonly variable: SymbolExpr | null; readonly measure: string | null; readonly from: Expr | null; readonly to: Expr | null }
    | Derivative
    /** `dX`, `d(x^\top A x)`: order 1; `d^2 f`: order 2. `by`: what alone varies, in `\mathrm d_x f`. */
    | { readonly kind: "differential"; readonly order: number; readonly of: Expr; readonly by?: SymbolExpr }
    | { readonly kind: "matrix"; readonly rows: readonly (readonly Cell[])[]; readonly delimiter: "(" | "[" | "|" | "‖" | "" | "{" }
    | { readonly kind: "cases"; readonly branches: readonly { readonly value: Expr; readonly condition: Relation | null; readonly otherwise: boolean }[] }
    | { readonly kind: "norm"; readonly body: Expr; readonly which: Expr | null }
    /** `|A|`: a determinant for a matrix, an absolute value for a scalar, a size for a set. */
    | { readonly kind: "bars"; readonly body: Expr }
    | { readonly kind: "inner"; readonly left: Expr; readonly right: Expr; readonly which: Expr | null }
    /** `\mathbb{1}[x > 0]`, `\mathbf 1_{\{x>0\}}`, `[[i = j]]` */
    | { readonly kind: "indicator"; readonly condition: Relation }
    /** `\underbrace{body}_{label}` */
    | { readonly kind: "labelled"; readonly body: Expr; readonly label: Expr; readonly labelPlace: Place }
    /** `f(x)\big|_{x=a}` */
    | { readonly kind: "at"; readonly body: Expr; readonly where: readonly Relation[] }
    /** `\mathbb{E}[…]`, `\operatorname{Var}(…)`, `p(x \mid y)`: read, not computed unless defined. */
    | { readonly kind: "statistic"; readonly name: string; readonly body: Expr; readonly over: Expr | null }
    /** `(a, b, c)`, `[x_1, \dots, x_n]` or a list as an argument. */
    /** `braces`: a set of these. */
    | { readonly kind: "tuple"; readonly items: readonly Expr[]; readonly braces?: true; /** `[h; x]`: one above the other; `[A\ B]`: side by side. */ readonly placed?: "above" | "beside" }
    /** `\cdots`, `\dots` between terms or factors or in a list. */
    | { readonly kind: "dots" }
    /** Something that could not be read as mathematics of ours (sets, quantifiers, prose); keeps the place. */
    | { readonly kind: "opaque"; readonly why: string }
  );

export type ProductOperator = "" | "\\times" | "\\cdot" | "\\odot" | "\\otimes" | "\\oplus" | "*";

/**
 * A letter or name with everything attached to it but transposes and powers:
 * `\hat{\mathbf W}^{(l)}_{ij}`. `name` is the bare letter or word ("W",
 * "alpha", "softmax"); `accents` from outside in ("hat"); `tags` are textual
 * superscripts (`(l)`, `[2]`, `\star`); `primes` counts `'`.
 */
export interface SymbolExpr extends Place {
  readonly kind: "symbol";
  readonly name: string;
  readonly font: string;
  readonly accents: readonly string[];
  readonly subscripts: readonly Subscript[];
  readonly tags: readonly Tag[];
  readonly primes: number;
}

/** One subscript of a list: an expression, or text that can only be a name. `separated` where commas stood between. */
export interface Subscript extends Place {
  readonly expr: Expr;
  readonly text: string;
  /** How it is written where it stands above: an index that runs over samples, `x^{(i)}`. */
  readonly above?: string;
}

export interface Tag extends Place {
  /** The tag as text without spaces, for identity: "(l)", "[l-1]", "*". */
  readonly text: string;
  /** What is inside the brackets, or the tag itself. */
  readonly expr: Expr | null;
  /** It stands below: `W_l` of the layer l. */
  readonly below?: boolean;
}

export interface BoundIndex {
  readonly symbol: SymbolExpr;
  readonly from: Expr | null;
  readonly to: Expr | null;
  /** The second letter of a sum over pairs, which binds it or finds it bound. */
  readonly paired?: boolean;
}

export type Cell = Place & { readonly expr: Expr | null; readonly dots: boolean };

/** A derivative of any notation; `of` null for a bare operator. */
export interface Derivative extends Place {
  readonly kind: "derivative";
  readonly notation: "fraction" | "operator" | "nabla" | "jacobian" | "hessian" | "dot" | "prime" | "D";
  readonly of: Expr;
  /** One for each order: `\frac{\partial^2 f}{\partial x\,\partial y^\top}` gives x and y^T; empty for a bare `\nabla f`. */
  readonly wrt: readonly Expr[];
  readonly order: number;
  /** The directions of a directional derivative, one for each order. */
  readonly along?: readonly Expr[];
  /** `d` against `\partial`. */
  readonly total: boolean;
  /** `\frac{\partial L}{a}`: the second `\partial` is missing. */
  readonly missingPartial: boolean;
}

export type RelationOperator = "=" | ":=" | "=:" | "\\equiv" | "\\approx" | "\\propto" | "\\in" | "\\sim" | "<" | ">" | "\\leq" | "\\geq" | "\\neq" | "\\leftarrow" | "\\to" | "\\succ" | "\\succeq" | "\\mapsto" | "other";

export interface Relation extends Place {
  readonly sides: readonly Expr[];
  /** One fewer than sides. */
  readonly links: readonly (Place & { readonly operator: RelationOperator })[];
}

/**
 * One relation (or a bare expression: one side) of a formula, with what was
 * written beside it.
 */
export interface Assertion extends Relation {
  /** `\text{for } i \neq j`, `\quad i = 1, …, n`, `\text{where } x = y` on the same line. */
  readonly notes: readonly Note[];
  /** `\Rightarrow`, `\iff`, `\text{so}` before it: it follows from the assertion before. */
  readonly follows: boolean;
  /** `H_0:` before it: a test asks whether it is so. */
  readonly tested: boolean;
  /** Cells of the alignment it came from were separated by something else than `&`; other slips of notation. */
  readonly slips: readonly Slip[];
}

export type Note = Place & ({ readonly kind: "text"; readonly text: string } | { readonly kind: "relation"; readonly relation: Relation } | { readonly kind: "expression"; readonly expr: Expr });

export interface Slip extends Place {
  readonly code: "missing-partial" | "missing-ampersand" | "syntax";
  readonly message: string;
}
