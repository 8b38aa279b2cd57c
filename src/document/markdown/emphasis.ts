/**
 * Which markers of emphasis, strike-through and highlighting are markup. A
 * marker that can close takes the last open one of its kind; one that finds no
 * partner stays text, as `*` does in "2 * 3".
 */
import { isSpace } from "../source";
import type { Token } from "./tokens";

export interface Run {
  readonly start: number;
  readonly end: number;
  readonly sign: "*" | "_" | "~" | "=";
}

export function pairRuns(text: string, runs: readonly Run[]): Token[] {
  const tokens: Token[] = [];
  const open: Record<Run["sign"], Run[]> = { "*": [], _: [], "~": [], "=": [] };
  for (const run of runs) {
    const partner = canClose(text, run) ? open[run.sign].pop() : undefined;
    if (partner) tokens.push(markup(partner, true), markup(run, false));
    else if (canOpen(text, run)) open[run.sign].push(run);
  }
  return tokens;
}

function markup({ start, end, sign }: Run, opens: boolean): Token {
  return sign === "~" ? { kind: "strike", start, end, opens } : { kind: "cut", start, end };
}

function canOpen(text: string, run: Run): boolean {
  if (run.end >= text.length || isSpace(text.charCodeAt(run.end))) return false;
  return run.sign !== "_" || run.start === 0 || !isWord(text.charAt(run.start - 1));
}

function canClose(text: string, run: Run): boolean {
  if (run.start === 0 || isSpace(text.charCodeAt(run.start - 1))) return false;
  return run.sign !== "_" || run.end >= text.length || !isWord(text.charAt(run.end));
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign);
}
