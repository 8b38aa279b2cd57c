/**
 * The names that notes use for functions, each with the one name it is known
 * by in the layers above. A single table: the parser asks it whether a run of
 * letters is a word, the lowering asks it which function that word is.
 */
export interface Word {
  readonly fn: string;
  /** Whether it may stand before its argument without parentheses (`\log x`, `\operatorname{tr} A`). */
  readonly prefix: boolean;
  /** Whether an argument without parentheses goes on over the following factors (`\operatorname{tr} A B`). */
  readonly wide: boolean;
}

const narrow = (fn: string): Word => ({ fn, prefix: true, wide: false });
const wide = (fn: string): Word => ({ fn, prefix: true, wide: true });
const called = (fn: string): Word => ({ fn, prefix: false, wide: false });

const table: Readonly<Record<string, Word>> = {
  log: narrow("log"),
  ln: narrow("log"),
  exp: narrow("exp"),
  sin: narrow("sin"),
  cos: narrow("cos"),
  tan: narrow("tan"),
  sen: narrow("sin"),
  tg: narrow("tan"),
  sinh: narrow("sinh"),
  cosh: narrow("cosh"),
  tanh: narrow("tanh"),
  sh: narrow("sinh"),
  ch: narrow("cosh"),
  th: narrow("tanh"),
  cth: narrow("coth"),
  arcsin: narrow("asin"),
  arccos: narrow("acos"),
  arctan: narrow("atan"),
  arcsen: narrow("asin"),
  arctg: narrow("atan"),
  asin: narrow("asin"),
  acos: narrow("acos"),
  atan: narrow("atan"),
  atan2: called("atan2"),
  arctan2: called("atan2"),
  arccot: narrow("acot"),
  arcctg: narrow("acot"),
  acot: narrow("acot"),
  arcsec: narrow("asec"),
  arccsc: narrow("acsc"),
  arccosec: narrow("acsc"),
  arsinh: narrow("asinh"),
  arcsinh: narrow("asinh"),
  asinh: narrow("asinh"),
  arcosh: narrow("acosh"),
  arccosh: narrow("acosh"),
  acosh: narrow("acosh"),
  artanh: narrow("atanh"),
  arctanh: narrow("atanh"),
  atanh: narrow("atanh"),
  arcoth: narrow("acoth"),
  arccoth: narrow("acoth"),
  arcsech: narrow("asech"),
  arsech: narrow("asech"),
  arccsch: narrow("acsch"),
  arcsch: narrow("acsch"),
  tr: wide("trace"),
  Tr: wide("trace"),
  TR: wide("trace"),
  trace: wide("trace"),
  Trace: wide("trace"),
  Spur: wide("trace"),
  Sp: wide("trace"),
  traza: wide("trace"),
  det: wide("det"),
  Det: wide("det"),
  logdet: wide("logdet"),
  rank: wide("rank"),
  vec: narrow("vec"),
  Vec: narrow("vec"),
  vech: narrow("vech"),
  diag: narrow("diag"),
  Diag: narrow("diag"),
  diagonal: called("diag"),
  dg: called("diag"),
  adj: narrow("adjugate"),
  cof: narrow("cofactor"),
  Cof: narrow("cofactor"),
  cofactor: narrow("cofactor"),
  factorial: called("factorial"),
  adjugate: called("adjugate"),
  softmax: narrow("softmax"),
  Softmax: narrow("softmax"),
  SoftMax: narrow("softmax"),
  logsoftmax: narrow("logsoftmax"),
  LogSoftmax: narrow("logsoftmax"),
  logsumexp: narrow("logsumexp"),
  LogSumExp: narrow("logsumexp"),
  LSE: narrow("logsumexp"),
  lse: narrow("logsumexp"),
  sigmoid: narrow("sigmoid"),
  Sigmoid: narrow("sigmoid"),
  sigm: narrow("sigmoid"),
  logit: narrow("logit"),
  logistic: called("sigmoid"),
  expit: called("sigmoid"),
  softplus: narrow("softplus"),
  Softplus: narrow("softplus"),
  relu: narrow("relu"),
  ReLU: narrow("relu"),
  Relu: narrow("relu"),
  RELU: narrow("relu"),
  LeakyReLU: called("leakyRelu"),
  ELU: called("elu"),
  elu: called("elu"),
  gelu: narrow("gelu"),
  GELU: narrow("gelu"),
  silu: narrow("silu"),
  SiLU: narrow("silu"),
  mish: narrow("mish"),
  Mish: narrow("mish"),
  softsign: narrow("softsign"),
  swish: narrow("silu"),
  Swish: narrow("silu"),
  sgn: narrow("sign"),
  sign: narrow("sign"),
  abs: called("abs"),
  sqrt: called("sqrt"),
  erf: narrow("erf"),
  erfc: narrow("erfc"),
  sum: called("sumAll"),
  rowsum: called("rowSums"),
  rowSum: called("rowSums"),
  RowSum: called("rowSums"),
  rowsums: called("rowSums"),
  colsum: called("columnSums"),
  colSum: called("columnSums"),
  ColSum: called("columnSums"),
  colsums: called("columnSums"),
  mean: called("mean"),
  var: called("variance"),
  max: narrow("max"),
  min: narrow("min"),
  argmin: narrow("argmin"),
  argmax: narrow("argmax"),
  arg: narrow("arg"),
  prod: called("prod"),
  prox: called("prox"),
  KL: called("kl"),
  expm: narrow("expm"),
  etr: narrow("etr"),
  lgamma: called("loggamma"),
  gammaln: called("loggamma"),
  digamma: called("digamma"),
  step: called("step"),
  Pr: called("probability"),
  inv: called("inverse"),
  cosec: called("csc"),
  csc: narrow("csc"),
  sec: narrow("sec"),
  cot: narrow("cot"),
  ctg: narrow("cot"),
  cotg: narrow("cot"),
  sech: narrow("sech"),
  csch: narrow("csch"),
  coth: narrow("coth"),
  norm: called("norm"),
  concat: called("concat"),
  sym: called("symmetricPart"),
  skew: called("skewPart"),
  tril: called("tril"),
  triu: called("triu"),
  crossMatrix: called("crossMatrix"),
};

/** Every spelling, in the order of the table. */
export function functionWords(): readonly (readonly [string, Word])[] {
  return Object.entries(table);
}

export function wordOf(name: string): Word | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The longest word of at least two letters that `letters` begins with. */
export function longestWord(letters: string): string | null {
  for (let length = Math.min(letters.length, 11); length >= 2; length--) {
    const candidate = letters.slice(0, length);
    if (wordOf(candidate)) return candidate;
  }
  return null;
}

/** p of `logp`; null where letters are anything else. */
export function logarithmOf(letters: string): string | null {
  return /^(?:log|ln)([A-Za-z])$/.exec(letters)?.[1] ?? null;
}

/** Letters that are functions where parentheses follow and nothing else is known of them. */
const functionLetters = new Set(["f", "g", "h", "F", "G", "phi", "varphi", "psi", "sigma", "varsigma", "rho", "ell", "L", "J", "p", "q", "l", "loss", "Gamma", "Phi", "Psi", "T", "u", "v", "r"]);
const surelyFunctionLetters = new Set(["f", "g", "h", "phi", "varphi", "psi", "sigma", "varsigma", "ell", "L", "J", "p", "F", "Gamma"]);

export function looksLikeFunction(name: string): boolean {
  return surelyFunctionLetters.has(name);
}

export function mayBeFunction(name: string): boolean {
  return functionLetters.has(name);
}
