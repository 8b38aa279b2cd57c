import assert from "node:assert/strict";
import { defaultSettings, readSettings } from "../../../src/protocol/settings";

describe("settings", () => {
  it("have defaults for what is missing or not understood", () => {
    assert.deepEqual(readSettings(null, undefined, undefined), defaultSettings);
    assert.deepEqual(readSettings({ layout: "sideways", run: 5, severity: { refuted: "loud" }, macros: { "\\R": 1 }, macroFiles: "one.tex" }, [], null), defaultSettings);
  });

  it("are read", () => {
    const settings = readSettings({ layout: "numerator", run: "save", severity: { convention: "information" }, inlayHints: { shapes: true } }, undefined, "");
    assert.deepEqual([settings.layout, settings.run, settings.severity.convention, settings.inlayHints], ["numerator", "save", "information", true]);
  });

  it("join the macros of Markdown's own setting with ours, which win", () => {
    const { macros } = readSettings({ macros: { R: "\\mathbb{R}" } }, { "\\R": "R", "\\E": "\\mathbb{E}" }, undefined);
    assert.deepEqual(macros, { "\\R": "\\mathbb{R}", "\\E": "\\mathbb{E}" });
  });

  it("name files of macros, LaTeX Workshop's first", () => {
    assert.deepEqual(readSettings({ macroFiles: ["own.json", 3, " "] }, undefined, "preview.tex").macroFiles, ["preview.tex", "own.json"]);
  });
});
