/** Expressions as LaTeX, in the notes' spelling. */
import { isIncrement, isMinusOne, isNegative, isNumber, power, product } from "../expression/build";
import { isInverted, wrappedInHadamard, wrappedInPower, wrappedInProduct, wrappedUnderD } from "../expression/precedence";
import { isLetter, type Expression, type ExpressionOf, type Index, type Letter, type WholeFunction } from "../expression/types";
import { inTrial, negated, same, ratio, UNIT, Unprintable, type Dim, type Ratio, type SizePower, type WrittenNumber } from "../sizes";
import type { Spelling } from "../spelling";
import { functionLatex } from "../translate/names";

export function toLatex(e: Expression, spelling: Spelling): string {
  return new Printer(spelling).print(e);
}

class Printer {
  constructor(private readonly spelling: Spelling) {}

  print(e: Expression): string {
    switch (e.kind) {
      case "symbol":
        return e.indices.length ? this.withIndices(e.name, e.latex, e.indices) : e.latex;
      case "number":
        return e.value[0].n < 0 ? `-${isDifference(e.written) ? parentheses(magnitude(e.written)) : magnitude(e.written)}` : magnitude(e.written);
      case "ones":
        return this.spelling.ones;
      case "identity":
        return this.spelling.identity;
      case "commutation": {
        const names = e.shape.map((dim) => this.size(dim));
        return `K_{${names.every((name) => name.length === 1) ? names.join("") : names.join(",")}}`;
      }
      case "unit":
        return `e_${braced(this.index(e.index))}`;
      case "delta":
        return `\\delta_{${this.subscript([e.first, e.second])}}`;
      case "sum":
        return this.sum(e.terms);
      case "product":
        return this.product(e.factors);
      case "quotient":
        return this.fraction(e);
      case "hadamard":
        return e.factors.map((factor) => this.wrap(factor, wrappedInHadamard(factor))).reduce((a, b) => join(join(a, this.spelling.hadamard), b));
      case "division":
        return join(join(this.wrap(e.numerator, wrappedInHadamard(e.numerator) || e.numerator.kind === "hadamard"), "\\oslash"), this.wrap(e.denominator, wrappedInHadamard(e.denominator) || e.denominator.kind === "hadamard"));
      case "power":
        return this.power(e);
      case "sizePower":
        return this.superscript(e.base, e.matrix || isNumber(e) ? magnitude(e.written) : join(this.spelling.hadamard, isDifference(e.written) ? parentheses(magnitude(e.written)) : magnitude(e.written)));
      case "letterPower":
        return this.superscript(e.base, e.from ? `${magnitude(e.from.written)}-${e.letter.latex}` : e.letter.latex);
      case "raised":
        return this.superscript(e.base, isNumber(e) ? this.print(e.exponent) : join(this.spelling.hadamard, this.wrap(e.exponent, wrappedInPower(e.exponent))));
      case "transpose":
        return this.transpose(e.arg);
      case "kronecker":
        return join(join(this.wrap(e.left, wrappedInHadamard(e.left)), "\\otimes"), this.wrap(e.right, wrappedInHadamard(e.right)));
      case "whole":
        return this.whole(e);
      case "apply":
        return this.apply(e);
      case "entry":
        return this.entry(e);
      case "differential":
        return join("d", this.wrap(e.of, wrappedUnderD(e.of)));
      case "sigma":
        return join(this.summation(e.letters), this.wrap(e.body, e.body.kind === "sum"));
      case "matrix":
        return `\\begin{bmatrix} ${e.cells.map((row) => row.map((cell) => this.print(cell)).join(" & ")).join(" \\\\ ")} \\end{bmatrix}`;
    }
  }

  private summation(letters: readonly Letter[]): string {
    const [only] = letters;
    if (letters.length === 1 && only!.counts) return `\\sum_{${only!.latex}=0}^{${this.size(only!.dim)}-1}`;
    return `\\sum_${braced(letters.map(({ latex }) => latex).join(","))}`;
  }

