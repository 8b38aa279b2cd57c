/**
 * `G^P = \frac{\partial L}{\partial P}`: a letter that names above it what it is
 * the derivative by, here and wherever it stands with one that it is so said of.
 * What stands above becomes a label; it is no power of a letter that stands
 * nowhere without such a label.
 */
import type { Node, ParsedMath, Row } from "../latex/types";
import { changedRow, rowsOf, withRoots, withRows } from "./rows";

type Scripts = Node & { readonly kind: "scripts" };

export function withGradientsAbove(parsed: readonly ParsedMath[]): readonly ParsedMath[] {
  const said = new Set(parsed.flatMap(({ root }) => namedIn(root)));
  if (!said.size) return parsed;
  const powers = new Set(parsed.flatMap(({ root }) => otherwiseIn(root, said)));
  const named = new Set([...said].filter((name) => !powers.has(baseOf(name))));
  return withRoots(parsed, (root) => labelled(root, named));
}

/** The names, `G^P`, of what a row says to be a derivative by what stands above. */
function namedIn(row: Row): string[] {
  const own = row.flatMap((node, at) => {
    const [sign, value] = [row[at + 1], row[at + 2]];
    const name = nameOf(node);
    const isEqual = sign?.kind === "operator" && ["=", "equiv", "triangleq", "coloneqq"].includes(sign.name);
    return name && isEqual && value?.kind === "fraction" && variableOf(value) === name.above ? [name.whole] : [];
  });
  return [...own, ...row.flatMap((node) => rowsOf(node).flatMap(namedIn))];
}

/** The letters that stand somewhere without one of these names. */
function otherwiseIn(row: Row, said: ReadonlySet<string>): string[] {
  return row.flatMap((node) => {
    if (node.kind === "symbol") return [`${node.font} ${node.name}`];
    const name = nameOf(node);
    if (name && said.has(name.whole)) return node.kind === "scripts" && node.sub ? otherwiseIn(node.sub, said) : [];
    const base = node.kind === "scripts" && node.base ? otherwiseIn([node.base], said) : [];
    return [...base, ...rowsOf(node).flatMap((inner) => otherwiseIn(inner, said))];
  });
}

function baseOf(name: string): string {
  return name.slice(0, name.indexOf("^"));
}

/** A letter with another alone above it. */
function nameOf(node: Node): { readonly whole: string; readonly above: string } | null {
  if (node.kind !== "scripts" || node.base?.kind !== "symbol" || node.primes || node.sup?.length !== 1) return null;
  const above = letterOf(node.sup[0] as Node);
  return above === null || above === "T" ? null : { whole: `${node.base.font} ${node.base.name}^${above}`, above };
}

/** The letter that a fraction of differentials is by, without its indices. */
function variableOf({ numerator, denominator }: Node & { kind: "fraction" }): string | null {
  const isSign = (node: Node | undefined): boolean => node?.kind === "symbol" && ["partial", "d"].includes(node.name);
  const [sign, variable, ...more] = denominator;
  if (!isSign(numerator[0]) || !isSign(sign) || !variable || more.length) return null;
  return letterOf(variable.kind === "scripts" && !variable.sup && variable.base ? variable.base : variable);
}

/** A letter as text, with its font and accent. */
function letterOf(node: Node): string | null {
  if (node.kind === "symbol") return `${node.font}${node.name}`;
  const [only, ...more] = node.kind === "accent" || node.kind === "group" ? node.body : [];
  const inner = only && !more.length ? letterOf(only) : null;
  return inner && (node.kind === "accent" ? `\\${node.name} ${inner}` : inner);
}

/** A row with labels in the place of these powers; itself where there are none. */
function labelled(row: Row, named: ReadonlySet<string>): Row {
  const changed = row.map((node) => {
    const inner = withRows(node, (one) => labelled(one, named));
    const name = nameOf(inner);
    return name && named.has(name.whole) ? asLabel(inner as Scripts) : inner;
  });
  return changedRow(row, changed);
}

/** As words, which number nothing as the letter of a layer does. */
function asLabel(node: Scripts): Node {
  const [above] = node.sup as [Node];
  const { start, end } = above;
  return { ...node, sup: [{ kind: "text", text: letterOf(above) ?? "", pieces: [], start, end }] };
}
