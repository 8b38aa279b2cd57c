/** Which document a LaTeX file belongs to, as far as the file itself says. */

/** The file that is compiled in its place: `% !TEX root = ../main.tex`, `\documentclass[../main]{subfiles}`; relative to the file. */
export function mainFileOf(text: string): string | null {
  const magic = /^\s*%\s*!\s*TEX\s+root\s*=\s*(\S.*?)\s*$/im.exec(text.slice(0, 4000));
  const subfile = /^[^%\n]*\\documentclass\s*\[([^\]\n]{1,300})\]\s*\{subfiles\}/m.exec(text);
  const named = magic?.[1] ?? subfile?.[1]?.trim() ?? null;
  return named === null || /\.[A-Za-z]+$/.test(named) ? named : `${named}.tex`;
}

/** Whether a file is a document by itself, and not a part of one. */
export function isWholeDocument(text: string): boolean {
  return /^[^%\n]*\\(?:documentclass|documentstyle|begin\{document\})/m.test(text);
}
