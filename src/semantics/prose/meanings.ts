/**
 * What the phrases of the language tables can mean. A table names these keys
 * and lists, for each, how its language says it; the engine knows only the
 * keys. A new property is one line here and a line in each table.
 */
import type { Expr } from "../expression/types";
import { sizeOfWord } from "./math";
import type { ClauseCue, Decomposition, Fact, FormulaRole, Part, PropertyName, RoleName, SpectralPart } from "./types";
import type { Unit } from "./units";

/** A fact in the making, where a slot of the phrase may give its sizes. */
export type FactMaker = (captures: readonly Unit[]) => Fact[];

const property = (name: PropertyName, negated = false): FactMaker => () => [{ kind: "property", name, negated, of: null }];
const properties = (...names: readonly PropertyName[]): FactMaker => () => names.map((name) => ({ kind: "property", name, negated: false, of: null }));
const role = (...roles: readonly RoleName[]): FactMaker => () => roles.map((one) => ({ kind: "role", role: one }));
const simple = (...facts: readonly Fact[]): FactMaker => () => [...facts];
const both = (...makers: readonly FactMaker[]): FactMaker => (captures) => makers.flatMap((maker) => maker(captures));
const spectrum = (part: SpectralPart, end: "largest" | "smallest" | null = null): FactMaker => simple({ kind: "property", name: "spectral", negated: false, of: null }, { kind: "spectrum", part, end, of: null });
const shape: FactMaker = (captures) => [{ kind: "shape", dims: captures.flatMap(sizesOfUnit) }];
const squareShape: FactMaker = (captures) => [{ kind: "shape", dims: [...captures.flatMap(sizesOfUnit), ...captures.flatMap(sizesOfUnit)] }];

export function sizesOfUnit(unit: Unit): readonly Expr[] {
  if (unit.kind === "dims") return unit.dims;
  if (unit.kind === "math") return unit.math.dims ?? unit.math.tuple ?? (unit.math.size ? [unit.math.size] : []);
  if (unit.kind === "word") return wordSize(unit);
  return [];
}

function wordSize(unit: Unit & { kind: "word" }): readonly Expr[] {
  const size = sizeOfWord(unit.text, unit.capital, unit);
  return size ? [size] : [];
}

/** A mean of null is zero, one that is undefined is not said. */
function momentsOf(mean: Unit | null | undefined, covariance: Unit | undefined): Fact[] {
  const [first, second] = [mean, covariance].map((unit) => (unit?.kind === "math" ? (unit.math.expr ?? unit.math.subjects[0] ?? null) : null)) as [Expr | null, Expr | null];
  const isZero = first?.kind === "number" && first.numerator === 0;
  return (mean && !first) || (covariance && !second) ? [] : [{ kind: "moments", mean: mean === undefined ? "unsaid" : isZero ? null : first, covariance: second }];
}

