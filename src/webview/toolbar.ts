/** The head of the panel: the document's name, the filter with its counts, pin and pause. */
import type { Filter, PageState, PageWords } from "../protocol/page";
import type { Counts, Verdict } from "../protocol/verdicts";
import { element, icon } from "./dom";
import { pause, pin, verdictIcons } from "./icons";

export interface Toolbar {
  readonly root: HTMLElement;
  readonly update: (name: string, counts: Counts, state: PageState) => void;
}

export interface ToolbarEvents {
  readonly filter: (filter: Filter) => void;
  readonly pin: () => void;
  readonly pause: () => void;
}

const filters: readonly { readonly filter: Filter; readonly icon: string | null }[] = [
  { filter: "all", icon: null },
  { filter: "wrong", icon: verdictIcons.refuted },
  { filter: "unchecked", icon: verdictIcons.unchecked },
];

/** Which verdicts a filter lets through. */
export function passes(filter: Filter, verdict: Verdict): boolean {
  switch (filter) {
    case "all":
      return true;
    case "wrong":
      return verdict === "refuted" || verdict === "conditional";
    case "unchecked":
      return verdict === "unchecked";
  }
}

export function createToolbar(words: PageWords, events: ToolbarEvents): Toolbar {
  const title = element("h1", {});
  const buttons = filters.map(({ filter, icon: strokes }) => {
    const number = element("span", { class: "count" });
    const button = element("button", { type: "button", class: `filter ${filter}`, "data-filter": filter }, strokes === null ? null : icon(strokes), element("span", {}, words[filter]), number);
    button.addEventListener("click", () => {
      events.filter(filter);
    });
    return { filter, button, number };
  });
  const pinButton = toggle(words.pin, pin, "pin", events.pin);
  const pauseButton = toggle(words.pause, pause, "pause", events.pause);
  const root = element("header", { class: "toolbar" }, title, element("div", { class: "row" }, element("div", { role: "group", "aria-label": words.filter, class: "filters" }, ...buttons.map(({ button }) => button)), element("div", { class: "tools" }, pinButton, pauseButton)));
  return {
    root,
    update: (name, counts, state) => {
      title.textContent = name;
      for (const { filter, button, number } of buttons) {
        button.setAttribute("aria-pressed", String(state.filter === filter));
        number.textContent = String(Object.entries(counts).reduce((sum, [verdict, count]) => sum + (passes(filter, verdict as Verdict) ? count : 0), 0));
      }
      pinButton.setAttribute("aria-pressed", String(state.pinned));
      pauseButton.setAttribute("aria-pressed", String(state.paused));
    },
  };
}

function toggle(label: string, strokes: string, name: string, act: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: `tool ${name}`, title: label, "aria-label": label, "aria-pressed": "false" }, icon(strokes));
  button.addEventListener("click", act);
  return button;
}
