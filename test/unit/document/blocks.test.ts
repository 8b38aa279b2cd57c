import assert from "node:assert/strict";
import { formulas, outline, read } from "./reading";

function blocks(text: string, filename?: string): string[] {
  return outline(read(text, filename));
}

describe("document: blocks of Markdown", () => {
  it("a paragraph goes on across displays until a blank line", () => {
    assert.deepEqual(blocks("Let $x$ be\n$$\na\n\nb\n$$\nwhere so.\n\nNext\n\n$$c$$\n\nlast"), ["body: Let ⟦x⟧ be\n⟦\na\n\nb\n⟧\nwhere so.", "body: Next", "body: ⟦c⟧", "body: last"]);
  });

  it("headings of both kinds, without their marks", () => {
    assert.deepEqual(blocks("# A $x$ #\n##B\n### C {#id .x}\nText\n====\nMore\ntext\n---\n#tag\n"), ["heading 1: A ⟦x⟧", "heading 2: B", "heading 3: C", "heading 1: Text", "heading 2: More\ntext", "body: #tag"]);
    assert.deepEqual(blocks('<h2 align="center">Head</h2>'), ["heading 2: Head"]);
  });

  it("rules, but not a lone sign, a title's underline or a table's rule", () => {
    assert.deepEqual(blocks("a\n\n---\n\n* * *\n\n___\n\n<hr>\n"), ["body: a", "rule", "rule", "rule", "rule"]);
    assert.deepEqual(blocks("$$a$$\n-\n$$b$$"), ["body: ⟦a⟧\n-\n⟦b⟧"]);
    assert.deepEqual(blocks("a = b\n=\n"), ["body: a = b\n="]);
    assert.deepEqual(blocks("$$\na\n$$\n---\nb"), ["body: ⟦\na\n⟧", "rule", "body: b"]);
    assert.deepEqual(blocks("-----  ----\n\n"), []);
  });

  it("list items, nested, ordered or not, with displays inside", () => {
    const text = "- a $x$\n  goes on\n\n  $$\n  - b\n  + c\n  $$\n  1. d\n     - e\n- [ ] f\n10. g\n\nend";
    assert.deepEqual(blocks(text), ["item: a ⟦x⟧\ngoes on", "item: ⟦\n- b\n+ c\n⟧", "item ordered: d", "item: e", "item: f", "item ordered: g", "body: end"]);
  });

  it("keeps the places of what stands in nested containers", () => {
    const text = "> - > $$\n>   > a\n>   > b\n>   > $$\n";
    const [formula] = read(text).formulas;
    assert.equal(formula?.source.text, "\na\nb\n");
    assert.deepEqual(formula.source.anchors.map(({ offset }) => text.slice(offset, offset + 1)), ["\n", "a", "b", "$"].slice(0, formula.source.anchors.length));
  });

  it("a display that is not indented under its item", () => {
    assert.deepEqual(blocks("1. Let:\n$$a$$\n$$\n- b\n$$\n    * c $x$\n2. d"), ["item ordered: Let:\n⟦a⟧⟦\n- b\n⟧", "item: c ⟦x⟧", "item ordered: d"]);
    assert.deepEqual(blocks("* Let\n$$\n- a\n+ b\n$$\n\nend"), ["item: Let", "body: ⟦\n- a\n+ b\n⟧", "body: end"]);
  });

  it("quotes, and what goes on without their mark", () => {
    assert.deepEqual(blocks("> a $x$\n> $$\n> b\n>\n> c\n> $$\nlazy\n\nend"), ["quote: a ⟦x⟧⟦\nb\n\nc\n⟧", "body: lazy", "body: end"]);
    assert.deepEqual(blocks(">Note: a\n$$ b $$\n"), ["quote: Note: a", "body: ⟦ b ⟧"]);
  });

  it("callouts, admonitions and divisions are edges around text", () => {
    assert.deepEqual(blocks("> [!note] Title $t$\n> Text\n"), ["open note", "body: Title ⟦t⟧", "body: Text", "close note"]);
    assert.deepEqual(blocks(":::note\nText $x$\n:::\nend"), ["open note", "body: Text ⟦x⟧", "close note", "body: end"]);
    assert.deepEqual(blocks("::: {#thm-line .theorem}\n## T\na\n:::\n::: {.callout-tip}\n:::"), ["open theorem", "heading 2: T", "body: a", "close theorem", "open tip", "close tip"]);
    assert.deepEqual(blocks(":::{prf:theorem} Name\na\n:::"), ["open theorem", "body: a", "close theorem"]);
    assert.deepEqual(blocks('!!! note "T"\n    a $x$\n\n    b\nend'), ["open note", "body: a ⟦x⟧", "body: b", "close note", "body: end"]);
    assert.deepEqual(blocks('??? success "T"\n\n    $$x$$\n\n    b\nend'), ["open success", "body: ⟦x⟧", "body: b", "close success", "body: end"]);
    assert.deepEqual(blocks('=== "By rows"\n\n    a $x$\n\n=== "By columns"\n\n    $$y$$\n'), ["open tab", "body: a ⟦x⟧", "close tab", "open tab", "body: ⟦y⟧", "close tab"]);
    assert.deepEqual(blocks("```{note}\n:class: x\nText $x$\n```\n````{admonition} T\n```python\na\n```\n````"), ["open note", "body: Text ⟦x⟧", "close note", "open admonition", "code python: a\n", "close admonition"]);
    assert.deepEqual(blocks("\\begin{proof}\nText\n\\end{proof}"), ["open proof", "body: Text", "close proof"]);
  });

  it("tables, each cell by itself", () => {
    const document = read("Text:\n| f | $\\nabla f$ |\n|---|:-:|\n| $P(a\\|b)$ | $|x|$ |\n| `a|b` | \\| |\n\nend");
    assert.deepEqual(outline(document), ["body: Text:", "cell: f", "cell: ⟦\\nabla f⟧", "cell: ⟦P(a|b)⟧", "cell: ⟦|x|⟧", "cell: ‹a|b›", "cell: |", "body: end"]);
    const places = document.blocks.flatMap((block) => (block.kind === "paragraph" && block.at ? [[block.at.row, block.at.column]] : []));
    assert.deepEqual(places, [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]);
  });

  it("footnotes", () => {
    assert.deepEqual(blocks("a[^1] b\n\n[^1]: Note $x$\n    more\n\n    $$y$$\n\nend"), ["body: a b", "footnote: Note ⟦x⟧\nmore", "footnote: ⟦y⟧", "body: end"]);
  });

  it("code, fenced, indented and in chunks", () => {
    assert.deepEqual(blocks("```{r, echo=FALSE}\nx <- `$a$`\n```\n~~~ python\n$b$\n~~~\n```{.julia}\n```\n```{code-cell} ipython3\n1\n```"), ["code r: x <- `$a$`\n", "code python: $b$\n", "code julia: ", "code ipython3: 1\n"]);
    assert.deepEqual(blocks("a\n\n    $x$\n\n    $y$\n\nb\n    $z$"), ["body: a", "code : $x$\n\n$y$\n", "body: b\n    ⟦z⟧"]);
    assert.deepEqual(blocks("- a\n  ```\n  $x$\n  ```\n"), ["item: a", "code : $x$\n"]);
    assert.deepEqual(blocks("```\n$x$"), ["code : $x$"]);
  });

  it("reads lines ended in any way", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = ["# A", "", "> b $x$", "> $$", "> c", "> $$", "", "- d", "  $y$", ""].join(end);
      assert.deepEqual(read(text).formulas.map(({ source }) => source.text), ["x", `${end}c${end}`, "y"], JSON.stringify(end));
      assert.deepEqual(read(text).blocks.map((block) => (block.kind === "paragraph" ? block.role : block.kind)), ["heading", "quote", "item"], JSON.stringify(end));
    }
  });
});

