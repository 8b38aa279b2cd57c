/** ε_{ijk} of three dimensions, and the cross product of vectors in space. */
import type { SymbolExpr } from "../semantics/expression";
import { constant } from "../tensor";
import { isSpatial } from "./guess";
import { indexOf } from "./indices";
import type { Lowering } from "./lower";
import type { Value } from "./value";

/** The sign of the permutation (i, j, k) of (0, 1, 2), else 0. */
const sign = (i: number, j: number, k: number): number => ((j - i) * (k - j) * (k - i)) / 2;

/** ε with three letters or numbers below it. */
export function leviCivita(lowering: Lowering, symbol: SymbolExpr): Value {
  const places = symbol.subscripts.map((subscript) => indexOf(lowering, subscript));
  const free = places.flatMap((place) => (place?.kind === "axis" && !place.shift ? [place.axis] : []));
  const fixed = places.map((place) => (place?.kind === "value" && /^[123]$/.test(place.key) ? Number(place.key) - 1 : null));
  const isRead = free.length + fixed.filter((at) => at !== null).length === 3 && new Set(free.map(({ name }) => name)).size === free.length;
  if (!isRead || !free.every(({ range }) => lowering.classes.unify(range, "3"))) return lowering.fail("unsupported", "ε with indices that are not read", symbol);
  const values = Array.from({ length: 3 ** free.length }, (_, entry) => {
    // The last free index runs fastest.
    let rest = entry;
    const [k, j, i] = [...fixed].reverse().map((at) => {
      const own = at ?? rest % 3;
      if (at === null) rest = Math.floor(rest / 3);
      return own;
    }) as [number, number, number];
    return sign(i, j, k);
  });
  return { free, shape: [], make: () => constant(free.map(() => 3), values) };
}

/** a × b of two columns of length 3, of which one may be of a length that nothing says, and both in a text of cross products; null of anything else. */
export function crossProduct(lowering: Lowering, a: Value, b: Value): Value | null {
  const lengths = [a, b].map((value) => lengthOf(lowering, value));
  if (!(lengths.includes("3") || isSpatial(lowering.model)) || !lengths.every((length) => mayBeThree(lowering, length))) return null;
  return lowering.algebra.contractValues([signs, a, b], [["i", "j", "k"], ["j", "c"], ["k", "c"]], ["i", "c"], ["3", "1"]);
}

/** The matrix by which a × b is made of b; null of what is no column of length 3. */
export function crossMatrix(lowering: Lowering, a: Value): Value | null {
  return mayBeThree(lowering, lengthOf(lowering, a)) ? lowering.algebra.contractValues([signs, a], [["i", "j", "k"], ["j", "c"]], ["i", "k"], ["3", "3"]) : null;
}

const three = [0, 1, 2];
const signs: Value = { free: [], shape: ["3", "3", "3"], make: () => constant([3, 3, 3], three.flatMap((i) => three.flatMap((j) => three.map((k) => sign(i, j, k))))) };

/** The length of a column. */
function lengthOf({ classes, algebra }: Lowering, { shape: [rows, columns, ...more] }: Value): string | null {
  return more.length === 0 && rows !== undefined && columns !== undefined && algebra.isOne(columns) ? classes.find(rows) : null;
}

function mayBeThree({ classes }: Lowering, length: string | null): boolean {
  return length === "3" || (length !== null && length.startsWith("?") && classes.unify(length, "3"));
}
