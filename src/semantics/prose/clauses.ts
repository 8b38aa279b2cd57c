/**
 * What a sentence says of its symbols. One walk from left to right that knows
 * what the clause is about: words after a formula are about it ("$A$ and $B$
 * are symmetric", "$X$ invertible"), a noun phrase before one leads up to it
 * ("a symmetric matrix $A$"), and words about something else ("its inverse is
 * positive", "the gradient of $f$ is zero") are about no symbol at all.
 */
import type { SymbolExpr } from "../expression";
import { isIndexLetter } from "../symbols/table";
import { Ahead, isArticle, isPlainWord, isCopula } from "./ahead";
import { choose, described, hasSubject, initial, type State, type VerbNumber } from "./clause-state";
import { factorsOf } from "./decompositions";
import { factsOf, type Item } from "./items";
import type { Language } from "./languages/language";
import type { MathInfo } from "./math";
import { clauseCues, type GrammarKey, relations, spectra } from "./meanings";
import { ofMatrices } from "./said";
import { type Description, Telling } from "./telling";
import { readNamedLoss, readPart, readRelation, readSpectrum, tellSizes, type Walk } from "./ties";
import type { ClauseCue, Declaration, Decomposition, Fact } from "./types";

export interface ClauseReading {
  readonly declarations: readonly Declaration[];
  /** Descriptions that are of no symbol. */
  readonly loose: readonly Item[];
  /** What the sentence was about last, for "it is symmetric" after it. */
  readonly topics: readonly MathInfo[];
  /** Letters described by words that the tables do not know. */
  readonly unread: readonly SymbolExpr[];
}

/** `before`: what the sentence before was about; `spoken`: all formulas of the paragraph before it. */
export function readClauses(items: readonly Item[], language: Language, before: readonly MathInfo[], spoken: readonly MathInfo[]): ClauseReading {
  return new ClauseReader(items, language, before, spoken).read();
}

const beforeSides: ReadonlySet<string> = new Set(Object.entries(relations).flatMap(([key, { side }]) => (side === "before" ? [key] : [])));

const ranks: ReadonlyMap<string, 1 | 2> = new Map([["matrix", 2], ["squareMatrix", 2], ["vector", 1], ["columnVector", 1], ["rowVector", 1]]);

/** What opens a clause that says how it is, whatever the rest of the sentence leaves open. */
const settling: ReadonlySet<ClauseCue> = new Set(["let", "where", "given", "since"]);

class ClauseReader implements Walk {
  state: State = { ...initial };
  /** What the sentence was about where a parenthesis opened. */
  private readonly outer: State[] = [];
  readonly taken = new Set<number>();
  argumentUntil = -1;
  skipUntil = -1;
  /** Of a plural noun: also of the symbols listed after it. */
  private spread: readonly Description[] = [];
  private decomposition: Decomposition | null = null;
  /** "the learning rate is": descriptions that a verb follows. */
  private worded: Description[] = [];
  private readonly loose: Item[] = [];
  private readonly unread: SymbolExpr[] = [];
  readonly telling: Telling;
  readonly ahead: Ahead;

  constructor(
    readonly items: readonly Item[],
    private readonly language: Language,
    private readonly before: readonly MathInfo[],
    private readonly spoken: readonly MathInfo[],
  ) {
    this.telling = new Telling(items, language);
    this.ahead = new Ahead(items, language);
  }

  read(): ClauseReading {
    this.items.forEach((item, at) => this.step(item, at));
    this.telling.flush(false);
    const loose = this.loose.filter((item) => !this.telling.tellSymmetric(item));
    const topics = this.state.targets.length ? this.state.targets : this.state.topics;
    const declarations = this.telling.declarations();
    const unread = [...this.unread, ...this.telling.misfits];
    if (!this.isUnsettled()) return { declarations, loose, topics, unread };
    const said = declarations.map((one) => ({ ...one, facts: one.facts.filter((fact) => fact.kind !== "property" || fact.negated || (one.cue !== null && settling.has(one.cue))) }));
    return { declarations: said.filter(({ facts }) => facts.length), loose, topics, unread: [...unread, ...declarations.flatMap(({ subject, facts }, at) => (facts.length > (said[at]?.facts.length ?? 0) ? [subject] : []))] };
  }

  /** "We do not assume that $A$ is symmetric", "Is $A$ symmetric?" */
  private isUnsettled(): boolean {
    return this.items.some(({ grammar }) => grammar.has("unsettled")) || (isCopula(this.items[0]) && this.items[this.items.length - 1]?.mark === "?");
  }

