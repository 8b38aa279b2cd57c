/**
 * Which assertions define a symbol, and as what: those of the words and of `:=`
 * first, so that a display about the same symbol is a claim.
 */
import { Kept } from "../../base/kept";
import { isEntryOf, mirrorOf } from "./relations";
import { isAlike, onlyDifference } from "../comparison";
import { argumentOfComposition, childrenOf, derivativesIn, displayOf, type Expr, type Note, occurs, type Subscript, type SymbolExpr, symbolsIn, wordOf } from "../expression";
import type { Located, Role } from "../model";
import { withOwnParameters } from "../parameters";
import type { Definition, Entity } from "../symbols/entity";
import { baseKey, fullKey, taggedKey, weight } from "../symbols/key";
import { isIndexLetter, type Place } from "../symbols/table";
import { runsThrough } from "./bounds";
import { isArrayCell, shapeOfCell } from "./blocks";
import type { Draft } from "./draft";
import { isQuantity } from "./identity-letter";
import { followsFromDerivative } from "./instances";
import { isForm } from "./forms";
import { giveShape } from "./shapes";

/** What is not said to be so. */
const undefining: ReadonlySet<Role> = new Set<Role>(["wrong-example", "question", "update", "initial"]);

/** Definitions: those of the words and of `:=` first, so that a display about the same symbol is a claim. */
export function define(draft: Draft, stated: boolean): void {
  for (const located of draft.located) {
    const { assertion } = located;
    const inWords = isStated(located);
    if (inWords !== stated) continue;
    if (located.role !== null && undefining.has(located.role)) continue;
    // "When $v$ is not used, $v = 0$."
    if (located.role === "hypothetical" && assertion.sides.some((side) => isExample(side) || (side.kind === "symbol" && side.name === "1"))) continue;
    if (stated && isDisplayedBefore(draft, located)) continue;
    if (draft.defining.get(located.id)?.properties.has("leadingOne")) continue;
    if (isOneOfSeveral(draft, located) || isOfACase(located) || runsThrough(draft, located)) continue;
    // `\sigma(w^\top x) =: p` names what stands before it.
    assertion.links.forEach(({ operator }, index) => {
      const [left, right] = [assertion.sides[index], assertion.sides[index + 1]];
      if (operator === "=:" && left && right) defineOne(draft, right, left, located, true);
    });
    // In a chain the first side is what is defined, and every link but the first is asserted of it.
    assertion.links.forEach((link, index) => {
      if (index > 0 && !(assertion.links[0]?.operator === "\\in" && index === 1)) return;
      if (link.operator !== "=" && link.operator !== ":=" && link.operator !== "\\equiv") return;
      const [left, right] = [assertion.sides[index], valueBehind(draft, assertion.sides[index], equalBehind(assertion, index), located)];
      if (!left || !right) return;
      // "If $y = x$" holds from there on; "where $y = x$" also of what stands before.
      const everywhere = inWords && located.role !== "assumption";
      defineOne(draft, left, right, located, everywhere || link.operator === ":=");
      if (assertion.links.length === 1 && !draft.defining.has(located.id) && namesLeft(draft, left, right, located)) defineOne(draft, right, left, located, everywhere);
    });
  }
}

/** The sides behind a link that are joined to it by equality: b alone of `a = b \geq 0`. */
function equalBehind({ sides, links }: Located["assertion"], index: number): readonly Expr[] {
  const other = links.findIndex(({ operator }, at) => at > index && !["=", ":=", "\\equiv"].includes(operator));
  return sides.slice(index + 1, other < 0 ? undefined : other + 1);
}

/**
 * ½ of `x = y = \frac12`: both are that, and neither is made of the other; and
 * the formula of `p_k = \sigma(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}}`, which says
 * what the function before it gives, or `p_i = P(y_i = 1 \mid x_i) = \sigma(z_i)`.
 */
function valueBehind(draft: Draft, target: Expr | undefined, sides: readonly Expr[], place: Place): Expr | undefined {
  const { table } = draft;
  const [first, second] = sides;
  if (first && second && namesOtherwise(draft, target, first) && !namesOtherwise(draft, target, second)) return second;
  const last = sides.at(-1);
  const fn = first?.kind === "entry" && first.base.kind === "apply" && !first.base.primes && !table.resolve(first.base.fn, place)?.entity.isFunction ? first.base.fn.name : null;
  if (fn !== null && second && wordOf(fn) === undefined && !symbolsIn(second).some(({ name }) => name === fn)) return second;
  if (first && second && isProbability(first) && !isExample(second) && !symbolsIn(second).some(({ name }) => name === nameOf(first))) return second;
  return last && sides.length > 1 && isExample(last) && sides.slice(0, -1).every((side) => side.kind === "symbol") ? last : first;
}

