/** Verdicts, counterexamples and evidence in words, as every textual report says them. */
import type { Counterexample, Evidence, UncheckedReason, Verdict } from "../base/statement";

/** `m = 2, k = 3, entry (1, 2): 3 on the left, 5 on the right` */
export function describeCounterexample({ sizes, seed, entry, left, right }: Counterexample): string {
  const given = [...Object.entries(sizes).map(([name, size]) => `${name} = ${size}`), `random values (seed ${seed})`];
  const place = entry?.length ? `entry (${entry.join(", ")})` : "the value";
  const [a, b] = distinctNumbers(left, right);
  return `with ${listed(given)}, ${place} is ${a} on the left and ${b} on the right`;
}

/** A difference has no bound: it is there. */
export function describeEvidence({ method, trials, errorBound }: Evidence): string {
  const often = trials === 1 ? "1 trial" : `${trials} trials`;
  switch (method) {
    case "exact":
      return `exact arithmetic in a finite field, ${often}${errorBound ? `, wrong with probability at most ${plainNumber(errorBound, 2)}` : ""}`;
    case "numeric":
      return `floating-point arithmetic, ${often}${errorBound ? `, error below ${plainNumber(errorBound, 2)}` : ""}`;
    case "structural":
      return "shapes and structure alone, no arithmetic needed";
    case null:
      return "nothing was computed";
  }
}

/** What a verdict is called where several are counted: `3 refuted`, `1 unchecked`. */
export const verdictNames: Readonly<Record<Verdict, readonly [one: string, many: string]>> = {
  verified: ["verified", "verified"],
  refuted: ["wrong", "wrong"],
  conditional: ["conditional", "conditional"],
  convention: ["convention", "conventions"],
  definition: ["definition", "definitions"],
  unchecked: ["unchecked", "unchecked"],
};

export const reasonWords: Readonly<Record<UncheckedReason, string>> = {
  unread: "the formula could not be read",
  "unknown-symbol": "a symbol is nowhere defined",
  "unknown-shape": "a shape is nowhere given",
  unsupported: "uses something that is not supported yet",
  ambiguous: "can be read in several ways",
  "not-a-claim": "states nothing that could be checked",
  "too-large": "takes more work than one formula is given",
};

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Six digits, or as many as it takes to tell the two apart. */
function distinctNumbers(a: number, b: number): [string, string] {
  for (let digits = 6; digits <= 16; digits++) {
    const pair: [string, string] = [plainNumber(a, digits), plainNumber(b, digits)];
    if (pair[0] !== pair[1] || a === b) return pair;
  }
  return [`${a}`, `${b}`];
}

function plainNumber(value: number, digits = 6): string {
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(digits))}`;
}
