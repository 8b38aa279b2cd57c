/**
 * A parsed formula → the assertions it makes: rows of alignments joined into
 * chains, cut at commas, blanks, words and arrows into relations, each with the
 * side conditions written beside it.
 */
import { Kept } from "../../base/kept";
import type { Node, ParsedMath, Place, Row } from "../../latex/types";
import { withoutBraces, withoutFrames } from "./braces";
import { symbolsIn } from "./derivatives";
import { withoutNumber } from "./equation-numbers";
import { withoutCode } from "./library-calls";
import { inEveryRow, isBarName, isDotsName, isLayoutEnvironment, isRelationNode, spanOfRow, splitRow } from "./nodes";
import { Reader, type ReadOptions } from "./reader";
import { relationOperator } from "./relations";
import { unwrap } from "./scripts";
import { withNablas } from "./triangles";
import type { Assertion, Expr, Note, Relation, Slip } from "./types";

export { isVariable } from "./big-operators";
export { argumentOfComposition } from "./composition";
export { derivativesIn, symbolsIn } from "./derivatives";
export { occurs } from "./occurrence";
export type { ReadOptions } from "./reader";
export { childrenOf, columnOf, displayOf, hasRate, isInverse, plainSymbol, productOf } from "./tree";
export * from "./types";
export { logarithmOf, wordOf } from "./words";

export interface ReadFormula {
  readonly assertions: readonly Assertion[];
  readonly slips: readonly Slip[];
}

export function readFormula(parsed: ParsedMath, options: ReadOptions = {}): ReadFormula {
  const slips: Slip[] = [];
  const assertions: Assertion[] = [];
  for (const line of joinLines(linesOf(unwrapOuter(plain(parsed))))) {
    for (const segment of segmentsOf(line)) {
      const place = segment.row.length ? spanOfRow(segment.row) : { start: segment.at, end: segment.at };
      const mine: Slip[] = [];
      const relation = readSegment(segment.row, options, mine, place);
      slips.push(...mine);
      const last = assertions[assertions.length - 1];
      if (segment.note && last && !(segment.words.some(({ text }) => namingWords.test(text)) && isNaming(relation))) {
        assertions[assertions.length - 1] = { ...last, notes: [...last.notes, noteOf(relation)] };
        continue;
      }
      const words: Note[] = segment.words.map((word) => ({ kind: "text", text: word.text, start: word.start, end: word.end }));
      assertions.push({ ...relation, notes: words, follows: segment.follows, tested: segment.tested, slips: mine });
    }
  }
  return { assertions: withRules(mergeLists(assertions)), slips };
}

const plainRows = new Kept<ParsedMath, Row>();

/** A formula without braces and calls that stand for something plainer. */
function plain(parsed: ParsedMath): Row {
  const known = plainRows.get(parsed);
  if (known) return known;
  const row = inEveryRow(parsed.root, (inner) => pairAngles(withoutCode(withoutBraces(withNablas(withoutFrames(inner))))));
  plainRows.set(parsed, row);
  return row;
}

/** `f: \mathbb{R}^n \to \mathbb{R}, x \mapsto \|x\|^2` and `f : x \mapsto \|x\|^2`: the rule says what f(x) is. */
function withRules(assertions: readonly Assertion[]): Assertion[] {
  return assertions.flatMap((assertion, at) => {
    const named = assertions[at - 1];
    const [fn] = named?.sides ?? [];
    const [args, rule, ...more] = assertion.sides;
    const isRule = assertion.links[0]?.operator === "\\mapsto" && args !== undefined && rule !== undefined && !more.length;
    const isNamed = fn?.kind === "symbol" && (named?.sides.length === 1 || named?.links[1]?.operator === "\\to");
    if (!isRule || !isNamed || rule.kind === "opaque" || symbolsIn(rule, false).some(({ name }) => name === fn.name)) return [assertion];
    const left: Expr = { kind: "apply", fn, args: args.kind === "tuple" ? args.items : [args], certain: true, primes: 0, start: args.start, end: args.end };
    return [{ ...assertion, sides: [left, rule], links: assertion.links.map((link) => ({ ...link, operator: ":=" as const })) }];
  });
}

