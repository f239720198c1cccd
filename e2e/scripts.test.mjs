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

test("what was typed belongs to its form, is offered and never filled in for whoever comes next", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    const visitor = await somebody(browser, server);
    const { page } = visitor;
    const form = `${server.poster}/raise`;
    await page.goto(form);
    await page.fill("#text", "三楼张老师家漏水，电话 13800001111");
    await page.goto("/c/xinglin/raise");
    await visitor.check();
    const elsewhere = await page.getAttribute("main a[href^='/at/']", "href");
    await page.goto(elsewhere);
    assert.equal(await page.inputValue("#text"), "");
    assert.equal(await page.locator("[role=status] button").count(), 0, "it is not this form's");
    await visitor.check();
    await page.goto(form);
    assert.equal(await page.inputValue("#text"), "");
    const offer = page.locator("[role=status] button");
    assert.match(await offer.first().textContent(), /^接着写\d\d:\d\d没交的内容$/);
    assert.ok(!(await page.textContent("main")).includes("张老师"), "nobody reads it unasked");
    await visitor.check();
    await offer.first().click();
    assert.equal(await page.inputValue("#text"), "三楼张老师家漏水，电话 13800001111");
    await page.click("main form > button[type=submit]");
    await page.waitForURL("**/r/xinglin/*");
    await visitor.check();
    await page.goto(form);
    assert.equal(await offer.count(), 0, "it was sent");
    await page.fill("#text", "写错了");
    await page.goto(form);
    await offer.last().click();
    await page.goto(form);
    assert.equal(await offer.count(), 0, "it was dropped");
    await visitor.close();
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("a photo opens over the page, and leads to those beside it and back", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    for (const device of ["phone", "desktop"]) {
      const visitor = await somebody(browser, server, { device });
      const { page } = visitor;
      await page.goto("/c/xinglin?state=answered");
      await visitor.check();
      await page.click(".item:has(img.thumb) h2 a");
      await page.waitForURL("**/m/*");
      const here = page.url();
      await page.click(".photos a");
      const shown = page.locator("dialog.viewer img");
      await shown.waitFor();
      await visitor.check();
      const box = await shown.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= page.viewportSize().width, "it fits the screen");
      assert.ok((await shown.getAttribute("alt")).length > 0);
      await page.keyboard.press("Escape");
      await page.locator("dialog.viewer").waitFor({ state: "detached" });
      assert.equal(page.url(), here);
      assert.ok(await page.locator(".photos a").first().evaluate((link) => link === document.activeElement));
      await visitor.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});
