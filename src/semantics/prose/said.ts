/**
 * What a sentence has said so far, gathered by symbol. Here facts meet what
 * they cannot be said of: a number is not symmetric, $y$ is no activation
 * function, and "not symmetric" declares no symmetry.
 */
import type { Span } from "../../base/span";
import { wordOf } from "../expression/words";
import type { SymbolExpr } from "../expression/types";
import type { Item } from "./items";
import type { MathInfo } from "./math";
import { spectra } from "./meanings";
import type { ClauseCue, Declaration, Fact, Part, PropertyName } from "./types";

/** How a fact is said: which clause, of which part, negated or not. */
export interface Manner {
  readonly part: Part | null;
  readonly negated: boolean;
  readonly cue: ClauseCue | null;
  readonly reach: Declaration["reach"];
}

interface Entry {
  readonly subject: SymbolExpr;
  readonly formula: number;
  readonly manner: Manner;
  readonly facts: Fact[];
  readonly words: string[];
  start: number;
  end: number;
}

export class Said {
  private readonly entries: Entry[] = [];
  private readonly bySubject = new Map<SymbolExpr, Entry[]>();

  /** Symbols of which something is said that can only be of others: vectors that are orthogonal. */
  readonly misfits: SymbolExpr[] = [];

  constructor(private readonly formulas: readonly number[]) {}

  /** Of all symbols that the formula is about, and of what goes with them. */
  add(math: MathInfo, facts: readonly Fact[], words: Span & { readonly words: string }, manner: Manner): void {
    const converted = facts.flatMap((fact) => convert(fact, manner));
    for (const subject of math.subjects) this.addTo(subject, converted.filter((fact) => fits(fact, subject, math)), math, words, manner);
    this.misfits.push(...math.subjects.filter((subject) => converted.some((fact) => fact.kind === "property" && !fits(fact, subject, math))));
    const acting = converted.filter((fact) => fact.kind === "elementwise" || fact.kind === "rowwise" || fact.kind === "columnwise");
    const kinds = math.applied ? [] : converted.filter(isOfFunctions);
    for (const fn of math.functions) this.addTo(fn, [...acting, ...kinds], math, words, manner);
    const inherited = converted.filter((fact) => fact.kind === "structured" || fact.kind === "unconstrained" || (fact.kind === "property" && inverseToo.has(fact.name)));
    for (const symbol of math.inverses) this.addTo(symbol, inherited, math, words, manner);
    if (math.gram && converted.some((fact) => fact.kind === "property" && !fact.negated && (fact.name === "invertible" || fact.name === "positiveDefinite"))) this.addTo(math.gram, [{ kind: "property", name: "fullColumnRank", negated: false, of: null }], math, words, manner);
  }

  /** Whether something was declared symmetric in the sentence. */
  symmetric(): readonly SymbolExpr[] {
    return this.entries.filter(({ facts }) => facts.some((fact) => fact.kind === "property" && fact.name === "symmetric" && !fact.negated)).map(({ subject }) => subject);
  }

  addTo(subject: SymbolExpr, facts: readonly Fact[], math: Pick<MathInfo, "formula">, words: Span & { readonly words: string }, manner: Manner): void {
    const own = this.bySubject.get(subject) ?? [];
    const told = facts.filter((fact) => !own.some((entry) => entry.facts.some((other) => excludes(other, fact))));
    if (!told.length) return;
    const known = own.find((entry) => entry.manner.cue === manner.cue);
    const entry = known ?? { subject, formula: math.formula, manner, facts: [], words: [], start: words.start, end: words.end };
    if (!known) this.entries.push(entry);
    if (!known) this.bySubject.set(subject, [...own, entry]);
    entry.facts.push(...told.filter((fact) => !entry.facts.some((other) => same(fact, other))));
    if (words.words && entry.words[entry.words.length - 1] !== words.words) entry.words.push(words.words);
    entry.start = Math.min(entry.start, words.start);
    entry.end = Math.max(entry.end, words.end);
  }

  declarations(): Declaration[] {
    return this.entries.map(({ subject, formula, manner, facts, words, start, end }) => ({ subject, facts, span: { start, end }, words: words.join(" "), cue: manner.cue, reach: manner.reach, formula, formulas: this.formulas }));
  }
}

const inverseToo: ReadonlySet<PropertyName> = new Set(["symmetric", "positiveDefinite", "orthogonal", "diagonal", "invertible", "upperTriangular", "lowerTriangular"]);
export const ofMatrices: ReadonlySet<PropertyName> = new Set(["symmetric", "skew", "positiveDefinite", "positiveSemidefinite", "orthogonal", "orthonormalColumns", "orthonormalRows", "diagonal", "idempotent", "invertible", "fullRank", "fullColumnRank", "fullRowRank", "upperTriangular", "lowerTriangular"]);

