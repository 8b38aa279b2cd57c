/**
 * Functions that are defined at members of a family: `k(x_i, x_j) = x_i^\top x_j`
 * says what k is of any two arguments.
 */
import { type Expr, type SymbolExpr, symbolsIn } from "./expression";
import { fullKey, taggedKey } from "./symbols/key";

type Applied = Expr & { readonly kind: "apply" };

/** The definition in letters of its own; null where its arguments are plain letters, or no different members of one family, or the right side has them only in what it is made of. */
export function withOwnParameters(left: Applied, right: Expr): { readonly left: Applied; readonly right: Expr } | null {
  const args = left.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol");
  const members = args.filter((arg) => arg.subscripts.length > 0);
  if (args.length < 2 || args.length !== left.args.length || new Set(args.map(fullKey)).size !== args.length) return null;
  const isOneFamily = members.length === args.length && new Set(members.map(taggedKey)).size === 1;
  if (!isOneFamily && !(members.length && members.every(isNumbered))) return null;
  if (!isOneFamily && !members.every((member) => symbolsIn(right, false).some((one) => fullKey(one) === fullKey(member)))) return null;
  const letters = new Map(members.map((member, i) => [fullKey(member), { ...member, name: `⟨${taggedKey(member)}${i + 1}⟩`, accents: [], subscripts: [], tags: [], primes: 0 }]));
  return { left: { ...left, args: args.map((arg) => letters.get(fullKey(arg)) ?? arg) }, right: substituted(right, letters) as Expr };
}

/** `\lambda_1` */
function isNumbered({ subscripts }: SymbolExpr): boolean {
  return subscripts.length === 1 && subscripts[0]?.expr.kind === "number";
}

function substituted(value: unknown, letters: ReadonlyMap<string, SymbolExpr>): unknown {
  if (Array.isArray(value)) return value.map((item) => substituted(item, letters));
  if (typeof value !== "object" || value === null) return value;
  const letter = "kind" in value && value.kind === "symbol" ? letters.get(fullKey(value as SymbolExpr)) : undefined;
  if (letter) return letter;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner, letters)]));
}
