/**
 * What characters mean that are neither letters nor digits of ASCII: the signs of
 * the keyboard, and Unicode's mathematics, which is the same as its commands.
 */
import { named, words, type Command } from "./command";
import { commands } from "./commands";
import { delimiterNamed } from "./families/delimiters";
import { readAccented, readForeignText, readVulgarFraction } from "./families/unicode";
import { readUnicodeRoot } from "./families/roots";

/** Character and command, alternating. */
const pairs = `
  α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa ϰ varkappa λ lambda μ mu µ mu ν nu ξ xi
  ο omicron π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega ϝ digamma
  Γ Gamma Δ Delta ∆ Delta Θ Theta ϴ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega Ω Omega
  Α Alpha Β Beta Ε Epsilon Ζ Zeta Η Eta Ι Iota Κ Kappa Μ Mu Ν Nu Ο Omicron Ρ Rho Τ Tau Χ Chi
  ∂ partial ∇ nabla ∞ infty ℓ ell ℏ hbar ı imath ȷ jmath ℘ wp ℜ Re ℑ Im ℵ aleph ∅ emptyset ⌀ varnothing ∀ forall ∃ exists ∄ nexists ¬ neg
  ⊤ top ⊥ bot ⊺ intercal † dagger ‡ ddagger ∠ angle △ triangle □ square ■ blacksquare ∎ blacksquare ◇ Diamond ★ bigstar ° degree ✓ checkmark
  ⋯ cdots … ldots ⋮ vdots ⋱ ddots ⋰ iddots
  × times · cdot ⋅ cdot ∙ bullet • bullet ÷ div ± pm ∓ mp ∗ ast ⋆ star ∘ circ ○ bigcirc ◦ circ ⊙ odot ⊗ otimes ⊕ oplus ⊖ ominus ⊘ oslash ⊛ circledast
  ∩ cap ∪ cup ⊎ uplus ⊓ sqcap ⊔ sqcup ∨ vee ∧ wedge ∖ setminus ≀ wr ⋄ diamond ⊡ boxdot ⊞ boxplus ⊟ boxminus ⊠ boxtimes ⋉ ltimes ⋊ rtimes ∔ dotplus ⨯ times
  ≤ leq ≥ geq ⩽ leqslant ⩾ geqslant ≦ leqq ≧ geqq ≠ neq ≡ equiv ≈ approx ∼ sim ≃ simeq ≅ cong ∝ propto ≍ asymp ≐ doteq ≺ prec ≻ succ ⪯ preceq ⪰ succeq
  ≼ preccurlyeq ≽ succcurlyeq ≪ ll ≫ gg ∈ in ∋ ni ∉ notin ∌ notni ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ⊊ subsetneq ⊋ supsetneq ⊄ nsubset ⊈ nsubseteq
  ⊏ sqsubset ⊐ sqsupset ⊑ sqsubseteq ⊒ sqsupseteq ⊢ vdash ⊣ dashv ⊨ models ⋈ bowtie ≜ triangleq ≝ defeq ≔ coloneqq ≕ eqqcolon ∴ therefore ∵ because ⟂ perp
  ≮ nless ≯ ngtr ≰ nleq ≱ ngeq ≁ nsim ≇ ncong ≲ lesssim ≳ gtrsim ≢ nequiv ∦ nparallel ∤ nmid ∷ dblcolon
  → to ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↑ uparrow ↓ downarrow ↕ updownarrow ⇑ Uparrow ⇓ Downarrow
  ⟶ longrightarrow ⟵ longleftarrow ⟷ longleftrightarrow ⟹ implies ⟸ impliedby ⟺ iff ↦ mapsto ⟼ longmapsto ↪ hookrightarrow ↩ hookleftarrow
  ⇀ rightharpoonup ⇁ rightharpoondown ↼ leftharpoonup ↽ leftharpoondown ⇌ rightleftharpoons ↗ nearrow ↘ searrow ↙ swarrow ↖ nwarrow ⇝ leadsto ↠ twoheadrightarrow
  ∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ⋃ bigcup ⋂ bigcap ⨆ bigsqcup ⋁ bigvee ⋀ bigwedge ⨀ bigodot ⨂ bigotimes ⨁ bigoplus ⨄ biguplus
  ⟨ langle ⟩ rangle 〈 langle 〉 rangle 〈 langle 〉 rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ⟦ llbracket ⟧ rrbracket ‖ Vert ∥ Vert ∣ vert
  ♯ sharp ♭ flat ♮ natural ♣ clubsuit ♦ diamondsuit ♥ heartsuit ♠ spadesuit £ pounds ¥ yen § S ¶ P
  ⌣ smile ⌢ frown ♢ diamondsuit ♡ heartsuit ◯ bigcirc ⨿ amalg ⪇ lneq ≨ lneqq ⋦ lnsim ⪉ lnapprox ⊀ nprec ⋠ npreceq ⋨ precnsim ⪹ precnapprox ⊬ nvdash ⊭ nvDash
  ⋪ ntriangleleft ⋬ ntrianglelefteq ⫋ subsetneqq ⪈ gneq ≩ gneqq ⋧ gnsim ⪊ gnapprox ⊁ nsucc ⋡ nsucceq ⋩ succnsim ⪺ succnapprox ≆ ncong ⊯ nVDash ⋫ ntriangleright
  ⋭ ntrianglerighteq ⫌ supsetneqq ⊮ nVdash ⪵ precneqq ⪶ succneqq ↚ nleftarrow ↛ nrightarrow ⇍ nLeftarrow ⇏ nRightarrow ↮ nleftrightarrow ⇎ nLeftrightarrow ▽ triangledown
  ◊ lozenge ® circledR ∡ measuredangle ℧ mho ⅁ Game ‵ backprime ▲ blacktriangle ▼ blacktriangledown ⧫ blacklozenge ∢ sphericalangle ∁ complement ╱ diagup ╲ diagdown
  ⪕ eqslantless ⪅ lessapprox ≊ approxeq ⋖ lessdot ⋘ lll ≶ lessgtr ⋚ lesseqgtr ⪋ lesseqqgtr ≑ doteqdot ≓ risingdotseq ≒ fallingdotseq ∽ backsim ⋍ backsimeq ⫅ subseteqq
  ⋐ Subset ⋞ curlyeqprec ≾ precsim ⪷ precapprox ⊲ vartriangleleft ⊴ trianglelefteq ⊪ Vvdash ≏ bumpeq ≎ Bumpeq ⪖ eqslantgtr ⪆ gtrapprox ⋗ gtrdot ⋙ ggg ≷ gtrless
  ⋛ gtreqless ⪌ gtreqqless ≖ eqcirc ≗ circeq ⫆ supseteqq ⋑ Supset ⋟ curlyeqsucc ≿ succsim ⪸ succapprox ⊳ vartriangleright ⊵ trianglerighteq ⊩ Vdash ≬ between ⋔ pitchfork
  ◀ blacktriangleleft ∍ backepsilon ▶ blacktriangleright ≂ eqsim ⋒ Cap ⋓ Cup ⩞ doublebarwedge ⋇ divideontimes ⋋ leftthreetimes ⋌ rightthreetimes ⋏ curlywedge ⋎ curlyvee
  ⊝ circleddash ⇢ dashrightarrow ⇠ dashleftarrow ⇇ leftleftarrows ⇆ leftrightarrows ⇚ Lleftarrow ↞ twoheadleftarrow ↢ leftarrowtail ↫ looparrowleft ⇋ leftrightharpoons
  ↶ curvearrowleft ↺ circlearrowleft ↰ Lsh ⇈ upuparrows ↿ upharpoonleft ⇃ downharpoonleft ⊸ multimap ↭ leftrightsquigarrow ⇉ rightrightarrows ⇄ rightleftarrows
  ↣ rightarrowtail ↬ looparrowright ↷ curvearrowright ↻ circlearrowright ↱ Rsh ⇊ downdownarrows ↾ upharpoonright ⇂ downharpoonright ⇛ Rrightarrow ⊉ nsupseteq ⊼ barwedge
  ⊻ veebar ⊚ circledcirc ◃ triangleleft ▹ triangleright ⇕ Updownarrow ∯ oiint ∰ oiiint ✠ maltese`;

