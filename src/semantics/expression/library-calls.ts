/**
 * What formulas take over from code: `np.sum(dZ, axis=1, keepdims=True)` is the
 * sums of the rows, `*_{element}` a product entry by entry.
 */
import type { Node, Row } from "../../latex/types";
import { splitRow } from "./nodes";
import { unwrap } from "./scripts";

type Fenced = Node & { readonly kind: "fenced" };

/** The row with these as other formulas have them; the same where there are none. */
export function withoutCode(row: Row): Row {
  const made: Node[] = [];
  for (const node of row) {
    const call = node.kind === "fenced" ? callBefore(made, node) : null;
    if (call) made.splice(call.at, made.length, ...call.nodes);
    else made.push(isByEntry(node) ? { kind: "operator", name: "odot", class: "binary", start: node.start, end: node.end } : node);
  }
  return made.length === row.length && made.every((node, i) => node === row[i]) ? row : made;
}

/** A call of `sum` before its brackets: from which node on it is written, and what stands for it. */
function callBefore(before: readonly Node[], bracket: Fenced): { at: number; nodes: readonly Node[] } | null {
  const [first = [], ...options] = splitRow(unwrap(bracket.body), ",");
  const told = options.map(spelled);
  if (bracket.open !== "(" || !told.every((option) => /^(axis|dim|keepdims?)=-?\w+$/.test(option))) return null;
  const at = startOfName(before);
  const start = before[at];
  if (!start || (!told.length && before.length - at < 4 && start.kind === "symbol")) return null;
  const axis = told.map((option) => /^(?:axis|dim)=(-?\d)$/.exec(option)?.[1]).find((one) => one !== undefined);
  const name = axis === undefined ? "sum" : axis === "0" ? "colsum" : "rowsum";
  return { at, nodes: [{ kind: "name", name, font: "mathrm", start: start.start, end: bracket.start }, { ...bracket, body: first }] };
}

/** Where the name begins that ends a row; its length where it has none. */
function startOfName(row: readonly Node[]): number {
  let found = row.length;
  let name = "";
  for (let at = row.length - 1; at >= 0 && name.length < 10; at--) {
    name = spelled([row[at] as Node]) + name;
    if (/^(?:(?:np|numpy|jnp|torch)\.)?sum$/.test(name)) found = at;
  }
  return found;
}

function isByEntry(node: Node): boolean {
  return node.kind === "scripts" && node.base?.kind === "operator" && ["*", "ast", "cdot", "times"].includes(node.base.name) && !node.sup && node.sub !== null && /^el(em(ent)?(-?wise)?)?$/i.test(spelled(node.sub));
}

/** What letters, signs and numbers beside one another spell. */
function spelled(row: Row): string {
  return row.map((node) => (node.kind === "symbol" || node.kind === "operator" || node.kind === "name" ? node.name : node.kind === "number" || node.kind === "text" ? node.text.replace(/\s/g, "") : node.kind === "group" ? spelled(node.body) : node.kind === "space" ? "" : "?")).join("");
}
