/** What every language borrows: names of functions and a few terms. */
import type { Language } from "./language";

export const shared: Language = {
  code: "",
  script: "latin",
  marks: [],
  plural: null,
  head: "last",
  grammar: {},
  facts: {
    oneHot: ["one hot", "onehot"],
    oneHotVector: ["one hot vector|label|target|encoding"],
    symmetricPositiveDefinite: ["spd"],
    positiveSemidefinite: ["psd"],
  },
  functions: {
    sigmoid: ["sigmoid"],
    tanh: ["tanh"],
    relu: ["relu"],
    leakyRelu: ["leaky relu"],
    softplus: ["softplus"],
    softmax: ["softmax"],
    logsumexp: ["logsumexp", "log sum exp"],
    gelu: ["gelu"],
    silu: ["silu", "swish"],
  },
  relations: {},
  parts: {},
  formulas: { wrong: ["❌"], question: ["☐"] },
  decompositions: { svd: ["svd"], qr: ["qr"] },
  conventions: { vecWord: ["vec"] },
};
