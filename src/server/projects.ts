/**
 * What a report rests on beside its document: the files with macros that the
 * user names, and for LaTeX the files that the document reads, or the document
 * that reads it. A part of a document is judged with the whole, and told of in
 * its own lines.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { analyze, isWholeDocument, mainFileOf, Memories, unknownFiles } from "../analysis/analyze";
import type { DocumentReport } from "../analysis/types";
import type { Settings } from "../protocol/settings";
import { isLatex } from "./checked-document";
import type { Shelf } from "./shelf";
import { folderOf, keyOf, parentOf, resolveUri } from "./uris";

interface Project {
  /** The document that is compiled; the document itself where it is no part of another. */
  readonly root: string;
  /** Files that it may read, by the path that it knows them under, whether they are there or not. */
  readonly files: ReadonlyMap<string, string>;
  readonly macroFiles: readonly string[];
  /** Keys of everything that was looked for. */
  readonly asked: ReadonlySet<string>;
}

interface Whole {
  readonly text: string;
  readonly stamp: string;
  readonly settings: Settings;
  readonly report: DocumentReport;
}

/** How far up, and among how many files of a folder, the document is looked for that reads a part. */
const deepest = 4;
const mostFiles = 60;

export class Projects {
  readonly #shelf: Shelf;
  readonly #settings: () => Settings;
  readonly #folders: () => readonly string[];
  readonly #projects = new Map<string, Project>();
  /** What was found last as the document that reads a part, and after how many changes of files. */
  readonly #roots = new Map<string, { readonly changes: number; readonly root: string }>();
  readonly #reports = new Map<string, Whole>();
  /** What was decided of the whole documents last. */
  readonly #memories = new Memories();

  constructor(shelf: Shelf, settings: () => Settings, folders: () => readonly string[]) {
    this.#shelf = shelf;
    this.#settings = settings;
    this.#folders = folders;
  }

  /** Reads what a report on the document rests on. */
  async prepare(document: TextDocument): Promise<void> {
    const root = isLatex(document) ? await this.#rootOf(document) : document.uri;
    const files = isLatex(document) ? await this.#filesOf(root, root === document.uri ? document.getText() : null) : new Map<string, string>();
    const candidates = this.#settings().macroFiles.map((name) => this.#macroCandidates(name, document));
    const macroFiles = [];
    for (const uris of candidates) {
      const found = await this.#firstThere(uris);
      if (found !== null) macroFiles.push(found);
    }
    const asked = new Set([root, ...files.values(), ...candidates.flat()].map(keyOf));
    this.#projects.set(document.uri, { root, files, macroFiles, asked });
  }

