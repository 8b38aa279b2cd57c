/**
 * Macros that notes use without defining them: from physics, commath and braket,
 * and the abbreviations that machine-learning papers share.
 * Each has its usual expansion, used only where the document defines none.
 */
import { readers, words, type CommandTable } from "../command";
import { compileMacro, placedTokens, type Macro } from "../macros";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node } from "../types";
import { undeclaredFunctions } from "./words";

const blackboard = "R N Z Q C E F K";

/** Name, number of arguments and body. */
const bodies: readonly (readonly [name: string, parameters: number, body: string])[] = [
  ["reals", 0, "\\mathbb{R}"],
  ["Reals", 0, "\\mathbb{R}"],
  ["RR", 0, "\\mathbb{R}"],
  ["EE", 0, "\\mathbb{E}"],
  ["PP", 0, "\\mathbb{P}"],
  ["NN", 0, "\\mathbb{N}"],
  ["ZZ", 0, "\\mathbb{Z}"],
  ["CC", 0, "\\mathbb{C}"],
  ["natnums", 0, "\\mathbb{N}"],
  ["cnums", 0, "\\mathbb{C}"],
  ["Complex", 0, "\\mathbb{C}"],
  ["1", 0, "\\mathbf{1}"],
  ["0", 0, "\\mathbf{0}"],
  ["one", 0, "\\mathbf{1}"],
  ["ones", 0, "\\mathbf{1}"],
  ["zero", 0, "\\mathbf{0}"],
  ["ind", 0, "\\mathbb{1}"],
  ["indicator", 0, "\\mathbb{1}"],
  ["eps", 0, "\\epsilon"],
  ["given", 0, "\\mid"],
  ["half", 0, "\\frac{1}{2}"],
  ["st", 0, "\\text{ s.t. }"],
  ["iid", 0, "\\text{i.i.d.}"],
  ["ie", 0, "\\text{i.e.}"],
  ["eg", 0, "\\text{e.g.}"],
  ["wrt", 0, "\\text{ w.r.t. }"],
  ["grad", 0, "\\nabla"],
  ["gradient", 0, "\\nabla"],
  ["laplacian", 0, "\\nabla^2"],
  ["loss", 0, "\\mathcal{L}"],
  ["Loss", 0, "\\mathcal{L}"],
  ["bs", 1, "\\boldsymbol{#1}"],
  ["bb", 1, "\\mathbb{#1}"],
  ["mb", 1, "\\mathbf{#1}"],
  ["mbf", 1, "\\mathbf{#1}"],
  ["b", 1, "\\mathbf{#1}"],
  ["mat", 1, "\\mathbf{#1}"],
  ["vect", 1, "\\mathbf{#1}"],
  ["vb", 1, "\\mathbf{#1}"],
  ["va", 1, "\\vec{#1}"],
  ["vu", 1, "\\hat{#1}"],
  ["matr", 1, "\\mathbf{#1}"],
  ["mc", 1, "\\mathcal{#1}"],
  ["mr", 1, "\\mathrm{#1}"],
  ["ms", 1, "\\mathsf{#1}"],
  ["norm", 1, "\\left\\lVert #1\\right\\rVert"],
  ["Norm", 1, "\\left\\lVert #1\\right\\rVert"],
  ["abs", 1, "\\left\\lvert #1\\right\\rvert"],
  ["inner", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["innerproduct", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["inp", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["ip", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["dotp", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["iprod", 2, "\\left\\langle #1, #2\\right\\rangle"],
  ["set", 1, "\\left\\{ #1\\right\\}"],
  ["Set", 1, "\\left\\{ #1\\right\\}"],
  ["paren", 1, "\\left( #1\\right)"],
  ["pa", 1, "\\left( #1\\right)"],
  ["pqty", 1, "\\left( #1\\right)"],
  ["bqty", 1, "\\left[ #1\\right]"],
  ["Bqty", 1, "\\left\\{ #1\\right\\}"],
  ["brac", 1, "\\left[ #1\\right]"],
  ["sbr", 1, "\\left[ #1\\right]"],
  ["cbr", 1, "\\left\\{ #1\\right\\}"],
  ["floor", 1, "\\left\\lfloor #1\\right\\rfloor"],
  ["ceil", 1, "\\left\\lceil #1\\right\\rceil"],
  ["vqty", 1, "\\left| #1\\right|"],
  ["absolutevalue", 1, "\\left| #1\\right|"],
  ["evaluated", 1, "\\left. #1\\right|"],
  ["ev", 1, "\\left\\langle #1\\right\\rangle"],
  ["expval", 1, "\\left\\langle #1\\right\\rangle"],
  ["Bra", 1, "\\left\\langle #1 \\right|"],
  ["Ket", 1, "\\left| #1 \\right\\rangle"],
  ["Braket", 1, "\\left\\langle #1\\right\\rangle"],
  ["ketbra", 2, "\\lvert #1 \\rangle\\langle #2 \\rvert"],
  ["dyad", 2, "\\lvert #1 \\rangle\\langle #2 \\rvert"],
  ["mel", 3, "\\langle #1 \\rvert #2 \\lvert #3 \\rangle"],
  ["comm", 2, "\\left[ #1, #2\\right]"],
  ["acomm", 2, "\\left\\{ #1, #2\\right\\}"],
  ["pb", 2, "\\left\\{ #1, #2\\right\\}"],
  ["mdet", 1, "\\begin{vmatrix}#1\\end{vmatrix}"],
  ["smqty", 1, "\\begin{smallmatrix}#1\\end{smallmatrix}"],
  ["spmqty", 1, "\\begin{psmallmatrix}#1\\end{psmallmatrix}"],
  ["sbmqty", 1, "\\begin{bsmallmatrix}#1\\end{bsmallmatrix}"],
  ["vectorbold", 1, "\\mathbf{#1}"],
  ["vectorarrow", 1, "\\vec{#1}"],
  ["vectorunit", 1, "\\hat{#1}"],
  ["gradientnabla", 0, "\\nabla"],
  ["vnabla", 0, "\\nabla"],
  ["bra", 1, "\\langle #1 \\rvert"],
  ["ket", 1, "\\lvert #1 \\rangle"],
  ["braket", 1, "\\langle #1 \\rangle"],
  ["expect", 1, "\\mathbb{E}\\left[ #1\\right]"],
  ["Expect", 1, "\\mathbb{E}\\left[ #1\\right]"],
  ["order", 1, "\\mathcal{O}\\left( #1\\right)"],
  ["eval", 1, "\\left. #1\\right|"],
  ["d", 0, "\\mathrm{d}"],
  ["diff", 0, "\\mathrm{d}"],
  ["dif", 0, "\\mathrm{d}"],
  ["dx", 0, "\\,dx"],
  ["inv", 0, "^{-1}"],
  ["Bmat", 1, "\\begin{Bmatrix}#1\\end{Bmatrix}"],
  ["bmat", 1, "\\begin{bmatrix}#1\\end{bmatrix}"],
  ["pmat", 1, "\\begin{pmatrix}#1\\end{pmatrix}"],
  ["mqty", 1, "\\begin{matrix}#1\\end{matrix}"],
  ["pmqty", 1, "\\begin{pmatrix}#1\\end{pmatrix}"],
  ["bmqty", 1, "\\begin{bmatrix}#1\\end{bmatrix}"],
  ["vmqty", 1, "\\begin{vmatrix}#1\\end{vmatrix}"],
];

const lower = Array.from("abcdefghijklmnopqrstuvwxyz");
const upper = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const greek = words("alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega");

/** One letter before another for its font: `\bx` and `\vx` are bold vectors, `\mX` a bold matrix, `\cX` calligraphic, `\btheta` bold. */
const prefixed: readonly (readonly [name: string, body: string])[] = [
  ...[...lower, ...upper].map((letter) => [`b${letter}`, `\\mathbf{${letter}}`] as const),
  ...lower.map((letter) => [`v${letter}`, `\\mathbf{${letter}}`] as const),
  ...upper.map((letter) => [`m${letter}`, `\\mathbf{${letter}}`] as const),
  ...upper.map((letter) => [`c${letter}`, `\\mathcal{${letter}}`] as const),
  ...greek.flatMap((letter) => ["b", "v"].map((prefix) => [prefix + letter, `\\boldsymbol{\\${letter}}`] as const)),
];

const macros: ReadonlyMap<string, Macro> = new Map([
  ...words(blackboard).map((letter): [string, Macro] => [letter, compileMacro({ parameters: 0, optional: null, body: `\\mathbb{${letter}}` })]),
  ...[...undeclaredFunctions].map((name): [string, Macro] => [name, compileMacro({ parameters: 0, optional: null, body: `\\operatorname{${name}}` })]),
  ...prefixed.map(([name, body]): [string, Macro] => [name, compileMacro({ parameters: 0, optional: null, body })]),
  ...bodies.map(([name, parameters, body]): [string, Macro] => [name, { ...compileMacro({ parameters, optional: null, body }), sized: true }]),
]);

/** `\E{X}`, `\Var{aX}`: names that notes give their argument in braces, as macros that print brackets take it. */
const applied: ReadonlyMap<string, Macro> = new Map([
  ...(["E", "EE", "P", "PP"] as const).map((name): [string, Macro] => [name, { ...compileMacro({ parameters: 1, optional: null, body: `\\mathbb{${name.charAt(0)}}\\left[ #1\\right]` }), sized: true }]),
  ...[...undeclaredFunctions].map((name): [string, Macro] => [name, { ...compileMacro({ parameters: 1, optional: null, body: `\\operatorname{${name}}\\left( #1\\right)` }), sized: true }]),
]);

/** `braced`: whether a group in braces comes next. */
export function wellKnownMacro(name: string, braced = false): Macro | undefined {
  return (braced ? applied.get(name) : undefined) ?? macros.get(name);
}

/** A transpose: by itself in a superscript (`x^\T`), else with the hat (`x\T`). */
function readTranspose(parser: Parser, token: Token): Node | null {
  const { start, end } = token;
  if (parser.superscripts > 0) return { kind: "symbol", name: "top", font: "", start, end };
  parser.stream.push(placedTokens("^\\top", start, end));
  return null;
}

export const wellKnownCommands: CommandTable = readers("T Trans trans tran transp transpose tp", readTranspose);
