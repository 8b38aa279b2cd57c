import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { codes } from "../../../src/report/codes";
import { githubFailure, githubFile } from "../../../src/report/github";
import { jsonReport } from "../../../src/report/json";
import { jsonlFailure, jsonlFile, jsonlSummary } from "../../../src/report/jsonl";
import { sarifReport } from "../../../src/report/sarif";
import { entry, file, placeOf, refuted, statement } from "./reports";

const text = "# Note\n\n$$ a = b,\n c = d $$\n";
const wrong = refuted(placeOf(text, "b"), "b is not a: 100%, really", {
  latex: "a = b",
  computed: "a",
  evidence: { method: "exact", trials: 4, errorBound: 1e-24, certificate: "…" },
  counterexample: { sizes: { n: 3 }, seed: 7, entry: null, left: 1, right: 2 },
  fix: { title: "Replace by a", edits: [{ range: placeOf(text, "b"), newText: "a" }], safe: true },
  related: [{ range: placeOf(text, "Note"), message: "defined here" }],
  entries: [entry(placeOf(text, "b"), 1, 1, "a")],
});
const outcome = {
  files: [file(text, [wrong, statement(placeOf(text, "d")), statement(placeOf(text, "c"), { verdict: "unchecked", reason: "ambiguous" })])],
  failures: [],
};
const schema: object = JSON.parse(readFileSync("schema/report.schema.json", "utf8"));

describe("json", () => {
  const validate = new Ajv().compile(schema);
  const problems = (value: unknown): string[] => (validate(JSON.parse(JSON.stringify(value))) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));

  it("keeps to its schema", () => {
    assert.deepEqual(problems(jsonReport(outcome)), []);
    assert.deepEqual(problems(jsonReport({ ...outcome, failures: [{ path: "b.md", message: "?" }] })), []);
  });

  it("has a schema that notices", () => {
    const broken = (change: object): string[] => problems(jsonReport({ ...outcome, files: [file(text, [{ ...wrong, ...change }])] }));
    assert.notDeepEqual(broken({ verdict: "wrong" }), []);
    assert.notDeepEqual(broken({ code: null }), []);
    assert.notDeepEqual(broken({ message: "two\nlines" }), []);
    assert.notDeepEqual(broken({ reason: "ambiguous" }), []);
    assert.notDeepEqual(broken({ assumptions: undefined }), []);
    assert.notDeepEqual(broken({ counterexample: { sizes: {}, seed: 1, entry: [0], left: 1, right: 2 } }), []);
    assert.notDeepEqual(broken({ range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } } }), []);
    assert.notDeepEqual(problems({ ...jsonReport(outcome), failures: [] }), []);
  });

  it("names its fields in the documented order, and nothing internal", () => {
    const [first] = jsonReport(outcome).files[0]?.statements ?? [];
    assert.deepEqual(Object.keys(first ?? {}), [
      ...["range", "relation", "latex", "kind", "verdict", "code", "severity", "message", "reason", "assumptions", "evidence", "computed", "counterexample", "fix"],
      ...["related", "entries"],
    ]);
    assert.deepEqual(Object.keys(jsonReport(outcome)), ["version", "files", "summary"]);
  });

  it("counts verdicts over all files", () => {
    assert.deepEqual(jsonReport({ ...outcome, files: [...outcome.files, ...outcome.files] }).summary, { verified: 2, refuted: 2, conditional: 0, convention: 0, definition: 0, unchecked: 2 });
  });
});

describe("jsonl", () => {
  it("is a line for the file, one for each statement, and a summary", () => {
    const lines = [...outcome.files.map(jsonlFile), jsonlFailure({ path: "b.md", message: "?" }), jsonlSummary(outcome)].join("").trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ type }) => type), ["file", "statement", "statement", "statement", "failure", "summary"]);
    assert.equal(lines[0].formulas.total, 3);
    assert.deepEqual([lines[1].path, lines[1].code], ["notes.md", "gradient-mismatch"]);
    assert.equal(lines[5].refuted, 1);
  });
});

