/**
 * A look at two terms at one point, before they are compared with care. Most
 * of what is tried for a claim is plainly false, and one point shows it; what
 * passes is compared. Parts that were seen before are not computed again.
 */
import { hashString } from "../base/random";
import { type Cell, evaluateModular, field, isZero, NotExact, PRIMES, Redraw, Sheet, type Term, TooLarge, ZeroDivisor } from "../tensor";
import { drawAll, drawVariable, realNumbers, residues, variablesOf, type Domain, type Drawing } from "./draw";

/** Points in the field before it is left for the real numbers: each square root exists at half of them. */
const fieldPoints = 8;
const domains: readonly Domain[] = ["plain", "positive", "unit"];
const limit = 2_000_000;
/** What comparing with care could never call rounding, as a share of the largest entry. */
const apart = 1e-4;
/** Entries that are all smaller than this may be nothing but rounding. */
const smallest = 1e-3;

/** Entries beyond this may come from an inverse of a singular matrix. */
const greatest = 1e9;

/** Which entries are asked about, by their flat indices. */
export type Asked = (entry: number) => boolean;

const all: Asked = () => true;

/** What one point shows of two terms; `open` where it has no values for them, `large` where they take too much work. */
export type Seen = "different" | "alike" | "open" | "large";

export class Probe {
  private readonly sheets = new Map<number, Sheet>();
  private drawing: Drawing = { drawn: new Map(), extra: new Map() };

  constructor(private readonly seed: string) {}

  /** Terms are called different only where they are beyond doubt. */
  look(left: Term, right: Term, drawing: Drawing, asked = all): Seen {
    if (left === right) return "alike";
    if (isZero(left) && isZero(right)) return "alike";
    this.drawing = drawing;
    return this.lookInField(left, right, asked) ?? this.lookInNumbers(left, right, asked);
  }

  /** The same of what is too large part by part, and may be less as a whole; nothing is remembered of it. */
  lookAsWhole(left: Term, right: Term, drawing: Drawing): Seen {
    const prime = PRIMES[0]!;
    const seed = hashString(`${this.seed}:0`);
    try {
      const values = drawAll(variablesOf([left, right]), seed, (source) => residues(source, field(prime)), drawing);
      const [a, b] = evaluateModular([left, right], values, field(prime), { seed, limit });
      if (a!.data.every((entry, i) => entry === b!.data[i])) return "alike";
      return a!.usedAtoms || b!.usedAtoms ? "open" : "different";
    } catch (error) {
      if (error instanceof TooLarge) return "large";
      if (error instanceof Redraw || error instanceof NotExact) return "open";
      throw error;
    }
  }

  /** Null where only real numbers can tell. */
  private lookInField(left: Term, right: Term, asked: Asked): Seen | null {
    let divisors = 0;
    for (let point = 0; point < fieldPoints; point++) {
      try {
        const [a, b] = bothOf(this.inField(point), left, right);
        if (a.data.every((entry, i) => entry === b.data[i] || !asked(i))) return "alike";
        return a.usesAtoms || b.usesAtoms ? null : "different";
      } catch (error) {
        // A divisor that is zero twice is so at every point: at these sizes there is nothing to see, whatever rounding makes of it.
        if (error instanceof ZeroDivisor && ++divisors === 2) return "open";
        if (error instanceof Redraw) continue;
        if (error instanceof TooLarge) return "large";
        if (error instanceof NotExact) return null;
        throw error;
      }
    }
    return null;
  }

  private lookInNumbers(left: Term, right: Term, asked: Asked): Seen {
    for (const domain of domains.keys()) {
      try {
        const sheet = this.inNumbers(domain);
        const [a, b] = [sheet.value(left).data, sheet.value(right).data];
        if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) continue;
        const scale = Math.max(smallest, largest(a), largest(b));
        if (scale > greatest) continue;
        return a.some((entry, i) => Math.abs(entry - b[i]!) > apart * scale && asked(i)) ? "different" : "alike";
      } catch (error) {
        if (error instanceof TooLarge) return "large";
        throw error;
      }
    }
    return "open";
  }

  private inField(point: number): Sheet {
    const prime = PRIMES[point % PRIMES.length]!;
    const gf = field(prime);
    const seed = hashString(`${this.seed}:${point}`);
    return this.sheet(point, () => new Sheet(gf, ({ name, shape }) => drawVariable(name, shape, seed, (source) => residues(source, gf), this.drawing), { seed, limit }));
  }

  private inNumbers(domain: number): Sheet {
    const seed = hashString(`${this.seed}:real:${domain}`);
    return this.sheet(-1 - domain, () => new Sheet("real", ({ name, shape }) => drawVariable(name, shape, seed, (source) => realNumbers(source, domains[domain]!), this.drawing), { limit }));
  }

  private sheet(key: number, make: () => Sheet): Sheet {
    let sheet = this.sheets.get(key);
    if (!sheet) this.sheets.set(key, (sheet = make()));
    return sheet;
  }
}

/** The values of both; where one has none since something divides by zero, that is told, whatever the other is. */
function bothOf(sheet: Sheet, left: Term, right: Term): readonly [Cell, Cell] {
  try {
    return [sheet.value(left), sheet.value(right)];
  } catch (error) {
    if (!(error instanceof ZeroDivisor)) sheet.value(right);
    throw error;
  }
}

function largest(data: Float64Array): number {
  return data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}
