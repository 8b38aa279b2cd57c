/**
 * What holds for every source: parsing never throws, every span lies in the
 * source and covers its children's, and well-formed formulas have no problems.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMath, type Node, type ParsedMath, type Row } from "../../../src/latex/index";
import { commands } from "../../../src/latex/commands";
import { childrenOf } from "./children";
import { reads } from "./sketch";

const macros = new Map([
  ["\\swap", { parameters: 2, optional: null, body: "#2 #1" }],
  ["\\half", { parameters: 0, optional: null, body: "\\frac12" }],
  ["\\open", { parameters: 1, optional: null, body: "\\left( #1" }],
  ["\\brace", { parameters: 0, optional: null, body: "{" }],
  ["\\opt", { parameters: 2, optional: "k", body: "x_{#1}^{#2}" }],
  ["\\loop", { parameters: 0, optional: null, body: "x\\loop" }],
]);

const pieces = [
  ..."abxyzALW01259+-*/=<>,;:!|()[]{}{}^_^_''&$~#%\"@`.",
  ..."\\ { } ^ _ & $ \\\\ \\, \\; \\! \\{ \\} \\| \\( \\) \\[ \\] \\_ \\% \\' # #1".split(" "),
  ...[...macros.keys()],
  " ", "\n", "\\ ", "α", "²", "ᵀ", "₁", "𝐖", "x̂", "…", "中", "\ud800", "\u0302", "√", "⟨", "²",
  "\\frac", "\\frac{a}{b}", "\\sqrt", "\\sqrt[", "\\left(", "\\right)", "\\left", "\\right", "\\middle|", "\\big|", "\\bigl(", "\\bigr]",
  "\\begin{matrix}", "\\end{matrix}", "\\begin{align}", "\\end{align}", "\\begin{foo}", "\\begin", "\\end", "\\begin{array}{cc}",
  "\\text{", "\\text{$", "\\mathrm{", "\\mathrm{tr}", "\\mathbf", "\\bf", "\\rm", "\\over", "\\choose", "\\hat", "\\overbrace{", "\\underbrace", "\\overset",
  "\\operatorname{", "\\not", "\\color{red}", "\\newcommand{\\q}{", "\\def\\q", "\\q", "\\let\\q", "\\T", "\\pdv", "\\pdv[2]", "\\norm", "\\dd", "\\substack{", "\\cases{",
  "\\intertext{", "\\multicolumn{2}{c}{", "\\foo", "\\xrightarrow[", "\\limits", "\\quad", "\\kern", "\\phantom{", "\\cr", "\\hline", "\\label{",
];

const soup = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...[...commands.keys()].map((name) => `\\${name}`)), fc.string({ maxLength: 3 })), { maxLength: 40 }).map((parts) => parts.join(""));
const environment = fc.constantFrom(null, "align", "equation", "gather*", "alignat", "nonsense");

function checkSpans(source: string, { root, problems }: ParsedMath): void {
  const inside = (start: number, end: number, from: number, to: number, what: string): void =>
    assert.ok(from <= start && start <= end && end <= to, `${what} ${start}-${end} outside of ${from}-${to} in ${JSON.stringify(source)}`);
  const visit = (row: Row, from: number, to: number): void => row.forEach((node) => checkNode(node, from, to));
  const checkNode = (node: Node, from: number, to: number): void => {
    inside(node.start, node.end, from, to, node.kind);
    if (node.kind !== "environment") return childrenOf(node).forEach((row) => visit(row, node.start, node.end));
    for (const row of node.rows) {
      inside(row.start, row.end, node.start, node.end, "row");
      for (const cell of row.cells) {
        inside(cell.start, cell.end, row.start, row.end, "cell");
        visit(cell.body, cell.start, cell.end);
      }
    }
  };
  visit(root, 0, source.length);
  for (const problem of problems) inside(problem.start, problem.end, 0, source.length, problem.message);
}

describe("any source", () => {
  it("is read without an exception, with nested spans", () => {
    fc.assert(
      fc.property(soup, environment, (source, name) => {
        checkSpans(source, parseMath(source, { environment: name, macros }));
      }),
      { numRuns: 4000, seed: 7 },
    );
  });
  it("keeps its problems in order and says something in each", () => {
    fc.assert(
      fc.property(soup, (source) => {
        const { problems } = parseMath(source, { macros });
        problems.forEach((problem, index) => assert.ok(index === 0 || (problems[index - 1]?.start ?? 0) <= problem.start));
        assert.ok(problems.every(({ message }) => message.length > 5 && message.length < 200));
      }),
      { numRuns: 1000, seed: 8 },
    );
  });
  it("keeps the order of the source where no macro is expanded", () => {
    fc.assert(
      fc.property(soup, (source) => {
        const { root } = parseMath(source);
        const visit = (row: Row): void => {
          row.forEach((node, index) => {
            const before = row[index - 1];
            // What is undeclared has its usual expansion, which may bring several nodes at one place.
            assert.ok(!before || before.start <= node.start, `${JSON.stringify(source)} at ${node.start}`);
            childrenOf(node).forEach(visit);
          });
        };
        if (!/\\(newcommand|def|gdef|edef|xdef|let|renewcommand|providecommand|DeclareRobustCommand|fdv|pdv|pd|dv|od|odv|deriv|pder|pdiff|[A-Za-z]*derivative)/.test(source)) visit(root);
      }),
      { numRuns: 1000, seed: 9 },
    );
  });
});

