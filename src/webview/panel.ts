/**
 * The panel's page: shows the document it is sent, follows the cursor in it, and
 * sends back what the user asks for. It keeps nothing but the view's own state
 * and can be rebuilt from one message at any time.
 */
import type { FromPage, PageState, PageWords, ToPage } from "../protocol/page";
import type { PanelDocument, PanelItem } from "../protocol/panel";
import { compareLengths, holds } from "../protocol/places";
import type { Position, Range } from "../protocol/places";
import { noCounts } from "../protocol/verdicts";
import { cardContent, createCard, refreshCard } from "./card";
import type { CardContext } from "./card";
import { createDefinitions } from "./definitions";
import type { Definitions } from "./definitions";
import { element, fill } from "./dom";
import { keyedList } from "./list";
import type { KeyedList } from "./list";
import { katexMacros } from "./macros";
import { createSteps, showSteps } from "./steps";
import { createToolbar, passes } from "./toolbar";
import type { Toolbar } from "./toolbar";

export interface PageHost {
  readonly send: (message: FromPage) => void;
  readonly save: (state: PageState) => void;
}

export class Panel {
  readonly #host: PageHost;
  readonly #words: PageWords;
  readonly #toolbar: Toolbar;
  readonly #definitions: Definitions;
  readonly #reading = element("ul", { class: "reading" });
  readonly #status = element("p", { class: "unseen", role: "status" });
  readonly #note = element("p", { class: "empty" });
  readonly #list: HTMLOListElement;
  readonly #cards: KeyedList<PanelItem>;
  #state: PageState;
  #shown: PanelDocument | null = null;
  #told = false;
  /** What came while the panel was paused. */
  #waiting: ToPage | null = null;
  #cursor: Position | null = null;

