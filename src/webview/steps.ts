/** A derivation below its statement: left sides, what they are equal to, and the rule of each line. */
import type { Step } from "../base/statement";
import type { PageWords } from "../protocol/page";
import { element } from "./dom";
import type { KatexMacros } from "./macros";
import { formula } from "./math";

export function createSteps(steps: readonly Step[] | null, macros: KatexMacros, words: PageWords): HTMLElement {
  if (!steps) return element("p", { class: "steps none" }, words.noSteps);
  return element("ol", { class: "steps", role: "list" }, ...steps.map((step) => lineOf(step, macros)));
}

function lineOf({ rule, left, right }: Step, macros: KatexMacros): HTMLElement {
  // The left sides are in a column of their own, so that the equals signs stand below one another.
  return element("li", { class: "step" }, element("div", { class: "step-left" }, left === "" ? null : formula(left, macros)), element("div", { class: "step-right" }, formula(`{}=${right}`, macros), element("span", { class: "rule" }, rule)));
}

/** Shows or hides what was derived, and says so on the button. */
export function showSteps(card: HTMLElement, steps: HTMLElement | null, words: PageWords): void {
  card.querySelector(".steps")?.remove();
  const button = card.querySelector<HTMLElement>("[data-steps]");
  if (button) {
    button.textContent = steps ? words.hideSteps : words.showSteps;
    button.setAttribute("aria-expanded", String(steps !== null));
  }
  if (steps) card.append(steps);
}
