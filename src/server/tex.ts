/**
 * LaTeX as a renderer takes it, and as plain text for those who cannot see the
 * picture. Both work on any string: what is not understood stays as it is.
 */

/** Without what only has meaning in its environment: labels, numbers, alignment marks and row ends outside of matrices. */
export function displayable(latex: string): string {
  const bare = latex.replace(/\\(?:label|tag\*?|eqref|ref)\s*\{[^{}]*\}/g, "").replace(/\\(?:nonumber|notag)(?![A-Za-z])/g, "");
  return withoutAlignment(bare.replace(/(?<!\\)%[^\n]*/g, "")).trim();
}

/** Drops `&` and `\\` outside of `\begin…\end`, whose rows they belong to. */
function withoutAlignment(latex: string): string {
  let depth = 0;
  return latex.replace(/\\begin\s*\{[^{}]*\}|\\end\s*\{[^{}]*\}|\\\\(?:\s*\[[^\]]*\])?|\\&|&|\\[^A-Za-z]/g, (token) => {
    if (token.startsWith("\\begin")) depth++;
    else if (token.startsWith("\\end")) depth--;
    else if (depth === 0 && (token === "&" || token.startsWith("\\\\"))) return " ";
    return token;
  });
}

/** A name for a picture of the formula: symbols as characters, structure as brackets. */
export function plainText(latex: string): string {
  let text = displayable(latex).replace(/\\(?:left|right|big|Big|bigg|Bigg)[lr]?(?![A-Za-z])\.?/g, "").replace(/\\(?:text|mathrm|mathbf|boldsymbol|mathbb|mathcal|mathsf|operatorname\*?|bm)\s*(?=\{|[A-Za-z\\])/g, "")
    .replace(/\\begin\s*\{[^{}]*\}/g, "[").replace(/\\end\s*\{[^{}]*\}/g, "]");
  // Fractions and roots from the inside out; each pass removes one level.
  for (let pass = 0; pass < 8; pass++) {
    const next = text.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, top: string, bottom: string) => `${bracketed(top)}/${bracketed(bottom)}`).replace(/\\sqrt\s*\{([^{}]*)\}/g, "√($1)").replace(/\{([A-Za-z0-9.,' ∂]*)\}/g, "$1");
    if (next === text) break;
    text = next;
  }
  return text
    .replace(/\^\s*(?:\{\s*(?:\\top|\\intercal|T)\s*\}|(?:\\top|\\intercal|T)(?![A-Za-z]))/g, "ᵀ")
    .replace(/\\\\/g, "; ").replace(/\\[,;:! ]|~/g, " ")
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => characters[name] ?? name)
    .replace(/[{}]/g, "").replace(/([∂∇])\s+/g, "$1").replace(/\s*&\s*/g, ", ").replace(/\s+/g, " ").trim();
}

function bracketed(part: string): string {
  const inner = part.trim();
  return /^[\w∂\\]*(?:\s[\w∂]+)?$/.test(inner) ? inner : `(${inner})`;
}

const characters: Readonly<Record<string, string>> = {
  partial: "∂", nabla: "∇", sum: "∑", prod: "∏", int: "∫", infty: "∞", times: "×", cdot: "·", odot: "⊙", otimes: "⊗", circ: "∘", top: "ᵀ",
  in: "∈", leq: "≤", le: "≤", geq: "≥", ge: "≥", neq: "≠", ne: "≠", approx: "≈", equiv: "≡", to: "→", rightarrow: "→", Rightarrow: "⇒", leftarrow: "←", pm: "±",
  cdots: "⋯", ldots: "…", dots: "…", vdots: "⋮", ddots: "⋱", mid: "|", Vert: "‖", ell: "ℓ", quad: " ", qquad: " ",
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε", zeta: "ζ", eta: "η", theta: "θ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω",
  Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π", Sigma: "Σ", Phi: "Φ", Psi: "Ψ", Omega: "Ω",
};
