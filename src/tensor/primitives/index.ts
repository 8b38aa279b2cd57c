/** The registry: every primitive, one file each, and the two families of elementwise functions. */
import { abs } from "./abs";
import { acos } from "./acos";
import { asin } from "./asin";
import { atan } from "./atan";
import { cholesky } from "./cholesky";
import { concat } from "./concat";
import { cos } from "./cos";
import { cosh } from "./cosh";
import { determinant } from "./determinant";
import { eigenvalues } from "./eigenvalues";
import { eigenvectors } from "./eigenvectors";
import { erf } from "./erf";
import { exp } from "./exp";
import { freeFunction } from "./free";
import { inverse } from "./inverse";
import { log } from "./log";
import { logAbsDeterminant } from "./logAbsDeterminant";
import { loggamma } from "./loggamma";
import { matrixExponential } from "./matrixExponential";
import { matrixLogarithm } from "./matrixLogarithm";
import { matrixSquareRoot } from "./matrixSquareRoot";
import { max } from "./max";
import { maxMask } from "./maxMask";
import { nuclearNorm } from "./nuclearNorm";
import { pad } from "./pad";
import { polygamma } from "./polygamma";
import { pseudoInverse } from "./pseudoInverse";
import { range } from "./range";
import { reciprocal } from "./reciprocal";
import { relu } from "./relu";
import { reshape } from "./reshape";
import { sigmoid } from "./sigmoid";
import { sign } from "./sign";
import { sin } from "./sin";
import { sinh } from "./sinh";
import { softplus } from "./softplus";
import { spectralNorm } from "./spectralNorm";
import { sqrt } from "./sqrt";
import { stack } from "./stack";
import { step } from "./step";
import { tan } from "./tan";
import { tanh } from "./tanh";
import { topProjector } from "./topProjector";
import type { CallRule, MapRule } from "./types";

export const mapRules: readonly MapRule[] = [reciprocal, exp, log, sqrt, sin, cos, tan, sinh, cosh, tanh, asin, acos, atan, sigmoid, softplus, relu, step, abs, sign, erf, loggamma];

export const callRules: readonly CallRule[] = [
  inverse,
  determinant,
  logAbsDeterminant,
  cholesky,
  matrixExponential,
  matrixLogarithm,
  matrixSquareRoot,
  nuclearNorm,
  spectralNorm,
  topProjector,
  pseudoInverse,
  eigenvalues,
  eigenvectors,
  max,
  maxMask,
  reshape,
  stack,
  concat,
  range,
  pad,
];

/** Functions whose names carry a parameter, such as "free:f:1". */
const mapFamilies: readonly ((fn: string) => MapRule | undefined)[] = [freeFunction, polygamma];

const mapsByName = new Map(mapRules.map((rule) => [rule.name, rule]));
const callsByName = new Map(callRules.map((rule) => [rule.name, rule]));

export function mapRule(fn: string): MapRule | undefined {
  const known = mapsByName.get(fn);
  if (known) return known;
  for (const family of mapFamilies) {
    const rule = family(fn);
    if (rule) return rule;
  }
  return undefined;
}

export function callRule(fn: string): CallRule | undefined {
  return callsByName.get(fn);
}
