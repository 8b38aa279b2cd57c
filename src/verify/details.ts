/** Code and place of what is wrong: the narrowest part that is. */
import type { Place } from "../semantics/expression";
import type { Model } from "../semantics/model";
import type { Attempt } from "./attempt";
import { corrected, wrongMatrix } from "./cells";
import type { Claim } from "./claim";
import type { Conclusion } from "./conclusion";
import type { Finding } from "./finding";

export function details(model: Model, claim: Claim, conclusion: Conclusion, kind: Finding["kind"]): Pick<Finding, "code" | "range" | "wrongCells"> {
  const range = { start: claim.right.start, end: claim.right.end };
  if (conclusion.verdict === "convention") return { code: conclusion.code, range, wrongCells: [] };
  if (conclusion.verdict === "conditional") return { code: "missing-assumption", range, wrongCells: [] };
  if (conclusion.verdict !== "refuted") return { code: null, range, wrongCells: [] };
  const made = conclusion.attempt;
  const { repair } = conclusion;
  // Of `E = 0`, E is what is wrong.
  const repaired = repair && (repair.side === "right" || (claim.right.kind === "number" && claim.right.numerator === 0)) ? (repair.variant.wrong ?? repair.variant.place) : null;
  if (made.outcome !== "compared" || made.comparison.status !== "different") return { code: "shape-mismatch", range: repaired ?? narrow(made, range), wrongCells: [] };
  const code = kind === "equation" ? "equation-mismatch" : "gradient-mismatch";
  const wrong = repair ? null : wrongMatrix(made, claim);
  const [first] = wrong?.cells ?? [];
  if (!wrong || !first) return { code, range: repaired ?? range, wrongCells: [] };
  const mended = corrected(model, claim, conclusion.reading, wrong);
  const cells = mended ?? wrong.cells;
  return { code: mended && cells.length > 1 ? "misplaced-entries" : code, range: { start: first.start, end: first.end }, wrongCells: cells };
}

/** Where a shape clash stands, if it stands inside the right side. */
function narrow(made: Attempt, range: Place): Place {
  if (made.outcome === "compared") return range;
  const { start, end } = made.failure.place;
  return end > start && start >= range.start && end <= range.end ? { start, end } : range;
}
