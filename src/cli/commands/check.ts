/** `gradcheck check` */
import type { Statement } from "../../base/statement";
import { type Outcome, statementsOf, verdicts } from "../../report/checked";
import { codes } from "../../report/codes";
import { checkFiles, type CheckRequest } from "../check-files";
import type { LoadEngine } from "../engine";
import { tellFailure } from "../failures";
import type { Host } from "../host";
import { type Format, printerFor } from "../printers";
import { screenOf } from "../terminal";

export interface CheckCommandOptions {
  readonly format: Format;
  readonly layout: CheckRequest["layout"];
  readonly failOn: readonly string[];
  readonly stdinFilename?: string;
  readonly macros?: readonly string[];
  readonly verbose?: boolean;
}

/** What `--fail-on` may name. */
export const failures: readonly string[] = [...verdicts, ...codes.map(({ name }) => name)];

/** Formats that tell what is computed for every gradient. */
const tellsComputed: ReadonlySet<Format> = new Set(["json", "jsonl", "sarif"]);

export async function check(paths: readonly string[], options: CheckCommandOptions, host: Host, load: LoadEngine): Promise<number> {
  const printer = printerFor(options.format, screenOf(host.out, host.env), options.verbose ?? false);
  const outcome = await checkFiles({ named: paths, layout: options.layout, stdinFilename: options.stdinFilename, macros: options.macros ?? [], closedForms: tellsComputed.has(options.format) ? "all" : "wrong" }, host, load, {
    file: (file) => host.out.write(printer.file(file)),
    failure: (failure) => {
      tellFailure(failure, host);
      host.out.write(printer.failure(failure));
    },
  });
  host.out.write(printer.end(outcome));
  return statusOf(outcome, options.failOn);
}

function statusOf({ files, failures: unread }: Outcome, failOn: readonly string[]): number {
  if (unread.length) return 2;
  const fails = ({ verdict, code }: Statement): boolean => failOn.includes(verdict) || (code !== null && failOn.includes(code));
  return statementsOf(files).some(fails) ? 1 : 0;
}
