/** Every rule of the registry, tried in the same ways at each of its sizes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { hashString } from "../../../src/base/random";
import { branches, callNode, callRules, evaluateModular, field, gradient, jacobian, jacobianForward, map, mapRule, mapRules, MissingRule, PRIMES, pullback, pushforward, Redraw, sizeOf, sub, variable, type Binding, type Shape, type Term } from "../../../src/tensor/index";
import { difference, drawEntries, innerProduct, largest, random, valueOf } from "./draw";

interface Case {
  readonly name: string;
  readonly y: Term;
  readonly xs: readonly Term[];
  readonly bindings: Map<string, Binding>;
  /** Whether GF(p) gives the function a meaning. */
  readonly modular: boolean;
  readonly branching: boolean;
}

const families = ["polygamma:0", "polygamma:1", "free:f:0", "free:g:1"].map((fn) => mapRule(fn)!);

function mapCases(): Case[] {
  return [...mapRules, ...families].flatMap((rule) =>
    [[], [3], [2, 3]].map((shape) => {
      const draw = random(hashString(rule.name));
      const x = variable("x0", shape);
      const bindings = new Map([["x0", { shape, data: drawEntries(draw, shape).map(rule.domain) }]]);
      return { name: `${rule.name} [${shape}]`, y: map(rule.name, x), xs: [x], bindings, modular: true, branching: rule.exactness === "mask" };
    }),
  );
}

function callCases(): Case[] {
  return callRules.flatMap((rule) =>
    rule.sizes.map(({ shapes, params = [], result }) => {
      const draw = random(hashString(rule.name));
      const xs = shapes.map((shape, i) => variable(`x${i}`, shape));
      const bindings = new Map<string, Binding>();
      shapes.forEach((shape, i) => {
        const data = drawEntries(draw, shape);
        rule.domain(data, shape, i);
        bindings.set(`x${i}`, { shape, data });
      });
      return { name: `${rule.name} ${shapes.map((shape) => `[${shape}]`).join(" ")}`, y: callNode(rule.name, xs, params, result ?? shapes[0]!), xs, bindings, modular: rule.exactness !== "none", branching: rule.exactness === "mask" };
    }),
  );
}

/** The central difference of a term in a direction, with an error of order h⁴ (Richardson). */
function finiteDifference(term: Term, { xs, bindings }: Case, direction: readonly Float64Array[]): Float64Array {
  const at = (h: number): Float64Array => {
    const moved = new Map(bindings);
    xs.forEach((x, i) => {
      const { data } = bindings.get(`x${i}`)!;
      moved.set(`x${i}`, { shape: x.shape, data: data.map((entry, j) => entry + h * direction[i]![j]!) });
    });
    return valueOf(term, moved);
  };
  const slope = (h: number): Float64Array => {
    const below = at(-h);
    return at(h).map((above, i) => (above - below[i]!) / (2 * h));
  };
  const h = 1e-3;
  const coarse = slope(2 * h);
  return slope(h).map((fine, i) => (4 * fine - coarse[i]!) / 3);
}

/** Directions, their bindings and the seeds that carry them. */
function directionsOf({ xs, bindings }: Case, name: string, batch: Shape = []): { seeds: Map<Term, Term>; data: Float64Array[]; bindings: Map<string, Binding> } {
  const draw = random(hashString(name));
  const seeds = new Map<Term, Term>();
  const all = new Map(bindings);
  const data = xs.map((x, i) => {
    const shape = [...batch, ...x.shape];
    const entries = drawEntries(draw, shape);
    seeds.set(x, variable(`${name}${i}`, shape));
    all.set(`${name}${i}`, { shape, data: entries });
    return entries;
  });
  return { seeds, data, bindings: all };
}

