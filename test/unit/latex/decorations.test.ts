import { reads, readsWith } from "./sketch";

describe("roots and accents", () => {
  it("reads roots", () => reads("\\sqrt{x} \\sqrt[3]{x} \\sqrt x \\sqrt[n+1]2 \\root 3 \\of x", "sqrt[x] sqrt<3>[x] sqrt[x] sqrt<n + 1>[2] sqrt<3>[x]"));
  it("keeps brackets inside an index apart", () => reads("\\sqrt[a_{[i]}]{x} \\sqrt[[a]]{x}", "sqrt<a_[[: i :]]>[x] sqrt<[: a :]>[x]"));
  it("closes an index at no bracket inside of braces", () => readsWith("\\sqrt[{a]}]{x}", "sqrt<{a ]}>[x]", ["warning 8-9 ']' closes nothing"]));
  it("reports an index that is not closed", () => readsWith("\\sqrt[3 x", "sqrt<3 x>[]", ["error 0-5 '\\sqrt' needs an argument", "error 5-6 '[' is not closed"]));
  it("reads accents", () => reads("\\hat x \\widehat{AB} \\tilde{x}_i \\bar y^2 \\vec{v} \\dot\\theta \\overline{z} \\underline w", "hat[x] widehat[A B] tilde[x]_[i] bar[y]^[2] vec[v] dot[\\theta] overline[z] underline[w]"));
  it("stacks them", () => reads("\\hat{\\bar x} \\dot{\\hat{\\mathbf{x}}}", "hat[bar[x]] dot[hat[mathbf.x]]"));
});

describe("labels", () => {
  it("reads the label of a brace", () => {
    reads("\\overbrace{AB}^{C} \\underbrace{x + y}_{\\text{sum}} \\underbrace{z}_n^2", 'overbrace[A B]{C} underbrace[x + y]{mathrm."sum"} underbrace[z]{n}^[2]');
    reads("\\overbrace{A}\\limits^B \\overbrace{A} \\overbrace{A}_B", "overbrace[A]{B} overbrace[A] overbrace[A]_[B]");
  });
  it("reads over- and undersets", () => reads("a \\overset{!}{=} b \\underset{x}{\\max} c \\stackrel{\\text{def}}{=} d", 'a overset[=]{!} b underset["max"]{x} c stackrel[=]{mathrm."def"} d'));
  it("reads extensible arrows", () => reads("\\xrightarrow{f} \\xleftarrow[n]{d} \\xrightarrow{}", "xrightarrow[\\rightarrow]{f} xleftarrow[\\leftarrow]{d}_[n] xrightarrow[\\rightarrow]"));
});

describe("decorations", () => {
  it("reads what is inside boxes and strokes", () => reads("\\boxed{x = y} \\cancel{x} \\bcancel y \\fbox{$z$} \\bbox[yellow]{w}", "boxed[x = y] cancel[x] bcancel[y] fbox[z] bbox[w]"));
  it("reads colours with and without a body", () => reads("\\color{red}{x} y \\color{blue} z \\textcolor{red}{w} \\textcolor[rgb]{1,0,0}{v} \\colorbox{red}{$u$}", "color[x] y z textcolor[w] textcolor[v] colorbox[u]"));
  it("drops phantoms and keeps laps", () => reads("a\\phantom{xx}b\\vphantom{y}\\hphantom{z} \\mathrlap{c} \\smash[b]{d}", "a b mathrlap[c] smash[d]"));
  it("reads what has a class or a link", () => reads("\\class{c}{x} \\href{http://a.b}{y} \\enclose{circle}{z}", "class[x] href[y] enclose[z]"));
});