function readSegment(row: Row, options: ReadOptions, slips: Slip[], place: Place): Relation {
  return new Reader(row, options, slips, 0, place).relation(row, place);
}

const namingWords = /\b(where|with|mit|wobei|donde|con|onde|com|où|avec|где)\b|其中/i;

/** `\text{where } \alpha = K^{-1} y` says what α is; `\text{where } i = 1` is a condition. */
function isNaming({ sides: [left, right], links }: Relation): boolean {
  const isIndex = left?.kind === "symbol" && /^[i-t]$/.test(left.name) && !left.font && !left.subscripts.length;
  return links.length === 1 && ["=", ":="].includes(links[0]?.operator ?? "") && left?.kind === "symbol" && !isIndex && right !== undefined && symbolsIn(right, false).length > 0 && !["tuple", "opaque", "symbol"].includes(right.kind);
}

function noteOf(relation: Relation): Note {
  const [only] = relation.sides;
  if (relation.sides.length === 1 && only) return { kind: "expression", expr: only, start: relation.start, end: relation.end };
  return { kind: "relation", relation, start: relation.start, end: relation.end };
}

/** `\boxed{…}`, `{…}` around everything. */
function unwrapOuter(row: Row): Row {
  const rest = row.filter((node) => !(node.kind === "space"));
  const [only] = rest;
  if (rest.length === 1 && only && (only.kind === "group" || only.kind === "decorated")) return unwrapOuter(only.body);
  if (rest.length === 1 && only?.kind === "fenced" && only.sized && rest.length === 1 && only.body.length === 1 && only.body[0]?.kind === "environment" && isLayoutEnvironment(only.body[0].name)) return only.body;
  return row;
}

/** The lines of a display: rows of layout environments with everything before and after them. */
function linesOf(row: Row): { readonly row: Row; readonly aligned: boolean }[] {
  const lines: { row: Node[]; aligned: boolean }[] = [{ row: [], aligned: false }];
  for (const node of row) {
    const current = lines[lines.length - 1] as { row: Node[]; aligned: boolean };
    const layout = node.kind === "environment" && (isLayoutEnvironment(node.name) || (/^(array|matrix|cases|dcases|rcases)$/.test(node.name) && isOnlyOf(row, node) && holdsRelations(node)));
    if (!layout || node.kind !== "environment") {
      current.row.push(node);
      continue;
    }
    const inner = node.rows.flatMap((line) => {
      const words: Node[] = line.intertext ? [{ kind: "text", text: line.intertext, pieces: [], start: line.start, end: line.start }] : [];
      const cells = line.cells.flatMap((cell, index): Node[] => {
        const separator: Node[] = index > 0 && index % 2 === 0 && !/eqnarray|array|split/.test(node.name) ? [{ kind: "space", name: "qquad", start: cell.start, end: cell.start }] : [];
        return [...separator, ...cell.body];
      });
      const firstEmpty = line.cells.length > 1 && (line.cells[0]?.body.length ?? 0) === 0;
      return linesOf([...words, ...cells]).map((part, index) => ({ row: [...part.row], aligned: index === 0 && firstEmpty }));
    });
    const [head, ...tail] = inner;
    if (head) current.row.push(...head.row);
    if (head?.aligned && current.row.length === head.row.length) current.aligned = true;
    lines.push(...tail.map((line) => ({ row: [...line.row], aligned: line.aligned })));
  }
  return lines.map(({ row: line, aligned }) => ({ row: withoutNumber(line), aligned })).filter((line) => line.row.length);
}

function isOnlyOf(row: Row, node: Node): boolean {
  return row.every((other) => other === node || other.kind === "space" || (other.kind === "operator" && other.class === "punctuation"));
}

function holdsRelations(node: Node & { kind: "environment" }): boolean {
  return node.rows.some((line) => line.cells.some((cell) => cell.body.some(isRelationNode)));
}

