/**
 * Expressions as NumPy, PyTorch and JAX. Arrays stand as in the notes: columns
 * are n×1, rows 1×n, numbers have no axes. Ones are left to broadcasting where
 * another summand or factor has the full shape, diagonal factors as well.
 */
import { isColumn, isNumber, isRow } from "../expression/build";
import { isLetter, type Expression, type ExpressionOf, type Index, type Letter } from "../expression/types";
import { ratio, same, UNIT, Unprintable, type Coefficient, type Dim, type Ratio, type WrittenNumber } from "../sizes";
import type { Spelling } from "../spelling";
import { Bind, jax, numpy, torch, type Dialect, type Written } from "./dialects";
import { Names, type CodeInput } from "./inputs";

export interface Code {
  readonly numpy: string;
  readonly torch: string;
  readonly jax: string;
  /** What the identifiers in the code stand for. */
  readonly inputs: readonly CodeInput[];
}

export function codeFor(e: Expression, free: readonly Letter[], spelling: Spelling): Code {
  const shared = new Names(spelling, e);
  const emit = (dialect: Dialect): string => {
    const writer = new Writer(dialect, shared);
    let code = writer.top(e, free);
    for (const letter of [...free].reverse()) code = dialect.stacked(code, shared.letter(letter), shared.size(letter.dim));
    return code;
  };
  return { numpy: emit(numpy), torch: emit(torch), jax: emit(jax), inputs: shared.inputs };
}

class Writer {
  constructor(
    private readonly dialect: Dialect,
    private readonly names: Names,
  ) {}

  top(e: Expression, free: readonly Letter[]): string {
    const { code } = this.write(e);
    return e.kind === "number" && free.length === 0 && !isNumber(e) ? `${this.module}.zeros((${this.names.size(e.rows)}, ${this.names.size(e.columns)}))` : code;
  }

  private get module(): string {
    return this.dialect.module;
  }

  private at(e: Expression, bind: Bind): string {
    const written = this.write(e);
    return written.bind < bind ? `(${written.code})` : written.code;
  }

  private write(e: Expression): Written {
    const { module } = this;
    switch (e.kind) {
      case "symbol":
        return atom(this.symbol(e));
      case "number":
        return this.number(e);
      case "ones":
        return atom(`${module}.ones((${this.names.size(e.rows)}, 1))`);
      case "identity":
        return atom(`${module}.eye(${this.names.size(e.rows)})`);
      case "commutation": {
        const [p, q] = e.shape.map((dim) => this.names.size(dim));
        return atom(`${module}.eye(${p} * ${q}).reshape(${q}, ${p}, -1).swapaxes(0, 1).reshape(${p} * ${q}, -1)`);
      }
      case "unit": {
        const at = this.index(e.index);
        return atom(`${module}.eye(${this.names.size(e.rows)})[:, ${at}:${at} + 1]`);
      }
      case "delta":
        return atom(`float(${this.index(e.first)} == ${this.index(e.second)})`);
      case "sum":
        return this.sum(e);
      case "product":
        return this.product(e);
      case "quotient":
        return { code: `${this.at(e.numerator, Bind.Product)} / ${this.at(e.denominator, Bind.Power)}`, bind: Bind.Product };
      case "hadamard":
        return { code: this.spread(e.factors).map((written, i) => wrapped(written, i === 0 ? Bind.Product : Bind.Power)).join(" * "), bind: Bind.Product };
      case "division": {
        const [above, below] = this.spread([e.numerator, e.denominator]) as [Written, Written];
        return { code: `${wrapped(above, Bind.Product)} / ${wrapped(below, Bind.Power)}`, bind: Bind.Product };
      }
      case "power":
        return this.power(e);
      case "sizePower":
      case "letterPower":
        return this.writtenPower(e);
      case "raised":
        return { code: `${this.at(e.base, Bind.Atom)}**${this.at(e.exponent, Bind.Atom)}`, bind: Bind.Power };
      case "transpose":
        return atom(`${this.at(e.arg, Bind.Atom)}.T`);
      case "kronecker":
        return atom(`${module}.kron(${this.write(e.left).code}, ${this.write(e.right).code})`);
      case "whole":
        return this.whole(e);
      case "apply":
        return this.apply(e);
      case "entry":
        return this.entry(e);
      case "differential":
        throw new Unprintable("a differential in code");
      case "sigma":
        return this.sigma(e);
      case "matrix":
        return atom(this.dialect.array(`[${e.cells.map((row) => `[${row.map((cell) => this.write(cell).code).join(", ")}]`).join(", ")}]`));
    }
  }

