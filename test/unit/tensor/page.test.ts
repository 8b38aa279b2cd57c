/** The examples of docs/core.md, line by line: what stands behind an arrow is what the line gives. */
import assert from "node:assert/strict";
import page from "../../../docs/core.md";
import * as core from "../../../src/tensor/core";

const examples = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code!);

const AsyncFunction = (async () => undefined).constructor as new (...parameters: string[]) => (...values: unknown[]) => Promise<void>;

/** The code with its imports from the core given, and its comments as assertions. */
function runnable(code: string): { source: string; checks: number } {
  let checks = 0;
  const lines = code.split("\n").map((line) => {
    const [, names] = /^import \{(.*)\} from "gradcheck\/core";$/.exec(line) ?? [];
    if (names) return `const {${names}} = library;`;
    const [, expression, kind, rest] = /^(.*); \/\/ (→|throws) (.*)$/.exec(line) ?? [];
    if (!expression) return line;
    checks++;
    return kind === "→" ? `assert.deepEqual(${expression}, ${rest});` : `assert.throws(() => ${expression}, (error) => (assert.equal(error.name + ": " + error.message, ${JSON.stringify(rest)}), true));`;
  });
  return { source: lines.join("\n"), checks };
}

describe("the page about the core", () => {
  examples.forEach((code, i) => {
    it(`is right in example ${i + 1}`, async () => {
      const { source, checks } = runnable(code);
      assert.ok(checks >= 3, "the example shows something");
      await new AsyncFunction("library", "assert", source)(core, assert);
    });
  });

  it("has its examples", () => assert.ok(examples.length >= 4));

  it("names what there is", () => {
    const tables = page.split("\n").filter((line) => line.startsWith("|")).join("\n").replaceAll(/\|[^|]*at each entry: .*/g, "");
    const named = [...tables.matchAll(/`([a-z]\w*)(?:\(|`)/g)].map(([, name]) => name!).filter((name) => !["limit", "values", "out", "a", "transposeA", "transposeB", "error", "ybar"].includes(name));
    for (const name of named) assert.ok(name in core, `${name} is not exported`);
    assert.ok(named.length > 50);
  });
});
