import assert from "node:assert/strict";
import { find, hoverText, open, problemsOf, restore, until } from "./editor";

describe("the hover", () => {
  afterEach(restore);

  it("shows the computed gradient as a picture, with the verdict and why", async () => {
    const editor = await open("linear-layer.md");
    const [mark] = await problemsOf(editor.document.uri, 1);
    assert.ok(mark);
    const text = await until("a hover", () => hoverText(editor, find(editor, "= Z \\frac").start), (found) => found.includes("Wrong"));
    assert.ok(text.includes("✗ Wrong"), text);
    const [, alt, encoded] = /!\[([^\n]*)\]\(data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)\)/.exec(text) ?? [];
    assert.ok(alt && encoded, text.slice(0, 2000));
    assert.match(alt, /∂L\/∂W = Zᵀ/);
    assert.match(atob(encoded), /^<svg[^]*<path[^]*<\/svg>$/);
    assert.ok(text.length < 100_000);
  });

  it("says of a right gradient that it is verified", async () => {
    const editor = await open("linear-layer.md");
    const text = await until("a hover", () => hoverText(editor, find(editor, "= \\frac{\\partial L}{\\partial A} W").start), (found) => found !== "");
    assert.ok(text.includes("✓ Verified"), text.slice(0, 500));
  });

  it("tells the shape and role of a symbol", async () => {
    const editor = await open("linear-layer.md");
    const text = await until("a hover", () => hoverText(editor, find(editor, "W \\in").start), (found) => found !== "");
    assert.match(text, /W ∈ R\^k × n|W ∈ R\^\(?k×n/);
    assert.match(text, /matrix/);
  });
});
