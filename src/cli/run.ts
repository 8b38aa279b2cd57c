/**
 * The command line: what the user typed in, an exit status out. 0 is nothing
 * wrong, 1 is something refuted (or what `--fail-on` names), 2 is bad usage or
 * a file that could not be checked.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { check, type CheckCommandOptions, failures as failOn } from "./commands/check";
import { derive, type DeriveCommandOptions } from "./commands/derive";
import { explain } from "./commands/explain";
import { stats, type StatsCommandOptions } from "./commands/stats";
import { parsePlace, why, type WhyCommandOptions } from "./commands/why";
import type { LoadEngine } from "./engine";
import type { Host } from "./host";
import { formats } from "./printers";
import { version } from "./version";

const layouts = ["auto", "denominator", "numerator"];

export async function run(args: readonly string[], host: Host, load: LoadEngine): Promise<number> {
  let status = 0;
  const program = new Command("gradcheck")
    .description("The proofreader for matrix calculus: checks the gradients in your notes.")
    .version(version)
    .showHelpAfterError("(gradcheck --help tells how to use it)")
    .exitOverride()
    .configureOutput({ writeOut: host.out.write, writeErr: host.err.write });
  const layout = (): Option => new Option("--layout <layout>", "layout of derivatives").choices(layouts).default("auto");
  const macros = (): Option => new Option("--macros <file>", "file with macros: LaTeX definitions, or names and bodies as JSON; may be given again").argParser<string[]>((file, before = []) => [...before, file]);
  const input = (): Option => new Option("--stdin-filename <name>", "name for standard input (-); decides its format");

  program
    .command("check")
    .description("check notes: files, folders, patterns, or - for standard input")
    .argument("<paths...>", "Markdown, LaTeX, R Markdown, Quarto or Jupyter files, or folders of them")
    .addOption(new Option("--format <format>", "how to report").choices(formats).default("pretty"))
    .addOption(layout())
    .addOption(macros())
    .option("--fail-on <list>", "verdicts or codes, by comma, that make the exit status 1; or none", list(failOn), ["refuted"])
    .addOption(input())
    .option("-v, --verbose", "list the statements that are right or unchecked too (pretty)")
    .action(async (paths: string[], options: CheckCommandOptions) => {
      status = await check(paths, options, host, load);
    });

  program
    .command("stats")
    .description("tell how much of the notes was read and decided")
    .argument("<paths...>", "as for check")
    .addOption(new Option("--format <format>", "how to report").choices(["pretty", "json"]).default("pretty"))
    .addOption(layout())
    .addOption(macros())
    .addOption(input())
    .action(async (paths: string[], options: StatsCommandOptions) => {
      status = await stats(paths, options, host, load);
    });

  program
    .command("why")
    .description("tell what a verdict rests on")
    .argument("<file:line:column>", "a place in a file, lines and columns from 1", parsePlace)
    .addOption(layout())
    .addOption(macros())
    .addOption(input())
    .action(async (place: ReturnType<typeof parsePlace>, options: WhyCommandOptions) => {
      status = await why(place, options, host, load);
    });

  program
    .command("derive")
    .description("print the gradient at a place in closed form, and as NumPy, PyTorch and JAX")
    .argument("<file:line:column>", "a place in a file, lines and columns from 1", parsePlace)
    .option("--steps", "derive it in steps, each by a named rule")
    .addOption(layout())
    .addOption(macros())
    .addOption(input())
    .action(async (place: ReturnType<typeof parsePlace>, options: DeriveCommandOptions) => {
      status = await derive(place, options, host, load);
    });

  program
    .command("explain")
    .description("print the page of a code; without one, list them all")
    .argument("[code]", "such as gradient-mismatch")
    .action((code: string | undefined) => {
      status = explain(code, host);
    });

  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function list(known: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(",").map((name) => name.trim()).filter(Boolean);
    const strange = names.find((name) => name !== "none" && !known.includes(name));
    if (strange) throw new InvalidArgumentError(`${strange} is none of ${known.join(", ")}, none.`);
    return names.filter((name) => name !== "none");
  };
}
