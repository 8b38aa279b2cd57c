/**
 * Files in, what is said of each out, one after the other. A file that cannot
 * be read, or on which the checker itself fails, is told and the others go on.
 */
import { dirname, join, resolve } from "node:path";
import type { CheckedFile, FailedFile, Outcome } from "../report/checked";
import type { CheckOptions, Engine, LoadEngine } from "./engine";
import { existing, type Files, filesOf } from "./files";
import type { Host } from "./host";
import { findInputs, type Input } from "./paths";
import { decode, readText } from "./read";

export interface CheckRequest {
  readonly named: readonly string[];
  readonly layout: CheckOptions["layout"];
  readonly stdinFilename: string | undefined;
  /** Files with macros, as named. */
  readonly macros?: readonly string[];
  /** Which gradients are computed in closed form; all where absent. */
  readonly closedForms?: CheckOptions["closedForms"];
  /** Whether what is computed is derived in steps. */
  readonly steps?: true;
}

export interface Listener {
  /** `options`: what it was checked with, or what the file was that read it. */
  file(file: CheckedFile, options: CheckOptions): void;
  failure(failure: FailedFile): void;
}

export async function checkFiles(request: CheckRequest, host: Host, load: LoadEngine, listener: Listener): Promise<Outcome> {
  const { inputs, failures: missing, empty } = findInputs(request.named, host.cwd);
  const files: CheckedFile[] = [];
  const failures: FailedFile[] = [];
  const fail = (failure: FailedFile): void => {
    failures.push(failure);
    listener.failure(failure);
  };
  missing.forEach(fail);
  for (const folder of empty) host.err.write(`gradcheck: ${folder}: no notes in this folder\n`);
  const engine = inputs.length ? await load() : null;
  const macroFiles = await macroTexts(request.macros ?? [], host, fail);
  const progress = new Progress(host, inputs.length);
  const given = [];
  for (const input of inputs) given.push(await readInput(input, request, host, engine as Engine, macroFiles));
  const elsewhere = new Set(given.flatMap((one) => ("files" in one ? existing(one.files, one.folder) : [])).map((path) => resolve(host.cwd, path)));
  for (const one of given) {
    if (elsewhere.has(resolve(host.cwd, one.path))) continue;
    progress.show(one.path);
    const checked = "problem" in one ? { path: one.path, message: one.problem } : checkText(engine as Engine, one, Boolean(host.env.GRADCHECK_DEBUG));
    progress.clear();
    if ("message" in checked) {
      fail(checked);
    } else if (!("problem" in one)) {
      const included = (checked.report.included ?? []).filter(({ report }) => report.formulas.total > 0 || report.problems.length > 0).map(({ path, text, report }) => ({ path: join(dirname(one.path), path), text, report }));
      for (const file of [checked, ...included]) {
        files.push(file);
        listener.file(file, optionsOf(one));
      }
    }
  }
  return { files, failures };
}

interface Given {
  readonly path: string;
  readonly text: string;
  readonly options: CheckOptions;
  readonly folder: string;
  readonly files: Files;
}

async function readInput(input: Input, request: CheckRequest, host: Host, engine: Engine, macroFiles: readonly string[]): Promise<Given | { readonly path: string; readonly problem: string }> {
  const path = input.kind === "stdin" ? (request.stdinFilename ?? "<stdin>") : input.path;
  const read = await textOf(input, host);
  if ("problem" in read) return { path, problem: read.problem };
  const options = { layout: request.layout, filename: path === "<stdin>" ? "stdin.md" : path, ...(macroFiles.length ? { macroFiles } : {}), ...(request.steps ? { steps: request.steps } : {}), ...(request.closedForms ? { closedForms: request.closedForms } : {}) };
  const folder = dirname(path);
  return { path, text: read.text, options, folder, files: await filesOf(engine, read.text, options, resolve(host.cwd, folder)) };
}

async function macroTexts(named: readonly string[], host: Host, fail: (failure: FailedFile) => void): Promise<string[]> {
  const read = await Promise.all(named.map(async (path) => ({ path, ...(await readText(resolve(host.cwd, path))) })));
  for (const one of read) if ("problem" in one) fail({ path: one.path, message: one.problem });
  return read.flatMap((one) => ("text" in one ? [one.text] : []));
}

function optionsOf({ options, files }: Given): CheckOptions {
  return Object.keys(files).length ? { ...options, files } : options;
}

function checkText(engine: Engine, given: Given, debug: boolean): CheckedFile | FailedFile {
  const { path, text } = given;
  try {
    return { path, text, report: engine.analyze(text, optionsOf(given)) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { path, message: `the checker failed on this file, which is a bug in gradcheck: ${(debug && stack) || message}` };
  }
}

async function textOf(input: Input, host: Host): Promise<ReturnType<typeof decode>> {
  return input.kind === "stdin" ? decode(await host.readInput()) : readText(resolve(host.cwd, input.path));
}

/** A line that tells how far it is, on a terminal alone, gone before anything else is written. */
class Progress {
  private done = 0;
  private readonly visible: boolean;

  constructor(
    private readonly host: Host,
    private readonly total: number,
  ) {
    this.visible = total > 1 && host.err.isTerminal && host.env.TERM !== "dumb";
  }

  show(path: string): void {
    this.done++;
    if (this.visible) this.host.err.write(`checking ${this.done} of ${this.total}: ${path.slice(-60)}`);
  }

  clear(): void {
    if (this.visible) this.host.err.write("\r\u001b[2K");
  }
}
