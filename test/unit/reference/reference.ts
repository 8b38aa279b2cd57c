/**
 * The reference: every function, property, notation and primitive that the
 * registries hold, with what the engine makes of an example. `scripts/reference.mjs`
 * writes it, and a test holds it to be current.
 */
import { isNamed } from "../../../src/readings/functions";
import { functionWords } from "../../../src/semantics/expression/words";
import { en } from "../../../src/semantics/prose/languages/en";
import { adjectives } from "../../../src/semantics/prose/meanings";
import { callRules, mapRules } from "../../../src/tensor/index";
import { computedFor } from "../asked/asked";

export function reference(): string {
  return `# Reference

What Gradcheck reads. This page is written from the program's own tables by \`node scripts/reference.mjs\`; the derivatives in it are computed.

## Functions

${table(["written", "derivative of an example"], functionRows())}

## Derivatives

${table(["notation", "example"], notations.map(([name, of]) => [name, example(of, numbers)]))}

## Properties

Said of a symbol in a sentence, such as "where $A$ is symmetric". These are the English words; other languages have their own.

${table(["property", "words"], Object.keys(adjectives).sort().map((key) => [key, phrases(key)]))}

## Primitives

What every expression is made of, besides sums and contractions; each has its derivative in one file in \`src/tensor/primitives\`.

${table(["primitive", "kind"], [...mapRules.map(({ name }) => [name, "of each entry"]), ...callRules.map(({ name }) => [name, "of whole arrays"])])}
`;
}

const numbers = "Let $x, a \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n \\times n}$, $f(x) = x^\\top A x$ and $y = Ax$.";
const entrywise = "Let $x \\in \\mathbb{R}^n$ have entries between $0$ and $1$.";
const whole = "Let $X, A \\in \\mathbb{R}^{n \\times n}$, $X$ invertible.";

/** One for each notation of a derivative. */
const notations: readonly (readonly [string, string])[] = [
  ["a fraction", "\\frac{\\partial y}{\\partial x}"],
  ["an operator before its function", "\\frac{\\partial}{\\partial x} x^\\top a"],
  ["second derivatives", "\\frac{\\partial^2 f}{\\partial x \\partial x^\\top}"],
  ["entries", "\\frac{\\partial y_i}{\\partial x_j}"],
  ["nabla", "\\nabla_x f"],
  ["Hessian", "\\nabla^2 f"],
  ["upright d", "\\frac{\\mathrm{d} f}{\\mathrm{d} x}"],
];

/** Each function by all its spellings, with the first example of which the engine can take the derivative. */
function functionRows(): string[][] {
  const spellings = new Map<string, string[]>();
  for (const [word, { fn }] of functionWords()) if (isNamed(fn)) spellings.set(fn, [...(spellings.get(fn) ?? []), word]);
  return [...spellings].map(([, words]) => {
    const name = `\\operatorname{${words[0]!}}`;
    const asked = [
      { of: `\\frac{\\partial}{\\partial X} ${name}(X)`, given: whole },
      { of: `\\frac{\\partial}{\\partial x} ${name}(x)`, given: entrywise },
      { of: `\\frac{\\partial}{\\partial X} \\operatorname{tr}\\left(A\\,${name}(X)\\right)`, given: whole },
      { of: `\\frac{\\partial}{\\partial X} \\operatorname{tr}(${name}(X))`, given: whole },
      { of: `\\frac{\\partial}{\\partial x} a^\\top ${name}(x)\\,a`, given: numbers },
    ];
    const found = asked.map(({ of, given }) => example(of, given)).find((text) => text !== "" && !text.includes("\\left["));
    return [words.map((word) => `\`${word}\``).join(" "), found ?? ""];
  });
}

function example(of: string, given: string): string {
  const computed = computedFor({ given, of });
  return computed === null ? "" : `$${of} = ${computed}$`;
}

function phrases(key: string): string {
  const words: readonly string[] = (en.facts as Readonly<Record<string, readonly string[]>>)[key] ?? [];
  return words.join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
