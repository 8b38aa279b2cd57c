/** `A_{i,:} = \operatorname{softmax}(E_{i,:})`: a function of rows, or columns, says what each entry is. */
import { type Expr, plainSymbol, type Subscript, symbolsIn } from "./expression";
import type { Located } from "./model";
import { isIndexLetter } from "./symbols/table";

const letters = ["j", "k", "l", "m", "n"] as const;

export function withRowsByEntries(located: Located): Located {
  const { sides, links } = located.assertion;
  const [left, right, ...more] = sides;
  const along = left?.kind === "symbol" && left.subscripts.length === 2 ? left.subscripts.findIndex(isAll) : -1;
  if (left?.kind !== "symbol" || right?.kind !== "apply" || more.length || links[0]?.operator !== "=" || along < 0 || !isIndexLetter(left.subscripts[1 - along] as Subscript) || !right.args.some(isSlice)) return located;
  const taken = new Set(sides.flatMap((side) => symbolsIn(side)).flatMap(({ name, subscripts }) => [name, ...subscripts.map(({ text }) => text)]));
  const name = letters.find((letter) => !taken.has(letter));
  if (!name) return located;
  const { start, end } = left.subscripts[along] as Subscript;
  const index: Subscript = { expr: plainSymbol(name, "", { start, end }, []), text: name, start, end };
  const entry: Expr = { kind: "entry", base: right, indices: [index], start: right.start, end: right.end };
  return { ...located, assertion: { ...located.assertion, sides: [{ ...left, subscripts: left.subscripts.map((subscript, at) => (at === along ? index : subscript)) }, entry] } };
}

/** Whether something is one row, or column, of an array. */
function isSlice(expr: Expr): boolean {
  return expr.kind === "symbol" && expr.subscripts.length === 2 && expr.subscripts.filter(isAll).length === 1;
}

function isAll({ expr }: Subscript): boolean {
  return expr.kind === "dots";
}
