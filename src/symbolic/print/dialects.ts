/** What the three array libraries call things. Arrays have two axes: columns are n×1. */

/** How tightly the outermost operation of some code binds. */
export const enum Bind {
  Sum = 1,
  Product = 2,
  Power = 3,
  Atom = 4,
}

export interface Written {
  readonly code: string;
  readonly bind: Bind;
}

export interface Dialect {
  readonly module: string;
  /** `axis=1, keepdims=True`. */
  axis(axis: 0 | 1): string;
  /** Functions of each entry, given the code of the argument. */
  readonly functions: Readonly<Record<string, (x: string) => Written>>;
  polygamma(order: string, x: string): string;
  softmax(x: string, axis: 0 | 1): Written;
  logsumexp(x: string, axis: 0 | 1 | null): string;
  maximum(x: string, axis: 0 | 1 | null): string;
  matrixExponential(x: string): string;
  matrixSquareRoot(x: string): string;
  /** An array of numbers. */
  array(rows: string): string;
  /** Arrays of one shape along a new first axis. */
  stacked(body: string, letter: string, count: string): string;
  readonly pi: string;
}

const text = (name: string) => (x: string): string => `${name}(${x})`;
const call = (name: string) => (x: string): Written => ({ code: `${name}(${x})`, bind: Bind.Atom });

function common(module: string): Record<string, (x: string) => Written> {
  const same = ["exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs", "sign"];
  return Object.fromEntries(same.map((fn) => [fn, call(`${module}.${fn}`)]));
}

export const numpy: Dialect = {
  module: "np",
  axis: (axis) => `axis=${axis}, keepdims=True`,
  functions: {
    ...common("np"),
    asin: call("np.arcsin"),
    acos: call("np.arccos"),
    atan: call("np.arctan"),
    sigmoid: (x) => ({ code: `1 / (1 + np.exp(-${/^[\w.]+$/.test(x) ? x : `(${x})`}))`, bind: Bind.Product }),
    softplus: (x) => ({ code: `np.logaddexp(0, ${x})`, bind: Bind.Atom }),
    relu: (x) => ({ code: `np.maximum(${x}, 0)`, bind: Bind.Atom }),
    step: (x) => ({ code: `np.heaviside(${x}, 0)`, bind: Bind.Atom }),
    erf: call("scipy.special.erf"),
    loggamma: call("scipy.special.gammaln"),
  },
  polygamma: (order, x) => `scipy.special.polygamma(${order}, ${x})`,
  softmax: (x, axis) => ({ code: `np.exp(${x}) / np.exp(${x}).sum(axis=${axis}, keepdims=True)`, bind: Bind.Product }),
  logsumexp: (x, axis) => (axis === null ? `np.log(np.exp(${x}).sum())` : `np.log(np.exp(${x}).sum(axis=${axis}, keepdims=True))`),
  maximum: (x, axis) => (axis === null ? `np.max(${x})` : `np.max(${x}, axis=${axis}, keepdims=True)`),
  matrixExponential: text("scipy.linalg.expm"),
  matrixSquareRoot: text("scipy.linalg.sqrtm"),
  array: (rows) => `np.array(${rows})`,
  stacked: (body, letter, count) => `np.array([${body} for ${letter} in range(${count})])`,
  pi: "np.pi",
};

export const torch: Dialect = {
  module: "torch",
  axis: (axis) => `dim=${axis}, keepdim=True`,
  functions: {
    ...common("torch"),
    asin: call("torch.asin"),
    acos: call("torch.acos"),
    atan: call("torch.atan"),
    sigmoid: call("torch.sigmoid"),
    softplus: call("torch.nn.functional.softplus"),
    relu: call("torch.relu"),
    step: (x) => ({ code: `(${x} > 0).to(torch.get_default_dtype())`, bind: Bind.Atom }),
    erf: call("torch.erf"),
    loggamma: call("torch.lgamma"),
  },
  polygamma: (order, x) => `torch.polygamma(${order}, ${x})`,
  softmax: (x, axis) => ({ code: `torch.softmax(${x}, dim=${axis})`, bind: Bind.Atom }),
  logsumexp: (x, axis) => (axis === null ? `torch.logsumexp((${x}).ravel(), dim=0)` : `torch.logsumexp(${x}, dim=${axis}, keepdim=True)`),
  maximum: (x, axis) => (axis === null ? `torch.max(${x})` : `torch.amax(${x}, dim=${axis}, keepdim=True)`),
  matrixExponential: text("torch.matrix_exp"),
  matrixSquareRoot: (x) => `(lambda w, U: (U * w.sqrt()) @ U.T)(*torch.linalg.eigh(${x}))`,
  array: (rows) => `torch.tensor(${rows})`,
  stacked: (body, letter, count) => `torch.stack([torch.as_tensor(${body}) for ${letter} in range(${count})])`,
  pi: "torch.pi",
};

export const jax: Dialect = {
  module: "jnp",
  axis: (axis) => `axis=${axis}, keepdims=True`,
  functions: {
    ...common("jnp"),
    asin: call("jnp.arcsin"),
    acos: call("jnp.arccos"),
    atan: call("jnp.arctan"),
    sigmoid: call("jax.nn.sigmoid"),
    softplus: call("jax.nn.softplus"),
    relu: call("jax.nn.relu"),
    step: (x) => ({ code: `jnp.heaviside(${x}, 0)`, bind: Bind.Atom }),
    erf: call("jax.scipy.special.erf"),
    loggamma: call("jax.scipy.special.gammaln"),
  },
  polygamma: (order, x) => `jax.scipy.special.polygamma(${order}, ${x})`,
  softmax: (x, axis) => ({ code: `jax.nn.softmax(${x}, axis=${axis})`, bind: Bind.Atom }),
  logsumexp: (x, axis) => (axis === null ? `jax.nn.logsumexp(${x})` : `jax.nn.logsumexp(${x}, axis=${axis}, keepdims=True)`),
  maximum: (x, axis) => (axis === null ? `jnp.max(${x})` : `jnp.max(${x}, axis=${axis}, keepdims=True)`),
  matrixExponential: text("jax.scipy.linalg.expm"),
  matrixSquareRoot: text("jax.scipy.linalg.sqrtm"),
  array: (rows) => `jnp.array(${rows})`,
  stacked: (body, letter, count) => `jnp.array([${body} for ${letter} in range(${count})])`,
  pi: "jnp.pi",
};
