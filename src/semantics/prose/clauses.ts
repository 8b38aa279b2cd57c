/**
 * What a sentence says of its symbols. One walk from left to right that knows
 * what the clause is about: words after a formula are about it ("$A$ and $B$
 * are symmetric", "$X$ invertible"), a noun phrase before one leads up to it
 * ("a symmetric matrix $A$"), and words about something else ("its inverse is
 * positive", "the gradient of $f$ is zero") are about no symbol at all.
 */
import { Ahead, isArticle, isCopula, isPlainWord } from "./ahead";
import { factorsOf } from "./decompositions";
import type { Item } from "./items";
import type { Language } from "./languages/language";
import type { MathInfo } from "./math";
import { clauseCues, type GrammarKey, type RelationKey, relations } from "./meanings";
import { type Manner, mayBeFunction, Said } from "./said";
import type { ClauseCue, Declaration, Decomposition, Fact, Part } from "./types";

export interface ClauseReading {
  readonly declarations: readonly Declaration[];
  /** Descriptions that are of no symbol. */
  readonly loose: readonly Item[];
  /** What the sentence was about last, for "it is symmetric" after it. */
  readonly topics: readonly MathInfo[];
}

export function readClauses(items: readonly Item[], language: Language, before: readonly MathInfo[]): ClauseReading {
  return new ClauseReader(items, language, before).read();
}

/**
 * Whether words here describe the topics: right after them, in a predicate, or
 * not at all, since the clause is about something else.
 */
type Mode = "none" | "apposed" | "predicate";

interface State {
  topics: MathInfo[];
  /** Those that the predicate is about. */
  targets: MathInfo[];
  mode: Mode;
  /** A preposition stands before the topic, so a verb after it is about something else. */
  governed: boolean;
  /** Words that say nothing, since the topic or the verb. */
  apart: boolean;
  /** A preposition since then. */
  stopped: boolean;
  /** A comma, "and" or parenthesis since then, and nothing else. */
  broken: boolean;
  /** An article right after the topic: what follows is a phrase about it. */
  titled: boolean;
  /** The clause after the break began with words that the tables do not know. */
  foreign: boolean;
  part: Part | null;
  negated: boolean;
}

const beforeSides: ReadonlySet<string> = new Set(Object.entries(relations).flatMap(([key, { side }]) => (side === "before" ? [key] : [])));

class ClauseReader {
  private state: State = { topics: [], targets: [], mode: "none", governed: false, apart: false, stopped: false, broken: false, foreign: false, titled: false, part: null, negated: false };
  private readonly outer: State[] = [];
  private cue: ClauseCue | null = null;
  private conditional = false;
  /** Arguments of relations: no topics. */
  private readonly taken = new Set<number>();
  private argumentUntil = -1;
  private at = 0;
  /** Read already. */
  private skipUntil = -1;
  /** What leads up to a formula further on. */
  private readonly coming = new Map<number, { facts: readonly Fact[]; item: Item; negated: boolean }[]>();
  /** Of a plural noun: also of the symbols listed after it. */
  private spread: { facts: readonly Fact[]; item: Item; negated: boolean }[] = [];
  private decomposition: Decomposition | null = null;
  /** "the learning rate is": a description that a verb follows. */
  private worded: { facts: readonly Fact[]; item: Item }[] = [];
  private slices: { part: Part; matrix: MathInfo } | null = null;
  private pending: { targets: readonly MathInfo[]; said: { facts: readonly Fact[]; item: Item; manner: Manner; chunk: number }[]; chunk: number } | null = null;
  private readonly loose: Item[] = [];
  private readonly said: Said;
  private readonly ahead: Ahead;

  constructor(
    private readonly items: readonly Item[],
    private readonly language: Language,
    private readonly before: readonly MathInfo[],
  ) {
    this.said = new Said(items.flatMap(({ math }) => (math && math.formula >= 0 ? [math.formula] : [])));
    this.ahead = new Ahead(items, language);
  }

