import { reads } from "./sketch";

describe("numbers", () => {
  it("reads digits as one number", () => reads("12x + 0.5 y", "12 x + 0.5 y"));
  it("reads a leading point", () => reads("\\alpha = .5", "\\alpha = .5"));
  it("leaves the full stop of the sentence alone", () => reads("x = 2.", "x = 2 ."));
  it("joins thousands", () => reads("1{,}000 + 12{,}345{,}678", "1000 + 12345678"));
  it("reads a decimal comma", () => reads("0{,}25 + 3{,}14 + 0{,}125", "0.25 + 3.14 + 0.125"));
  it("leaves a bare comma a separator", () => reads("(1,000)", "(: 1 , 000 :)"));
  it("keeps numbers apart that have a blank between them", () => reads("1 2 . 5", "1 2 . 5"));
  it("takes one digit where there are no braces", () => reads("\\frac12 x_12 y^34 \\sqrt23", "frac[1][2] x_[1] 2 y^[3] 4 sqrt[2] 3"));
  it("does not take the point as an argument of more than itself", () => reads("x_{1.5}", "x_[1.5]"));
});