/** Words that describe: adjectives and what follows a noun. */
export const adjectives = {
  symmetric: property("symmetric"),
  notSymmetric: property("symmetric", true),
  skew: property("skew"),
  positiveDefinite: property("positiveDefinite"),
  symmetricPositiveDefinite: properties("symmetric", "positiveDefinite"),
  positiveSemidefinite: property("positiveSemidefinite"),
  symmetricPositiveSemidefinite: properties("symmetric", "positiveSemidefinite"),
  indefinite: property("positiveDefinite", true),
  orthogonal: property("orthogonal"),
  /** Said of columns, of rows or of a set of vectors. */
  orthonormal: property("orthogonal"),
  orthonormalColumns: property("orthonormalColumns"),
  orthonormalRows: property("orthonormalRows"),
  diagonal: property("diagonal"),
  diagonalPositive: properties("diagonal", "positive"),
  choleskyFactor: properties("lowerTriangular", "positiveDiagonal"),
  idempotent: property("idempotent"),
  commuting: property("commuting"),
  invertible: property("invertible"),
  singular: property("invertible", true),
  /** Only of an inverse: "$A^{-1}$ exists". */
  exists: property("invertible"),
  fullRank: property("fullRank"),
  fullColumnRank: property("fullColumnRank"),
  fullRowRank: property("fullRowRank"),
  upperTriangular: property("upperTriangular"),
  lowerTriangular: property("lowerTriangular"),
  stochastic: property("stochastic"),
  columnStochastic: property("columnStochastic"),
  doublyStochastic: both(properties("stochastic", "columnStochastic"), role("squareMatrix")),
  rowsSumToOne: property("stochastic"),
  columnsSumToOne: property("columnStochastic"),
  sumsToOne: property("sumsToOne"),
  inSimplex: properties("nonnegative", "sumsToOne"),
  oneHot: property("oneHot"),
  oneHotRows: (() => [{ kind: "property", name: "oneHot", negated: false, of: "rows" }]),
  oneHotColumns: property("columnOneHot"),
  positive: property("positive"),
  nonnegative: property("nonnegative"),
  negative: property("negative"),
  nonzero: property("nonzero"),
  /** "no entry of $x$ is zero": of the formula in the phrase. */
  nonzeroEntriesOf: property("nonzero"),
  unit: property("unit"),
  unitInterval: property("unitInterval"),
  binary: property("binary"),
  plusMinusOne: property("sign"),
  constant: property("constant"),
  varying: property("varying"),
  zero: property("zero"),
  zeroMean: property("zeroMean"),
  /** "with mean $\\mu$ and covariance $\\Sigma$", and the other way round. */
  moments: ((captures) => momentsOf(captures[0], captures[1])),
  momentsReversed: ((captures) => momentsOf(captures[1], captures[0])),
  centredMoments: ((captures) => momentsOf(null, captures[0])),
  meanOnly: ((captures) => momentsOf(captures[0], undefined)),
  covarianceOnly: ((captures) => momentsOf(undefined, captures[0])),
  ofOnes: property("allOnes"),
  square: role("squareMatrix"),
  scalarValued: role("scalarFunction"),
  vectorValued: role("vectorFunction"),
  columnOnly: role("columnVector"),
  rowOnly: role("rowVector"),
  elementwise: simple({ kind: "elementwise" }),
  rowwise: simple({ kind: "rowwise" }),
  columnwise: simple({ kind: "columnwise" }),
  samplesInRows: both(property("samplesInRows"), role("matrix")),
  samplesInColumns: both(property("samplesInColumns"), role("matrix")),
  structured: simple({ kind: "structured" }),
  unconstrained: simple({ kind: "unconstrained" }),
  stacksColumns: simple({ kind: "vecColumns" }),
  stacksRows: simple({ kind: "vecRows" }),
  replicated: simple({ kind: "replicated", along: null }),
  replicatedRows: simple({ kind: "replicated", along: "rows" }),
  replicatedColumns: simple({ kind: "replicated", along: "columns" }),
  /** "$n$-dimensional" */
  dimensional: shape,
  /** "with $n$ rows and $d$ columns" */
  rowsAndColumns: shape,
  columnsAndRows: ((captures) => [{ kind: "shape", dims: [...captures.flatMap(sizesOfUnit)].reverse() }]),
  /** "of length $n$", "with $n$ entries", "of shape $(N, D)$" */
  ofShape: shape,
  /** "of order $n$" of a square matrix */
  ofOrder: squareShape,
} as const satisfies Record<string, FactMaker>;

/** What the spectrum of a matrix has. */
export const spectra = {
  eigenvalue: spectrum("eigenvalue"),
  largestEigenvalue: spectrum("eigenvalue", "largest"),
  smallestEigenvalue: spectrum("eigenvalue", "smallest"),
  eigenvector: spectrum("eigenvector"),
  largestEigenvector: spectrum("eigenvector", "largest"),
  smallestEigenvector: spectrum("eigenvector", "smallest"),
  leftEigenvector: spectrum("leftEigenvector"),
  singularValue: spectrum("singularValue"),
  largestSingularValue: spectrum("singularValue", "largest"),
  smallestSingularValue: spectrum("singularValue", "smallest"),
  singularVector: spectrum("singularVector"),
  largestSingularVector: spectrum("singularVector", "largest"),
  leftSingularVector: spectrum("leftSingularVector"),
  largestLeftSingularVector: spectrum("leftSingularVector", "largest"),
  rightSingularVector: spectrum("rightSingularVector"),
  largestRightSingularVector: spectrum("rightSingularVector", "largest"),
} as const satisfies Record<string, FactMaker>;