/** A well-formed piece of LaTeX beside the tree that it must be read as. */
interface Pair {
  readonly source: string;
  readonly tree: string;
}

const leaf: fc.Arbitrary<Pair> = fc.oneof(
  fc.constantFrom(..."abcxyzALWX").map((letter) => ({ source: letter, tree: letter })),
  fc.integer({ min: 0, max: 99 }).map((value) => ({ source: `{${value}}`, tree: `{${value}}` })),
  fc.constantFrom("alpha", "partial", "theta", "nabla", "ell", "infty", "vdots").map((name) => ({ source: `\\${name} `, tree: `\\${name}` })),
  fc.constantFrom("mathbf", "mathcal", "mathbb").map((font) => ({ source: `\\${font}{W}`, tree: `${font}.W` })),
  fc.constantFrom("tr", "softmax").map((name) => ({ source: `\\operatorname{${name}}`, tree: `"${name}"` })),
);

const { formula } = fc.letrec<{ formula: Pair; atom: Pair; row: Pair }>((tie) => ({
  row: fc.array(tie("formula"), { minLength: 1, maxLength: 2 }).map((parts) => ({ source: parts.map((part) => part.source).join("+"), tree: parts.map((part) => part.tree).join(" + ") })),
  atom: fc.oneof(
    { maxDepth: 3, depthIdentifier: "formula" },
    leaf,
    fc.tuple(tie("row"), tie("row")).map(([a, b]) => ({ source: `\\frac{${a.source}}{${b.source}}`, tree: `frac[${a.tree}][${b.tree}]` })),
    tie("row").map((a) => ({ source: `(${a.source})`, tree: `(: ${a.tree} :)` })),
    tie("row").map((a) => ({ source: `\\left[${a.source}\\right]`, tree: `[! ${a.tree} !]` })),
    tie("row").map((a) => ({ source: `{${a.source}}`, tree: `{${a.tree}}` })),
    tie("row").map((a) => ({ source: `\\sqrt{${a.source}}`, tree: `sqrt[${a.tree}]` })),
    tie("row").map((a) => ({ source: `\\hat{${a.source}}`, tree: `hat[${a.tree}]` })),
    tie("row").map((a) => ({ source: `\\boxed{${a.source}}`, tree: `boxed[${a.tree}]` })),
    fc.tuple(tie("row"), tie("row")).map(([a, b]) => ({ source: `{\\underbrace{${a.source}}_{${b.source}}}`, tree: `{underbrace[${a.tree}]{${b.tree}}}` })),
    fc.tuple(tie("row"), tie("row"), tie("row"), tie("row")).map(([a, b, c, d]) => ({
      source: `\\begin{bmatrix}${a.source}&${b.source}\\\\${c.source} & ${d.source}\\\\\\end{bmatrix}`,
      tree: `bmatrix[${a.tree} & ${b.tree} ; ${c.tree} & ${d.tree}]`,
    })),
  ),
  formula: fc.oneof(
    { maxDepth: 3, depthIdentifier: "formula" },
    tie("atom"),
    fc.tuple(tie("atom"), tie("row"), tie("row"), fc.boolean()).map(([base, sub, sup, order]) => ({
      source: order ? `${base.source}_{${sub.source}}^{${sup.source}}` : `${base.source}^{${sup.source}}_{${sub.source}}`,
      tree: `${base.tree}_[${sub.tree}]^[${sup.tree}]`,
    })),
  ),
}));

describe("any well-formed formula", () => {
  it("is read as it was built", () => {
    fc.assert(
      fc.property(formula, ({ source, tree }) => reads(source, tree)),
      { numRuns: 1000, seed: 11 },
    );
  });
  it("is read the same through a macro", () => {
    fc.assert(
      fc.property(formula, ({ source, tree }) => {
        reads("\\whole", tree, { macros: new Map([["\\whole", { parameters: 0, optional: null, body: source }]]) });
        reads(`\\same{${source}}`, tree, { macros: new Map([["\\same", { parameters: 1, optional: null, body: "#1" }]]) });
      }),
      { numRuns: 300, seed: 12 },
    );
  });
});

describe("the tables", () => {
  it("hold no command that is not known", () => {
    for (const name of commands.keys()) {
      const unknown = parseMath(`\\${name}{x}{y}{z}{w}`).problems.filter(({ message }) => message.includes("not a known"));
      assert.deepEqual(unknown, [], name);
    }
  });
  it("give data commands a node of their own on their own place", () => {
    for (const [name, command] of commands) {
      if (!["symbol", "operator", "big", "name", "space"].includes(command.kind)) continue;
      const source = `\\${name} `;
      const { root, problems } = parseMath(source);
      assert.deepEqual(problems, [], name);
      assert.equal(root.length, 1, name);
      assert.equal(root[0]?.kind, command.kind, name);
      assert.deepEqual([root[0]?.start, root[0]?.end], [0, source.length - 1], name);
    }
  });
});
