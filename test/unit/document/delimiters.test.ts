import assert from "node:assert/strict";
import { formulas, read } from "./reading";

/** The file's text of the only formula, delimiters included, and its source. */
function only(text: string, filename?: string): [string, string] {
  const document = read(text, filename);
  assert.equal(document.formulas.length, 1, JSON.stringify(document.formulas.map(({ source }) => source.text)));
  const [formula] = document.formulas;
  return [text.slice(formula?.span.start, formula?.span.end), formula?.source.text ?? ""];
}

describe("document: delimiters in Markdown", () => {
  for (const [text, span, source] of [
    ["Let $x^2$ be", "$x^2$", "x^2"],
    ["so $$x^2$$ is", "$$x^2$$", "x^2"],
    ["so \\(x^2\\) is", "\\(x^2\\)", "x^2"],
    ["so \\\\(x^2\\\\) is", "\\\\(x^2\\\\)", "x^2"],
    ["so \\[x^2\\] is", "\\[x^2\\]", "x^2"],
    ["so \\\\[x^2\\\\] is", "\\\\[x^2\\\\]", "x^2"],
    ["so $`x^2`$ is", "$`x^2`$", "x^2"],
    ["so {math}`x^2` is", "`x^2`", "x^2"],
    ["so :math:`x^2` is", "`x^2`", "x^2"],
    ["<span class=\"math inline\">\\(x^2\\)</span>", "\\(x^2\\)", "x^2"],
    ["<script type=\"math/tex\">x^2</script>", "<script type=\"math/tex\">x^2</script>", "x^2"],
    ["<p>\n$x^2$\n</p>", "$x^2$", "x^2"],
    ["{{< katex >}}x^2{{< /katex >}}", "{{< katex >}}x^2{{< /katex >}}", "x^2"],
    ["{% katex %}x^2{% endkatex %}", "{% katex %}x^2{% endkatex %}", "x^2"],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(only(text), [span, source]));
  }

  it("tells what is displayed", () => {
    assert.deepEqual(formulas("$a$ $$b$$ \\(c\\) \\[d=1\\] $`e`$"), ["a", "D:b", "c", "D:d=1", "e"]);
    assert.deepEqual(formulas('<script type="math/tex; mode=display">a</script>'), ["D:a"]);
    assert.deepEqual(formulas("{{< katex display >}}a{{< /katex >}}"), ["D:a"]);
    assert.deepEqual(formulas("{{< displaymath >}}a{{< /displaymath >}}"), ["D:a"]);
  });

  it("takes `$$` within a line as inline in a Jekyll document", () => {
    const text = "---\nlayout: post\n---\nA batch of $$N$$ rows\n\n$$\nx = 1\n$$\n\n$$y = 2$$.\n";
    assert.deepEqual(formulas(text), ["N", "D:\nx = 1\n", "D:y = 2"]);
  });

  it("reads displays over lines and blank lines, whatever their lines start with", () => {
    assert.deepEqual(formulas("Text\n$$\na\n\n= b\n\n- c\n+ d\n> e\n1. f\n$$\nmore"), ["D:\na\n\n= b\n\n- c\n+ d\n> e\n1. f\n"]);
    assert.deepEqual(formulas("so $$a\n- b$$ and"), ["D:a\n- b"]);
    assert.deepEqual(formulas("\\[\na\n\n- b\n\\]"), ["D:\na\n\n- b\n"]);
  });

  for (const name of ["equation", "align", "gather", "multline", "eqnarray", "flalign", "displaymath", "split"]) {
    it(`reads a bare ${name}, starred or not`, () => {
      for (const written of [name, `${name}*`]) {
        const text = `Then\n\\begin{${written}}\na &= b \\\\\n- c &= d\n\\end{${written}}\nwhere`;
        const [formula, ...more] = read(text).formulas;
        assert.equal(more.length, 0);
        assert.deepEqual([formula?.environment, formula?.display, formula?.source.text], [name, true, "\na &= b \\\\\n- c &= d\n"]);
      }
    });
  }

  it("leaves an environment's argument out of the source", () => {
    assert.deepEqual(formulas("\\begin{alignat}{2}\na &= b\n\\end{alignat}"), ["D:\na &= b\n"]);
    assert.deepEqual(formulas("\\begin{aligned}[t] a &= b \\end{aligned}"), ["D: a &= b "]);
  });

  it("keeps a bare matrix whole, and one inside dollars inside them", () => {
    assert.deepEqual(formulas("\\begin{bmatrix} a & b \\end{bmatrix}"), ["D:\\begin{bmatrix} a & b \\end{bmatrix}"]);
    const text = "Then $p = \\left[\\begin{matrix}\n    a & b \\\\\n    c & d\n\\end{matrix} \\right]$ holds";
    assert.deepEqual(only(text)[1], text.slice(6, text.lastIndexOf("$")));
    assert.deepEqual(formulas("$$\\begin{align} a &= b \\end{align}$$"), ["D:\\begin{align} a &= b \\end{align}"]);
  });

  it("reads fenced mathematics", () => {
    const [formula] = read("```math\na\n\nb\n```\n").formulas;
    assert.deepEqual([formula?.display, formula?.source.text], [true, "a\n\nb"]);
    assert.deepEqual(formulas("````{math}\n:label: eq\n:nowrap:\na = b\n````"), ["D:a = b"]);
    assert.deepEqual(formulas("  ~~~ math\n  a\n  ~~~"), ["D:a"]);
    assert.deepEqual(formulas(":::{math}\na = b\n:::"), ["D:a = b"]);
  });

  it("decodes formulas in the addresses of pictures", () => {
    const text = 'Here <img src="https://render.githubusercontent.com/render/math?math=\\frac{a}{b} %2B c"> it is';
    const document = read(text);
    const [formula] = document.formulas;
    assert.equal(formula?.source.text, "\\frac{a}{b} + c");
    assert.equal(text.slice(formula?.span.start, formula?.span.end), text.slice(5, -6));
    const plus = formula?.source.text.indexOf("+") ?? 0;
    const anchor = formula?.source.anchors.find(({ at }) => at === plus);
    assert.deepEqual([anchor?.offset, anchor?.width], [text.indexOf("%2B"), 3]);
    assert.equal(formula?.display, false);
  });

  it("knows the services that draw formulas", () => {
    assert.deepEqual(formulas("![](https://latex.codecogs.com/svg.latex?\\dpi{110}&space;x%5E2&plus;1)"), ["D:x^2+1"]);
    assert.deepEqual(formulas("![eq](https://latex.codecogs.com/gif.latex?f(x)=(a)) and"), ["f(x)=(a)"]);
    assert.deepEqual(formulas('<img src="https://www.zhihu.com/equation?tex=a+b%3D1&consumer=x" alt="a">'), ["D:a b=1"]);
    assert.deepEqual(formulas('<img src="photo.png?math=1"> ![p](photo.png)'), []);
  });

  it("finds a formula alone on its line displayed, where it is a picture", () => {
    const picture = '<img src="https://render.githubusercontent.com/render/math?math=x">';
    assert.deepEqual(formulas(`${picture}\n\na ${picture} b`), ["D:x", "x"]);
  });
});
