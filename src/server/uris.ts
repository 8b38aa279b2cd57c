/** Addresses of files, as editors write them and as documents name them from their folder. */

/** With a slash at its end. */
export function folderOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, "");
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The folder above; null where there is none. */
export function parentOf(folder: string): string | null {
  const above = folderOf(folder.replace(/\/$/, ""));
  return /^[a-z][\w+.-]*:\/\/[^/]*\/$/i.test(folder) || above === "" ? null : above;
}

/** A path from a folder, or from the root of its disk. */
export function resolveUri(folder: string, path: string): string {
  const slashed = path.replace(/\\/g, "/");
  const absolute = /^(?:\/|[A-Za-z]:\/)/.test(slashed);
  const root = /^[a-z][\w+.-]*:(?:\/\/[^/]*)?\//i.exec(folder)?.[0] ?? "file:///";
  const parts = absolute ? [] : folder.slice(root.length).split("/").filter((part) => part !== "");
  for (const part of slashed.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(encodeURIComponent(part));
  }
  return root + parts.join("/");
}

/** The same for two spellings of one address: editors do not agree on what is escaped. */
export function keyOf(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