/** `\log p(y \mid x; \beta)` beside `p(y; \lambda) = \dots`, `\log p(D \mid w)` beside `p(y_i \mid x_i) = \dots`, or `\ell(\beta; Y) = \sum_i \ell(\beta; y_i)`: a name for what the chain goes on with. */
function namesOtherwise(draft: Draft, target: Expr | undefined, expr: Expr): boolean {
  if (expr.kind !== "apply") return childrenOf(expr).some((child) => namesOtherwise(draft, target, child));
  const { fn, args } = expr;
  const isWord = wordOf(fn.name) !== undefined;
  if (!isWord && target?.kind === "apply" && taggedKey(target.fn) === taggedKey(fn)) return true;
  const defined = isWord ? [] : draft.located.flatMap(({ assertion: { sides: [left], links } }) => (left?.kind === "apply" && links[0]?.operator === "=" && taggedKey(left.fn) === taggedKey(fn) ? [left] : []));
  // `p(y_1, \dots, y_n)` is of no number of letters.
  if (!isWord && expr.ahead !== undefined && args.some(({ kind }) => kind === "dots")) return true;
  const isOfOthers = (left: Expr & { kind: "apply" }): boolean => left.args.length !== args.length || (expr.ahead !== undefined && nameOf(args[0] as Expr) !== nameOf(left.args[0] as Expr));
  return (defined.length > 0 && defined.every(isOfOthers)) || args.some((arg) => namesOtherwise(draft, target, arg));
}

/** `P(y_i = 1 \mid x_i)`, which is read as P with what the event chooses below it, and `P(A)`. */
function isProbability(expr: Expr): boolean {
  return /^(?:P|Pr)$/.test(nameOf(expr)) && (expr.kind === "apply" || (expr.kind === "symbol" && expr.subscripts.length > 0));
}

function nameOf(expr: Expr): string {
  return expr.kind === "apply" ? expr.fn.name : expr.kind === "symbol" ? expr.name : "";
}

/** "With this gain $P = (I - KH) P^-$" after the display that says of what P is the expectation: what it comes to there. */
function isDisplayedBefore(draft: Draft, { assertion: { sides: [left, right], links }, inline, section, position }: Located): boolean {
  if (!inline || left?.kind !== "symbol" || right?.kind === "derivative" || links[0]?.operator !== "=") return false;
  return draft.located.some((other) => other.position < position && other.section === section && !other.inline && other.role === null && other.assertion.links[0]?.operator === "=" && other.assertion.sides[0]?.kind === "symbol" && other.assertion.sides[1]?.kind === "statistic" && fullKey(other.assertion.sides[0]) === fullKey(left));
}

/** "$t_c = 1$ for the true class and $t_c = 0$ for the others" gives t_c no value by itself. */
function isOneOfSeveral(draft: Draft, { id, assertion, inline, paragraph }: Located): boolean {
  const valueOf = ({ sides: [left, right, ...more], links }: Located["assertion"]): { key: string; value: Expr } | null => (left?.kind === "symbol" && left.subscripts.length && right && !more.length && links[0]?.operator === "=" && isExample(right) ? { key: fullKey(left), value: right } : null);
  const own = inline ? valueOf(assertion) : null;
  return own !== null && draft.located.some((other) => {
    const value = other.id !== id && other.inline && other.paragraph === paragraph ? valueOf(other.assertion) : null;
    return value?.key === own.key && !sameValue(value.value, own.value);
  });
}

/** "$y_i = 1$ if the class is i, and 0 otherwise". */
function isOfACase({ inline, partial, assertion: { sides: [left, right, ...more] } }: Located): boolean {
  return inline && partial === true && left?.kind === "symbol" && left.subscripts.length > 0 && right !== undefined && !more.length && isExample(right);
}

function sameValue(a: Expr, b: Expr): boolean {
  return a.kind === "number" && b.kind === "number" && a.numerator * b.denominator === b.numerator * a.denominator;
}

/** A later link of a chain that puts something in place of a symbol that nothing else defines. */
export function defineByComparison(draft: Draft): void {
  for (const located of draft.located) {
    const { sides, links } = located.assertion;
    const [before, last] = sides.slice(-2);
    if (before && last?.kind === "symbol" && isNameAtTheEnd(draft, last, located)) {
      defineOne(draft, last, before, located, false);
      // In other sections it may be anything.
      for (const place of mentionsOf(draft, last)) draft.table.declare(last, place);
    }
    for (const side of sides) for (const { label, body } of labelledIn(side)) if (label.kind === "symbol" && isNameBelow(draft, label, body, located)) defineBelow(draft, label, body, located);
    links.forEach((link, index) => {
      const [left, right] = [sides[index], sides[index + 1]];
      // The first link says what its left side is; where both sides are derivatives, it says what is differentiated.
      if ((index === 0 && left?.kind !== "derivative") || link.operator !== "=" || !left || !right) return;
      const only = onlyDifference(left, right);
      const named = only && ((only.left === left && loggedIn(left)) || only.left);
      const name = named?.kind === "symbol" ? named : named?.kind === "apply" && !named.primes ? named.fn : null;
      // What stands below ∂ is chosen, and no name for anything.
      if (only && derivativesIn(left).some(({ wrt }) => wrt.some((by) => by.start <= only.left.start && only.left.end <= by.end))) return;
      const known = name ? draft.table.resolve(name, located)?.entity : undefined;
      const isFree = !known || (only?.left === left && named?.kind === "apply" && known.isFunction && !known.definition && !known.named);
      if (only && name && isFree && !wordOf(name.name)) defineOne(draft, only.left, only.right, located, true);
    });
  }
}

