/**
 * From what the user names to the files that are meant: a file is itself, a
 * folder every note below it, a pattern whatever it matches, `-` the standard
 * input. Each file comes once, in the order named; below a folder by name.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FailedFile } from "../report/checked";
import { expandBraces, isPattern, matchesPath, splitPattern } from "./glob";

export type Input = { readonly kind: "file"; readonly path: string } | { readonly kind: "stdin" };

export interface Found {
  readonly inputs: readonly Input[];
  readonly failures: readonly FailedFile[];
  /** Folders without a single note. */
  readonly empty: readonly string[];
}

const endings = [".md", ".markdown", ".mdx", ".tex", ".rnw", ".rmd", ".qmd", ".ipynb"];
const skippedFolders = new Set(["node_modules", "dist"]);

export function findInputs(named: readonly string[], cwd: string): Found {
  const inputs: Input[] = [];
  const failures: FailedFile[] = [];
  const empty: string[] = [];
  const seen = new Set<string>();
  const add = (path: string): void => {
    const whole = resolve(cwd, path);
    if (!seen.has(whole)) inputs.push({ kind: "file", path });
    seen.add(whole);
  };
  for (const name of named) {
    if (name === "-") {
      if (!inputs.some(({ kind }) => kind === "stdin")) inputs.push({ kind: "stdin" });
      continue;
    }
    const kind = kindOf(resolve(cwd, name));
    if (kind === "folder") {
      const notes = notesBelow(name, cwd);
      if (!notes.length) empty.push(name);
      notes.forEach(add);
    } else if (kind === "file") {
      add(name);
    } else if (isPattern(name)) {
      const matched = filesMatching(name, cwd);
      if (!matched.length) failures.push({ path: name, message: "no file matches this pattern" });
      matched.forEach(add);
    } else {
      failures.push({ path: name, message: existsSync(resolve(cwd, name)) ? "is neither a file nor a folder" : "no such file or folder" });
    }
  }
  return { inputs, failures, empty };
}

function notesBelow(folder: string, cwd: string): string[] {
  return filesBelow(folder, cwd).filter((path) => endings.some((ending) => path.toLowerCase().endsWith(ending)));
}

function filesMatching(pattern: string, cwd: string): string[] {
  const slashed = process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern;
  const found = expandBraces(slashed).flatMap((one) => {
    if (!isPattern(one)) return kindOf(resolve(cwd, one)) === "file" ? [one] : [];
    const { base, rest } = splitPattern(one);
    const depth = rest.includes("**") ? Infinity : rest.length;
    return filesBelow(base, cwd, depth, rest.some((part) => part.startsWith("."))).filter((path) => matchesPath(rest, relativeParts(base, path)));
  });
  return [...new Set(found)];
}

function relativeParts(base: string, path: string): string[] {
  return path.slice(base.length).split(/[\\/]/).filter(Boolean);
}

/** Without folders that hold no notes of the user's own; links to folders are not followed, since they may lead in circles. */
function filesBelow(folder: string, cwd: string, depth = Infinity, hidden = false): string[] {
  if (depth < 1) return [];
  let entries;
  try {
    entries = readdirSync(resolve(cwd, folder || "."), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder ? join(folder, entry.name) : entry.name;
      if (entry.isDirectory()) return skippedFolders.has(entry.name) || (entry.name.startsWith(".") && !hidden) ? [] : filesBelow(path, cwd, depth - 1, hidden);
      return entry.isFile() || (entry.isSymbolicLink() && kindOf(resolve(cwd, path)) === "file") ? [path] : [];
    });
}

function kindOf(path: string): "file" | "folder" | "other" | null {
  try {
    const found = statSync(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : found.isFIFO() || found.isCharacterDevice() ? "file" : "other";
  } catch {
    return null;
  }
}
