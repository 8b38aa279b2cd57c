/** Zero by form: what zeros, wherever they stand, make of a term whatever its letters are. */
import { topological } from "./graph";
import { mapRule } from "./primitives/index";
import { argsOf, isZero, type Term } from "./term";

/** Calls that only place entries. */
const placing = ["stack", "reshape", "range", "pad", "concat"];

export function vanishes(term: Term): boolean {
  const found = new Set<Term>();
  for (const node of topological([term])) if (isZero(node) || vanishesOver(node, found)) found.add(node);
  return found.has(term);
}

function vanishesOver(node: Term, found: ReadonlySet<Term>): boolean {
  const args = argsOf(node);
  switch (node.kind) {
    case "contract":
      return args.some((arg) => found.has(arg));
    case "add":
      return args.every((arg) => found.has(arg));
    case "map":
      return found.has(node.arg) && mapRule(node.fn)?.forward(0) === 0;
    case "power":
      return found.has(node.base) && node.exponent.kind === "constant" && (node.exponent.numerators[0] as number) > 0;
    case "call":
      return placing.includes(node.fn) && args.length > 0 && args.every((arg) => found.has(arg));
    default:
      return false;
  }
}
