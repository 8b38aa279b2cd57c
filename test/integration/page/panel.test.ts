import assert from "node:assert/strict";
import { command, cursorLine, openNote, page, panel, pickTheme, picture, remembered, until } from "./session";
import type { Frame, Locator } from "./session";

describe("the panel", () => {
  let frame: Frame;
  const wrongCard = (): Locator => frame.locator('.card[data-verdict="refuted"]').first();

  before(async () => {
    await openNote("linear-layer.md");
    await command("Gradcheck: Show Panel");
    frame = await panel();
    await wrongCard().waitFor();
  });

  it("tells every verdict in a word", async () => {
    assert.match(await wrongCard().innerText(), /Wrong/);
    assert.match(await frame.locator('.card[data-verdict="verified"]').first().innerText(), /Verified/);
  });

  it("sets the stated and the computed form side by side, rendered", async () => {
    assert.equal(await wrongCard().locator(".side.stated .katex-html").count(), 1);
    assert.match(await wrongCard().locator(".side.computed math").evaluate((math) => math.textContent), /^Z⊤.*∂L∂A/);
    assert.ok((await wrongCard().locator(".side.stated .wrong").count()) > 0, "the wrong part is marked");
  });

  it("uses KaTeX's own fonts", async () => {
    assert.match(await wrongCard().locator(".katex").first().evaluate((element) => getComputedStyle(element).fontFamily), /KaTeX_Main/);
    assert.ok(await until("the font", () => wrongCard().evaluate((element) => [...element.ownerDocument.fonts].some((font) => font.family.includes("KaTeX_Math") && font.status === "loaded"))));
  });

  it("lists the definitions with their shapes", async () => {
    const text = await frame.locator(".definitions").innerText();
    assert.match(text, /𝑘\s*×\s*𝑛|k\s*×\s*n/);
  });

  it("does not take the focus", async () => {
    assert.ok(await page().locator(".monaco-editor.focused, .monaco-editor .inputarea:focus, .monaco-editor .native-edit-context:focus").count());
    await picture("panel-dark");
  });

  it("moves the cursor to what is clicked", async () => {
    const line = Number(/line (\d+)/.exec(await wrongCard().innerText())?.[1]);
    assert.ok(line > 0);
    await wrongCard().locator(".head").click();
    await until("the cursor to be there", async () => (await cursorLine()) === line);
  });

  it("follows the cursor", async () => {
    await until("the wrong statement to be current", async () => (await wrongCard().getAttribute("aria-current")) === "true");
    await page().keyboard.press("Control+Home");
    await until("no statement to be current", async () => (await frame.locator('.card[aria-current="true"]').count()) === 0);
  });

  it("shows the steps of a gradient, and hides them again", async () => {
    const card = frame.locator('.card[data-verdict="verified"]:has([data-steps])').first();
    await card.focus();
    await card.locator("[data-steps]").click();
    await card.locator(".steps").waitFor();
    assert.match(await card.locator(".steps").innerText(), /total differential[^]*definition[^]*reading off the derivative/);
    assert.equal(await card.locator(".steps .unrendered").count(), 0);
    assert.equal(await card.locator("[data-steps]").getAttribute("aria-expanded"), "true");
    await picture("panel-steps");
    await card.locator("[data-steps]").click();
    await card.locator(".steps").waitFor({ state: "detached" });
  });

  it("filters", async () => {
    await frame.locator(".filter.wrong").click();
    await until("only the wrong one", async () => (await frame.locator(".card").count()) === 1);
    assert.equal(await frame.locator(".filter.wrong").getAttribute("aria-pressed"), "true");
    await frame.locator(".filter.all").click();
    await until("all of them", async () => (await frame.locator(".card").count()) > 1);
  });

  it("is walked through with the keys", async () => {
    await frame.locator(".card").first().focus();
    await frame.locator(".card").first().press("End");
    assert.ok(await frame.locator(".card").nth((await frame.locator(".card").count()) - 1).evaluate((element) => element === element.ownerDocument.activeElement));
  });

  it("keeps the elements of what did not change while one types", async () => {
    await wrongCard().evaluate((element) => {
      (element as { marker?: string }).marker = "kept";
    });
    const before = await wrongCard().locator(".line").innerText();
    await page().locator(".monaco-editor .view-line").first().click();
    await page().keyboard.press("Control+Home");
    await page().keyboard.press("Enter");
    await until("the line to be counted anew", async () => (await wrongCard().locator(".line").innerText()) !== before);
    assert.equal(await wrongCard().evaluate((element) => (element as { marker?: string }).marker), "kept");
  });

  it("applies the correction", async () => {
    await wrongCard().locator(".action.primary").click();
    await until("the wrong one to be gone", async () => (await frame.locator('.card[data-verdict="refuted"]').count()) === 0);
    await page().locator(".squiggly-error").first().waitFor({ state: "detached" });
    await page().locator(".monaco-editor .view-line").first().click();
    await command("File: Revert File");
    await wrongCard().waitFor();
  });

  it("allows its page nothing but its own files", async () => {
    const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    assert.match(policy ?? "", /^default-src 'none'; script-src 'nonce-[0-9a-f]{32}'; style-src [^;']*(?:'self'[^;']*)?; font-src [^;']*(?:'self'[^;']*)?$/);
  });

  it("renders formulas in the notes' own macros", async () => {
    await openNote("backward.tex");
    await until("its title", async () => (await frame.locator(".toolbar").innerText()).includes("backward.tex"));
    await wrongCard().locator(".side.stated .katex-html").waitFor();
    assert.match(await wrongCard().locator(".side.stated math").evaluate((math) => math.textContent), /W.*∂L∂y/);
    assert.equal(await frame.locator(".unrendered, .katex-error").count(), 0);
    await picture("panel-macros");
    await openNote("linear-layer.md");
    await until("the note's title", async () => (await frame.locator(".toolbar").innerText()).includes("linear-layer.md"));
  });

  for (const [theme, name] of [["Light Modern", "light"], ["Dark High Contrast", "high-contrast"]] as const) {
    it(`wears the colours of ${theme}`, async () => {
      const before = await frame.locator("body").evaluate((body) => getComputedStyle(body).color);
      await pickTheme(theme);
      await until("other colours", async () => (await frame.locator("body").evaluate((body) => getComputedStyle(body).color)) !== before);
      await page().waitForTimeout(500);
      await picture(`panel-${name}`);
    });
  }

  it("is there again after a reload", async function () {
    this.timeout(600_000);
    // The editor writes down what is open once a minute, where it is not idle then a minute or two later.
    const before = await remembered();
    await openNote("prose.md");
    await openNote("linear-layer.md");
    await until("what is open to be written down", async () => {
      const now = await remembered();
      return now !== before && now.includes("gradcheck.panel");
    }, 500_000);
    await page().reload();
    await panel();
    // What was written down may be that the other note was open.
    await openNote("linear-layer.md");
    // The frame is loaded more than once while the window is put together again.
    await until("the wrong statement", async () => {
      frame = await panel();
      return wrongCard().innerText({ timeout: 1000 }).then((text) => text.includes("Wrong"), () => false);
    });
  });
});
