/**
 * A document's formulas read twice: what is a function before parentheses, how
 * symbols are numbered and what `d` is are known only once all declarations
 * are read. Formulas that ask for none of it are read once.
 */
import { sameData } from "../base/same";
import type { Document, Formula } from "../document/types";
import type { ParsedMath } from "../latex";
import { withClassLabels } from "./class-labels";
import { withCotangents } from "./cotangents";
import { type ReadFormula, readFormula, type ReadOptions } from "./expression";
import { withDecimalCommas } from "./decimal-commas";
import { withGradientsAbove } from "./gradients-above";
import { hintsOf } from "./hints";
import { withRaisedIndices } from "./indices-on-the-line";
import { type Model, understand } from "./model";
import { isPlain, numbersAbove, type Numbering, numbersBesides } from "./numbering";
import { withNumberedGradients } from "./short-gradients";
import { withSpelledNames } from "./spelled-names";
import { writesPrimedTransposes, writesSmallTransposes } from "./transposes";
import { outdatedSymbols, updatedSymbols } from "./updated";

export function modelOf(document: Document, asWritten: readonly ParsedMath[]): Model {
  const parsed = withClassLabels(withGradientsAbove(withRaisedIndices(withSpelledNames(withDecimalCommas(asWritten)))));
  const asking = new Set<number>();
  const readAll = (options: ReadOptions): readonly ReadFormula[] => parsed.map((one, id) => readFormula(one, { ...options, isFunction: () => void asking.add(id), isDeclared: () => !asking.add(id), origin: () => void asking.add(id) }));
  const plain = readAll({});
  const above = { smallTransposes: writesSmallTransposes(plain), primedTransposes: writesPrimedTransposes(plain), updated: updatedSymbols(plain), outdated: outdatedSymbols(plain) };
  const written = above.smallTransposes || above.primedTransposes || above.updated.size || above.outdated.size ? readAll(above) : plain;
  const { before, first, numbering } = renumbered(document, written, (numbering) => readAll({ ...above, numbering }));
  const hintsAt = hintsOf(first, before);
  const sections = new Map([...first.located].reverse().map(({ formula, section }) => [formula, section]));
  const second = parsed.map((one, id) => {
    const hints = hintsAt({ position: (document.formulas[id] as Formula).span.start, section: sections.get(id) ?? 0 });
    const earlier = before[id] as ReadFormula;
    if (!asking.has(id) && !hints.dIsVariable && !hints.dIsSize && !hints.varying.size && !hints.namedDifferentials.size) return earlier;
    const again = readFormula(one, { ...hints, ...above, ...(numbering ? { numbering } : {}) });
    return sameData(earlier, again) ? earlier : again;
  });
  const read = second.every((one, id) => one === before[id]) ? first : understand(document, second, first);
  const full = withCotangents(read, withNumberedGradients(read, second));
  return full === second ? read : understand(document, full, read);
}

/** The formulas as they are read once it is known how the document numbers its symbols. */
function renumbered(document: Document, written: readonly ReadFormula[], read: (numbering: Numbering) => readonly ReadFormula[]): { before: readonly ReadFormula[]; first: Model; numbering?: Numbering } {
  const taken = understand(document, written);
  const above = numbersAbove(taken);
  const powers = isPlain(above) ? written : read(above);
  const numbering = numbersBesides(powers === written ? taken : understand(document, powers, taken), above);
  if (isPlain(numbering)) return { before: written, first: taken };
  const before = read(numbering);
  return { before, first: understand(document, before, taken), numbering };
}
