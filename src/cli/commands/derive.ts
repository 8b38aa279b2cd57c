/** `gradcheck derive`: the gradient at a place in closed form, and as code. */
import type { DocumentReport, InCode, Position } from "../../base/statement";
import { statementAt } from "../../report/why";
import { checkFiles } from "../check-files";
import type { LoadEngine } from "../engine";
import { tellFailure } from "../failures";
import type { Host } from "../host";
import type { Place, WhyCommandOptions } from "./why";

interface Derived {
  readonly left: string;
  readonly computed: string;
  readonly inCode: InCode | null;
}

export async function derive({ path, position }: Place, options: WhyCommandOptions, host: Host, load: LoadEngine): Promise<number> {
  const request = { named: [path], layout: options.layout, stdinFilename: options.stdinFilename };
  const { files, failures } = await checkFiles(request, host, load, { file: () => {}, failure: (failure) => tellFailure(failure, host) });
  const [file] = files;
  if (failures.length || !file) return 2;
  const derived = derivedAt(file.report, position);
  if (!derived) {
    host.err.write(`gradcheck: ${file.path}:${position.line + 1}:${position.character + 1}: no gradient is computed there\n`);
    return 2;
  }
  const { left, computed, inCode } = derived;
  host.out.write(`${oneLine(left)} = ${computed}\n`);
  if (inCode) host.out.write(`\n  NumPy    ${inCode.numpy}\n  PyTorch  ${inCode.pytorch}\n  JAX      ${inCode.jax}\n`);
  return 0;
}

/** An open gradient on the line, else the statement there. */
function derivedAt({ open, statements }: DocumentReport, position: Position): Derived | null {
  const asked = open.find(({ range }) => range.start.line === position.line);
  if (asked) return { left: asked.latex, computed: asked.computed, inCode: asked.inCode ?? null };
  const statement = statementAt(statements.filter(({ computed }) => computed !== null), position);
  return statement ? { left: statement.left, computed: statement.computed!, inCode: statement.inCode ?? null } : null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
