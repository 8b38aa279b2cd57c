/**
 * A document understood: its assertions with their places, its symbols with
 * shapes, properties and definitions. What is said of a symbol in words, by
 * membership, by a displayed matrix or by its definition meets here.
 */
import type { Span } from "../base/span";
import type { Document } from "../document/types";
import { withAssignments } from "./assignments";
import { withCrossEntropies } from "./cross-entropies";
import { declareAllMatrices, declareAllVectors } from "./declarations/all-vectors";
import { declareBounds, declareExtents, declareUnsaidCounts, enumeratedLetters, noteBounds } from "./declarations/bounds";
import { define, defineByComparison } from "./declarations/definitions";
import { type Draft, draftOf } from "./declarations/draft";
import { declareArguments, declareByEntries, declareMembers, declareParameters, passThroughInverses } from "./declarations/entries";
import { declareClashingLetters } from "./declarations/clashing-letters";
import { declareSolutions } from "./declarations/implicit";
import { withFields } from "./declarations/fields";
import { declareFirstLayers } from "./declarations/first-layers";
import { declareNewLosses } from "./declarations/new-losses";
import { leaveEntriesToWholes } from "./declarations/entries-of-wholes";
import { declareIntercepts } from "./declarations/intercepts";
import { declareInstances } from "./declarations/instances";
import { declareLeadingOnes } from "./declarations/leading-ones";
import { joinEntries } from "./declarations/joined";
import { findOptions, introducedRoles, locate, type Paragraph, paragraphsOf, shownBefore, shownBehind, tokensOf } from "./declarations/layout";
import { declareDependence, declareFunctionsBetween, declareNumberFunctions, declareShapes, shapeMoments } from "./declarations/relations";
import { declareEntriesOfSamples, declareSamples } from "./declarations/samples";
import { apartWhereRedeclared } from "./declarations/redeclared";
import { declareCompanions } from "./declarations/companions";
import { declareCoordinates } from "./declarations/coordinates";
import { declareCounted } from "./declarations/counted";
import { withArguments } from "./arguments-left-out";
import { withPrimes } from "./bare-primes";
import { withPrimedExpressions } from "./primed-expressions";
import { withCircleNumbers } from "./circle-number";
import { withBeginnings } from "./continued";
import { attachConditions } from "./declarations/conditions";
import { declareBlocks } from "./declarations/blocks";
import { declareDisplays, declareNumbered } from "./declarations/displays";
import { noteOrigins } from "./declarations/origins";
import { fixSizes, noteExampleSizes } from "./declarations/sizes";
import { headOfRow, withoutCases } from "./declarations/rows-of-tables";
import { declareSpectra } from "./declarations/spectra";
import { declareFacts } from "./declarations/words";
import { declareWrittenRows } from "./declarations/written-rows";
import { shapeThinFactors } from "./decomposed";
import { type Assertion, childrenOf, type Expr, type ReadFormula, type Relation, type SymbolExpr } from "./expression";
import { withTableRows } from "./derivative-tables";
import { withListedArguments } from "./listed-arguments";
import { withEntrywiseSigns } from "./entrywise-signs";
import { withLeftIndices } from "./index-left-out";
import { withOrders } from "./orders-above";
import { withPairs } from "./pair-sums";
import { withProportional } from "./proportional";
import { withNamesInWords } from "./named-in-words";
import { withSaidDerivatives } from "./said-derivatives";
import { withSlopes } from "./slopes-below";
import { type DerivativeFact, type Language, languageAmong, lettersOfPlainFormulas, type ProseFacts, readProse, strongest } from "./prose";
import { withRowsByEntries } from "./rows-by-entries";
import { leavesOutSums, withIndices, withSums } from "./summation";
import type { Entity } from "./symbols/entity";
import { baseKey, fullKey } from "./symbols/key";
import { labelledSymbols, namedByArrays, placesIn, runningLetters, steppingLetters } from "./symbols/labels";
import type { SymbolTable } from "./symbols/table";

export type Role = "definition" | "assumption" | "claim" | "wrong-example" | "update" | "initial" | "hypothetical" | "question" | "approximation" | "condition";

