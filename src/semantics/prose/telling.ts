/**
 * Handing facts to the symbols that they are said of: at once, or when the
 * predicate is over ("respectively" deals them out), or when the formula that a
 * description leads up to is reached.
 */
import { same } from "../../base/same";
import type { SymbolExpr } from "../expression/types";
import type { State } from "./clause-state";
import { factsOf, type Item } from "./items";
import type { Language } from "./languages/language";
import type { MathInfo } from "./math";
import { isNamedFor, type Manner, Said } from "./said";
import type { ClauseCue, Declaration, Fact, Part } from "./types";

export interface Description {
  readonly facts: readonly Fact[];
  readonly item: Item;
  readonly negated: boolean;
}

interface Predicate {
  readonly targets: readonly MathInfo[];
  readonly said: { readonly facts: readonly Fact[]; readonly item: Item; readonly manner: Manner; readonly chunk: number }[];
  /** Counts the commas and "and"s. */
  chunk: number;
}

export class Telling {
  cue: ClauseCue | null = null;
  /** After "if", "for": what is said holds in the sentence. */
  conditional = false;
  /** Where in the sentence the reader is. */
  at = 0;
  /** Rows or columns of a matrix that are named next. */
  slices: { readonly part: Part; readonly matrix: MathInfo } | null = null;
  private pending: Predicate | null = null;
  /** "respectively" stands before the descriptions: "$a$ 和 $b$ 分别为向量和常数". */
  private dealing = false;
  /** What leads up to a formula further on, by its place. */
  private readonly coming = new Map<number, Description[]>();
  private readonly said: Said;

  constructor(
    private readonly items: readonly Item[],
    private readonly language: Language,
  ) {
    this.said = new Said(items.flatMap(({ math }) => (math && math.formula >= 0 ? [math.formula] : [])));
  }

  declarations(): Declaration[] {
    return this.said.declarations();
  }

  /** Letters of which something is said that can only be of others. */
  get misfits(): readonly SymbolExpr[] {
    return this.said.misfits;
  }

  /** Said in a predicate of these topics. */
  tell(state: State, targets: readonly MathInfo[], facts: readonly Fact[], item: Item): void {
    const named = targets.filter((math) => isNamedFor(item, math));
    if (!named.length) return;
    const manner = this.manner(state.negated, state.part);
    if (facts.some(isOfSymmetry)) return this.tellOfSymmetry(named, facts, item, manner);
    if (this.pending?.targets.length !== targets.length || this.pending.targets.some((one, i) => one !== targets[i])) {
      this.flush(false);
      this.pending = { targets, said: [], chunk: 0 };
    }
    this.pending.said.push({ facts, item, manner, chunk: this.pending.chunk });
  }

  add(math: MathInfo, { facts, item, negated }: Description): void {
    this.said.add(math, facts, item, this.manner(negated));
  }

  addTo(symbol: MathInfo["subjects"][number], facts: readonly Fact[], math: Pick<MathInfo, "formula">, item: Item): void {
    this.said.addTo(symbol, facts, math, item, this.manner(false));
  }

  /** Said of the formula at `ahead`, once it is reached. */
  announce(ahead: number, description: Description): void {
    const math = this.items[ahead]?.math;
    if (math && isNamedFor(description.item, math)) this.coming.set(ahead, [...this.announced(ahead), description]);
  }

  announced(at: number): readonly Description[] {
    return this.coming.get(at) ?? [];
  }

  /** The formula is a row or column of what was named before. */
  slice(math: MathInfo, item: Item): void {
    const [matrix] = this.slices?.matrix.subjects ?? [];
    const [symbol] = math.subjects;
    if (this.slices && matrix && symbol) this.addTo(symbol, [sliceFact(this.slices.part, matrix, math.transposed)], math, { ...item, words: this.slices.part });
    this.slices = null;
  }

  nextChunk(): void {
    if (this.pending) this.pending.chunk++;
  }

  /** The predicate is over; "respectively" gives each topic its own description. */
  flush(respectively: boolean): void {
    const { pending, dealing } = this;
    this.pending = null;
    this.dealing = pending ? false : dealing || respectively;
    if (!pending) return;
    const chunks = [...new Set(pending.said.map(({ chunk }) => chunk))];
    const inTurn = respectively || dealing;
    const deal = (inTurn || tellsKinds(pending)) && chunks.length === pending.targets.length && chunks.length > 1;
    const mixed = (inTurn && chunks.length > 1) || isMixed(pending.said.flatMap(({ facts }) => facts));
    for (const { facts, item, manner, chunk } of pending.said) {
      const targets = deal ? [pending.targets[chunks.indexOf(chunk)] as MathInfo] : pending.targets.filter((math) => isNamedFor(item, math));
      for (const target of targets) this.said.add(target, deal ? facts : facts.flatMap((fact) => sharedOut(fact, target, targets, mixed)), item, manner);
    }
  }

