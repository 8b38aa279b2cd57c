/** Where the address part of a link ends. */
export interface LinkEnd {
  readonly from: number;
  readonly to: number;
  /** After the closing bracket. */
  readonly end: number;
}

/** An address that has not ended by then is none, so that brackets without end cost linear time. */
const longestAddress = 800;
const longestDrawn = 4000;

/**
 * `(address "title")` after a link's text, from the `(` at `open` on. An address
 * holds no space (but in a formula's picture), and a dollar only where it is
 * plainly one: `f[x](y$a$)` is no link.
 */
export function linkEnd(text: string, open: number, end: number): LinkEnd | null {
  const from = open + 1;
  const drawn = /^(?:https?:)?\/\/[\w.]*(?:render\.githubusercontent|codecogs|zhihu|chart\.|vercel\.app|upmath|s2cms)/.test(text.slice(from, from + 60));
  const isAddress = /^(?:https?:|mailto:|[/.#])/.test(text.slice(from, from + 8));
  let depth = 0;
  const stop = Math.min(end, open + (drawn ? longestDrawn : longestAddress));
  for (let at = from; at < stop; at++) {
    const sign = text.charAt(at);
    if (sign === "(" || (drawn && sign === "{")) depth++;
    else if (sign === "}" && drawn) depth--;
    else if (sign === ")" && depth <= 0) return { from, to: at, end: at + 1 };
    else if (sign === ")") depth--;
    else if (drawn ? sign === "\n" : (sign === "$" && !isAddress) || sign === "\n") return null;
    else if (!drawn && /\s/.test(sign)) return titled(text, from, at, end);
  }
  return null;
}

/** `[label]` after a link's text. */
export function referenceEnd(text: string, open: number, end: number): LinkEnd | null {
  const close = text.indexOf("]", open);
  if (close < 0 || close >= end || close - open > 200) return null;
  return /[$\\[\n]/.test(text.slice(open + 1, close)) ? null : { from: open + 1, to: close, end: close + 1 };
}

/** Obsidian's `[[page|words]]`; `from` to `to` are the words. */
export function wikiLink(text: string, open: number, end: number): LinkEnd | null {
  const found = /^\[\[([^[\]$\\\n]{1,200})\]\]/.exec(text.slice(open, Math.min(end, open + 210)));
  const inside = found?.[1];
  if (!found || inside === undefined) return null;
  const bar = inside.lastIndexOf("|");
  return { from: open + 2 + (bar < 0 ? 0 : bar + 1), to: open + 2 + inside.length, end: open + found[0].length };
}

function titled(text: string, from: number, to: number, end: number): LinkEnd | null {
  const rest = /^\s+(?:"[^"\n]*"|'[^'\n]*'|=\d*x\d*)?\s*\)/.exec(text.slice(to, Math.min(end, to + 400)));
  return rest ? { from, to, end: to + rest[0].length } : null;
}