/** Rows that go on with the row before: they start with a relation or an operator, or the row before ended with one. */
function joinLines(lines: readonly { row: Row; aligned: boolean }[]): Row[] {
  // A remark beside a row ("by symmetry") stands behind the whole chain, so that the next row goes on from the mathematics.
  const out: { row: Node[]; remarks: Node[] }[] = [];
  for (const { row: line, aligned } of lines) {
    const previous = out[out.length - 1];
    const [words, row] = isBetweenRows(line[0]) ? [line.slice(0, 1), line.slice(1)] : [[], previous ? withImplication(line, previous.row) : line];
    const closed = previous && acrossRows(previous.row, row);
    if (closed) {
      previous.row.splice(0, previous.row.length, ...closed);
      continue;
    }
    const first = row.find((node) => node.kind !== "space");
    const last = previous?.row[previous.row.length - 1];
    const hasRelation = row.some(isRelationNode);
    const starts = first !== undefined && (isRelationNode(first) || relationOperator(first) === "\\to");
    const operatorFirst = first?.kind === "operator" && first.class === "binary" && (!hasRelation || aligned);
    const dangling = last !== undefined && last.kind === "operator" && (last.class === "binary" || isRelationNode(last));
    const aloneBefore = previous !== undefined && aligned && !hasRelation && first?.kind !== "text";
    const remark = remarkIn(row);
    const [own, beside] = [row.slice(0, remark), apart(row.slice(remark))];
    if (previous && (starts || operatorFirst || dangling || aloneBefore || remark === 0)) {
      while (previous.row.length && (isPunctuation(previous.row[previous.row.length - 1], ",", ";", ".") || previous.row[previous.row.length - 1]?.kind === "space") && (starts || operatorFirst)) previous.row.pop();
      previous.row.push(...own);
      previous.remarks.push(...words, ...beside);
    } else out.push({ row: [...words, ...own], remarks: [...beside] });
  }
  return out.map(({ row, remarks }) => [...row, ...remarks]);
}

/** `X v + c = 0 \\ \rightarrow X v = -c`: an arrow from one equation to the next in a row of its own is an implication. */
function withImplication(row: Row, before: Row): Row {
  const at = row.findIndex((node) => node.kind !== "space");
  const first = row[at];
  const isArrow = first?.kind === "operator" && ["rightarrow", "to", "longrightarrow"].includes(first.name);
  return isArrow && before.some(isRelationNode) && row.slice(at + 1).some(isRelationNode) ? [...row.slice(0, at), { ...first, name: "Rightarrow", class: "arrow" }, ...row.slice(at + 1)] : row;
}

/** `\left[ a + \right. \\ \left. b \right]^2`: one pair of brackets, closed in the next row; null where there is none. */
function acrossRows(before: Row, row: Row): Row | null {
  const at = before.reduce((last, { kind }, index) => (kind === "space" ? last : index), -1);
  const opening = before[at];
  const closing = row.findIndex((node) => fencedIn(node)?.open === ".");
  const [node, fence] = [row[closing], fencedIn(row[closing])];
  if (opening?.kind !== "fenced" || opening.close !== "." || opening.open === "." || !node || !fence || fence.close === "." || isBarName(fence.close)) return null;
  const body = [...opening.body, ...row.slice(0, closing).filter(({ kind }) => kind !== "space"), ...fence.body];
  const whole: Node = { ...opening, close: fence.close, body, end: fence.end };
  return [...before.slice(0, at), node.kind === "scripts" ? { ...node, base: whole, start: opening.start } : whole, ...row.slice(closing + 1)];
}

function fencedIn(node: Node | undefined): (Node & { kind: "fenced" }) | null {
  const base = node?.kind === "scripts" ? node.base : node;
  return base?.kind === "fenced" ? base : null;
}

/** The words of `\intertext`, which have no place in the row after them. */
function isBetweenRows(node: Node | undefined): boolean {
  return node?.kind === "text" && node.start === node.end;
}

/** With a blank before it, which sets it off wherever it is moved. */
function apart(row: Row): Row {
  const [first] = row;
  return first ? [{ kind: "space", name: "qquad", start: first.start, end: first.start }, ...row] : row;
}

