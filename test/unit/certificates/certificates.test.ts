/** Every verdict on the notes is computed again by a program that shares nothing with the checker. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../../src/analysis/analyze";
import { replay, Unknown } from "./replay";

const folders = ["test/notes", "media/examples"];

describe("certificates", () => {
  let [replayed, unknown] = [0, 0];
  for (const path of folders.flatMap(notesBelow)) {
    it(`of ${path}`, () => {
      const { statements } = analyze(readFileSync(path, "utf8"), { filename: path, layout: "auto", certificates: true });
      for (const { evidence, verdict, latex } of statements) {
        if (!evidence || evidence.method === "structural" || verdict === "unchecked" || evidence.certificate === "null") continue;
        try {
          assert.deepEqual(replay(evidence.certificate), [], `${verdict}: ${latex}`);
          replayed++;
        } catch (error) {
          if (!(error instanceof Unknown)) throw error;
          unknown++;
        }
      }
    });
  }

  it("are replayed, nearly all", () => {
    assert.ok(replayed > 60, `${replayed}`);
    assert.ok(unknown < replayed / 20, `${unknown} of ${replayed}`);
  });

  it("are refused where they claim what does not hold", () => {
    const text = "Let $a, x \\in \\mathbb{R}^n$.\n\n$$\\frac{\\partial\\, a^\\top x}{\\partial x} = a$$\n";
    const certificate = JSON.parse(analyze(text, { filename: "a.md", layout: "auto", certificates: true }).statements.find(({ kind }) => kind === "gradient")?.evidence?.certificate ?? "null");
    assert.deepEqual(replay(JSON.stringify(certificate)), []);
    assert.equal(replay(JSON.stringify({ ...certificate, claim: "different" })).length, 2);
    const [name, values] = Object.entries(certificate.variables)[0] as [string, number[]];
    assert.notDeepEqual(replay(JSON.stringify({ ...certificate, variables: { ...certificate.variables, [name]: values.map((x) => x + 1) } })), []);
  });
});

function notesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(md|tex)$/.test(name)).sort().map((name) => join(folder, name));
}
