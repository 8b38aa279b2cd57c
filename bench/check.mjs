// Checking documents against KaTeX rendering the same formulas, warm, in one process, in turn.
//   npm run bench -- check [--quick] [--identities FILE.jsonl] [PATH...]
// Paths are notes or folders of them; GRADCHECK_DOCS (separated by commas) or the project's own notes where none is given.
// Identities are lines of JSON with `latex`, and `context` in words. Writes bench/results/check.md and check.json.
import katex from "katex";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { bundled } from "./bundle.mjs";
import { median, processorTime } from "./measure.mjs";
import { checkReport } from "./report.mjs";

const OWN = ["media/examples", "test/notes", "test/integration/notes"];
const NOTES = /\.(md|markdown|mdx|tex|Rmd|qmd|ipynb)$/;
/** A slice of the clock that counts in whole milliseconds on some systems. */
const SLICE = 12;
/** Milliseconds of checking after which a document is not measured again. */
const ENOUGH = 1000;

const args = process.argv.slice(2);
const rounds = take("--quick") ? 1 : 9;
const identitiesFile = takeValue("--identities");
const paths = args.length ? args : process.env.GRADCHECK_DOCS ? process.env.GRADCHECK_DOCS.split(",") : OWN;

const engine = await import(
  await bundled("check", 'export { analyze, Memory } from "./src/analysis/analyze"; export { modelOf } from "./src/semantics/reread"; export { readDocument } from "./src/document"; export { macroScopes } from "./src/document/macro-scopes"; export { parseMath } from "./src/latex"; export { readJointly } from "./src/analysis/reading";'),
);

const documents = paths.flatMap(notesBelow).map((path) => ({ name: basename(path), text: readFileSync(path, "utf8") }));
const measured = documents.map((one) => measure(one, rounds)).filter(({ formulas }) => formulas > 0);
const identities = identitiesFile ? readFileSync(identitiesFile, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line)) : [];
const single = identities.map(({ id, latex, context = "" }) => ({ name: id, text: `$$\n${latex}\n$$\n\n${context}.\n` })).map((one) => measure(one, 1));
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model.trim()}, ${cpus().length} processors`,
  node: process.version,
  // The benchmark itself is one of these.
  load: Math.round(loadavg()[1]),
  documents: measured,
  identities: single,
  start: startTime(),
};
const report = checkReport(result);
mkdirSync("bench/results", { recursive: true });
writeFileSync("bench/results/check.json", JSON.stringify(result, null, 1));
writeFileSync("bench/results/check.md", report);
console.log(report);

function measure({ name, text }, most) {
  const formulas = engine.readDocument(text, { filename: name }).formulas.map(({ source }) => source.text);
  const render = () => formulas.forEach((formula) => katex.renderToString(formula, { displayMode: true, throwOnError: false, strict: "ignore" }));
  // As `gradcheck check` does it: closed forms beside what is wrong.
  const check = () => engine.analyze(text, { layout: "auto", filename: name, closedForms: "wrong" });
  const { statements } = check();
  const type = typing(name, text);
  for (let i = 0; i < 2; i++) render();
  const runs = [];
  for (const start = processorTime(); runs.length < most && (runs.length === 0 || processorTime() - start < ENOUGH); ) runs.push({ katex: time(render), check: time(check), keystroke: time(type), ...partsOf(name, text) });
  const methods = statements.flatMap(({ evidence }) => evidence?.method ?? []);
  const middle = (part) => median(runs.map((run) => run[part]));
  return {
    name,
    formulas: formulas.length,
    katex: middle("katex"),
    check: middle("check"),
    keystroke: middle("keystroke"),
    ratio: median(runs.map((run) => run.check / run.katex)),
    parts: { reading: middle("reading"), understanding: middle("understanding"), deciding: middle("deciding") },
    decided: { exact: methods.filter((method) => method !== "numeric").length, numeric: methods.filter((method) => method === "numeric").length },
  };
}

/** Seconds of processor time that the built command takes for a note of one formula, over those that Node takes for nothing; in turn. */
function startTime() {
  const command = 'process.argv = ["node", "gradcheck", "check", "-", "--stdin-filename", "note.md"]; await import("./dist/cli.js");';
  const seconds = (script) => {
    const ended = `process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("\\n" + (user + system) / 1e6); });`;
    const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", ended + script], { input: "$y = Wx$\n", encoding: "utf8" });
    return Number(stderr.trim().split("\n").at(-1));
  };
  const runs = Array.from({ length: rounds }, () => ({ node: seconds(""), command: seconds(command) }));
  return { seconds: median(runs.map(({ command }) => command)), ratio: median(runs.map(({ node, command }) => command / node)) };
}

/** As in an editor: each run types one more letter into a word of the text, or takes it away again. */
function typing(name, text) {
  const memory = new engine.Memory();
  const check = (now) => engine.analyze(now, { layout: "auto", filename: name, closedForms: "wrong" }, memory);
  const word = /[a-z]{3,} [a-z]{3,}(?= [a-z]{2,} [a-z]{2,})/.exec(text);
  const at = word ? word.index + word[0].length : 0;
  let typed = false;
  check(text);
  return () => check((typed = !typed) ? `${text.slice(0, at)}s${text.slice(at)}` : text);
}

/** Milliseconds of one run, of as many as fill a slice. */
function time(run) {
  const start = processorTime();
  let runs = 0;
  do {
    run();
    runs++;
  } while (processorTime() - start < SLICE);
  return (processorTime() - start) / runs;
}

/** Milliseconds of reading (document and LaTeX), understanding (symbols and words), and deciding, which is the core's part. */
function partsOf(name, text) {
  let document;
  let parsed;
  let model;
  const reading = time(() => {
    document = engine.readDocument(text, { filename: name });
    const macrosOf = engine.macroScopes(document);
    parsed = document.formulas.map((formula) => engine.parseMath(formula.source.text, { environment: formula.environment, macros: macrosOf(formula) }));
  });
  const understanding = time(() => (model = engine.modelOf(document, parsed)));
  // What is decided of a model is remembered with it: once is enough.
  const start = processorTime();
  engine.readJointly(model, "auto");
  return { reading, understanding, deciding: processorTime() - start };
}

function notesBelow(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? notesBelow(join(path, entry.name)) : NOTES.test(entry.name) ? [join(path, entry.name)] : []));
}

function take(flag) {
  const at = args.indexOf(flag);
  return at >= 0 && args.splice(at, 1).length > 0;
}

function takeValue(flag) {
  const at = args.indexOf(flag);
  return at >= 0 ? args.splice(at, 2)[1] : undefined;
}
