import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { reference } from "./reference";

describe("the reference", () => {
  it("is what the registries say (node scripts/reference.mjs writes it)", () => assert.equal(readFileSync("docs/reference.md", "utf8"), reference()));
});
