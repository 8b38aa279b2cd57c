/** The environments around a place in LaTeX text, and what they make of a paragraph there. */
import type { Setting } from "./writer";

export interface Scope {
  readonly name: string;
  readonly kind: "list" | "quote" | "table" | "boundary" | "format";
  readonly ordered: boolean;
}

export class Scopes {
  private readonly open: Scope[] = [];
  private tables = 0;
  private row = 0;
  private column = 0;

  enter(scope: Scope): void {
    this.open.push(scope);
    if (scope.kind !== "table") return;
    this.tables++;
    this.row = this.column = 0;
  }

  /** The scopes that the end of `name` closes, innermost first; none where it is not open. */
  leave(name: string): readonly Scope[] {
    let index = this.open.length - 1;
    while (index >= 0 && this.open[index]?.name !== name) index--;
    return index < 0 ? [] : this.open.splice(index).reverse();
  }

  /** Whether `&` and `\\` part cells here. */
  get isTable(): boolean {
    return this.open[this.open.length - 1]?.kind === "table";
  }

  nextCell(): void {
    this.column++;
  }

  nextRow(): void {
    this.row++;
    this.column = 0;
  }

  setting(): Setting {
    for (let index = this.open.length - 1; index >= 0; index--) {
      const scope = this.open[index];
      if (scope?.kind === "list") return { role: "item", ordered: scope.ordered, at: null };
      if (scope?.kind === "quote") return { role: "quote", ordered: false, at: null };
      if (scope?.kind === "table") return { role: "cell", ordered: false, at: { table: this.tables - 1, row: this.row, column: this.column } };
    }
    return { role: "body", ordered: false, at: null };
  }
}