  private wrap(e: Expression, needed: boolean): string {
    const inner = this.print(e);
    return needed ? parentheses(inner) : inner;
  }

  private sum(terms: readonly Expression[]): string {
    return terms.map((term) => this.print(term)).reduce((a, b) => (b.startsWith("-") ? a + b : join(`${a}+`, b)));
  }

  private product(factors: readonly Expression[]): string {
    const [first] = factors as [Expression];
    const minusOne = isMinusOne(first);
    const shown = minusOne ? factors.slice(1) : factors;
    const isWrapped = (factor: Expression, i: number): boolean => wrappedInProduct(factors, i) || (factor.kind === "number" && factor.value[0].n > 0 && isDifference(factor.written));
    const parts = factors.map((factor, i) => this.wrap(factor, isWrapped(factor, i))).slice(minusOne ? 1 : 0);
    return (minusOne ? "-" : "") + parts.reduce((a, b, i) => (isIncrement(shown[i - 1]!) || isIncrement(shown[i]!) ? `${a}\\,${b}` : join(a, b)));
  }

  private fraction({ numerator, denominator }: ExpressionOf<"quotient">): string {
    const [first, second, ...rest] = numerator.kind === "product" ? numerator.factors : [];
    // A sum after a minus sign needs no parentheses above a line.
    if (first && second && rest.length === 0 && isMinusOne(first)) return `-\\frac{${this.print(second)}}{${this.print(denominator)}}`;
    const negative = isNegative(numerator);
    const top = this.print(numerator);
    return `${negative ? "-" : ""}\\frac{${negative ? top.slice(1) : top}}{${this.print(denominator)}}`;
  }

  private power(e: ExpressionOf<"power">): string {
    const { base, exponent, matrix } = e;
    if (isInverted(e)) {
      const below = power(base, negated(exponent));
      const one = e.columns === UNIT ? this.spelling.ones : raise(this.spelling.ones, this.spelling.transpose, false);
      return join(join(one, "\\oslash"), this.wrap(below, wrappedInHadamard(below) || below.kind === "hadamard"));
    }
    const pointwise = !matrix && !isNumber(base);
    const root = same(exponent, ratio(1, 2));
    if (root && (!pointwise || base.rows === UNIT || base.columns === UNIT)) return `\\sqrt{${this.print(base)}}`;
    if (!pointwise && same(exponent, ratio(-1, 2))) return `\\frac{1}{\\sqrt{${this.print(base)}}}`;
    return this.superscript(base, pointwise ? join(this.spelling.hadamard, exponentText(exponent)) : exponentText(exponent));
  }

  /** X^{-\top} is one exponent. */
  private transpose(arg: Expression): string {
    const mark = this.spelling.transpose;
    if (arg.kind === "whole" && arg.fn === "inverse") return this.superscript(arg.arg, `-${mark}`);
    return this.superscript(arg, mark);
  }

  private superscript(base: Expression, exponent: string): string {
    const inner = this.print(base);
    return raise(inner, exponent, wrappedInPower(base) || inner.startsWith("e^") || (base.kind === "symbol" && inner.includes("\\frac")));
  }

  private whole({ fn, arg }: ExpressionOf<"whole">): string {
    const inner = this.print(arg);
    switch (fn) {
      case "inverse":
        if (arg.kind === "whole" && arg.fn === "matrixSquareRoot") return this.superscript(arg.arg, "-1/2");
        return this.superscript(arg, "-1");
      case "matrixSquareRoot":
        return this.superscript(arg, "1/2");
      case "norm":
        return this.norm(inner, arg.rows !== UNIT && arg.columns !== UNIT ? "F" : (this.spelling.norm?.two ?? true) ? "2" : null);
      case "spectralNorm":
        return this.norm(inner, "2");
      case "nuclearNorm":
        return this.norm(inner, "*");
      case "logAbsDeterminant":
        return `\\log${bars("|", `\\det${parentheses(inner)}`)}`;
      case "maxMask":
        return this.maxMask(arg);
      case "matrixExponential":
        return this.spelling.functions?.get("exp") === "e^" ? `e^${braced(inner)}` : `\\exp${parentheses(inner)}`;
      default:
        return (this.spelling.functions?.get(fn) ?? named[fn] ?? `\\operatorname{${fn}}`) + parentheses(inner);
    }
  }

