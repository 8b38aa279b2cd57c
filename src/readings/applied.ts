/** What the text applies letters to: `\ell_t(o_t)` says what `\ell_k` is of. */
import { childrenOf, type Expr, type SymbolExpr } from "../semantics/expression";
import type { Model } from "../semantics/model";
import { taggedKey } from "../semantics/symbols/key";
import type { Resolved } from "../semantics/symbols/table";
import type { Lowering } from "./lower";
import { same } from "../base/same";

interface Application {
  readonly expr: Expr & { readonly kind: "apply" };
  readonly section: number;
}

const applications = new WeakMap<Model, Map<string, Application[]>>();

/** What the text applies a function to. */
export function applicationsOf(model: Model, key: string): readonly Application[] {
  let known = applications.get(model);
  if (!known) {
    applications.set(model, (known = new Map()));
    const open = model.located.flatMap(({ assertion, section }) => assertion.sides.map((expr) => ({ expr, section })));
    for (let next = open.pop(); next; next = open.pop()) {
      const { expr, section } = next;
      if (expr.kind === "apply" && !expr.primes) known.set(taggedKey(expr.fn), [...(known.get(taggedKey(expr.fn)) ?? []), { expr, section }]);
      open.push(...childrenOf(expr).map((child) => ({ expr: child, section })));
    }
  }
  return known.get(key) ?? [];
}

/** ℓ_k where the text writes ℓ_t(o_t), and nothing else of what ℓ_t is: ℓ_k(o_k). */
export function appliedMember({ model, place }: Lowering, symbol: SymbolExpr, resolved: Resolved | null): Expr | null {
  const { subscripts } = symbol;
  if (subscripts.length !== 1 || (resolved && (!resolved.family || resolved.entity.definition || resolved.entity.parameters.length || resolved.entity.shape?.length))) return null;
  const members = applicationsOf(model, taggedKey(symbol)).flatMap(({ expr, section }) => {
    const letter = letterBelow(expr.fn);
    const ofMembers = letter !== null && expr.args.length > 0 && expr.args.every((arg) => arg.kind === "symbol" && letterBelow(arg) === letter);
    return ofMembers ? [{ args: expr.args.map((arg): Expr => ({ ...(arg as SymbolExpr), subscripts })), expr, section }] : [];
  });
  const here = members.filter(({ section }) => section === place.section);
  const [first, ...others] = here.length ? here : members;
  const isOne = first !== undefined && others.every(({ args }) => args.length === first.args.length && args.every((arg, i) => same(arg, first.args[i] as Expr)));
  return isOne ? { ...first.expr, fn: { ...first.expr.fn, subscripts }, args: first.args } : null;
}

/** t in `h_t`. */
function letterBelow({ subscripts: [only, ...more] }: SymbolExpr): string | null {
  return only?.expr.kind === "symbol" && !more.length ? only.expr.name : null;
}
