/**
 * Words to the checker, hidden in comments: `gradcheck: layout=numerator`,
 * `gradcheck: off the notes say so themselves`. Several settings may share a
 * comment where each has the form `name=value`; else all after the name is its
 * value.
 */
import type { Span } from "../base/span";
import type { Directive } from "./types";

/** The directives in the text of one comment; none where it is not addressed to the checker. */
export function readDirectives(comment: string, span: Span): Directive[] {
  const addressed = /^\s*gradcheck\s*:\s*(.*?)\s*$/s.exec(comment.slice(0, 2000));
  const body = addressed?.[1];
  if (!body) return [];
  const settings = body.split(/[,;\s]+/).filter((part) => part !== "");
  if (settings.length > 1 && settings.every((part) => /^[\w-]+=\S+$/.test(part))) return settings.flatMap((part) => one(part, span));
  return one(body, span);
}

function one(text: string, span: Span): Directive[] {
  const parts = /^([A-Za-z][\w-]*)\s*(?:[=:]\s*)?(.*)$/s.exec(text);
  return parts ? [{ name: (parts[1] ?? "").toLowerCase(), value: (parts[2] ?? "").replace(/^(?:because|[-–—])\s+(?=\S)/, ""), span }] : [];
}
