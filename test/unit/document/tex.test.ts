import assert from "node:assert/strict";
import { outline, read } from "./reading";

function blocks(text: string): string[] {
  return outline(read(text, "paper.tex"));
}

function formulas(text: string): string[] {
  return read(text, "paper.tex").formulas.map(({ display, environment, source }) => `${display ? "D" : "i"}${environment === null ? "" : ` ${environment}`}: ${source.text}`);
}

describe("document: LaTeX formulas", () => {
  it("by their delimiters", () => {
    assert.deepEqual(formulas("$a$ \\(b\\) $$c$$ \\[d\\] \\ensuremath{e} \\begin{math}f\\end{math}"), ["i: a", "i: b", "D: c", "D: d", "i: e", "i math: f"]);
  });

  it("by their environments, labels kept", () => {
    assert.deepEqual(formulas("\\begin{equation}\\label{a} x \\end{equation}\\begin{align*}a &= b\\\\ c &= d\\end{align*}"), ["D equation: \\label{a} x ", "D align: a &= b\\\\ c &= d"]);
    assert.deepEqual(formulas("\\begin{alignat}{2} a &= b \\end{alignat}\\begin{IEEEeqnarray}{rCl} a \\end{IEEEeqnarray}"), ["D alignat:  a &= b ", "D IEEEeqnarray:  a "]);
    assert.deepEqual(formulas("\\begin{subequations}\\begin{align} a \\end{align}\\end{subequations}"), ["D align:  a "]);
  });

  it("by the file's own names for an environment's edges", () => {
    assert.deepEqual(formulas("\\def\\be{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\n\\be a \\ee x \\be b \\end{equation}"), ["D equation:  a ", "D equation:  b "]);
    assert.deepEqual(formulas("\\newenvironment{eq}{\\begin{equation}}{\\end{equation}}\n\\begin{eq} a \\end{eq}"), ["D eq:  a "]);
  });

  it("with text and comments inside", () => {
    assert.deepEqual(formulas("$a \\text{ if $b$ } c$ and $d % $ no\n e$"), ["i: a \\text{ if $b$ } c", "i: d % $ no\n e"]);
    assert.deepEqual(formulas("\\begin{align} a % \\end{align}\n \\end{align}"), ["D align:  a % \\end{align}\n "]);
  });

  it("not where TeX sees none", () => {
    const text = "\\$5 % $a$\n\\verb|$b$| \\begin{verbatim}$c$ {\\end{verbatim} \\begin{comment}$d$\\end{comment} \\begin{lstlisting}$e$\\end{lstlisting} \\iffalse $f$ \\fi \\url{$g$} $h$";
    assert.deepEqual(formulas(text), ["i: h"]);
  });

  it("which are not closed are reported and lose only themselves", () => {
    const text = "Cost $x and so\n\nnext $y$.\n\n\\[ a = b\n\n\\section{S} $z$ \\begin{align} c\n\n\\begin{align} d \\end{align} $$ e the words of\nprose go on";
    assert.deepEqual(formulas(text), ["i: y", "i: z", "D align:  d "]);
    assert.deepEqual(read(text, "a.tex").problems.map(({ message }) => message), ["`$` is not closed", "`\\[` is not closed", "`\\begin{align}` is not closed", "`$$` is not closed"]);
  });
});

