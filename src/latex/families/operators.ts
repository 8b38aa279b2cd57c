/**
 * Binary operators, relations and arrows of LaTeX, amssymb, mathtools and
 * stmaryrd. The name of an operator is that of its command, so that the notes'
 * own spelling can be given back.
 */
import { named, operators, readers, words, type CommandTable } from "../command";
import type { Parser } from "../parser";
import type { Token } from "../tokens";
import type { Node, Row } from "../types";

const binary = `
  times cdot div pm mp ast star circ bullet odot otimes oplus ominus oslash cap cup uplus sqcap sqcup vee wedge lor land
  setminus smallsetminus wr amalg bigcirc diamond triangleleft triangleright bigtriangleup bigtriangledown lhd rhd unlhd unrhd
  boxdot boxplus boxminus boxtimes barwedge veebar doublebarwedge curlywedge curlyvee Cap Cup doublecap doublecup
  circledast circledcirc circleddash dotplus divideontimes centerdot ltimes rtimes leftthreetimes rightthreetimes gtrdot lessdot
  bmod backslash And oblong obar minuso ogreaterthan olessthan plusmn sdot bull
  talloblong interleave nplus baro vartimes varoplus varotimes varodot fatsemi`;

const relations = `
  leq geq le ge lt gt neq ne equiv approx sim simeq cong propto asymp doteq prec succ preceq succeq ll gg in ni owns notin
  subset supset subseteq supseteq sqsubset sqsupset sqsubseteq sqsupseteq mid parallel perp vdash dashv models smile frown bowtie Join
  leqslant geqslant leqq geqq eqslantless eqslantgtr lesssim gtrsim lessapprox gtrapprox approxeq lll llless ggg gggtr lessgtr gtrless
  lesseqgtr gtreqless lesseqqgtr gtreqqless doteqdot Doteq eqcirc risingdotseq circeq fallingdotseq triangleq backsim thicksim backsimeq
  thickapprox subseteqq supseteqq Subset Supset preccurlyeq succcurlyeq curlyeqprec curlyeqsucc precsim succsim precapprox succapprox
  vartriangle vartriangleleft vartriangleright trianglelefteq trianglerighteq vDash Vdash Vvdash smallsmile smallfrown shortmid shortparallel
  bumpeq Bumpeq between pitchfork varpropto backepsilon blacktriangleleft blacktriangleright therefore because eqsim indep Bot
  nless ngtr nleq ngeq nleqslant ngeqslant nleqq ngeqq lneq gneq lneqq gneqq lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox
  nprec nsucc npreceq nsucceq precneqq succneqq precnsim succnsim precnapprox succnapprox nsim ncong nshortmid nshortparallel nmid nparallel
  nvdash nvDash nVdash nVDash ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq nsubseteq nsupseteq nsubseteqq nsupseteqq
  subsetneq supsetneq varsubsetneq varsupsetneq subsetneqq supsetneqq varsubsetneqq varsupsetneqq nsubset nsupset notni nin
  coloneqq Coloneqq coloneq Coloneq eqqcolon Eqqcolon eqcolon Eqcolon colonapprox Colonapprox colonsim Colonsim dblcolon coloncolon
  colonequals equalscolon approxcolon simcolon approxcoloncolon simcoloncolon coloncolonequals equalscoloncolon coloncolonapprox coloncolonsim
  colonminus coloncolonminus minuscolon minuscoloncolon nequiv ratio defeq eqdef isin sub sube supe`;

const arrows = `
  to gets rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow uparrow downarrow updownarrow Uparrow Downarrow Updownarrow
  longrightarrow longleftarrow longleftrightarrow Longrightarrow Longleftarrow Longleftrightarrow mapsto longmapsto mapsfrom longmapsfrom Mapsto
  iff implies impliedby hookrightarrow hookleftarrow rightharpoonup rightharpoondown leftharpoonup leftharpoondown
  rightleftharpoons leftrightharpoons nearrow searrow swarrow nwarrow leadsto rightsquigarrow leftrightsquigarrow
  dashrightarrow dashleftarrow leftleftarrows rightrightarrows leftrightarrows rightleftarrows Lleftarrow Rrightarrow
  twoheadleftarrow twoheadrightarrow leftarrowtail rightarrowtail looparrowleft looparrowright curvearrowleft curvearrowright
  circlearrowleft circlearrowright Lsh Rsh upuparrows downdownarrows upharpoonleft upharpoonright downharpoonleft downharpoonright
  restriction multimap nleftarrow nrightarrow nLeftarrow nRightarrow nleftrightarrow nLeftrightarrow
  larr rarr lArr rArr Larr Rarr harr hArr Harr lrarr lrArr Lrarr uarr darr uArr dArr Uarr Darr`;

/** The readers of `\not` and `\centernot`; most relations have a command of their own, which is the name then. */
const negated: ReadonlyMap<string, string> = new Map([
  ["=", "neq"],
  ["in", "notin"],
  ["ni", "notni"],
  ["<", "nless"],
  [">", "ngtr"],
  ["le", "nleq"],
  ["ge", "ngeq"],
  ["parallel", "nparallel"],
  ["‖", "nparallel"],
  ["|", "nmid"],
]);

function readNot(parser: Parser, token: Token): Node | null {
  const row = parser.argument(token);
  const place = { start: token.start, end: parser.stream.end };
  const [only] = row;
  if (row.length === 1 && only?.kind === "operator") return { ...only, name: negated.get(only.name) ?? `n${only.name}`, ...place };
  return row.length ? { kind: "decorated", name: "not", body: row, ...place } : null;
}

/** `\mathrel{+}`, `\mathbin{\|}`: one sign takes the class, anything longer stays what it is. */
function classed(className: "binary" | "relation" | "punctuation") {
  return (parser: Parser, token: Token): Node | null => {
    const row = withoutBoxes(parser.argument(token));
    const place = { start: token.start, end: parser.stream.end };
    const [only] = row;
    if (row.length !== 1 || !only) return row.length ? { kind: "group", body: row, ...place } : null;
    if (only.kind === "operator") return { ...only, class: only.class === "arrow" ? "arrow" : className, ...place };
    return { ...only, ...place };
  };
}

/** `\vcenter{:}` is a colon. */
function withoutBoxes(row: Row): Row {
  const [only] = row;
  return row.length === 1 && only?.kind === "group" ? withoutBoxes(only.body) : row;
}

export const operatorCommands: CommandTable = {
  ...operators("binary", binary),
  ...operators("relation", relations),
  ...operators("arrow", arrows),
  ...named("colon ordinarycolon", () => ({ kind: "operator", name: ":", class: "punctuation" })),
  ...named("vcentcolon", () => ({ kind: "operator", name: ":", class: "relation" })),
  ...named("slash", () => ({ kind: "operator", name: "/", class: "binary" })),
  ...named("mvert vert", () => ({ kind: "operator", name: "|", class: "punctuation" })),
  ...named("mVert Vert |", () => ({ kind: "operator", name: "‖", class: "punctuation" })),
  ...Object.fromEntries(words("* @").map((sign) => [sign, { kind: "operator", name: sign, class: "binary" }])),
  ...readers("not centernot", readNot),
  ...readers("mathbin", classed("binary")),
  ...readers("mathrel", classed("relation")),
  ...readers("mathpunct mathopen mathclose", classed("punctuation")),
};
