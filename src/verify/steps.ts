/**
 * A derivation of a derivative in steps, each by a named rule: differentials
 * pulled inwards, collected, and read off. Every line is compared with the
 * differential that the core computes, before any of them is shown.
 */
import type { Step } from "../base/statement";
import { differentiationOf, type Differentiation } from "../readings/derivatives";
import type { Lowering } from "../readings/lower";
import type { Reading } from "../readings/reading";
import { termOf, type Value } from "../readings/value";
import type { Derivative, Expr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { type ClosedForm, derivationOf, type Derivation, hasCountedPower, differentialName, type Expression, type Letter, sameStructure, type Spelling, toLatex, transpose, writtenForm } from "../symbolic";
import { contract, jacobian, replace, type Term, type Variable, variable } from "../tensor";
import { attemptWith } from "./attempt";
import type { Claim } from "./claim";
import { spellingOf } from "./spelling";
import { lettersOf, means, quietly, type Trial, trialsOf } from "./sized";

/** The steps from the function to a closed form of its derivative; null where none are found, or one does not hold. */
export function stepsOf(model: Model, claim: Claim, reading: Reading, of: Expr, form: ClosedForm, asked = false): readonly Step[] | null {
  if (of.kind !== "derivative") return null;
  return quietly(() => attemptWith(model, claim, reading, of, asked, (lowering) => {
    const parts = differentiationOf(lowering, of);
    return parts && new Steps(model, claim, lowering, of, parts, lowering.lower(of)).to(form);
  }));
}

/**
 * The derivative as a derivation reads it off, for functions whose structure
 * depends on a size: the gradient of tr(AXᵏ) is a sum whose length is k, which
 * no form that is read at two assignments of sizes can tell.
 */
export function derivedForm(model: Model, claim: Claim, reading: Reading, of: Expr, asked: boolean): ClosedForm | null {
  if (of.kind !== "derivative") return null;
  return attemptWith(model, claim, reading, of, asked, (lowering) => {
    const parts = differentiationOf(lowering, of);
    return parts && new Steps(model, claim, lowering, of, parts, lowering.lower(of)).derived();
  });
}

type Pair<T> = readonly [T, T];

class Steps {
  private readonly trials: Pair<Trial>;
  /** The variable in each trial, and the letter that stands for it where the notes define it. */
  private readonly by: Pair<Term>;
  private readonly letters: Pair<Variable>;
  private readonly functions: Pair<Term>;
  private readonly spelling: Spelling;

  constructor(
    private readonly model: Model,
    private readonly claim: Claim,
    private readonly lowering: Lowering,
    private readonly asked: Derivative,
    private readonly parts: Differentiation,
    private readonly derivative: Value,
  ) {
    this.trials = trialsOf(parts.of, lowering, "forward");
    this.by = this.each(({ env }) => termOf(parts.by, env));
    this.letters = this.each((_, at) => (this.by[at].kind === "variable" ? this.by[at] : variable("·moving", this.by[at].shape)) as Variable);
    this.functions = this.each(({ term }, at) => this.inLetter(term, at));
    this.spelling = this.spelled();
  }

  to(form: ClosedForm): readonly Step[] | null {
    const derivation = derivationOf(...this.functions, this.letters, this.spelling, this.parts.arbitrary);
    return derivation && this.hold(derivation) ? this.written(derivation, form) : null;
  }

  derived(): ClosedForm | null {
    if (sameStructure(...this.functions)) return null;
    const derivation = derivationOf(...this.functions, this.letters, this.spelling, this.parts.arbitrary);
    if (!derivation?.factor || !derivation.lines.some(({ expression }) => hasCountedPower(expression)) || !this.hold(derivation)) return null;
    const expression = this.inLayout(derivation.factor, derivation.free);
    return expression && writtenForm({ expression, free: derivation.free }, this.spelling);
  }

  private each<T>(f: (trial: Trial, at: 0 | 1) => T): Pair<T> {
    return [f(this.trials[0], 0), f(this.trials[1], 1)];
  }

  /** A term with the letter in the place of what is differentiated by. */
  private inLetter(term: Term, at: 0 | 1): Term {
    return replace(term, new Map([[this.by[at], this.letters[at]]]));
  }

  private spelled(): Spelling {
    const { name } = this.letters[0];
    const spelling = spellingOf(this.model, this.claim, this.lowering, this.trials);
    const own = spelling.nodes.get(this.by[0]);
    const free = lettersOf({ ...this.parts.of, shape: [] }, this.functions[0]);
    const entry: Spelling["entry"] = (key, indices) => {
      const of = key.startsWith(differentialName("")) ? key.slice(differentialName("").length) : key;
      const written = spelling.entry?.(of === name ? this.keyOfLetter(own) : of, indices);
      return written === undefined || of === key ? written : `d${written}`;
    };
    return {
      ...spelling,
      entry,
      variables: own === undefined ? spelling.variables : new Map([...spelling.variables, [name, own]]),
      nodes: new Map([...spelling.nodes].map(([node, latex]) => [this.inLetter(node, 0), latex])),
      counterparts: new Map([...(spelling.counterparts ?? [])].map(([a, b]) => [this.inLetter(a, 0), this.inLetter(b, 1)])),
      families: new Map([...(spelling.families ?? []), ...(spelling.families?.has(name) ? [[differentialName(name), spelling.families.get(name)!] as const] : [])]),
      ...(free.length ? { free } : {}),
    };
  }

  private keyOfLetter(own: string | undefined): string {
    return own ?? this.letters[0].name;
  }

  /** Whether every line equals the differential at both sizes. */
  private hold({ lines, free }: Derivation): boolean {
    const differentials = this.each((_, at) => differentialOf(this.functions[at], this.letters[at]));
    return lines.every(({ expression }) => this.equal(expression, free, differentials));
  }

  private written({ lines, factor, free }: Derivation, form: ClosedForm): readonly Step[] {
    const latex = (e: Expression): string => toLatex(e, this.spelling);
    const left = this.left();
    const shown = lines.map(({ rule, expression }) => ({ rule, right: latex(expression) }));
    const own = shown.filter(({ right }, i) => plain(right) !== plain(i === 0 ? left : shown[i - 1]!.right));
    const first = this.asked.of.kind === "symbol" && !this.parts.twice ? "definition" : "rewriting";
    const steps = own.map(({ rule, right }, i) => ({ rule: rule || first, left: i === 0 ? left : "", right }));
    return [...steps, ...(factor && this.parts.entry !== null ? this.entryOf(latex(factor), form) : this.readOff(factor && this.inLayout(factor, free), form, latex))];
  }

  /** d of what is differentiated: of the function, or of its first derivative. */
  private left(): string {
    const { of, wrt, notation } = this.asked;
    const written = this.source(of);
    if (this.parts.twice) return wrt.length && notation !== "nabla" ? `d\\left(\\frac{\\partial ${written}}{\\partial ${this.source(wrt[0]!)}}\\right)` : `d(\\nabla ${written})`;
    return `d${alone(of, written) ? written : /\\(frac|left|sum|prod|begin)(?![a-zA-Z])/.test(written) ? `\\left(${written}\\right)` : `(${written})`}`;
  }

  /** ∂f/∂X = G, and what that is in its shortest form. */
  private readOff(factor: Expression | null, form: ClosedForm, latex: (e: Expression) => string): Step[] {
    const left = this.source(this.asked);
    const direct = factor && latex(factor);
    if (direct === null) return [{ rule: this.parts.structured ? "entries that move together" : "reading off the derivative", left, right: form.latex }];
    const read: Step = { rule: "reading off the derivative", left, right: direct };
    return plain(direct) === plain(form.latex) ? [read] : [read, { rule: "simplification", left: "", right: form.latex }];
  }

  private entryOf(factor: string, form: ClosedForm): Step[] {
    return [{ rule: "reading off the entry", left: this.source(this.asked), right: `\\left[${factor}\\right]_{${this.parts.entry}}` }, { rule: "entry by entry", left: "", right: form.latex }];
  }

  /** The factor as the derivative stands in the notes; null where it is neither it nor its transpose. */
  private inLayout(factor: Expression, free: readonly Letter[]): Expression | null {
    const wanted = trialsOf(this.derivative, this.lowering);
    const terms = this.each((_, at) => this.inLetter(wanted[at].term, at));
    if (this.derivative.free.length !== free.length) return null;
    return [factor, transpose(factor)].find((e) => this.equal(e, free, terms)) ?? null;
  }

  private equal(expression: Expression, free: readonly Letter[], terms: Pair<Term>): boolean {
    return means({ expression, free }, terms, this.lowering, `steps:${this.claim.located.formula}`);
  }

  private source({ start, end }: { readonly start: number; readonly end: number }): string {
    return (this.model.document.formulas[this.claim.located.formula]?.source.text ?? "").slice(start, end).replace(/\s+/g, " ").trim();
  }
}

/** Whether an expression needs no parentheses under d. */
function alone({ kind }: Expr, latex: string): boolean {
  if (kind === "symbol" || kind === "norm" || kind === "bars") return true;
  return /[)\]|]$/.test(latex) && (kind === "apply" || /^(?:\\left\s*)?\(/.test(latex)) && !/\).*\(/.test(latex.replace(/^(\\left\s*)?\(/, ""));
}

/** Equal for what differs in spaces and parentheses alone. */
function plain(latex: string): string {
  return latex.replace(/\s+|[{}()]|\\[,;!]|\\left|\\right|\\operatorname|\\mathrm/g, "");
}

/** The Jacobian, by reverse mode, times dX. */
function differentialOf(y: Term, x: Variable): Term {
  const [lead, tail] = [y.shape.map((_, axis) => axis), x.shape.map((_, axis) => y.shape.length + axis)];
  return contract([[...lead, ...tail], tail], lead, [jacobian(y, x), variable(differentialName(x.name), x.shape)]);
}
