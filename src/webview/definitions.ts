/** The symbols of a document with their shapes, as a list that opens and closes. */
import type { PanelSymbol } from "../protocol/panel";
import type { PageWords } from "../protocol/page";
import { element, fill } from "./dom";
import { keyedList } from "./list";
import type { KatexMacros } from "./macros";
import { formula } from "./math";

export interface Definitions {
  readonly root: HTMLDetailsElement;
  readonly update: (symbols: readonly PanelSymbol[], macros: KatexMacros) => void;
}

export interface DefinitionEvents {
  readonly toggled: (open: boolean) => void;
  readonly chosen: (symbol: PanelSymbol) => void;
}

export function createDefinitions(words: PageWords, open: boolean, events: DefinitionEvents): Definitions {
  const count = element("span", { class: "count" });
  const list = element("ul", { class: "symbols" });
  const root = element("details", { class: "definitions", open }, element("summary", {}, element("h2", {}, words.definitions), count), list);
  root.addEventListener("toggle", () => {
    events.toggled(root.open);
  });
  let current = new Map<string, PanelSymbol>();
  let rendering: KatexMacros = {};
  const symbols = keyedList<PanelSymbol>(list, {
    content: ({ latex, role, value, range }) => JSON.stringify([latex, role, value, range !== null, rendering]),
    create: ({ key, latex, role, value, range }) => {
      const content = [formula(latex, rendering), element("span", { class: "role" }, role), value === null ? null : formula(value, rendering)];
      // A symbol that is defined nowhere leads nowhere.
      if (!range) return element("li", { class: "symbol" }, element("div", { class: "symbol-body" }, ...content));
      const button = element("button", { type: "button", class: "symbol-body", title: fill(words.definition, key.replace(/^symbol /, "")) }, ...content);
      button.addEventListener("click", () => {
        const symbol = current.get(key);
        if (symbol) events.chosen(symbol);
      });
      return element("li", { class: "symbol" }, button);
    },
    refresh: () => undefined,
  });
  return {
    root,
    update: (given, macros) => {
      rendering = macros;
      current = new Map(given.map((symbol) => [symbol.key, symbol]));
      root.hidden = given.length === 0;
      count.textContent = String(given.length);
      symbols.update(given);
    },
  };
}