  read(): ClauseReading {
    this.items.forEach((item, at) => this.step(item, at));
    this.flush(false);
    const loose = this.loose.filter((item) => !this.isOfSymmetric(item));
    const topics = this.state.targets.length ? this.state.targets : this.state.topics;
    return { declarations: this.said.declarations(), loose, topics };
  }

  private step(item: Item, at: number): void {
    this.at = at;
    if (at <= this.skipUntil) return;
    if (item.mark !== null) return this.mark(item.mark, at);
    if (item.dims) return this.describe(item, [{ kind: "shape", dims: item.dims }], at);
    if (item.tuple) return;
    if (item.math) return this.math(item.math, at);
    if (item.decomposition) this.decomposition = item.decomposition;
    if (item.relation && this.relation(item, item.relation, at)) return;
    if (item.part && this.part(item, item.part, at)) return;
    if (item.fact || item.named !== null) return this.describe(item, factsOf(item), at);
    const verb = this.state.mode === "apposed" && !this.state.broken ? [...item.grammar].find(isVerb) : undefined;
    for (const key of verb ? [verb] : item.grammar) this.grammar(key, at);
    if (item.mark === null && !isPlainWord(item)) this.state.titled = isArticle(item) && Boolean(this.items[at - 1]?.math);
    if (isPlainWord(item)) this.plainWord();
  }

  private mark(mark: string, at: number): void {
    const { state } = this;
    state.negated = false;
    if (mark === "(") {
      this.outer.push({ ...state });
      const close = this.items[at - 1]?.math || (state.mode === "predicate" && !state.stopped && !state.apart);
      this.state = { ...state, mode: state.topics.length && close ? "apposed" : "none", targets: state.mode === "predicate" && state.targets.length ? state.targets : [], governed: false, apart: false, stopped: false, broken: true, foreign: false, part: null };
      return;
    }
    if (mark === ")") {
      this.flush(false);
      this.state = this.outer.pop() ?? state;
      return;
    }
    if (mark === ";" || mark === "—" || mark === "❌" || mark === "☐") Object.assign(state, { mode: mark === "—" ? state.mode : "none", apart: false, stopped: false, part: null });
    if (mark === ":") return this.colon(at);
    // "$A$ — симметричная матрица": a verb of its own.
    if (mark === "—" && this.items[at - 1]?.math && state.mode === "apposed" && !state.governed) return;
    Object.assign(state, { broken: true, foreign: false, stopped: state.mode === "predicate" ? false : state.stopped, part: null });
    this.worded = [];
    if (this.pending) this.pending.chunk++;
  }

  /** "$X$: (N, D)", "$W$: the weight matrix". */
  private colon(at: number): void {
    const tuple = this.items[at + 1]?.tuple;
    if (this.state.mode === "apposed" && !this.state.apart && tuple) this.tell(this.state.topics.slice(-1), [{ kind: "shape", dims: tuple }], this.items[at + 1] as Item);
    if (this.state.mode !== "apposed" || this.state.apart) this.state.mode = "none";
    else this.state.broken = true;
  }

  private math(math: MathInfo, at: number): void {
    const { state } = this;
    const coming = this.coming.get(at) ?? [];
    const item = this.items[at] as Item;
    if (this.taken.has(at)) {
      for (const one of coming) this.said.add(math, one.facts, one.item, this.manner(one.negated));
      return;
    }
    if (math.range || math.set || math.tuple || this.ahead.isModifier(at)) return this.modifier(math, at);
    if (state.mode !== "none" && math.bare && this.ahead.relationAfter(at, beforeSides) >= 0) {
      this.taken.add(at);
      return;
    }
    const joined = this.joins(at);
    if (!joined) this.flush(false);
    if (!math.subjects.length) {
      const inverse = math.inverses[0] ?? math.gram;
      Object.assign(state, { topics: inverse ? [math] : [], targets: [], mode: inverse ? "apposed" : "none", governed: false, apart: false, stopped: false, broken: false, part: null });
      return;
    }
    const strict = joined && this.isStrictlyJoined(at);
    const told = strict && math.bare && !coming.length ? this.spread : coming;
    if (!strict || coming.length) this.spread = coming.some(({ item: one }) => this.isSeveral(one)) || coming.every(({ item: one }) => one.fact?.noun === false) ? coming : [];
    for (const one of told) this.said.add(math, one.facts, one.item, this.manner(one.negated));
    if (this.slices) this.slice(math, item);
    if (this.decomposition && math.value) for (const { symbol, facts } of factorsOf(math.value, this.decomposition)) this.said.addTo(symbol, facts, math, item, this.manner(false));
    this.decomposition = null;
    this.worded = [];
    Object.assign(state, { topics: joined ? [...state.topics, math] : [math], targets: [], mode: "apposed", governed: this.isGoverned(at), titled: false, apart: false, stopped: false, broken: false, foreign: false, part: null, negated: false });
  }

