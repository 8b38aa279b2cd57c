/**
 * Symbolic sizes: which of them the document makes equal, and what number each
 * gets in a trial.
 */
import { hashString } from "../../base/random";
import type { Expr } from "../expression";
import { baseKey, fullKey } from "./key";

/** What is added up: names first, in one order. */
export function inOrder(keys: readonly string[]): string[] {
  const isNumber = (key: string): boolean => /^\d/.test(key);
  return [...keys].sort((a, b) => Number(isNumber(a)) - Number(isNumber(b)) || (a < b ? -1 : a > b ? 1 : 0));
}

/** The key of a size: a name, a number, or a small arithmetic expression. Null where it is none. */
export function sizeKey(expr: Expr): string | null {
  switch (expr.kind) {
    case "number":
      return expr.denominator === 1 ? String(expr.numerator) : null;
    case "symbol":
      return expr.font === "mathbb" ? null : fullKey(expr).replace(/\s/g, "");
    case "sum": {
      const parts = expr.terms.map((term) => ({ sign: term.sign, key: sizeKey(term.expr) }));
      if (parts.some((part) => part.key === null)) return null;
      // `n + m` and `m + n` are one size.
      if (parts.every(({ sign }) => sign > 0)) return inOrder(parts.map(({ key }) => key as string)).join("+");
      return parts.map((part, index) => (part.sign < 0 ? "-" : index ? "+" : "") + part.key).join("");
    }
    case "product": {
      const parts = expr.factors.map(sizeKey);
      return parts.some((part) => part === null) || expr.operators.includes("\\otimes") || expr.operators.includes("\\oplus") ? null : parts.join("*");
    }
    case "power": {
      const [base, times] = [sizeKey(expr.base), expr.exponent.kind === "number" ? expr.exponent.numerator / expr.exponent.denominator : 0];
      return base !== null && !/[-+]/.test(base) && (times === 2 || times === 3) ? new Array<string>(times).fill(base).join("*") : null;
    }
    case "quotient": {
      // `n(n+1)/2`: how many entries a triangle has.
      const half = expr.denominator.kind === "number" && expr.denominator.numerator === 2 && expr.denominator.denominator === 1 ? sizeKey(expr.numerator) : null;
      const [, first, second] = /^(.+?)\*(.+)$/.exec(half ?? "") ?? [];
      if (!first || !second) return null;
      return second === successor(first) ? triangleOf(first) : first === successor(second) ? triangleOf(second) : null;
    }
    case "bars":
      return expr.body.kind === "symbol" ? `|${baseKey(expr.body)}|` : null;
    default:
      return null;
  }
}

/** The number of entries on and below the diagonal of a square matrix, `△n`. */
export function triangleOf(key: string): string {
  const n = Number(key);
  return /^\d+$/.test(key) ? String((n * (n + 1)) / 2) : `△${key}`;
}

/** The size that is larger by one. */
export function successor(key: string): string {
  if (/^\d+$/.test(key)) return String(Number(key) + 1);
  return key.endsWith("-1") ? key.slice(0, -2) : `${key}+1`;
}

/** That a size was given a representative, and the one that it had. */
export interface Equated {
  readonly key: string;
  readonly root: string;
  readonly before: string | undefined;
}

/** Classes of sizes known to be equal. A number represents its class before a name, a name before an inferred size. */
export class SizeClasses {
  private readonly parent = new Map<string, string>();
  /** What was found equal here, in order. */
  readonly log: Equated[] = [];
  /** Stands for all that is known: equal for equal classes. */
  state: number;

  constructor(
    private readonly base: SizeClasses | null = null,
    private readonly unknowns: { count: number } = { count: 0 },
  ) {
    this.state = base?.state ?? 0;
  }

  /** What is found out in a branch stays there. */
  branch(): SizeClasses {
    return new SizeClasses(this, this.unknowns);
  }

  /** The same for a claim of its own: it names its unknown sizes as if there were no other claims. */
  fork(): SizeClasses {
    return new SizeClasses(this, { count: this.unknowns.count });
  }

  /** A size about which nothing is known yet. */
  unknown(): string {
    return `?${++this.unknowns.count}`;
  }

  /** The length of something that is called a vector: not known, and not 1. */
  length(): string {
    return `${this.unknown()}v`;
  }

  find(key: string): string {
    let root = key;
    for (let next = this.over(root); next !== undefined; next = this.over(root)) root = next;
    return root;
  }

  /** Makes two sizes equal; false where both are known and differ. */
  unify(a: string, b: string): boolean {
    const [left, right] = this.uncommon(this.find(a), this.find(b));
    if (left === right) return true;
    if (left.startsWith("△") && right.startsWith("△")) return this.unify(left.slice(1), right.slice(1));
    const [own, others] = [left, right].map((size) => size.split("*")) as [string[], string[]];
    // Products of unknown sizes are equal factor by factor, as those of Kronecker products are.
    if (own.length > 1 && own.length === others.length && [...own, ...others].every((factor) => factor.startsWith("?"))) return own.every((factor, at) => this.unify(factor, others[at] as string));
    // So are sums of which some are unknown, part by part, as those of blocks beside blocks are.
    const [mine, theirs] = [left, right].map((size) => (/[-*△{}()[\]]/.test(size) ? [] : size.split("+").map((part) => this.find(part)))) as [string[], string[]];
    if (mine.length > 1 && mine.length === theirs.length && mine.every((part, at) => part === theirs[at] || [part, theirs[at] as string].some((one) => one.startsWith("?")))) return mine.every((part, at) => this.unify(part, theirs[at] as string));
    const summed = this.unifySum(left, right, theirs) ?? this.unifySum(right, left, mine);
    if (summed !== null) return summed;
    const [ranked, other] = rank(left) >= rank(right) ? [left, right] : [right, left];
    if (rank(other) > 0 || (ranked === "1" && this.isLength(other))) return false;
    this.put(other, ranked);
    return true;
  }

