/**
 * The structure of LaTeX mathematics as written: what is a script of what, what
 * is in which cell of which matrix. It knows no meaning: `f(x)` is a symbol and
 * a fenced row, `\partial` is a symbol. Rows are flat lists; precedence and
 * implicit products are read by the layer above.
 *
 * `start` and `end` are indices into the source given to the parser, never into
 * expanded text: what a macro produced has the span of its call, and what came
 * from one of its arguments has its own. A node's span covers its children's;
 * siblings come in the order of reading, which is that of the source unless a
 * macro turned it round.
 *
 * Names are those of the command, without its backslash, as it was written
 * (`le`, `leq`); what was written in Unicode has the name of its command.
 */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export type Row = readonly Node[];

export type Node = Place & {
  /** `\ `, `\;` and their like stand behind it. */
  readonly gap?: true;
} & (
    /** `12`, `0.5`, `1{,}000` as "1000". */
    | { readonly kind: "number"; readonly text: string }
    /**
     * A letter, a Greek letter or a sign that stands for itself: `x`, `\alpha`, `\partial`, `\nabla`, `\infty`, `\top`,
     * `\intercal`, `\dagger`, dots (`\ldots`, `\vdots`; `...` is "ldots"), a bold or blackboard `1` or `0`.
     * `font` is the innermost of mathbf, boldsymbol, mathrm, mathit, mathbb, mathcal, mathscr, mathsf, mathtt, mathfrak, or "".
     */
    | { readonly kind: "symbol"; readonly name: string; readonly font: string }
    /** A multi-letter name: `\log`, `\max`, `\operatorname{tr}` (font ""), `\mathrm{softmax}`, `\text{diag}` where it is no prose. */
    | { readonly kind: "name"; readonly name: string; readonly font: string }
    /**
     * `+ - * / = < > , ; : ! | .` and the commands for binary operators, relations, arrows and punctuation: `\times`,
     * `\leq`, `\Rightarrow`, `\mid`; `:=`. `\|` is "‖". A delimiter without a partner, or after `\middle`, is one too
     * (class "punctuation", name "(", "langle", …). A `'` is in `scripts`.
     */
    | { readonly kind: "operator"; readonly name: string; readonly class: "binary" | "relation" | "arrow" | "punctuation" }
    /** `\sum`, `\prod`, `\int`, `\bigotimes`, …; bounds are its scripts. */
    | { readonly kind: "big"; readonly name: string }
    | { readonly kind: "group"; readonly body: Row }
    /** `line` false for `\binom`, `\choose` and `\atop`. */
    | { readonly kind: "fraction"; readonly numerator: Row; readonly denominator: Row; readonly line: boolean }
    | { readonly kind: "root"; readonly index: Row | null; readonly body: Row }
    /** At least one of the three is there. `base` null where nothing (or `{}`) stands before them. `^{\prime}` counts as a prime. */
    | { readonly kind: "scripts"; readonly base: Node | null; readonly sub: Row | null; readonly sup: Row | null; readonly primes: number }
    /**
     * Matched delimiters, with or without `\left…\right`: `( [ { | ‖ langle lfloor lceil` and their partners, `.` for none;
     * they need not match (`[a, b)`). `sized` where written with \left and \right or \big. A bare `|` or `\|` is an operator
     * unless it was sized or directed (`\lvert`); the layer above pairs those.
     */
    | { readonly kind: "fenced"; readonly open: string; readonly close: string; readonly body: Row; readonly sized: boolean }
    /** matrix, bmatrix, array, cases, substack, and also align, aligned, gather, split, eqnarray, …: `name` without star. "lines" for `\\` outside of any. */
    | { readonly kind: "environment"; readonly name: string; readonly rows: readonly EnvironmentRow[] }
    /** Words. `text` has formulas among them in plain characters; `pieces` has both apart. */
    | { readonly kind: "text"; readonly text: string; readonly pieces: readonly TextPiece[] }
    /** `\hat`, `\tilde`, `\bar`, `\dot`, `\ddot`, `\vec`, `\overline`, `\underline`, `\widehat`, … */
    | { readonly kind: "accent"; readonly name: string; readonly body: Row }
    /** `\overbrace{…}^{label}`, `\underbrace{…}_{label}`, `\overset`, `\underset`, `\stackrel`, `\xrightarrow`; label null where absent. */
    | { readonly kind: "labelled"; readonly name: string; readonly body: Row; readonly label: Row | null }
    /** `\boxed`, `\color`, `\cancel`, … around something that counts as if bare; `\cancel`-like are struck. `\not` around what has no negation of its own. */
    | { readonly kind: "decorated"; readonly name: string; readonly body: Row }
    /** `\quad`, `\qquad`, or as wide: a separator with meaning. Narrower ones leave a mark on what stands before them. */
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
  /** In the order of the source. */
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem extends Place {
  readonly message: string;
  /** "error" where something could not be read; "warning" where it could but is not right LaTeX. */
  readonly severity: "error" | "warning";
}
