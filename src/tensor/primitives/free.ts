/**
 * `free:NAME:k`, the derivative of order k of an unspecified smooth function
 * NAME of one number. What holds for it should hold for every function.
 *
 * In GF(p) it is an unknown for each name, order and argument. On real numbers
 * it is one fixed function drawn from the name: c·x + Σ aᵢ sin(ωᵢ x + φᵢ), with
 * two frequencies, bounded but for the slope, and every derivative at hand.
 */
import { hashString, random } from "../../base/random";
import { map } from "../term";
import { elementwise, UNIT } from "./elementwise";
import type { MapRule } from "./types";

const rules = new Map<string, MapRule>();

/** The rule for a name such as "free:f:0"; undefined for any other name. */
export function freeFunction(fn: string): MapRule | undefined {
  const known = rules.get(fn);
  if (known) return known;
  const parts = /^free:(.*):(\d{1,2})$/s.exec(fn);
  if (!parts) return undefined;
  const rule = freeRule(parts[1]!, Number(parts[2]));
  if (rules.size > 1000) rules.clear();
  rules.set(fn, rule);
  return rule;
}

/** The name of the k-th derivative of NAME, for `map`. */
export function freeName(name: string, k = 0): string {
  return `free:${name}:${k}`;
}

function freeRule(name: string, k: number): MapRule {
  const waves = wavesOf(name);
  const { slope } = waves;
  const value = (order: number, x: number): number => {
    let total = order === 0 ? slope * x : order === 1 ? slope : 0;
    for (const { height, frequency, phase } of waves.sines) total += height * frequency ** order * Math.sin(frequency * x + phase + (order * Math.PI) / 2);
    return total;
  };
  const size = waves.sines.reduce((s, { height, frequency }) => s + height * frequency ** k, Math.abs(slope));
  return elementwise({
    name: freeName(name, k),
    title: "chain rule",
    domain: (u) => u,
    forward: (x) => value(k, x),
    slope: (x) => value(k + 1, x),
    spread: (x, e) => e * (Math.abs(value(k + 1, x)) + 10 * size * e),
    rounding: (x) => 16 * UNIT * size * (1 + Math.abs(x)),
    exactness: "atom",
    forwardModular: (x, atoms) => atoms.unknown(freeName(name, k), x),
    reverseSlope: (x) => map(freeName(name, k + 1), x),
  });
}

interface Waves {
  readonly slope: number;
  readonly sines: readonly { readonly height: number; readonly frequency: number; readonly phase: number }[];
}

function wavesOf(name: string): Waves {
  const draw = random(hashString(name));
  const sines = [0.7, 1.3].map((frequency) => ({ height: draw.uniform(0.5, 1), frequency: frequency + draw.uniform(0, 0.3), phase: draw.uniform(0, 2 * Math.PI) }));
  return { slope: draw.uniform(-0.5, 0.5), sines };
}