/** Where words set off by a blank begin behind a relation; the length of the row where there are none. */
function remarkIn(row: Row): number {
  const at = row.findIndex((node, index) => isBracketedRemark(node, row, index) || (node.kind === "text" && row[index - 1]?.kind === "space" && row.slice(0, index).some(isRelationNode) && !isOperandText(node, row, index)));
  return at < 0 ? row.length : at;
}

/** `(\text{because } \partial y/\partial b = 1)` beside a formula, or in a row of its own: brackets that begin with words. */
function isBracketedRemark(node: Node, row: Row, index: number): node is Node & { kind: "fenced" } {
  const before = row[index - 1];
  if (node.kind !== "fenced" || !(before === undefined || before.kind === "space")) return false;
  const at = node.body.findIndex(({ kind }) => kind !== "space");
  const first = node.body[at];
  return first?.kind === "text" && !isOperandText(first, node.body, at) && (before === undefined ? !row.some(isRelationNode) : row.slice(0, index).some(isRelationNode));
}

interface Segment {
  readonly row: Row;
  readonly follows: boolean;
  readonly words: readonly { text: string; start: number; end: number }[];
  /** A remark on the assertion before it (`i = 1, …, n`, `\text{for } i \neq j`). */
  readonly note: boolean;
  /** Behind `H_0:`, on the same line. */
  readonly tested: boolean;
  readonly at: number;
}

const conditionWords = /\b(for|if|when|where|with|whenever|given|since|because|as|at|wenn|für|si|pour|para|donde|onde|если|где)\b|对于|当|其中|若|где/i;

/** Cuts a line at `,`, `;`, quads, words and implication arrows. */
function segmentsOf(row: Row): Segment[] {
  const segments: Segment[] = [];
  let current: Node[] = [];
  let words: { text: string; start: number; end: number }[] = [];
  let follows = false;
  let note = false;
  let tested = false;
  const flush = (): void => {
    const inner = segments.length ? bracketed(trim(current)) : null;
    const trimmed = inner ?? trim(current);
    if (trimmed.length) segments.push({ row: trimmed, follows, words, note: (note || inner !== null) && segments.length > 0, tested, at: trimmed[0]?.start ?? 0 });
    if (trimmed.length) {
      words = [];
      note = false;
      follows = false;
    }
    current = [];
  };
  row.forEach((node, index) => {
    if (isSignature(node, current, row.slice(index + 1))) {
      current.push({ kind: "operator", name: "in", class: "relation", start: node.start, end: node.end });
      return;
    }
    if (isDoubleDot(row, index, current)) {
      current.push(node);
      return;
    }
    if (isConjunction(node, row, index)) {
      flush();
      return;
    }
    if (isImplication(node)) {
      tested ||= isColon(node) && namesHypothesis(trim(current));
      flush();
      follows = true;
      note = false;
      return;
    }
    if (isBracketedRemark(node, row, index)) {
      flush();
      for (const inner of segmentsOf(node.body)) if (inner.row.some(isRelationNode)) segments.push({ ...inner, note: segments.length > 0 });
      return;
    }
    if (node.kind === "text" || isWordNode(node)) {
      const text = node.kind === "text" ? node.text : node.kind === "name" ? node.name : "";
      if (isOperandText(node, row, index)) {
        current.push(node);
        return;
      }
      flush();
      words.push({ text, start: node.start, end: node.end });
      if (conditionWords.test(text)) note = true;
      if (/\b(so|thus|hence|therefore|implies|then)\b/i.test(text)) follows = true;
      if (node.kind === "text") for (const piece of node.pieces) if ("body" in piece) segments.push({ row: piece.body, follows: false, words: [], note: segments.length > 0, tested, at: node.start });
      return;
    }
    if (node.kind === "space" && (node.name === "quad" || node.name === "qquad")) {
      const next = row.slice(index + 1).find((other) => other.kind !== "space");
      // A blank inside a relation (`= \quad x`) separates nothing.
      const last = current[current.length - 1];
      const open = last && last.kind === "operator" && last.class !== "punctuation";
      if (!open && next && !(next.kind === "operator" && (next.class === "binary" || isRelationNode(next) || next.class === "arrow"))) flush();
      return;
    }
    if (isPunctuation(node, ",", ";", ".")) {
      if (node.kind === "operator" && node.name === ".") return;
      if (isThinSpaceSlip(current, node, row[index + 1])) return;
      flush();
      return;
    }
    if (isBesideIt(node, current, row.slice(index + 1))) flush();
    current.push(node);
  });
  flush();
  return segments;
}

