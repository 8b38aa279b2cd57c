/** The HTML entities that occur in notes; others are left as they are. */
const named: Readonly<Record<string, string>> = {
  nbsp: " ", ensp: " ", emsp: " ", thinsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", times: "×", middot: "·", sdot: "⋅", minus: "−",
  ndash: "–", mdash: "—", hellip: "…", rarr: "→", larr: "←", rArr: "⇒", le: "≤", ge: "≥", ne: "≠", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", isin: "∈", Sigma: "Σ", sum: "∑",
};

/** The entity at `at`, which has an ampersand. */
export function entityAt(text: string, at: number): { readonly text: string; readonly end: number } | null {
  const found = /^&(?:([A-Za-z]{2,8})|#(\d{1,6})|#[xX]([0-9A-Fa-f]{1,5}));/.exec(text.slice(at, at + 12));
  if (!found) return null;
  const code = found[2] !== undefined ? Number(found[2]) : found[3] !== undefined ? parseInt(found[3], 16) : null;
  const character = code !== null ? (code > 0 && code < 0xd800 ? String.fromCharCode(code) : null) : (named[found[1] ?? ""] ?? null);
  return character === null ? null : { text: character, end: at + found[0].length };
}
