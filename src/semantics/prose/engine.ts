/**
 * Words → facts, by a light grammar that is the same for all languages: a
 * description belongs to the symbol right after it ("a symmetric matrix $A$"),
 * else to the symbols that the clause is about ("$A$ and $B$ are symmetric").
 * The tables say which words describe, which join, which negate.
 */
import type { Expr, SymbolExpr } from "../expression/types";
import type { Language } from "./languages/language";
import { type MathInfo } from "./math";
import { adjectives, formulaCues, type FormulaCueKey, type GrammarKey, type Meaning, nouns, relations, sizesOfUnit } from "./meanings";
import { PhraseTable } from "./phrases";
import type { ClauseCue, Declaration, DocumentFact, Fact, FormulaFact, FormulaRole, ProseFacts } from "./types";
import type { Unit } from "./units";

/** All phrases of some languages, compiled once. */
export function compileTable(languages: readonly Language[]): PhraseTable<Meaning> {
  const table = new PhraseTable<Meaning>();
  for (const language of languages) {
    const addAll = (record: Readonly<Record<string, readonly string[] | undefined>>, make: (key: string) => Meaning): void => {
      for (const [key, phrases] of Object.entries(record)) for (const phrase of phrases ?? []) table.add(phrase, make(key));
    };
    addAll(language.facts, (key) => {
      const noun = Object.hasOwn(nouns, key);
      return { is: "fact", make: noun ? nouns[key as keyof typeof nouns] : adjectives[key as keyof typeof adjectives], noun, key: key as keyof typeof nouns };
    });
    addAll(language.functions, (key) => ({ is: "named", function: key }));
    addAll(language.relations, (key) => ({ is: "relation", key: key as keyof typeof relations }));
    addAll(language.parts, (key) => ({ is: "part", part: key as "rows" }));
    addAll(language.grammar, (key) => ({ is: "grammar", key: key as GrammarKey }));
    addAll(language.formulas, (key) => ({ is: "formula", key: key as FormulaCueKey }));
    addAll(language.conventions, (key) => ({ is: "convention", key: key as "bold" }));
  }
  return table;
}

/** A stretch of a sentence that means one thing. */
type Item =
  | { readonly kind: "math"; readonly math: MathInfo; readonly display: boolean; readonly start: number; readonly end: number }
  | { readonly kind: "fact"; readonly facts: readonly Fact[]; readonly noun: boolean; readonly start: number; readonly end: number; readonly words: string }
  | { readonly kind: "mark"; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: "meaning"; readonly meaning: Meaning; readonly start: number; readonly end: number; readonly words: string; readonly captures: readonly Unit[] }
  | { readonly kind: "word"; readonly text: string; readonly start: number; readonly end: number };

export function readUnits(units: readonly Unit[], table: PhraseTable<Meaning>): ProseFacts {
  const out: { declarations: Declaration[]; document: DocumentFact[]; formulas: FormulaFact[] } = { declarations: [], document: [], formulas: [] };
  for (const sentence of sentencesOf(itemsOf(units, table))) new SentenceReader(sentence, out).read();
  return { ...out, introduces: null };
}

/** Which of several meanings of a phrase counts. */
const rank: Readonly<Record<Meaning["is"], number>> = { convention: 0, fact: 1, relation: 2, named: 3, part: 4, formula: 5, grammar: 6 };

function itemsOf(units: readonly Unit[], table: PhraseTable<Meaning>): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < units.length; ) {
    const unit = units[at] as Unit;
    const match = table.match(units, at);
    if (match && (unit.kind !== "math" || match.length > 1)) {
      const covered = units.slice(at, at + match.length);
      const words = covered.map((one) => (one.kind === "word" || one.kind === "mark" ? one.text : "")).join(" ").trim();
      const place = { start: unit.start, end: (covered[covered.length - 1] as Unit).end };
      const meanings = [...match.values].sort((a, b) => rank[a.is] - rank[b.is]);
      for (const meaning of meanings.filter((one, i) => i === 0 || one.is === "convention" || one.is === "fact" || one.is === "formula")) {
        if (meaning.is === "fact") items.push({ kind: "fact", facts: meaning.make(match.captures), noun: meaning.noun, words, ...place });
        else if (meaning.is === "named") items.push({ kind: "fact", facts: [{ kind: "named", function: meaning.function }], noun: true, words, ...place });
        else items.push({ kind: "meaning", meaning, words, captures: match.captures, ...place });
      }
      at += match.length;
      continue;
    }
    if (unit.kind === "math") items.push(unit.math.dims ? { kind: "fact", facts: [{ kind: "shape", dims: unit.math.dims }], noun: true, words: "", start: unit.start, end: unit.end } : unit);
    else if (unit.kind === "dims") items.push({ kind: "fact", facts: [{ kind: "shape", dims: unit.dims }], noun: true, words: "", start: unit.start, end: unit.end });
    else if (unit.kind === "mark") items.push({ kind: "mark", text: unit.text, start: unit.start, end: unit.end });
    else items.push({ kind: "word", text: unit.text, start: unit.start, end: unit.end });
    at++;
  }
  return items;
}