describe("document: LaTeX text", () => {
  it("starts after the preamble, which defines, and ends with the document", () => {
    const text = "\\documentclass{a} % \\begin{document}\n\\usepackage{b}\\newcommand{\\R}{c} $no$\n\\begin{document}\nText $x$.\n\\end{document}\n$y$";
    assert.deepEqual(blocks(text), ["body: Text ⟦x⟧."]);
    assert.deepEqual(read(text, "a.tex").macros.map(({ name }) => name), ["\\R"]);
    assert.deepEqual(outline(read("\\newcommand{\\R}{c} $x$", "a.sty")), []);
  });

  it("reads as words", () => {
    const text = "Let \\emph{this \\textbf{be}} {\\bf bold}~so, see \\cite[p.~2]{a}\\ and Fig.~\\ref{f}: 5\\%, \\LaTeX\\ \\ldots\n  % comment $x$\nin ``quotes'' \\textcolor{red}{red} \\href{http://a}{link} a\\\\[2pt]b";
    assert.deepEqual(blocks(text), ["body: Let this be bold so, see  and Fig. : 5%, LaTeX …\n  in ``quotes'' red link a b"]);
  });

  it("without the chunks of code that are woven into it", () => {
    assert.deepEqual(blocks("a $x$\n<<echo=FALSE>>=\nd$y <- f$z # $w$\n@\nb\n<<c>>=\n@ %def\nd << e"), ["body: a ⟦x⟧", "body: b", "body: d << e"]);
    assert.equal(read("$x$", "a.Rnw").format, "latex");
  });

  it("takes a percent sign in an address for no comment", () => {
    assert.deepEqual(blocks("a \\url{http://b/%20c} d \\href{e%f}{g} $h$ % $i$"), ["body: a d g ⟦h⟧"]);
  });

  it("headings, by the outermost kind there is", () => {
    assert.deepEqual(blocks("\\section{A $x$}\\subsection*{B}\\paragraph{C} text\n\\subsubsection[short]{D \\emph{e}}"), ["heading 1: A ⟦x⟧", "heading 2: B", "heading 4: C", "body: text", "heading 3: D e"]);
    assert.deepEqual(blocks("\\chapter{A}\\section{B}"), ["heading 1: A", "heading 2: B"]);
  });

  it("paragraphs go on across displays, and end at blank lines", () => {
    assert.deepEqual(blocks("a\n\\[ b \\]\nc % d\n\ne\\par f"), ["body: a\n⟦ b ⟧\nc", "body: e", "body: f"]);
  });

  it("lists, quotes, tables, footnotes, captions", () => {
    assert.deepEqual(blocks("\\begin{enumerate}[a]\\item a $x$ \\begin{itemize}\\item[(i)] b\\end{itemize} c\\end{enumerate}d"), ["item ordered: a ⟦x⟧", "item: (i) b", "item ordered: c", "body: d"]);
    assert.deepEqual(blocks("\\begin{quote}a\\end{quote}b"), ["quote: a", "body: b"]);
    const document = read("\\begin{tabular}{l|l} $f$ & g \\\\ \\hline\n h & \\multicolumn{2}{c}{i} \\end{tabular}", "a.tex");
    assert.deepEqual(outline(document), ["cell: ⟦f⟧", "cell: g", "cell: h", "cell: i"]);
    assert.deepEqual(document.blocks.map((block) => (block.kind === "paragraph" && block.at ? [block.at.row, block.at.column] : null)), [[0, 0], [0, 1], [1, 0], [1, 1]]);
    assert.deepEqual(blocks("a\\footnote{b $x$\n\nc} d $y$\n\ne"), ["body: a d ⟦y⟧", "footnote: b ⟦x⟧\nc", "body: e"]);
    assert.deepEqual(blocks("\\begin{figure}[h]\\includegraphics[width=1cm]{a}\\caption{b $x$}\\end{figure}"), ["open figure", "body: b ⟦x⟧", "close figure"]);
  });

  it("theorems and the like are edges, called by their printed name", () => {
    assert.deepEqual(blocks("\\newtheorem{thm}{Theorem}[section]\\begin{thm}[Chain rule]\\label{t} If $x$\\end{thm}\\begin{proof}a\\end{proof}"), ["open theorem", "body: Chain rule", "body: If ⟦x⟧", "close theorem", "open proof", "body: a", "close proof"]);
  });

  it("Beamer's frames", () => {
    assert.deepEqual(blocks("\\begin{frame}[fragile]{T $t$}\\begin{block}{B}\\only<2->{a} \\item<1-> b\\end{block}\\end{frame}\\begin{frame}\\frametitle{U}c\\end{frame}"), [
      "open frame", "heading 4: T ⟦t⟧", "open block", "body: B", "body: a", "body: b", "close block", "close frame", "open frame", "heading 4: U", "body: c", "close frame",
    ]);
  });

  it("code, in the line and by itself", () => {
    assert.deepEqual(blocks("a \\texttt{(N, D)} \\verb+$x$+ \\lstinline[language=C]|b| c"), ["body: a ‹(N, D)›‹$x$›‹b› c"]);
    assert.deepEqual(blocks("\\begin{lstlisting}[language=Python, caption={a}]\nx\n\\end{lstlisting}\\begin{minted}[a]{julia}\ny\n\\end{minted}\\begin{verbatim}\nz\n\\end{verbatim}"), ["code python: x\n", "code julia: y\n", "code : z\n"]);
  });

  it("leaves out what is struck, and marks its formulas", () => {
    const document = read("a \\sout{b $x$} \\st{$y$} $z$", "a.tex");
    assert.deepEqual(outline(document), ["body: a ⟦x⟧⟦y⟧⟦z⟧"]);
    assert.deepEqual(document.formulas.map(({ struck }) => struck), [true, true, false]);
  });
});
