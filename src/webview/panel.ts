/**
 * The panel's page: shows the document it is sent, follows the cursor in it, and
 * sends back what the user asks for. It keeps nothing but the view's own state
 * and can be rebuilt from one message at any time.
 */
import type { Filter, FromPage, PageState, PageWords, ToPage } from "../protocol/page";
import type { PanelDocument, PanelItem } from "../protocol/panel";
import { compareLengths, holds } from "../protocol/places";
import type { Position, Range } from "../protocol/places";
import { noCounts } from "../protocol/verdicts";
import { cardContent, createCard, refreshCard } from "./card";
import type { CardContext } from "./card";
import { createDefinitions } from "./definitions";
import { element, fill } from "./dom";
import { keyedList } from "./list";
import { createToolbar, passes } from "./toolbar";

export interface PageHost {
  readonly send: (message: FromPage) => void;
  readonly save: (state: PageState) => void;
}

export interface Page {
  readonly receive: (message: ToPage) => void;
}

export function mountPanel(root: HTMLElement, host: PageHost, words: PageWords, restored: PageState): Page {
  let state = restored;
  let shown: PanelDocument | null = null;
  let waiting: ToPage | null = null;
  let cursor: Position | null = null;
  let context: CardContext = { words, macros: {} };

  const set = (change: Partial<PageState>): void => {
    state = { ...state, ...change };
    host.save(state);
  };

  const toolbar = createToolbar(words, {
    filter: (filter: Filter) => {
      set({ filter });
      render();
    },
    pin: () => {
      set({ pinned: !state.pinned });
      host.send({ type: "pin", pinned: state.pinned });
      render();
    },
    pause: () => {
      set({ paused: !state.paused });
      const missed = waiting;
      waiting = null;
      if (missed && !state.paused) receive(missed);
      render();
    },
  });
  const definitions = createDefinitions(
    words,
    state.definitionsOpen,
    (definitionsOpen) => {
      set({ definitionsOpen });
    },
    ({ range }) => {
      if (range) reveal(range);
    },
  );
  const reading = element("ul", { class: "reading" });
  const status = element("p", { class: "unseen", role: "status" });
  const note = element("p", { class: "empty" });
  const list = element("ol", { class: "cards", role: "list", "aria-label": words.statements });
  root.replaceChildren(toolbar.root, status, reading, definitions.root, note, list);

  const cards = keyedList<PanelItem>(list, {
    content: (item) => `${cardContent(item)}${JSON.stringify(context.macros)}`,
    create: (item) => createCard(item, context),
    refresh: (card, item) => {
      refreshCard(card, item, context);
    },
  });

  const reveal = (range: Range): void => {
    if (shown) host.send({ type: "reveal", uri: shown.uri, range });
  };

  const render = (): void => {
    toolbar.root.hidden = shown === null;
    toolbar.update(shown?.name ?? "", shown?.counts ?? noCounts, state);
    context = { words, macros: shown?.macros ?? {} };
    updateReading(reading, shown, words);
    definitions.update(shown?.symbols ?? [], context.macros);
    const items = (shown?.items ?? []).filter(({ verdict }) => passes(state.filter, verdict));
    cards.update(items);
    note.textContent = shown === null ? words.empty : shown.items.length === 0 ? words.nothing : items.length === 0 ? words.noneLeft : "";
    note.hidden = note.textContent === "";
    const { counts } = shown ?? { counts: noCounts };
    const summary = shown === null ? "" : fill(words.summary, counts.verified + counts.convention, counts.refuted, counts.conditional, counts.unchecked);
    if (status.textContent !== summary) status.textContent = summary;
    keepOneReachable();
    mark(false);
  };

  /** The list is one stop of the Tab key; arrows go on from there. */
  const keepOneReachable = (): void => {
    const all = cards.elements();
    const reachable = all.find((card) => card === document.activeElement) ?? all.find((card) => card.tabIndex === 0) ?? all[0];
    for (const card of all) card.tabIndex = card === reachable ? 0 : -1;
  };

  /** Marks the statement around the cursor, and brings it into view where the cursor has just come there. */
  const mark = (scroll: boolean): void => {
    const here = cursor === null ? undefined : (shown?.items ?? []).filter(({ relation, range }) => cursor !== null && (holds(relation, cursor) || holds(range, cursor))).sort((a, b) => compareLengths(a.relation, b.relation))[0];
    const current = here && cards.elementOf(here.key);
    for (const card of cards.elements()) {
      if (card === current) continue;
      card.removeAttribute("aria-current");
    }
    if (!current) return;
    const isNew = !current.hasAttribute("aria-current");
    current.setAttribute("aria-current", "true");
    if (scroll && isNew) current.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };

  const itemOf = (target: EventTarget | null): { readonly card: HTMLElement; readonly item: PanelItem } | null => {
    const card = target instanceof Element ? target.closest<HTMLElement>(".card") : null;
    const item = card && shown?.items.find(({ key }) => key === card.dataset.key);
    return item ? { card, item } : null;
  };

  list.addEventListener("click", (event) => {
    const hit = itemOf(event.target);
    if (!hit || !shown) return;
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button?.dataset.entry !== undefined) reveal(hit.item.entries[Number(button.dataset.entry)]?.range ?? hit.item.range);
    else if (button?.dataset.action !== undefined) host.send({ type: "apply", uri: shown.uri, version: shown.version, edits: hit.item.actions[Number(button.dataset.action)]?.edits ?? [] });
    else if (button?.dataset.copy !== undefined) host.send({ type: "copy", text: hit.item.computed ?? "" });
    else if (getSelection()?.isCollapsed !== false) reveal(hit.item.range);
  });

  list.addEventListener("keydown", (event) => {
    const hit = itemOf(event.target);
    if (!hit || event.target !== hit.card) return;
    if (event.key === "Enter" || event.key === " ") reveal(hit.item.range);
    else if (!moveFocus(cards.elements(), hit.card, event.key)) return;
    event.preventDefault();
  });

  const receive = (message: ToPage): void => {
    switch (message.type) {
      case "document":
        if (state.paused && shown !== null) {
          waiting = message;
          return;
        }
        if (message.document?.uri !== shown?.uri) cursor = null;
        shown = message.document;
        set({ uri: shown?.uri ?? state.uri });
        render();
        return;
      case "cursor":
        if (message.uri !== shown?.uri) return;
        cursor = message.position;
        mark(!state.pinned);
    }
  };

  render();
  if (state.pinned) host.send({ type: "pin", pinned: true });
  host.send({ type: "ready" });
  return { receive };
}

function updateReading(list: HTMLElement, shown: PanelDocument | null, words: PageWords): void {
  const unread = shown ? shown.formulas.total - shown.formulas.read : 0;
  const phrases = shown ? [...shown.reading, ...(unread > 0 ? [fill(words.unread, unread, shown.formulas.total)] : [])] : [];
  if (list.dataset.phrases === JSON.stringify(phrases)) return;
  list.dataset.phrases = JSON.stringify(phrases);
  list.replaceChildren(...phrases.map((phrase) => element("li", {}, phrase)));
  list.hidden = phrases.length === 0;
}

function moveFocus(all: readonly HTMLElement[], from: HTMLElement, key: string): boolean {
  const at = all.indexOf(from);
  const to = key === "ArrowDown" ? all[at + 1] : key === "ArrowUp" ? all[at - 1] : key === "Home" ? all[0] : key === "End" ? all.at(-1) : undefined;
  if (to) {
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }
  return ["ArrowDown", "ArrowUp", "Home", "End"].includes(key);
}