  /** A number against a sum of numbers, of which one may be unknown: 384 against `128+256`; null where it is neither. */
  private unifySum(whole: string, sum: string, parts: readonly string[]): boolean | null {
    const open = parts.filter((part) => rank(part) < 3);
    if (rank(whole) < 3 || parts.length < 2 || open.length > 1 || !open.every((part) => part.startsWith("?"))) return null;
    const rest = parts.filter((part) => rank(part) === 3).reduce((left, part) => left - Number(part), Number(whole));
    if (open.length) return rest > 0 && this.unify(open[0] as string, String(rest));
    if (rest === 0) this.put(sum, whole);
    return rest === 0;
  }

  /** Whether a number was found to be the sum of others, or part of one. */
  isReckoned(number: string): boolean {
    const isTied = ([key, root]: readonly [string, string]): boolean => /^\d+(\+\d+)+$/.test(key) && (root === number || key.split("+").includes(number));
    return [...this.parent].some(isTied) || (this.base?.isReckoned(number) ?? false);
  }

  /** Products without the factors that they share: `?1*n` against `n*n` leaves `?1` against `n`. */
  private uncommon(a: string, b: string): [string, string] {
    if (!isProduct(a) && !isProduct(b)) return [a, b];
    const left = a.split("*").map((factor) => this.find(factor));
    const right = b.split("*").map((factor) => this.find(factor));
    const rest = left.filter((factor) => {
      const at = right.indexOf(factor);
      if (at >= 0) right.splice(at, 1);
      return at < 0;
    });
    return [rest.join("*") || "1", right.join("*") || "1"];
  }

  /** Makes two sizes equal even where both have names; false only for two numbers. */
  force(a: string, b: string): boolean {
    const [left, right] = [this.find(a), this.find(b)];
    if (left === right) return true;
    const [ranked, other] = rank(left) >= rank(right) ? [left, right] : [right, left];
    if (rank(other) === 3) return false;
    this.put(other, ranked);
    return true;
  }

  /** Whether a vector's length belongs to a class. A length represents its class before other unknown sizes. */
  private isLength(root: string): boolean {
    return root.endsWith("v") && root.startsWith("?");
  }

  /** Runs a step whose unifications are undone where it returns false. */
  attempt(step: () => boolean): boolean {
    const mark = this.log.length;
    const kept = step();
    if (!kept) while (this.log.length > mark) this.undo(this.log.pop() as Equated);
    return kept;
  }

  /** Does again what was found out from the same state on. */
  redo(equated: readonly Equated[]): void {
    for (const { key, root } of equated) this.put(key, root);
  }

  private over(key: string): string | undefined {
    return this.parent.get(key) ?? this.base?.over(key);
  }

  private put(key: string, root: string): void {
    const before = this.over(key);
    this.log.push({ key, root, before });
    this.parent.set(key, root);
    this.state ^= stateOf(key, root) ^ (before === undefined ? 0 : stateOf(key, before));
  }

  private undo({ key, root, before }: Equated): void {
    if (before === undefined) this.parent.delete(key);
    else this.parent.set(key, before);
    this.state ^= stateOf(key, root) ^ (before === undefined ? 0 : stateOf(key, before));
  }
}

function stateOf(key: string, root: string): number {
  return hashString(`${key}=${root}`);
}

function isProduct(key: string): boolean {
  return key.includes("*") && !/[-+]/.test(key);
}

function rank(key: string): number {
  if (/^\d+$/.test(key)) return 3;
  if (/^\?\d+v?$/.test(key)) return key.endsWith("v") ? 0 : -1;
  return /[-+*]/.test(key.slice(1)) ? 1 : 2;
}

/** A term with its sign, and where one of its factors ends: not within the brackets of a name (`n_{l-1}`). */
const term = /([-+]?)((?:[^-+{}()[\]]|\{[^}]*\}|\([^)]*\)|\[[^\]]*\])+)/g;
const factorEnd = /\*(?![^{}]*\})/;

/** The atomic names in a size key. */
export function atomsOf(key: string): string[] {
  if (/^\?\d+v?$/.test(key)) return [key];
  if (key.startsWith("△")) return atomsOf(key.slice(1));
  return [...key.matchAll(term)].flatMap(([, , body]) => (body as string).split(factorEnd)).filter((atom) => !/^\d+$/.test(atom)).flatMap((atom) => (atom.startsWith("△") ? atomsOf(atom) : [atom]));
}

/** The number that a key has once its atoms have theirs; null below 1 or unknown. */
export function sizeValue(key: string, atoms: ReadonlyMap<string, number>): number | null {
  const direct = atoms.get(key);
  if (direct !== undefined) return direct;
  if (key.startsWith("△")) {
    const n = sizeValue(key.slice(1), atoms);
    return n === null ? null : (n * (n + 1)) / 2;
  }
  let total = 0;
  for (const [, sign, body] of key.matchAll(term)) {
    let product = 1;
    for (const factor of (body ?? "").split(factorEnd)) {
      const value = /^\d+$/.test(factor) ? Number(factor) : factor.startsWith("△") ? sizeValue(factor, atoms) : atoms.get(factor);
      if (value === undefined || value === null) return null;
      product *= value;
    }
    total += sign === "-" ? -product : product;
  }
  return Number.isInteger(total) && total >= 1 ? total : null;
}
