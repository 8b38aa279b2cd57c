/** Elements from plain descriptions. Text goes in as text: nothing here parses HTML. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined;
}

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly (Node | string | null)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Fills the places `{0}`, `{1}` of a sentence. */
export function fill(sentence: string, ...args: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

const svg = "http://www.w3.org/2000/svg";

/** A drawing of strokes in a 16×16 square, coloured like the text around it; its meaning must stand beside it in words. */
export function icon(strokes: string): SVGSVGElement {
  const drawing = document.createElementNS(svg, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true", class: "icon" })) drawing.setAttribute(name, value);
  const path = document.createElementNS(svg, "path");
  for (const [name, value] of Object.entries({ d: strokes, fill: "none", stroke: "currentColor", "stroke-width": "1.5", "stroke-linecap": "round", "stroke-linejoin": "round" })) path.setAttribute(name, value);
  drawing.append(path);
  return drawing;
}
