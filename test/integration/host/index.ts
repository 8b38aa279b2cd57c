/**
 * The tests inside the extension host. As an extension of its own it runs them
 * when the editor has started and writes what came of it beside the notes; a
 * desktop's test run calls `run`.
 */
import "mocha/mocha.js";
import * as vscode from "vscode";
import { restore } from "./editor";

interface Result {
  readonly title: string;
  readonly error: string | null;
  readonly duration: number;
}

export function activate(): void {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder || vscode.env.appHost === "desktop") return;
  const write = (name: string, results: readonly Result[]): Thenable<void> => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, "..", name), new TextEncoder().encode(JSON.stringify(results)));
  const first = vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, "..", "results.json")).then(() => false, () => true);
  // Not awaited: the editor counts an extension as starting until its activation ends. A window that is loaded again is left to whoever loads it.
  void first.then(async (isFirst) => {
    if (!isFirst) return;
    await runAll((soFar) => void write("progress.json", soFar)).then(
      (results) => write("results.json", results),
      (error: unknown) => write("results.json", [{ title: "running the tests", error: String(error), duration: 0 }]),
    );
  });
}

export async function run(): Promise<void> {
  const failed = (await runAll(() => undefined)).filter(({ error }) => error !== null);
  for (const { title, error } of failed) console.error(`${title}\n${error}`);
  if (failed.length > 0) throw new Error(`${failed.length} tests failed`);
}

async function runAll(progress: (soFar: readonly Result[]) => void): Promise<Result[]> {
  const mocha = new Mocha({ ui: "bdd", reporter: class {} as never, timeout: 40_000 });
  // The interface's words, which a command line would have put there.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await Promise.all([import("./startup.test"), import("./marks.test"), import("./files.test"), import("./hover.test"), import("./fixes.test"), import("./commands.test"), import("./restart.test")]);
  const results: Result[] = [];
  const note = (result: Result): void => {
    results.push(result);
    progress(results);
  };
  await new Promise<void>((done) => {
    mocha
      .run(() => {
        done();
      })
      .on("pass", (test) => {
        note({ title: test.fullTitle(), error: null, duration: test.duration ?? 0 });
      })
      .on("fail", (test, error: Error) => {
        note({ title: test.fullTitle(), error: error.stack ?? String(error), duration: 0 });
      });
  });
  await restore();
  return results;
}
