/** A folder of its own for each test, an engine that says what the text tells it to, and a process that only remembers. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LineIndex } from "../../../src/base/line-index";
import type { Engine, LoadEngine } from "../../../src/cli/engine";
import type { Host } from "../../../src/cli/host";
import { run } from "../../../src/cli/run";
import { report, statement } from "../report/reports";

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "gradcheck-cli-"));

  write(name: string, content: string | Uint8Array = "fine\n"): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), content);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Runs a command in the folder. */
  async run(args: readonly string[], given: Partial<RunOptions> = {}): Promise<Ran> {
    const written = { out: "", err: "" };
    const sink = (name: "out" | "err"): Host["out"] => ({
      write: (text) => void (written[name] += text),
      isTerminal: given.terminal ?? false,
      columns: given.columns,
    });
    const host: Host = { cwd: this.path, env: given.env ?? {}, out: sink("out"), err: sink("err"), readInput: async () => new TextEncoder().encode(given.input ?? "") };
    const status = await run(args, host, given.load ?? (async () => engine));
    return { status, ...written };
  }
}

interface RunOptions {
  readonly env: Host["env"];
  readonly terminal: boolean;
  readonly columns: number;
  readonly input: string;
  readonly load: LoadEngine;
}

/** Every line that holds a verdict's name gets it; `CRASH` crashes. */
export const engine: Engine = {
  analyze(text, { filename, layout }) {
    if (text.includes("CRASH")) throw new Error("no such rule");
    const index = new LineIndex(text);
    const statements = [...text.matchAll(/refuted|conditional|verified|unchecked/g)].map(({ index: at, 0: verdict }) => {
      const range = { start: index.position(at), end: index.position(at + verdict.length) };
      switch (verdict) {
        case "refuted":
          return statement(range, { verdict, severity: "error", code: "gradient-mismatch", message: `wrong in ${filename}, ${layout} layout` });
        case "conditional":
          return statement(range, { verdict, severity: "warning", code: "missing-assumption", message: "true only if A is symmetric" });
        case "verified":
          return statement(range);
        default:
          return statement(range, { verdict: "unchecked", reason: "unsupported" });
      }
    });
    return report(statements);
  },
};
