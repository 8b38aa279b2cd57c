/** A formula rendered by KaTeX, or its LaTeX as it is where KaTeX cannot read it. */
import katex from "katex";
import { element } from "./dom";
import type { KatexMacros } from "./macros";

export function formula(latex: string, macros: KatexMacros): HTMLElement {
  const place = element("div", { class: "formula" });
  try {
    katex.render(latex, place, {
      displayMode: true,
      throwOnError: true,
      strict: false,
      // The only command of those that touch the page: it marks what is wrong.
      trust: ({ command }) => command === "\\htmlClass",
      // Matrices of fractions touch one another at the usual distance of rows.
      macros: { "\\arraystretch": "1.35", ...macros },
      maxExpand: 1000,
      maxSize: 40,
    });
  } catch {
    place.replaceChildren(element("code", { class: "unrendered" }, latex));
  }
  return place;
}

/** The first of these that KaTeX can read: a marked form, then the plain one. */
export function formulaOf(candidates: readonly (string | null)[], macros: KatexMacros): HTMLElement {
  const given = candidates.filter((latex) => latex !== null);
  for (const latex of given) {
    const rendered = formula(latex, macros);
    if (!rendered.querySelector(".unrendered")) return rendered;
  }
  return formula(given.at(-1) ?? "", macros);
}
