/** A document that is edited and asked about again says what it would say if it were new. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { analyze, Memory, understood } from "../../../src/analysis/analyze";
import { decide } from "../../../src/analysis/memory";
import { type Random, random } from "../../../src/base/random";
import { readDocument } from "../../../src/document";

const edits = 25;
const notes = ["test/notes/scope/maybe-symmetric", "test/notes/one-slip", "test/notes/quadratic-form", "test/notes/remarks"].map((note) => `${note}.md`);
/** Put in at any place: words that say nothing, words that say something, and what is typed in formulas. */
const typed = ["really ", "a", " ", "\n", "\n\n", "$", "x", "2", "^\\top", "symmetric ", "We use the numerator layout. ", "Let $x$ be a number. ", "where $A$ is symmetric, ", "\n# Another\n\n", "$A = A^\\top$ "];

function edited(text: string, source: Random): string {
  const at = source.integer(0, text.length);
  if (source.uniform() < 0.3) return text.slice(0, at) + text.slice(Math.min(text.length, at + source.integer(1, 4)));
  return text.slice(0, at) + (typed[source.integer(0, typed.length - 1)] as string) + text.slice(at);
}

/** The same object, which notes in `seen` where a field is looked at that the digest does not hold. */
function guarded<T extends object>(object: T, held: readonly (keyof T)[], seen: Set<PropertyKey>): T {
  return new Proxy(object, {
    get: (target, key) => {
      if (!(held as readonly PropertyKey[]).includes(key)) seen.add(key);
      return Reflect.get(target, key) as unknown;
    },
  });
}

describe("what was decided of a document before", () => {
  it("rests on what the digest holds", () => {
    const seen = new Set<PropertyKey>();
    for (const path of notes) {
      const { model } = understood(readDocument(readFileSync(path, "utf8"), { filename: path }));
      const formulas = model.document.formulas.map((formula) => guarded({ ...formula, source: guarded(formula.source, ["text"], seen) }, ["source", "display", "environment", "struck"], seen));
      const document = guarded({ ...model.document, formulas }, ["format", "formulas", "directives"], seen);
      decide(guarded({ ...model, document }, ["document", "located", "table", "facts", "sections", "defining", "fixedSizes", "exampleSizes", "structured", "unread", "inPlainFormulas"], seen), { layout: "auto", filename: path }).open();
    }
    assert.deepEqual([...seen], []);
  });

  for (const path of notes) {
    it(`is taken over only where it would be decided again: ${path}`, function () {
      this.timeout(60_000);
      const original = readFileSync(path, "utf8");
      const source = random(path.length);
      const memory = new Memory();
      let text = original;
      for (let i = 0; i < edits; i++) {
        assert.deepEqual(analyze(text, { layout: "auto", filename: path }, memory), analyze(text, { layout: "auto", filename: path }), text);
        // Text that is all broken says little.
        text = edited(i % 5 ? text : original, source);
      }
    });
  }

  it("is taken over where only words were moved, with their new places", () => {
    const memory = new Memory();
    const before = "Let $x \\in \\mathbb{R}^n$ be a vector.\n\nIts square has the gradient $\\nabla_x (x^\\top x) = 3x$ there.\n";
    const after = before.replace("Its square", "\n\nThe square of it");
    analyze(before, { layout: "auto", filename: "a.md" }, memory);
    const report = analyze(after, { layout: "auto", filename: "a.md" }, memory);
    assert.equal(memory.taken, 1);
    assert.deepEqual(report, analyze(after, { layout: "auto", filename: "a.md" }));
    assert.equal(report.statements.at(-1)?.range.start.line, 4);
  });

  it("is decided again where words say something else", () => {
    const memory = new Memory();
    const claim = "$\\frac{\\partial x^\\top A x}{\\partial x} = 2Ax$";
    const texts = ["", "symmetric "].map((word) => `Let $A \\in \\mathbb{R}^{n\\times n}$ be a ${word}matrix and $x \\in \\mathbb{R}^n$.\n\n${claim}\n`);
    const verdicts = texts.map((text) => analyze(text, { layout: "auto", filename: "a.md" }, memory).statements.at(-1)?.verdict);
    assert.deepEqual(verdicts, ["conditional", "verified"]);
    assert.equal(memory.taken, 0);
  });
});
