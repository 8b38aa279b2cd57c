/**
 * What a LaTeX file defines: macros, theorem-like environments, its own names
 * for a displayed formula's environment and for the edges of one.
 */
import type { SourceText } from "../../base/span";
import type { Collector } from "../collector";
import { mathEnvironment, unstarred } from "../environments";
import { commandAt, readDefinition } from "../macros";
import type { ArgumentScanner } from "./arguments";
import { readingCommand } from "./inputs";

export class Definitions {
  private readonly text: string;
  /** `\newtheorem{thm}{Theorem}`: thm → Theorem. */
  private readonly theorems = new Map<string, string>();
  /** `\def\be{\begin{equation}}`: `\be` → equation; an environment of the file's own stands for itself. */
  private readonly begins = new Map<string, string>();
  private readonly ends = new Map<string, string[]>();

  constructor(
    private readonly source: SourceText,
    private readonly collector: Collector,
    private readonly scanner: ArgumentScanner,
  ) {
    this.text = source.text;
  }

  /** The index after the definition at `at`; null where there is none. */
  read(at: number): number | null {
    const definition = readDefinition(this.source, at);
    if (definition) {
      this.collector.macros.push(definition.macro);
      this.note(definition.macro.name, definition.macro.body);
      return definition.end;
    }
    const name = commandAt(this.text, at);
    if (name === "newtheorem") return this.newTheorem(at + 11);
    return name === "newenvironment" || name === "renewenvironment" ? this.newEnvironment(at + 1 + name.length) : null;
  }

  /** The index after an `\input{…}` at `at` whose file is not there; null where there is none. */
  input(at: number): number | null {
    return readingCommand(this.text, at)?.end ?? null;
  }

  /** The environment that a command or an own environment opens. */
  opens(name: string): string | undefined {
    return this.begins.get(name);
  }

  /** Commands that close an environment. */
  closers(environment: string): readonly string[] {
    return this.ends.get(environment) ?? [];
  }

  /** What a boundary is called: a theorem by its printed title. */
  titleOf(environment: string): string {
    return (this.theorems.get(environment) ?? environment).toLowerCase();
  }

  private note(name: string, body: string): void {
    const edge = /^\s*\\(begin|end)\{([A-Za-z]+\*?)\}\s*$/.exec(body);
    const environment = edge?.[2] ?? "";
    if (mathEnvironment(unstarred(environment)) === null) return;
    if (edge?.[1] === "begin") this.begins.set(name, environment);
    else this.ends.set(environment, [...this.closers(environment), name]);
  }

  private newTheorem(after: number): number {
    const name = this.scanner.braced(this.scanner.skip(after, "*"));
    const title = name && this.scanner.braced(this.scanner.skip(name.to + 1, "o"));
    if (!name || !title) return after;
    this.theorems.set(this.text.slice(name.from, name.to), this.text.slice(title.from, title.to).trim());
    return this.scanner.skip(title.to + 1, "o");
  }

  /** One that wraps a displayed formula is a formula too. */
  private newEnvironment(after: number): number {
    const name = this.scanner.braced(after);
    const begin = name && this.scanner.braced(this.scanner.skip(name.to + 1, "oo"));
    const end = begin && this.scanner.braced(begin.to + 1);
    if (!name || !begin || !end) return after;
    const inside = /\\begin\{([A-Za-z]+\*?)\}/.exec(this.text.slice(begin.from, begin.to))?.[1] ?? "";
    const own = this.text.slice(name.from, name.to);
    if (mathEnvironment(unstarred(inside)) === "displayed") this.begins.set(own, own);
    return end.to + 1;
  }
}
