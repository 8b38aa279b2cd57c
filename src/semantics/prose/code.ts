/**
 * Shapes that a piece of code gives its arrays: calls that make them
 * (`W = np.random.randn(d, k)`, `torch.zeros(n, d)`), comments (`# X: (N, D)`)
 * and docstrings (`x: array of shape (N, D)`). Line by line; nothing is run.
 */
import type { Span } from "../../base/span";
import type { Expr, SymbolExpr } from "../expression/types";
import { sizeOfName, symbolOfWord, tupleOfCode } from "./math";

/** `start`/`end` are indices into the code. */
export interface CodeShape extends Span {
  readonly subject: SymbolExpr;
  readonly dims: readonly Expr[];
}

/** Lines longer than this are data. */
const longest = 400;

export function readCodeShapes(code: string, language: string): CodeShape[] {
  if (!/^(py|python\d?|ipython\d?|julia|jl|numpy|pytorch|)$/i.test(language.replace(/[{}\s]/g, "").split(",")[0] ?? "")) return [];
  const shapes: CodeShape[] = [];
  let at = 0;
  for (const line of code.split("\n")) {
    if (line.length <= longest) shapes.push(...shapesOfLine(line, at));
    at += line.length + 1;
  }
  return shapes;
}

const name = /[A-Za-z]\w*/.source;
const assigned = new RegExp(`^\\s*(${name})\\s*(?::[^=#]{0,60})?=\\s*(?![=])(.*)$`);
/** Takes its dimensions as a tuple or one by one. */
const makers = /(?:^|[^\w.])(?:(?:np|numpy|jnp|torch|jax\.numpy|cp|tf|rng|gen|generator)\.)?(?:random\.)?(?:zeros|ones|empty|full|randn|rand|normal|uniform|random|random_sample|standard_normal|nn\.Parameter)\s*\(/;
const sized = /size\s*=\s*(\([^()]*\)|\w+)/;
const described = new RegExp(`^[\\s\\-*"'#/]*(${name})\\s*(?::|--|–|-|=|is|has|of)\\s*(?:[^()[\\]#]{0,80}?(?:shape|size|dimensions?)?\\s*(?:is|of|:|=)?\\s*)([([][\\w\\s,*]+[)\\]])`);

function shapesOfLine(line: string, at: number): CodeShape[] {
  const [code = "", ...comment] = line.split("#");
  const remark = comment.join("#");
  const assignment = assigned.exec(code);
  const place = { start: at, end: at + line.length };
  if (assignment) {
    const [, variable = "", value = ""] = assignment;
    const bare = /^\s*([([][\w\s,*]+[)\]])\s*$/.exec(remark)?.[1] ?? /\bshape\b[^([]{0,12}([([][\w\s,*]+[)\]])/.exec(remark)?.[1];
    const dims = (bare ? tupleOfCode(bare, place) : null) ?? dimsOfCall(value, place);
    return dims ? [{ subject: symbolOfWord(variable, place), dims, ...place }] : [];
  }
  const said = described.exec(remark || line);
  if (!said?.[1] || !said[2] || (!remark && !/shape|array|tensor|matrix|vector|^\s*[-*]/i.test(line))) return [];
  const dims = tupleOfCode(said[2], place);
  return dims ? [{ subject: symbolOfWord(said[1], place), dims, ...place }] : [];
}

function dimsOfCall(value: string, place: Span): readonly Expr[] | null {
  const call = makers.exec(value);
  if (!call) return null;
  const inside = balanced(value, call.index + call[0].length);
  const size = sized.exec(inside)?.[1];
  if (size) return size.startsWith("(") ? tupleOfCode(size, place) : single(size, place);
  if (/\b(?:normal|uniform)\s*\($/.test(call[0])) return null;
  const tuple = /^\s*(\([^()]*\))/.exec(inside)?.[1];
  if (tuple) return tupleOfCode(tuple, place);
  if (/\bfull\s*\($/.test(call[0])) return null;
  const plain = inside.split(",").filter((part) => part.trim() && !part.includes("="));
  const dims = plain.map((part) => sizeOfName(part.trim(), place));
  return dims.length && dims.every((dim) => dim !== null) ? dims : null;
}

function single(text: string, place: Span): readonly Expr[] | null {
  const size = sizeOfName(text, place);
  return size ? [size] : null;
}

/** Up to the parenthesis that closes the one before `from`. */
function balanced(text: string, from: number): string {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return text.slice(from, i);
  }
  return text.slice(from);
}
