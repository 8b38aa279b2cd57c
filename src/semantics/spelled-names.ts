/**
 * Names that a document spells letter by letter, as if they were products:
 * `net_{h1}`, `RSS`, `E_{total}`, `batch_size`. A product is not differentiated by, its
 * factors stand elsewhere by themselves, and no index is a word. The letters
 * become one name throughout the document, before anything is read.
 */
import type { Node, ParsedMath, Row } from "../latex/types";
import { logarithmOf, wordOf } from "./expression";
import { changedRow, rowsOf, withRoots, withRows } from "./rows";

/** A letter, perhaps with scripts on it. */
type Letter = Node & ({ readonly kind: "symbol" } | { readonly kind: "scripts"; readonly base: Node & { kind: "symbol" } });

export function withSpelledNames(parsed: readonly ParsedMath[]): readonly ParsedMath[] {
  const uses = usesIn(parsed);
  const isName = (word: string): boolean => isSpelled(word, uses);
  const isLabel = (row: Row): boolean => isWord(lettersOf(row)) || isNumberedName(row, uses);
  const spell = (row: Row): Row => spelled(joined(row), isName, isLabel);
  return withRoots(parsed, spell);
}

/** `batch_size`: two words of code, of which TeX takes the first letter of the second to stand below. */
function joined(row: Row): Row {
  const runs = runsIn(row);
  const pairs = new Map(runs.flatMap((run, at) => {
    const last = run[run.length - 1];
    const [first, ...more] = last?.kind === "scripts" && !last.sup ? (last.sub ?? []) : [];
    const rest = runs[at + 1];
    if (!last || !first || more.length || first.end !== last.end || rest?.[0]?.start !== last.end) return [];
    const [before, after] = [wordIn(run), `${letterOf(first) ?? ""}${wordIn(rest)}`];
    return isWord(before) && isWord(after) ? [[run[0] as Node, { length: run.length + rest.length, name: `${before}_${after}` }] as const] : [];
  }));
  const inner = row.map((node) => withRows(node, joined));
  if (!pairs.size) return changedRow(row, inner);
  const out: Node[] = [];
  for (let i = 0; i < row.length; i++) {
    const pair = pairs.get(row[i] as Node);
    out.push(pair ? { kind: "name", name: pair.name, font: "mathrm", start: (row[i] as Node).start, end: (row[i + pair.length - 1] as Node).end } : (inner[i] as Node));
    if (pair) i += pair.length - 1;
  }
  return out;
}

interface Uses {
  /** The runs of letters in which each letter stands. */
  readonly runsOf: Map<string, Set<string>>;
  /** What is differentiated by, what is differentiated, and what is said to be equal to something. */
  readonly below: Set<string>;
  readonly above: Set<string>;
  readonly equated: Set<string>;
  /** What is a function of several arguments. */
  readonly called: Set<string>;
  /** Runs with a superscript, which of a product would be the last factor's. */
  readonly raised: Set<string>;
  /** Rows below letters, as text. */
  readonly subscripts: Set<string>;
}

function usesIn(parsed: readonly ParsedMath[]): Uses {
  const uses: Uses = { runsOf: new Map(), below: new Set(), above: new Set(), equated: new Set(), called: new Set(), raised: new Set(), subscripts: new Set() };
  for (const { root } of parsed) noteRow(root, uses);
  return uses;
}

function noteRow(row: Row, uses: Uses): void {
  for (const run of runsIn(row)) {
    const word = wordIn(run);
    for (const letter of word) uses.runsOf.set(letter, (uses.runsOf.get(letter) ?? new Set()).add(word));
    const last = run[run.length - 1];
    if (last?.kind === "scripts" && last.sup) uses.raised.add(word);
    const [before, after] = [row[row.indexOf(run[0] as Letter) - 1], row[row.indexOf(last as Letter) + 1]];
    const value = after?.kind === "fenced" && after.open === "(" ? row[row.indexOf(after) + 1] : after;
    if (after?.kind === "fenced" && after.body.some((node) => node.kind === "operator" && node.name === ",")) uses.called.add(word);
    if (before === undefined && value?.kind === "operator" && value.name === "=") uses.equated.add(word);
  }
  for (const node of row) noteNode(node, uses);
}

function noteNode(node: Node, uses: Uses): void {
  if (node.kind === "fraction" && node.line) {
    for (const [part, found] of [[node.numerator, uses.above], [node.denominator, uses.below]] as const) {
      const [mark, ...rest] = part;
      const run = runsIn(rest)[0];
      if (mark?.kind === "symbol" && mark.name === "partial" && run?.length === rest.length) found.add(wordIn(run));
    }
  }
  if (node.kind === "scripts" && node.sub) uses.subscripts.add(lettersOf(node.sub) ?? node.sub.map((one) => ("name" in one ? one.name : one.kind)).join(" "));
  for (const row of rowsOf(node)) noteRow(row, uses);
}