describe("github", () => {
  it("annotates what has a severity, escaped", () => {
    const said = githubFile(file(text, [wrong, statement(placeOf(text, "d"))]));
    assert.equal(
      said,
      "::error file=notes.md,line=3,endLine=3,col=8,endColumn=9,title=gradcheck%3A gradient-mismatch::b is not a: 100%25, really%0Aright: a%0Acounterexample: with n = 3 and random values (seed 7), the value is 1 on the left and 2 on the right\n",
    );
  });

  it("gives no columns for several lines, and maps severities", () => {
    const whole = { start: placeOf(text, "a = b").start, end: placeOf(text, "c = d").end };
    const said = githubFile(file(text, [statement(whole, { severity: "warning", code: "missing-assumption", message: "m" }), statement(whole, { severity: "hint", message: "h" })]));
    assert.equal(said, "::warning file=notes.md,line=3,endLine=4,title=gradcheck%3A missing-assumption::m\n::notice file=notes.md,line=3,endLine=4,title=gradcheck::h\n");
  });

  it("tells problems of the text", () => {
    const problems = [{ range: placeOf(text, "b"), message: "nothing to silence", code: "stale-directive" as const }];
    assert.equal(githubFile(file(text, [], { problems })), "::notice file=notes.md,line=3,endLine=3,col=8,endColumn=9,title=gradcheck%3A stale-directive::nothing to silence\n");
  });

  it("tells failures", () => {
    assert.equal(githubFailure({ path: "a,b:c.md", message: "no such file" }), "::error file=a%2Cb%3Ac.md,title=not checked::no such file\n");
  });
});

describe("sarif", () => {
  const tool = { version: "1.2.3", page: (code: string) => (code === "layout" ? "# layout" : undefined) };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- read as any reader of SARIF would, without types
  const log: any = JSON.parse(JSON.stringify(sarifReport({ ...outcome, failures: [{ path: "b c.md", message: "gone" }] }, tool)));
  const run = log.runs[0];

  it("is a log of version 2.1.0 with a rule for each code", () => {
    assert.equal(log.version, "2.1.0");
    assert.equal(run.columnKind, "utf16CodeUnits");
    assert.deepEqual(run.tool.driver.rules.map(({ id }: { id: string }) => id), codes.map(({ name }) => name));
    assert.equal(run.tool.driver.rules.find(({ id }: { id: string }) => id === "layout").help.markdown, "# layout");
  });

  it("has a result where there is a severity, from line and column 1", () => {
    assert.equal(run.results.length, 1);
    const [result] = run.results;
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    assert.equal(result.level, "error");
    assert.match(result.message.text, /^b is not a: 100%, really\nRight: a\nCounterexample: with n = 3/);
    assert.deepEqual(result.locations[0].physicalLocation, {
      artifactLocation: { uri: "notes.md", index: 0 },
      region: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 9 },
    });
    assert.equal(result.relatedLocations[0].message.text, "defined here");
    assert.deepEqual(result.fixes[0].artifactChanges[0].replacements, [{ deletedRegion: { startLine: 3, startColumn: 8, endLine: 3, endColumn: 9 }, insertedContent: { text: "a" } }]);
  });

  it("has a note for each problem of the text", () => {
    const problems = [{ range: placeOf(text, "b"), message: "nothing to silence", code: "stale-directive" as const }];
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    const { results }: any = (sarifReport({ files: [file(text, [], { problems })], failures: [] }, tool) as any).runs[0];
    assert.deepEqual([results.length, results[0].ruleId, results[0].level, results[0].locations[0].physicalLocation.region.startColumn], [1, "stale-directive", "note", 8]);
  });

  it("tells what could not be checked", () => {
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.equal(run.invocations[0].toolExecutionNotifications[0].locations[0].physicalLocation.artifactLocation.uri, "b%20c.md");
  });

  it("keeps a result's identity when its lines move, and tells twins apart", () => {
    const moved = `\n\n${text}`;
    const prints = (one: string, count: number): string[] => {
      const again = Array.from({ length: count }, () => ({ ...wrong, range: placeOf(one, "b") }));
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
      const report: any = sarifReport({ files: [file(one, again)], failures: [] }, tool);
      return report.runs[0].results.map((result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints["gradcheck/v1"]);
    };
    assert.deepEqual(prints(text, 1), prints(moved, 1));
    assert.equal(new Set(prints(text, 3)).size, 3);
  });

  it("makes addresses of paths", () => {
    const uri = (path: string): string => {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
      const report: any = sarifReport({ files: [{ ...file(text, []), path }], failures: [] }, tool);
      return report.runs[0].artifacts[0].location.uri;
    };
    assert.equal(uri("a/b ü.md"), "a/b%20%C3%BC.md");
    assert.equal(uri("/a/b.md"), "file:///a/b.md");
    assert.equal(uri("C:\\a\\b.md"), "file:///C:/a/b.md");
  });
});
