/** What is painted how on a terminal; without colour every text is left as it is. */
export type Role = "error" | "warning" | "information" | "hint" | "good" | "frame" | "aside" | "inserted" | "deleted" | "strong" | "faint";

export type Paint = (role: Role, text: string) => string;

export const plainPaint: Paint = (_role, text) => text;

const escapes: Readonly<Record<Role, string>> = {
  error: "1;31",
  warning: "1;33",
  information: "1;36",
  hint: "1;35",
  good: "1;32",
  frame: "1;34",
  aside: "34",
  inserted: "32",
  deleted: "31",
  strong: "1",
  faint: "2",
};

export const ansiPaint: Paint = (role, text) => (text ? `\u001b[${escapes[role]}m${text}\u001b[0m` : "");
