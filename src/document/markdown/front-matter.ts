/**
 * What stands before the text: YAML between `---`, TOML between `+++`. Nothing
 * in it is a formula (a description may be `$$`), but Pandoc's `header-includes`
 * may define macros, and MyST's `math` lists them.
 */
import type { SourceText } from "../../base/span";
import { readDefinitions } from "../macros";
import { cut } from "../source";
import type { MacroDefinition } from "../types";
import { splitLines } from "./lines";
import { readYamlMacros } from "./yaml-macros";

export interface FrontMatter {
  /** Where the text starts. */
  readonly end: number;
  /** Jekyll's: it names a layout. */
  readonly jekyll: boolean;
  readonly macros: readonly MacroDefinition[];
}

export function readFrontMatter(source: SourceText): FrontMatter {
  const { text } = source;
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const none = { end: start, jekyll: false, macros: [] };
  const fence = text.slice(start, start + 3);
  if ((fence !== "---" && fence !== "+++") || !/^[ \t]*\r?\n/.test(text.slice(start + 3, start + 40))) return none;
  const lines = splitLines(text, start);
  const close = lines.findIndex((line, index) => index > 0 && isClose(text.slice(line.start, line.end), fence));
  const last = lines[close];
  const second = lines[1];
  if (!last || !second || (fence === "---" && !holdsSettings(text.slice(second.start, last.start)))) return none;
  const settings = text.slice(second.start, last.start);
  return { end: last.next, jekyll: /^(?:layout|use_math|mathjax|permalink)\s*:/m.test(settings), macros: [...readYamlMacros(settings), ...readDefinitions(cut(source, second.start, last.start))] };
}

function isClose(line: string, fence: string): boolean {
  const bare = line.trimEnd();
  return bare === fence || (fence === "---" && bare === "...");
}

/** A rule at the very start, and another below, enclose text rather than settings. */
function holdsSettings(text: string): boolean {
  return text.trim() === "" || /^(?:[\w"'-][^\n:]*:(?:\s|$)|#|\s*-\s)/m.test(text.slice(0, 2000).trimStart());
}
