/**
 * The structure of LaTeX mathematics as written: what is a script of what, what
 * is in which cell of which matrix. It knows no meaning: `f(x)` is a symbol and
 * a fenced row, `\partial` is a symbol. Rows are flat lists; precedence and
 * implicit products are read by the layer above.
 *
 * `start` and `end` are indices into the source given to the parser, never into
 * expanded text: what a macro produced has the span of its call, and what came
 * from one of its arguments has its own.
 */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export type Row = readonly Node[];

export type Node = Place &
  (
    | { readonly kind: "number"; readonly text: string }
    /** A letter, a Greek letter or a named symbol: `x`, `\alpha`, `\partial`, `\nabla`, `\infty`, `\ell`, `\top`, `\ldots`, `\vdots`. `name` is without backslash; `font` is the innermost of mathbf, boldsymbol, mathrm, mathbb, mathcal, mathsf, … or "". */
    | { readonly kind: "symbol"; readonly name: string; readonly font: string }
    /** A multi-letter name: `\log`, `\operatorname{tr}`, `\mathrm{softmax}`, `\text{diag}` as an operand. `limits` for `\operatorname*` and `\max`-like. */
    | { readonly kind: "name"; readonly name: string; readonly font: string }
    /** `+ - * / = < > , ; : ! |` and the commands for binary operators, relations, arrows and punctuation: `\times`, `\odot`, `\leq`, `\Rightarrow`, `\mid`; `name` is without backslash. A `'` is in `scripts`. */
    | { readonly kind: "operator"; readonly name: string; readonly class: "binary" | "relation" | "arrow" | "punctuation" }
    /** `\sum`, `\prod`, `\int`, `\bigotimes`, …; bounds are its scripts. */
    | { readonly kind: "big"; readonly name: string }
    | { readonly kind: "group"; readonly body: Row }
    | { readonly kind: "fraction"; readonly numerator: Row; readonly denominator: Row; readonly line: boolean }
    | { readonly kind: "root"; readonly index: Row | null; readonly body: Row }
    | { readonly kind: "scripts"; readonly base: Node | null; readonly sub: Row | null; readonly sup: Row | null; readonly primes: number }
    /** Matched delimiters, with or without `\left…\right`: `open`/`close` are `( [ \{ | \| \langle \lfloor \lceil .` and their partners, without backslash but for `\{ \} \|` which are "{", "}", "‖". `sized` where written with \left/\right or \big. Bare `|` is an operator "|" unless it was sized; the layer above pairs those. */
    | { readonly kind: "fenced"; readonly open: string; readonly close: string; readonly body: Row; readonly sized: boolean }
    /** matrix, bmatrix, pmatrix, vmatrix, array, smallmatrix, cases, and also align, aligned, gather, split, eqnarray, … : `name` without star. Rows of cells. */
    | { readonly kind: "environment"; readonly name: string; readonly rows: readonly EnvironmentRow[] }
    | { readonly kind: "text"; readonly text: string; readonly pieces: readonly TextPiece[] }
    /** `\hat`, `\tilde`, `\bar`, `\dot`, `\ddot`, `\vec`, `\overline`, `\underline`, `\widehat`, … */
    | { readonly kind: "accent"; readonly name: string; readonly body: Row }
    /** `\overbrace{…}^{label}`, `\underbrace{…}_{label}`, `\overset`, `\underset`, `\stackrel`; label null where absent. */
    | { readonly kind: "labelled"; readonly name: string; readonly body: Row; readonly label: Row | null }
    /** `\boxed`, `\color`, `\cancel`, … around something that counts as if bare; `\cancel`-like are struck. */
    | { readonly kind: "decorated"; readonly name: string; readonly body: Row }
    /** `\quad`, `\qquad`: a separator with meaning. Thin spaces are dropped. */
    | { readonly kind: "space"; readonly name: string }
    /** A command that is not known; kept so that the rest can be read. */
    | { readonly kind: "unknown"; readonly name: string }
  );

export interface EnvironmentRow extends Place {
  readonly cells: readonly (Place & { readonly body: Row })[];
  /** `\intertext{…}` before this row. */
  readonly intertext: string | null;
}

/** `\text{where $x$ is}`: text with mathematics inside. */
export type TextPiece = { readonly text: string } | { readonly body: Row };

export interface ParsedMath {
  /** A formula at top level may itself consist of rows (`a &= b \\ c &= d` inside align); then it is a single `environment` node. Top-level `\\` outside an environment also makes one, named "lines". */
  readonly root: Row;
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem extends Place {
  readonly message: string;
  /** "error" where something could not be read; "warning" where it could but is not right LaTeX. */
  readonly severity: "error" | "warning";
}
