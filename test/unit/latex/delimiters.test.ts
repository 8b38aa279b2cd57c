import { reads, readsWith } from "./sketch";

describe("delimiters", () => {
  it("pairs bare brackets in a row", () => reads("(a + [b] \\{c\\}) \\langle x, y \\rangle \\lfloor z \\rfloor \\lceil z \\rceil", "(: a + [: b :] {: c :} :) langle: x , y :rangle lfloor: z :rfloor lceil: z :rceil"));
  it("knows their other spellings", () => reads("\\lbrack a \\rbrack \\lbrace b \\rbrace \\lparen c \\rparen", "[: a :] {: b :} (: c :)"));
  it("pairs \\left and \\right", () => reads("\\left( \\frac ab \\right)^2 \\left[ x \\right) \\left\\{ y \\right. \\left< z \\right>", "(! frac[a][b] !)^[2] [! x !) {! y !. langle! z !rangle"));
  it("reads sized and directed bars as brackets", () => {
    reads("\\left| x \\right| \\left\\| y \\right\\| \\left\\lVert z \\right\\rVert", "|! x !| ‖! y !‖ ‖! z !‖");
    reads("\\lvert x \\rvert \\lVert y \\rVert_F^2", "|: x :| ‖: y :‖_[F]^[2]");
    reads("\\bigl| x \\bigr| \\big\\| y \\big\\| \\Big| z \\Big|^2", "|! x !| ‖! y !‖ |! z !|^[2]");
  });
  it("pairs the sizes", () => reads("\\big( a \\big) \\bigl[ b \\bigr] \\Bigg\\{ c \\Bigg\\} \\biggl\\langle d \\biggr\\rangle", "(! a !) [! b !] {! c !} langle! d !rangle"));
  it("leaves a lone sized bar an operator", () => {
    reads("f(x) \\Big|_{x=0} + g \\bigg\\rvert_{y}", "f (: x :) |_[x = 0] + g |_[y]");
    reads("p(x \\big| y) q(x \\,\\bigm|\\, y) \\big/ z", "p (: x | y :) q (: x | y :) / z");
    reads("\\mathbb{E}\\big[ X \\big| Y \\big]", "mathbb.E [! X | Y !]");
  });
  it("reads \\middle as an operator", () => reads("\\left\\{ x \\middle| x > 0 \\right\\}", "{! x | x > 0 !}"));
  it("reads evaluation at a point", () => reads("\\left. \\frac{df}{dx} \\right|_{x=0}", ".! frac[d f][d x] !|_[x = 0]"));
  it("reads half-open intervals", () => {
    reads("[0, 1) (0, 1] f([0, 1))", "[: 0 , 1 :) (: 0 , 1 :] f (: [: 0 , 1 :) :)");
    reads("x \\in ]0, 1[", "x \\in ]: 0 , 1 :[");
    reads("[0, 1[ \\cup y", "[: 0 , 1 :[ \\cup y");
  });
  it("nests", () => reads("((a)(b))^{-1}", "(: (: a :) (: b :) :)^[- 1]"));
  it("keeps a bracket that spans the rows of an alignment", () => reads("\\begin{aligned} a &= (b + \\\\ &\\quad c) \\end{aligned}", "aligned[a & = ( b + ; · & ~quad c )]"));
  it("reports brackets without a partner", () => {
    readsWith("f(x + 1", "f ( x + 1", ["warning 1-2 '(' is not closed"]);
    readsWith("(x + 1))", "(: x + 1 :) )", ["warning 7-8 ')' closes nothing"]);
    readsWith("(a + \\{b)", "(: a + { b :)", ["warning 5-7 '{' is not closed"]);
    readsWith("\\frac{(a}{b} \\rangle", "frac[( a][b] \\rangle", ["warning 6-7 '(' is not closed", "warning 13-20 'rangle' closes nothing"]);
  });
  it("reports \\left without \\right, and reads on", () => {
    readsWith("\\left( x + y", "(! x + y !.", ["error 0-6 '\\left' is not closed by a '\\right'"]);
    readsWith("{\\left[ x} y", "{[! x !.} y", ["error 1-7 '\\left' is not closed by a '\\right'"]);
    readsWith("x \\right) y", "x ) y", ["error 2-9 '\\right' without a '\\left'"]);
    readsWith("\\left( {x \\right)", "(! {x} !)", ["error 7-8 '{' is not closed"]);
  });
  it("reports \\left across cells", () =>
    readsWith("\\begin{aligned} a &= \\left( b \\\\ &+ c \\right) \\end{aligned}", "aligned[a & = (! b !. ; · & + c )]", ["error 21-27 '\\left' is not closed by a '\\right'", "error 38-45 '\\right' without a '\\left'"]));
  it("reports a missing delimiter", () => readsWith("\\left x \\right) \\big", ".! x !)", ["error 0-5 '\\left' needs a delimiter", "error 16-20 '\\big' needs a delimiter"]));
  it("reads a brace that lost its backslash", () => readsWith("\\left{ x \\right}", "{! x !}", ["error 5-6 '{' is no delimiter, '\\{' is", "error 15-16 '}' is no delimiter, '\\}' is"]));
  it("reports \\middle outside", () => readsWith("a \\middle| b", "a | b", ["error 2-10 '\\middle' outside of '\\left' and '\\right'"]));
});