/** `(i = j)` on its own, perhaps with a word in it: what stands in brackets behind a formula is a remark on it. */
function bracketed(row: Row): Row | null {
  const [only, ...others] = row;
  if (only?.kind !== "fenced" || others.length) return null;
  const body = only.body.filter((node) => node.kind !== "text" && !isWordNode(node));
  return body.some(isRelationNode) ? trim(body) : null;
}

/** `a_i (1 - a_i) \ (i = j)`: a comparison of letters in brackets is no factor. */
function isBesideIt(node: Node, before: readonly Node[], after: Row): boolean {
  const last = before[before.length - 1];
  const next = after.find((other) => other.kind !== "space");
  // `1(i = j)`: an indicator.
  const isNumber = last?.kind === "number" && !(last.text === "1" && last.end === node.start);
  const isOperand = last?.kind === "fenced" || last?.kind === "fraction" || isNumber || (last?.kind === "scripts" && isPlainLetter(last));
  const ends = !next || isPunctuation(next, ",", ".", ";");
  return isOperand && ends && before.some(isRelationNode) && bracketed([node])?.every((part) => isRelationNode(part) || (isPlainLetter(part) && part.kind === "symbol")) === true;
}

/** `a = b \; \text{e} \; c = d`: "and" in languages that have one letter for it, which is no factor between two relations. */
function isConjunction(node: Node, row: Row, index: number): boolean {
  const [before, after] = [row[index - 1], row[index + 1]];
  if (node.kind !== "symbol" || !["mathrm", "rm"].includes(node.font) || !/^[eyo]$/.test(node.name) || !before || !after) return false;
  const isApart = before.end < node.start && node.end < after.start && before.kind !== "operator" && after.kind !== "operator";
  const next = row.findIndex((other, at) => at > index && other.kind === "operator");
  return isApart && row.slice(0, index).some(isRelationNode) && next > 0 && isRelationNode(row[next] as Node);
}

/** Markdown turns `\,` into a bare comma: `\tfrac12,\alpha^\top`. No blank follows it, and a factor does. */
function isThinSpaceSlip(before: readonly Node[], comma: Node, after: Node | undefined): boolean {
  const last = before[before.length - 1];
  if (!after || after.kind === "space" || !last || after.start !== comma.end || !before.some(isRelationNode)) return false;
  if (after.kind === "symbol" && isDotsName(after.name)) return false;
  const single = before.length - 1 - lastIndex(before, isRelationNode) === 1;
  const short = after.kind === "number" || (after.kind === "symbol" && /^[a-z]$/.test(after.name));
  return !(single && (last.kind === "number" || last.kind === "symbol") && short) && (last.kind === "fraction" || last.kind === "number" || last.kind === "symbol" || last.kind === "scripts");
}

function lastIndex(row: readonly Node[], test: (node: Node) => boolean): number {
  for (let i = row.length - 1; i >= 0; i--) if (test(row[i] as Node)) return i;
  return -1;
}

/** `\text{diag}(x)`, `\text{loss}`: a text that is an operand. */
function isOperandText(node: Node, row: Row, index: number): boolean {
  if (node.kind !== "text") return false;
  const word = node.text.trim();
  if (!/^[\p{L}][\p{L}\d]*$/u.test(word)) return false;
  const following = row[index + 1];
  const core = following?.kind === "scripts" ? following.base : following;
  if (/^(for|if|where|and|or|when|with|so|then|thus|hence|let|otherwise|else|since|because|using|as|at|is|are|the|et|und|y|e|ou|con|com|mit|pour|para|avec|given|by|from|see|subject|to|all|any|each|not|such|that|which|this|we|have|get|const|constant)$/i.test(word)) return false;
  if (core?.kind === "fenced") return true;
  const before = row[index - 1];
  const operatorBefore = !before || (before.kind === "operator" && before.class !== "punctuation");
  const operatorAfter = !following || following.kind === "operator";
  return operatorBefore && operatorAfter && row.length > 1;
}

