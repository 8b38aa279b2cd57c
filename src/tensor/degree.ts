/**
 * Total degrees of rational functions through the graph, for the bound of
 * Schwartz and Zippel: a non-zero N/D, drawn at random in GF(p) and redrawn
 * where D vanishes, is zero with probability at most (deg N + deg D) / p.
 */
import { MissingRule } from "./errors";
import { topological } from "./graph";
import { atomDegree, polynomial, productDegree, sumDegree, totalDegree, type Degree } from "./primitives/degrees";
import { callRule, mapRule } from "./primitives/index";
import { argsOf, type Term } from "./term";

/**
 * Degree of numerator plus denominator, atoms counted as unknowns of their
 * own. For a comparison of two terms it is the degree of their difference that
 * counts: `degreeBound(sub(a, b)) / p` bounds the chance of a wrong "equal".
 */
export function degreeBound(term: Term): number {
  const degrees = new Map<Term, Degree>();
  let collisions = 0;
  for (const node of topological([term])) {
    const degree = degreeOfNode(node, argsOf(node).map((arg) => degrees.get(arg)!));
    collisions += degree.collisions;
    degrees.set(node, degree);
  }
  const whole = degrees.get(term)!;
  return whole.numerator + totalDegree(whole.denominator) + collisions;
}

function degreeOfNode(node: Term, args: readonly Degree[]): Degree {
  switch (node.kind) {
    case "variable":
      return polynomial(1);
    case "constant":
      return polynomial(0);
    case "contract":
      return productDegree(args);
    case "add":
      return sumDegree(args);
    case "power":
      return atomDegree(args, node);
    case "map":
    case "call": {
      const rule = node.kind === "map" ? mapRule(node.fn) : callRule(node.fn);
      if (!rule) throw new MissingRule(node.fn, "forward");
      return rule.degree(args, node);
    }
  }
}
