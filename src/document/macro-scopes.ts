/**
 * Which definition of a macro a formula means: the last before it, else, where
 * it is only defined later, the first. `\providecommand` defines what is not
 * defined yet. Formulas between two definitions share a map.
 */
import type { Document, Formula, MacroDefinition } from "./types";

export type MacroMap = ReadonlyMap<string, MacroDefinition>;

export function macroScopes(document: Document): (formula: Formula) => MacroMap {
  const ahead = new Map<string, MacroDefinition>();
  for (const macro of document.macros) if (!ahead.has(macro.name)) ahead.set(macro.name, macro);
  const scopes: { readonly from: number; readonly macros: MacroMap }[] = [{ from: 0, macros: ahead }];
  const defined = new Set<string>();
  for (const macro of document.macros) {
    const before = (scopes.at(-1) as { macros: MacroMap }).macros;
    const first = !defined.has(macro.name);
    defined.add(macro.name);
    if (first || macro.provided === true) continue;
    scopes.push({ from: macro.span.start, macros: new Map(before).set(macro.name, macro) });
  }
  return ({ span }) => {
    let at = scopes.length - 1;
    while (at > 0 && (scopes[at] as { from: number }).from > span.start) at--;
    return (scopes[at] as { macros: MacroMap }).macros;
  };
}