function isWordNode(node: Node): boolean {
  return node.kind === "name" && /^(for|if|where|and|or|when|with|so|then|thus|hence|otherwise)$/i.test(node.name);
}

/** `f : \mathbb{R}^n \to \mathbb{R}` is read as membership in the maps, f ∈ ℝⁿ → ℝ, and `X : N \times D` as that of its shape. */
function isSignature(node: Node, before: readonly Node[], after: Row): boolean {
  if ((node.kind !== "operator" && node.kind !== "symbol") || (node.name !== ":" && node.name !== "colon")) return false;
  const [first, times, second, ...others] = after.filter((next) => next.kind !== "space" && !isPunctuation(next, ",", ".", ";"));
  const isSize = (one: Node | undefined): boolean => one?.kind === "number" || one?.kind === "symbol";
  if (trim(before).length === 1 && isSize(first) && times?.kind === "operator" && times.name === "times" && isSize(second) && !others.length) return true;
  const space = first?.kind === "scripts" ? first.base : first;
  const isSpace = space?.kind === "fenced" || (space?.kind === "symbol" && (["mathbb", "mathcal"].includes(space.font) || /^[A-Z]$/.test(space.name)));
  return trim(before).length === 1 && isSpace && after.some((next) => relationOperator(next) === "\\to");
}

/** `\phi = A : B` goes on with a product; what a colon separates otherwise is a label, a quantifier, or said of a map. */
function isDoubleDot(row: Row, index: number, before: readonly Node[]): boolean {
  const node = row[index];
  if (node?.kind !== "operator" || node.name !== ":") return false;
  if (isPunctuation(row[index + 1], "=")) return true;
  const last = before[before.length - 1];
  const next = row[index + 1];
  const equality = before.reduceRight<ReturnType<typeof relationOperator>>((found, one) => found ?? relationOperator(one), null);
  const isOperand = (one: Node | undefined): boolean => one !== undefined && !["operator", "space", "number", "text", "big"].includes(one.kind);
  return equality !== null && ["=", "\\equiv", "\\approx", "\\propto"].includes(equality) && isOperand(last) && !(last && isPlainLetter(last)) && isOperand(next) && !row.some((one) => (one.kind === "operator" && one.class === "arrow") || (one.kind === "symbol" && /^(forall|exists)$/.test(one.name)));
}

/** `H_0`, `H_1`, `\mathcal{H}_a`: a name of what a test is of. */
function namesHypothesis([only, ...others]: Row): boolean {
  const [below, ...more] = only?.kind === "scripts" && !only.sup && only.sub ? unwrap(only.sub) : [];
  return !others.length && only?.kind === "scripts" && only.base?.kind === "symbol" && only.base.name === "H" && !more.length && ((below?.kind === "number" && /^[01]$/.test(below.text)) || (below?.kind === "symbol" && /^[aA]$/.test(below.name)));
}

function isColon(node: Node): boolean {
  return (node.kind === "operator" || node.kind === "symbol") && (node.name === "colon" || node.name === ":");
}

/** An index, of which a condition is made: `i = j: x_i = x_j`. */
function isPlainLetter(node: Node): boolean {
  const core = node.kind === "scripts" ? node.base : node;
  return core?.kind === "symbol" && core.font === "" && /^[a-z]$/.test(core.name);
}

function isImplication(node: Node): boolean {
  if (node.kind === "operator" && node.class === "arrow") return ["Rightarrow", "implies", "iff", "Leftrightarrow", "Longrightarrow", "Longleftrightarrow", "impliedby", "therefore", "leadsto", "rightsquigarrow"].includes(node.name);
  return (node.kind === "operator" || node.kind === "symbol") && (node.name === "therefore" || node.name === "because" || node.name === "land" || node.name === "wedge" || isColon(node));
}

function isPunctuation(node: Node | undefined, ...names: readonly string[]): boolean {
  return node?.kind === "operator" && names.includes(node.name);
}