  private step(item: Item, at: number): void {
    this.telling.at = at;
    if (at <= this.skipUntil) return;
    if (item.mark !== null) return this.mark(item.mark, at);
    if (item.dims) return this.describe(item, [{ kind: "shape", dims: item.dims }], at);
    if (item.tuple) return this.size(item, item.tuple, at);
    if (item.math) return this.math(item.math, at);
    if (item.decomposition) this.decompose(item.decomposition, item, at);
    if (item.fact && Object.hasOwn(spectra, item.fact.key) && readSpectrum(this, item, at)) return;
    if (item.fact && readNamedLoss(this, item, at)) return;
    if (item.relation && readRelation(this, item, item.relation, at)) return;
    if (item.part && readPart(this, item, item.part, at)) return;
    if (item.fact && this.namesAll(item, at)) return;
    if (item.fact || item.named !== null) return this.describe(item, factsOf(item), at);
    const verb = this.state.mode === "apposed" && !this.state.broken ? [...item.grammar].find(isVerb) : undefined;
    for (const key of verb ? [verb] : item.grammar) this.grammar(key, at);
    if (item.mark === null && !isPlainWord(item)) this.state.titled = isArticle(item) && Boolean(this.items[at - 1]?.math);
    if (isPlainWord(item)) this.plainWord(item, at);
  }

  /** "$X = U \\Sigma V^\\top$ is the singular value decomposition of $X$", or words that lead up to the formula. */
  private decompose(which: Decomposition, item: Item, at: number): void {
    const { mode, topics } = this.state;
    const said = mode === "none" || this.ahead.forward(at) >= 0 ? undefined : topics[topics.length - 1];
    if (said?.value) for (const { symbol, facts } of factorsOf(said.value, which)) this.telling.addTo(symbol, facts, said, item);
    else this.decomposition = which;
  }

  private mark(mark: string, at: number): void {
    const { state } = this;
    state.negated = false;
    if (mark === "(") {
      this.outer.push({ ...state });
      const before = this.items[at - 1];
      // "$A$ is the adjacency matrix (symmetric)": the noun before it is what $A$ is.
      const close = before?.math || (state.mode === "predicate" && !state.stopped && (!state.apart || before?.fact?.noun === true));
      this.state = { ...state, mode: state.topics.length && close ? "apposed" : "none", targets: state.mode === "predicate" && state.targets.length ? state.targets : [], governed: false, apart: false, stopped: false, broken: true, foreign: false, part: null };
      return;
    }
    if (mark === ")") {
      this.telling.flush(false);
      this.state = this.outer.pop() ?? state;
      return;
    }
    if (mark === ";" || mark === "—" || mark === "❌" || mark === "☐") Object.assign(state, { mode: mark === "—" ? state.mode : "none", apart: false, stopped: false, part: null });
    if (mark === ":") return this.colon(at);
    // "$A$ — симметричная матрица": a verb of its own.
    if (mark === "—" && this.items[at - 1]?.math && state.mode === "apposed" && !state.governed) return;
    Object.assign(state, { broken: true, foreign: false, stopped: state.mode === "predicate" ? false : state.stopped, part: null });
    this.worded = [];
    this.telling.nextChunk();
  }

  /** "$X$: (N, D)", "$w$: $\\mathbb{R}^d$", "$W$: the weight matrix". */
  private colon(at: number): void {
    const next = this.items[at + 1];
    const set = next?.math?.set;
    const fact: Fact | null = next?.tuple ? { kind: "shape", dims: next.tuple } : set ? { kind: "memberOf", set } : null;
    if (this.state.mode === "apposed" && !this.state.apart && next && fact) this.telling.tell(this.state, this.state.topics.slice(-1), [fact], next);
    if (this.state.mode !== "apposed" || this.state.apart) this.state.mode = "none";
    else this.state.broken = true;
  }

  /** "where $a$ is $(1, h)$ and $W$ is $(h, m)$": shapes, since a matrix is no pair of numbers. */
  private size(item: Item, dims: NonNullable<Item["tuple"]>, at: number): void {
    const saidOf = (end: number): MathInfo | null => (isCopula(this.items[end - 1]) ? (this.items[end - 2]?.math ?? null) : null);
    const isMatrix = (math: MathInfo | null): boolean => /^[A-Z]$/.test(math?.subjects[0]?.name ?? "");
    const own = saidOf(at);
    if (own && this.items.some((other, end) => other.tuple && isMatrix(saidOf(end)))) this.telling.tell(this.state, [own], [{ kind: "shape", dims }], item);
  }

