/** `gradcheck derive`: the gradient at a place in closed form, in steps where they are asked for, and as code. */
import { oneLine } from "../../base/one-line";
import { isOpen } from "../../base/statement";
import type { DocumentReport, InCode, Position, Step } from "../../base/statement";
import type { Paint } from "../../report/pretty";
import { statementAt } from "../../report/why";
import { checkFiles, type CheckRequest } from "../check-files";
import type { LoadEngine } from "../engine";
import { tellFailure } from "../failures";
import type { Host } from "../host";
import { screenOf } from "../terminal";
import type { Place } from "./why";

export interface DeriveCommandOptions extends Pick<CheckRequest, "layout" | "stdinFilename" | "macros"> {
  readonly steps?: boolean;
}

interface Derived {
  readonly left: string;
  readonly computed: string;
  readonly inCode: InCode | null;
  /** Undefined where none were asked for. */
  readonly steps: readonly Step[] | null | undefined;
}

export async function derive({ path, position }: Place, options: DeriveCommandOptions, host: Host, load: LoadEngine): Promise<number> {
  const request: CheckRequest = { named: [path], layout: options.layout, stdinFilename: options.stdinFilename, macros: options.macros ?? [], ...(options.steps ? { steps: true } : {}) };
  const { files, failures } = await checkFiles(request, host, load, { file: () => {}, failure: (failure) => tellFailure(failure, host) });
  const [file] = files;
  if (failures.length || !file) return 2;
  const derived = derivedAt(file.report, position);
  if (!derived) {
    host.err.write(`gradcheck: ${file.path}:${position.line + 1}:${position.character + 1}: no gradient is computed there\n`);
    return 2;
  }
  const { left, computed, inCode, steps } = derived;
  host.out.write(`${oneLine(left)} = ${computed}\n`);
  if (steps !== undefined) host.out.write(steps ? `\n${stepLines(steps, screenOf(host.out, host.env).paint)}` : "\n  no derivation in steps is found\n");
  if (inCode) host.out.write(`\n  NumPy    ${inCode.numpy}\n  PyTorch  ${inCode.pytorch}\n  JAX      ${inCode.jax}\n`);
  return 0;
}

/** An open gradient on the line, else the statement there. */
function derivedAt({ statements }: DocumentReport, position: Position): Derived | null {
  const asked = statements.find((one) => isOpen(one) && one.range.start.line === position.line);
  const statement = asked ?? statementAt(statements.filter(({ computed }) => computed !== null), position);
  return statement ? { left: statement.left, computed: statement.computed!, inCode: statement.inCode ?? null, steps: statement.steps } : null;
}

const widest = 80;

/** The equals signs of one left side below one another, the rules in a column of their own. */
function stepLines(steps: readonly Step[], paint: Paint): string {
  let indent = 0;
  const lines = steps.map(({ left, right, rule }) => {
    if (left) indent = oneLine(left).length;
    return { text: `${left ? oneLine(left) : " ".repeat(indent)} = ${right}`, rule };
  });
  const width = Math.min(widest, Math.max(...lines.map(({ text }) => text.length)));
  return lines.map(({ text, rule }) => `  ${text.padEnd(width)}  ${paint("faint", rule)}\n`).join("");
}
