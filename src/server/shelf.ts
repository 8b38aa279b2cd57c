/**
 * The texts of files beside the open documents. What an editor has open is read
 * from there, with its unsaved changes; the rest is asked for once and kept
 * until it is said to have changed.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { folderOf, keyOf } from "./uris";

/** Whatever can read files: the editor, or the disk. */
export interface FileSource {
  /** Null for one that is not there, or no text. */
  readonly read: (uri: string) => Promise<string | null>;
  /** The names of the files in a folder. */
  readonly list: (folder: string) => Promise<readonly string[]>;
}

interface Kept {
  readonly text: string | null;
  readonly stamp: string;
}

export class Shelf {
  readonly #open: () => readonly TextDocument[];
  readonly #source: () => FileSource | null;
  readonly #texts = new Map<string, Promise<Kept>>();
  readonly #ready = new Map<string, Kept>();
  readonly #folders = new Map<string, Promise<readonly string[]>>();
  /** Counts what has been read and forgotten: the texts of closed files are told apart by it. */
  #changes = 0;

  constructor(open: () => readonly TextDocument[], source: () => FileSource | null) {
    this.#open = open;
    this.#source = source;
  }

  /** Changes when a file that is not open does, or comes or goes. */
  get changes(): number {
    return this.#changes;
  }

  async read(uri: string): Promise<string | null> {
    const open = this.#document(uri);
    if (open) return open.getText();
    const key = keyOf(uri);
    const reading = this.#texts.get(key) ?? this.#fetch(uri);
    this.#texts.set(key, reading);
    const kept = await reading;
    if (this.#texts.get(key) === reading) this.#ready.set(key, kept);
    return kept.text;
  }

  /** What has been read before, as it stands now. */
  textOf(uri: string): string | null {
    return this.#document(uri)?.getText() ?? this.#ready.get(keyOf(uri))?.text ?? null;
  }

  /** Changes with the text. */
  stampOf(uri: string): string {
    const open = this.#document(uri);
    return open ? `v${open.version}` : (this.#ready.get(keyOf(uri))?.stamp ?? "");
  }

  /** The files in a folder, those among them that only the editor has included. */
  async list(folder: string): Promise<string[]> {
    const listing = this.#folders.get(folder) ?? this.#source()?.list(folder).catch(() => []) ?? Promise.resolve([]);
    this.#folders.set(folder, listing);
    const names = await listing;
    const open = this.#open().filter(({ uri }) => keyOf(folderOf(uri)) === keyOf(folder)).map(({ uri }) => uri);
    const known = new Set(open.map(keyOf));
    return [...open, ...names.map((name) => folder + encodeURIComponent(name)).filter((uri) => !known.has(keyOf(uri)))];
  }

  /** A file has changed, or has come or gone. */
  forget(uri: string): void {
    this.#changes++;
    this.#texts.delete(keyOf(uri));
    this.#ready.delete(keyOf(uri));
    this.#folders.clear();
  }

  async #fetch(uri: string): Promise<Kept> {
    const text = (await this.#source()?.read(uri).catch(() => null)) ?? null;
    return { text, stamp: text === null ? "none" : `d${this.#changes}` };
  }

  #document(uri: string): TextDocument | undefined {
    const key = keyOf(uri);
    return this.#open().find((document) => keyOf(document.uri) === key);
  }
}
