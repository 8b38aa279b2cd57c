/**
 * Every code that a statement can carry, with one line on what it says. Each
 * has a page of its own in `docs/codes`, which tells the rest.
 */
export interface Code {
  readonly name: string;
  readonly summary: string;
}

export const codes: readonly Code[] = [
  { name: "gradient-mismatch", summary: "The stated derivative is not the derivative." },
  { name: "equation-mismatch", summary: "The two sides of an equation differ." },
  { name: "shape-mismatch", summary: "The shapes of two parts do not fit together." },
  { name: "label-mismatch", summary: "A brace's label names something else than what it embraces." },
  { name: "misplaced-entries", summary: "The entries of a matrix are right, but not where they stand." },
  { name: "index-pattern", summary: "An entry's index breaks the pattern of the matrix around it." },
  { name: "missing-assumption", summary: "True only under an assumption that the notes do not make." },
  { name: "layout", summary: "Right in the other layout than the notes use elsewhere." },
  { name: "tensor-shorthand", summary: "A matrix stands for a derivative that is really a higher tensor." },
  { name: "missing-partial", summary: "A denominator lacks its \\partial." },
  { name: "missing-ampersand", summary: "The cells of a matrix are not separated by &." },
  { name: "syntax", summary: "A formula could not be read as written." },
  { name: "stale-directive", summary: "A comment to the checker does nothing, or expects what is not so." },
];

export function findCode(name: string): Code | undefined {
  return codes.find((code) => code.name === name);
}