  private symbol(e: ExpressionOf<"symbol">): string {
    if (e.name === "π") return this.dialect.pi;
    const name = this.names.symbol(e);
    const picked = e.indices.length ? `${name}[${e.indices.map((index) => this.index(index)).join(", ")}]` : name;
    // A list of numbers becomes a column.
    return e.shape.length - e.indices.length === 1 ? `${picked}[:, None]` : picked;
  }

  private number({ written: { ratio: r, powers } }: ExpressionOf<"number">): Written {
    const above = powers.filter(({ exponent }) => exponent > 0).map((power) => this.names.sizePower(power));
    const below = powers.filter(({ exponent }) => exponent < 0).map((power) => this.names.sizePower(power));
    const top = Math.abs(r.n) === 1 && above.length > 0 ? above : [String(Math.abs(r.n)), ...above];
    const bottom = r.d === 1 ? below : [String(r.d), ...below];
    const sign = r.n < 0 ? "-" : "";
    if (bottom.length === 0 && top.length === 1) return { code: sign + top[0]!, bind: sign ? Bind.Product : Bind.Atom };
    const divisor = bottom.length === 0 ? "" : ` / ${bottom.length > 1 ? `(${bottom.join(" * ")})` : bottom[0]!}`;
    return { code: sign + top.join(" * ") + divisor, bind: Bind.Product };
  }

  private sum({ terms }: ExpressionOf<"sum">): Written {
    const codes = this.spread(terms);
    const code = codes.map((written) => written.code).reduce((a, b) => (b.startsWith("-") ? `${a} - ${b.slice(1)}` : `${a} + ${b}`));
    return { code, bind: Bind.Sum };
  }

  /** Parts of one shape, ones left out where another part has all entries. */
  private spread(parts: readonly Expression[]): Written[] {
    const short = parts.map((part) => this.withoutOnes(part));
    const full = short.some((e) => e === null);
    return parts.map((part, i) => {
      const e = short[i];
      return full && e ? this.write(e) : this.write(part);
    });
  }

  /** v for v1ᵀ and 1vᵀ, a number for ones; null for anything else. */
  private withoutOnes(e: Expression): Expression | null {
    if (e.kind === "ones") return one;
    if (e.kind === "transpose" && e.arg.kind === "ones") return one;
    if (e.kind !== "product" || isNumber(e)) return null;
    const last = e.factors[e.factors.length - 1]!;
    const first = e.factors.findIndex((factor) => factor.kind !== "number");
    if (last.kind === "transpose" && last.arg.kind === "ones") return productOf(e.factors.slice(0, -1).filter((factor) => factor.kind !== "ones" || e.factors.length > 2 + first));
    if (e.factors[first]!.kind === "ones" && first + 1 < e.factors.length) return productOf(e.factors.filter((_, i) => i !== first));
    if (last.kind === "ones" && e.factors.slice(0, -1).every(isNumber)) return productOf(e.factors.slice(0, -1));
    return null;
  }

  /**
   * Matrices by @, numbers and diagonal matrices by *. Python takes all of
   * these from the left, which for numbers is no less than any other order.
   */
  private product(e: ExpressionOf<"product">): Written {
    const parts: Written[] = [];
    const factors: Expression[] = [];
    let negative = false;
    for (const factor of e.factors) {
      if (!isNumber(factor)) factors.push(factor);
      else if (factor.kind === "number" && factor.written.powers.length === 0 && same(factor.written.ratio, ratio(-1))) negative = true;
      else parts.push(this.write(factor));
    }
    if (factors.length > 0) {
      const chain = this.chain(factors);
      parts.push(isNumber(e) && !chain.summed ? atom(`(${chain.code}).squeeze()`) : chain);
    }
    const code = parts.map((written) => wrapped(written, Bind.Product)).join(" * ");
    return parts.length === 1 && !negative ? parts[0]! : { code: negative ? `-${code}` : code, bind: Bind.Product };
  }

  private chain(factors: readonly Expression[]): Written & { summed?: boolean } {
    const [first] = factors as [Expression];
    const last = factors[factors.length - 1]!;
    if (factors.length === 1) return this.write(first);
    // Sums by ones at either end.
    if (first.kind === "transpose" && first.arg.kind === "ones") {
      if (last.kind === "ones") return { ...atom(`${wrapped(this.chain(factors.slice(1, -1)), Bind.Atom)}.sum()`), summed: true };
      return this.summed(factors.slice(1), isNumberChain(factors) ? null : 0);
    }
    if (last.kind === "ones") return this.summed(factors.slice(0, -1), isNumberChain(factors) ? null : 1);
    return this.diagonals(factors) ?? this.dotProduct(factors) ?? { code: factors.map((factor) => this.at(factor, Bind.Power)).join(" @ "), bind: Bind.Product };
  }

