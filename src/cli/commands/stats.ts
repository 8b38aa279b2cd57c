/** `gradcheck stats` */
import { prettyStats, statsOf } from "../../report/stats";
import { checkFiles, type CheckRequest } from "../check-files";
import type { LoadEngine } from "../engine";
import { tellFailure } from "../failures";
import type { Host } from "../host";
import { screenOf } from "../terminal";

export interface StatsCommandOptions {
  readonly format: "pretty" | "json";
  readonly layout: CheckRequest["layout"];
  readonly stdinFilename?: string;
  readonly macros?: readonly string[];
}

export async function stats(paths: readonly string[], options: StatsCommandOptions, host: Host, load: LoadEngine): Promise<number> {
  const { files, failures } = await checkFiles({ named: paths, layout: options.layout, stdinFilename: options.stdinFilename, macros: options.macros ?? [], closedForms: "wrong" }, host, load, {
    file: () => {},
    failure: (failure) => tellFailure(failure, host),
  });
  const found = statsOf(files);
  host.out.write(options.format === "json" ? `${JSON.stringify(found, null, 2)}\n` : prettyStats(found, screenOf(host.out, host.env)));
  return failures.length ? 2 : 0;
}