  private math(math: MathInfo, at: number): void {
    const { state } = this;
    const announced = this.telling.announced(at);
    const coming = math.subjects.some(hasIndex) && this.isPart(at) ? announced.filter((one) => !isVector(one.item)) : announced;
    const item = this.items[at] as Item;
    if (this.taken.has(at)) {
      for (const one of coming) this.telling.add(math, one);
      return;
    }
    if (math.range || math.set || math.tuple || this.ahead.isModifier(at)) return this.modifier(math, at);
    if (state.mode !== "none" && math.bare && this.ahead.relationAfter(at, beforeSides) >= 0) {
      this.taken.add(at);
      return;
    }
    const joined = this.joins(at);
    if (!joined) this.telling.flush(false);
    if (!math.subjects.length) {
      const inverse = math.inverses[0] ?? math.gram;
      Object.assign(state, { topics: inverse ? [math] : [], targets: [], mode: inverse ? "apposed" : "none", governed: false, apart: false, stopped: false, broken: false, part: null });
      return;
    }
    const strict = joined && this.isStrictlyJoined(at);
    const told = strict && !coming.length ? this.spread.filter((one) => this.goesOnTo(math, one, at)) : coming;
    if (!strict || coming.length) this.spread = coming.some(({ item: one }) => this.isSeveral(one)) || coming.every(({ item: one }) => one.fact?.noun === false) ? coming : [];
    for (const one of told) this.telling.add(math, one);
    this.telling.slice(math, item);
    if (this.decomposition && math.value) for (const { symbol, facts } of factorsOf(math.value, this.decomposition)) this.telling.addTo(symbol, facts, math, item);
    this.decomposition = null;
    this.worded = [];
    Object.assign(state, { topics: joined ? [...state.topics, math] : [math], targets: [], mode: "apposed", open: false, governed: this.isGoverned(at), titled: false, apart: false, stopped: false, broken: false, foreign: false, part: null, negated: false });
  }

  /** "an $n$-vector" has $n$ entries; ranges and sets say nothing of their own. */
  private modifier(math: MathInfo, at: number): void {
    const next = this.items[at + 1];
    if (!this.ahead.isModifier(at) || !math.size || !this.items[at - 1]?.grammar.has("indefinite")) return;
    if (next?.fact && ["vector", "columnVector", "rowVector"].includes(next.fact.key)) this.describe({ ...next, words: "" }, [{ kind: "shape", dims: [math.size] }], at + 1);
  }

  /** Whether the formula is one more of a list: since the last one a comma or "and", and descriptions of this one. */
  private joins(at: number): boolean {
    if (this.state.mode !== "apposed") return false;
    let joiner = false;
    for (let i = at - 1; i >= 0 && i > at - 12; i--) {
      const item = this.items[i] as Item;
      if (item.math && !item.dims) return joiner && this.state.topics[this.state.topics.length - 1] === item.math;
      if (item.mark === "," || item.grammar.has("and")) joiner = true;
      // "$B$ ($m \times m$) and $C$"
      else if ((item.mark === "(" && this.items[i + 1]?.dims) || (item.mark === ")" && this.items[i - 1]?.dims)) continue;
      else if (!(isArticle(item) || item.grammar.has("adverb") || item.fact || isPlainWord(item) || item.dims)) return false;
      else if (joiner && !isArticle(item) && !item.grammar.has("adverb")) return false;
    }
    return false;
  }

  /** "each entry of the vector $x_i$": what has the index is the entry. */
  private isPart(at: number): boolean {
    for (let i = at - 1; i >= 0 && i > at - 6; i--) {
      const item = this.items[i] as Item;
      if (item.relation === "entriesOf" || item.part === "entries") return true;
      if (item.math || item.mark !== null) return false;
    }
    return false;
  }

  /** "symmetric $Q \\in S$, $R \\in S$": what a list is called without an article, its square matrices are; and its bare letters always. */
  private goesOnTo(math: MathInfo, { facts, item }: Description, at: number): boolean {
    // "the eigenvalues $\lambda_i$ and $v_i$ are the eigenvectors"
    if (facts.some(({ kind }) => kind === "spectrum") && isCopula(this.items[at + 1])) return false;
    if (math.bare) return true;
    const isOpen = item.fact?.noun === false && !isArticle(this.items[this.items.indexOf(item) - 1]);
    return math.square && isOpen && facts.every((one) => one.kind === "property" && ofMatrices.has(one.name));
  }

