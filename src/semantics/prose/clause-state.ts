/** What a sentence is about at a place in it, and which of its topics a verb is about. */
import type { MathInfo } from "./math";
import type { Part } from "./types";

/**
 * Whether words here describe the topics: right after them, in a predicate, or
 * not at all, since the clause is about something else.
 */
export type Mode = "none" | "apposed" | "predicate";

export interface State {
  topics: MathInfo[];
  /** Those that the predicate is about. */
  targets: MathInfo[];
  mode: Mode;
  /** The verb is none of one topic or of many, so that it may be about all of them. */
  open: boolean;
  /** A preposition stands before the topic, so a verb after it is about something else. */
  governed: boolean;
  /** Words that say nothing, since the topic or the verb. */
  apart: boolean;
  /** A preposition since then. */
  stopped: boolean;
  /** A comma, "and" or parenthesis since then, and nothing else. */
  broken: boolean;
  /** An article right after the topic: what follows is a phrase about it. */
  titled: boolean;
  /** The clause after the break began with words that the tables do not know. */
  foreign: boolean;
  part: Part | null;
  negated: boolean;
}

export const initial: State = { topics: [], targets: [], mode: "none", open: false, governed: false, apart: false, stopped: false, broken: false, foreign: false, titled: false, part: null, negated: false };

export type VerbNumber = "copulaOne" | "copulaMany" | "copula";

/** Which topics a verb is about: "is" the last one, "are" all of the same kind. */
export function choose(topics: readonly MathInfo[], number: VerbNumber): MathInfo[] {
  const last = topics[topics.length - 1];
  if (!last || number === "copulaOne") return last ? [last] : [];
  const run: MathInfo[] = [];
  for (let i = topics.length - 1; i >= 0 && kindOf(topics[i] as MathInfo) === kindOf(last); i--) run.unshift(topics[i] as MathInfo);
  if (number === "copula") return last.bare ? run : [last];
  if (run.length === 1 && last.subjects.length === 1) return [...topics];
  return last.subjects.length > 1 && !last.bare ? [last] : run;
}

/** Those that words here describe. */
export function described(state: State): MathInfo[] {
  return state.targets.length ? state.targets : choose(state.topics, "copula");
}

/** Whether words here can be about the topics at all. */
export function hasSubject({ mode, stopped, topics, foreign, broken, governed }: State): boolean {
  return mode !== "none" && topics.length > 0 && !stopped && !foreign && (mode === "predicate" || !governed || broken);
}

function kindOf(math: MathInfo): string {
  return math.bare ? "bare" : math.rank !== null ? "member" : "relation";
}