  /** "an $n$-vector" has $n$ entries; ranges and sets say nothing of their own. */
  private modifier(math: MathInfo, at: number): void {
    const next = this.items[at + 1];
    if (!this.ahead.isModifier(at) || !math.size || !this.items[at - 1]?.grammar.has("indefinite")) return;
    if (next?.fact && ["vector", "columnVector", "rowVector"].includes(next.fact.key)) this.describe({ ...next, words: "" }, [{ kind: "shape", dims: [math.size] }], at + 1);
  }

  private slice(math: MathInfo, item: Item): void {
    const [matrix] = this.slices?.matrix.subjects ?? [];
    const [symbol] = math.subjects;
    if (this.slices && matrix && symbol) this.said.addTo(symbol, [sliceFact(this.slices.part, matrix)], math, { ...item, words: this.slices.part }, this.manner(false));
    this.slices = null;
  }

  /** Whether the formula is one more of a list: since the last one a comma or "and", and descriptions of this one. */
  private joins(at: number): boolean {
    if (this.state.mode !== "apposed") return false;
    let joiner = false;
    for (let i = at - 1; i >= 0 && i > at - 12; i--) {
      const item = this.items[i] as Item;
      if (item.math && !item.dims) return joiner && this.state.topics[this.state.topics.length - 1] === item.math;
      if (item.mark === "," || item.grammar.has("and")) joiner = true;
      else if (!(isArticle(item) || item.grammar.has("adverb") || item.fact || isPlainWord(item) || item.dims)) return false;
      else if (joiner && !isArticle(item) && !item.grammar.has("adverb")) return false;
    }
    return false;
  }

  private isStrictlyJoined(at: number): boolean {
    const before = this.items[at - 1];
    return before !== undefined && (before.mark === "," || before.grammar.has("and"));
  }

  private isSeveral(item: Item): boolean {
    return this.language.plural ? this.language.plural.test(item.words) : true;
  }

  private isGoverned(at: number): boolean {
    for (let i = at - 1; i >= 0 && i > at - 8; i--) {
      const item = this.items[i] as Item;
      if (item.grammar.has("stop") || item.relation === "memberOf") return true;
      if (!(item.fact || isArticle(item) || item.grammar.has("adverb") || item.named !== null || isPlainWord(item))) return false;
    }
    return false;
  }

  private plainWord(): void {
    const { state } = this;
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
        if (this.pending) this.pending.chunk++;
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
        return this.pronoun();
      case "relative":
        Object.assign(state, { mode: state.topics.length ? "apposed" : "none", governed: false, apart: false, stopped: false, broken: false, foreign: false });
        return;
      case "respectively":
        return this.flush(true);
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
    if (cue === "for" && this.cue === "write" && this.state.mode === "apposed" && !this.state.broken) return this.copula("copula", at);
    this.flush(false);
    if (cue === "if" || (cue === "for" && !this.items[at + 1]?.math?.range)) this.conditional = true;
    else if (cue !== "then" && cue !== "for") this.conditional = cue === "show";
    this.cue = cue;
    this.spread = [];
    this.worded = [];
    if (cue === "for") Object.assign(this.state, { broken: true });
    else Object.assign(this.state, { mode: "none", topics: cue === "where" || cue === "since" ? this.state.topics : [] });
    Object.assign(this.state, { negated: false, stopped: cue === "for", apart: false, foreign: false, part: null });
  }