  /** "the structured derivative", in a sentence that calls a matrix symmetric; whether it was one. */
  tellSymmetric(item: Item): boolean {
    const facts = factsOf(item).filter(isOfSymmetry);
    const symmetric = facts.length ? this.said.symmetric() : [];
    for (const symbol of symmetric) this.addTo(symbol, facts, { formula: -1 }, item);
    return symmetric.length > 0;
  }

  /** How the entries of a symmetric matrix vary is said of it, wherever in the sentence. */
  private tellOfSymmetry(targets: readonly MathInfo[], facts: readonly Fact[], item: Item, manner: Manner): void {
    this.flush(false);
    const symmetric = this.said.symmetric();
    if (manner.part !== null || !symmetric.length) for (const target of targets) this.said.add(target, facts, item, manner);
    else for (const symbol of symmetric) this.said.addTo(symbol, facts, { formula: targets[0]?.formula ?? -1 }, item, manner);
  }

  private manner(negated: boolean, part: Part | null = null): Manner {
    return { part, negated, cue: this.cue, reach: this.conditional || this.isHypothesis() ? "sentence" : "document" };
  }

  /** Whether "if" ends the clause, in languages that put it there. */
  private isHypothesis(): boolean {
    if (!this.language.conditionLast) return false;
    for (let i = this.at; i < this.items.length && i < this.at + 12; i++) {
      if (this.items[i]?.mark === ",") return false;
      if (this.items[i]?.grammar.has("if")) return true;
    }
    return false;
  }
}

/** "$\\lambda_i$ and $v_i$ are the eigenvalues and eigenvectors", "a matrix and an $m \\times n$ matrix": each is one of them. */
function tellsKinds({ said }: Predicate): boolean {
  const chunks = new Map<number, Set<string>>();
  for (const { facts, chunk } of said) chunks.set(chunk, new Set([...(chunks.get(chunk) ?? []), ...facts.flatMap(kindOf)]));
  return [...chunks.values()].every(({ size }) => size === 1);
}

/** What nothing is two of. */
function kindOf(fact: Fact): string[] {
  if (fact.kind === "spectrum") return [fact.part];
  if (fact.kind === "named") return [fact.function];
  if (fact.kind === "elementwise") return ["function"];
  if (fact.kind === "shape") return [fact.dims.length === 1 ? "vector" : "matrix"];
  const rank = fact.kind === "role" ? /(scalar|vector|matrix|constant)$/i.exec(fact.role)?.[0] : undefined;
  return rank ? [rank.toLowerCase()] : [];
}

/** Whether it cannot all be said of one letter. */
export function isMixed(facts: readonly Fact[]): boolean {
  const sizes = facts.flatMap((fact) => (fact.kind === "shape" ? [fact.dims] : []));
  return new Set(facts.flatMap(kindOf)).size > 1 || sizes.some((dims) => !same(dims, sizes[0]));
}

/** What is said of all of several: of $\\Phi$ and $\\phi$, "the cdf and the pdf of …", the capital is the distribution function; "$f$ and $g$ are tanh or ReLU" tells of none which it is. */
function sharedOut(fact: Fact, target: MathInfo, targets: readonly MathInfo[], mixed: boolean): Fact[] {
  if (targets.length === 1) return [fact];
  if (fact.kind !== "named" || !distributions.has(fact.function)) return mixed && kindOf(fact).length ? [] : [fact];
  const isCapital = ({ subjects, functions }: MathInfo): boolean => [...functions, ...subjects].some(({ name }) => /^[A-Z]/.test(name));
  return targets.length === 2 && targets.filter(isCapital).length === 1 ? [{ ...fact, function: isCapital(target) ? "normalCdf" : "normalPdf" }] : [];
}

const distributions: ReadonlySet<string> = new Set(["normalCdf", "normalPdf"]);

function isOfSymmetry(fact: Fact): boolean {
  return fact.kind === "structured" || fact.kind === "unconstrained";
}

export function sliceFact(part: Part, matrix: MathInfo["subjects"][number], turned = false): Fact {
  return part === "rows" ? { kind: "rowsOf", matrix, turned } : { kind: part === "columns" ? "columnsOf" : "entriesOf", matrix };
}
