/**
 * The files that documents read, found on the disk beside them, and which of
 * the files that the user names are read by another one: those are told of
 * there, in their own lines, and not a second time without their context.
 */
import { join, resolve } from "node:path";
import type { CheckOptions, Engine } from "./engine";
import { readText } from "./read";

export type Files = Readonly<Record<string, string | null>>;

/** The texts of all files that a document reads, by path from its folder. */
export async function filesOf(engine: Engine, text: string, options: CheckOptions, folder: string): Promise<Files> {
  let files: Files = {};
  for (;;) {
    const unknown = engine.unknownFiles?.(text, { ...options, files }) ?? [];
    if (!unknown.length) return files;
    const read = await Promise.all(unknown.map(async (path) => [path, await textOrNull(resolve(folder, path))] as const));
    files = { ...files, ...Object.fromEntries(read) };
  }
}

export function existing(files: Files, folder: string): string[] {
  return Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [join(folder, path)]));
}

async function textOrNull(path: string): Promise<string | null> {
  const read = await readText(path);
  return "text" in read ? read.text : null;
}
