/**
 * One way to write a product: factors in an order, and labels with numbers,
 * that depend on its structure alone, so that equal products have equal keys.
 * Labels are told apart by what meets in them (two rounds of refinement), then
 * numbered as the factors are picked, neighbours of picked ones first.
 */
import type { Draft, Factor, Product } from "./types";

export function canonical(draft: Draft): Product {
  // Different atoms order themselves, and the axes of what is not symmetric as well.
  const plain = new Set(draft.factors.map(({ atom }) => atom)).size === draft.factors.length && !draft.factors.some(({ atom }) => atom.symmetric);
  const colors = plain ? null : refine(draft);
  const numbers = new Map<number, number>();
  const number = (label: number): number => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  };
  draft.output.forEach(number);
  const rest = draft.factors.map((factor) => ({ factor, color: colors?.factor(factor) ?? "" }));
  const factors: Factor[] = [];
  while (rest.length > 0) {
    let best = 0;
    for (let i = 1; i < rest.length; i++) if (compare(rest[i]!, rest[best]!, numbers) < 0) best = i;
    const [{ factor }] = rest.splice(best, 1) as [(typeof rest)[number]];
    factors.push(numbered(factor, number, numbers, colors));
  }
  const sizes = [...numbers.keys()].map((label) => draft.sizes.get(label)!);
  const output = draft.output.map(number);
  const key = `${factors.map(({ atom, exponent, labels }) => `${atom.id}^${exponent.n}/${exponent.d}:${labels.join()}`).join(";")}>${output.join()}`;
  return { coefficient: draft.coefficient, factors, output, sizes, key };
}

/** A symmetric matrix has its labels in increasing order, those without a number by their colours. */
function numbered(factor: Factor, number: (label: number) => number, numbers: ReadonlyMap<number, number>, colors: Colors | null): Factor {
  if (!factor.atom.symmetric || !colors) return { ...factor, labels: factor.labels.map(number) };
  const [a, b] = factor.labels as [number, number];
  const [first, second] = [numbers.get(a) ?? Infinity, numbers.get(b) ?? Infinity];
  const swapped = second < first || (first === second && colors.label(b) < colors.label(a));
  return { ...factor, labels: (swapped ? [b, a] : [a, b]).map(number) };
}

interface Colors {
  factor(factor: Factor): string;
  label(label: number): string;
}

interface Pick {
  readonly factor: Factor;
  readonly color: string;
}

function compare(a: Pick, b: Pick, numbers: ReadonlyMap<number, number>): number {
  if (a.factor.atom.id !== b.factor.atom.id) return a.factor.atom.id - b.factor.atom.id;
  if (a.color !== b.color) return a.color < b.color ? -1 : 1;
  for (let i = 0; i < a.factor.labels.length; i++) {
    const difference = (numbers.get(a.factor.labels[i]!) ?? 1e9) - (numbers.get(b.factor.labels[i]!) ?? 1e9);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Colours of labels, by where they are in the output and by the factors around them. */
function refine(draft: Draft): Colors {
  let colors = new Map<number, string>();
  for (const label of draft.sizes.keys()) colors.set(label, draft.output.flatMap((other, i) => (other === label ? [i] : [])).join() || "s");
  const factorColor = (factor: Factor): string => {
    const around = factor.labels.map((label) => colors.get(label)!);
    return `${factor.atom.id}^${factor.exponent.n}/${factor.exponent.d}(${(factor.atom.symmetric ? around.sort() : around).join("|")})`;
  };
  for (let round = 0; round < 2; round++) {
    const incident = new Map<number, string[]>();
    for (const factor of draft.factors) {
      const color = factorColor(factor);
      factor.labels.forEach((label, axis) => {
        const list = incident.get(label) ?? [];
        list.push(`${factor.atom.symmetric ? "" : axis}${color}`);
        incident.set(label, list);
      });
    }
    const names = new Map<string, number>();
    const entries = [...colors].map(([label, color]) => [label, `${color}{${(incident.get(label) ?? []).sort().join()}}`] as const);
    for (const color of [...new Set(entries.map(([, color]) => color))].sort()) names.set(color, names.size);
    colors = new Map(entries.map(([label, color]) => [label, `${colors.get(label)!.slice(0, 3)}#${names.get(color)!}`]));
  }
  return { factor: factorColor, label: (label) => colors.get(label) ?? "" };
}