  /** diag(v)M as v * M, Mdiag(v) as M * vᵀ. */
  private diagonals(factors: readonly Expression[]): Written | null {
    const at = factors.findIndex((e) => (e.kind === "whole" && e.fn === "diagonal") || isInverseDiagonal(e));
    if (at < 0) return null;
    const e = factors[at] as ExpressionOf<"whole">;
    const vector = isInverseDiagonal(e) ? e.arg.arg : e.arg;
    const operator = isInverseDiagonal(e) ? "/" : "*";
    const left = factors.slice(0, at);
    const right = factors.slice(at + 1);
    if (right.length === 0) return { code: `${wrapped(this.chain(left), Bind.Product)} ${operator} ${this.at(rowOf(vector), Bind.Power)}`, bind: Bind.Product };
    const column = columnOf(vector);
    const scaled = operator === "*" ? `${this.at(column, Bind.Product)} * ${wrapped(this.chain(right), Bind.Power)}` : `${wrapped(this.chain(right), Bind.Product)} / ${this.at(column, Bind.Power)}`;
    return { code: left.length === 0 ? scaled : `${wrapped(this.chain(left), Bind.Product)} @ (${scaled})`, bind: Bind.Product };
  }

  private dotProduct(factors: readonly Expression[]): (Written & { summed: boolean }) | null {
    const [first, last] = factors as [Expression, Expression];
    if (factors.length !== 2 || first.rows !== UNIT || last.columns !== UNIT || first.kind !== "transpose") return null;
    return { ...atom(`${this.module}.sum(${this.at(first.arg, Bind.Product)} * ${this.at(last, Bind.Power)})`), summed: true };
  }

  private summed(factors: readonly Expression[], axis: 0 | 1 | null): Written & { summed: boolean } {
    const inner = wrapped(this.chain(factors), Bind.Atom);
    return { ...atom(`${inner}.sum(${axis === null ? "" : this.dialect.axis(axis)})`), summed: axis === null };
  }

  private power({ base, exponent, matrix }: ExpressionOf<"power">): Written {
    if (matrix) return atom(`${this.module}.linalg.matrix_power(${this.write(base).code}, ${exponent.n})`);
    if (same(exponent, ratio(1, 2))) return this.dialect.functions["sqrt"]!(this.write(base).code);
    if (same(exponent, ratio(-1))) return { code: `1 / ${this.at(base, Bind.Power)}`, bind: Bind.Product };
    return { code: `${this.at(base, Bind.Atom)}**${exponentCode(exponent)}`, bind: Bind.Power };
  }

  private whole(e: ExpressionOf<"whole">): Written {
    const { module, dialect } = this;
    const x = this.write(e.arg).code;
    const isVector = isColumn(e.arg) || isRow(e.arg);
    switch (e.fn) {
      case "inverse":
        return atom(`${module}.linalg.inv(${x})`);
      case "trace":
        return atom(`${module}.trace(${x})`);
      case "determinant":
        return atom(`${module}.linalg.det(${x})`);
      case "logAbsDeterminant":
        return atom(`${module}.linalg.slogdet(${x})[1]`);
      case "diagonal":
        return atom(`${module}.diag(${this.at(e.arg, Bind.Atom)}.ravel())`);
      case "diagonalOf":
        return atom(`${module}.diag(${x})[:, None]`);
      case "vec":
        return atom(`${this.at(e.arg, Bind.Atom)}.T.reshape(-1, 1)`);
      case "mat":
        return atom(`${this.at(e.arg, Bind.Atom)}.reshape(${this.names.size(e.columns)}, ${this.names.size(e.rows)}).T`);
      case "matrixExponential":
        return atom(dialect.matrixExponential(x));
      case "matrixSquareRoot":
        return atom(dialect.matrixSquareRoot(x));
      case "norm":
        return atom(`${module}.linalg.norm(${x})`);
      case "nuclearNorm":
        return atom(`${module}.linalg.norm(${x}, 'nuc')`);
      case "spectralNorm":
        return atom(`${module}.linalg.norm(${x}, 2)`);
      case "softmax":
        return dialect.softmax(x, isColumn(e.arg) ? 0 : 1);
      case "logsumexp":
        return atom(dialect.logsumexp(x, isVector ? null : 1));
      case "maximum":
        return atom(dialect.maximum(x, isVector ? null : 1));
      case "maxMask": {
        const operand = this.at(e.arg, Bind.Atom);
        return { code: `1.0 * (${operand} == ${dialect.maximum(x, isVector ? null : 1)})`, bind: Bind.Product };
      }
    }
  }

