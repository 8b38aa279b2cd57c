/** Lines that open or close a part of the text: `:::` of Pandoc, Quarto, MyST and Docusaurus, and LaTeX environments around text. */
import { plainName } from "./fences";
import type { Line } from "./lines";
import { contentOf, firstOf } from "./lines";
import type { MarkdownReader } from "./reader";

/** The name a `:::` line opens; "" where it closes. */
export function divisionOf(text: string, line: Line): string | null {
  const content = contentOf(text, line).trim();
  if (!content.startsWith(":::")) return null;
  const rest = content.slice(0, 300).replace(/^:+\s*|\s*:+$/g, "");
  if (rest === "") return "";
  const named = /(?:^|[\s{.])(?:#(thm|lem|cor|prp|def|exm|exr|rem)-|([A-Za-z][\w:-]*))/.exec(rest);
  return plainName(theorems[named?.[1] ?? ""] ?? named?.[2] ?? "div");
}

/** Quarto's prefixes. */
const theorems: Readonly<Record<string, string>> = { thm: "theorem", lem: "lemma", cor: "corollary", prp: "proposition", def: "definition", exm: "example", exr: "exercise", rem: "remark" };

/** `::: name`, `:::{name}`, `::: {.name}` and the `:::` that closes it. */
export function division(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  const line = lines[at] as Line;
  const name = divisionOf(reader.text, line);
  if (name === null) return null;
  if (name !== "") reader.divisions.push(name);
  const closed = name === "" ? reader.divisions.pop() : name;
  if (closed !== undefined) reader.collector.block({ kind: "boundary", name: closed, opens: name !== "", span: reader.span(firstOf(reader.text, line), line.end) });
  return at + 1;
}

/** The edge of a text environment that a line is. */
export function edgeOf(text: string, line: Line): { readonly name: string; readonly opens: boolean } | null {
  const found = /^\\(begin|end)\{([A-Za-z]+)\*?\}\s*(?:\[[^\]]*\])?\s*$/.exec(contentOf(text, line));
  const name = found?.[2] ?? "";
  return found && textEnvironments.has(name) ? { name, opens: found[1] === "begin" } : null;
}

const textEnvironments = new Set("theorem lemma proof corollary proposition definition example exercise remark solution claim problem".split(" "));

/** A LaTeX environment around text, on a line of its own, as Pandoc passes it through. */
export function environmentEdge(reader: MarkdownReader, lines: readonly Line[], at: number): number | null {
  const line = lines[at] as Line;
  const edge = edgeOf(reader.text, line);
  if (!edge) return null;
  reader.collector.block({ kind: "boundary", ...edge, span: reader.span(firstOf(reader.text, line), line.end) });
  return at + 1;
}
