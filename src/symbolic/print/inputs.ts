/** What the code of an expression is given: identifiers for its symbols and functions, and where its sizes can be had from. */
import { partsOf } from "../expression/parts";
import type { Expression, ExpressionOf, Letter } from "../expression/types";
import { UNIT, Unprintable, type Dim, type SizePower } from "../sizes";
import type { Spelling } from "../spelling";
import { functionLatex } from "../translate/names";
import { Identifiers } from "./identifiers";

/** An identifier of the code: a variable or a named node, a free function, or a size. */
export interface CodeInput {
  readonly kind: "variable" | "node" | "function" | "size";
  /** Of the variable or function in the term; what is written, for the others. */
  readonly name: string;
  readonly identifier: string;
}

/** Identifiers, and where the sizes can be had from. */
export class Names {
  private readonly identifiers = new Identifiers();
  private readonly sources = new Map<Dim, string>();
  private readonly found = new Map<string, CodeInput>();

  constructor(
    private readonly spelling: Spelling,
    e: Expression,
  ) {
    visit(e, (node) => {
      if (node.kind !== "symbol" || node.name === "π") return;
      const identifier = this.symbol(node);
      node.shape.forEach((dim, axis) => {
        if (dim !== UNIT && !this.sources.has(dim)) this.sources.set(dim, `${identifier}.shape[${axis}]`);
      });
    });
  }

  get inputs(): CodeInput[] {
    return [...this.found.values()];
  }

  private register(kind: CodeInput["kind"], name: string, latex: string): string {
    const identifier = this.identifiers.of(`${kind}:${name}`, latex);
    this.found.set(`${kind}:${name}`, { kind, name, identifier });
    return identifier;
  }

  symbol(e: ExpressionOf<"symbol">): string {
    return this.register(e.terms ? "node" : "variable", e.name, e.latex);
  }

  fn(fn: string): string {
    return this.register("function", fn, functionLatex(this.spelling, fn));
  }

  letter(letter: Letter): string {
    return this.identifiers.of(`letter:${letter.id}`, letter.latex);
  }

  size(dim: Dim): string {
    const source = this.sources.get(dim);
    if (source) return source;
    const [first, second] = [Math.floor(dim / 2 ** 20), dim % 2 ** 20];
    if (first === second) return String(first);
    const named = [...this.spelling.sizes];
    for (const [name, [a, b]] of named) if (a === first && b === second) return this.register("size", name, name);
    for (const [, [a, b]] of named) {
      for (const [, [c, d]] of named) if (a * c === first && b * d === second) return `(${this.size(a * 2 ** 20 + b)} * ${this.size(c * 2 ** 20 + d)})`;
    }
    throw new Unprintable("a size without a name");
  }

  sizePower({ size, offset, exponent }: SizePower): string {
    const numbers = this.spelling.sizes.get(size)!;
    const dim = numbers[0] * 2 ** 20 + numbers[1];
    const base = this.size(dim);
    const shifted = offset === 0 ? base : `(${base} ${offset < 0 ? "-" : "+"} ${Math.abs(offset)})`;
    return Math.abs(exponent) === 1 ? shifted : `${shifted}**${Math.abs(exponent)}`;
  }
}

function visit(e: Expression, f: (e: Expression) => void): void {
  f(e);
  for (const child of partsOf(e)) visit(child, f);
}
