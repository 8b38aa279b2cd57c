/**
 * Symbols that the text does not declare: variables whose shape is guessed from
 * how they are written, or arrays known by their entries.
 */
import type { Place } from "../latex/types";
import type { Subscript, SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { baseKey, familyKey, otherCase, taggedKey } from "../semantics/symbols/key";
import { Failure } from "./failure";
import { isNamed } from "./functions";
import { biasOf, collectorOf, guessShape, hasMemberLast, inBold, hasVectorMembers, isWrittenWhole, kindOf, memberKind, runsAbove, sideOfSamples, standsAlone, vectorShape } from "./guess";
import { familyMember, familyWhole } from "./families";
import { isIndexed, pick, select } from "./indices";
import type { Lowering } from "./lower";
import { isVector, reshaped } from "./operations";
import { isCompared, originOf, runsIn } from "./running";
import { gathered, type Sliced, sliceMember } from "./slices";
import { sizeNumber } from "./symbols";
import { scale } from "../tensor";
import { termOf, type Value } from "./value";

export function unknownSymbol(lowering: Lowering, written: SymbolExpr): Value {
  const symbol = inBold(written, lowering.model);
  const key = baseKey(symbol);
  if (isNamed(symbol.name) && symbol.name.length > 1) return lowering.fail("unsupported", `${symbol.name} without an argument`, symbol);
  if (isOverProduct(symbol)) return lowering.fail("unsupported", `\\${symbol.accents[0]} over an expression`, symbol);
  if (!symbol.subscripts.length && lowering.model.table.sizeNames.has(key)) return sizeNumber(key);
  lowering.guessed.add(key);
  const random = lowering.chance?.leaf(symbol, null, guessedShape(lowering, symbol, symbol));
  if (random) return random;
  const mean = meanOf(lowering, symbol);
  if (mean) return mean;
  const all = membersTogether(lowering, symbol);
  if (all) return all;
  const sample = sampleOf(lowering, symbol);
  if (sample) return symbol.subscripts.length ? select(lowering, sample, symbol.subscripts, symbol) : sample;
  const entry = memberEntry(lowering, symbol) ?? partOfMatrix(lowering, symbol) ?? entryOfAll(lowering, symbol);
  if (entry) return entry;
  if (isIndexed(lowering, symbol) || isIndexed(lowering, written)) {
    let current = unknownArray(lowering, written);
    if (symbol.subscripts.length === 1 && isVector(lowering, current)) return select(lowering, current, symbol.subscripts, symbol, originOf(lowering.model, written));
    for (const subscript of symbol.subscripts) current = pick(lowering, current, 0, subscript, originOf(lowering.model, written));
    return current;
  }
  const place = symbol.subscripts.length === 1 && runsIn(lowering.model, symbol) ? (symbol.subscripts[0] as Subscript).text : null;
  if (place !== null && isCompared(lowering.model, place) && !lowering.scope.has(place)) throw new Failure("unknown-symbol", `nothing binds ${place}`, symbol, false, place);
  const name = `${taggedKey(symbol)}${symbol.subscripts.map((subscript) => `_${subscript.text}`).join("")}`;
  const known = lowering.values.get(`u:${name}`);
  if (known) return known;
  const drawn = lowering.variableOf(name, guessedShape(lowering, symbol, symbol), null, key);
  const bias = isVector(lowering, drawn) ? biasOf(symbol, lowering.model) : null;
  const value = bias ? { ...drawn, bias } : drawn;
  lowering.values.set(`u:${name}`, value);
  return value;
}

/** `\\overline{xy}` is made of x and y: where no formula says how, its derivatives are not known. */
function isOverProduct({ name, accents }: SymbolExpr): boolean {
  return accents.length > 0 && /[ _^]/.test(name);
}

/** The numbers of a family as a vector. */
function vectorOf(whole: Value, model: Model): Value {
  const ranges = whole.free.map((axis) => axis.range);
  const [length, ...more] = ranges;
  return reshaped({ free: [], shape: ranges, make: (env) => termOf(whole, env) }, length !== undefined && !more.length ? vectorShape(length, model) : [...ranges, "1"]);
}

/** `x^{(i)}` where x is a declared vector: one more of its kind, and `x_j^{(i)}` is an entry of it. */
function sampleOf(lowering: Lowering, symbol: SymbolExpr): Value | null {
  if (symbol.tags.length !== 1 || !/^\((\w+)\)$/.test(symbol.tags[0]?.text ?? "") || lowering.overrides.has(baseKey(symbol))) return null;
  const shape = lowering.resolve({ ...symbol, tags: [], subscripts: [] })?.entity.shape;
  if (shape?.length !== 2 || !shape.includes("1")) return null;
  return lowering.variableOf(taggedKey(symbol), shape, null, baseKey(symbol));
}

/** Where samples are read as parts of a matrix: X of which only the members x_i are spoken of, and y of the numbers y_i beside them. */
function membersTogether(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const { samples } = lowering.reading;
  if (samples === "own" || symbol.subscripts.length || lowering.overrides.has(baseKey(symbol))) return null;
  const numbers = membersOf(lowering, symbol);
  if (numbers) return numbers.shape.length ? null : vectorOf(numbers, lowering.model);
  const member = otherCase(symbol);
  const vectors = member && membersOf(lowering, member, true);
  return member && vectors ? gathered(lowering, vectors, sideOfSamples(lowering.reading, member, lowering.model)) : null;
}

/** Where samples are read as parts of a matrix: `a^{(i)}` and a_i of which only `A = \sigma(w^\top X)` is spoken of, and the entry `a_j^{(i)}`. */
function partOfMatrix(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const slices = slicesOf(lowering, symbol);
  if (!slices) return null;
  const member = sliceMember(lowering, slices, symbol);
  const entry = symbol.subscripts.slice(1);
  return entry.length ? select(lowering, member, entry, symbol) : member;
}

/** Of which matrix such a letter is a part; null where it is none. */
export function slicesOf(lowering: Lowering, symbol: SymbolExpr): Sliced | null {
  const { reading, model } = lowering;
  const [only, ...more] = symbol.subscripts;
  const isMember = only !== undefined && (!more.length || (only.above !== undefined && more.length === 1));
  const matrix = reading.samples !== "own" && isMember && !lowering.overrides.has(baseKey(symbol)) ? otherCase({ ...symbol, subscripts: [] }) : null;
  if (!matrix || !/^[A-Z]/.test(matrix.name)) return null;
  const entity = lowering.resolve(matrix)?.entity;
  // One of which nothing is said is a matrix where it stands beside what it is multiplied by.
  if (entity ? entity.isFunction || !(entity.definition || entity.shapeFrom === "declared") : !isWrittenWhole(matrix, model) || guessShape(matrix, model, null, lowering.classes)?.length !== 2) return null;
  return { orientation: "column", shape: null, slices: { matrix, by: sideOfSamples(reading, symbol, model) } };
}

/** Where samples are read as parts of what is written whole: `y^{(i)}` beside `\|y - X\theta\|`. */
function entryOfAll(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const [only, ...more] = symbol.subscripts;
  if (lowering.reading.samples === "own" || only?.above === undefined || more.length || lowering.overrides.has(baseKey(symbol))) return null;
  const whole = { ...symbol, subscripts: [] };
  if (!standsAlone(whole, lowering.model) || kindOf(whole, lowering.model) !== "vector" || hasVectorMembers(symbol, lowering.model)) return null;
  return select(lowering, unknownSymbol(lowering, whole), [only], symbol);
}

/** `\bar x` beside vectors x_i: their mean, where nothing says otherwise. */
function meanOf(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const [accent, ...accents] = symbol.accents;
  if (!/^(bar|overline)$/.test(accent ?? "") || symbol.subscripts.length || lowering.overrides.has(baseKey(symbol))) return null;
  const members = membersOf(lowering, { ...symbol, accents });
  const [axis, ...more] = members?.free ?? [];
  if (!members || !axis || more.length) return null;
  const sum = lowering.algebra.sumOver(members, axis);
  return { ...sum, make: (env) => scale(termOf(sum, env), 1, env.size(axis.range)) };
}

/** The members of a family along a free axis: of one that nothing defines, or of any. */
function membersOf(lowering: Lowering, symbol: SymbolExpr, any = false): Value | null {
  const letter: Subscript = { expr: symbol, text: "", start: symbol.start, end: symbol.end };
  for (const member of [letter, { ...letter, above: "(i)" }].map((one) => ({ ...symbol, subscripts: [one] }))) {
    // The numbers y^{(i)} are the entries of **y**.
    const family = [symbol, { ...symbol, font: "" }].map((one) => lowering.model.table.find(familyKey(member), one, lowering.place)).find((one) => one !== null);
    if (family) return (family.definition && !any) || family.slices ? null : familyWhole(lowering, family);
  }
  if (!runsAbove(symbol, lowering.model)) return null;
  const { make, shape: [range, ...shape] } = unknownArray(lowering, { ...symbol, subscripts: [{ ...letter, above: "(i)" }] });
  return { free: [lowering.newAxis("m", range as string)], shape, make };
}

/** `x_{ij}` where the x_i are vectors: entry j of x_i, and entry k of q_j in `q_{kj}`, of which the text writes q_j and no q_k. Some write the entry first all the same, so that sizes that do not fit prove nothing. */
function memberEntry(lowering: Lowering, symbol: SymbolExpr): Value | null {
  const [one, other, ...more] = symbol.subscripts;
  const [first, second] = hasMemberLast(symbol, lowering.model) ? [other, one] : [one, other];
  if (!first || !second || more.length || lowering.overrides.has(baseKey(symbol))) return null;
  const member = { ...symbol, subscripts: [first] };
  const resolved = lowering.resolve(member);
  if (!resolved && memberKind(member, lowering.model) === "vector" && isIndexed(lowering, member)) return select(lowering, unknownSymbol(lowering, member), [second], symbol);
  if (!resolved?.family || resolved.entity.shape?.filter((dim) => dim !== "1").length !== 1) return null;
  try {
    return select(lowering, familyMember(lowering, resolved.entity, member), [second], symbol, resolved.entity.origin);
  } catch (error) {
    if (error instanceof Failure && error.kind === "shape") return lowering.fail("ambiguous", error.message, symbol);
    throw error;
  }
}

/** The array whose entries are written with subscripts but that is nowhere declared: one axis for each index. */
export function unknownArray(lowering: Lowering, written: SymbolExpr): Value {
  const symbol = inBold(written, lowering.model);
  const name = `${familyKey(symbol)}[]`;
  const known = lowering.values.get(name);
  if (known) return known;
  const tried = lowering.overrides.get(baseKey(symbol));
  const isPlain = symbol.subscripts.length === 1 && !symbol.subscripts[0]?.above;
  // The plain y_k of a text that writes **y** is an entry of it.
  const kind = tried === "scalar" ? "number" : isPlain && symbol !== written ? "entry" : memberKind(symbol, lowering.model);
  // Of a number there are no entries: tried as one, it is one of several. Numbers y_i beside a y that is tried as a vector are its entries.
  const collector = tried !== "scalar" && kind === "number" && isPlain ? collectorOf(symbol, lowering.model) : null;
  if (collector && !lowering.resolve(collector)) return unknownSymbol(lowering, collector);
  if (kind === "entry" || (kind === "number" && (tried === "vector" || tried === "row") && isPlain)) return unknownSymbol(lowering, { ...symbol, subscripts: [] });
  const ranges = symbol.subscripts.map((_, i) => namedRange(lowering, name, i));
  const whole = lowering.variableOf(name, [...ranges, ...shapeOf(kind, lowering)], null, baseKey(symbol));
  lowering.values.set(name, whole);
  return whole;
}

/** What a member of a family has the shape of. */
function shapeOf(kind: ReturnType<typeof memberKind>, { classes }: Lowering): readonly string[] {
  return kind === "vector" ? [classes.length(), "1"] : kind === "matrix" ? [classes.unknown(), classes.unknown()] : [];
}

function namedRange(lowering: Lowering, name: string, axis: number): string {
  const key = `${name}:${axis}`;
  const known = lowering.ranges.get(key);
  if (known) return known;
  const range = lowering.classes.unknown();
  lowering.ranges.set(key, range);
  return range;
}

export function guessedShape(lowering: Lowering, symbol: SymbolExpr, place: Place): readonly string[] {
  lowering.guessed.add(baseKey(symbol));
  const shape = guessShape(symbol, lowering.model, lowering.overrides.get(baseKey(symbol)) ?? null, lowering.classes);
  return shape ?? lowering.fail("unknown-shape", `the shape of ${symbol.name} is not given`, place);
}
