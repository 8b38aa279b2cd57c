/** What the panel's page and its host say to one another, and what the page remembers. */
import type { Step } from "../base/statement";
import type { PanelDocument } from "./panel";
import type { Position, Range, TextEdit } from "./places";

export type ToPage =
  | { readonly type: "document"; readonly document: PanelDocument | null }
  /** The derivation of the item with this key; null where none is found. */
  | { readonly type: "steps"; readonly uri: string; readonly key: string; readonly steps: readonly Step[] | null }
  | { readonly type: "cursor"; readonly uri: string; readonly position: Position };

export type FromPage =
  /** The page is there and wants its document. */
  | { readonly type: "ready" }
  | { readonly type: "reveal"; readonly uri: string; readonly range: Range }
  | { readonly type: "apply"; readonly uri: string; readonly version: number; readonly edits: readonly TextEdit[] }
  | { readonly type: "steps"; readonly uri: string; readonly key: string; readonly relation: Range }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "pin"; readonly pinned: boolean };

export type Filter = "all" | "wrong" | "unchecked";

/** Kept by the editor over reloads. */
export interface PageState {
  readonly uri: string | null;
  readonly filter: Filter;
  readonly pinned: boolean;
  readonly paused: boolean;
  readonly definitionsOpen: boolean;
}

export const initialState: PageState = { uri: null, filter: "all", pinned: false, paused: false, definitionsOpen: true };

/** The page's own words, in the user's language. */
export interface PageWords {
  readonly all: string;
  readonly wrong: string;
  readonly unchecked: string;
  readonly filter: string;
  readonly pin: string;
  readonly pause: string;
  readonly definitions: string;
  readonly statements: string;
  readonly stated: string;
  readonly computed: string;
  readonly line: string;
  readonly copy: string;
  readonly copyCode: string;
  readonly showSteps: string;
  readonly hideSteps: string;
  readonly noSteps: string;
  readonly checking: string;
  readonly empty: string;
  readonly nothing: string;
  readonly noneLeft: string;
  readonly summary: string;
  readonly unread: string;
  readonly definition: string;
}
