/**
 * Files in, what is said of each out, one after the other. A file that cannot
 * be read, or on which the checker itself fails, is told and the others go on.
 */
import { resolve } from "node:path";
import type { CheckedFile, FailedFile, Outcome } from "../report/checked";
import type { CheckOptions, Engine, LoadEngine } from "./engine";
import type { Host } from "./host";
import { findInputs, type Input } from "./paths";
import { decode, readText } from "./read";

export interface CheckRequest {
  readonly named: readonly string[];
  readonly layout: CheckOptions["layout"];
  readonly stdinFilename: string | undefined;
}

export interface Listener {
  file(file: CheckedFile): void;
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
  const progress = new Progress(host, inputs.length);
  for (const input of inputs) {
    const path = input.kind === "stdin" ? (request.stdinFilename ?? "<stdin>") : input.path;
    progress.show(path);
    const read = await textOf(input, host);
    const result = "problem" in read ? { path, message: read.problem } : checkText(engine as Engine, { path, text: read.text, layout: request.layout, debug: Boolean(host.env.GRADCHECK_DEBUG) });
    progress.clear();
    if ("message" in result) {
      fail(result);
    } else {
      files.push(result);
      listener.file(result);
    }
  }
  return { files, failures };
}

interface Given {
  readonly path: string;
  readonly text: string;
  readonly layout: CheckOptions["layout"];
  /** Tell where in the checker a crash happened. */
  readonly debug: boolean;
}

function checkText(engine: Engine, { path, text, layout, debug }: Given): CheckedFile | FailedFile {
  try {
    return { path, text, report: engine.analyze(text, { layout, filename: path === "<stdin>" ? "stdin.md" : path }) };
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
