// The script only quickens: it must neither kill a form nor lose what is in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, launch, somebody } from "./lib.mjs";

test("a search can be repeated, and larger text keeps a half-filled form", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    const visitor = await somebody(browser, server);
    const { page } = visitor;
    await page.goto("/c/xinglin");
    await page.click("details summary");
    for (const words of ["灯", "车"]) {
      await page.fill("#q", words);
      await page.click("form.filters button[type=submit]");
      await page.waitForURL((url) => url.searchParams.get("q") === words);
    }
    await visitor.check();
    await page.goto(`${server.poster}/raise`);
    await page.fill("#text", "写到一半");
    await page.click("[data-resize]");
    await page.waitForSelector("html[data-view=elder]");
    assert.equal(await page.inputValue("#text"), "写到一半");
    assert.equal(await page.textContent("[data-resize]"), "标准版");
    await visitor.check();
    await page.goto("/c/xinglin");
    assert.equal(await page.getAttribute("html", "data-view"), "elder", "the next page remembers");
    await visitor.check();
    await visitor.close();
  } finally {
    await browser.close();
    await server.stop();
  }
});