/** Words that name a thing. */
export const nouns = {
  scalar: role("scalar"),
  vector: role("vector"),
  columnVector: role("columnVector"),
  rowVector: role("rowVector"),
  matrix: role("matrix"),
  squareMatrix: role("squareMatrix"),
  function: role("function"),
  scalarFunction: role("scalarFunction"),
  vectorFunction: role("vectorFunction"),
  activation: role("function"),
  index: role("index"),
  integer: both(role("integer"), property("integer")),
  count: both(role("integer"), property("positiveInteger")),
  positiveInteger: both(role("integer"), property("positiveInteger")),
  constantNoun: both(role("constant"), property("constant")),
  set: role("set"),
  loss: simple({ kind: "loss" }),
  scalarLoss: both(role("scalar"), simple({ kind: "loss" })),
  scalarParameter: role("scalar"),
  symmetricMatrix: both(property("symmetric"), role("matrix")),
  orthogonalMatrix: both(property("orthogonal"), role("squareMatrix")),
  diagonalMatrix: both(property("diagonal"), role("squareMatrix")),
  triangularUpper: both(property("upperTriangular"), role("squareMatrix")),
  triangularLower: both(property("lowerTriangular"), role("squareMatrix")),
  identityMatrix: both(property("identity"), role("squareMatrix")),
  identityMatrixOf: ((captures) => [{ kind: "property", name: "identity", negated: false, of: null }, { kind: "role", role: "squareMatrix" }, ...squareShape(captures)]),
  permutation: both(property("permutation"), role("squareMatrix")),
  commutation: both(property("commutationMatrix"), role("matrix")),
  duplication: both(property("duplicationMatrix"), role("matrix")),
  elimination: both(property("eliminationMatrix"), role("matrix")),
  projection: both(properties("symmetric", "idempotent"), role("squareMatrix")),
  centering: both(properties("symmetric", "idempotent"), role("squareMatrix")),
  covariance: both(properties("symmetric", "positiveSemidefinite"), role("squareMatrix")),
  precision: both(properties("symmetric", "positiveDefinite"), role("squareMatrix")),
  gram: both(properties("symmetric", "positiveSemidefinite"), role("squareMatrix")),
  stochasticMatrix: both(property("stochastic"), role("matrix")),
  probability: property("unitInterval"),
  probabilityVector: both(properties("nonnegative", "sumsToOne"), role("vector")),
  /** Of numbers or of a density: no vector by that. */
  distribution: properties("nonnegative", "sumsToOne"),
  oneHotVector: both(property("oneHot"), role("vector")),
  allOnes: property("allOnes"),
  allOnesVector: both(property("allOnes"), role("vector")),
  allOnesMatrix: both(property("allOnes"), role("matrix")),
  zeroVector: both(property("zero"), role("vector")),
  zeroMatrix: both(property("zero"), role("matrix")),
  unitVector: both(property("unit"), role("vector")),
  standardBasis: both(property("standardBasis"), role("vector")),
  ...spectra,
  /** "an $n \times d$ matrix" where the language writes it in one phrase. */
  matrixOf: both(shape, role("matrix")),
  squareMatrixOf: both(squareShape, role("squareMatrix")),
  vectorOf: both(shape, role("vector")),
  columnVectorOf: both(shape, role("columnVector")),
  rowVectorOf: both(shape, role("rowVector")),
} as const satisfies Record<string, FactMaker>;

export type FactKey = keyof typeof adjectives | keyof typeof nouns;

/** Phrases that tie a symbol to another one; the argument stands after them, or before them (`…Before`: 的, の). */
export const relations = {
  functionOf: { make: "functionOf", side: "after" },
  functionOfBefore: { make: "functionOf", side: "before" },
  scalarFunctionOf: { make: "scalarFunctionOf", side: "after" },
  scalarFunctionOfBefore: { make: "scalarFunctionOf", side: "before" },
  /** A verb: the subject stands right before it. */
  dependsOn: { make: "functionOf", side: "after" },
  dependsOnBefore: { make: "functionOf", side: "before" },
  independentOf: { make: "independentOf", side: "after" },
  independentOfBefore: { make: "independentOf", side: "before" },
  rowsOf: { make: "rows", side: "after" },
  rowsOfBefore: { make: "rows", side: "before" },
  columnsOf: { make: "columns", side: "after" },
  columnsOfBefore: { make: "columns", side: "before" },
  entriesOf: { make: "entries", side: "after" },
  entriesOfBefore: { make: "entries", side: "before" },
  sameShape: { make: "sameShape", side: "after" },
  sameShapeBefore: { make: "sameShape", side: "before" },
  memberOf: { make: "memberOf", side: "after" },
  /** "$h$ …, $g$ its derivative": of the function spoken of before. */
  itsDerivative: { make: "derivative", side: "after" },
  itsDensity: { make: "density", side: "after" },
  /** "$r$ … with Jacobian $J(x)$": of the function spoken of before. */
  itsGradient: { make: "ownGradient", side: "after" },
  itsJacobian: { make: "ownJacobian", side: "after" },
  itsHessian: { make: "ownHessian", side: "after" },
  cofactorsOf: { make: "cofactors", side: "after" },
  adjugateOf: { make: "adjugate", side: "after" },
  gradientOf: { make: "gradient", side: "after" },
  jacobianOf: { make: "jacobian", side: "after" },
  hessianOf: { make: "hessian", side: "after" },
  /** Verbs, or "the minimiser of": what is least or greatest there stands behind. */
  minimizes: { make: "argmin", side: "after" },
  maximizes: { make: "argmax", side: "after" },
  /** "of shape", "has size": sizes follow. */
  shape: { make: "shape", side: "after" },
} as const satisfies Record<string, { make: string; side: "after" | "before" }>;

