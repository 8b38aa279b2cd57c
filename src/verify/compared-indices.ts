/** What a claim says of its indices: `i \\neq j`, each two neighbours of `1 < k < n`, and where a member that a definition chooses is another one. */
import { comparedIndices } from "../readings/conditions";
import type { Lowering } from "../readings/lower";
import type { Expr } from "../semantics/expression";
import { definitionsOf } from "./alternatives";
import type { Claim } from "./claim";
import { chosenPairs } from "./two-members";

/** Notes where the indices are as they should be: of other places the claim says nothing. */
export function noteCompared(lowering: Lowering, claim: Claim): void {
  const noted = claim.located.assertion.notes.flatMap((note) => (note.kind === "relation" ? [note.relation] : []));
  const said = [...noted, ...(claim.inCase ?? [])].flatMap(({ sides, links }) => links.map(({ operator }, at) => ({ left: sides[at] as Expr, right: sides[at + 1] as Expr, operator })));
  const apart = lowering.reading.members === "different" ? chosenPairs(claim, lowering.model, definitionsOf(lowering.model, claim)).map(([left, right]) => ({ left, right, operator: "\\neq" })) : [];
  for (const { left, right, operator } of [...said, ...apart]) {
    const holds = comparedIndices(lowering, left, right, operator);
    if (holds?.free.length) lowering.domains.set(`${left.start} ${operator} ${right.start}`, holds);
  }
}
