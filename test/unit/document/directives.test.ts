import assert from "node:assert/strict";
import { read } from "./reading";

function directives(text: string, filename?: string): string[] {
  return read(text, filename).directives.map(({ name, value, span }) => `${name}=${value} @${text.slice(span.start, span.end)}`);
}

describe("document: directives", () => {
  for (const [text, filename, expected] of [
    ["a <!-- gradcheck: layout=numerator --> b", "a.md", ["layout=numerator @<!-- gradcheck: layout=numerator -->"]],
    ["<!--gradcheck:off the proof comes later\n-->", "a.md", ["off=the proof comes later @<!--gradcheck:off the proof comes later\n-->"]],
    ["[//]: # (gradcheck: ignore-next)", "a.md", ["ignore-next= @[//]: # (gradcheck: ignore-next)"]],
    ["[//]: # \"gradcheck: on\"", "a.md", ["on= @[//]: # \"gradcheck: on\""]],
    ["{/* gradcheck: off */}", "a.mdx", ["off= @{/* gradcheck: off */}"]],
    ["%% gradcheck: off %%", "a.md", ["off= @%% gradcheck: off %%"]],
    ["x % gradcheck: off because it is an exercise\ny", "a.tex", ["off=it is an exercise @% gradcheck: off because it is an exercise"]],
    ["% gradcheck: layout = denominator\n\\begin{document}\\end{document}", "a.tex", ["layout=denominator @% gradcheck: layout = denominator"]],
    ["$$\na % gradcheck: expect wrong\n$$", "a.md", ["expect=wrong @% gradcheck: expect wrong"]],
    ["<!-- gradcheck: layout=numerator, vectors=rows -->", "a.md", ["layout=numerator @<!-- gradcheck: layout=numerator, vectors=rows -->", "vectors=rows @<!-- gradcheck: layout=numerator, vectors=rows -->"]],
    ["> <!-- gradcheck: off -->\n\n- a <!-- gradcheck: on -->", "a.md", ["off= @<!-- gradcheck: off -->", "on= @<!-- gradcheck: on -->"]],
    ["<!-- about gradcheck: nothing --> `<!-- gradcheck: off -->` 5\\% gradcheck: off", "a.md", []],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(directives(text, filename), expected));
  }
});