  /** `\mathbf{1}[x=\max(x)]`; what is largest where its sign is turned is smallest. */
  private maxMask(arg: Expression): string {
    if (arg.rows !== UNIT && arg.columns !== UNIT) throw new Unprintable("the largest entries of rows");
    const turned = arg.kind === "product" && isMinusOne(arg.factors[0]!);
    const inner = this.print(turned ? product(...arg.factors.slice(1)) : arg);
    return join(this.spelling.ones, `[${inner}=\\${turned ? "min" : "max"}${parentheses(inner)}]`);
  }

  private norm(inner: string, which: string | null): string {
    const { open, close } = this.spelling.norm ?? { open: "\\|", close: "\\|" };
    return bars(open, inner, close) + (which === null ? "" : `_${which}`);
  }

  private apply({ fn, arg }: ExpressionOf<"apply">): string {
    const inner = this.print(arg);
    // Bars around an array are a norm to many readers.
    if (fn === "abs" && isNumber(arg)) return bars("|", inner);
    if (fn === "exp" && isNumber(arg) && this.spelling.functions?.get(fn) === "e^") return `e^${braced(inner)}`;
    if (fn === "step") return join(`${this.spelling.ones}`, `[${inner}>0]`);
    if (fn === "acos" && arg.kind === "number" && arg.value[0].n === -1 && arg.value[0].d === 1) return "\\pi";
    return functionLatex(this.spelling, fn) + parentheses(inner);
  }

  private entry({ base, row, column }: ExpressionOf<"entry">): string {
    const vector = base.rows === UNIT || base.columns === UNIT;
    const indices: (Index | null)[] = vector ? [row ?? column] : [row, column];
    if (base.kind === "symbol") return this.withIndices(base.name, base.latex, [...base.indices, ...indices]);
    const inner = this.print(base);
    return `${wrappedInPower(base) || base.kind === "whole" ? parentheses(inner) : inner}_{${this.subscript(indices)}}`;
  }

  private withIndices(name: string, latex: string, indices: readonly (Index | null)[]): string {
    const written = indices.map((index) => (index ? this.index(index) : ":"));
    const own = this.spelling.entry?.(name, written);
    if (own !== undefined) return own;
    return addSubscript(latex, this.subscript(indices));
  }

  /** Letters stand side by side, numbers and colons apart. */
  private subscript(indices: readonly (Index | null)[]): string {
    const written = indices.map((index) => (index ? this.index(index) : ":"));
    return written.every((text) => /^[a-z]$/i.test(text)) ? written.join("") : written.join(",");
  }

  private index(index: Index): string {
    if (isLetter(index)) return index.latex;
    return this.pairOf(index[0] + 1, index[1] + 1);
  }

  private size(dim: Dim): string {
    return this.pairOf(inTrial(dim, 0), inTrial(dim, 1));
  }

  /** A number that is the same in both trials, or a size. */
  private pairOf(first: number, second: number): string {
    if (first === second) return String(first);
    for (const [size, numbers] of this.spelling.sizes) if (numbers[0] === first && numbers[1] === second) return size;
    throw new Unprintable("a number that varies with the sizes");
  }
}

const named: Readonly<Partial<Record<WholeFunction, string>>> = {
  trace: "\\operatorname{tr}",
  determinant: "\\det",
  diagonal: "\\operatorname{diag}",
  diagonalOf: "\\operatorname{diag}",
  maximum: "\\max",
};