export type RelationKey = keyof typeof relations;
export type RelationMaking = (typeof relations)[RelationKey]["make"];

export type GrammarKey =
  | ClauseCue
  | "copulaOne" | "copulaMany" | "copula"
  | "not" | "and" | "but"
  /** "Where the loss is active, …": at the head of a sentence it tells of a case. */
  | "place"
  /** "we do not assume that", "unless", "whether": what the sentence speaks of may be so or not. */
  | "unsettled"
  | "indefinite" | "definite"
  /** "with", "having": what follows describes what precedes, or it opens a list of formulas. */
  | "with"
  /** Prepositions: what follows describes something else. */
  | "stop"
  /** 的, の: what precedes only qualifies what follows. */
  | "genitive"
  | "pronoun" | "relative"
  /** "the former", "the latter" */
  | "former" | "latter"
  /** "both", "all": what follows is said of all the topics. */
  | "together"
  /** Says nothing: "also", "in general", "as above". */
  | "adverb"
  /** "denoted by", "called": between a noun and its symbol. */
  | "link"
  | "respectively"
  /** Looks like a fact and is none: "scalar product", "vector space". */
  | "neutral";

export const clauseCues: ReadonlySet<string> = new Set<ClauseCue>(["let", "where", "suppose", "given", "since", "if", "for", "then", "show", "write"]);

/** Formula cues: what they make of the formulas after them in the sentence, of the next one, of the one before (`beside`: right before), of what the next sentence or display is (`ahead`), or of all these (`around`). */
export const formulaCues = {
  definition: { role: "definition", which: "after" },
  assumption: { role: "assumption", which: "after" },
  claim: { role: "claim", which: "after" },
  /** Ends no list that "where" or "let" has opened: "is given by", "equals". */
  weakClaim: { role: "claim", which: "after" },
  wrong: { role: "wrong-example", which: "after" },
  wrongNext: { role: "wrong-example", which: "next" },
  wrongBefore: { role: "wrong-example", which: "before" },
  /** "$A = B$ should read $A = C$" */
  wrongBeside: { role: "wrong-example", which: "beside" },
  /** "the following is wrong" */
  wrongAhead: { role: "wrong-example", which: "ahead" },
  /** "(false)", "where is the error?" */
  wrongAround: { role: "wrong-example", which: "around" },
  update: { role: "update", which: "after" },
  /** "initially": a value that a letter has before it is stepped. */
  initial: { role: "initial", which: "after" },
  /** "if …, we would get": after an "if" alone. */
  counterfactual: { role: "hypothetical", which: "after" },
  /** "in the scalar case", "had we": it may hold of another case than the one that is declared. */
  hypothetical: { role: "hypothetical", which: "after" },
  hypotheticalBefore: { role: "hypothetical", which: "before" },
  question: { role: "question", which: "after" },
  /** "which": it asks, where the sentence does. */
  choice: { role: "question", which: "after" },
  approximation: { role: "approximation", which: "after" },
} as const satisfies Record<string, { role: FormulaRole; which: "after" | "next" | "before" | "beside" | "ahead" | "around" }>;

export type FormulaCueKey = keyof typeof formulaCues;

export type ConventionKey =
  | "numeratorLayout" | "denominatorLayout" | "mixedLayout"
  /** "we use", "throughout": the clause states a convention. */
  | "adopt"
  /** "instead of", "other authors": the clause speaks of what is not done here. */
  | "contrast"
  | "gradients" | "vectors" | "columns" | "rows" | "sameShapeAsParameter"
  | "bold" | "plain" | "upper" | "lower" | "letters"
  /** "with a one at $(i, j)$ and zeros elsewhere" */
  | "singleEntry"
  | "absoluteDeterminant"
  /** "the Khatri–Rao product" */
  | "khatriRao"
  /** "a convolutional layer" */
  | "convolution"
  /** "off the diagonal", "for distinct $i$ and $j$"; "otherwise" after one of these. */
  | "indicesDiffer" | "indicesMeet" | "indicesOtherwise"
  | "matrixFunction" | "summation" | "allVectors" | "allMatrices" | "oneExample" | "attainedAt" | "largestEntry" | "smallestEntry" | "noBias" | "bias" | "vecWord" | "functionsInGeneral";

/** What a phrase of the words can mean; formula cues and conventions have tables of their own. */
export type WordMeaning =
  | { readonly is: "fact"; readonly make: FactMaker; readonly noun: boolean; readonly key: FactKey }
  | { readonly is: "named"; readonly function: string }
  | { readonly is: "relation"; readonly key: RelationKey }
  | { readonly is: "part"; readonly part: Part }
  | { readonly is: "decomposition"; readonly key: Decomposition }
  | { readonly is: "grammar"; readonly key: GrammarKey };