  private isStrictlyJoined(at: number): boolean {
    const before = this.items[at - 1];
    return before !== undefined && (before.mark === "," || before.grammar.has("and"));
  }

  private isSeveral(item: Item): boolean {
    return this.language.plural ? this.isPlural(item) : true;
  }

  /** By its head: "vector of ones" is one vector. */
  private isPlural({ words }: Item): boolean {
    const all = words.split(" ");
    const end = all.findIndex((word, index) => index > 0 && (this.language.grammar.stop ?? []).includes(word));
    return this.language.plural?.test(all.slice(0, end < 0 ? all.length : end).join(" ")) ?? false;
  }

  private isGoverned(at: number): boolean {
    for (let i = at - 1; i >= 0 && i > at - 8; i--) {
      const item = this.items[i] as Item;
      if (item.grammar.has("stop") || item.relation === "memberOf") return true;
      if (!(item.fact || isArticle(item) || item.grammar.has("adverb") || item.named !== null || isPlainWord(item))) return false;
    }
    return false;
  }

  private plainWord({ grammar }: Item, at: number): void {
    const { state } = this;
    const ahead = grammar.size ? -1 : this.ahead.forward(at);
    const about = ahead >= 0 ? [this.items[ahead]?.math] : !grammar.size && hasSubject(state) ? described(state) : [];
    this.unread.push(...about.flatMap((math) => math?.subjects ?? []));
    if (state.broken) state.foreign = true;
    // "$b$ the bias vector" is one phrase.
    if (!state.titled) state.apart = true;
    this.worded = [];
  }

  private grammar(key: GrammarKey, at: number): void {
    const { state } = this;
    if (clauseCues.has(key)) return this.open(key as ClauseCue, at);
    switch (key) {
      case "with":
        if (this.ahead.isTopic(at + 1)) this.open("where", at);
        else this.having(at);
        return;
      case "copulaOne":
      case "copulaMany":
      case "copula":
        return this.copula(key, at);
      case "not":
        state.negated = true;
        return;
      case "but":
        Object.assign(state, { negated: false, broken: true, foreign: false });
        return;
      case "and":
        Object.assign(state, { broken: true, foreign: false, part: null });
        this.worded = [];
        this.telling.nextChunk();
        return;
      case "stop":
        state.stopped = true;
        state.negated = false;
        this.worded = [];
        return;
      case "genitive":
        // 的 right after a formula: what follows is something of it.
        if (this.items[at - 1]?.math && state.mode === "apposed") state.governed = state.stopped = true;
        return;
      case "pronoun":
        return this.pronoun(at);
      case "former":
      case "latter":
        return this.oneOfTwo(key);
      case "relative":
        return this.relative(at);
      case "together":
        if (state.mode === "apposed" && !state.governed && !state.foreign) state.targets = choose(state.topics, "copulaMany");
        return;
      case "respectively":
        return this.telling.flush(true);
      default:
        return;
    }
  }

  /** "$X$ with orthonormal columns", "is a matrix with …" */
  private having(at: number): void {
    const { state } = this;
    const before = this.items[at - 1];
    const close = before?.math || (state.mode === "predicate" && !state.stopped && (before?.fact || before?.dims));
    Object.assign(state, close ? { broken: state.mode === "predicate", apart: false, stopped: false, foreign: false } : { stopped: true });
  }

  private open(cue: ClauseCue, at: number): void {
    // "we write $x_i$ for the $i$-th row of $X$"
    if (cue === "for" && this.telling.cue === "write" && this.state.mode === "apposed" && !this.state.broken) return this.copula("copula", at);
    this.telling.flush(false);
    if (cue === "if" || (cue === "for" && !this.items[at + 1]?.math?.range)) this.telling.conditional = true;
    else if (cue !== "then" && cue !== "for") this.telling.conditional = cue === "show";
    this.telling.cue = cue;
    this.spread = [];
    this.worded = [];
    if (cue === "for") Object.assign(this.state, { broken: true });
    else Object.assign(this.state, { mode: "none", topics: cue === "where" || cue === "since" ? this.state.topics : [] });
    Object.assign(this.state, { negated: false, stopped: cue === "for", apart: false, foreign: false, part: null });
  }