for (const test of [...mapCases(), ...callCases()]) {
  describe(`the rule of ${test.name}`, () => {
    const { y, xs } = test;

    it("has the tangent that finite differences show", () => {
      const { seeds, data, bindings } = directionsOf(test, "v");
      const tangent = valueOf(pushforward(y, seeds, []), bindings);
      const expected = finiteDifference(y, test, data);
      assert.ok(difference(tangent, expected) <= 1e-8 * (1 + largest(expected)), `${tangent} for ${expected}`);
    });

    it("has a pullback adjoint to the tangent", () => {
      const { seeds, bindings } = directionsOf(test, "v");
      const ybar = variable("w", y.shape);
      bindings.set("w", { shape: y.shape, data: drawEntries(random(7), y.shape) });
      const left = valueOf(innerProduct(ybar, pushforward(y, seeds, [])), bindings)[0]!;
      const right = pullback(y, ybar, xs).reduce((total, bar, i) => total + valueOf(innerProduct(bar, seeds.get(xs[i]!)!), bindings)[0]!, 0);
      assert.ok(Math.abs(left - right) <= 1e-10 * (1 + Math.abs(left)), `${left} ≠ ${right}`);
    });

    it("takes batches as it takes single directions", () => {
      const { seeds, data, bindings } = directionsOf(test, "v", [2, 2]);
      const whole = valueOf(pushforward(y, seeds, [2, 2]), bindings);
      const size = sizeOf(y.shape);
      for (let b = 0; b < 4; b++) {
        const single = directionsOf(test, "u");
        xs.forEach((x, i) => single.bindings.set(`u${i}`, { shape: x.shape, data: data[i]!.slice(b * sizeOf(x.shape), (b + 1) * sizeOf(x.shape)) }));
        const expected = valueOf(pushforward(y, single.seeds, []), single.bindings);
        assert.ok(difference(whole.slice(b * size, (b + 1) * size), expected) <= 1e-10 * (1 + largest(expected)));
      }
    });

    it("has one Jacobian in both modes", () => {
      for (const x of xs) {
        const reverse = jacobian(y, x);
        const forward = jacobianForward(y, x);
        assert.deepEqual(reverse.shape, [...y.shape, ...x.shape]);
        assert.deepEqual(forward.shape, reverse.shape);
        const value = valueOf(reverse, test.bindings);
        assert.ok(difference(value, valueOf(forward, test.bindings)) <= 1e-10 * (1 + largest(value)));
      }
    });

    it("has second derivatives that finite differences show", () => {
      const ybar = variable("w", y.shape);
      test.bindings.set("w", { shape: y.shape, data: drawEntries(random(7), y.shape) });
      const firsts = gradient(innerProduct(ybar, y), xs);
      const { seeds, data, bindings } = directionsOf(test, "v");
      for (const first of firsts) {
        const expected = finiteDifference(first, test, data);
        const mixed = valueOf(pushforward(first, seeds, []), bindings);
        assert.ok(difference(mixed, expected) <= 1e-6 * (1 + largest(expected)), `${mixed} for ${expected}`);
      }
    });

    if (test.modular) {
      it("has one Jacobian in both modes in GF(p)", () => {
        for (const x of xs) {
          const terms = [sub(jacobian(y, x), jacobianForward(y, x)), y];
          const { masks } = branches(terms, test.bindings);
          const [gap] = drawUntilDefined(terms, masks);
          assert.equal(largest(gap!), 0);
        }
      });
    }
  });
}

/** Values at random residues, other ones where a divisor is zero or a root is missing. */
function drawUntilDefined(terms: readonly Term[], masks: ReadonlyMap<number, Float64Array>): Float64Array[] {
  const variables = new Map<string, Shape>();
  const visit = (term: Term): void => {
    if (term.kind === "variable") variables.set(term.name, term.shape);
    for (const arg of term.kind === "map" ? [term.arg] : "args" in term ? term.args : []) visit(arg);
  };
  terms.forEach(visit);
  const gf = field(PRIMES[1]);
  for (let seed = 1; seed < 3000; seed++) {
    const draw = random(seed);
    const bindings = new Map([...variables].map(([name, shape]) => [name, { shape, data: Float64Array.from({ length: sizeOf(shape) }, () => gf.reduce(draw.integer(0, gf.modulus - 1))) }]));
    try {
      return evaluateModular(terms, bindings, gf, { seed, masks }).map(({ data }) => data);
    } catch (error) {
      if (!(error instanceof Redraw)) throw error;
    }
  }
  throw new Error("no defined point found");
}

describe("the registry", () => {
  const names = [...mapRules, ...callRules].map(({ name }) => name);

  it("has every rule that there is a file for, once", () => {
    const folder = "src/tensor/primitives";
    const written = readdirSync(folder).flatMap((file) => [...readFileSync(`${folder}/${file}`, "utf8").matchAll(/^ {2}name: "(\w+)",$/gm)].map(([, name]) => name!));
    assert.ok(written.length > 30);
    assert.deepEqual([...names].sort(), written.sort());
  });

  it("has each rule tried at a size above 1, where a transpose shows", () => {
    for (const { name, sizes } of callRules) assert.ok(sizes.some(({ shapes, result }) => [...shapes, result ?? []].some((shape) => sizeOf(shape) > 1)), name);
  });

  it("has each rule tried by the tests above", () => {
    const tried = new Set([...mapCases(), ...callCases()].map(({ name }) => name.split(" ")[0]));
    for (const name of names) assert.ok(tried.has(name), name);
  });

  it("says which rule is missing, and of which function", () => {
    const unknown = map("nonesuch", variable("x", []));
    assert.throws(() => pullback(unknown, variable("w", []), [variable("x", [])]), (error) => error instanceof MissingRule && error.message === 'the function "nonesuch" has no pullback rule');
    assert.throws(() => pushforward(unknown, new Map([[variable("x", []), variable("v", [])]]), []), (error) => error instanceof MissingRule && /"nonesuch" has no tangent rule/.test(error.message));
    assert.throws(() => valueOf(unknown, new Map()), (error) => error instanceof MissingRule && /"nonesuch" has no forward rule/.test(error.message));
  });
});
