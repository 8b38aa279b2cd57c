/** (1/n)^(−3/2) = n √n: of a root of a number only the root stays, of what is not one over another. */
import { coefficients, inverted, isInteger, negated, plus, ratio } from "../../sizes";
import { sumAtom } from "../algebra";
import { scaleDraft } from "../draft";
import type { Rule } from "./types";

export const constants: Rule = (draft, ws) => {
  for (const factor of draft.factors) {
    const { atom, exponent } = factor;
    const [product] = atom.kind === "sum" ? atom.sum.products : [];
    if (atom.kind !== "sum" || atom.sum.products.length !== 1 || !product || product.factors.length > 0 || isInteger(exponent)) continue;
    const value = product.coefficient;
    const others = draft.factors.filter((other) => other !== factor);
    if (value[0].n === 1 && value[0].d !== 1) {
      const flipped = ws.number([inverted(value[0]), inverted(value[1])]);
      draft.factors = [...others, { ...factor, atom: sumAtom(ws, flipped).atom, exponent: negated(exponent) }];
      return true;
    }
    const whole = Math.trunc(exponent.n / exponent.d);
    if (whole === 0) continue;
    draft.factors = [...others, { ...factor, exponent: plus(exponent, ratio(-whole)) }];
    scaleDraft(draft, coefficients.power(value, ratio(whole))!);
    return true;
  }
  return false;
};