function trim(row: readonly Node[]): Node[] {
  let start = 0;
  let end = row.length;
  const empty = (node: Node | undefined): boolean => node?.kind === "space" || isPunctuation(node, ".", ",", ";", "!");
  while (start < end && empty(row[start])) start++;
  while (end > start && empty(row[end - 1])) end--;
  return row.slice(start, end);
}

/** `a, b \in \mathbb{R}^n`: bare symbols before a membership share it; bare symbols and dots after an equation are a remark on it. */
function mergeLists(assertions: readonly Assertion[]): Assertion[] {
  const out: Assertion[] = [];
  let waiting: Assertion[] = [];
  const release = (): void => {
    out.push(...waiting);
    waiting = [];
  };
  for (const assertion of assertions) {
    const [first] = assertion.sides;
    if (assertion.sides.length === 1 && first && (first.kind === "symbol" || first.kind === "dots" || first.kind === "apply" || first.kind === "transpose")) {
      waiting.push(assertion);
      continue;
    }
    const shared = ["\\in", "\\succ", "\\succeq", ">", "<", "\\geq", "\\sim", "\\neq"].includes(assertion.links[0]?.operator ?? "");
    if (waiting.length && shared && first) {
      const items: Expr[] = [...waiting.map((one) => one.sides[0] as Expr), ...(first.kind === "tuple" ? first.items : [first])];
      const tuple: Expr = { kind: "tuple", items, start: items[0]?.start ?? first.start, end: first.end };
      out.push({ ...assertion, start: tuple.start, sides: [tuple, ...assertion.sides.slice(1)], notes: [...waiting.flatMap((one) => one.notes), ...assertion.notes] });
      waiting = [];
      continue;
    }
    const previous = out[out.length - 1];
    if (waiting.length && previous && previous.sides.length > 1) {
      out[out.length - 1] = { ...previous, notes: [...previous.notes, ...waiting.map((one) => ({ kind: "expression" as const, expr: one.sides[0] as Expr, start: one.start, end: one.end }))] };
      waiting = [];
    }
    release();
    out.push(assertion);
  }
  const previous = out[out.length - 1];
  if (waiting.length && previous && previous.sides.length > 1) {
    out[out.length - 1] = { ...previous, notes: [...previous.notes, ...waiting.map((one) => ({ kind: "expression" as const, expr: one.sides[0] as Expr, start: one.start, end: one.end }))] };
    waiting = [];
  }
  release();
  return out;
}

/** `<A, B>` written with relation signs is an inner product; behind a factor where no blank stands inside, `y <w, x>`. */
function pairAngles(row: Row): Row {
  const isOpening = (node: Node, at: number): boolean => node.kind === "operator" && (node.name === "<" || node.name === "lt") && (startsOperand(row[at - 1]) || ((row[at - 1] as Node).end < node.start && row[at + 1]?.start === node.end));
  const open = row.findIndex(isOpening);
  if (open < 0) return row;
  const close = row.findIndex((node, index) => index > open && isClosingAngle(node) && (startsOperand(row[open - 1]) || row[index - 1]?.end === node.start));
  if (close < 0) return row;
  const body = row.slice(open + 1, close);
  if (splitRow(body, ",").length !== 2) return row;
  const first = row[open] as Node;
  const last = row[close] as Node;
  const fenced: Node = { kind: "fenced", open: "langle", close: "rangle", body, sized: false, start: first.start, end: last.kind === "scripts" && last.base ? last.base.end : last.end };
  const whole: Node = last.kind === "scripts" ? { ...last, base: fenced, start: first.start } : fenced;
  return [...row.slice(0, open), whole, ...pairAngles(row.slice(close + 1))];
}

function isClosingAngle(node: Node): boolean {
  if (node.kind === "scripts") return node.base !== null && isClosingAngle(node.base);
  return node.kind === "operator" && (node.name === ">" || node.name === "gt");
}

function startsOperand(before: Node | undefined): boolean {
  return !before || (before.kind === "operator" && before.class !== "punctuation") || before.kind === "space";
}

/** The row with one outer group removed; for callers that read parts of formulas. */
export { unwrap };