function same(a: Fact, b: Fact): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** "a singular value $\sigma$ and $u$, $v$ are the singular vectors": σ is none of these. */
function excludes(known: Fact, fact: Fact): boolean {
  return known.kind === "spectrum" && fact.kind === "spectrum" && known.part.endsWith("alue") !== fact.part.endsWith("alue");
}

/** A property of the rows or columns says something of the whole; only properties can be denied. */
function convert(fact: Fact, { part, negated }: Manner): Fact[] {
  if (fact.kind !== "property") return negated || (part !== null && fact.kind === "role") ? [] : [fact];
  const is = negated ? !fact.negated : fact.negated;
  if (part === null || part === "entries" || fact.of) return [{ ...fact, negated: is }];
  const whole = ofAll(fact.name, part);
  return [whole ? { kind: "property", name: whole, negated: is, of: null } : { ...fact, negated: is, of: part }];
}

function ofAll(name: PropertyName, part: "rows" | "columns"): PropertyName | null {
  switch (name) {
    case "orthogonal":
      return part === "rows" ? "orthonormalRows" : "orthonormalColumns";
    case "sumsToOne":
      return part === "rows" ? "stochastic" : "columnStochastic";
    case "oneHot":
      return part === "rows" ? null : "columnOneHot";
    case "positive":
    case "nonnegative":
    case "binary":
      return name;
    default:
      return null;
  }
}

function fits(fact: Fact, subject: SymbolExpr, math: MathInfo): boolean {
  const known = subject.name.length > 1 && wordOf(subject.name) !== undefined;
  if (known) return fact.kind === "elementwise" || fact.kind === "rowwise" || fact.kind === "columnwise" || fact.kind === "vecColumns" || fact.kind === "vecRows";
  switch (fact.kind) {
    case "property":
      // "the distribution $p(y|x)$" is a function, and no vector whose entries sum to one.
      if (fact.name === "sumsToOne" && math.applied) return false;
      return !(ofMatrices.has(fact.name) && fact.of === null && (math.rank === 0 || math.rank === 1));
    case "named":
      return mayBeFunction(subject, math);
    case "role":
      // "the previous time step $\mathbf{h}_2$" is no index, and "functions $Y = f(X)$" speaks of f.
      if (fact.role === "index") return /^[a-zA-Z]$/.test(subject.name) && subject.font === "" && subject.subscripts.length === 0;
      return !isOfFunctions(fact) || math.applied || math.functions.length === 0;
    default:
      return true;
  }
}

function isOfFunctions(fact: Fact): boolean {
  return fact.kind === "role" && (fact.role === "function" || fact.role === "scalarFunction" || fact.role === "vectorFunction");
}

const functionLetters: ReadonlySet<string> = new Set(["sigma", "varsigma", "phi", "varphi", "psi", "rho", "Phi", "Psi", "sigmoid", "act", "f", "g", "h", "S", "T", "F", "G", "theta"]);

const functionWord = /function|activation|函数|函數|関数|함수|funci|fun[cç][aã]o|fonction|funktion|функц|hàm/;

/** Whether the words can be of these symbols: "the sigmoid $\sigma$" but not "the sigmoid $a$"; the covariance of two numbers is no matrix. */
export function isNamedFor({ fact, named, words }: Pick<Item, "fact" | "named" | "words">, math: MathInfo): boolean {
  const key = fact?.key;
  if (key === "exists") return math.inverses.length > 0 && math.subjects.length === 0;
  // A matrix has eigenvalues and is none.
  if (key && Object.hasOwn(spectra, key)) return math.subjects.every(({ name }) => !/^[A-DF-Z]/.test(name));
  const naming = (named !== null && !functionWord.test(words)) || key === "activation";
  if (naming && !math.subjects.some((symbol) => mayBeFunction(symbol, math)) && math.functions.length === 0) return false;
  if (key === "projection" && words.includes("projection matri")) return math.subjects.every(({ name }) => /^(P|H|M|Q|R|Pi)$/.test(name));
  return !(key === "covariance" || key === "precision" || key === "gram" || key === "projection") || math.subjects.every(({ name }) => /^[A-Z]/.test(name));
}

/** "$\sigma$ is the logistic sigmoid" names a function; "$\hat y$ is the softmax" its value. */
function mayBeFunction(symbol: SymbolExpr, math: MathInfo): boolean {
  return math.called || (functionLetters.has(symbol.name) && symbol.accents.length === 0 && (!math.relation || math.applied)) || (math.expr?.kind === "apply" && math.expr.fn === symbol);
}
