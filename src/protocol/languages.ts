/** The editor's languages that hold notes with mathematics. */
export const latexLanguages: readonly string[] = ["latex", "tex", "latex-expl3", "doctex"];

export const markdownLanguages: readonly string[] = ["markdown", "rmd", "rmarkdown", "quarto", "mdx", "juliamarkdown"];

export const languages: readonly string[] = [...markdownLanguages, ...latexLanguages];

/** Files of these kinds, for a whole workspace; the ending decides the language where no editor has the file open. */
export const fileEndings: Readonly<Record<string, string>> = { md: "markdown", markdown: "markdown", rmd: "rmd", qmd: "quarto", mdx: "mdx", tex: "latex", ltx: "latex", ipynb: "jupyter" };

/** The files of a workspace that may be notes. */
export const noteFiles = filesEndingIn(Object.keys(fileEndings));

/** Those and what notes in LaTeX read. */
export const watchedFiles = filesEndingIn([...Object.keys(fileEndings), "sty", "cls"]);

function filesEndingIn(endings: readonly string[]): string {
  return `**/*.{${endings.flatMap((ending) => [ending, ending.toUpperCase(), ending.charAt(0).toUpperCase() + ending.slice(1)]).join(",")}}`;
}
