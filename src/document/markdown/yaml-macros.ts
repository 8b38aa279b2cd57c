/**
 * Macros that front matter lists by name, as MyST (`math:`) and configurations
 * of MathJax and KaTeX (`macros:`) have them:
 *
 *     math:
 *       '\vx': '\mathbf{x}'
 *       norm: ['\lVert #1 \rVert', 1]
 *
 * Reads as much YAML as such lists use: nesting by indentation, scalars with or
 * without quotes.
 */
import { settingMacro } from "../macros";
import type { MacroDefinition } from "../types";

/** `text` is the front matter without its fences. */
export function readYamlMacros(text: string): MacroDefinition[] {
  const found: MacroDefinition[] = [];
  let list: number | null = null;
  let pending: { name: string; indent: number } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const entry = /^(\s*)(?:'((?:[^']|'')+)'|"((?:[^"\\]|\\.)+)"|([\\\w-]+))\s*:(?:\s+(.*?))?\s*$/.exec(line);
    if (line.trim() === "" || /^\s*#/.test(line)) continue;
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    if (list !== null && indent <= list) list = null;
    if (!entry) continue;
    const name = entry[2] !== undefined ? unquoted(`'${entry[2]}'`) : entry[3] !== undefined ? unquoted(`"${entry[3]}"`) : (entry[4] ?? "");
    const value = entry[5] ?? "";
    if (list === null) {
      if ((name === "math" || name === "macros") && value === "") list = indent;
      continue;
    }
    if (name === "macros" && value === "") continue;
    // MyST also writes a macro as an entry with a `macro` of its own.
    if (pending && indent > pending.indent && name === "macro") found.push(settingMacro(pending.name, unquoted(value)));
    else if (value === "") pending = { name, indent };
    else if (/^\\?[A-Za-z]+$/.test(name)) found.push(settingMacro(name, bodyOf(value)));
  }
  return found;
}

/** A scalar, or the first of `[body, number of parameters]`. */
function bodyOf(value: string): string {
  const listed = /^\[\s*('(?:[^']|'')*'|"(?:[^"\\]|\\.)*")/.exec(value);
  return unquoted(listed?.[1] ?? value);
}

function unquoted(value: string): string {
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (/^".*"$/s.test(value)) return value.slice(1, -1).replace(/\\(["\\])/g, "$1");
  return value;
}