  private pronoun(): void {
    const { state } = this;
    if (!state.topics.length) state.topics = [...this.before];
    Object.assign(state, { mode: state.topics.length ? "apposed" : "none", governed: false, apart: false, stopped: false, broken: false, foreign: false });
  }

  private copula(number: "copulaOne" | "copulaMany" | "copula", at: number): void {
    const { state } = this;
    if (this.worded.length && this.ahead.isTopic(at + 1)) {
      const math = this.items[at + 1]?.math as MathInfo;
      for (const { facts, item } of this.worded) this.said.add(math, facts, item, this.manner(state.negated));
      this.worded = [];
      state.mode = "none";
      return;
    }
    const partly = state.part !== null && state.mode !== "none";
    const [owner] = state.targets;
    if (partly && state.part && owner && this.ahead.isTopic(at + 1)) {
      this.slices = { part: state.part, matrix: owner };
      return;
    }
    // "$A$, assumed symmetric"
    const participle = number === "copula" && state.mode === "apposed" && this.items[at - 1]?.mark === "," && this.items[at - 2]?.math !== null;
    const about = (state.mode === "apposed" && !state.governed && !state.broken) || (state.mode === "predicate" && !state.foreign && (!state.apart || state.broken)) || partly || this.items[at - 1]?.grammar.has("not") === true || participle;
    if (!about || (state.broken && (state.foreign || this.worded.length > 0) && !partly)) {
      state.mode = "none";
      return;
    }
    if (state.mode === "apposed") state.targets = this.choose(number);
    Object.assign(state, { mode: "predicate", apart: false, stopped: false, broken: false, foreign: false });
  }

  /** Which topics a verb is about: "is" the last one, "are" all of the same kind. */
  private choose(number: "copulaOne" | "copulaMany" | "copula"): MathInfo[] {
    const { topics } = this.state;
    const last = topics[topics.length - 1];
    if (!last || number === "copulaOne") return last ? [last] : [];
    const run: MathInfo[] = [];
    for (let i = topics.length - 1; i >= 0 && kindOf(topics[i] as MathInfo) === kindOf(last); i--) run.unshift(topics[i] as MathInfo);
    if (number === "copula") return last.bare ? run : [last];
    if (run.length === 1 && last.subjects.length === 1) return [...topics];
    return last.subjects.length > 1 && !last.bare ? [last] : run;
  }

  /** A description: to the formula ahead, to what the clause is about, or to nothing. */
  private describe(item: Item, facts: readonly Fact[], at: number): void {
    const { state } = this;
    if (item.fact?.key === "nonzeroEntriesOf") return this.ofCaptured(item, facts);
    const backward = this.isBackward(item, at);
    const ahead = at < this.argumentUntil || !(backward && state.mode === "predicate" && !state.broken) ? this.ahead.forward(at) : -1;
    if (ahead >= 0 && !(backward && state.mode === "apposed" && state.broken && this.items[ahead - 1]?.mark === ":")) {
      const list = this.coming.get(ahead) ?? [];
      const target = this.items[ahead]?.math as MathInfo;
      if (this.isSaidOf(item, target)) this.coming.set(ahead, [...list, { facts, item, negated: state.negated }]);
      return;
    }
    if (backward) {
      if (!state.targets.length) state.targets = this.choose("copula");
      this.tell(state.targets, facts, item);
      // "$A$ symmetric and positive definite" goes on like "$A$ is symmetric and …".
      if (state.mode === "apposed") Object.assign(state, { mode: "predicate", broken: false });
      return;
    }
    if ((item.fact?.noun || item.named !== null) && (state.mode !== "predicate" || state.broken) && !state.stopped) this.worded.push({ facts, item });
    this.loose.push(item);
    if (state.broken && !isArticle(this.items[at - 1])) state.foreign ||= this.ahead.leadsToVerb(at);
  }