/** Whether the letter, or a function of that name, stands alone on the left of some equation. */
function hasFormula({ located }: Draft, letter: SymbolExpr): boolean {
  return located.some(({ assertion: { sides: [left, ...rest] } }) => rest.length > 0 && ((left?.kind === "symbol" && taggedKey(left) === taggedKey(letter)) || (left?.kind === "apply" && taggedKey(left.fn) === taggedKey(letter))));
}

function labelledIn(expr: Expr): readonly (Expr & { kind: "labelled" })[] {
  return [...(expr.kind === "labelled" ? [expr] : []), ...childrenOf(expr).flatMap(labelledIn)];
}

/** The L of `\underbrace{a^\top w}_{L} = L b`: what stands above it, where nothing else says what it is and it is written elsewhere. */
function isNameBelow(draft: Draft, label: SymbolExpr, body: Expr, located: Located): boolean {
  if (label.primes || draft.table.sizeNames.has(label.name) || draft.table.resolve(label, located) || wordOf(label.name) || isWrittenIn(body, label)) return false;
  return draft.located.some(({ section, assertion }) => section === located.section && assertion.sides.some((side) => symbolsIn(side, false).some((one) => taggedKey(one) === taggedKey(label) && one.font === label.font && !isLabelIn(side, one))));
}

/** The assertion around it stays a claim. */
function defineBelow(draft: Draft, label: SymbolExpr, body: Expr, located: Located): void {
  const before = draft.defining.get(located.id);
  defineOne(draft, label, body, located, true);
  const made = draft.defining.get(located.id);
  if (made !== before && made?.definition) made.definition = { ...made.definition, below: true };
  if (before) draft.defining.set(located.id, before);
  else draft.defining.delete(located.id);
}

function isLabelIn(side: Expr, symbol: SymbolExpr): boolean {
  return labelledIn(side).some(({ label }) => label === symbol);
}

/** `p(y_i = 1) = \sigma(w^\top x_i) = q_i`, or `f = r` of an f with a formula, where r was not spoken of before. */
function isNameAtTheEnd(draft: Draft, last: SymbolExpr, located: Located): boolean {
  const { sides, links } = located.assertion;
  if (last.primes || links.some(({ operator }) => operator !== "=") || draft.table.resolve(last, located)) return false;
  const [first] = sides;
  const known = first?.kind === "symbol" ? draft.table.resolve(first, located) : null;
  if (sides.length < 3 && (!known?.entity.definition || known.indices.length || known.entity.definition.assertion === located.id)) return false;
  return !sides.slice(0, -1).some((side) => isWrittenIn(side, last)) && !mentionsOf(draft, last).some(({ id, section }) => section === located.section && id < located.id);
}

function mentionsOf(draft: Draft, symbol: SymbolExpr): Located[] {
  return draft.located.filter(({ assertion }) => assertion.sides.some((side) => isWrittenIn(side, symbol)));
}

function isWrittenIn(side: Expr, symbol: SymbolExpr): boolean {
  return symbolsIn(side, false).some((one) => taggedKey(one) === taggedKey(symbol) && one.font === symbol.font);
}

/** `L L^\top = \Sigma` names its left side, where nothing else says what the symbol is. */
function namesLeft(draft: Draft, left: Expr, right: Expr, located: Located): boolean {
  if (right.kind !== "symbol" || right.subscripts.length) return false;
  if (left.kind === "sum") return isEquationOfMatrices(draft, left, right, located);
  if (left.kind !== "product") return false;
  // "subject to $Ax = b$" is a condition on x.
  if (located.role === "assumption" && !isGram(left)) return false;
  const entity = draft.table.resolve(right, located)?.entity;
  if (entity?.definition) return false;
  // What was spoken of before has its meaning: `A x = b` is then an equation to be solved. So has what the words after it use: λ of "where $Su = \lambda u$".
  const others = draft.located.filter(({ id, section }) => section === located.section && id !== located.id);
  const mentions = (side: Expr): boolean => symbolsIn(side, false).some((symbol) => taggedKey(symbol) === taggedKey(right));
  const isUsed = ({ id, inline, assertion: { sides, links } }: Located): boolean => sides.some((side) => mentions(side) && (id < located.id || (inline && side.kind === "product" && links[0]?.operator === "=")));
  if (!isGram(left) && others.some(isUsed)) return false;
  return !entity || (isGram(left) && (entity.shape === null || entity.shape.length === 2));
}

/** "where $AX + XB = C$", in a section that differentiates nothing: C is what the others make. */
function isEquationOfMatrices(draft: Draft, left: Expr & { kind: "sum" }, right: SymbolExpr, located: Located): boolean {
  if (!located.inline || !/^[A-Z]/.test(right.name) || left.terms.some(({ expr }) => expr.kind !== "product")) return false;
  const sides = draft.located.filter(({ section }) => section === located.section).flatMap(({ assertion }) => assertion.sides);
  return !sides.some((side) => occurs("derivative", side) || occurs("differential", side)) && !draft.table.resolve(right, located)?.entity.definition && !symbolsIn(left, false).some((symbol) => taggedKey(symbol) === taggedKey(right));
}

