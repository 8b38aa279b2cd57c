/** HTML tags inside running text: where one ends, and what it does to the text around it. */
export interface Tag {
  readonly name: string;
  readonly closing: boolean;
  /** Index after `>`. */
  readonly end: number;
}

/**
 * The tag that starts at `at`, by CommonMark's grammar: `<A, B>` and `a <b c$` are
 * none. `braces` allows JSX attribute values.
 */
export function tagAt(text: string, at: number, end: number, braces: boolean): Tag | null {
  const closing = text[at + 1] === "/";
  let index = closing ? at + 2 : at + 1;
  const nameStart = index;
  while (index < end && /[A-Za-z0-9.-]/.test(text.charAt(index))) index++;
  if (index === nameStart || !/[A-Za-z]/.test(text.charAt(nameStart))) return null;
  const name = text.slice(nameStart, index).toLowerCase();
  if (!closing) index = attributes(text, index, end, braces);
  while (index < end && /\s/.test(text.charAt(index))) index++;
  if (!closing && text[index] === "/") index++;
  return index < end && text[index] === ">" ? { name, closing, end: index + 1 } : null;
}

/** Tags that part words: `a<br>b` is two. */
export function partsWords(name: string): boolean {
  return parting.has(name);
}

export function isStrike(name: string): boolean {
  return name === "del" || name === "s" || name === "strike";
}

/** The value of an attribute inside a tag, as a range; null where it has none. */
export function attributeRange(text: string, start: number, end: number, name: string): readonly [number, number] | null {
  const tag = text.slice(start, end);
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  if (!found || value === undefined) return null;
  const from = start + found.index + found[0].length - value.length - (found[3] === undefined ? 1 : 0);
  return [from, from + value.length];
}

const parting = new Set("br p div td th tr li ul ol h1 h2 h3 h4 h5 h6 hr table tbody thead section summary details dd dt center".split(" "));
const attribute = /\s+[A-Za-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?/y;
const jsxAttribute = /\s+[A-Za-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{[^}]*\}+|[^\s"'=<>`{}]+))?/y;

function attributes(text: string, from: number, end: number, braces: boolean): number {
  const pattern = braces ? jsxAttribute : attribute;
  let at = from;
  while (at < end) {
    pattern.lastIndex = at;
    if (!pattern.test(text) || pattern.lastIndex > end) return at;
    at = pattern.lastIndex;
  }
  return at;
}
