/** "Its gradient is $2Xw$", "the gradient is $2Xw$": of the only function before it, or of one among several, or with what words have added. */
import { type Case, leftOpen } from "./case";
import type { Unchecked } from "./conclusion";
import { bringsLetters } from "./short-letters";

export function functionUnsaid(one: Case): Unchecked | null {
  const { model, claim, first } = one;
  const { said, section, paragraph, position } = claim.located;
  if (!said?.amidst || (said.derivative && said.derivative !== claim.left)) return null;
  const defined = model.located.filter((other) => other.section === section && other.position < position && model.defining.has(other.id) && !other.said?.derivative);
  const beside = said.amidst === "paragraph" ? defined.filter((other) => other.paragraph === (defined.at(-1)?.paragraph === paragraph ? paragraph : paragraph - 1)) : defined;
  // "the Hessian $H = \\dots$" is of none of the letters that say what a function with arguments is made of.
  const rivals = said.derivative ? beside.filter(({ assertion: { sides: [left] } }) => left?.kind === "apply") : beside;
  const functions = new Set(rivals.map(({ id }) => model.defining.get(id)));
  const isOpen = said.amidst === "anything" || functions.size > 1 || (first.outcome === "compared" && bringsLetters(model, claim.located, claim.left, claim.right, first));
  return isOpen ? leftOpen(one, "which function it is the derivative of is not said") : null;
}
