import { reads } from "./sketch";

describe("fonts", () => {
  it("gives one name to the spellings of a font", () => {
    reads("\\mathbf{x}\\mathbf x\\bold{x}\\textbf{x}", "mathbf.x mathbf.x mathbf.x mathbf.x");
    reads("\\boldsymbol{\\theta}\\bm\\theta\\pmb{\\theta}", "boldsymbol.\\theta boldsymbol.\\theta boldsymbol.\\theta");
    reads("\\mathbb{R}\\mathbbm{R}\\mathds R\\Bbb R", "mathbb.R mathbb.R mathbb.R mathbb.R");
    reads("\\mathcal{L}\\mathscr{L}\\mathfrak{L}\\mathsf{L}\\mathtt{L}\\mathit{L}\\mathrm{L}\\mathnormal{L}", "mathcal.L mathscr.L mathfrak.L mathsf.L mathtt.L mathit.L mathrm.L L");
  });
  it("keeps the innermost", () => reads("\\boldsymbol{\\mathcal{L}} \\mathrm{\\mathbf{x}}", "mathcal.L mathbf.x"));
  it("reaches every symbol inside, scripts too", () => reads("\\mathbf{A x_i}", "{mathbf.A mathbf.x_[mathbf.i]}"));
  it("leaves numbers in scripts numbers", () => reads("\\mathbf{A_1^{-1}}", "{mathbf.A_[1]^[- 1]}"));
  it("reads a bold 1 or 0 as a symbol", () => reads("\\mathbf{1}\\mathbf 0\\mathbb{1}\\boldsymbol{1}_n\\mathbf{11^\\top}", "mathbf.1 mathbf.0 mathbb.1 boldsymbol.1_[n] {mathbf.1 mathbf.1^[mathbf.\\top]}"));
  it("leaves other bold numbers numbers", () => reads("\\mathbf{10} \\mathrm{1} \\mathbf{2}", "10 1 2"));
  it("switches to the end of the group", () => reads("{\\bf x y} z \\rm d x", "{mathbf.x mathbf.y} z mathrm.d mathrm.x"));
  it("switches to the end of the cell", () => reads("\\begin{matrix} \\bf x & y \\end{matrix}", "matrix[mathbf.x & y]"));
  it("reads bold 1 after a switch", () => reads("{\\bf 1}^T", "{mathbf.1}^[T]"));
  it("makes names of upright words", () => reads("\\mathrm{tr}(A) \\mathsf{Var} \\mathtt{relu} {\\rm diag}(x) \\mathit{loss}", 'mathrm."tr" (: A :) mathsf."Var" mathtt."relu" {mathrm."diag"} (: x :) mathit."loss"'));
  it("leaves bold and calligraphic letters a product", () => reads("\\mathbf{Ax} \\mathcal{AB}", "{mathbf.A mathbf.x} {mathcal.A mathcal.B}"));
  it("leaves one upright letter a symbol", () => reads("\\mathrm{d}x \\mathrm{T}", "mathrm.d x mathrm.T"));
  it("makes names inside of something longer", () => reads("\\mathrm{tr(A) + softmax_i}", '{mathrm."tr" (: mathrm.A :) + mathrm."softmax"_[mathrm.i]}'));
  it("makes names with digits", () => reads("\\mathrm{log1p}(x) \\mathrm{conv2d}", 'mathrm."log1p" (: x :) mathrm."conv2d"'));
  it("keeps single letters apart", () => reads("\\mathrm{A B}", "{mathrm.A mathrm.B}"));
  it("reads words of a sentence as text", () => reads("x \\mathrm{if} y, \\mathrm{subject to}\\ z", "x 'if' y , 'subject to' z"));
  it("is not lost by an argument", () => reads("\\mathbf{x}^y \\mathbf{\\hat{x}} \\hat{\\mathbf x}", "mathbf.x^[y] {hat[mathbf.x]} hat[mathbf.x]"));
});
