/** What makes a product simpler, one rule a file, tried in this order until none applies. */
import { coefficients } from "../../sizes";
import type { Draft } from "../types";
import type { Workspace } from "../workspace";
import { absorb } from "./absorb";
import { branches } from "./branches";
import { cancelInverse } from "./cancel-inverse";
import { centred } from "./centred";
import { constants } from "./constants";
import { logistic } from "./logistic";
import { merge } from "./merge";
import { pairs } from "./pairs";
import { recognise } from "./recognise";
import { softmax, softmaxTotal } from "./softmax";
import { stochastic } from "./stochastic";
import type { Rule } from "./types";
import { units } from "./units";
import { unwrap } from "./unwrap";

const rules: readonly Rule[] = [merge, unwrap, constants, units, stochastic, centred, pairs, cancelInverse, absorb, softmax, softmaxTotal, logistic, branches, recognise];

/** False if the product is zero. */
export function simplifyDraft(draft: Draft, ws: Workspace): boolean {
  // Every rule makes the product smaller in its own measure; the count only guards against two that undo one another.
  for (let step = 0; step < 200; step++) {
    if (coefficients.isZero(draft.coefficient)) return false;
    if (!rules.some((rule) => rule(draft, ws))) return true;
  }
  return true;
}