/** The J(w) of `\min_w J(w) = \dots`, where the right side is written in w and is no minimum itself. */
function minimisedIn(left: Expr, right: Expr): (Expr & { kind: "apply" }) | null {
  if (left.kind !== "big" || !["min", "max"].includes(left.operator) || left.body.kind !== "apply" || right.kind === "big") return null;
  const { args } = left.body;
  const isWritten = (arg: Expr): boolean => arg.kind === "symbol" && symbolsIn(right, false).some((symbol) => fullKey(symbol) === fullKey(arg));
  return args.length > 0 && args.every(isWritten) ? left.body : null;
}

/** `\dot x = \frac{dx}{dt}` explains the dot. */
function isRateOf(name: SymbolExpr, right: Expr): boolean {
  return right.kind === "derivative" && name.accents[0] === ["", "dot", "ddot"][right.order] && right.of.kind === "symbol" && taggedKey(right.of) === taggedKey({ ...name, accents: name.accents.slice(1) });
}

/** `t_c = 1` of the true class, where a sum runs over all t_k: c names one of them, and the number is not that of the others. */
function isOneOfThose(draft: Draft, target: SymbolExpr, right: Expr): boolean {
  const [only, ...more] = target.subscripts;
  if (!only || more.length || !isIndexLetter(only) || right.kind !== "number" || ![0, 1].includes(right.numerator) || right.denominator !== 1) return false;
  const sums = (expr: Expr): boolean => (expr.kind === "big" && expr.operator === "sum" && expr.indices.some(({ symbol }) => symbol.name !== only.text && symbolsIn(expr.body, false).some((other) => baseKey(other) === baseKey(target) && other.subscripts.length === 1 && other.subscripts[0]?.text === symbol.name))) || childrenOf(expr).some(sums);
  return draft.located.some(({ assertion }) => assertion.sides.some(sums));
}

export function isStated(located: Located): boolean {
  if (located.assertion.links.some(({ operator }) => operator === ":=" || operator === "=:")) return true;
  return located.inline && (located.role === "definition" || located.role === "assumption");
}

/** What else the text says that a letter, or a function of the letters in its brackets, is. */
function restate(entity: Entity, definition: Definition, target: Expr, right: Expr, located: Located, stated: boolean): void {
  const params = target.kind === "apply" ? target.args.filter((arg): arg is SymbolExpr => arg.kind === "symbol") : [];
  const isRestated = target.kind === "symbol" || (target.kind === "apply" && params.length > 0 && params.length === target.args.length);
  if (!isRestated || isExample(right)) return;
  const kind: Definition["kind"] = target.kind === "apply" ? "function" : isArgmin(right) ? "argmin" : "value";
  const { formula, assertion, id } = located;
  entity.restated.push({ ...definition, expr: right, params: target.kind === "apply" ? params : definition.params, kind, formula, start: assertion.start, end: assertion.end, stated, assertion: id });
}

/** `f(x_1, x_2) = …`: the letters as they stand in the brackets. */
function noteWritten({ defining }: Draft, left: Expr, { id }: Located): void {
  const made = defining.get(id);
  if (made?.definition && left.kind === "apply") made.definition = { ...made.definition, written: left.args as SymbolExpr[] };
}

/** L(θ) of `\ln L(\theta)`. */
export function loggedIn(expr: Expr): Expr | undefined {
  return expr.kind === "apply" && ["log", "ln"].includes(expr.fn.name) ? expr.args[0] : undefined;
}

