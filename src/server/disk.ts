/** Files from the disk, for an editor that does not read them for its servers. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FileSource } from "./shelf";

export const disk: FileSource = {
  read: async (uri) => (uri.startsWith("file:") ? readFile(fileURLToPath(uri), "utf8").catch(() => null) : null),
  list: async (folder) => {
    if (!folder.startsWith("file:")) return [];
    const entries = await readdir(fileURLToPath(folder), { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  },
};