  private isBackward(item: Item, at: number): boolean {
    const { state } = this;
    if (state.mode === "none" || state.stopped || !state.topics.length || at < this.argumentUntil) return false;
    if (state.part !== null) return true;
    if (this.isOnlyModifier(item, at)) return false;
    if (!state.broken) return state.mode === "predicate" || !state.apart;
    // After a comma or "and": no new noun phrase that has a verb of its own.
    return !state.foreign && !this.ahead.leadsToVerb(at) && (state.mode === "predicate" || this.isApposition(item, at));
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
    return item.fact?.noun !== true || isArticle(before) || before?.mark === "(" || before?.mark === ":" || before?.fact?.noun === false || before?.dims !== null;
  }

  /** "the sigmoid $\sigma$" but not "the sigmoid $a$"; the covariance of two numbers is no matrix. */
  private isSaidOf(item: Item, math: MathInfo): boolean {
    const key = item.fact?.key;
    if (key === "exists") return math.inverses.length > 0 && math.subjects.length === 0;
    const naming = (item.named !== null && !functionWord.test(item.words)) || key === "activation";
    if (naming && !math.subjects.some((symbol) => mayBeFunction(symbol, math)) && math.functions.length === 0) return false;
    if (key === "projection" && /projection matri/.test(item.words)) return math.subjects.every(({ name }) => /^(P|H|M|Q|R|Pi)$/.test(name));
    return !(key === "covariance" || key === "precision" || key === "gram" || key === "projection") || math.subjects.every(({ name }) => /^[A-Z]/.test(name));
  }

  private ofCaptured(item: Item, facts: readonly Fact[]): void {
    for (const unit of item.captures) if (unit.kind === "math") this.said.add(unit.math, facts, item, this.manner(false));
  }

  private tell(all: readonly MathInfo[], facts: readonly Fact[], item: Item): void {
    const targets = all.filter((math) => this.isSaidOf(item, math));
    if (!targets.length) return;
    const manner = this.manner(this.state.negated, this.state.part);
    if (facts.some((fact) => fact.kind === "structured" || fact.kind === "unconstrained")) return this.tellOfSymmetry(targets, facts, item, manner);
    if (this.pending?.targets.length !== targets.length || this.pending.targets.some((one, i) => one !== targets[i])) {
      this.flush(false);
      this.pending = { targets, said: [], chunk: 0 };
    }
    this.pending.said.push({ facts, item, manner, chunk: this.pending.chunk });
  }

  /** How the entries of a symmetric matrix vary is said of it, wherever in the sentence. */
  private tellOfSymmetry(targets: readonly MathInfo[], facts: readonly Fact[], item: Item, manner: Manner): void {
    this.flush(false);
    const symmetric = this.said.symmetric();
    if (this.state.part !== null || !symmetric.length) for (const target of targets) this.said.add(target, facts, item, manner);
    else for (const symbol of symmetric) this.said.addTo(symbol, facts, { formula: targets[0]?.formula ?? -1 }, item, manner);
  }

  /** "the structured derivative", in a sentence that calls a matrix symmetric. */
  private isOfSymmetric(item: Item): boolean {
    const facts = factsOf(item).filter((fact) => fact.kind === "structured" || fact.kind === "unconstrained");
    const symmetric = facts.length ? this.said.symmetric() : [];
    for (const symbol of symmetric) this.said.addTo(symbol, facts, { formula: -1 }, item, this.manner(false));
    return symmetric.length > 0;
  }

