import assert from "node:assert/strict";
import { openNote, page, picture, until } from "./session";

describe("the page shows", function () {
  const outside: string[] = [];

  before(async () => {
    page().on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1" && !hostname.endsWith(".vscode-resource.vscode-cdn.net")) outside.push(request.url());
    });
    await openNote("linear-layer.md");
  });

  it("a wavy line under the wrong gradient alone", async () => {
    await page().locator(".squiggly-error").first().waitFor();
    assert.equal(await page().locator(".squiggly-error").count(), 1);
  });

  it("the counts in the status bar, with words for those who do not see them", async () => {
    const item = page().locator("#gradcheck\\.gradcheck\\.gradcheck\\.counts");
    await item.waitFor();
    assert.match(await item.innerText(), /\d+\s+1/);
    assert.match((await item.locator("a").getAttribute("aria-label")) ?? "", /1 wrong/);
  });

  it("the hover with the computed gradient drawn", async () => {
    const squiggle = page().locator(".squiggly-error").first();
    const hover = page().locator('.monaco-hover img[alt*="∂L/∂W"]').first();
    await until("the hover's picture", async () => {
      await squiggle.hover({ force: true }).catch(() => undefined);
      const box = await squiggle.boundingBox();
      if (box) {
        await page().mouse.move(box.x + box.width / 3, box.y + 4);
        await page().mouse.move(box.x + box.width / 2, box.y + 4);
      }
      await page().waitForTimeout(1200);
      return (await hover.count()) > 0;
    });
    assert.ok(await until("the picture to be drawn", () => hover.evaluate((image) => (image as HTMLImageElement).naturalWidth > 20)));
    assert.match((await hover.getAttribute("alt")) ?? "", /∂L\/∂W/);
    await picture("hover");
    await page().keyboard.press("Escape");
    await page().mouse.move(5, 5);
  });

  after(() => {
    assert.deepEqual(outside, [], "the editor with the extension asks nothing of other machines");
  });
});