function defineOne(draft: Draft, left: Expr, right: Expr, located: Located, stated: boolean): void {
  // `\log p(x) = …` defines p as the exponential of the right side, and so does `\log f = …` in the words around formulas, or of an f that has no other formula.
  const logged = loggedIn(left);
  if (left.kind === "apply" && (logged?.kind === "apply" || (logged?.kind === "symbol" && (stated || !hasFormula(draft, logged)) && !draft.table.resolve(logged, located)?.entity.shape))) {
    const exponential: Expr = { kind: "apply", fn: { ...left.fn, name: "exp" }, args: [right], certain: true, primes: 0, start: right.start, end: right.end };
    return defineOne(draft, logged, exponential, located, stated);
  }
  // `\Phi' = \varphi` says what φ is.
  if (stated && left.kind === "symbol" && left.primes === 1 && right.kind === "symbol" && !right.primes && !draft.table.resolve(right, located)) return defineOne(draft, right, left, located, stated);
  if (left.kind === "entry" && left.base.kind === "apply") return defineResult(draft, left.base, left.indices, right, located, stated);
  const rooted = left.kind === "power" ? rootOf(draft, left, right, located) : null;
  if (rooted) return defineOne(draft, rooted.base, rooted.root, located, stated);
  if (right.kind === "opaque" || right.kind === "dots" || isDataSet(right) || (isExplicitEntries(right, left) && !isMadeOfBlocks(draft, right, located))) return;
  const argument = left.kind === "symbol" ? argumentOfComposition(right) : null;
  if (left.kind === "symbol" && argument) return defineOne(draft, { kind: "apply", fn: left, args: [argument], certain: true, primes: 0, start: left.start, end: left.end }, right, located, stated);
  const general = left.kind === "apply" ? withOwnParameters(left, right) : null;
  if (general) {
    defineOne(draft, general.left, general.right, located, stated);
    return noteWritten(draft, left, located);
  }
  // `\min_w J(w) = \dots` says what is minimised.
  const minimised = minimisedIn(left, right);
  if (minimised) return defineOne(draft, minimised, right, located, stated);
  const target = left.kind === "labelled" ? left.body : left;
  const name = target.kind === "symbol" ? target : target.kind === "apply" ? target.fn : null;
  if (target.kind === "apply" && target.primes) return defineDerivative(draft, target, located);
  if (!name || ["1", "0"].includes(name.name) || (name.name === "I" && !isQuantity(draft, target, right)) || (name.name === "d" && isPlainNumber(right)) || (name.name === "delta" && name.subscripts.length === 2)) return;
  // `g(x, y) = 0` is an equation, and g no function that is zero.
  if (target.kind === "apply" && right.kind === "number" && right.numerator === 0 && target.args.length > 1) return;
  if (right.kind === "transpose" && right.base.kind === "symbol" && taggedKey(right.base) === taggedKey(name)) return;
  if (right.kind === "apply" && !name.subscripts.length && taggedKey(right.fn) === taggedKey(name) && right.args.every((arg) => arg.kind === "symbol")) return;
  if (isRateOf(name, right) || isEntryOf(right, name) || mirrorOf(target, right) || mentionsSelf(right, name) || isKnownOtherwise(draft, target, right, name, located)) return;
  // `x_0^{(i)} = 1` says what an entry of each sample is.
  if (name.subscripts[0]?.above !== undefined && name.subscripts.length > 1 && draft.table.resolve({ ...name, subscripts: name.subscripts.slice(0, 1) }, located)) return;
  if (target.kind === "symbol" && isOneOfThose(draft, target, right)) return;
  if (target.kind === "symbol" && followsFromDerivative(draft, name, located.id)) return;
  const met = draft.table.resolve(name, located);
  // `r = |\mathbf r|` tells the two apart.
  const known = met && weight(met.entity.symbol.font) !== weight(name.font) && symbolsIn(right, false).some((symbol) => taggedKey(symbol) === taggedKey(name)) ? null : met;
  // A number in the place of a formula is what it comes to in an example.
  if (known?.entity.definition && isExample(right) && !isExample(known.entity.definition.expr)) return;
  if (left.kind === "apply" && known?.entity.definition && (redefines(draft, known.entity.definition, right, located) || takesOthers(known.entity.definition, left.args) || isStatedAnew(draft, known.entity, left, right, located))) {
    defineFresh(draft, left, right, located);
    return;
  }
  const isNext = target.kind === "symbol" && known?.entity.definition && isNextExample(draft, known.entity.definition, name, right, located);
  if (!isNext && known?.entity.definition && (known.entity.section === located.section || !redefines(draft, known.entity.definition, right, located)) && !known.family) {
    return restate(known.entity, known.entity.definition, target, right, located, stated);
  }
  if (known?.entity.definition && known.family && known.entity.section === located.section) return;
  // Entries of an array that is defined as a whole are claims about it.
  if (known && known.indices.length && !known.family && (known.entity.definition || known.entity.shape) && !isNumbered(name, known.entity, located) && !isVariant(name, right)) {
    if (target.kind === "symbol") defineEntries(draft, known.entity, target, right, located, stated);
    return;
  }
  const params = target.kind === "apply" ? lettersOf(target.args) : [];
  if (target.kind === "apply" && (params.length !== target.args.length || new Set(params.map(fullKey)).size !== params.length)) return;
  const family = target.kind === "symbol" && draft.table.isFamily(target);
  const redefinition = known !== null && known.entity.definition !== null;
  const entity = known && !redefinition && known.entity.section === located.section && !known.indices.length ? known.entity : draft.table.declare(name, located, redefinition && known.entity.section === located.section);
  if (entity.definition) return;
  if (known && entity !== known.entity && !known.indices.length) {
    if (entity.shape === null && known.entity.shape) giveShape(draft, entity, known.entity.shape, known.entity.shapeFrom);
    for (const property of known.entity.properties) entity.properties.add(property);
  }
  const kind: Definition["kind"] = target.kind === "apply" ? "function" : family ? "family" : isArgmin(right) ? "argmin" : "value";
  const parameters = target.kind === "apply" ? params : family ? (target).subscripts.map((subscript) => subscript.expr as SymbolExpr) : [];
  entity.definition = { expr: right, params: parameters, kind, formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated, assertion: located.id };
  if (target.kind === "apply") {
    entity.isFunction = true;
    entity.definition = { ...entity.definition, ...squaresOf(target.args) };
  }
  draft.defining.set(located.id, entity);
}

