/** The names of LaTeX environments, by what they hold. Names are without star. */

/** Displayed by themselves; their rows are what is inside. */
const displayed = new Set(
  "equation align alignat xalignat xxalignat flalign gather multline eqnarray displaymath math dmath dgroup darray IEEEeqnarray split aligned alignedat gathered multlined".split(" "),
);

/** Parts of a formula: where one stands bare in Markdown it is the formula, `\begin` and all. */
const parts = new Set("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases dcases rcases".split(" "));

/** With an argument in braces after the name, which is no part of the formula. */
const withArgument = new Set(["alignat", "xalignat", "xxalignat", "alignedat", "IEEEeqnarray"]);

/** What may nest in itself. */
const nesting = new Set([...parts, "split", "aligned", "gathered", "alignedat"]);

export type MathEnvironment = "displayed" | "part";

export function mathEnvironment(name: string): MathEnvironment | null {
  if (displayed.has(name)) return "displayed";
  return parts.has(name) ? "part" : null;
}

export function nestsInItself(name: string): boolean {
  return nesting.has(name);
}

export function unstarred(name: string): string {
  return name.endsWith("*") ? name.slice(0, -1) : name;
}

/** Where the source starts: after `[t]` and `{2}` that follow `\begin{name}`, which ends at `from`. */
export function afterArguments(text: string, from: number, name: string): number {
  let at = from;
  if (text[at] === "[" && /^\[[a-zA-Z,!-]{0,8}\]/.test(text.slice(at, at + 10))) at = text.indexOf("]", at) + 1;
  if (!withArgument.has(name) || text[at] !== "{") return at;
  const close = text.indexOf("}", at);
  return close < 0 || close - at > 80 ? at : close + 1;
}