describe("document: what is no mathematics in Markdown", () => {
  it("front matter, which may hold `$$`", () => {
    assert.deepEqual(blocks("---\ntitle: a $x$\ndescription: $$\n---\nText $y$"), ["body: Text ⟦y⟧"]);
    assert.deepEqual(blocks("\uFEFF+++\nt = '$$'\n+++\nText $y$"), ["body: Text ⟦y⟧"]);
    assert.deepEqual(blocks("---\n\nText $x$\n\n---\n"), ["rule", "body: Text ⟦x⟧", "rule"]);
  });

  it("comments of every kind", () => {
    assert.deepEqual(formulas("a <!-- $x$ --> $y$\n\n<!--\n$$z$$\n\n# w\n-->\n\n%% $v$ %%\n\n[//]: # ($u$)\n\n{% comment %}$t${% endcomment %}"), ["y"]);
    assert.deepEqual(formulas("{/* $x$ */}\n\n$y$", "a.mdx"), ["y"]);
    assert.deepEqual(formulas("<!-- never closed\n\n$y$"), ["y"]);
  });

  it("raw code, styles and scripts", () => {
    assert.deepEqual(formulas("<pre>\n$x$\n\n$y$\n</pre>\n<code>$z$</code> <script>\nvar a = '$b$';\n</script> $w$"), ["w"]);
    assert.deepEqual(formulas("{% highlight sh %}\n$a$\n{% endhighlight %}\n$w$"), ["w"]);
    assert.deepEqual(formulas('import X from "$a$"\nexport const b = "$c$"\n\n$w$', "a.mdx"), ["w"]);
  });

  it("shortcodes, attributes and addresses", () => {
    assert.deepEqual(formulas('{{< figure src="$a$" >}} [b](/c$d$) <a href="$e$">f</a> {{ site.url }} [g]: $h$'), ["h"]);
  });
});
