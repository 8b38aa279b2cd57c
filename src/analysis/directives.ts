/**
 * What a document says of its own statements: `off` … `on`, `ignore-next`,
 * `expect wrong`. A statement that is ignored keeps its place and loses its
 * verdict; a directive that has nothing to do is told to be stale. Words about
 * the reading (`layout=…`, `vectors=…`) have their effect elsewhere and are only looked at.
 */
import type { Problem } from "../base/statement";
import type { Span } from "../base/span";
import type { Directive } from "../document/types";
import type { Statement } from "./types";

/** A statement with the file offsets by which directives reach it. */
export interface Placed {
  readonly statement: Statement;
  /** Where the relation and where its judged part begins. */
  readonly relation: number;
  readonly judged: number;
  readonly line: number;
}

export interface Applied {
  readonly statements: readonly Statement[];
  readonly stale: readonly { readonly span: Span; readonly message: string; readonly code: Problem["code"] }[];
}

export function applyDirectives(placed: readonly Placed[], directives: readonly Directive[], formulas: readonly Span[]): Applied {
  const sorted = [...directives].sort((a, b) => a.span.start - b.span.start);
  const statements = placed.map(({ statement }) => statement);
  const stale = sorted.flatMap((directive, index) => {
    const covered = reachOf(directive, sorted.slice(index + 1), placed, formulas);
    const message = complaint(directive, sorted.slice(0, index), covered.map((at) => statements[at] as Statement));
    for (const at of covered) statements[at] = silenced(statements[at] as Statement, directive);
    return message === null ? [] : [{ span: directive.span, message, code: "stale-directive" as const }];
  });
  return { statements, stale };
}

/** The statements, by index, of which a directive speaks. */
function reachOf({ name, span }: Directive, later: readonly Directive[], placed: readonly Placed[], formulas: readonly Span[]): number[] {
  const where = (test: (one: Placed) => boolean): number[] => placed.flatMap((one, at) => (test(one) ? [at] : []));
  if (name === "off") {
    const until = later.find((other) => other.name === "on")?.span.start ?? Infinity;
    return where(({ relation }) => relation >= span.end && relation < until);
  }
  if (name !== "ignore-next" && name !== "expect") return [];
  const around = formulas.findIndex((formula) => formula.start <= span.start && span.end <= formula.end);
  if (around < 0) {
    const next = formulas.findIndex((formula) => formula.start >= span.end);
    return where(({ statement }) => statement.formula === next);
  }
  // In a formula: what is judged on the next line that has something to judge.
  const after = where(({ statement, judged }) => statement.formula === around && judged >= span.end);
  const line = Math.min(...after.map((at) => (placed[at] as Placed).line));
  return after.filter((at) => placed[at]?.line === line);
}

/** What is wrong with a directive, or null. */
function complaint({ name, value }: Directive, earlier: readonly Directive[], covered: readonly Statement[]): string | null {
  switch (name) {
    case "off":
      return covered.some(mayBeMarked) ? null : "nothing to silence from here on";
    case "on": {
      const before = earlier.filter((other) => other.name === "off" || other.name === "on").at(-1);
      return before?.name === "off" ? null : "nothing is silenced here that could be let speak again";
    }
    case "ignore-next":
      return covered.some(mayBeMarked) ? null : "nothing to silence in what follows";
    case "expect":
      if (!/^wrong\b/i.test(value)) return "only `expect wrong` can be expected";
      if (covered.some(isWrong)) return null;
      if (!covered.length) return "no statement follows that could be wrong";
      return covered.some(isUndecided) ? null : "what follows is expected to be wrong, and is not";
    case "layout":
      return value === "denominator" || value === "numerator" ? null : "a layout is `denominator` or `numerator`";
    case "vectors":
      return value === "columns" || value === "rows" ? null : "vectors are `columns` or `rows`";
    default:
      return `there is no directive \`${name}\``;
  }
}

function mayBeMarked(statement: Statement): boolean {
  return isMarked(statement) || isUndecided(statement);
}

/** It may yet turn out to be wrong. */
function isUndecided({ verdict, reason }: Statement): boolean {
  return verdict === "unchecked" && reason !== "not-a-claim";
}

function isMarked({ severity }: Statement): boolean {
  return severity !== null;
}

function isWrong({ verdict }: Statement): boolean {
  return verdict === "refuted" || verdict === "conditional";
}

function silenced(statement: Statement, { name, value }: Directive): Statement {
  if (name !== "off" && !(name === "ignore-next" ? isMarked(statement) : isWrong(statement))) return statement;
  const [word, reason] = name === "expect" ? ["wrong on purpose", value.replace(/^wrong\b\s*(?:[:,;–—-]\s*)?(?:because\s+)?/i, "")] : ["ignored", value];
  return { ...statement, verdict: "unchecked", code: null, severity: null, reason: "not-a-claim", message: reason ? `${word}: ${reason}` : word, fix: null, counterexample: null, entries: [], related: [] };
}
