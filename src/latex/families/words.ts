/**
 * Words with a meaning: the functions, and what belongs to the sentence around
 * a formula. `\text{if}` is prose, where `\text{softmax}` is a name.
 */
import { words } from "../command";

/** Functions that LaTeX has a command for. */
export const functions: ReadonlySet<string> = new Set(
  words(`
  arccos arcsin arctan arctg arcctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg det dim exp gcd hom inf injlim ker lg lim liminf limsup
  ln log max min plim Pr projlim sec sh sin sinh sup tan tanh tg th`),
);

/** Functions that notes write as commands without declaring them. */
export const undeclaredFunctions: ReadonlySet<string> = new Set(
  words(`
  tr Tr trace Trace diag Diag rank Rank softmax sigmoid relu ReLU sign sgn argmin argmax Var Cov Corr cov corr KL const
  erf Res logdet vech Vec vecop mvec supp dom conv spn span Span nullspace range col row proj prox dist card vol cl
  cond adj blkdiag bdiag GELU gelu softplus logsumexp LSE Softmax Attention MLP MSE BCE CE Exp Uniform Bernoulli Normal
  median mode mean std SE Dir Cat sech csch arcsec arccsc arccot arcsinh arccosh arctanh arsinh arcosh artanh asin acos atan acsc asec acot curl divergence
  sinc lcm ord sym skew`),
);

export function isFunctionWord(word: string): boolean {
  return functions.has(word) || undeclaredFunctions.has(word) || word === "vec";
}

const prose: ReadonlySet<string> = new Set(
  words(`
  if for and or where with otherwise else then when whenever while such that subject to so since thus hence therefore because let given is are was
  be by of on in as at an the a from into over all any every each some no not but also only iff via using per we have has it its this these those
  which who whose there here now note recall suppose assume follows implies gives yields equals becomes means denotes define defined respectively
  likewise similarly finally first second third next both either neither unless until after before about between
  elsewhere case cases
  wenn sonst falls und oder mit für bei wobei dann also aus von ist
  si sinon et ou où avec pour alors donc est
  para con donde otro caso entonces sino y o
  se altrimenti per dove allora senão então onde`),
);

export function isProse(word: string): boolean {
  return prose.has(word.toLowerCase());
}
