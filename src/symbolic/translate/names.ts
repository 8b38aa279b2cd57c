/** LaTeX for the names that terms carry, where the spelling does not give it. */
import { freeName } from "../../tensor";
import { Unprintable } from "../sizes";
import type { Spelling } from "../spelling";

export function variableLatex(spelling: Spelling, name: string): string {
  const known = spelling.variables.get(name);
  if (known !== undefined) return known;
  if (name.startsWith("d:")) return `d${variableLatex(spelling, name.slice(2))}`;
  const cotangent = /^∂(.+)\/∂(.+)$/s.exec(name);
  if (cotangent) return `\\frac{\\partial ${variableLatex(spelling, cotangent[1]!)}}{\\partial ${variableLatex(spelling, cotangent[2]!)}}`;
  if (name === "π") return "\\pi";
  // What stands inside an arbitrary function has no name in the notes.
  if (name.includes("·")) throw new Unprintable("an arbitrary function");
  return bareLatex(name.replace(/@.*$/s, "").replace(/\[\d+\]/g, ""));
}

const letters = new Set(["alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell"]);

/** "W_hh" as `W_{hh}`, "sigma" as `\\sigma`, a longer word upright. */
function bareLatex(name: string): string {
  if (name.includes("\\") || name.includes("{")) return name;
  const [base = "", ...below] = name.split("_").filter((part) => part !== "");
  const written = letters.has(base) ? `\\${base}` : /^[a-zA-Z]{2,}$/.test(base) ? `\\mathrm{${base}}` : base;
  return below.length === 0 ? written : `${written}_{${below.map((part) => (letters.has(part) ? `\\${part}` : part)).join(",")}}`;
}

/** What is written before the argument of a function of each entry. */
export function functionLatex(spelling: Spelling, fn: string): string {
  const free = /^free:(.*):(\d+)$/s.exec(fn);
  const written = spelling.functions?.get(fn);
  if (!free) return (written === "e^" ? undefined : written) ?? standard[fn] ?? polygamma(fn) ?? `\\operatorname{${fn}}`;
  const known = spelling.variables.get(fn);
  if (known !== undefined) return known;
  const order = Number(free[2]);
  const base = spelling.variables.get(`free:${free[1]!}`) ?? spelling.variables.get(freeName(free[1]!)) ?? variableLatex(spelling, free[1]!);
  return order <= 3 ? base + "'".repeat(order) : `${base}^{(${order})}`;
}

const standard: Readonly<Record<string, string>> = {
  exp: "\\exp",
  log: "\\log",
  sin: "\\sin",
  cos: "\\cos",
  tan: "\\tan",
  sinh: "\\sinh",
  cosh: "\\cosh",
  tanh: "\\tanh",
  asin: "\\arcsin",
  acos: "\\arccos",
  atan: "\\arctan",
  sigmoid: "\\sigma",
  loggamma: "\\log\\Gamma",
};

function polygamma(fn: string): string | null {
  const order = /^polygamma:(\d+)$/.exec(fn)?.[1];
  return order === undefined ? null : order === "0" ? "\\psi" : `\\psi^{(${order})}`;
}