  constructor(root: HTMLElement, host: PageHost, words: PageWords, restored: PageState) {
    this.#host = host;
    this.#words = words;
    this.#state = restored;
    this.#toolbar = createToolbar(words, {
      filter: (filter) => {
        this.#set({ filter });
        this.#render();
      },
      pin: () => {
        this.#togglePin();
      },
      pause: () => {
        this.#togglePause();
      },
    });
    this.#definitions = createDefinitions(words, restored.definitionsOpen, {
      toggled: (definitionsOpen) => {
        this.#set({ definitionsOpen });
      },
      chosen: ({ range }) => {
        if (range) this.#reveal(range);
      },
    });
    this.#list = element("ol", { class: "cards", role: "list", "aria-label": words.statements });
    this.#cards = this.#createCards();
    root.replaceChildren(this.#toolbar.root, this.#status, this.#reading, this.#definitions.root, this.#note, this.#list);
    this.#list.addEventListener("click", (event) => {
      this.#click(event);
    });
    this.#list.addEventListener("keydown", (event) => {
      this.#key(event);
    });
    this.#render();
    if (restored.pinned) host.send({ type: "pin", pinned: true });
    host.send({ type: "ready" });
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case "document":
        if (this.#state.paused && this.#shown !== null) {
          this.#waiting = message;
          return;
        }
        if (message.document?.uri !== this.#shown?.uri) this.#cursor = null;
        // What was derived belongs to the text as it was.
        if (message.document?.version !== this.#shown?.version) for (const card of this.#cards.elements()) showSteps(card, null, this.#words);
        this.#shown = message.document;
        this.#told = true;
        this.#set({ uri: this.#shown?.uri ?? this.#state.uri });
        this.#render();
        return;
      case "steps": {
        const card = message.uri === this.#shown?.uri ? this.#cards.elementOf(message.key) : undefined;
        if (card) showSteps(card, createSteps(message.steps, this.#context().macros, this.#words), this.#words);
        return;
      }
      case "cursor":
        if (message.uri !== this.#shown?.uri) return;
        this.#cursor = message.position;
        this.#mark(!this.#state.pinned);
    }
  }

  #set(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.save(this.#state);
  }

  #togglePin(): void {
    this.#set({ pinned: !this.#state.pinned });
    this.#host.send({ type: "pin", pinned: this.#state.pinned });
    this.#render();
  }

  #togglePause(): void {
    this.#set({ paused: !this.#state.paused });
    const missed = this.#waiting;
    this.#waiting = null;
    if (missed && !this.#state.paused) this.receive(missed);
    this.#render();
  }

  #reveal(range: Range): void {
    if (this.#shown) this.#host.send({ type: "reveal", uri: this.#shown.uri, range });
  }

  #context(): CardContext {
    return { words: this.#words, macros: katexMacros(this.#shown?.macros ?? []) };
  }

  #createCards(): KeyedList<PanelItem> {
    return keyedList(this.#list, {
      content: (item) => `${cardContent(item)}${JSON.stringify(this.#shown?.macros ?? [])}`,
      create: (item) => createCard(item, this.#context()),
      refresh: (card, item) => {
        refreshCard(card, item, this.#context());
      },
    });
  }

  #render(): void {
    const shown = this.#shown;
    const counts = shown?.counts ?? noCounts;
    this.#toolbar.root.hidden = shown === null;
    this.#toolbar.update(shown?.name ?? "", counts, this.#state);
    updateReading(this.#reading, shown, this.#words);
    this.#definitions.update(shown?.symbols ?? [], this.#context().macros);
    const items = (shown?.items ?? []).filter(({ verdict }) => passes(this.#state.filter, verdict));
    this.#cards.update(items);
    const { checking, empty, nothing, noneLeft } = this.#words;
    this.#note.textContent = !this.#told ? checking : shown === null ? empty : shown.items.length === 0 ? nothing : items.length === 0 ? noneLeft : "";
    this.#note.hidden = this.#note.textContent === "";
    const summary = shown === null ? "" : fill(this.#words.summary, counts.verified + counts.convention, counts.refuted, counts.conditional, counts.unchecked);
    if (this.#status.textContent !== summary) this.#status.textContent = summary;
    this.#keepOneReachable();
    this.#mark(false);
  }

  /** The list is one stop of the Tab key; arrows go on from there. */
  #keepOneReachable(): void {
    const all = this.#cards.elements();
    const reachable = all.find((card) => card === document.activeElement) ?? all.find((card) => card.tabIndex === 0) ?? all[0];
    for (const card of all) card.tabIndex = card === reachable ? 0 : -1;
  }

  /** Marks the statement around the cursor, and brings it into view where the cursor has just come there. */
  #mark(scroll: boolean): void {
    const here = this.#cursor && itemAround(this.#shown?.items ?? [], this.#cursor);
    const current = here ? this.#cards.elementOf(here.key) : undefined;
    const isNew = current?.hasAttribute("aria-current") === false;
    for (const card of this.#cards.elements()) if (card !== current) card.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    if (scroll && isNew) current.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  #click(event: MouseEvent): void {
    const hit = this.#hit(event.target);
    if (!hit) return;
    const { item, shown } = hit;
    const { entry, action, copy, code, steps } = hit.button?.dataset ?? {};
    if (entry !== undefined) this.#reveal(item.entries[Number(entry)]?.range ?? item.range);
    else if (action !== undefined) this.#host.send({ type: "apply", uri: shown.uri, version: shown.version, edits: item.actions[Number(action)]?.edits ?? [] });
    else if (steps !== undefined) this.#toggleSteps(hit.card, item, shown);
    else if (copy !== undefined) this.#host.send({ type: "copy", text: item.computed ?? "" });
    else if (code === "numpy" || code === "pytorch" || code === "jax") this.#host.send({ type: "copy", text: item.inCode?.[code] ?? "" });
    else if (getSelection()?.isCollapsed !== false) this.#reveal(item.range);
  }

  #toggleSteps(card: HTMLElement, { key, relation }: PanelItem, { uri }: PanelDocument): void {
    if (card.querySelector(".steps")) showSteps(card, null, this.#words);
    else this.#host.send({ type: "steps", uri, key, relation });
  }

  #key(event: KeyboardEvent): void {
    const hit = this.#hit(event.target);
    if (!hit || event.target !== hit.card) return;
    if (event.key === "Enter" || event.key === " ") this.#reveal(hit.item.range);
    else if (!moveFocus(this.#cards.elements(), hit.card, event.key)) return;
    event.preventDefault();
  }

  #hit(target: EventTarget | null): { readonly card: HTMLElement; readonly button: HTMLElement | null; readonly item: PanelItem; readonly shown: PanelDocument } | null {
    const shown = this.#shown;
    const card = target instanceof Element ? target.closest<HTMLElement>(".card") : null;
    const item = card && shown?.items.find(({ key }) => key === card.dataset.key);
    return item && shown && target instanceof Element ? { card, button: target.closest<HTMLElement>("button"), item, shown } : null;
  }
}

/** The narrowest statement around a place. */
function itemAround(items: readonly PanelItem[], position: Position): PanelItem | undefined {
  return items.filter(({ relation, range }) => holds(relation, position) || holds(range, position)).sort((a, b) => compareLengths(a.relation, b.relation))[0];
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
