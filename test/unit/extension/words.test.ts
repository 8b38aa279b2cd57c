import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

function json(path: string): Record<string, string> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
}

/** The sentences that the sources ask a translation for. */
function sentences(): string[] {
  const files = ["src/extension", "src/extension/commands", "src/server"].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`));
  const found = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/(?<![\w$])t\(\s*("(?:[^"\\]|\\.)*")/g)].map(([, literal]) => JSON.parse(literal ?? '""') as string));
  return [...new Set(found)].sort();
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(([place]) => place).sort();

describe("translations", () => {
  const bundles = readdirSync("l10n").filter((name) => /^bundle\.l10n\.[a-z-]+\.json$/.test(name));

  it("exist", () => assert.ok(bundles.length > 0));

  for (const name of bundles) {
    it(`${name} has every sentence, and no other`, () => {
      assert.deepEqual(Object.keys(json(`l10n/${name}`)).sort(), sentences());
    });

    it(`${name} keeps the places for values`, () => {
      for (const [english, translated] of Object.entries(json(`l10n/${name}`))) assert.deepEqual(placeholders(translated), placeholders(english), english);
    });
  }

  it("of the manifest have every key that it names", () => {
    const named = [...readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? "");
    const files = readdirSync(".").filter((name) => /^package\.nls(\.[a-z-]+)?\.json$/.test(name));
    assert.ok(files.length > 1 && named.length > 10);
    for (const file of files) assert.deepEqual(Object.keys(json(file)).sort(), [...new Set(named)].sort(), file);
  });
});
