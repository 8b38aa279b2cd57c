/**
 * Formulas as pictures, for hovers: an editor shows no SVG inside Markdown, but
 * an image whose address carries one. MathJax draws it from its own glyphs, so
 * no font is needed. Drawn pictures are kept; a formula that cannot be drawn,
 * or whose picture is too long for a hover, gives null.
 */
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import "mathjax-full/js/input/tex/ams/AmsConfiguration.js";
import "mathjax-full/js/input/tex/base/BaseConfiguration.js";
import "mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js";
import "mathjax-full/js/input/tex/braket/BraketConfiguration.js";
import "mathjax-full/js/input/tex/cancel/CancelConfiguration.js";
import "mathjax-full/js/input/tex/color/ColorConfiguration.js";
import "mathjax-full/js/input/tex/configmacros/ConfigMacrosConfiguration.js";
import "mathjax-full/js/input/tex/mathtools/MathtoolsConfiguration.js";
import "mathjax-full/js/input/tex/newcommand/NewcommandConfiguration.js";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { SVG } from "mathjax-full/js/output/svg.js";
import type { MacroInfo } from "../analysis/types";
import type { ThemeKind } from "../protocol/requests";

export interface Picture {
  /** `data:image/svg+xml;base64,…` */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface Pictures {
  readonly draw: (latex: string, theme: ThemeKind) => Picture | null;
}

/** Characters of an address; a hover's Markdown is cut at 100 000 and may hold three. */
const longestUrl = 30_000;
const longestLatex = 4_000;
const kept = 200;
/** Pixels per `ex`, for text of about the size of a hover's. */
const pixelsPerEx = 7;

const colours: Readonly<Record<ThemeKind, string>> = { dark: "#cccccc", light: "#3b3b3b", highContrastDark: "#ffffff", highContrastLight: "#292929" };

export function createPictures(macros: readonly MacroInfo[]): Pictures {
  const render = createRenderer(macros);
  const cache = new Map<string, Picture | null>();
  return {
    draw: (latex, theme) => {
      const key = `${theme} ${latex}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const picture = latex.length > longestLatex ? null : asPicture(render(latex), colours[theme]);
      const [oldest] = cache.keys();
      if (cache.size >= kept && oldest !== undefined) cache.delete(oldest);
      cache.set(key, picture);
      return picture;
    },
  };
}

/** LaTeX → an `<svg>` element's text, or null where MathJax finds an error in it. */
function createRenderer(macros: readonly MacroInfo[]): (latex: string) => string | null {
  const adaptor = liteAdaptor();
  RegisterHTMLHandler(adaptor);
  const packages = ["base", "ams", "boldsymbol", "braket", "cancel", "color", "configmacros", "mathtools", "newcommand"];
  const document = mathjax.document("", { InputJax: new TeX({ packages, macros: mathjaxMacros(macros) }), OutputJax: new SVG({ fontCache: "local" }) });
  return (latex) => {
    const container = adaptor.firstChild(document.convert(latex, { display: true, em: 16, ex: 8, containerWidth: 1280 }));
    const text = container === null ? "" : adaptor.outerHTML(container as never);
    return text.startsWith("<svg") && !text.includes("data-mjx-error") && !text.includes('data-mml-node="merror"') ? text : null;
  };
}

/** MathJax wants the backslash left out. */
function mathjaxMacros(macros: readonly MacroInfo[]): Record<string, string | [string, number] | [string, number, string]> {
  return Object.fromEntries(macros.map(({ name, parameters, optional, body }) => [name.replace(/^\\/, ""), parameters === 0 ? body : optional === null ? [body, parameters] : [body, parameters, optional]]));
}

function asPicture(svg: string | null, colour: string): Picture | null {
  const size = svg && /width="([\d.]+)ex" height="([\d.]+)ex"/.exec(svg);
  if (!size) return null;
  const width = Math.ceil(Number(size[1]) * pixelsPerEx);
  const height = Math.ceil(Number(size[2]) * pixelsPerEx);
  const sized = svg.replace(size[0], `width="${width}" height="${height}"`).replaceAll("currentColor", colour);
  const url = `data:image/svg+xml;base64,${base64(sized)}`;
  return url.length <= longestUrl ? { url, width, height } : null;
}

/** `btoa` takes bytes only, and `\text` may hold any character. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
