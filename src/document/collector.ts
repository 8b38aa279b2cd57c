/**
 * What a reader of any format fills while it walks through a file. It numbers
 * formulas, undoes nothing, and notes what a formula defines.
 */
import type { SourceText, Span } from "../base/span";
import { spanIn } from "../base/span";
import { readDirectives } from "./directives";
import { mayDefine, readDefinitions, readOnlyDefinitions } from "./macros";
import type { Block, Directive, DocumentProblem, Formula, MacroDefinition } from "./types";

export interface FormulaShape {
  readonly display: boolean;
  readonly environment: string | null;
  readonly struck: boolean;
}

type WithoutCell<T> = T extends unknown ? Omit<T, "cell"> : never;

export class Collector {
  readonly blocks: Block[] = [];
  readonly formulas: Formula[] = [];
  readonly macros: MacroDefinition[] = [];
  readonly directives: Directive[] = [];
  readonly problems: DocumentProblem[] = [];
  /** The notebook cell being read. */
  cell: number | undefined;
  /** Whether comments are looked into for directives. */
  private readonly addressed: boolean;

  constructor(file: string) {
    this.addressed = file.includes("gradcheck");
  }

  block(block: WithoutCell<Block>): void {
    this.blocks.push((this.cell === undefined ? block : { ...block, cell: this.cell }));
  }

  /** The new formula's id. */
  formula(source: SourceText, span: Span, shape: FormulaShape): number {
    const id = this.formulas.length;
    const defining = mayDefine(source.text) ? this.definitionsIn(source) : false;
    this.formulas.push({ id, ...shape, source, span, ...(defining ? { definesOnly: true } : {}), ...(this.cell === undefined ? {} : { cell: this.cell }) });
    if (this.addressed) this.commentsIn(source);
    return id;
  }

  comment(text: string, span: Span): void {
    if (this.addressed) this.directives.push(...readDirectives(text, span));
  }

  problem(message: string, span: Span): void {
    this.problems.push({ message, span });
  }

  private definitionsIn(source: SourceText): boolean {
    const only = readOnlyDefinitions(source);
    this.macros.push(...(only ?? readDefinitions(source)));
    return only !== null;
  }

  /** TeX comments inside a formula. */
  private commentsIn(source: SourceText): void {
    for (const found of source.text.matchAll(/(?<!\\)%([^\r\n]*)/g)) this.comment(found[1] ?? "", spanIn(source, found.index, found.index + found[0].length));
  }
}