  private flush(respectively: boolean): void {
    const { pending } = this;
    this.pending = null;
    if (!pending) return;
    const chunks = [...new Set(pending.said.map(({ chunk }) => chunk))];
    const deal = respectively && chunks.length === pending.targets.length && chunks.length > 1;
    for (const { facts, item, manner, chunk } of pending.said) {
      const targets = deal ? [pending.targets[chunks.indexOf(chunk)] as MathInfo] : pending.targets;
      for (const target of targets) this.said.add(target, facts, item, manner);
    }
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

  /** "$X$ has rows $x_i^\top$", "its columns are orthonormal", "the $i$-th row $x_i$ of $X$" */
  private part(item: Item, part: Part, at: number): boolean {
    const { state } = this;
    const [owner] = state.targets.length ? state.targets : state.topics.slice(-1);
    if (this.ahead.isTopic(at + 1)) {
      const of = this.items[at + 2];
      const opener = isArticle(this.items[at - 1]) ? this.items[at - 2] : this.items[at - 1];
      const belongs = (state.mode === "predicate" && !state.broken && !state.stopped) || opener?.grammar.has("with") || opener?.grammar.has("where");
      const matrix = of?.grammar.has("stop") && this.items[at + 3]?.math ? this.items[at + 3]?.math : belongs ? owner : null;
      if (matrix?.subjects.length) this.slices = { part, matrix };
      return matrix?.subjects.length !== undefined || item.fact === null;
    }
    const of = this.items[at + 1];
    const [whole = -1] = of?.grammar.has("stop") && of.words.length <= 4 ? this.ahead.argumentsAfter(at + 1) : [];
    const matrix = this.ahead.isTopic(whole) ? this.items[whole]?.math : null;
    if (matrix) this.skipUntil = at + 1;
    if (matrix) return this.sliceOf(part, matrix, [whole], whole, item);
    const verb = isCopula(this.items[at + 1]) || (this.items[at + 1]?.fact?.noun === false && state.mode === "predicate");
    if (owner && verb && (state.mode !== "none" || isArticle(this.items[at - 1])) && !state.stopped) {
      Object.assign(state, { mode: state.mode === "none" ? "apposed" : state.mode, part, broken: false, foreign: false });
      if (!state.targets.length) state.targets = [owner];
      return true;
    }
    return item.fact === null;
  }

  /** Whether the phrase was a relation here. */
  private relation(item: Item, key: RelationKey, at: number): boolean {
    const { make, side } = relations[key];
    const next = this.items[at + 1];
    if (make === "memberOf") return this.memberOf(item, next, at);
    if (make === "shape") return this.shape(item, next, at);
    const list = side === "after" ? this.ahead.argumentsAfter(at) : this.argumentsBefore(at);
    const maths = list.map((i) => this.items[i]?.math as MathInfo);
    const [first] = maths;
    if (!first) return this.bareRelation(item, make, at);
    const after = side === "after" ? Math.max(...list) : at;
    const [matrix] = maths.flatMap(({ subjects }) => subjects);
    if (make === "rows" || make === "columns" || make === "entries") return this.sliceOf(make, first, list, after, item);
    for (const i of list) this.taken.add(i);
    this.argumentUntil = side === "after" ? after : -1;
    const fact = relationFact(make, maths, matrix);
    if (!fact) return true;
    const ahead = side === "before" && !this.hasSubject() ? this.ahead.forward(at) : -1;
    if (ahead >= 0) this.coming.set(ahead, [...(this.coming.get(ahead) ?? []), { facts: [fact], item, negated: false }]);
    else if (this.hasSubject()) {
      const verbless = key === "dependsOn" || key === "dependsOnBefore";
      if (verbless && this.state.mode === "apposed") this.state.targets = this.choose(this.language.code === "en" ? (/^[a-z]+s\b|depends|varies/.test(item.words) ? "copulaOne" : "copulaMany") : "copula");
      this.tell(this.state.targets.length ? this.state.targets : this.choose("copula"), [fact], item);
      if (verbless) this.state.mode = "predicate";
    }
    return true;
  }

  /** "a function of several variables": a function all the same. */
  private bareRelation(item: Item, make: string, at: number): boolean {
    if (item.fact || item.part) return false;
    if (make === "functionOf" || make === "scalarFunctionOf") this.describe(item, [{ kind: "role", role: make === "functionOf" ? "function" : "scalarFunction" }], at);
    this.state.stopped = true;
    return true;
  }

  private hasSubject(): boolean {
    const { mode, stopped, topics, foreign, broken, governed } = this.state;
    return mode !== "none" && topics.length > 0 && !stopped && !foreign && (mode === "predicate" || !governed || broken);
  }

  /** "$x_i$ is the $i$-th row of $X$", "the rows of $X$ are …" */
  private sliceOf(part: Part, matrix: MathInfo, list: readonly number[], after: number, item: Item): boolean {
    const next = this.items[after + 1];
    const [symbol] = matrix.subjects;
    if (!this.hasSubject() || isCopula(next) || (next?.math && !next.dims)) return this.partOf(part, matrix, list, after);
    for (const i of list) this.taken.add(i);
    if (symbol) this.tell(this.state.targets.length ? this.state.targets : this.choose("copula"), [sliceFact(part, symbol)], item);
    this.argumentUntil = after;
    return true;
  }

  /** "the rows of $X$": what comes next is about them. */
  private partOf(part: Part, matrix: MathInfo, list: readonly number[], after: number): boolean {
    for (const i of list) this.taken.add(i);
    if (this.ahead.isTopic(after + 1) || (isCopula(this.items[after + 1]) && this.ahead.isTopic(after + 2))) this.slices = { part, matrix };
    this.flush(false);
    Object.assign(this.state, { topics: [matrix], targets: [matrix], mode: "apposed", governed: false, apart: false, stopped: false, broken: false, foreign: false, part });
    this.argumentUntil = after;
    return true;
  }

  private argumentsBefore(at: number): number[] {
    const found: number[] = [];
    for (let i = at - 1; i >= 0; i--) {
      const item = this.items[i] as Item;
      if (item.math) found.unshift(i);
      else if (!(found.length && (item.mark === "," || item.grammar.has("and")))) break;
      if (item.math && !this.taken.has(i)) break;
    }
    return found;
  }

  private memberOf(item: Item, next: Item | undefined, at: number): boolean {
    if (!next?.math?.set || this.items[at + 2]?.words === "to") {
      if (!item.fact && !item.grammar.size) this.state.stopped = true;
      return !item.fact && !item.grammar.size;
    }
    this.describe({ ...item, fact: null }, [{ kind: "memberOf", set: next.math.set }], at);
    return true;
  }

  private shape(item: Item, next: Item | undefined, at: number): boolean {
    const dims = next?.tuple ?? next?.dims ?? (next?.math?.size ? [next.math.size] : null);
    if (!dims || !next) return false;
    if (next.math) this.taken.add(at + 1);
    this.describe({ ...item, fact: null }, [{ kind: "shape", dims }], at);
    return true;
  }
}

function isVerb(key: GrammarKey): boolean {
  return key === "copulaOne" || key === "copulaMany" || key === "copula";
}

const functionWord = /function|activation|函数|函數|関数|함수|funci|fun[cç][aã]o|fonction|funktion|функц|hàm/;

function factsOf(item: Item): Fact[] {
  const facts = item.fact ? item.fact.make(item.captures) : [];
  return item.named === null ? facts : [...facts, { kind: "named", function: item.named }];
}

function kindOf(math: MathInfo): string {
  return math.bare ? "bare" : math.rank !== null ? "member" : "relation";
}

function sliceFact(part: Part, matrix: MathInfo["subjects"][number]): Fact {
  return { kind: part === "rows" ? "rowsOf" : part === "columns" ? "columnsOf" : "entriesOf", matrix };
}

function relationFact(make: string, maths: readonly MathInfo[], first: MathInfo["subjects"][number] | undefined): Fact | null {
  const exprs = maths.flatMap(({ subjects }) => subjects);
  switch (make) {
    case "functionOf":
    case "scalarFunctionOf":
      return exprs.length ? { kind: "functionOf", arguments: exprs, scalar: make === "scalarFunctionOf" } : null;
    case "independentOf":
      return exprs.length ? { kind: "independentOf", arguments: exprs } : null;
    case "sameShape":
      return first ? { kind: "sameShape", as: maths.flatMap(({ subjects }) => subjects) } : null;
    default:
      return null;
  }
}

