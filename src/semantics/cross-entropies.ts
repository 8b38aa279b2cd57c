/**
 * `\operatorname{CE}(y, \hat y)` and its kin, where the text does not say what
 * they are: −Σ yₖ log ŷₖ of one sample, or −y log ŷ − (1 − y) log(1 − ŷ) of the
 * probability of one class. The prediction, which texts write first or last, is
 * what a softmax or sigmoid gives, or wears a hat.
 */
import { withParts } from "../base/parts";
import { childrenOf, type Expr, plainSymbol, symbolsIn, wordOf } from "./expression";
import type { Located } from "./model";
import { fullKey } from "./symbols/key";

type Apply = Expr & { readonly kind: "apply" };

export function withCrossEntropies(all: readonly Located[]): Located[] {
  const sides = all.flatMap(({ assertion }) => assertion.sides);
  if (!sides.some(hasCrossEntropy)) return [...all];
  const chosen = new Set([...sides.flatMap(choosingIn), ...all.flatMap(classIn)]);
  const everywhere = givenIn(all);
  const sections = new Map<number, Given>();
  const givenAt = (section: number): Given => {
    let given = sections.get(section);
    if (!given) sections.set(section, (given = new Map([...everywhere, ...givenIn(all.filter((one) => one.section === section))])));
    return given;
  };
  return all.map((one) => {
    const given = givenAt(one.section);
    const inPlace = (value: unknown): unknown => {
      const expr = value as Expr | null;
      const written = typeof expr === "object" && expr?.kind === "apply" && entropyNamed(expr) && !everywhere.has(keyOf(expr)) ? writtenOut(expr, given, chosen) : null;
      return written ?? withParts(value, inPlace);
    };
    const written = one.assertion.sides.map((side) => inPlace(side) as Expr);
    return written.every((side, i) => side === one.assertion.sides[i]) ? one : { ...one, assertion: { ...one.assertion, sides: written } };
  });
}

/** What the text sets each letter equal to. */
type Given = ReadonlyMap<string, Expr>;

function givenIn(located: readonly Located[]): Given {
  return new Map(located.flatMap(({ assertion: { sides: [left, right] } }) => (left && right ? [[keyOf(left), right] as const] : [])));
}

/** Letters that number a class, below others or in `\mathbb 1[y = k]`. */
function choosingIn(expr: Expr): string[] {
  const own = expr.kind === "symbol" ? expr.subscripts.flatMap(({ expr: below }) => symbolsIn(below, false)) : expr.kind === "indicator" ? expr.condition.sides.flatMap((side) => symbolsIn(side, false)) : [];
  return [...own.map(keyOf), ...childrenOf(expr).flatMap(choosingIn)];
}

/** y of `y \in \{1, \dots, K\}`. */
function classIn({ assertion: { sides: [left, set], links } }: Located): string[] {
  const isBinary = (items: readonly Expr[]): boolean => items.length === 2 && items.every((item) => item.kind === "number" && (item.numerator === 0 || item.numerator === 1));
  return left && set?.kind === "tuple" && links[0]?.operator === "\\in" && !isBinary(set.items) ? [keyOf(left)] : [];
}

function hasCrossEntropy(expr: Expr): boolean {
  return (expr.kind === "apply" && entropyNamed(expr) !== null) || childrenOf(expr).some(hasCrossEntropy);
}

/** By which name: H may mean much else. */
function entropyNamed({ fn, args }: Apply): "binary" | "any" | "unsure" | null {
  if (args.length !== 2) return null;
  const label = [...fn.subscripts, ...fn.tags].map(({ text }) => text).join("");
  const name = /^(L|J|ell|E|C|loss|Loss)$/.test(fn.name) ? label : label === "" ? fn.name : "";
  const plain = name.replace(/[\s_\-\\]|mathrm|text|[{}]/g, "");
  if (/^(BCE|binarycrossentropy)$/i.test(plain)) return "binary";
  return /^(CE|XE|xent|crossentropy)$/i.test(plain) ? "any" : fn.name === "H" && label === "" ? "unsure" : null;
}

function writtenOut(expr: Apply, given: Given, chosen: ReadonlySet<string>): Expr | null {
  const [first, last] = expr.args as [Expr, Expr];
  const certain = [first, last].map((arg) => outputOf(arg, given));
  const hats = [first, last].map((arg) => arg.kind === "symbol" && /^(wide)?hat$/.test(arg.accents[0] ?? ""));
  const named = entropyNamed(expr);
  const at = Boolean(certain[0]) !== Boolean(certain[1]) ? certain.findIndex(Boolean) : named !== "unsure" && hats[0] !== hats[1] ? hats.findIndex(Boolean) : -1;
  if (at < 0) return null;
  const [target, output] = at === 1 ? [first, last] : [last, first];
  // Of matrices some take the mean over the samples, and others the sum.
  if (chosen.has(keyOf(target)) || symbolsIn(target, false).some(({ name }) => /^[A-Z]/.test(name))) return null;
  const place = { start: expr.start, end: expr.end };
  const log = (arg: Expr): Expr => ({ kind: "apply", fn: plainSymbol("log", "mathrm", place, []), args: [arg], certain: true, primes: 0, ...place });
  const times = (one: Expr, other: Expr): Expr => ({ kind: "product", factors: [one, other], operators: [""], ...place });
  const rest = (one: Expr): Expr => ({ kind: "sum", terms: [{ sign: 1, expr: { kind: "number", numerator: 1, denominator: 1, ...place } }, { sign: -1, expr: one }], ...place });
  if (named === "binary" || certain[at] === "sigmoid") return { kind: "sum", terms: [{ sign: -1, expr: times(target, log(output)) }, { sign: -1, expr: times(rest(target), log(rest(output))) }], ...place };
  return { kind: "sum", terms: [{ sign: -1, expr: times({ kind: "transpose", base: target, ...place }, log(output)) }], ...place };
}

/** Which function gives it. */
function outputOf(arg: Expr, given: Given): "softmax" | "sigmoid" | null {
  const value = arg.kind === "apply" ? arg : given.get(keyOf(arg));
  if (value?.kind !== "apply") return null;
  const fn = wordOf(value.fn.name)?.fn ?? value.fn.name;
  return fn === "softmax" ? "softmax" : fn === "sigmoid" || fn === "sigma" ? "sigmoid" : null;
}

function keyOf(expr: Expr): string {
  return expr.kind === "symbol" ? fullKey(expr) : expr.kind === "apply" ? `${fullKey(expr.fn)}()` : "";
}