/** An assertion at its place in the document. */
export interface Located {
  readonly id: number;
  readonly assertion: Assertion;
  readonly formula: number;
  /** File offset of its first character. */
  readonly position: number;
  readonly section: number;
  readonly paragraph: number;
  readonly inline: boolean;
  readonly role: Role | null;
  /** Index in its formula. */
  readonly ordinal: number;
  /** Cases of its indices (`i \\neq j`) that are named around it: it may be said of one of them alone. */
  readonly cases?: readonly (readonly Relation[])[];
  /** It stands in a sentence with "otherwise" that compares no indices: it may be said of one case, whatever that is. */
  readonly partial?: boolean;
  /** Primed letters without arguments, and letters with arguments below them, which may be other letters, are read as derivatives; whether the section speaks of derivatives besides. */
  readonly bare?: "told" | "untold";
  /** Words that no formula repeats tell where it holds. */
  readonly inWords?: boolean;
  /** Words before it set a derivative to zero, by these letters where they name any. */
  readonly stationary?: readonly Expr[];
  /** A sentence states its left side, which is this in LaTeX, and no formula does, or, of `H = X^\\top X`, that H is this `derivative`; `amidst`: among which functions it is told of one. */
  readonly said?: { readonly left: string; readonly derivative?: Expr | undefined } & Pick<DerivativeFact, "amidst">;
  /** Its left side is the derivative of what the text gives up to a constant, or a factor. */
  readonly upToFactor?: true;
}

export interface Model {
  readonly document: Document;
  readonly formulas: readonly ReadFormula[];
  readonly located: readonly Located[];
  readonly table: SymbolTable;
  /** What the words of each paragraph say. */
  readonly prose: readonly ProseFacts[];
  /** The language that its words are in where a paragraph does not tell. */
  readonly language: Language;
  /** What the words say of the whole document. */
  readonly facts: ProseFacts["document"];
  /** Sizes that a section fixes by matrices of explicit entries: section → size class → number. */
  readonly fixedSizes: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Sizes of the example that a section works through: stated, or as far as its numbered entries go. */
  readonly exampleSizes: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Assertions that are definitions, by id. */
  readonly defining: ReadonlyMap<number, Entity>;
  readonly sections: readonly Span[];
  /** Set where a structured or entrywise-unconstrained derivative is declared for a symbol. */
  readonly structured: ReadonlySet<string>;
  /** Letters of which the text says something that nothing here understands. */
  readonly unread: ReadonlySet<string>;
  /** Letters that plain text or code sets equal to a formula. */
  readonly inPlainFormulas: ReadonlySet<string>;
}

