/** One statement as the panel shows it: in one line where it is right, with both forms side by side where it is not, with what is computed where it is left open. */
import type { PanelAction, PanelEntry, PanelItem } from "../protocol/panel";
import type { PageWords } from "../protocol/page";
import { element, fill, icon } from "./dom";
import { copy, verdictIcons } from "./icons";
import type { KatexMacros } from "./macros";
import { formula, formulaOf } from "./math";

export interface CardContext {
  readonly words: PageWords;
  readonly macros: KatexMacros;
}

/** What of an item decides how its card looks. */
export function cardContent({ entries, actions, ...item }: PanelItem): string {
  const rest = { ...item, relation: null, range: null };
  return JSON.stringify([rest, entries.map(({ place, stated, computed }) => [place, stated, computed]), actions.map(({ title, detail }) => [title, detail])]);
}

export function createCard(item: PanelItem, context: CardContext): HTMLElement {
  const card = element("li", { class: `card ${item.verdict}`, "data-key": item.key, "data-verdict": item.verdict, tabindex: -1 });
  card.append(head(item), isWorthComparing(item) ? comparison(item, context) : whole(item, context));
  if (item.entries.length > 0) card.append(entryList(item.entries, context));
  if (item.notes.length > 0) card.append(element("div", { class: "notes" }, ...item.notes.map((note) => element("p", {}, note))));
  if (item.actions.length > 0 || item.inCode !== null || (item.computed !== null && isWorthComparing(item))) card.append(actionRow(item, context));
  return card;
}

export function refreshCard(card: HTMLElement, item: PanelItem, { words }: CardContext): void {
  const line = card.querySelector<HTMLElement>(".line");
  const text = fill(words.line, item.range.start.line + 1);
  if (line && line.textContent !== text) line.textContent = text;
  card.setAttribute("aria-label", [item.word, item.kind, text, item.message ?? ""].filter((part) => part !== "").join(", "));
}

function head(item: PanelItem): HTMLElement {
  return element(
    "div",
    { class: "head" },
    element("span", { class: "verdict" }, icon(verdictIcons[item.verdict]), element("span", { class: "word" }, item.word)),
    element("span", { class: "kind" }, item.kind),
    item.code === null ? null : element("code", { class: "code" }, item.code),
    element("span", { class: "line" }),
  );
}

function isWorthComparing({ verdict, computed, message }: PanelItem): boolean {
  if (verdict === "refuted" || verdict === "conditional" || (verdict === "unchecked" && computed !== null)) return true;
  return verdict === "convention" && (computed !== null || message !== null);
}

function whole(item: PanelItem, { macros }: CardContext): HTMLElement {
  const body = element("div", { class: "body" }, formula(item.latex, macros));
  if (item.message !== null) body.append(element("p", { class: "message" }, item.message));
  return body;
}

function comparison(item: PanelItem, { words, macros }: CardContext): HTMLElement {
  const sides = element("div", { class: "sides" }, item.right === "" ? null : side("stated", words.stated, formulaOf([item.marked, item.right], macros)));
  if (item.computed !== null) sides.append(side("computed", words.computed, formula(item.computed, macros)));
  return element("div", { class: "body" }, item.message === null ? null : element("p", { class: "message" }, item.message), item.left === "" ? null : element("div", { class: "left" }, formula(item.left, macros)), sides);
}

function side(name: string, title: string, content: HTMLElement): HTMLElement {
  return element("div", { class: `side ${name}` }, element("div", { class: "side-title" }, title), content);
}

function entryList(entries: readonly PanelEntry[], { macros, words }: CardContext): HTMLElement {
  const rows = entries.map(({ place, stated, computed }, index) =>
    element("li", {}, element("button", { class: "entry", type: "button", "data-entry": index }, element("span", { class: "place" }, place), element("span", { class: "was", "aria-label": words.stated }, formula(stated, macros)), element("span", { class: "arrow", "aria-hidden": "true" }, "→"), element("span", { class: "is", "aria-label": words.computed }, formula(computed, macros)))),
  );
  return element("ul", { class: "entries" }, ...rows);
}

const libraries = [
  { key: "numpy", name: "NumPy" },
  { key: "pytorch", name: "PyTorch" },
  { key: "jax", name: "JAX" },
] as const;

function actionRow(item: PanelItem, { words }: CardContext): HTMLElement {
  const buttons = item.actions.map(({ title, detail }: PanelAction, index) => element("button", { type: "button", class: index === 0 ? "action primary" : "action", "data-action": index, title: detail ?? undefined }, title));
  const copying = item.computed === null ? null : element("button", { type: "button", class: "action quiet", "data-copy": true, title: words.copy, "aria-label": words.copy }, icon(copy));
  const code = item.inCode === null ? [] : libraries.map(({ key, name }) => element("button", { type: "button", class: "action quiet", "data-code": key, title: `${words.copyCode}: ${name}`, "aria-label": `${words.copyCode}: ${name}` }, name));
  const steps = item.derivable ? element("button", { type: "button", class: "action quiet", "data-steps": true, "aria-expanded": "false" }, words.showSteps) : null;
  return element("div", { class: "actions" }, ...buttons, steps, copying, ...code);
}