  private apply({ fn, arg }: ExpressionOf<"apply">): Written {
    const x = this.write(arg).code;
    const polygamma = /^polygamma:(\d+)$/.exec(fn)?.[1];
    if (polygamma !== undefined) return atom(this.dialect.polygamma(polygamma, x));
    if (fn.startsWith("free:")) return atom(`${this.names.fn(fn)}(${x})`);
    if (fn === "acos" && x === "-1") return atom(this.dialect.pi);
    const known = this.dialect.functions[fn];
    if (!known) throw new Unprintable(fn);
    return known(x);
  }

  /** To an exponent that a size says, or a letter and a size. */
  private writtenPower(e: ExpressionOf<"sizePower" | "letterPower">): Written {
    const number = (value: Coefficient, written: WrittenNumber): string => this.number({ ...e, kind: "number", value, written }).code;
    const matrixPower = (exponent: string): Written => atom(`${this.module}.linalg.matrix_power(${this.write(e.base).code}, ${exponent})`);
    if (e.kind === "letterPower") {
      const letter = this.names.letter(e.letter);
      return matrixPower(e.from ? `${number(e.from.value, e.from.written)} - ${letter}` : letter);
    }
    const exponent = number(e.exponent, e.written);
    return e.matrix ? matrixPower(exponent) : { code: `${this.at(e.base, Bind.Atom)}**(${exponent})`, bind: Bind.Power };
  }

  private sigma(e: ExpressionOf<"sigma">): Written {
    const loops = e.letters.map((letter) => `for ${this.names.letter(letter)} in range(${this.names.size(letter.dim)})`).join(" ");
    return atom(`sum(${this.write(e.body).code} ${loops})`);
  }

  private entry({ base, row, column }: ExpressionOf<"entry">): Written {
    const list = base.kind === "symbol" && base.shape.length - base.indices.length === 1;
    const code = list ? this.at(base, Bind.Atom).replace(/\[:, None\]$/, "") : this.at(base, Bind.Atom);
    if (list) return atom(`${code}[${this.index((row ?? column)!)}]`);
    // Both axes are there; one that is not picked is kept, a picked one of a row or column as well.
    const number = (row || base.rows === UNIT) && (column || base.columns === UNIT);
    const part = (index: Index | null, dim: Dim): string => {
      if (!index) return dim === UNIT && number ? "0" : ":";
      const at = this.index(index);
      return number ? at : `${at}:${at} + 1`;
    };
    return atom(`${code}[${part(row, base.rows)}, ${part(column, base.columns)}]`);
  }

  private index(index: Index): string {
    if (isLetter(index)) return this.names.letter(index);
    if (index[0] === index[1]) return String(index[0]);
    return `${this.names.size((index[0] + 1) * 2 ** 20 + index[1] + 1)} - 1`;
  }
}

const one: Expression = { kind: "number", value: [ratio(1), ratio(1)], written: { ratio: ratio(1), powers: [] }, rows: UNIT, columns: UNIT, cost: 0 };

/** What is left of a product without its ones, of no matter what shape. */
function productOf(factors: readonly Expression[]): Expression | null {
  if (factors.length === 0) return one;
  if (factors.length === 1) return factors[0]!;
  const shaped = factors.filter((e) => !isNumber(e));
  return { kind: "product", factors, rows: shaped[0]?.rows ?? UNIT, columns: shaped[shaped.length - 1]?.columns ?? UNIT, cost: 0 };
}

function isNumberChain(factors: readonly Expression[]): boolean {
  return factors[0]!.rows === UNIT && factors[factors.length - 1]!.columns === UNIT;
}

function isInverseDiagonal(e: Expression): e is ExpressionOf<"whole"> & { readonly arg: ExpressionOf<"whole"> } {
  return e.kind === "whole" && e.fn === "inverse" && e.arg.kind === "whole" && e.arg.fn === "diagonal";
}

function columnOf(e: Expression): Expression {
  return isRow(e) ? turned(e) : e;
}

function rowOf(e: Expression): Expression {
  return isColumn(e) ? turned(e) : e;
}

function turned(e: Expression): Expression {
  return e.kind === "transpose" ? e.arg : { kind: "transpose", arg: e, rows: e.columns, columns: e.rows, cost: e.cost };
}

function atom(code: string): Written {
  return { code, bind: Bind.Atom };
}

function wrapped({ code, bind }: Written, needed: Bind): string {
  return bind < needed ? `(${code})` : code;
}

function exponentCode({ n, d }: Ratio): string {
  return d === 1 ? (n < 0 ? `(${n})` : String(n)) : `(${n} / ${d})`;
}