function sentencesOf(items: readonly Item[]): Item[][] {
  const sentences: Item[][] = [[]];
  for (const item of items) {
    (sentences[sentences.length - 1] as Item[]).push(item);
    if (item.kind === "mark" && (item.text === "." || item.text === "?")) sentences.push([]);
  }
  return sentences.filter((sentence) => sentence.length);
}

const definingCues: ReadonlySet<string> = new Set(["let", "where", "write", "given"]);
const assumingCues: ReadonlySet<string> = new Set(["suppose", "since"]);
const localCues: ReadonlySet<string> = new Set(["if", "for"]);

class SentenceReader {
  /** What the clause is about. */
  private group: SymbolExpr[] = [];
  private groupMath: MathInfo | null = null;
  private cue: ClauseCue | null = null;
  private role: FormulaRole | null = null;
  private roleCue = "";
  private roleAt = { start: 0, end: 0 };
  private negated = false;
  private joining = false;
  /** Whether words that are no description stand between the group and here. */
  private apart = false;
  /** Whether something was said of the group already: the next symbol is another subject. */
  private described = false;

  constructor(
    private readonly items: readonly Item[],
    private readonly out: { declarations: Declaration[]; document: DocumentFact[]; formulas: FormulaFact[] },
  ) {}

  read(): void {
    this.conventions();
    this.items.forEach((item, at) => this.step(item, at));
  }

  private step(item: Item, at: number): void {
    switch (item.kind) {
      case "mark":
        if (item.text === ";" || item.text === ":" ) this.negated = false;
        if (item.text === ",") {
          this.negated = false;
          this.joining = true;
        }
        return;
      case "word":
        this.joining = false;
        this.apart = true;
        return;
      case "math":
        return this.math(item);
      case "fact":
        this.fact(item, at);
        return;
      case "meaning":
        return this.meaning(item, at);
    }
  }

  private math(item: Item & { kind: "math" }): void {
    const { math } = item;
    if (math.formula >= 0 && this.role) this.out.formulas.push({ formula: math.formula, role: this.role, cue: this.roleCue, ...this.roleAt });
    if (math.range || math.set || (math.size && !math.bare) || !math.subjects.length) return;
    // "$A$, $B$ and $C$ are …": bare symbols in a row are one group.
    const listed = this.joining && !this.described && math.bare && this.groupMath?.bare === true;
    this.group = listed ? [...this.group, ...math.subjects] : [...math.subjects];
    this.groupMath = math;
    this.joining = false;
    this.negated = false;
    this.apart = false;
    this.described = false;
  }

  /** A description goes to the symbols right after it, else to the group before. */
  private fact(item: Item & { kind: "fact" }, at: number): void {
    if (item.facts.some((fact) => fact.kind === "structured")) this.out.document.push({ kind: "symmetricDerivative", which: "structured", start: item.start, end: item.end, words: item.words, reach: "document" });
    const forward = this.followingMath(at);
    const negated = this.negated;
    const facts = item.facts.map((fact) => (negated && fact.kind === "property" ? { ...fact, negated: true } : fact));
    if (forward && this.goesForward(at, forward)) {
      this.declare(forward.math.subjects, facts, item, forward.math);
      return;
    }
    if (!this.group.length || this.apart) return;
    const named = facts.some((fact) => fact.kind === "named");
    if (named && !this.group.every(isFunctionName)) return;
    this.described = true;
    this.declare(this.group, facts, item, this.groupMath);
    const acting = facts.filter((fact) => fact.kind === "elementwise" || fact.kind === "rowwise" || fact.kind === "columnwise");
    if (acting.length && this.groupMath) this.declare(this.groupMath.functions, acting, item, this.groupMath);
  }

