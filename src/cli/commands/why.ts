/** `gradcheck why` */
import { InvalidArgumentError } from "commander";
import type { Position } from "../../base/statement";
import type { CheckedFile } from "../../report/checked";
import { prettyWhy, statementAt } from "../../report/why";
import { checkFiles, type CheckRequest } from "../check-files";
import type { CheckOptions, LoadEngine } from "../engine";
import { tellFailure } from "../failures";
import type { Host } from "../host";
import { screenOf } from "../terminal";

export interface WhyCommandOptions {
  readonly layout: CheckRequest["layout"];
  readonly stdinFilename?: string;
  readonly macros?: readonly string[];
}

export interface Place {
  readonly path: string;
  readonly position: Position;
}

/** `notes.md:12:5` or `notes.md:12`, counted from 1 as editors show it. */
export function parsePlace(text: string): Place {
  const [, path, line, column = "1"] = /^(.+?):(\d+)(?::(\d+))?$/s.exec(text) ?? [];
  if (!path || !line || line === "0" || column === "0") throw new InvalidArgumentError("A place is FILE:LINE:COLUMN, lines and columns from 1.");
  return { path, position: { line: Number(line) - 1, character: Number(column) - 1 } };
}

export async function why({ path, position }: Place, options: WhyCommandOptions, host: Host, load: LoadEngine): Promise<number> {
  const request = { named: [path], layout: options.layout, stdinFilename: options.stdinFilename, macros: options.macros ?? [] };
  const checked: { file: CheckedFile; with: CheckOptions }[] = [];
  const { failures } = await checkFiles(request, host, load, { file: (file, given) => checked.push({ file, with: given }), failure: (failure) => tellFailure(failure, host) });
  const [own] = checked;
  if (failures.length || !own) return 2;
  const { file } = own;
  const statement = statementAt(file.report.statements, position);
  if (!statement) {
    host.err.write(`gradcheck: ${file.path}:${position.line + 1}:${position.character + 1}: nothing is stated there\n`);
    return 2;
  }
  const tried = (await load()).explain?.(file.text, own.with, position) ?? null;
  host.out.write(prettyWhy(file, statement, tried, screenOf(host.out, host.env)));
  return 0;
}
