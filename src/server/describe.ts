/** Verdicts, kinds and evidence in words, for the hover and the panel alike. */
import { oneLine } from "../base/one-line";
import type { Statement, SymbolInfo, DocumentReport } from "../analysis/types";
import type { Verdict } from "../protocol/verdicts";
import { plainText } from "./tex";
import type { Words } from "./words";

/** A sign that stands beside the word: a verdict is never told by colour alone. */
export const verdictSigns: Readonly<Record<Verdict, string>> = { verified: "✓", refuted: "✗", conditional: "△", convention: "≈", definition: "≔", unchecked: "?" };

export function verdictWord(verdict: Verdict, t: Words): string {
  switch (verdict) {
    case "verified":
      return t("Verified");
    case "refuted":
      return t("Wrong");
    case "conditional":
      return t("Conditional");
    case "convention":
      return t("Convention");
    case "definition":
      return t("Definition");
    case "unchecked":
      return t("Unchecked");
  }
}

export function kindWord(kind: Statement["kind"], t: Words): string {
  switch (kind) {
    case "gradient":
      return t("gradient");
    case "equation":
      return t("equation");
    case "shape":
      return t("shape");
    case "label":
      return t("label");
    case "definition":
      return t("definition");
    case "differential":
      return t("differential");
  }
}

/** What is said of a statement where the correction stands beside it as a formula. */
export function messageBeside({ message, computed }: Statement): string | null {
  const repeated = computed === null ? "" : `, ${oneLine(computed)}`;
  return repeated && message?.endsWith(repeated) ? message.slice(0, -repeated.length) : message;
}

/** What is said of a statement beside its verdict: why, on what it rests, how it was decided. */
export function notesOf(statement: Statement, t: Words): string[] {
  return [reasonSentence(statement, t), counterexampleSentence(statement, t), assumptionSentence(statement, t), evidenceSentence(statement, t)].filter((note) => note !== null);
}

function reasonSentence({ verdict, reason, computed }: Statement, t: Words): string | null {
  if (verdict !== "unchecked" || computed !== null) return null;
  switch (reason) {
    case "unread":
      return t("Part of this formula could not be read.");
    case "unknown-symbol":
      return t("It uses a symbol that the document does not define.");
    case "unknown-shape":
      return t("The shape of a symbol in it is not known.");
    case "unsupported":
      return t("It uses something that is not supported yet.");
    case "ambiguous":
      return t("It can be read in several ways that do not agree.");
    case "not-a-claim":
      return t("It asserts nothing that could be checked.");
    case "too-large":
      return t("It is too large to decide.");
    case null:
      return null;
  }
}

function counterexampleSentence({ counterexample }: Statement, t: Words): string | null {
  if (!counterexample) return null;
  const sizes = Object.entries(counterexample.sizes).map(([name, size]) => `${plainText(name)} = ${size}`).join(", ");
  const where = counterexample.entry?.length ? t("entry ({0})", counterexample.entry.join(", ")) : t("the value");
  const sides = t("{0} is {1} on the left and {2} on the right", where, short(counterexample.left), short(counterexample.right));
  return sizes ? t("For example with {0}: {1}.", sizes, sides) : t("For example: {0}.", sides);
}

function assumptionSentence({ assumptions }: Statement, t: Words): string | null {
  return assumptions.length > 0 ? t("Assuming: {0}.", assumptions.join("; ")) : null;
}

function evidenceSentence({ evidence, verdict }: Statement, t: Words): string | null {
  if (!evidence || verdict === "definition" || verdict === "unchecked") return null;
  switch (evidence.method) {
    case "exact":
      return evidence.errorBound > 0
        ? t("Exact arithmetic; random trials: {0}; probability of an error below {1}.", evidence.trials, evidence.errorBound.toExponential(0))
        : t("Exact arithmetic; random trials: {0}.", evidence.trials);
    case "numeric":
      return t("Floating-point arithmetic; random trials: {0}.", evidence.trials);
    case "structural":
      return t("Decided from shapes and symbols alone.");
    case null:
      return null;
  }
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** `W \in \mathbb{R}^{k \times n}`; the bare symbol for scalars, sizes and indices, and where no size is known. */
export function symbolLatex({ latex, shape }: SymbolInfo): string {
  const unknown = shape.split(" \\times ").every((size) => size === "" || size === "\\cdot");
  return unknown ? latex : `${latex} \\in \\mathbb{R}^{${shape}}`;
}

export function roleWords({ role, assumptions }: SymbolInfo, t: Words): string {
  return [roleWord(role, t), ...assumptions].join(", ");
}

function roleWord(role: SymbolInfo["role"], t: Words): string {
  switch (role) {
    case "scalar":
      return t("scalar");
    case "vector":
      return t("vector");
    case "matrix":
      return t("matrix");
    case "function":
      return t("function");
    case "size":
      return t("size");
    case "index":
      return t("index");
  }
}

export function readingWords({ layout, vectors, notes }: DocumentReport["reading"], t: Words): string[] {
  return [
    layout === "denominator" ? t("Denominator layout: a gradient has the shape of what it is taken by") : t("Numerator layout: a gradient has the transposed shape of what it is taken by"),
    vectors === "columns" ? t("Vectors are columns") : t("Vectors are rows"),
    ...notes,
  ];
}
