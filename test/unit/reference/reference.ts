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
import { analyze } from "../../../src/analysis/analyze";
import type { Derivative } from "../../../src/semantics/expression";
import { computedFor } from "../asked/asked";

export function reference(): string {
  return `# Reference

What Gradcheck reads. This page is written from the program's own tables by \`node scripts/reference.mjs\`; the derivatives in it are computed.

## Functions

${table(["written", "derivative of an example"], functionRows())}

## Derivatives

${table(["notation", "example"], Object.values(notations).flat().map(([name, written]) => [name, written.includes("=") ? verified(written) : example(written, numbers)]))}

## Properties

Said of a symbol in a sentence, such as "where $A$ is symmetric". These are the English words; other languages have their own.

${table(["property", "words"], Object.keys(adjectives).sort().map((key) => [key, phrases(key)]))}

## Primitives

What every expression is made of, besides sums and contractions; each has its derivative in one file in \`src/tensor/primitives\`.

${table(["primitive", "kind", "its rule in a derivation"], [...mapRules.map(({ name, title }) => [name, "of each entry", title]), ...callRules.map(({ name, title }) => [name, "of whole arrays", title])])}
`;
}

const numbers = "Let $x, a \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{n \\times n}$, $B \\in \\mathbb{R}^{n \\times m}$, $C = AB$, $f(x) = x^\\top A x$, $h(x) = Ax$, $y = Ax$ and $g(s) = s^3$ with $s \\in \\mathbb{R}$. The vectors $p(t), q(t) \\in \\mathbb{R}^n$ depend on the scalar $t$, and $X \\in \\mathbb{R}^{n \\times n}$ is invertible.";
const entrywise = "Let $x \\in \\mathbb{R}^n$ have entries between $0$ and $1$.";
const whole = "Let $X, A \\in \\mathbb{R}^{n \\times n}$, $X$ invertible.";

/** Each notation of a derivative that is read, with what is computed for an example, or with an example that is verified. */
const notations: Readonly<Record<Derivative["notation"] | "differential", readonly (readonly [string, string])[]>> = {
  fraction: [
    ["a fraction", "\\frac{\\partial y}{\\partial x}"],
    ["upright d", "\\frac{\\mathrm{d} f}{\\mathrm{d} x}"],
    ["a slash", "\\partial f/\\partial x"],
    ["second derivatives", "\\frac{\\partial^2 f}{\\partial x \\partial x^\\top}"],
    ["entries", "\\frac{\\partial y_i}{\\partial x_j}"],
    ["vec", "\\frac{\\partial \\operatorname{vec}(AB)}{\\partial \\operatorname{vec}(B)}"],
    ["a gradient of a loss that is not written", "\\frac{\\partial L}{\\partial B} = A^\\top \\frac{\\partial L}{\\partial C}"],
    ["a matrix by a matrix", "\\frac{\\partial (AB)}{\\partial B}"],
  ],
  operator: [["an operator before its function", "\\frac{\\partial}{\\partial x} x^\\top a"]],
  nabla: [
    ["nabla", "\\nabla_x f"],
    ["nabla of a function at its argument", "\\nabla f(x)"],
  ],
  hessian: [["Hessian", "\\nabla^2 f"]],
  jacobian: [["Jacobian", "J_h(x)"]],
  D: [["D", "D f(x)"]],
  prime: [["a prime", "g'(s) = 3s^2"]],
  dot: [["a dot", "\\frac{d}{dt} p^\\top q = \\dot{p}^\\top q + p^\\top \\dot{q}"]],
  differential: [
    ["differentials", "d\\operatorname{tr}(AB) = \\operatorname{tr}(A\\,dB)"],
    ["a differential of an inverse", "dX^{-1} = -X^{-1}\\,dX\\,X^{-1}"],
  ],
};

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
      { of: `\\frac{\\partial}{\\partial x} ${name}(x \\| p)`, given: "$x, p \\in \\mathbb R^n$" },
      { of: `\\frac{\\partial}{\\partial X} \\|${name}(X)\\|^2`, given: whole },
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

function verified(statement: string): string {
  const { statements } = analyze(`${numbers}\n\n$$\n${statement}\n$$\n`, { layout: "auto", filename: "stated.md" });
  return statements.some(({ verdict, kind }) => verdict === "verified" && kind !== "shape") ? `$${statement}$` : `$${statement}$ (not verified)`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
