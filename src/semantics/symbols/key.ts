/**
 * What makes two written symbols the same: letter, accents, weight of the font,
 * labels. The same letter in another font is another symbol only where the
 * document declares both.
 */
import { Kept } from "../../base/kept";
import type { Expr, SymbolExpr, Subscript, Tag } from "../expression";
import { positionOf, spell } from "./positions";

const weights = new Map<string, string>();

/** Fonts that set symbols of different kinds apart; the rest are typography. */
export function weight(font: string): string {
  let known = weights.get(font);
  if (known === undefined) weights.set(font, (known = weightOf(font)));
  return known;
}

function weightOf(font: string): string {
  if (/^(mathbf|boldsymbol|bm|bf|pmb|mathbfit|symbf|textbf|mathbold|mb|bs|vb|va|vec)$/.test(font)) return "b";
  if (/^(mathcal|mathscr|cal)$/.test(font)) return "c";
  if (/^(mathbb|mathbbm|mathds)$/.test(font)) return "bb";
  if (/^(mathsf|sf)$/.test(font)) return "s";
  if (/^(mathfrak|frak)$/.test(font)) return "f";
  return "";
}

/** Letter and accents: what an array and its entries share. */
export function baseKey(symbol: SymbolExpr): string {
  return symbol.accents.map((accent) => `\\${plainAccent(accent)} `).join("") + symbol.name;
}

function plainAccent(accent: string): string {
  return { widehat: "hat", widetilde: "tilde", overline: "bar" }[accent] ?? accent;
}

const tagged = new Kept<SymbolExpr, string>();

/** The base with its labels in superscripts, which are part of a name, and its primes. */
export function taggedKey(symbol: SymbolExpr): string {
  let key = tagged.get(symbol);
  if (key === undefined) tagged.set(symbol, (key = baseKey(symbol) + symbol.tags.map((tag) => `^${tag.text}`).join("") + "'".repeat(symbol.primes)));
  return key;
}

/** Everything: `W_{h}`, `x_{t-1}`, `\mu_{k}^{(l)}`. */
export function fullKey(symbol: SymbolExpr): string {
  return taggedKey(symbol) + subscriptKey(symbol.subscripts);
}

export function subscriptKey(subscripts: readonly Subscript[]): string {
  return subscripts.length ? `_{${subscripts.map(({ text, above }) => (above === undefined ? text : `^${text}`)).join(",")}}` : "";
}

/** What members of a family share, whichever letters number them: `x_*1`; those that are numbered above are others. */
export function familyKey(symbol: SymbolExpr, subscripts: readonly Subscript[] = symbol.subscripts): string {
  return `${taggedKey(symbol)}_*${subscripts[0]?.above === undefined ? "" : "^"}${subscripts.length}`;
}

/** All the x_i, as something that is counted. */
export function membersKey(symbol: SymbolExpr): string {
  return `${taggedKey(symbol)}_`;
}

/** `m \times n` below a letter is its shape and no part of its name. */
export function shapeAnnotation(symbol: SymbolExpr): readonly Expr[] | null {
  const [only] = symbol.subscripts;
  if (symbol.subscripts.length !== 1 || only?.expr.kind !== "product") return null;
  return only.expr.operators.every((operator) => operator === "\\times") ? only.expr.factors : null;
}

export function withoutSubscripts(symbol: SymbolExpr): SymbolExpr {
  return symbol.subscripts.length ? { ...symbol, subscripts: [] } : symbol;
}

/** `\beta_0` */
export function isNumberedZero({ subscripts: [only, ...more] }: SymbolExpr): boolean {
  return !more.length && only?.above === undefined && only?.expr.kind === "number" && only.expr.numerator === 0;
}

/** The same letter in the other case, for the entries `w_{1,2}` of `W`. */
export function otherCase(symbol: SymbolExpr): SymbolExpr | null {
  const { name } = symbol;
  if (/^[a-zA-Z]$/.test(name)) return { ...symbol, name: name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase() };
  const greek = /^[a-z]/.test(name) ? name[0]?.toUpperCase() + name.slice(1) : name[0]?.toLowerCase() + name.slice(1);
  return ["Sigma", "sigma", "Lambda", "lambda", "Omega", "omega", "Theta", "theta", "Phi", "phi", "Psi", "psi", "Gamma", "gamma", "Delta", "delta", "Xi", "xi", "Pi", "pi"].includes(greek) ? { ...symbol, name: greek } : null;
}

/** The symbol as LaTeX. */
export function spellSymbol(symbol: SymbolExpr): string {
  const letter = symbol.name.length > 1 ? (/^[a-z]+$/i.test(symbol.name) && greekLike(symbol.name) ? `\\${symbol.name}` : `\\mathrm{${symbol.name}}`) : symbol.name;
  const fonted = symbol.font && symbol.font !== "mathrm" ? `\\${symbol.font}{${letter}}` : letter;
  const accented = symbol.accents.reduceRight((inner, accent) => (accent === "d" ? `d${inner}` : `\\${accent}{${inner}}`), fonted);
  const above = [...symbol.tags.flatMap((tag) => (tag.below ? [] : [tag.text])), ...symbol.subscripts.flatMap((subscript) => subscript.above ?? [])].join("");
  const tags = above && `^{${above}}`;
  const below = sideBySide([...symbol.tags.filter((tag) => tag.below && !isGiven(tag)), ...symbol.subscripts.filter((subscript) => !subscript.above)]) + symbol.tags.filter(isGiven).map((tag) => spellGiven(tag, symbol)).join("");
  const subscripts = below === "" ? "" : below.length === 1 ? `_${below}` : `_{${below}}`;
  return `${accented}${subscripts}${tags}${"'".repeat(symbol.primes)}`;
}

/** Of `x_{k|k-1}`: how far behind its index it is known. */
export function isGiven({ text, below }: Tag): boolean {
  return below === true && text.startsWith("|");
}

/** `|k-1`: how far behind its index a symbol is known. */
function spellGiven({ text }: Tag, { subscripts: [index] }: SymbolExpr): string {
  const at = positionOf(index?.expr ?? null);
  return at ? `|${spell({ letter: at.letter, shift: at.shift + Number(text.slice(1)) })}` : "";
}

/** `alpha` as `\alpha`. */
export function spellName(name: string): string {
  return name.length > 1 && greekLike(name) ? `\\${name}` : name;
}

/** `12` and `1,2` as they are written. */
function sideBySide(parts: readonly { readonly text: string; readonly start: number; readonly end: number }[]): string {
  return parts.map(({ text, start }, at) => (at === 0 || parts[at - 1]?.end === start ? text : `,${text}`)).join("");
}

/** The key of a size as LaTeX: `nu` → `\\nu`, `d_{in}` → `d_{\\mathrm{in}}`, `n^(1)` → `n^{(1)}`, `m*n` → `m n`. */
export function spellSize(key: string): string {
  return key
    .replace(/[A-Za-z]{2,}/g, (name) => (greekLike(name) ? `\\${name}` : `\\mathrm{${name}}`))
    .replace(/\^(\([^()]*\)|\[[^[\]]*\])/g, "^{$1}")
    .replace(/\*/g, " ");
}

const greekNames = new Set("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath".split(" "));

export function greekLike(name: string): boolean {
  return greekNames.has(name);
}