  /** "It": what was spoken of before, unless the sentence speaks of "a matrix". */
  private pronoun(at: number): void {
    const { topics } = this.state;
    const said = this.ofPlural(at);
    if (said.length) return this.predicate(said);
    const isGeneric = this.items.slice(0, at).some(({ fact }, index) => fact?.noun === true && this.items[index - 1]?.grammar.has("indefinite"));
    this.resume(topics.length || isGeneric ? topics : [...this.before]);
  }

  /** "both matrices are symmetric", "each vector is a unit vector": all of that kind. */
  private namesAll({ fact }: Item, at: number): boolean {
    const [before, next] = [this.items[at - 1], this.items[at + 1]];
    const rank = fact ? ranks.get(fact.key) : undefined;
    const isAll = before?.grammar.has("together") || before?.grammar.has("pronoun") || (before?.grammar.has("definite") && this.isPlural(this.items[at] as Item));
    if (rank === undefined || !isAll || !(isCopula(next) || next?.fact?.noun === false) || this.ahead.forward(at) >= 0) return false;
    const all = this.allOf((math) => math.rank === rank);
    if (all.length) this.predicate(all);
    return all.length > 0;
  }

  /** "they are", "both": where a property of matrices follows, all that it may be said of. */
  private ofPlural(at: number): MathInfo[] {
    const after = this.items.slice(at + 1, at + 4);
    const verb = after.find(isCopula);
    const isMany = verb ? verb.grammar.has("copulaMany") || verb.grammar.has("copula") : this.items[at]?.grammar.has("together");
    const facts = factsOf(after.find(({ fact }) => fact) ?? (this.items[at] as Item));
    if (!isMany || !facts.some((one) => one.kind === "property" && ofMatrices.has(one.name))) return [];
    const square = this.allOf((one) => one.square);
    return square.length ? square : this.allOf((one) => one.rank === 2);
  }

  /** Those of the sentence so far, else of the paragraph. */
  private allOf(isMeant: (math: MathInfo) => boolean): MathInfo[] {
    const own = this.items.slice(0, this.telling.at).flatMap(({ math }) => (math?.subjects.length && isMeant(math) ? [math] : []));
    return own.length ? own : this.spoken.filter((math) => math.subjects.length && isMeant(math));
  }

  /** "which is", "both of which are" */
  private relative(at: number): void {
    const said = this.items[at + 1]?.grammar.has("copulaMany") ? this.ofPlural(at) : [];
    if (said.length) this.predicate(said);
    else this.resume(this.state.topics);
  }

  /** What follows is said of these. */
  private predicate(targets: MathInfo[]): void {
    this.resume(targets);
    Object.assign(this.state, { targets, mode: "predicate" });
  }

  private oneOfTwo(which: "former" | "latter"): void {
    const all = this.state.topics.length ? this.state.topics : this.before;
    const one = which === "former" ? all[0] : all[all.length - 1];
    this.state.targets = [];
    this.resume(one ? [one] : []);
  }

  /** What follows is about these, as behind a formula. */
  private resume(topics: MathInfo[]): void {
    Object.assign(this.state, { topics, mode: topics.length ? "apposed" : "none", governed: false, apart: false, stopped: false, broken: false, foreign: false });
  }

  private copula(number: VerbNumber, at: number): void {
    const { state } = this;
    if (this.worded.length && this.ahead.isTopic(at + 1)) {
      const math = this.items[at + 1]?.math as MathInfo;
      for (const one of this.worded) this.telling.add(math, { ...one, negated: state.negated });
      this.worded = [];
      state.mode = "none";
      return;
    }
    const partly = state.part !== null && state.mode !== "none";
    const [owner] = state.targets;
    if (partly && state.part && owner && this.ahead.isTopic(at + 1)) {
      this.telling.slices = { part: state.part, matrix: owner };
      return;
    }
    // "$A$, assumed symmetric"
    const participle = number === "copula" && state.mode === "apposed" && this.items[at - 1]?.mark === "," && this.items[at - 2]?.math !== null;
    const about = (state.mode === "apposed" && !state.governed && !state.broken) || (state.mode === "predicate" && !state.foreign && (!state.apart || state.broken)) || partly || this.items[at - 1]?.grammar.has("not") === true || participle;
    if (!about || (state.broken && (state.foreign || this.worded.length > 0) && !partly)) {
      state.mode = "none";
      return;
    }
    if (state.mode === "apposed") Object.assign(state, { targets: choose(state.topics, number), open: number === "copula" });
    Object.assign(state, { mode: "predicate", apart: false, stopped: false, broken: false, foreign: false });
  }

