/**
 * A LaTeX document and the files that it reads (`\input`, `\include`,
 * `\subfile`, `\import`, `\usepackage` of the author's own) as one text, in the
 * order in which TeX reads them. Every part of it knows which file it came from
 * and where it stands there. Texts are given; what is not given is named, so
 * that whoever has a file system can look for it.
 */
import { lineEnd } from "./braces";
import { verbatimAt } from "./verbatim";

/** By path, relative to the document's folder, parts joined by `/`; null for a file that does not exist. */
export type Files = Readonly<Record<string, string | null>>;

/** From `at` on the text is the file `path` from `offset` on; null is the document itself. */
export interface Part {
  readonly at: number;
  readonly path: string | null;
  readonly offset: number;
}

export interface Joined {
  readonly text: string;
  readonly parts: readonly Part[];
  /** Paths that the document may mean and about which nothing was given. */
  readonly unknown: readonly string[];
}

/** Files that read one another deeper than this, or longer than this together, are left out. */
const deepest = 15;
const longest = 4_000_000;

export function joinInputs(text: string, files: Files): Joined {
  const joiner = new Joiner(files);
  joiner.add(text, null, []);
  return joiner.joined();
}

class Joiner {
  private readonly pieces: string[] = [];
  private readonly parts: Part[] = [];
  private readonly unknown = new Set<string>();
  private length = 0;

  constructor(private readonly files: Files) {}

  joined(): Joined {
    return { text: this.pieces.join(""), parts: this.parts, unknown: [...this.unknown] };
  }

  /** `around`: the files that are being read, outermost first. */
  add(text: string, path: string | null, around: readonly string[]): void {
    const { start, end } = path === null ? { start: 0, end: text.length } : bodyOf(text);
    let from = start;
    for (let at = start; at < end; ) {
      const code = text.charCodeAt(at);
      if (code === 37) at = lineEnd(text, at);
      else if (code !== 92) at++;
      else {
        const verbatim = verbatimAt(text, at);
        const command = verbatim ? null : readingCommand(text, at);
        if (command) {
          this.put(text, path, from, command.keep);
          for (const name of command.names) this.read(name, command.ending, path, around);
          from = command.end;
        }
        at = verbatim?.end ?? command?.end ?? at + 2;
      }
    }
    this.put(text, path, from, end);
  }

  private put(text: string, path: string | null, from: number, to: number): void {
    if (to <= from) return;
    this.parts.push({ at: this.length, path, offset: from });
    this.pieces.push(text.slice(from, to));
    this.length += to - from;
  }

  private read(name: string, ending: string, from: string | null, around: readonly string[]): void {
    for (const path of candidates(name, ending, from)) {
      const text = Object.hasOwn(this.files, path) ? this.files[path] : undefined;
      if (text === undefined) this.unknown.add(path);
      if (typeof text !== "string") continue;
      if (around.includes(path) || around.length >= deepest || this.length + text.length > longest) return;
      return this.add(text, path, [...around, path]);
    }
  }
}

/** A file that is a document by itself gives what is between its `\begin{document}` and `\end{document}`. */
function bodyOf(text: string): { start: number; end: number } {
  const begin = /^[^%\n]*\\begin\{document\}/m.exec(text);
  const start = begin ? begin.index + begin[0].length : 0;
  const stop = /^[^%\n]*?(\\end\{document\}|\\endinput(?![A-Za-z]))/m.exec(text.slice(start));
  return { start, end: stop ? start + stop.index + stop[0].length - (stop[1]?.length ?? 0) : text.length };
}

interface ReadingCommand {
  readonly names: readonly string[];
  readonly ending: string;
  /** What stands before this index stays; the command itself, where it only reads, does not. */
  readonly keep: number;
  readonly end: number;
}

/** The command at a backslash that reads files. */
export function readingCommand(text: string, at: number): ReadingCommand | null {
  if (!/^\\(?:in|sub|usep|Req|imp)/.test(text.slice(at, at + 5))) return null;
  const ahead = text.slice(at, at + 400);
  const one = /^\\(?:input|include|subfile|subfileinclude)\s*(?:\{\s*([^{}\n\\#]{1,300}?)\s*\}|[ \t]+([^\s{}\\%#]{1,300}))/.exec(ahead);
  if (one) return { names: [one[1] ?? one[2] ?? ""], ending: ".tex", keep: at, end: at + one[0].length };
  const two = /^\\(?:sub)?(?:import|inputfrom|includefrom)\*?\s*\{\s*([^{}\n\\#]{0,200}?)\s*\}\s*\{\s*([^{}\n\\#]{1,200}?)\s*\}/.exec(ahead);
  if (two) return { names: [`${two[1] ?? ""}/${two[2] ?? ""}`], ending: ".tex", keep: at, end: at + two[0].length };
  const packages = /^\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]{0,200}\])?\s*\{([^{}\\#]{1,200})\}/.exec(ahead);
  if (!packages) return null;
  const names = (packages[1] ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "" && !/\s/.test(name));
  return { names, ending: ".sty", keep: at + packages[0].length, end: at + packages[0].length };
}

/** TeX looks from the document's folder; files that are documents of their own mean theirs. */
function candidates(name: string, ending: string, from: string | null): string[] {
  if (/^(?:[\\/~]|[A-Za-z]:)/.test(name)) return [];
  const folder = from?.includes("/") ? from.slice(0, from.lastIndexOf("/") + 1) : "";
  const named = name.endsWith(ending) ? [name] : ending === ".tex" ? [`${name}${ending}`, name] : [`${name}${ending}`];
  return [...new Set([...named, ...(folder === "" ? [] : named.map((one) => `${folder}${one}`))].map(plainPath))];
}

/** Without `.` and, as far as it goes, `..`. */
function plainPath(path: string): string {
  const out: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && out.length > 0 && out.at(-1) !== "..") out.pop();
    else out.push(part);
  }
  return out.join("/");
}
