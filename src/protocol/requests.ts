/**
 * What the editor and the language server say to one another beyond the
 * language server protocol. Names and payloads only.
 */
import type { InCode, Step } from "../base/statement";
import type { PanelDocument } from "./panel";
import type { Position, Range, TextEdit } from "./places";
import type { Counts } from "./verdicts";

export type ThemeKind = "dark" | "light" | "highContrastDark" | "highContrastLight";

/** `initializationOptions` of the server; another editor may leave all of it out. */
export interface ServerStart {
  readonly theme?: ThemeKind;
  /** English text → text in the user's language. */
  readonly words?: Readonly<Record<string, string>>;
  /** The folder with a page for each code, ending in a slash. */
  readonly pages?: string;
  /** The client answers `readFile` and `listFolder`. */
  readonly readsFiles?: boolean;
  /** The client has the command of this name, which asks for a reason and applies the edit with it. */
  readonly askReason?: string;
}

/** Notification to the server: the colours have changed. */
export const themeChanged = "gradcheck/theme";
export interface ThemeChanged {
  readonly theme: ThemeKind;
}

/** Notification to the client: a document has been checked. */
export const checked = "gradcheck/checked";
export interface Checked {
  readonly uri: string;
  readonly version: number;
  readonly counts: Counts;
}

/** Request: what the panel shows of an open document; null for one that is not open. */
export const panel = "gradcheck/panel";
export interface PanelParams {
  readonly uri: string;
}
export type PanelResult = PanelDocument | null;

/** Request: check an open document now, whatever the setting says. */
export const verify = "gradcheck/verify";
export interface VerifyParams {
  readonly uri: string;
}
export type VerifyResult = Counts | null;

/** Request: check a text that no editor has open, and publish its marks. */
export const verifyText = "gradcheck/verifyText";
export interface VerifyTextParams {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}
export type VerifyTextResult = Counts;

/** Request to the client: the text of a file that no editor has open; null where there is none. */
export const readFile = "gradcheck/readFile";
export interface ReadFileParams {
  readonly uri: string;
}
export type ReadFileResult = string | null;

/** Request to the client: the names of the files in a folder, whose address ends in a slash. */
export const listFolder = "gradcheck/listFolder";
export interface ListFolderParams {
  readonly uri: string;
}
export type ListFolderResult = readonly string[];

/** Request: the gradients that could be written at a place, or anywhere where there is none at it. */
export const insertions = "gradcheck/insertions";
export interface InsertionsParams {
  readonly uri: string;
  readonly position: Position;
}
export type InsertionsResult = readonly Insertion[];

export interface Insertion {
  readonly latex: string;
  readonly computed: string;
  readonly range: Range;
  readonly edit: TextEdit;
  /** The document's version that the edit is for. */
  readonly version: number;
}

/** Request: the computed gradients around a place as code, or all of the document's where there is none there. */
export const codes = "gradcheck/codes";
export interface CodesParams {
  readonly uri: string;
  readonly position: Position;
}
export type CodesResult = readonly GradientInCode[];

export interface GradientInCode extends InCode {
  readonly latex: string;
  readonly computed: string;
  readonly range: Range;
}

/** Request: the derivation of what is computed beside a statement; null where none is found, or nothing is stated there any more. */
export const steps = "gradcheck/steps";
export interface StepsParams {
  readonly uri: string;
  /** The statement's relation. */
  readonly relation: Range;
}
export type StepsResult = readonly Step[] | null;

/** The argument of the command that asks why a statement is to be ignored. */
export interface IgnoreArguments {
  readonly uri: string;
  readonly position: Position;
  /** The comment is `before`, the reason, `after`. */
  readonly before: string;
  readonly after: string;
}
