/**
 * The text of a file, however it is encoded. A byte order mark is left out, as
 * editors do, so that columns agree with theirs.
 */
import { readFile } from "node:fs/promises";

export type ReadText = { readonly text: string } | { readonly problem: string };

const largest = 64 * 1024 * 1024;

export async function readText(path: string): Promise<ReadText> {
  try {
    return decode(await readFile(path));
  } catch (error) {
    return { problem: describeFailure(error) };
  }
}

/** UTF-8, UTF-16 with its mark, or else, where there is nothing that no text has, the Western encoding of old LaTeX files. */
export function decode(bytes: Uint8Array): ReadText {
  if (bytes.length > largest) return { problem: `is too large (${Math.round(bytes.length / 1024 / 1024)} MB; the limit is ${largest / 1024 / 1024} MB)` };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes) };
  if (isBinary(bytes)) return { problem: "is a binary file, not a note" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes) };
  }
}

/** Control characters that text does not have: all but tab, line feed, vertical tab, form feed, carriage return and escape. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 65536).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

function describeFailure(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "is a folder";
    default:
      return `cannot be read: ${message}`;
  }
}