/** Whether letters in a row are a name: a word, differentiated by, or with a letter that is nowhere without the others. */
function isSpelled(word: string, { runsOf, below, above, equated, called, raised }: Uses): boolean {
  // `KL = \sum_i \dots` is what it comes to.
  if (wordOf(word)) return /^[A-Z]{2}$/.test(word) && equated.has(word) && !called.has(word);
  if (!/^([A-Z]+|[A-Za-z]?[a-z]+)$/.test(word) || word.length < 2 || (word.startsWith("d") && word.length < 4)) return false;
  // `\log p` without a blank, where the text has p by itself as well.
  const logged = logarithmOf(word);
  if (logged && runsOf.get(logged)?.has(logged)) return false;
  const own = [...word].filter((letter) => runsOf.get(letter)?.size === 1);
  if (word.length > 2 && /^[A-Za-z]?[a-z]+$/.test(word) && (below.has(word) || (word.length > 3 && isWord(word)))) return true;
  // `Dg(r, s)` beside `g(r, s)` is its derivative.
  const isDerivative = word.startsWith("D") && called.has(word.slice(1));
  if (equated.has(word) && called.has(word) && own.length && !isDerivative) return true;
  const all = own.length === word.length && !raised.has(word);
  if (word.length === 2) return /^[A-Z]+$/.test(word) && all && (above.has(word) || equated.has(word));
  return (above.has(word) && own.length > 0) || (equated.has(word) && (all || /(.)\1/.test(word)));
}

/** `total`, `rec`: three letters or more that can be said, where indices are in the order of the alphabet. */
function isWord(letters: string | null): boolean {
  return letters !== null && /^[A-Za-z][a-z]{2,}$/.test(letters) && /[aeiou]/.test(letters) && !/^[i-n]+$/.test(letters) && ![...letters].every((letter, i) => i === 0 || letter.charCodeAt(0) === letters.charCodeAt(i - 1) + 1);
}

/** `h1`, `o2`: a letter that has a number behind it wherever it stands below another, and by custom runs over nothing. */
function isNumberedName(row: Row, { subscripts }: Uses): boolean {
  const [letter, number] = row;
  if (row.length !== 2 || letter?.kind !== "symbol" || number?.kind !== "number" || !/^[a-z]$/.test(letter.name) || "ijklmnpqrst".includes(letter.name) || !/^\d$/.test(number.text)) return false;
  return [...subscripts].every((text) => !text.includes(letter.name) || text.length > 1 && /^[a-z]\d$/.test(text) || isWord(text));
}

/** A row of single letters and digits, as text. */
function lettersOf(row: Row): string | null {
  const texts = row.map((node) => (node.kind === "symbol" && /^[A-Za-z]$/.test(node.name) && node.font === "" ? node.name : node.kind === "number" ? node.text : null));
  return texts.includes(null) ? null : texts.join("");
}

function letterOf(node: Node): string | null {
  const base = node.kind === "scripts" ? node.base : node;
  return base?.kind === "symbol" && base.font === "" && /^[A-Za-z]$/.test(base.name) ? base.name : null;
}

/** Letters written close together; scripts end a run. */
function runsIn(row: Row): Letter[][] {
  const runs: Letter[][] = [];
  let open = false;
  for (const [i, node] of row.entries()) {
    if (letterOf(node) === null) open = false;
    else {
      if (open && row[i - 1]?.end === node.start) runs[runs.length - 1]?.push(node as Letter);
      else runs.push([node as Letter]);
      open = node.kind === "symbol";
    }
  }
  return runs;
}

function wordIn(run: readonly Letter[]): string {
  return run.map(letterOf).join("");
}

/** A row with names in the place of their letters; itself where there are none. */
function spelled(row: Row, isName: (word: string) => boolean, isLabel: (row: Row) => boolean): Row {
  const starts = new Map(runsIn(row).filter((run) => isName(wordIn(run))).map((run) => [run[0] as Node, run]));
  const inner = row.map((node) => (node.kind === "scripts" && node.sub && isLabel(node.sub) ? { ...node, sub: [asName(node.sub)] } : node)).map((node) => withRows(node, (one) => spelled(one, isName, isLabel)));
  if (!starts.size) return inner.every((node, i) => node === row[i]) ? row : inner;
  const out: Node[] = [];
  for (let i = 0; i < row.length; i++) {
    const run = starts.get(row[i] as Node);
    const last = inner[i + (run?.length ?? 1) - 1] as Node;
    if (!run) out.push(last);
    else {
      const name = asName([...run.slice(0, -1), last.kind === "scripts" ? (last.base as Node) : last]);
      out.push(last.kind === "scripts" ? { ...last, base: name, start: name.start } : name);
      i += run.length - 1;
    }
  }
  return out;
}

function asName(row: Row): Node {
  const name = row.map((node) => (node.kind === "number" ? node.text : letterOf(node))).join("");
  return { kind: "name", name, font: "mathrm", start: row[0]?.start ?? 0, end: row[row.length - 1]?.end ?? 0 };
}