/** Letters of the double-struck and script alphabets that Unicode keeps elsewhere. */
const letterlike = "ℂ ℍ ℕ ℙ ℚ ℝ ℤ mathbb ℬ ℰ ℱ ℋ ℐ ℒ ℳ ℛ ℯ ℊ ℴ mathcal ℭ ℌ ℨ mathfrak";

const raised = "⁺+⁻-⁼=⁽(⁾)⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9ᴬAᴮBᴰDᴱEᴳGᴴHᴵIᴶJᴷKᴸLᴹMᴺNᴼOᴾPᴿRᵀTᵁUⱽVᵂWᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡlᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzᵝβᵞγᵟδᶿθᵠϕᵡχ";
const lowered = "₊+₋-₌=₍(₎)₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9ₐaₑeₕhᵢiⱼjₖkₗlₘmₙnₒoₚpᵣrₛsₜtᵤuᵥvₓxᵦβᵧγᵨρᵩϕᵪχ";

const combining = "\u0300 grave \u0301 acute \u0302 hat \u0303 tilde \u0304 bar \u0305 overline \u0306 breve \u0307 dot \u0308 ddot \u030a mathring \u030c check \u0331 underbar \u0332 underline \u20d7 vec \u20d6 overleftarrow";

function scripts(list: string, sup: boolean): [string, Command][] {
  const characters = Array.from(list);
  return characters.flatMap((small, index): [string, Command][] => (index % 2 ? [] : [[small, { kind: "script", sup, character: characters[index + 1] ?? small }]]));
}

function pairsOf(list: string): [string, string][] {
  const all = words(list);
  return all.flatMap((character, index): [string, string][] => (index % 2 ? [] : [[character, all[index + 1] ?? ""]]));
}