  /** The formula that a noun phrase leads up to: only descriptions, articles and links in between. */
  private followingMath(at: number): (Item & { kind: "math" }) | null {
    for (let i = at + 1; i < this.items.length; i++) {
      const item = this.items[i] as Item;
      if (item.kind === "math") return item.math.subjects.length && !item.math.range && !item.math.set ? item : null;
      if (item.kind === "fact") continue;
      if (item.kind === "meaning" && item.meaning.is === "grammar" && (item.meaning.key === "link" || item.meaning.key === "adverb")) continue;
      return null;
    }
    return null;
  }

  /** "is a symmetric matrix" looks back; "the symmetric matrix $A$", "for invertible $X$" look ahead. */
  private goesForward(at: number, forward: Item & { kind: "math" }): boolean {
    void forward;
    for (let i = at - 1; i >= 0; i--) {
      const item = this.items[i] as Item;
      if (item.kind === "fact") continue;
      if (item.kind === "math") return false;
      if (item.kind === "meaning" && item.meaning.is === "grammar") {
        if (["copula", "copulaOne", "copulaMany"].includes(item.meaning.key)) return !this.group.length;
        if (["indefinite", "definite", "adverb", "not"].includes(item.meaning.key)) continue;
      }
      return true;
    }
    return true;
  }

  private meaning(item: Item & { kind: "meaning" }, at: number): void {
    const { meaning } = item;
    if (meaning.is === "grammar") return this.grammar(item, meaning.key);
    if (meaning.is === "formula") return this.formulaCue(item, meaning.key, at);
    if (meaning.is === "part") return this.part(item, meaning.part, at);
    if (meaning.is === "relation") return this.relation(item, meaning.key, at);
  }

  private grammar(item: Item & { kind: "meaning" }, key: GrammarKey): void {
    if (definingCues.has(key) || assumingCues.has(key)) return this.setRole(definingCues.has(key) ? "definition" : "assumption", item, key as ClauseCue);
    if (localCues.has(key)) {
      this.cue = key as ClauseCue;
      if (this.role === null) this.setRole("assumption", item, key as ClauseCue);
      return;
    }
    if (key === "then" || key === "show") {
      this.cue = key;
      this.role = null;
      return;
    }
    if (key === "stop" || key === "genitive") this.apart = true;
    if (key === "not") this.negated = true;
    if (key === "but") this.negated = false;
    if (key === "and") this.joining = true;
    else if (key !== "definite" && key !== "indefinite") this.joining = false;
  }

  private setRole(role: FormulaRole, item: Item, cue: ClauseCue | null): void {
    this.role = role;
    this.cue = cue;
    this.roleCue = "words" in item ? item.words : "";
    this.roleAt = { start: item.start, end: item.end };
    this.negated = false;
    this.joining = false;
  }

  private formulaCue(item: Item & { kind: "meaning" }, key: FormulaCueKey, at: number): void {
    const { role, which } = formulaCues[key];
    const place = { start: item.start, end: item.end };
    if (which === "before") {
      if (this.groupMath && this.groupMath.formula >= 0 && this.groupMath.relation) this.out.formulas.push({ formula: this.groupMath.formula, role, cue: item.words, ...place });
      return;
    }
    if (which === "next") {
      const next = this.items.slice(at + 1).find((other) => other.kind === "math");
      if (next?.kind === "math" && next.math.formula >= 0 && next.math.relation) this.out.formulas.push({ formula: next.math.formula, role, cue: item.words, ...place });
      return;
    }
    if (role === "claim") {
      this.role = null;
      return;
    }
    // An assumption in the middle of a "where" stays a definition.
    if (role === "assumption" && this.role === "definition") return;
    this.setRole(role, item, this.cue);
  }

  /** "$X$ has rows $x_i^\top$" */
  private part(item: Item & { kind: "meaning" }, part: "rows" | "columns" | "entries", at: number): void {
    const next = this.items[at + 1];
    const [matrix] = this.group;
    if (!matrix || next?.kind !== "math" || !next.math.subjects.length) return;
    const fact: Fact = { kind: part === "rows" ? "rowsOf" : part === "columns" ? "columnsOf" : "entriesOf", matrix };
    this.declare(next.math.subjects.slice(0, 1), [fact], item, next.math);
  }

