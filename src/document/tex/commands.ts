/**
 * What commands and environments of running LaTeX text do to the text, as
 * tables. A command that is in none of them is dropped, its arguments read as
 * text: right for all that only format.
 */

/** Sectioning, from the outside in. */
export const sections = ["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"] as const;

/**
 * Arguments that are no text, in order: `o` in brackets, if there; `m` in braces;
 * `*` a star, if there. Arguments after these are read as text.
 */
export const dropped: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "*oom": "cite citet citep citealt citealp citeauthor citeyear parencite textcite autocite footcite nocite",
    "*m": "ref eqref autoref cref Cref vref pageref nameref label hspace vspace tag",
    m: "bibliographystyle bibliography addbibresource index glossary pagestyle thispagestyle pagenumbering theoremstyle graphicspath geometry hypersetup lstset sisetup tikzset usetikzlibrary captionsetup input hyphenation url path href bibitem newcounter stepcounter refstepcounter fontsize selectlanguage usetheme usecolortheme hypertarget hyperlink vskip hskip author date title subtitle institute email affiliation address keywords subject cline linespread color raisebox scalebox colorbox pgfplotsset mathversion",
    om: "documentclass usepackage RequirePackage includegraphics bibitem color textcolor parbox newlength listoffigures RaggedRight",
    mm: "setlength addtolength setcounter addtocounter numberwithin resizebox multicolumn fcolorbox DeclareGraphicsRule newlength settowidth titleformat rule hyperref",
    mmm: "definecolor multirow DeclareFixedFont",
    oo: "makebox framebox",
    o: "linebreak pagebreak nolinebreak nopagebreak item",
  }).flatMap(([spec, names]) => names.split(" ").map((name) => [name, spec] as const)),
);

/** Commands that stand for characters. */
export const characters: ReadonlyMap<string, string> = new Map(
  Object.entries({ ldots: "…", dots: "…", textellipsis: "…", quad: " ", qquad: " ", enspace: " ", space: " ", newline: " ", linebreak: " ", LaTeX: "LaTeX", TeX: "TeX", ss: "ß", ae: "æ", AE: "Æ", oe: "œ", o: "ø", O: "Ø", aa: "å", AA: "Å", l: "ł", L: "Ł", i: "i", j: "j", textbackslash: "\\", textbar: "|", textless: "<", textgreater: ">", S: "§", copyright: "©" }),
);

/** Text that stands beside the paragraph. */
export const asides = new Set(["footnote", "footnotetext", "thanks", "marginpar", "todo", "sidenote", "marginnote"]);

export const strikes = new Set(["sout", "st", "xout", "textst", "hcancel"]);

export const inlineCode = new Set(["texttt", "code", "lstinline", "mintinline", "verb"]);

/** Environments whose content is not LaTeX text; the value says whether it is code to show. */
export const verbatim: ReadonlyMap<string, boolean> = new Map([
  ...["verbatim", "Verbatim", "BVerbatim", "LVerbatim", "lstlisting", "minted", "alltt", "pythoncode", "juliacode"].map((name) => [name, true] as const),
  ...["comment", "filecontents", "tikzpicture", "pgfpicture", "picture", "asy", "algorithmic", "algorithm2e", "forest"].map((name) => [name, false] as const),
]);

/** Environments with cells, and the arguments after `\begin`. */
export const tables: ReadonlyMap<string, string> = new Map([
  ["tabular", "om"],
  ["tabular*", "mom"],
  ["tabularx", "mom"],
  ["tabulary", "mom"],
  ["longtable", "om"],
  ["tabu", "m"],
  ["array", "om"],
]);

export const lists: ReadonlyMap<string, boolean> = new Map([
  ["itemize", false],
  ["description", false],
  ["compactitem", false],
  ["enumerate", true],
  ["compactenum", true],
  ["enumerate*", true],
  ["itemize*", false],
]);

export const quotes = new Set(["quote", "quotation", "verse", "displayquote"]);

/** Environments that only format, and the arguments after `\begin`. All others have edges. */
export const formats: ReadonlyMap<string, string> = new Map([
  ...["center", "flushleft", "flushright", "small", "footnotesize", "scriptsize", "large", "document", "subequations", "spacing", "columns", "onehalfspace", "doublespace", "titlepage", "appendices", "sloppypar", "samepage", "landscape", "otherlanguage", "onecolumn", "group", "mdframed"].map((name) => [name, name === "spacing" || name === "otherlanguage" ? "m" : "o"] as const),
  ["minipage", "ooom"],
  ["column", "om"],
  ["multicols", "m"],
  ["wrapfigure", "omm"],
  ["adjustbox", "m"],
  ["thebibliography", "m"],
  ["tcolorbox", "o"],
]);