  /** Changes with whatever of it a report rests on. */
  stampOf(document: TextDocument): string {
    const project = this.#projects.get(document.uri);
    if (!project) return "";
    return [project.root, ...project.files.values(), ...project.macroFiles].map((uri) => (uri === document.uri ? "" : this.#shelf.stampOf(uri))).join(" ");
  }

  macroTexts(document: TextDocument): string[] {
    return (this.#projects.get(document.uri)?.macroFiles ?? []).flatMap((uri) => this.#shelf.textOf(uri) ?? []);
  }

  reportOn(document: TextDocument, steps: readonly string[] = []): DocumentReport {
    const project = this.#projects.get(document.uri);
    if (!project || project.files.size === 0) return this.#analyze(document, document.uri, document.getText(), project, steps);
    const whole = this.#wholeOf(document, project, steps);
    if (project.root === document.uri) return inAddresses(whole, project);
    const part = whole.included?.find(({ path }) => keyOf(project.files.get(path) ?? "") === keyOf(document.uri));
    return part ? inAddresses(part.report, project) : this.#analyze(document, document.uri, document.getText(), undefined, steps);
  }

  /** Whether what is said of a document may change with a file. */
  restsOn(document: TextDocument, uri: string): boolean {
    return this.#projects.get(document.uri)?.asked.has(keyOf(uri)) ?? false;
  }

  closed(uri: string): void {
    this.#projects.delete(uri);
    this.#roots.delete(uri);
    this.#reports.delete(uri);
    this.#memories.forget(uri);
  }

  /** The report on the document that reads this one; made once for all of its parts. */
  #wholeOf(document: TextDocument, project: Project, steps: readonly string[]): DocumentReport {
    const settings = this.#settings();
    const text = document.uri === project.root ? document.getText() : (this.#shelf.textOf(project.root) ?? "");
    if (steps.length) return this.#analyze(document, project.root, text, project, steps);
    const stamp = [...project.files.values(), ...project.macroFiles].map((uri) => this.#shelf.stampOf(uri)).join(" ");
    const known = this.#reports.get(project.root);
    if (known?.text === text && known.stamp === stamp && known.settings === settings) return known.report;
    const report = this.#analyze(document, project.root, text, project, steps);
    this.#reports.set(project.root, { text, stamp, settings, report });
    return report;
  }

  /** With `steps`, the relations of these texts are derived. */
  #analyze(document: TextDocument, filename: string, text: string, project: Project | undefined, steps: readonly string[]): DocumentReport {
    const { layout, macros } = this.#settings();
    const files = Object.fromEntries([...(project?.files ?? [])].map(([path, uri]) => [path, this.#shelf.textOf(uri)]));
    return analyze(text, { layout, filename, languageId: document.languageId, macros, macroFiles: this.macroTexts(document), files, steps }, this.#memories.of(filename));
  }

  async #filesOf(root: string, given: string | null): Promise<Map<string, string>> {
    const text = given ?? (await this.#shelf.read(root)) ?? "";
    const uris = new Map<string, string>();
    const files: Record<string, string | null> = {};
    for (;;) {
      const unknown = unknownFiles(text, { filename: root, languageId: "latex", files });
      if (unknown.length === 0) return uris;
      for (const path of unknown) {
        const uri = resolveUri(folderOf(root), path);
        uris.set(path, uri);
        files[path] = await this.#shelf.read(uri);
      }
    }
  }

  async #rootOf(document: TextDocument): Promise<string> {
    const text = document.getText();
    const named = mainFileOf(text);
    const main = named === null ? null : await this.#firstThere([resolveUri(folderOf(document.uri), named)]);
    if (main !== null) return main;
    if (isWholeDocument(text)) return document.uri;
    const known = this.#roots.get(document.uri);
    if (known?.changes === this.#shelf.changes) return known.root;
    const { changes } = this.#shelf;
    const root = (await this.#searchRoot(document.uri)) ?? document.uri;
    this.#roots.set(document.uri, { changes, root });
    return root;
  }

  /** A whole document in the folder of a part, or above it in the workspace, that reads the part. */
  async #searchRoot(part: string): Promise<string | null> {
    for (const folder of this.#above(part)) {
      const named = (await this.#shelf.list(folder)).filter((uri) => /\.(?:tex|ltx)$/i.test(uri) && keyOf(uri) !== keyOf(part)).sort();
      for (const uri of named.slice(0, mostFiles)) {
        const text = await this.#shelf.read(uri);
        if (text === null || !isWholeDocument(text)) continue;
        const files = await this.#filesOf(uri, text);
        if ([...files.values()].some((file) => keyOf(file) === keyOf(part))) return uri;
      }
    }
    return null;
  }

  #above(uri: string): string[] {
    const home = this.#folders().find((folder) => keyOf(uri).startsWith(keyOf(folder)));
    const found: string[] = [];
    for (let folder: string | null = folderOf(uri); folder !== null && found.length < deepest; folder = parentOf(folder)) {
      found.push(folder);
      if (home === undefined || keyOf(folder) === keyOf(home)) break;
    }
    return found;
  }

  /** A relative name is looked for in the folders of the workspace, then beside the document. */
  #macroCandidates(name: string, document: TextDocument): string[] {
    return [...new Set([...this.#folders(), folderOf(document.uri)].map((folder) => resolveUri(folder, name)))];
  }

  async #firstThere(uris: readonly string[]): Promise<string | null> {
    for (const uri of uris) if ((await this.#shelf.read(uri)) !== null) return uri;
    return null;
  }
}

/** A report that names the files of its document by their addresses. */
function inAddresses(report: DocumentReport, project: Project | undefined): DocumentReport {
  if (!project || project.files.size === 0) return report;
  const addressOf = (file: string | null): string => (file === null ? project.root : (project.files.get(file) ?? file));
  return { ...report, statements: report.statements.map((statement) => ({ ...statement, related: statement.related.map((other) => (other.file === undefined ? other : { ...other, file: addressOf(other.file) })) })) };
}
