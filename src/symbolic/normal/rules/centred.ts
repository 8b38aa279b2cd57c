/** 1ᵀx̂ = 0 for the entries of a named array that sum to zero, as what has its mean taken off. */
import { coefficients, ratio } from "../../sizes";
import { isInner, uses } from "../draft";
import type { Rule } from "./types";

export const centred: Rule = (draft, ws) => {
  const vanishes = draft.factors.some(({ atom, exponent, labels }) => exponent.n === 1 && exponent.d === 1 && (ws.centred.get(atom) ?? []).some((axis) => isInner(draft, labels[axis]!) && uses(draft.factors, labels[axis]!) === 1));
  if (vanishes) draft.coefficient = coefficients.of(ratio(0));
  return vanishes;
};
