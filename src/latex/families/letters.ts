/** Greek and other letters, signs that stand for themselves, and dots. */
import { named, symbols, words, type CommandTable } from "../command";

const greek = `
  alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega
  varepsilon vartheta varpi varrho varsigma varphi varkappa digamma
  Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
  Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi
  varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega`;

const signs = `
  partial nabla infty ell hbar hslash imath jmath wp Re Im aleph beth gimel daleth eth mho Finv Game Bbbk complement
  emptyset varnothing forall exists nexists neg lnot top bot prime backprime angle measuredangle sphericalangle
  dagger ddagger dag ddag Dagger intercal surd flat natural sharp degree checkmark maltese
  triangle triangledown square Box Diamond lozenge blacklozenge blacksquare blacktriangle blacktriangledown bigstar
  clubsuit diamondsuit heartsuit spadesuit diagup diagdown circledR circledS
  pounds yen copyright S P ss ae AE oe OE aa AA o O i j l L
  clubs spades hearts diamonds infin weierp alef alefsym image real empty exist thetasym`;

const dots = "ldots cdots vdots ddots dots dotsc dotsb dotsm dotsi dotso dotsx varvdots iddots adots hdots ldotp cdotp mathellipsis textellipsis";

export const letters: CommandTable = {
  ...symbols(greek),
  ...symbols(signs),
  ...symbols(dots),
  ...named("upalpha upbeta upgamma updelta upepsilon upzeta upeta uptheta upkappa uplambda upmu upnu upxi uppi uprho upsigma uptau upphi upchi uppsi upomega", (name) => ({ kind: "symbol", name: name.slice(2), font: "mathrm" })),
  ...Object.fromEntries(words("% # $ &").map((sign) => [sign, { kind: "symbol", name: sign }])),
};