/** `before`: the same document with other readings of its formulas, whose words need not be read again where no formula among them changed. */
export function understand(document: Document, read: readonly ReadFormula[], before?: Model): Model {
  const draft = draftOf(document, read);
  const cut = paragraphsOf(draft);
  const isAsBefore = (paragraph: Paragraph): boolean => before !== undefined && [...(headOfRow(paragraph, cut)?.pieces ?? []), ...paragraph.pieces].every((piece) => piece.kind !== "formula" || read[piece.formula] === before.formulas[piece.formula]);
  const tokens = cut.map((paragraph) => tokensOf(draft, paragraph, cut));
  const language = before?.language ?? languageAmong(tokens);
  const places = placesIn(read.flatMap(({ assertions }) => assertions.flatMap(({ sides }) => sides)));
  const prose = withoutCases(cut, cut.map((paragraph, index) => (before && isAsBefore(paragraph) ? (before.prose[index] as ProseFacts) : readProse(tokens[index] ?? [], shownBefore(draft, cut, paragraph), shownBehind(draft, cut, paragraph), language, places.letters))));
  const paragraphs = apartWhereRedeclared(draft, cut, tokens, prose);
  const roles = new Map([...introducedRoles(paragraphs, prose), ...strongest(prose.flatMap(({ formulas }) => formulas)).map(({ formula, role }) => [formula, role] as const)]);
  for (const paragraph of paragraphs) locate(draft, paragraph, roles);
  draft.located.splice(0, draft.located.length, ...withCrossEntropies(withAssignments(draft.located)));
  draft.located.splice(0, draft.located.length, ...withBeginnings(document, draft.located));
  draft.located.splice(0, draft.located.length, ...withTableRows(draft, paragraphs));
  draft.located.splice(0, draft.located.length, ...withSaidDerivatives(document, draft.located, prose.flatMap(({ derivatives }) => derivatives)));
  draft.located.splice(0, draft.located.length, ...withNamesInWords(draft.located, paragraphs));
  draft.located.splice(0, draft.located.length, ...withProportional(draft.located));
  findOptions(draft, paragraphs);
  attachConditions(draft, prose, paragraphs, places);
  noteStationary(draft, prose);
  for (const facts of prose) draft.facts.push(...facts.document);
  draft.located.splice(0, draft.located.length, ...withLeftIndices(withEntrywiseSigns(withPairs(draft.located.map(withIndices).map(withRowsByEntries)))));
  if (draft.facts.some(({ kind }) => kind === "summation") || leavesOutSums(draft.located)) draft.located.splice(0, draft.located.length, ...draft.located.map(withSums));
  const sides = draft.located.flatMap((located) => located.assertion.sides);
  draft.table.labelled = labelledSymbols(draft.located.map(({ assertion }) => assertion.sides));
  draft.table.stepping = steppingLetters(sides);
  draft.table.running = new Set([...runningLetters(sides), ...enumeratedLetters(draft)]);
  draft.located.splice(0, draft.located.length, ...withCircleNumbers(draft.located));
  declareShapes(draft);
  draft.located.splice(0, draft.located.length, ...draft.located.map((located) => withArguments(draft.table, located)));
  draft.located.splice(0, draft.located.length, ...withOrders(draft));
  draft.located.splice(0, draft.located.length, ...withPrimes(draft));
  draft.located.splice(0, draft.located.length, ...withPrimedExpressions(draft));
  draft.located.splice(0, draft.located.length, ...withSlopes(draft).map(withListedArguments));
  declareBounds(draft);
  declareExtents(draft);
  paragraphs.forEach((paragraph, index) => {
    for (const declaration of (prose[index] as ProseFacts).declarations) declareFacts(draft, declaration.subject, declaration.facts, declaration.span, { position: declaration.span.start, section: paragraph.section }, declaration.reach === "sentence", declaration.cue === "if" ? index : null);
  });
  declareDependence(draft);
  noteNamedByArrays(draft);
  declareBlocks(draft);
  declareLeadingOnes(draft);
  declareDisplays(draft);
  declareNumbered(draft);
  declareByEntries(draft, /^[a-z]$/);
  declareCounted(draft);
  declareIntercepts(draft);
  declareCompanions(draft);
  declareMembers(draft);
  joinEntries(draft);
  declareAllVectors(draft);
  declareAllMatrices(draft);
  declareParameters(draft);
  for (const { assertion } of draft.located) assertion.sides.forEach((side) => noteBounds(draft, side));
  declareUnsaidCounts(draft);
  declareClashingLetters(draft);
  declareSolutions(draft);
  define(draft, true);
  define(draft, false);
  defineByComparison(draft);
  declareWrittenRows(draft);
  declareSamples(draft);
  declareEntriesOfSamples(draft);
  declareCoordinates(draft);
  declareNewLosses(draft);
  declareFirstLayers(draft);
  declareInstances(draft);
  leaveEntriesToWholes(draft);
  declareByEntries(draft, /^[A-Z]$/);
  passThroughInverses(draft);
  shapeThinFactors(draft.table);
  declareSpectra(draft);
  declareArguments(draft);
  declareNumberFunctions(draft);
  declareFunctionsBetween(draft);
  shapeMoments(draft);
  if (draft.facts.some((fact) => fact.kind === "symmetricDerivative" && fact.which === "structured")) draft.structured.add("*");
  noteOrigins(draft);
  fixSizes(draft);
  noteExampleSizes(draft);
  draft.located.splice(0, draft.located.length, ...withFields(draft));
  draft.table.settle();
  return { document: draft.document, formulas: draft.formulas, located: draft.located, table: draft.table, prose, language, facts: draft.facts, fixedSizes: draft.fixedSizes, exampleSizes: draft.exampleSizes, defining: draft.defining, sections: draft.sections, structured: draft.structured, unread: new Set(prose.flatMap(({ unread }) => unread.map(baseKey))), inPlainFormulas: new Set(tokens.flatMap(lettersOfPlainFormulas)) };
}

function noteStationary({ located }: Draft, prose: readonly ProseFacts[]): void {
  const letters = new Map(prose.flatMap(({ stationary }) => stationary).flatMap(({ formulas, by }) => formulas.map((formula) => [formula, by] as const)));
  located.forEach((one, at) => {
    const by = letters.get(one.formula);
    // "the condition $\\partial L/\\partial p = 0$:" assumes nothing of what follows from it.
    if (by) located[at] = { ...one, stationary: located.flatMap(({ formula, assertion }) => (by.includes(formula) ? assertion.sides.filter(({ kind }) => kind === "symbol" || kind === "power") : [])), role: one.role === "assumption" ? null : one.role };
  });
}

/** A letter that the text declares to be an array, or transposes in its section, numbers nothing, wherever it stands below another. */
function noteNamedByArrays({ located, table }: Draft): void {
  const transposed = new Set(located.flatMap(({ assertion, section }) => assertion.sides.flatMap(transposedLetters).map((key) => `${section} ${key}`)));
  for (const { assertion, position, section } of located) {
    const isArray = (letter: SymbolExpr): boolean => {
      const entity = table.resolve(letter, { position, section })?.entity;
      return entity?.shapeFrom ? entity.shapeFrom === "declared" && (entity.shape?.length ?? 0) > 0 : transposed.has(`${section} ${fullKey(letter)}`);
    };
    for (const key of namedByArrays(assertion.sides, isArray)) table.namedByArrays.add(key);
  }
}

/** s of `s^\top`. */
function transposedLetters(expr: Expr): string[] {
  const own = expr.kind === "transpose" && expr.base.kind === "symbol" && !expr.base.subscripts.length ? [fullKey(expr.base)] : [];
  return [...own, ...childrenOf(expr).flatMap(transposedLetters)];
}
