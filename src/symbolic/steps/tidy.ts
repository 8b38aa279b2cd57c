/** Lines as a person writes them: numbers in front and in one fraction, equal summands counted. */
import { fingerprint, hadamard, isIncrement, isNumber, power, product, rational, sigma, sum, transpose } from "../expression/build";
import type { Expression } from "../expression/types";
import { negated, ONE, ratio } from "../sizes";
import { scaledBy } from "../translate/scalars";

export function tidied(e: Expression): Expression {
  if (e.kind === "sum") return counted(e.terms.map(tidied));
  if (e.kind === "transpose") return transpose(tidied(e.arg));
  if (e.kind === "sigma") return sigma(e.letters, tidied(e.body));
  if (e.kind === "hadamard") return tidiedHadamard(e.factors);
  if (e.kind !== "product" && e.kind !== "quotient") return e;
  const { numbers, core } = numbersOf(e.kind === "product" ? product(...e.factors.map(tidied)) : e);
  const moving = numbers.filter(isIncrement);
  return product(scaledBy(null, numbers.filter((number) => !isIncrement(number)), core && [core]), ...moving);
}

/** What scales an expression, and what is scaled; null where all is numbers. */
export function numbersOf(e: Expression): { readonly numbers: readonly Expression[]; readonly core: Expression | null } {
  if (e.kind === "quotient") {
    const { numbers, core } = numbersOf(e.numerator);
    return { numbers: [...numbers, ...numbersIn(e.denominator).map(inverted)], core };
  }
  if (e.kind !== "product") return isNumber(e) ? { numbers: [e], core: null } : { numbers: [], core: e };
  const others = e.factors.filter((factor) => !isNumber(factor));
  const numbers = e.factors.filter(isNumber).flatMap(numbersIn);
  if (others.length === 0) return { numbers, core: null };
  const core = product(...others);
  return isNumber(core) ? { numbers: [...numbers, core], core: null } : { numbers, core };
}

function numbersIn(e: Expression): readonly Expression[] {
  if (e.kind === "quotient") return [...numbersIn(e.numerator), ...numbersIn(e.denominator).map(inverted)];
  return e.kind === "product" && e.factors.every(isNumber) ? e.factors.flatMap(numbersIn) : [e];
}

function inverted(e: Expression): Expression {
  return power(e.kind === "power" && !e.matrix ? e.base : e, e.kind === "power" && !e.matrix ? negated(e.exponent) : negated(ONE));
}

/** A ⊙ 2B as 2 A ⊙ B. */
function tidiedHadamard(factors: readonly Expression[]): Expression {
  const apart = factors.map((factor) => numbersOf(factor));
  if (apart.every(({ numbers }) => numbers.length === 0) || apart.some(({ core }) => !core)) return hadamard(factors);
  return scaledBy(null, apart.flatMap(({ numbers }) => numbers), [hadamard(apart.map(({ core }) => core!))]);
}

/** A + B + A as 2A + B. */
function counted(terms: readonly Expression[]): Expression {
  const found = new Map<string, { readonly term: Expression; count: number }>();
  for (const term of terms) {
    const known = found.get(fingerprint(term));
    if (known) known.count++;
    else found.set(fingerprint(term), { term, count: 1 });
  }
  return sum([...found.values()].map(({ term, count }) => (count === 1 ? term : product(rational(ratio(count)), term))));
}
