/** Which brace closes which, for a whole LaTeX file in one pass: escapes, comments and verbatim text are stepped over. */
import { verbatimEnd } from "./verbatim";

/** For every `{` the index of its `}`; -1 for one that is not closed and for every other character. */
export function matchBraces(text: string): Int32Array {
  const partner = new Int32Array(text.length).fill(-1);
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at = verbatimEnd(text, at) ?? address(text, at, partner) ?? at + 1;
    else if (code === 37) at = lineEnd(text, at);
    else if (code === 123) open.push(at);
    else if (code === 125) {
      const start = open.pop();
      if (start !== undefined) partner[start] = at;
    }
  }
  return partner;
}

/** Notes the braces of `\url{…}`, in which `%` is no comment; gives the place of the closing one. */
function address(text: string, at: number, partner: Int32Array): number | null {
  const next = text.charCodeAt(at + 1);
  if (next !== 117 && next !== 104 && next !== 112) return null;
  const found = /^\\(?:url|href|path|nolinkurl)\s?\{[^{}\n]{0,2000}\}/.exec(text.slice(at, at + 2020));
  if (!found) return null;
  const close = at + found[0].length - 1;
  partner[at + found[0].indexOf("{")] = close;
  return close;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