  private relation(item: Item & { kind: "meaning" }, key: keyof typeof relations, at: number): void {
    const { make, side } = relations[key];
    const argument = side === "after" ? this.argumentAfter(at) : null;
    const subjects = this.subjectsFor(at);
    if (make === "shape") {
      const next = this.items[at + 1];
      if (next?.kind === "math" && next.math.size) this.declare(subjects, [{ kind: "shape", dims: [next.math.size] }], item, this.groupMath);
      return;
    }
    if (!argument || !subjects.length) return;
    const args: Expr[] = argument.math.subjects.length ? [...argument.math.subjects] : argument.math.expr ? [argument.math.expr] : [];
    const [first] = argument.math.subjects;
    const fact = relationFact(make, args, first ?? null, argument.math.set);
    if (fact) this.declare(subjects, [fact], item, this.groupMath);
  }

  private subjectsFor(_at: number): readonly SymbolExpr[] {
    return this.group;
  }

  private argumentAfter(at: number): (Item & { kind: "math" }) | null {
    for (let i = at + 1; i < Math.min(this.items.length, at + 5); i++) {
      const item = this.items[i] as Item;
      if (item.kind === "math") return item;
      if (item.kind === "mark") return null;
    }
    return null;
  }

  private declare(subjects: readonly SymbolExpr[], facts: readonly Fact[], item: { start: number; end: number; words?: string }, math: MathInfo | null): void {
    const local = this.cue === "if" || (this.cue === "for" && this.role === "assumption");
    for (const subject of subjects) {
      this.out.declarations.push({ subject, facts, span: { start: item.start, end: item.end }, words: item.words ?? "", cue: this.cue, reach: local ? "sentence" : "document", formula: math?.formula ?? -1, formulas: this.items.flatMap((one) => (one.kind === "math" && one.math.formula >= 0 ? [one.math.formula] : [])) });
    }
  }

  /** Conventions of the whole document: layouts, vectors as rows or columns. */
  private conventions(): void {
    const keys = this.items.flatMap((item, at) => (item.kind === "meaning" && item.meaning.is === "convention" ? [{ key: item.meaning.key, item, at }] : []));
    const contrasted = (at: number): boolean => {
      for (let i = at - 1; i >= 0; i--) {
        const item = this.items[i] as Item;
        if (item.kind === "mark" && (item.text === "," || item.text === ";")) return false;
        if (item.kind === "meaning" && ((item.meaning.is === "convention" && item.meaning.key === "contrast") || (item.meaning.is === "grammar" && (item.meaning.key === "but" || item.meaning.key === "not")))) return true;
      }
      return false;
    };
    const has = (name: string): boolean => keys.some(({ key }) => key === name);
    const fact = (one: { item: Item & { kind: "meaning" } }): { start: number; end: number; words: string; reach: "document" } => ({ start: one.item.start, end: one.item.end, words: one.item.words, reach: "document" });
    for (const one of keys) {
      const layout = { numeratorLayout: "numerator", denominatorLayout: "denominator", mixedLayout: "mixed" }[one.key as string] as "numerator" | undefined;
      if (layout && !contrasted(one.at)) this.out.document.push({ kind: "layout", layout, ...fact(one as never) });
      if (one.key === "rows" && has("gradients") && !contrasted(one.at)) this.out.document.push({ kind: "layout", layout: "numerator", ...fact(one as never) });
      if (one.key === "columns" && has("gradients") && !contrasted(one.at)) this.out.document.push({ kind: "layout", layout: "denominator", ...fact(one as never) });
      if ((one.key === "rows" || one.key === "columns") && has("vectors") && !has("gradients") && !contrasted(one.at)) this.out.document.push({ kind: "vectors", are: one.key, ...fact(one as never) });
    }
  }
}

function relationFact(make: string, args: readonly Expr[], first: SymbolExpr | null, set: Expr | null): Fact | null {
  switch (make) {
    case "functionOf":
    case "scalarFunction":
    case "scalarFunctionOf":
      return args.length ? { kind: "functionOf", arguments: args, scalar: make !== "functionOf" } : null;
    case "independentOf":
      return { kind: "independentOf", arguments: args };
    case "rows":
    case "columns":
    case "entries":
      return first ? { kind: make === "rows" ? "rowsOf" : make === "columns" ? "columnsOf" : "entriesOf", matrix: first } : null;
    case "sameShape":
      return first ? { kind: "sameShape", as: [first] } : null;
    case "memberOf":
      return set ? { kind: "memberOf", set } : null;
    default:
      return null;
  }
}

function isFunctionName(symbol: SymbolExpr): boolean {
  return /^(sigma|varsigma|phi|varphi|psi|rho|f|g|h|a|s|sigmoid|act|S|T|Phi|Psi|theta)$/.test(symbol.name) && symbol.subscripts.length === 0;
}

export { sizesOfUnit };
