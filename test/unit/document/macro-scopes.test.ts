import assert from "node:assert/strict";
import { macroScopes } from "../../../src/document/macro-scopes";
import { read } from "./reading";

/** What `\a` stands for in each formula that uses it. */
function meanings(text: string, settings: Record<string, string> = {}): (string | undefined)[] {
  const document = read(text, "a.md", { macros: settings });
  const scope = macroScopes(document);
  return document.formulas.filter(({ definesOnly }) => !definesOnly).map((formula) => scope(formula).get("\\a")?.body);
}

describe("document: which definition a formula means", () => {
  it("is the last before it", () => assert.deepEqual(meanings("$\\def\\a{1}$ $\\a$ $\\renewcommand{\\a}{2}$ $\\a$"), ["1", "2"]));
  it("is a later one where there is none before", () => assert.deepEqual(meanings("$\\a$ $\\def\\a{1}$ $\\def\\a{2}$ $\\a$"), ["1", "2"]));
  it("is not what is only provided", () => assert.deepEqual(meanings("$\\def\\a{1}$ $\\providecommand{\\a}{2}$ $\\a$"), ["1"]));
  it("is provided where there is no other", () => assert.deepEqual(meanings("$\\providecommand{\\a}{2}$ $\\a$"), ["2"]));
  it("is the document's before the settings'", () => assert.deepEqual(meanings("$\\a$ $\\newcommand{\\a}{1}$ $\\a$", { "\\a": "0" }), ["0", "1"]));
});
