/**
 * What sentences say around formulas: facts about symbols, conventions of the
 * document, and what formulas are there for. The grammar is light and the same
 * for all languages; tables of phrases say what their words mean. A word that
 * no table knows says nothing. Linear in the text.
 */
import { readClauses } from "./clauses";
import { readConventions } from "./conventions";
import { itemsOf, sentencesOf } from "./items";
import { lexiconFor } from "./lexicon";
import type { MathInfo } from "./math";
import { readRoles } from "./roles";
import type { Declaration, DocumentFact, FormulaFact, FormulaRole, ProseFacts, ProseToken } from "./types";
import { unitsOf } from "./units";

export type * from "./types";
export { type CodeShape, readCodeShapes } from "./code";

/** What the words of one paragraph (or heading, item, cell) say. */
export function readProse(tokens: readonly ProseToken[]): ProseFacts {
  const declarations: Declaration[] = [];
  const document: DocumentFact[] = [];
  const formulas: FormulaFact[] = [];
  let introduces: FormulaRole | null = null;
  if (tokens.every((token) => token.kind === "math")) return { declarations, document, formulas, introduces };
  const units = unitsOf(tokens);
  const lexicon = lexiconFor(units);
  let topics: readonly MathInfo[] = [];
  for (const sentence of sentencesOf(itemsOf(units, lexicon), units)) {
    const clauses = readClauses(sentence, lexicon.language, topics);
    const roles = readRoles(sentence, units, lexicon);
    declarations.push(...clauses.declarations);
    document.push(...readConventions(sentence, units, lexicon, clauses.loose));
    formulas.push(...roles.facts);
    ({ introduces } = roles);
    if (clauses.topics.length) ({ topics } = clauses);
  }
  return { declarations, document, formulas, introduces };
}
