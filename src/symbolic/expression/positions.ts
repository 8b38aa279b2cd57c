/** Letters replaced by positions: one entry where an expression had an index, and short sums written out. */
import { inTrial, ONE, UNIT } from "../sizes";
import { delta, entry, rational, sum, symbol, unit, zero } from "./build";
import { partsOf, withParts } from "./parts";
import { isLetter, type Expression, type Index, type Letter } from "./types";

type Positions = ReadonlyMap<number, readonly [number, number]>;

/** The expression at fixed values of some of its free letters, by their ids. */
export function atPositions(e: Expression, positions: Positions): Expression {
  const at = <T extends Index | null>(index: T): T | Index => (index && isLetter(index) ? (positions.get(index.id) ?? index) : index);
  switch (e.kind) {
    case "symbol":
      return symbol({ ...e, indices: e.indices.map((index) => at(index)) });
    case "entry":
      return entry(atPositions(e.base, positions), at(e.row), at(e.column));
    case "unit":
      return unit(at(e.index), e.rows);
    case "delta":
      return deltaAt(at(e.first), at(e.second));
    default:
      return withParts(e, partsOf(e).map((part) => atPositions(part, positions)));
  }
}

function deltaAt(first: Index, second: Index): Expression {
  if (isLetter(first)) return delta(first, second);
  if (isLetter(second)) return delta(second, first);
  return first[0] === second[0] && first[1] === second[1] ? rational(ONE) : zero(UNIT, UNIT);
}

/** The longest sum that is written out. */
const MAX_SUMMANDS = 4;

/** A sum over a letter whose range is a number, not a size, is written out where it is short. */
export function spelledOut(e: Expression): Expression {
  const [letter, ...others] = e.kind === "sigma" ? e.letters : [];
  if (e.kind !== "sigma" || !letter || others.length > 0 || !isShort(letter)) return withParts(e, partsOf(e).map(spelledOut));
  const count = inTrial(letter.dim, 0);
  return sum(Array.from({ length: count }, (_, i) => spelledOut(atPositions(e.body, new Map([[letter.id, [i, i] as const]])))));
}

function isShort({ dim }: Letter): boolean {
  return inTrial(dim, 0) === inTrial(dim, 1) && inTrial(dim, 0) <= MAX_SUMMANDS;
}
