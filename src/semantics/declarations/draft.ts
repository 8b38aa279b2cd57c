/** A document while it is being understood: what the steps of `understand` read and fill. */
import type { Span } from "../../base/span";
import type { Document } from "../../document/types";
import type { ReadFormula } from "../expression";
import type { Located } from "../model";
import type { ProseFacts } from "../prose";
import type { Entity } from "../symbols/entity";
import { SymbolTable } from "../symbols/table";

export interface Draft {
  readonly document: Document;
  readonly formulas: readonly ReadFormula[];
  readonly table: SymbolTable;
  readonly located: Located[];
  readonly facts: ProseFacts["document"][number][];
  readonly fixedSizes: Map<number, Map<string, number>>;
  readonly exampleSizes: Map<number, Map<string, number>>;
  readonly defining: Map<number, Entity>;
  readonly structured: Set<string>;
  readonly sections: Span[];
  /** Paragraphs that are items of a numbered list. */
  readonly items: Set<number>;
}

export function draftOf(document: Document, formulas: readonly ReadFormula[]): Draft {
  return { document, formulas, table: new SymbolTable(), located: [], facts: [], fixedSizes: new Map(), exampleSizes: new Map(), defining: new Map(), structured: new Set(), sections: [], items: new Set() };
}
