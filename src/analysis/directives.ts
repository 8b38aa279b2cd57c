/**
 * What a document says of its own statements: `off` … `on`, `ignore-next`,
 * `expect wrong`. A statement that is ignored keeps its place and loses its
 * verdict; a directive that has nothing to do is reported.
 */
import type { LineIndex } from "../base/line-index";
import type { Directive } from "../document/types";
import type { Range, Statement } from "./types";

export interface Applied {
  readonly statements: readonly Statement[];
  readonly stale: readonly { readonly range: Range; readonly message: string }[];
}

export function applyDirectives(statements: readonly Statement[], directives: readonly Directive[], formulas: readonly Range[], lines: LineIndex): Applied {
  let current = [...statements];
  const stale: { range: Range; message: string }[] = [];
  const sorted = [...directives].sort((a, b) => a.span.start - b.span.start);
  sorted.forEach((directive, index) => {
    const range = { start: lines.position(directive.span.start), end: lines.position(directive.span.end) };
    const next = formulas.findIndex((formula) => lines.offset(formula.start) >= directive.span.end);
    const until = directive.name === "off" ? sorted.slice(index + 1).find((other) => other.name === "on")?.span.start : undefined;
    const covers = (statement: Statement): boolean => {
      if (directive.name === "off") return lines.offset(statement.relation.start) >= directive.span.end && (until === undefined || lines.offset(statement.relation.start) < until);
      return (directive.name === "ignore-next" || directive.name === "expect") && statement.formula === next;
    };
    if (!["off", "ignore-next", "expect"].includes(directive.name)) return;
    let used = directive.name === "off";
    current = current.map((statement) => {
      if (!covers(statement) || (statement.verdict !== "refuted" && statement.verdict !== "conditional" && directive.name !== "off")) return statement;
      used = true;
      return ignored(statement, directive.value);
    });
    if (!used) stale.push({ range, message: directive.name === "expect" ? "nothing wrong here, though it is expected" : "nothing to ignore here" });
  });
  return { statements: current, stale };
}

function ignored(statement: Statement, reason: string): Statement {
  return { ...statement, verdict: "unchecked", code: null, severity: null, reason: "not-a-claim", message: reason ? `ignored: ${reason}` : "ignored", fix: null, counterexample: null, entries: [] };
}
