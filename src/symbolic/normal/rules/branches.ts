/** 1[x>0]² = 1[x>0], relu(x) 1[x>0] = relu(x), sign(x)² = 1, |x|² = x², |x| sign(x) = x, sign(x)/|x| = 1/x, away from the kink. */
import { ONE, ratio } from "../../sizes";
import { multiplyBy } from "../algebra";
import type { Draft, Factor } from "../types";
import type { Workspace } from "../workspace";
import type { Rule } from "./types";

export const branches: Rule = (draft, ws) => draft.factors.some((factor) => reduce(draft, factor, ws));

function reduce(draft: Draft, factor: Factor, ws: Workspace): boolean {
  const { atom, exponent } = factor;
  if (atom.kind !== "map" || exponent.d !== 1) return false;
  const replace = (gone: readonly Factor[], by: readonly Factor[]): true => {
    draft.factors = [...draft.factors.filter((other) => !gone.includes(other)), ...by];
    return true;
  };
  const beside = (fn: string): Factor | undefined => draft.factors.find((other) => other.atom.kind === "map" && other.atom.fn === fn && other.atom.arg === atom.arg && other.exponent.n > 0 && other.labels.every((label, axis) => label === factor.labels[axis]));
  if (atom.fn === "step") {
    if (exponent.n > 1) return replace([factor], [{ ...factor, exponent: ONE }]);
    return exponent.n === 1 && beside("relu") !== undefined && replace([factor], []);
  }
  if (atom.fn === "sign" && (exponent.n > 1 || exponent.n < 0)) return replace([factor], exponent.n % 2 === 0 ? [] : [{ ...factor, exponent: ONE }]);
  if (atom.fn !== "abs") return false;
  const sign = beside("sign");
  if (exponent.n < 1) {
    if (!sign) return false;
    replace([factor, sign], exponent.n < -1 ? [{ ...factor, exponent: ratio(exponent.n + 1) }] : []);
    multiplyBy(ws, draft, atom.arg, factor.labels, ratio(-1));
    return true;
  }
  if (exponent.n % 2 !== 0 && !sign) return false;
  if (sign) replace([factor, sign], exponent.n > 1 ? [{ ...factor, exponent: ratio(exponent.n - 1) }] : []);
  else replace([factor], []);
  multiplyBy(ws, draft, atom.arg, factor.labels, sign ? ONE : exponent);
  return true;
}
