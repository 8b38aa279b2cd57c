/**
 * Which dollar signs of a paragraph delimit mathematics. Every pair of
 * neighbours is scored by what stands between and around; the pairing with the
 * best sum wins (dynamic programming, linear in the number of signs). So a
 * price or an unclosed `$` loses only itself: what follows finds its partners
 * again, where pairing from left to right would turn all prose into formulas.
 */
import type { Look } from "./looks";
import { isAsciiLetter, look } from "./looks";
import { isSpace } from "./source";

export interface DollarPair {
  readonly open: number;
  readonly close: number;
}

/** `dollars` are the offsets of single unescaped `$` in one paragraph, in order. */
export function pairDollars(text: string, dollars: readonly number[]): DollarPair[] {
  const count = dollars.length;
  const best = new Float64Array(count + 3);
  const partner = new Int32Array(count + 1).fill(-1);
  for (let index = count - 2; index >= 0; index--) {
    best[index] = best[index + 1] ?? 0;
    const close = partnerOf(text, dollars, index);
    const score = scorePair(text, dollars[index] ?? 0, dollars[close] ?? 0);
    if (score <= 0 || score + (best[close + 1] ?? 0) < (best[index] ?? 0)) continue;
    best[index] = score + (best[close + 1] ?? 0);
    partner[index] = close;
  }
  return walk(dollars, partner);
}

/** How much the stretch between two dollar signs looks like a formula; pairs at or below 0 are none. */
export function scorePair(text: string, open: number, close: number): number {
  const start = open + 1;
  const edges = readEdges(text, open, close);
  if (edges.blank) return -10;
  const seen = look(text, start, close);
  if (edges.digitAfter && seen.commands === 0) return -10;
  if (edges.wordAfter && seen.commands === 0 && seen.words > 0) return -10;
  if (seen.words + seen.commands + seen.signs === 0 && !/[A-Za-z0-9\u0370-\u03ff]/.test(text.slice(start, close))) return -10;
  return signsOfMaths(seen) + shortness(text, start, close) + edges.score - signsOfProse(text, start, seen);
}

/** The next sign that may close: not one inside `\text{…}`, where dollars nest. */
function partnerOf(text: string, dollars: readonly number[], index: number): number {
  const next = index + 1;
  const open = (dollars[index] ?? 0) + 1;
  for (let close = next; close < dollars.length && close <= next + 8; close += 2) {
    if (!endsInText(text, open, dollars[close] ?? 0)) return close;
  }
  return next;
}

function endsInText(text: string, start: number, end: number): boolean {
  const inside = text.slice(start, end);
  const at = Math.max(inside.lastIndexOf("\\text"), inside.lastIndexOf("\\mbox"));
  if (at < 0) return false;
  const argument = inside.slice(at);
  const brace = argument.indexOf("{");
  return brace > 0 && brace <= 12 && !argument.includes("}") && text.slice(end, end + 300).includes("}");
}

function walk(dollars: readonly number[], partner: Int32Array): DollarPair[] {
  const pairs: DollarPair[] = [];
  for (let index = 0; index < dollars.length; ) {
    const close = partner[index] ?? -1;
    if (close > index) {
      pairs.push({ open: dollars[index] ?? 0, close: dollars[close] ?? 0 });
      index = close + 1;
    } else index++;
  }
  return pairs;
}

function signsOfMaths(seen: Look): number {
  return Math.min(3, 1.5 * seen.commands + 0.8 * seen.signs);
}

function signsOfProse(text: string, start: number, seen: Look): number {
  const free = Math.max(0, seen.words - seen.proseWords - 1);
  const price = /^\d[\d.,]*(?:[kKmMbB]\b|\s|[-–/])/.test(text.slice(start, start + 12)) && seen.words > 0 ? 2 : 0;
  const shell = /^(?:[A-Z]{3,}\b(?!\s*[=$_^])|[A-Z]+_[A-Z_]+\b|\{[A-Z_]{2,}\})/.test(text.slice(start, start + 24)) ? 2 : 0;
  const run = seen.run >= 4 ? 1.5 * (seen.run - 3) : 0;
  return 1.3 * free + 2.2 * seen.proseWords + (seen.unbalanced ? 2.5 : 0) + (seen.uneven ? 1 : 0) + price + shell + run;
}

/** A lone letter or number, as `$x$` and `$n-1$`. */
function shortness(text: string, start: number, end: number): number {
  if (end - start > 24) return 0;
  const bare = text.slice(start, end).trim();
  if (/^[\p{L}\d][\p{L}\d]?'{0,2}$/u.test(bare)) return 1.5;
  return /^[^\s\d].{0,10}$/.test(bare) ? 0.5 : 0.2;
}

interface Edges {
  readonly blank: boolean;
  readonly digitAfter: boolean;
  readonly wordAfter: boolean;
  readonly score: number;
}

/** Tight delimiters speak for a formula, one loose side against it, a word grown to the outside against it. */
function readEdges(text: string, open: number, close: number): Edges {
  const before = open > 0 ? text.charCodeAt(open - 1) : 32;
  const after = close + 1 < text.length ? text.charCodeAt(close + 1) : 32;
  const openLoose = isSpace(text.charCodeAt(open + 1));
  const closeLoose = isSpace(text.charCodeAt(close - 1));
  let score = openLoose || closeLoose ? 0 : 1;
  if (openLoose !== closeLoose) score -= 1;
  if (openLoose && !isSpace(before) && !isOpening(before)) score -= 1;
  if (closeLoose && isTight(after)) score -= 1.5;
  if (isTight(after)) score -= 1;
  if (isAsciiLetter(before) || isDigit(before)) score -= 0.5;
  else if (score === 1 && !isTight(after)) score += 0.3;
  if (isTight(after) && /[:/@=,;]/.test(text.charAt(close - 1))) score -= 2;
  return { blank: isBlankBetween(text, open + 1, close), digitAfter: isDigit(after), wordAfter: isTight(after), score };
}

function isBlankBetween(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function isTight(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 92 || code === 123;
}

function isOpening(code: number): boolean {
  return code === 40 || code === 91 || code === 34 || code === 39 || code === 42 || code === 95 || code === 124 || code > 0x2000;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