function letterlikes(): [string, Command][] {
  let font = "";
  return words(letterlike)
    .reverse()
    .flatMap((item): [string, Command][] => {
      if (item.length === 1) return [[item, { kind: "symbol", name: item.normalize("NFKC"), font }]];
      font = item;
      return [];
    });
}

function delimiters(): [string, Command][] {
  return Array.from("()[]").flatMap((name): [string, Command][] => {
    const delimiter = delimiterNamed(name);
    return delimiter ? [[name, { kind: "delimiter", delimiter }]] : [];
  });
}

const characters: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...Object.entries(named("+ - * / @", (name) => ({ kind: "operator", name, class: "binary" }))),
  ...Object.entries(named("= < > :", (name) => ({ kind: "operator", name, class: "relation" }))),
  ...Object.entries(named(", ; . ! ? | ` \"", (name) => ({ kind: "operator", name, class: "punctuation" }))),
  ...Object.entries({ "。": ".", "｡": ".", "、": ",", "､": "," }).map(([character, name]): [string, Command] => [character, { kind: "operator", name, class: "punctuation" }]),
  ["~", { kind: "skip" }],
  ...delimiters(),
  ...words("− – —").map((dash): [string, Command] => [dash, { kind: "operator", name: "-", class: "binary" }]),
  ["∕", { kind: "operator", name: "/", class: "binary" }],
  ["⁄", { kind: "operator", name: "/", class: "binary" }],
  ["√", { kind: "read", read: readUnicodeRoot }],
  ...pairsOf(pairs).flatMap(([character, name]): [string, Command][] => {
    const command = commands.get(name);
    return command ? [[character, command]] : [];
  }),
  ...letterlikes(),
  ...scripts(raised, true),
  ...scripts(lowered, false),
  ...pairsOf(combining).map(([character, accent]): [string, Command] => [character, { kind: "combining", accent }]),
]);

export function characterCommand(character: string): Command | undefined {
  return characters.get(character) ?? (character > "\x7f" ? rareCharacter(character) : undefined);
}

/** First code points of the mathematical alphabets and their fonts. */
const alphabets: readonly (readonly [first: number, font: string])[] = [
  [0x1d400, "mathbf"],
  [0x1d434, ""],
  [0x1d468, "boldsymbol"],
  [0x1d49c, "mathcal"],
  [0x1d504, "mathfrak"],
  [0x1d538, "mathbb"],
  [0x1d56c, "mathfrak"],
  [0x1d5a0, "mathsf"],
  [0x1d5d4, "mathbf"],
  [0x1d608, "mathsf"],
  [0x1d63c, "boldsymbol"],
  [0x1d670, "mathtt"],
  [0x1d6a4, ""],
  [0x1d6a8, "mathbf"],
  [0x1d6e2, ""],
  [0x1d71c, "boldsymbol"],
  [0x1d7ca, ""],
  [0x1d7ce, "mathbf"],
  [0x1d7d8, "mathbb"],
  [0x1d7e2, "mathsf"],
  [0x1d7ec, "mathbf"],
  [0x1d7f6, "mathtt"],
];

function rareCharacter(character: string): Command | undefined {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x1d400 && point <= 0x1d7ff) return alphabetic(character, point);
  const plain = character.normalize("NFKC");
  if (/^\d⁄\d$/.test(plain)) return { kind: "read", read: readVulgarFraction };
  if (plain !== character && plain.length === 1) return /^[A-Za-z]$/.test(plain) ? { kind: "symbol", name: plain } : (characters.get(plain) ?? foreign(character));
  if (/^[A-Za-z]\p{M}$/u.test(character.normalize("NFD"))) return { kind: "read", read: readAccented };
  return foreign(character);
}

function alphabetic(character: string, point: number): Command {
  let font = "";
  for (const [first, name] of alphabets) if (first <= point) font = name;
  const plain = character.normalize("NFKC");
  const command = characters.get(plain);
  return { kind: "symbol", name: command?.kind === "symbol" ? command.name : plain, font };
}

/** A letter of another script: words of such letters are text. */
function foreign(character: string): Command | undefined {
  return /\p{L}/u.test(character) ? { kind: "read", read: readForeignText } : undefined;
}

/** Signs of two or three characters that are one, and what they are. */
const compounds: readonly (readonly [sign: string, command: Command])[] = [
  ["...", { kind: "symbol", name: "ldots" }],
  [":=", { kind: "operator", name: ":=", class: "relation" }],
  ["=:", { kind: "operator", name: "=:", class: "relation" }],
  ["<=", { kind: "operator", name: "leq", class: "relation" }],
  [">=", { kind: "operator", name: "geq", class: "relation" }],
  ["->", { kind: "operator", name: "to", class: "arrow" }],
  ["=>", { kind: "operator", name: "Rightarrow", class: "arrow" }],
];

/** The signs that start with this character, the longest first. */
export const compoundsBy: ReadonlyMap<string, readonly (readonly [sign: string, command: Command])[]> = new Map(Array.from(".:<>-=", (first) => [first, compounds.filter(([sign]) => sign.startsWith(first))]));
