/** What the rules are called: the primitives' own titles, and those of what is made of several primitives. */
import { callRule, mapRule } from "../../tensor";
import type { Expression, WholeFunction } from "../expression/types";
import { ratio, same } from "../sizes";

const composed: Readonly<Partial<Record<WholeFunction, string>>> = {
  norm: "differential of a norm",
  softmax: "differential of the softmax",
  logsumexp: "differential of the log-sum-exp",
  maximum: "differential of a maximum",
};

/** The rule that takes the differential of an expression that is not linear in its parts. */
export function titleOf(e: Expression): string {
  switch (e.kind) {
    case "apply":
      return mapRule(e.fn)?.title ?? "chain rule";
    case "whole":
      return composed[e.fn] ?? callRule(e.fn)?.title ?? "chain rule";
    case "power":
      if (!e.matrix && same(e.exponent, ratio(1, 2))) return mapRule("sqrt")!.title;
      if (!e.matrix && same(e.exponent, ratio(-1))) return mapRule("reciprocal")!.title;
      return isSquaredNorm(e) ? "differential of a squared norm" : "power rule";
    case "quotient":
    case "division":
      return "quotient rule";
    default:
      return "power rule";
  }
}

/** ‖u‖², taken as one function of u. */
export function isSquaredNorm(e: Expression): boolean {
  return e.kind === "power" && !e.matrix && same(e.exponent, ratio(2)) && e.base.kind === "whole" && e.base.fn === "norm";
}
