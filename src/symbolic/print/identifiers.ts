/** Names for code, made of what is written: `\frac{\partial L}{\partial Z}` is dL_dZ. */

const keywords = new Set(["and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "None", "True", "False", "np", "jnp", "jax", "torch", "math", "scipy", "sum", "range", "float"]);

export class Identifiers {
  private readonly byName = new Map<string, string>();
  private readonly used = new Set<string>();

  /** The same identifier for the same name, another for any other. */
  of(name: string, latex: string): string {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const plain = identifier(latex);
    let candidate = keywords.has(plain) ? `${plain}_` : plain;
    for (let i = 2; this.used.has(candidate); i++) candidate = `${plain}_${i}`;
    this.used.add(candidate);
    this.byName.set(name, candidate);
    return candidate;
  }
}

const accents: Readonly<Record<string, string>> = { hat: "_hat", widehat: "_hat", tilde: "_tilde", widetilde: "_tilde", bar: "_bar", overline: "_bar", dot: "_dot", ddot: "_ddot", vec: "", check: "_check", breve: "_breve" };
const greek = new Set(["alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell", "nabla"]);

function identifier(latex: string): string {
  let text = latex;
  // Innermost groups first; each round removes one level of braces.
  for (let round = 0; round < 8; round++) {
    const before = text;
    text = text
      .replace(/\\frac\s*\{(?:\\partial\s*|d)([^{}]*)\}\s*\{(?:\\partial\s*|d)([^{}]*)\}/g, "d$1_d$2")
      .replace(/\\(hat|widehat|tilde|widetilde|bar|overline|dot|ddot|vec|check|breve)\s*(?:\{([^{}\\]*)\}|([a-zA-Z]))/g, (_, accent: string, group?: string, letter?: string) => `${group ?? letter ?? ""}${accents[accent] ?? ""}`)
      .replace(/\\(?:mathbf|mathrm|mathit|mathsf|mathcal|mathbb|boldsymbol|bm|operatorname|text|mathfrak|mathscr)\*?\s*(?:\{([^{}]*)\}|(\\?[a-zA-Z]+))/g, (_, group?: string, letter?: string) => group ?? letter ?? "")
      .replace(/\\([a-zA-Z]+)\s*/g, (whole, command: string) => (greek.has(command) ? `${command}` : command === "partial" ? "d" : whole))
      .replace(/\^\s*\{?[([]([^{}()[\]]*)[)\]]\}?/g, "_$1")
      .replace(/([_^])\{([^{}]*)\}/g, "_$2");
    if (text === before) break;
  }
  const plain = text
    .replace(/'+/g, (primes) => `_prime${primes.length > 1 ? primes.length : ""}`)
    .replace(/\*/g, "_star")
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/_+/g, "_")
    .replace(/^_|_$/g, "");
  return /^[\p{L}_]/u.test(plain) ? plain : `v_${plain}`;
}
