/**
 * What ∇ acts on: a name of a function or a loss by itself, so that
 * `\nabla L^\top d` is (∇L)ᵀd; anything else takes the whole product, as in
 * `\nabla_x y^\top A x` with an array y.
 */
import type { Node } from "../../latex/types";
import { isRelationNode } from "./nodes";
import type { Reader } from "./reader";
import { plainSymbol, productOf } from "./tree";
import type { Derivative, Expr } from "./types";
import { looksLikeFunction, wordOf } from "./words";

export function isLoneFunction(node: Node): boolean {
  const core = coreOf(node);
  if (core?.kind === "symbol") return looksLikeFunction(core.name) || core.font === "mathcal" || core.font === "mathscr" || /^[A-Zzy]$/.test(core.name) || ["E", "C", "R", "ell", "theta", "Theta"].includes(core.name);
  if (core?.kind === "name" || core?.kind === "text") return wordOf(core.kind === "name" ? core.name : core.text.trim()) === undefined;
  return core?.kind === "accent";
}

/**
 * Whether a letter that could be a function begins a product of which the
 * gradient is meant: an array that the text gives, or one that comes again, as
 * in `\nabla_x z^\top M z`. Before another derivative it is a link of a chain.
 */
export function beginsProduct(reader: Reader, node: Node): boolean {
  const core = coreOf(node);
  if (core?.kind !== "symbol" || (node.kind === "scripts" && node.sub)) return false;
  const origin = reader.options.origin?.(plainSymbol(core.name, core.font, core, []));
  const isSmall = /^[a-z]$/.test(core.name);
  const rest = origin || isSmall ? restOfProduct(reader).map(coreOf) : [];
  const comes = (name: string): boolean => rest.some((later) => later?.kind === "symbol" && later.name === name);
  if (!rest.length || comes("nabla") || comes("partial") || rest.some((later) => later?.kind === "fraction" && later.numerator.some((above) => isPartial(coreOf(above))))) return false;
  return origin === "given" || comes(core.name);
}

/**
 * `\nabla \log p(x) \nabla \log p(x)^\top`: of a word the gradient ends where the next
 * begins, and a transpose of the value that the word is of is one of the gradient.
 */
export function beforeNext(base: Omit<Derivative, "of" | "end">, of: Expr): Expr {
  const [first, ...more] = of.kind === "product" ? of.factors.flatMap((factor) => (factor.kind === "product" ? factor.factors : [factor])) : [of];
  if (first?.kind !== "apply" || !wordOf(first.fn.name)) return { ...base, of, end: of.end };
  const at = more.findIndex((factor) => ["derivative", "differential"].includes((factor.kind === "transpose" ? factor.base : factor).kind));
  const [own, rest] = at < 0 ? [of, []] : [productOf([first, ...more.slice(0, at)], more.slice(0, at).map(() => "" as const)), more.slice(at)];
  const [arg] = own === first || own.kind === "apply" ? first.args : [];
  const gradient: Expr = arg?.kind === "transpose" && arg.base.kind === "apply" ? { kind: "transpose", base: { ...base, of: { ...first, args: [arg.base] }, end: arg.base.end }, start: base.start, end: own.end } : { ...base, of: own, end: own.end };
  return rest.length ? productOf([gradient, ...rest], rest.map(() => "" as const)) : gradient;
}

/** `\nabla\pi/\pi`: a letter over itself has no gradient, and that of the letter is meant. */
export function isOverItself(reader: Reader): boolean {
  const [letter, slash, below] = [coreOf(reader.peek() as Node), reader.peek(1), reader.peek(2)];
  const under = below && coreOf(below);
  return letter?.kind === "symbol" && slash?.kind === "operator" && slash.name === "/" && under?.kind === "symbol" && under.name === letter.name;
}

/** The nodes after the next one, up to a sign or a relation. */
function restOfProduct(reader: Reader): Node[] {
  const rest: Node[] = [];
  for (let ahead = 1, node = reader.peek(ahead); node && !endsProduct(node); node = reader.peek(++ahead)) rest.push(node);
  return rest;
}

function endsProduct(node: Node): boolean {
  return isRelationNode(node) || (node.kind === "operator" && ["+", "-", ","].includes(node.name));
}

function isPartial(node: Node | null | undefined): boolean {
  return node?.kind === "symbol" && node.name === "partial";
}

function coreOf(node: Node): Node | null | undefined {
  return node.kind === "scripts" ? node.base : node;
}
