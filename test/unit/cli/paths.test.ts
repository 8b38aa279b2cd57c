import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expandBraces, matchesName, matchesPath } from "../../../src/cli/glob";
import { findInputs } from "../../../src/cli/paths";
import { decode, readText } from "../../../src/cli/read";
import { Folder } from "./host";

describe("cli: what a path means", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const found = (...named: string[]): string[] => findInputs(named, folder.path).inputs.map((input) => (input.kind === "file" ? input.path : "-"));

  it("takes every note below a folder, and passes over what is not the user's", () => {
    for (const name of ["b.md", "a.tex", "c.Rmd", "d.qmd", "e.ipynb", "f.markdown", "g.mdx", "sub/deep/h.MD"]) folder.write(`notes/${name}`);
    for (const name of ["x.txt", "x.py", "node_modules/p/readme.md", ".git/m.md", "dist/m.md", ".ipynb_checkpoints/e.ipynb"]) folder.write(`notes/${name}`);
    assert.deepEqual(found("notes"), ["a.tex", "b.md", "c.Rmd", "d.qmd", "e.ipynb", "f.markdown", "g.mdx", "sub/deep/h.MD"].map((name) => join("notes", name)));
    assert.deepEqual(found("notes/x.txt", "notes/dist/m.md"), ["notes/x.txt", "notes/dist/m.md"]);
  });

  it("takes each file once, in the order named", () => {
    for (const name of ["a.md", "b.md", "c.md"]) folder.write(name);
    assert.deepEqual(found("c.md", ".", "./a.md", "*.md"), ["c.md", "a.md", "b.md"]);
    assert.deepEqual(found("-", "a.md", "-"), ["-", "a.md"]);
  });

  it("expands patterns, unless a file has that very name", () => {
    for (const name of ["a.md", "b.tex", "x/c.md", "x/y/d.md", "[z].md", "z.md"]) folder.write(name);
    assert.deepEqual(found("*.{md,tex}"), ["[z].md", "a.md", "z.md", "b.tex"]);
    assert.deepEqual(found("**/*.md"), ["[z].md", "a.md", join("x", "c.md"), join("x", "y", "d.md"), "z.md"]);
    assert.deepEqual(found("x/*/d.md"), [join("x", "y", "d.md")]);
    assert.deepEqual(found("[z].md"), ["[z].md"]);
    assert.deepEqual(found(join(folder.path, "x", "*.md")), [join(folder.path, "x", "c.md")]);
  });

  it("says what is missing, and which folders hold nothing", () => {
    folder.write("empty/x.txt");
    const { failures, empty } = findInputs(["nowhere", "*.md", "empty"], folder.path);
    assert.deepEqual(failures, [
      { path: "nowhere", message: "no such file or folder" },
      { path: "*.md", message: "no file matches this pattern" },
    ]);
    assert.deepEqual(empty, ["empty"]);
  });

  it("does not go round in circles", () => {
    folder.write("a/n.md");
    symlinkSync(folder.path, join(folder.path, "a", "loop"));
    symlinkSync(join(folder.path, "a", "n.md"), join(folder.path, "a", "link.md"));
    assert.deepEqual(found("a"), [join("a", "link.md"), join("a", "n.md")]);
  });
});

describe("cli: patterns", () => {
  it("match names", () => {
    for (const [pattern, name, expected] of [
      ["*.md", "a.md", true],
      ["*.md", "a.tex", false],
      ["*", ".hidden", false],
      [".*", ".hidden", true],
      ["a?c", "abc", true],
      ["a?c", "ac", false],
      ["[a-c]x", "bx", true],
      ["[!a-c]x", "bx", false],
      ["[!a-c]x", "dx", true],
      ["[]]x", "]x", true],
      ["*a*b*c", "xaxbxc", true],
      ["*a*b*c", "xaxbx", false],
      ["λ?", "λ𝔸", true],
    ] as const) {
      assert.equal(matchesName(pattern, name), expected, `${pattern} on ${name}`);
    }
  });

  it("match folders", () => {
    const match = (pattern: string, path: string): boolean => matchesPath(pattern.split("/"), path.split("/"));
    assert.ok(match("**/*.md", "a.md"));
    assert.ok(match("**/*.md", "x/y/a.md"));
    assert.ok(match("x/**", "x/y/z"));
    assert.ok(match("**/y/**/a.md", "x/y/z/y/a.md"));
    assert.ok(!match("*/a.md", "x/y/a.md"));
    assert.ok(!match("**/b.md", "x/y/a.md"));
  });

  it("end soon, however many stars", () => {
    assert.equal(matchesName(`${"*a".repeat(30)}b`, "a".repeat(5000)), false);
  });

  it("write out braces, but not without end", () => {
    assert.deepEqual(expandBraces("{a,b}{1,2}").sort(), ["a1", "a2", "b1", "b2"]);
    assert.deepEqual(expandBraces("{a,{b,c}}").sort(), ["a", "b", "c"]);
    assert.equal(expandBraces("{a,b}".repeat(40)).length, 1);
  });
});

describe("cli: reading", () => {
  const bytes = (...list: number[]): Uint8Array => new Uint8Array(list);

  it("leaves a byte order mark out", () => {
    assert.deepEqual(decode(bytes(0xef, 0xbb, 0xbf, 0x61)), { text: "a" });
    assert.deepEqual(decode(bytes(0xff, 0xfe, 0x61, 0)), { text: "a" });
    assert.deepEqual(decode(bytes(0xfe, 0xff, 0, 0x61)), { text: "a" });
  });

  it("reads the Western encoding of old files, and refuses what is no text", async () => {
    assert.deepEqual(decode(bytes(0x66, 0xfc, 0x72)), { text: "für" });
    assert.deepEqual(decode(bytes(0x25, 0x50, 0x44, 0x46, 0x00)), { problem: "is a binary file, not a note" });
    assert.deepEqual(await readText("/nowhere/at/all.md"), { problem: "no such file" });
    assert.deepEqual(await readText("/"), { problem: "is a folder" });
  });
});
