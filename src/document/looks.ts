/**
 * Does a stretch between two delimiters look like mathematics, or like prose
 * between a price and the next? Counted over characters, in one pass: commands,
 * scripts, operators on one side, running words on the other.
 */
import { isSpace } from "./source";

export interface Look {
  readonly commands: number;
  /** Scripts, operators, relations, brackets. */
  readonly signs: number;
  /** Words that stand free, as prose has them: not a name applied to something, not inside `\text{…}`. */
  readonly words: number;
  /** Free words that hardly occur in formulas: "and", "the", "of". */
  readonly proseWords: number;
  /** The longest run of free words with only spaces between. */
  readonly run: number;
  readonly unbalanced: boolean;
  /** More or fewer brackets open than close; `[0, 1)` is even. */
  readonly uneven: boolean;
}

const proseWord = new Set(
  "a an and are as at be but by can de der die du en et for from has have if in is it its la le les of on or our per so than that the then this to und up was we were when where which with would y you".split(" "),
);

/** Commands whose argument is words, or a name. */
const wordy = /^(?:text\w*|mbox|hbox|math(?:rm|bf|sf|it|tt|cal|bb|scr|frak|op|normal)|operatorname|begin|end|label|tag|color|textcolor|ref|eqref|bm|boldsymbol|mathop|intertext|shortintertext|cite|style|class|cssId|href|require)$/;

/** An argument of words that has not ended by then is taken as not closed. */
const longestArgument = 600;

export function look(text: string, start: number, end: number): Look {
  const tally = new Tally(text, start, end);
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 92) at = tally.command(at);
    else if (isLetter(code)) at = tally.word(at);
    else if (code === 37) at = afterComment(text, at, end);
    else tally.sign(code, at++);
  }
  return tally.look();
}

class Tally {
  private commands = 0;
  private signs = 0;
  private words = 0;
  private proseWords = 0;
  private run = 0;
  private longest = 0;
  private depth = 0;
  private broken = false;
  private brackets = 0;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  command(at: number): number {
    const name = commandEnd(this.text, at + 1, this.end);
    if (name === at + 1) return at + 2;
    this.commands++;
    this.run = 0;
    return skipWords(this.text, at + 1, name, this.end);
  }

  word(at: number): number {
    let stop = at + 1;
    while (stop < this.end && (isLetter(this.text.charCodeAt(stop)) || isApostrophe(this.text, stop, this.end))) stop++;
    if (isFree(this.text, at, stop, this.start, this.end)) this.freeWord(this.text.slice(at, stop));
    else this.run = 0;
    return stop;
  }

  sign(code: number, at: number): void {
    if (code === 123) this.depth++;
    else if (code === 125) this.broken = --this.depth < 0 || this.broken;
    else if (isSign(code)) this.signs++;
    if (code === 40 || code === 91) this.brackets++;
    else if (code === 41 || code === 93) this.brackets--;
    if (!isSpace(this.text.charCodeAt(at))) this.run = 0;
  }

  look(): Look {
    const { commands, signs, words, proseWords } = this;
    return { commands, signs, words, proseWords, run: this.longest, unbalanced: this.broken || this.depth !== 0, uneven: this.brackets !== 0 };
  }

  private freeWord(word: string): void {
    // Two ideographs make about a word.
    const weight = word.charCodeAt(0) > 0x2e7f ? Math.ceil(word.length / 2) : 1;
    const isProse = word.length > 1 ? proseWord.has(word.toLowerCase()) : word === "a" && this.run > 0;
    if (isProse) this.proseWords++;
    if (isProse || word.length >= 3 || word.charCodeAt(0) > 0x2e7f) this.words += weight;
    if (isProse || word.length >= 2) this.longest = Math.max(this.longest, (this.run += weight));
  }
}

/** Whether a stretch that has been found between display delimiters, across blank lines, is prose after all. */
export function isProse(text: string, start: number, end: number): boolean {
  const { run, words, proseWords, commands, signs } = look(text, start, end);
  return run >= 4 || (run >= 3 && proseWords >= 1) || (words >= 6 && proseWords >= 2) || (words >= 3 && commands + signs === 0);
}

/** A comment that ends before the stretch does says nothing of it; "5% of" is none. */
function afterComment(text: string, at: number, end: number): number {
  const newline = at > 0 && isSpace(text.charCodeAt(at - 1)) ? text.indexOf("\n", at) : -1;
  return newline < 0 || newline >= end ? at + 1 : newline;
}

/**
 * Whether what stands between `\(` and `\)`, or `\[` and `\]`, is a formula rather
 * than words in brackets that were escaped for Markdown. `bare` letters count
 * where the brackets are round: `\(x\)`.
 */
export function isBracketed(text: string, start: number, end: number, bare: boolean): boolean {
  const seen = look(text, start, end);
  const content = text.slice(start, end);
  if (content.trim() === "" || content.includes("](") || content.includes("://") || isProse(text, start, end)) return false;
  return seen.commands > 0 || /[=^_<>+|]/.test(content) || (bare && seen.words === 0 && /[^\s\d.,–-]/.test(content));
}

function commandEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isAsciiLetter(text.charCodeAt(at))) at++;
  return at;
}

/** After a command, and after its argument where that is words. */
function skipWords(text: string, from: number, to: number, end: number): number {
  let at = text[to] === "*" ? to + 1 : to;
  while (at < end && text[at] === " ") at++;
  if (text[at] !== "{" || !wordy.test(text.slice(from, to))) return to;
  let depth = 0;
  for (let index = at; index < end && index < at + longestArgument; index++) {
    const code = text.charCodeAt(index);
    if (code === 92) index++;
    else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return index + 1;
  }
  return to;
}

/** A word with space or punctuation around it: neither applied (`softmax(`), nor scripted, nor in a script. */
function isFree(text: string, from: number, to: number, start: number, end: number): boolean {
  if (from > start && !/[\s,.;:!?)("'“”‘’$—–、。，；：（）\u2e80-\uffef]/.test(text.charAt(from - 1))) return false;
  return to >= end || !/[([{_^=+*/|\d\\]/.test(text.charAt(to));
}

function isApostrophe(text: string, at: number, end: number): boolean {
  return (text[at] === "'" || text[at] === "’") && at + 1 < end && isLetter(text.charCodeAt(at + 1));
}

function isSign(code: number): boolean {
  return code === 94 || code === 95 || code === 61 || code === 43 || code === 60 || code === 62 || code === 42 || code === 47 || code === 124 || code === 91 || code === 93 || (code >= 0x2190 && code <= 0x22ff);
}

export function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isLetter(code: number): boolean {
  return isAsciiLetter(code) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || (code >= 0x370 && code <= 0x1fff) || (code >= 0x3041 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3);
}
