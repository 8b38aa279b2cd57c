import assert from "node:assert/strict";
import type { MarkupContent } from "vscode-languageserver";
import { hoverAt } from "../../../src/server/hover";
import { createPictures } from "../../../src/server/picture";
import { wordsFrom } from "../../../src/server/words";
import { checkedNote, rangeOf } from "./report";

const pictures = createPictures([
  { name: "\\loss", parameters: 0, optional: null, body: "\\mathcal{L}" },
  { name: "\\grad", parameters: 2, optional: "x", body: "\\nabla_{#1} #2" },
]);
const context = { pictures, theme: "dark", pages: "https://example.org/codes/", t: wordsFrom({}) } as const;

function textAt(place: string, change = {}, given: Parameters<typeof hoverAt>[2] = context): string {
  const { report, document } = checkedNote(change);
  const hover = hoverAt(report, rangeOf(document, place).start, given);
  return hover ? (hover.contents as MarkupContent).value : "";
}

describe("the hover", () => {
  it("shows verdict, message, computed gradient and counterexample", () => {
    const text = textAt("= Z \\frac");
    assert.match(text, /^\*\*✗ Wrong\*\* · gradient · \[`gradient-mismatch`\]\(https:\/\/example\.org\/codes\/gradient-mismatch\.md\)/);
    assert.match(text, /the transpose of Z is missing/);
    assert.match(text, /!\[∂L\/∂W = Zᵀ ∂L\/∂A\]\(data:image\/svg\+xml;base64,/);
    assert.match(text, /m = 3, k = 4: entry \\\(1, 2\\\) is 3 on the left and 5 on the right/);
  });

  it("shows a symbol's shape and role", () => {
    const text = textAt("W \\in");
    assert.match(text, /!\[W ∈ R\^k × n\]/);
    assert.match(text, /matrix/);
  });

  it("is plain text for a client without Markdown", () => {
    const text = textAt("= Z \\frac", {}, { ...context, pictures: null });
    assert.match(text, /✗ Wrong · gradient · gradient-mismatch/);
    assert.match(text, /∂L\/∂W = Zᵀ ∂L\/∂A/);
    assert.ok(!text.includes("data:"));
  });

  it("gives the LaTeX where it cannot be drawn", () => {
    assert.match(textAt("= Z \\frac", { computed: "\\nosuchcommand{" }), /```latex\n/);
  });

  it("does not spell the correction twice", () => {
    const text = textAt("= Z \\frac", { message: "this is not the derivative: transpose, 2x", computed: "2x" });
    assert.match(text, /transpose\n/);
    assert.match(textAt("= Z \\frac", { message: "this is not the derivative: transpose, 2x", computed: "3x" }), /transpose, 2x\n/);
  });

  it("tells what a derivative is that is left open", () => {
    const text = textAt("= Z \\frac", { verdict: "unchecked", reason: "not-a-claim", message: "its right side is left open", code: null, counterexample: null });
    assert.match(text, /left open\n/);
    assert.match(text, /∂L\/∂W = Zᵀ ∂L\/∂A/);
    assert.doesNotMatch(text, /asserts nothing/);
  });

  it("lets no text of the note become Markdown", () => {
    assert.match(textAt("= Z \\frac", { message: "[click](command:evil) <img>" }), /\\\[click\\\]\\\(command:evil\\\) \\<img\\>/);
  });

  it("is silent outside of formulas", () => {
    assert.equal(textAt("with"), "");
  });
});

describe("pictures", () => {
  const svgOf = (latex: string, theme: "dark" | "light" = "dark"): string => Buffer.from(pictures.draw(latex, theme)?.url.replace(/^[^,]*,/, "") ?? "", "base64").toString();

  it("have the theme's colour and a size in pixels", () => {
    assert.match(svgOf("x^2"), /^<svg[^>]*width="\d+" height="\d+"/);
    assert.match(svgOf("x^2"), /#cccccc/);
    assert.match(svgOf("x^2", "light"), /#3b3b3b/);
    assert.ok(!svgOf("x^2").includes("currentColor"));
  });

  it("know the user's macros", () => {
    const glyphs = (svg: string): string[] => svg.match(/ d="[^"]+"/g) ?? [];
    assert.deepEqual(glyphs(svgOf("\\loss")), glyphs(svgOf("\\mathcal{L}")));
    assert.deepEqual(glyphs(svgOf("\\grad f")), glyphs(svgOf("\\nabla_{x} f")));
    assert.deepEqual(glyphs(svgOf("\\grad[y] f")), glyphs(svgOf("\\nabla_{y} f")));
  });

  it("are none where the LaTeX is broken or far too long", () => {
    assert.equal(pictures.draw("\\frac{1}{", "dark"), null);
    assert.equal(pictures.draw("\\nosuchcommand", "dark"), null);
    assert.equal(pictures.draw("x".repeat(5000), "dark"), null);
  });

  it("hold characters that are not Latin", () => {
    assert.match(svgOf("\\text{größer als ∂}"), /<text[^>]*>[^<]*|<path/);
  });
});
