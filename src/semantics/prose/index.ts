/**
 * What the sentences around formulas declare: facts about symbols, conventions
 * of the document, roles of formulas. Pure; linear in the text.
 */
import { compileTable, readUnits } from "./engine";
import { en } from "./languages/en";
import { shared } from "./languages/shared";
import { zh } from "./languages/zh";
import type { Meaning } from "./meanings";
import type { PhraseTable } from "./phrases";
import type { ProseFacts, ProseToken } from "./types";
import { unitsOf } from "./units";

export type * from "./types";

const languages = [en, zh, shared];
let table: PhraseTable<Meaning> | null = null;

export function readProse(tokens: readonly ProseToken[]): ProseFacts {
  if (tokens.every((token) => token.kind === "math")) return { declarations: [], document: [], formulas: [], introduces: null };
  table ??= compileTable(languages);
  return readUnits(unitsOf(tokens), table);
}
