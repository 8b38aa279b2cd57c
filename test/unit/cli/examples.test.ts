/** The real checker on the example notes: what it prints keeps to the schema, and it finds the mistakes that were put there, no others. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import type { Statement } from "../../../src/base/statement";
import { loadEngine } from "../../../src/cli/engine";
import type { JsonReport } from "../../../src/report/json";
import { Folder } from "./host";

/** What is wrong in each note: line (from 1), verdict, and what stands there. */
const mistakes: Readonly<Record<string, readonly (readonly [line: number, verdict: string, text: string])[]>> = {
  "layer-backprop.md": [
    [36, "refuted", "\\frac{\\partial L}{\\partial Z_2} W_2"],
    [48, "refuted", "\\frac{\\partial L}{\\partial Z_1} X^\\top"],
    [69, "refuted", "p_{21}"],
  ],
  "least-squares.md": [
    [37, "refuted", "\\lambda w"],
    [49, "conditional", "2 X^\\top S\\, (Xw - y)"],
    [59, "refuted", "(XV - T) X^\\top"],
  ],
  "softmax-cross-entropy.md": [
    [37, "refuted", "y_j - p_j"],
    [51, "refuted", "W \\delta"],
  ],
};

describe("the examples", () => {
  let report: JsonReport;
  before(async function () {
    this.timeout(120_000);
    const folder = new Folder();
    try {
      for (const name of Object.keys(mistakes)) folder.write(name, readFileSync(`media/examples/${name}`));
      const { out, status, err } = await folder.run(["check", "--format", "json", "."], { load: loadEngine });
      assert.equal(err, "");
      assert.equal(status, 1);
      report = JSON.parse(out);
    } finally {
      folder.remove();
    }
  });

  it("give a report that keeps to the schema", () => {
    const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync("schema/report.schema.json", "utf8")));
    validate(report);
    assert.deepEqual(validate.errors ?? [], []);
  });

  it("are read whole", () => {
    for (const { path, formulas } of report.files) assert.equal(formulas.read, formulas.total, path);
  });

  for (const [name, expected] of Object.entries(mistakes)) {
    it(`${name}: the mistakes, and nothing else, are reported`, () => {
      const lines = readFileSync(`media/examples/${name}`, "utf8").split("\n");
      const found = report.files.find(({ path }) => path === name)?.statements.filter(({ verdict }) => verdict === "refuted" || verdict === "conditional") ?? [];
      assert.deepEqual(found.map(({ range, verdict }) => [range.start.line + 1, verdict]), expected.map(([line, verdict]) => [line, verdict]));
      for (const [i, [line, , text]] of expected.entries()) {
        const { start, end } = found[i]?.range as Statement["range"];
        const at = lines[line - 1]?.indexOf(text) ?? -1;
        assert.ok(start.character < at + text.length && at < end.character, `line ${line}: ${text} is not inside ${start.character} to ${end.character}`);
      }
    });
  }

  it("leave nothing that states something undecided", () => {
    const open = report.files.flatMap(({ path, statements }) => statements.filter(({ verdict, reason }) => verdict === "unchecked" && reason !== "not-a-claim").map(({ range, message }) => `${path}:${range.start.line + 1}: ${message}`));
    assert.deepEqual(open, []);
  });
});