/** Functions that no text defines anew. */
const settled = new Set(["trace", "det", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan", "crossMatrix"]);

/** What is said of a trace, a determinant or a hyperbolic tangent defines none of them; nor does what is said of `\dot V` define it, where V has its meaning. */
function isKnownOtherwise(draft: Draft, target: Expr, right: Expr, name: SymbolExpr, place: Place): boolean {
  if (target.kind === "apply" && settled.has(wordOf(name.name)?.fn ?? "")) return true;
  // `\operatorname{vec}(A) = D_n \operatorname{vech}(A)` says what the one has to do with the other.
  if (target.kind === "apply" && isStacking(target) && stacks(right)) return true;
  if (!/^d?dot$/.test(name.accents[0] ?? "")) return false;
  const still = { ...name, accents: name.accents.slice(1) };
  const moving = draft.table.resolve(still, place)?.entity;
  if (draft.located.some(({ assertion: { sides, links } }) => links[0]?.operator === "=" && sides[0]?.kind === "symbol" && fullKey(sides[0]) === fullKey(still))) return true;
  return moving !== undefined && (moving.definition !== null || moving.properties.has("spectral") || (moving.isFunction && Boolean(moving.domain?.length)));
}

function isStacking(expr: Expr): boolean {
  return expr.kind === "apply" && ["vec", "vech"].includes(wordOf(expr.fn.name)?.fn ?? "");
}

function stacks(expr: Expr): boolean {
  return isStacking(expr) || childrenOf(expr).some(stacks);
}

/** `f'(x) = …` states a derivative where the text says what f is; else it says what the derivative is, and nothing of f. */
function defineDerivative(draft: Draft, { fn }: Expr & { kind: "apply" }, located: Located): void {
  const isKnown = (side: Expr | undefined): boolean => side?.kind === "apply" && !side.primes && taggedKey(side.fn) === taggedKey(fn);
  const known = draft.table.resolve(fn, located)?.entity;
  // `a = g(z) = \frac{1}{1 + e^{-z}}` says it as well.
  if (wordOf(fn.name) || known?.definition || known?.named || draft.located.some(({ assertion: { sides } }) => isKnown(sides[0]) || sides.slice(1, -1).some(isKnown))) return;
  const entity = draft.table.declare(fn, located);
  if (entity.shape !== null) return;
  entity.isFunction = true;
  draft.defining.set(located.id, entity);
}

/** Arguments that are letters, or squares of letters. */
function lettersOf(args: readonly Expr[]): SymbolExpr[] {
  return args.map(squareless).filter((arg): arg is SymbolExpr => arg.kind === "symbol");
}

function squaresOf(args: readonly Expr[]): Pick<Definition, "squares"> {
  return args.some((arg) => arg.kind === "power") ? { squares: args.map((arg) => arg.kind === "power") } : {};
}

/** `\ell(\mu, \sigma^2)` is a function of σ², which is written in σ. */
function squareless(arg: Expr): Expr {
  return arg.kind === "power" && isTwo(arg.exponent) ? arg.base : arg;
}

/** `\sigma^2 = …` defines σ, as the root of the right side, or as what is squared there. */
function rootOf(draft: Draft, { base, exponent }: Expr & { kind: "power" }, right: Expr, place: Place): { base: SymbolExpr; root: Expr } | null {
  if (base.kind !== "symbol" || !isTwo(exponent) || !(/^[a-z]/.test(base.name) || isForm(right)) || isExample(right) || right.kind === "opaque" || right.kind === "dots") return null;
  const known = draft.table.resolve(base, place)?.entity;
  if (known && (known.definition || (known.shape?.length && !known.shape.includes("1")))) return null;
  const root: Expr = right.kind === "power" && isTwo(right.exponent) ? right.base : { kind: "root", base: right, index: 2, start: right.start, end: right.end };
  return { base, root };
}

/** `z_1 = …` where another section has z, and nothing says that it is an array: the first of several z. */
function isNumbered(name: SymbolExpr, whole: Entity, place: Place): boolean {
  return whole.section !== place.section && whole.shape === null && name.subscripts.length === 1 && name.subscripts[0]?.expr.kind === "number";
}

/** `K_y = K + \sigma^2 I` with the whole K in it: another matrix, and no row of K. */
function isVariant(name: SymbolExpr, right: Expr): boolean {
  const isWhole = (expr: Expr): boolean => expr.kind === "symbol" && !expr.subscripts.length && taggedKey(expr) === taggedKey(name);
  return name.subscripts.length === 1 && !isIndexLetter(name.subscripts[0] as Subscript) && right.kind === "sum" && right.terms.some(({ expr }) => isWhole(expr));
}

/** `s(x)_i = …`: the entries of what a function gives at its own argument. */
function defineResult(draft: Draft, { fn, args }: Expr & { kind: "apply" }, indices: readonly Subscript[], right: Expr, located: Located, stated: boolean): void {
  const known = draft.table.resolve(fn, located)?.entity;
  if (known?.definition || wordOf(fn.name) || fn.subscripts.length || !args.every((arg) => arg.kind === "symbol") || !indices.every(isIndexLetter) || mentionsSelf(right, fn)) return;
  const entity = known ?? draft.table.declare(fn, located);
  entity.isFunction = false;
  entity.definition = { expr: right, params: indices.map((subscript) => subscript.expr as SymbolExpr), kind: "entries", formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated, assertion: located.id };
  draft.defining.set(located.id, entity);
}

/** The array whose general entry is given, as it is meant in this section. */
function defineEntries(draft: Draft, known: Entity, target: SymbolExpr, right: Expr, located: Located, stated: boolean): void {
  if (known.definition && (known.section === located.section || !bringsOthers(known.definition.expr, right))) return;
  if (!isGeneralEntry(draft, known, target, right, located)) return;
  const entity = known.section === located.section ? known : draft.table.declare(known.symbol, located);
  if (entity.definition) return;
  if (entity.shape === null && known.shape) giveShape(draft, entity, known.shape, known.shapeFrom);
  entity.definition = { expr: right, params: target.subscripts.map((subscript) => subscript.expr as SymbolExpr), kind: "entries", formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated, assertion: located.id };
  draft.defining.set(located.id, entity);
}

/** Whether a formula of entries has letters that the formula of the whole has not: `y_{ij} = … + b_j` after Y = XW. */
function bringsOthers(whole: Expr, entries: Expr): boolean {
  const letters = new Set(symbolsIn(whole, false).map(({ name }) => name.toLowerCase()));
  return symbolsIn(entries, false).some(({ name, subscripts }) => subscripts.length > 0 && !letters.has(name.toLowerCase()));
}

/** `y_i = x_i^2` of a declared y. */
function isGeneralEntry(draft: Draft, whole: Entity, { subscripts, name }: SymbolExpr, right: Expr, { assertion }: Located): boolean {
  const letters = subscripts.map(({ expr }) => (expr.kind === "symbol" ? taggedKey(expr) : ""));
  const rank = whole.shape?.filter((dim) => dim !== "1").length;
  if (whole.isLoss || rank !== letters.length || new Set(letters).size !== rank || !subscripts.every(isIndexLetter)) return false;
  if (assertion.notes.some(({ kind }) => kind === "relation") && !assertion.notes.some(isRange)) return false;
  return symbolsIn(right, false).every((symbol) => symbol.name.toLowerCase() !== name.toLowerCase() || draft.table.resolve(symbol, whole)?.entity !== whole);
}

/** `c = 1, \dots, C` beside a formula restricts nothing. */
function isRange(note: Note): boolean {
  const hasDots = (expr: Expr): boolean => expr.kind === "dots" || childrenOf(expr).some(hasDots);
  return note.kind === "expression" ? hasDots(note.expr) : note.kind === "relation" && note.relation.sides.some(hasDots);
}

/** `f(x) = …` again, with something else on the right: another f from here on. */
function defineFresh(draft: Draft, target: Expr & { kind: "apply" }, right: Expr, located: Located): void {
  const params = lettersOf(target.args);
  if (params.length !== target.args.length) return;
  const entity = draft.table.declare(target.fn, located, true);
  entity.isFunction = true;
  entity.definition = { expr: right, params, ...squaresOf(target.args), kind: "function", formula: located.formula, start: located.assertion.start, end: located.assertion.end, stated: false, assertion: located.id };
  draft.defining.set(located.id, entity);
}

/** Whether a right side says something else than the old definition did: other symbols take part, also once those are written out, in the words of one paragraph, that stand for others (M of `M = L^\\top L`). */
function redefines({ table, located }: Draft, old: Definition, right: Expr, place: Located): boolean {
  const names = (symbols: readonly SymbolExpr[]): string => [...new Set(symbols.map(taggedKey))].sort().join(" ");
  const [before, now] = [symbolsIn(old.expr, false), symbolsIn(right, false)];
  if (names(before) === names(now)) return false;
  const writtenOut = (symbol: SymbolExpr): readonly SymbolExpr[] => {
    const definition = table.resolve(symbol, place)?.entity.definition;
    return definition?.kind === "value" ? symbolsIn(definition.expr, false) : [symbol];
  };
  const isTogether = place.inline && located.some(({ id, paragraph, inline }) => id === old.assertion && inline && paragraph === place.paragraph);
  return !isTogether || names(before.flatMap(writtenOut)) !== names(now.flatMap(writtenOut));
}

/** `f = a^\top x, \quad \partial f/\partial x = a` and then `f = x^\top A x, \quad \dots`: examples in a row, each with its own derivative in the same formula or sentence. */
function isNextExample({ located }: Draft, old: Definition, name: SymbolExpr, right: Expr, here: Located): boolean {
  const isOwn = ({ assertion: { sides: [left] } }: Located): boolean => left?.kind === "derivative" && left.of.kind === "symbol" && fullKey(left.of) === fullKey(name);
  const isTogether = (one: Located, other: Located): boolean => one.formula === other.formula || (one.inline && other.inline && one.paragraph === other.paragraph);
  const isDifferentiated = (one: Located): boolean => located.some((other) => other.id > one.id && isTogether(one, other) && isOwn(other));
  const before = located.find(({ id }) => id === old.assertion);
  return before !== undefined && !isTogether(before, here) && !isExample(right) && !isAlike(old.expr, right) && isDifferentiated(here) && isDifferentiated(before);
}

/** `f(x, y) = …` beside an earlier `f(x) = …`: another function. */
function takesOthers({ kind, params }: Definition, args: readonly Expr[]): boolean {
  return kind === "function" && params.length !== args.length && lettersOf(args).length === args.length;
}

/** Another section says in words what its own function is, in the same letters; the items of a list are exercises, whose solutions stand elsewhere. */
export function isStatedAnew(draft: Draft, { definition, section }: Entity, { args }: Expr & { kind: "apply" }, right: Expr, { inline, section: here, paragraph }: Located): boolean {
  return inline && section !== here && !draft.items.has(paragraph) && definition?.kind === "function" && lettersOf(args).length === args.length && !isExample(right) && !isAlike(definition.expr, right);
}

/** `A = [a_{11} …]`: a matrix of the symbol's own entries says nothing about its value. */
function isExplicitEntries(right: Expr, left: Expr): boolean {
  const display = displayOf(right);
  if (!display || left.kind !== "symbol") return false;
  const letter = left.name.toLowerCase();
  const cells = display.rows.flatMap((row) => row.flatMap((cell) => (cell.dots || cell.expr === null ? [] : [cell.expr])));
  // Numbers beside entries make another array of these: a column of ones before the data.
  const besides = cells.some((cell) => cell.kind === "number" && cell.numerator !== 0) && display.rows.some((row) => row.some((cell) => cell.dots));
  return !besides && cells.some((cell) => symbolsIn(cell, false).length > 0) && cells.every((cell) => symbolsIn(cell, false).every((symbol) => symbol.name.toLowerCase() === letter));
}

/** `D = \\{(x_1, y_1), \\dots, (x_n, y_n)\\}`: a set of pairs is no array. */
function isDataSet(right: Expr): boolean {
  return right.kind === "tuple" && right.braces === true && right.items.some(({ kind }) => kind === "tuple");
}

/** `H = [H_1, H_2]` of arrays that the text declares, `d = [d_s; d_a]` beside vectors s and a: blocks, and no entries. */
function isMadeOfBlocks(draft: Draft, right: Expr, place: Located): boolean {
  // A set has neither.
  const cells = right.kind === "tuple" && right.braces ? [] : (displayOf(right)?.rows.flat() ?? []);
  const isOpen = cells.some(({ dots }) => dots);
  return cells.some(({ expr: cell }) => {
    if (cell?.kind !== "symbol") return false;
    if (!isOpen) return isArrayCell(draft, cell, place);
    const shape = shapeOfCell(draft, cell, place);
    return shape.length === 2 && !shape.includes("1");
  });
}

function isPlainNumber(expr: Expr): boolean {
  return expr.kind === "number";
}

/** `A^\top A`, `A A^\top` */
function isGram(expr: Expr): boolean {
  const [first, second] = expr.kind === "product" && expr.factors.length === 2 ? expr.factors : [];
  const base = (one: Expr | undefined): Expr | undefined => (one?.kind === "transpose" ? one.base : one);
  const [a, b] = [base(first), base(second)];
  return (first?.kind === "transpose") !== (second?.kind === "transpose") && a?.kind === "symbol" && b?.kind === "symbol" && taggedKey(a) === taggedKey(b);
}

function isArgmin(expr: Expr): boolean {
  return expr.kind === "apply" && ["argmin", "argmax"].includes(expr.fn.name) ? true : expr.kind === "product" && expr.factors[0]?.kind === "symbol" && ["argmin", "argmax", "arg"].includes(expr.factors[0].name);
}

/** `x = x - …` is an assignment. A recursion by index (`h_t` from `h_{t-1}`) is none. */
function mentionsSelf(expr: Expr, name: SymbolExpr): boolean {
  const own = taggedKey(name);
  return symbolsIn(expr, false).some((symbol) => taggedKey(symbol) === own && weight(symbol.font) === weight(name.font) && symbol.subscripts.map((subscript) => subscript.text).join(",") === name.subscripts.map((subscript) => subscript.text).join(","));
}

function isTwo(expr: Expr): boolean {
  return expr.kind === "number" && expr.numerator === 2 * expr.denominator;
}

/** A right side of numbers alone, and of functions of them: `1.1`, `\sigma(1.1)`. */
export function isExample(expr: Expr): boolean {
  let found = examples.get(expr);
  if (found === undefined) examples.set(expr, (found = isWorkedOut(expr)));
  return found;
}

const examples = new Kept<Expr, boolean>();

function isWorkedOut(expr: Expr): boolean {
  if (expr.kind === "apply" && (wordOf(expr.fn.name) || expr.fn.name === "sigma")) return expr.args.length > 0 && expr.args.every(isExample);
  const inside = childrenOf(expr);
  return symbolsIn(expr, false).every(({ name }) => name === "0") || (inside.length > 0 && inside.every(isExample));
}
