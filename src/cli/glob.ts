/**
 * File patterns for shells that leave them alone: `*`, `?`, `[a-z]`, `{a,b}`
 * within a name, `**` for any number of folders. Matching backs up only to the
 * last star, so that no pattern takes more than quadratic time.
 */
export function isPattern(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** The folder before the first part that is a pattern, "" for none; and the parts that follow. */
export function splitPattern(pattern: string): { base: string; rest: string[] } {
  const parts = pattern.split("/");
  const first = parts.findIndex(isPattern);
  const base = parts.slice(0, first).join("/");
  return { base: base === "" && pattern.startsWith("/") ? "/" : base, rest: parts.slice(first).filter((part) => part !== "" && part !== ".") };
}

/** Every alternative of `{…}` written out; a pattern with too many is taken as it stands. */
export function expandBraces(pattern: string, most = 256): string[] {
  let done: string[] = [];
  let open = [pattern];
  while (open.length) {
    if (done.length + open.length > most) return [pattern];
    const next: string[] = [];
    for (const one of open) {
      const group = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!group) done = [...done, one];
      else for (const choice of (group[1] ?? "").split(",")) next.push(one.slice(0, group.index) + choice + one.slice(group.index + group[0].length));
    }
    open = next;
  }
  return [...new Set(done)];
}

export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return matches(pattern, path, (part) => part === "**", (part, name) => matchesName(part, name));
}

/** A name that begins with a dot is matched only by a pattern that does. */
export function matchesName(pattern: string, name: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  return matches(tokens(pattern), [...name], (token) => token === "*", matchesCharacter);
}

function matches<P, T>(pattern: readonly P[], text: readonly T[], isStar: (part: P) => boolean, same: (part: P, item: T) => boolean): boolean {
  let [p, t] = [0, 0];
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const part = pattern[p];
    const item = text[t] as T;
    if (part !== undefined && isStar(part)) [star, resume, p] = [p, t, p + 1];
    else if (part !== undefined && same(part, item)) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, resume, t] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return pattern.slice(p).every(isStar);
}

function tokens(pattern: string): string[] {
  return pattern.match(/\[[!^]?\]?[^\]]*\]|[\s\S]/gu) ?? [];
}

function matchesCharacter(token: string, character: string): boolean {
  if (token === "?") return true;
  if (token.length < 3 || !token.startsWith("[")) return token === character;
  const negated = /^\[[!^]/.test(token);
  const set = [...token.slice(negated ? 2 : 1, -1)];
  let found = false;
  for (let i = 0; i < set.length; i++) {
    const low = set[i] ?? "";
    const high = set[i + 1] === "-" && set[i + 2] !== undefined ? (set[i + 2] ?? low) : low;
    found ||= low <= character && character <= high;
    if (high !== low || (set[i + 1] === "-" && set[i + 2] !== undefined)) i += 2;
  }
  return found !== negated;
}