/** Side by side: a space only where a command would swallow a letter. */
export function join(a: string, b: string): string {
  return /\\[a-zA-Z]+$/.test(a) && /^[a-zA-Z]/.test(b) ? `${a} ${b}` : /\d$/.test(a) && /^\d/.test(b) ? `${a}\\cdot ${b}` : a + b;
}

function isTall(text: string): boolean {
  return /\\(frac|sum|begin)(?![a-zA-Z])/.test(text);
}

function parentheses(text: string): string {
  return isTall(text) ? `\\left(${text}\\right)` : `(${text})`;
}

function bars(open: string, text: string, close = open): string {
  return isTall(text) ? `\\left${open}${text}\\right${close}` : join(join(open, text), close);
}

/** An exponent on what is written; W^{(l)} takes it into its own, any other exponent is put in parentheses. */
function raise(text: string, exponent: string, wrapped: boolean): string {
  const sup = braced(exponent);
  if (wrapped) return `${parentheses(text)}^${sup}`;
  const layer = /^(.*)\^(?:\{(\([^{}]*\)|\[[^{}]*\])\})((?:_.*)?)$/s.exec(text);
  if (layer) return `${layer[1]!}^{${layer[2]!}${exponent}}${layer[3]!}`;
  if (hasTopLevel(text, "^")) return `{${text}}^${sup}`;
  return `${text}^${sup}`;
}

function addSubscript(text: string, subscript: string): string {
  if (text.includes("\\frac")) return `${parentheses(text)}_{${subscript}}`;
  const own = /^(.*)_(?:\{([^{}]*)\}|([^{}\\]))$/s.exec(text);
  if (own && !hasTopLevel(own[1]!, "_")) return `${own[1]!}_{${own[2] ?? own[3]!},${subscript}}`;
  return hasTopLevel(text, "_") ? `{${text}}_{${subscript}}` : `${text}_${subscript.length === 1 ? subscript : `{${subscript}}`}`;
}

function hasTopLevel(text: string, mark: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "{" || character === "(") depth++;
    else if (character === "}" || character === ")") depth--;
    else if (character === mark && depth === 0) return true;
  }
  return false;
}

/** One character, or one command, needs no braces. */
function braced(text: string): string {
  return text.length === 1 || /^\\[a-zA-Z]+$/.test(text) ? text : `{${text}}`;
}

function exponentText({ n, d }: Ratio): string {
  return d === 1 ? String(n) : `${n}/${d}`;
}

/** Without its sign. */
function magnitude({ ratio: { n, d }, powers }: WrittenNumber): string {
  const above = powers.filter(({ exponent }) => exponent > 0);
  const below = powers.filter(({ exponent }) => exponent < 0);
  const top = factorsText(Math.abs(n), above);
  if (d === 1 && below.length === 0) return top;
  return `\\frac{${top}}{${factorsText(d, below)}}`;
}

/** `n-1`, which stands in parentheses where anything is done with it. */
function isDifference({ ratio: { n, d }, powers: [only, ...more] }: WrittenNumber): boolean {
  return only !== undefined && !more.length && only.offset !== 0 && only.exponent === 1 && Math.abs(n) === 1 && d === 1;
}

function factorsText(number: number, powers: readonly SizePower[]): string {
  const parts = powers.map(({ size, offset, exponent }) => {
    const base = offset === 0 ? size : `${size}${offset > 0 ? "+" : "-"}${Math.abs(offset)}`;
    const e = Math.abs(exponent);
    const alone = powers.length === 1 && number === 1 && e === 1;
    const wrapped = offset !== 0 && !alone ? `(${base})` : base;
    return e === 1 ? wrapped : `${wrapped}^${e}`;
  });
  const all = number === 1 && parts.length > 0 ? parts : [String(number), ...parts];
  return all.reduce((a, b) => join(a, b));
}

