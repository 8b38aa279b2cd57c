/**
 * What prose says, in one line: "A: symmetric, matrix; x ~: vector". A tilde
 * marks what holds in its sentence alone, an exclamation mark what is denied.
 */
import { readDocument } from "../../../src/document";
import { offsetAt } from "../../../src/base/span";
import { parseMath } from "../../../src/latex";
import { readFormula } from "../../../src/semantics/expression";
import type { Expr, SymbolExpr } from "../../../src/semantics/expression/types";
import { type DocumentFact, type Fact, type ProseFacts, type ProseToken, readProse } from "../../../src/semantics/prose";

/** The prose of a Markdown text, one reading a paragraph. */
export function read(markdown: string): ProseFacts[] {
  const document = readDocument(markdown, { filename: "note.md" });
  const formulas = document.formulas.map((formula) => readFormula(parseMath(formula.source.text)));
  return document.blocks.flatMap((block) => {
    if (block.kind !== "paragraph" && block.kind !== "heading") return [];
    const tokens = block.pieces.map((piece): ProseToken => {
      if (piece.kind !== "formula") return { kind: piece.kind, text: piece.source.text, start: offsetAt(piece.source, 0), end: offsetAt(piece.source, piece.source.text.length) };
      const formula = document.formulas[piece.formula]!;
      return { kind: "math", assertions: formulas[piece.formula]?.assertions ?? [], display: formula.display, formula: piece.formula, start: formula.span.start, end: formula.span.end };
    });
    return [readProse(tokens)];
  });
}

/** What is declared of symbols. */
export function declared(markdown: string): string {
  return read(markdown)
    .flatMap(({ declarations }) => declarations)
    .map(({ subject, facts, reach }) => `${symbol(subject)}${reach === "sentence" ? " ~" : ""}: ${facts.map(show).join(", ")}`)
    .join("; ");
}

/** The roles of the formulas, in order: "definition, -, claim". */
export function roles(markdown: string): string {
  const facts = read(markdown).flatMap(({ formulas }) => formulas);
  const count = readDocument(markdown, { filename: "note.md" }).formulas.length;
  return Array.from({ length: count }, (_, id) => facts.find(({ formula }) => formula === id)?.role ?? "-").join(", ");
}

/** What is said of the document; "(here)" where it is said in passing. */
export function stated(markdown: string): string {
  return read(markdown)
    .flatMap(({ document }) => document)
    .map((fact) => `${convention(fact)}${fact.reach === "sentence" ? " (here)" : ""}`)
    .join("; ");
}

export function symbol({ name, accents, subscripts, tags, primes }: SymbolExpr): string {
  const indices = subscripts.length ? `_${subscripts.map(({ text }) => text).join("")}` : "";
  return `${accents.join("")}${name}${indices}${tags.map(({ text }) => text).join("")}${"'".repeat(primes)}`;
}

export function expr(value: Expr): string {
  switch (value.kind) {
    case "symbol":
      return symbol(value);
    case "number":
      return String(value.numerator);
    case "product":
      return value.factors.map(expr).join("");
    case "power":
      return `${expr(value.base)}^${expr(value.exponent)}`;
    default:
      return value.kind;
  }
}

function show(fact: Fact): string {
  switch (fact.kind) {
    case "property":
      return `${fact.negated ? "!" : ""}${fact.name}${fact.of ? ` ${fact.of}` : ""}`;
    case "role":
      return fact.role;
    case "shape":
      return fact.dims.map(expr).join("×");
    case "named":
      return `the ${fact.function}`;
    case "functionOf":
      return `${fact.scalar ? "scalar of" : "of"} ${fact.arguments.map(expr).join(" ")}`;
    case "independentOf":
      return `not of ${fact.arguments.map(expr).join(" ")}`;
    case "rowsOf":
    case "columnsOf":
    case "entriesOf":
      return `${fact.kind} ${symbol(fact.matrix)}`;
    case "memberOf":
      return `in ${expr(fact.set)}`;
    case "sameShape":
      return `like ${fact.as.map(symbol).join(" ")}`;
    case "replicated":
      return `replicated ${fact.along ?? ""}`.trim();
    default:
      return fact.kind;
  }
}

function convention(fact: DocumentFact): string {
  switch (fact.kind) {
    case "layout":
      return `${fact.layout} layout`;
    case "vectors":
      return `vectors are ${fact.are}`;
    case "font":
      return `${fact.bold ? "bold " : ""}${fact.letters ?? "any"} ${fact.role}`;
    case "acts":
      return `${fact.functions.join(" ") || "functions"} ${fact.how}`;
    case "vec":
      return `vec by ${fact.order}`;
    case "symmetricDerivative":
      return fact.which;
    case "replicated":
      return `replicated ${fact.along ?? ""}`.trim();
    default:
      return fact.kind;
  }
}