  /** A description: to the formula ahead, to what the clause is about, or to nothing. */
  describe(item: Item, facts: readonly Fact[], at: number): void {
    const { state } = this;
    if (item.fact?.key === "nonzeroEntriesOf") return this.ofCaptured(item, facts);
    const backward = this.isBackward(item, at);
    const ahead = at < this.argumentUntil || !(backward && state.mode === "predicate" && !state.broken) ? this.ahead.forward(at) : -1;
    if (ahead >= 0 && !(backward && state.mode === "apposed" && state.broken && this.items[ahead - 1]?.mark === ":")) {
      return this.telling.announce(ahead, { facts, item, negated: state.negated });
    }
    if (backward) {
      if (this.isOfAll(item, at)) state.targets = choose(state.topics, "copulaMany");
      else if (!state.targets.length) state.targets = choose(state.topics, "copula");
      const [only, ...more] = facts;
      if (!(item.fact?.key === "ofShape" && only && !more.length && tellSizes(this, state.targets, only, item, at))) this.telling.tell(state, state.targets, facts, item);
      // "$A$ symmetric and positive definite" goes on like "$A$ is symmetric and …".
      if (state.mode === "apposed") Object.assign(state, { mode: "predicate", broken: false });
      return;
    }
    if ((item.fact?.noun || item.named !== null) && (state.mode !== "predicate" || state.broken) && !state.stopped) this.worded.push({ facts, item, negated: false });
    this.loose.push(item);
    if (state.broken && !isArticle(this.items[at - 1])) state.foreign ||= this.ahead.leadsToVerb(at);
  }

  private isBackward(item: Item, at: number): boolean {
    const { state } = this;
    if (state.mode === "none" || state.stopped || !state.topics.length || at < this.argumentUntil) return false;
    if (state.part !== null) return true;
    if (this.isOnlyModifier(item, at)) return false;
    // "With $p = \sigma(z)$ the loss is $L = …$"
    if (!state.broken && state.mode === "apposed" && item.fact?.noun === true && isArticle(this.items[at - 1]) && this.ahead.leadsToFormula(at)) return false;
    if (!state.broken) return state.mode === "predicate" || !state.apart;
    // After a comma or "and": no new noun phrase that has a verb of its own.
    return !state.foreign && !this.ahead.leadsToVerb(at) && (state.mode === "predicate" || this.isApposition(item, at));
  }

  /** "$A \\in S$ and $B \\in S$ be symmetric", "be symmetric matrices", "simétricas": an adjective after a verb without number, or a word in the plural. */
  private isOfAll(item: Item, at: number): boolean {
    const { mode, open, targets } = this.state;
    if (isArticle(this.items[at - 1]) && !this.items[at - 1]?.grammar.has("definite")) return false;
    if (mode === "predicate" ? !open : targets.length > 0) return false;
    if (this.isPlural(item)) return true;
    return mode === "predicate" && item.fact?.noun === false;
  }

  /** "$g$ is the loss gradient": the head of the phrase is another word. */
  private isOnlyModifier(item: Item, at: number): boolean {
    const next = this.items[at + 1];
    return this.language.head === "last" && !!item.fact && ["loss", "scalarLoss", "activation", "function", "index", "constantNoun"].includes(item.fact.key) && next !== undefined && isPlainWord(next);
  }

  /** "$A\in\mathbb{R}^{n\times n}$, symmetric", "$L$ (the loss)" */
  private isApposition(item: Item, at: number): boolean {
    const before = this.items[at - 1];
    const opener = isArticle(before) ? this.items[at - 2] : before;
    if (opener?.grammar.has("and")) return false;
    return item.fact?.noun !== true || isArticle(before) || before?.mark === "(" || before?.mark === ":" || before?.fact?.noun === false || before?.dims !== null || before.grammar.has("together");
  }

  private ofCaptured(item: Item, facts: readonly Fact[]): void {
    for (const unit of item.captures) if (unit.kind === "math") this.telling.add(unit.math, { facts, item, negated: false });
  }

}

function isVerb(key: GrammarKey): boolean {
  return key === "copulaOne" || key === "copulaMany" || key === "copula";
}

function hasIndex(symbol: SymbolExpr): boolean {
  return symbol.subscripts.length > 0 && symbol.subscripts.every(isIndexLetter);
}

function isVector({ fact }: Item): boolean {
  return fact !== null && ["vector", "columnVector", "rowVector"].includes(fact.key);
}
