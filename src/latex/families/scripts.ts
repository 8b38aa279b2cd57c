/**
 * Sub- and superscripts and primes in any order. A second script of a kind is
 * an error of LaTeX; it is appended to the first, so that nothing is lost.
 */
import { characterCommand } from "../characters";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";

interface Collected {
  sub: Row | null;
  sup: Row | null;
  primes: number;
}

/** Reads the scripts that come next and puts them on the last item. */
export function readScripts(parser: Parser, items: Node[]): void {
  const first = parser.stream.peek();
  const before = baseOf(items);
  const base = before?.kind === "scripts" ? before.base : before;
  const scripts: Collected = before?.kind === "scripts" ? { sub: before.sub, sup: before.sup, primes: before.primes } : { sub: null, sup: null, primes: 0 };
  while (readScript(parser, scripts)) continue;
  const start = before ? Math.min(before.start, first.start) : first.start;
  const end = Math.max(parser.stream.end, first.end);
  takePrimes(scripts);
  if (!scripts.sub && !scripts.sup && !scripts.primes) {
    if (base) items.push(base);
  } else items.push({ kind: "scripts", base: base?.kind === "group" && !base.body.length ? null : base, ...scripts, start, end });
}

/** `2\,^tA`, `= {^tA}`, `+ ^t(Ax)`: French and Italian write the transpose before what is transposed, behind a blank or a sign. */
export function startsTransposed({ stream }: Parser, items: readonly Node[], afterBlank: boolean): boolean {
  const last = items[items.length - 1];
  const isBehindSign = last?.kind === "operator" && (last.class === "relation" || ["+", "-", "cdot", "times"].includes(last.name));
  const [opening, inside] = [stream.ahead(1), stream.ahead(2)];
  const isGrouped = opening?.kind === "open" && stream.ahead(3)?.kind === "close";
  return Boolean(last) && (afterBlank || isBehindSign) && (opening?.text === "t" || (isGrouped && inside?.text === "t"));
}

/** `A{^\top}`, as `\ensuremath{^\top}` gives it: the script in the braces is of what stands before them. */
export function joinBracedScript(items: Node[]): void {
  const [before, group] = items.slice(-2);
  const [only, ...others] = group?.kind === "group" ? group.body.filter(({ kind }) => kind !== "space") : [];
  if (!before || !group || only?.kind !== "scripts" || only.base || others.length || ["space", "operator", "text", "big"].includes(before.kind)) return;
  const own = before.kind === "scripts" ? before : { base: before, sub: null, sup: null, primes: 0 };
  if ((own.sup && only.sup) || (own.sub && only.sub)) return;
  items.splice(-2, 2, { kind: "scripts", base: own.base, sub: own.sub ?? only.sub, sup: own.sup ?? only.sup, primes: own.primes + only.primes, start: before.start, end: group.end });
}

function baseOf(items: Node[]): Node | null {
  const last = items[items.length - 1];
  if (!last || last.kind === "space") return null;
  items.pop();
  return bracedOperator(last) ?? last;
}

/** `{\sum_{k=1}}^n`: the operator in the braces, whose bounds they tear apart. */
function bracedOperator(node: Node): Node | null {
  if (node.kind !== "group") return null;
  const [only, ...others] = node.body.filter(({ kind }) => kind !== "space");
  if (!only || others.length) return null;
  return only.kind === "big" || (only.kind === "scripts" && only.base?.kind === "big") ? only : null;
}

/** Reads one script; false where none comes next. */
function readScript(parser: Parser, scripts: Collected): boolean {
  const token = parser.stream.peek();
  switch (token.kind) {
    case "prime":
      parser.stream.next();
      if (scripts.sup) parser.problem("error", "double superscript", token.start, token.end);
      scripts.primes += token.text.length;
      return true;
    case "superscript":
      parser.stream.next();
      parser.scripts++;
      parser.superscripts++;
      scripts.sup = joined(parser, token, scripts.sup, scriptOf(parser, token), "superscript");
      parser.superscripts--;
      parser.scripts--;
      return true;
    case "subscript":
      parser.stream.next();
      parser.scripts++;
      scripts.sub = joined(parser, token, scripts.sub, scriptOf(parser, token), "subscript");
      parser.scripts--;
      return true;
    case "mark":
      return readSmall(parser, token, scripts);
    default:
      return false;
  }
}

/** `W^(l)`: LaTeX raises the bracket alone, which is not what anyone means; nor does it take `\sum_\limits{i}`. */
function scriptOf(parser: Parser, token: Token): Row {
  const word = parser.stream.peek();
  if (word.kind === "command" && word.text === "limits") {
    parser.stream.next();
    parser.problem("warning", `'\\limits' belongs before '${token.text}'`, token.start, word.end);
  }
  const bracketed = parser.bracketed();
  if (!bracketed) return unnested(parser.argument(token));
  parser.problem("warning", `braces are missing after '${token.text}'`, token.start, parser.stream.end);
  return [bracketed];
}

/** `X^{^\top}`: a script of nothing in a script is the script. */
function unnested(row: Row): Row {
  const [only, ...others] = row;
  return only?.kind === "scripts" && !only.base && !only.sub && only.sup && !only.primes && !others.length ? only.sup : row;
}

/** Unicode's small letters and digits: a run of them is one script. */
function readSmall(parser: Parser, first: Token, scripts: Collected): boolean {
  const command = characterCommand(first.text);
  if (command?.kind !== "script") return false;
  const row: Node[] = [];
  for (let token = first; token.kind === "mark"; token = parser.stream.peek()) {
    const small = characterCommand(token.text);
    if (small?.kind !== "script" || small.sup !== command.sup) break;
    parser.stream.next();
    appendSmall(row, small.character, token);
  }
  if (command.sup) scripts.sup = joined(parser, first, scripts.sup, row, "superscript");
  else scripts.sub = joined(parser, first, scripts.sub, row, "subscript");
  return true;
}

function appendSmall(row: Node[], character: string, place: Token): void {
  const { start, end } = place;
  const last = row[row.length - 1];
  if (/\d/.test(character)) {
    if (last?.kind === "number") row[row.length - 1] = { ...last, text: last.text + character, end };
    else row.push({ kind: "number", text: character, start, end });
    return;
  }
  const command = characterCommand(character);
  if (command?.kind === "symbol") row.push({ kind: "symbol", name: command.name, font: "", start, end });
  else if (command?.kind === "operator") row.push({ kind: "operator", name: command.name, class: command.class, start, end });
  else if (command?.kind === "delimiter") row.push({ kind: "operator", name: character, class: "punctuation", start, end });
  else row.push({ kind: "symbol", name: character, font: "", start, end });
}

function joined(parser: Parser, token: Token, old: Row | null, added: Row, which: "superscript" | "subscript"): Row | null {
  if (!old) return added.length ? added : null;
  parser.problem("error", `double ${which}`, token.start, parser.stream.end);
  return [...old, ...added];
}

/** `^{\prime}`, `^{'}` and `^{\prime\top}` are primes written at length. */
function takePrimes(scripts: Collected): void {
  for (;;) {
    const first = scripts.sup?.[0];
    if (!scripts.sup || !first) return;
    const rest = scripts.sup.slice(1);
    if (first.kind === "symbol" && first.name === "prime") {
      scripts.primes++;
      scripts.sup = rest.length ? rest : null;
    } else if (first.kind === "scripts" && !first.base && !first.sub && first.primes) {
      scripts.primes += first.primes;
      const sup = [...(first.sup ?? []), ...rest];
      scripts.sup = sup.length ? sup : null;
    } else return;
  }
}
