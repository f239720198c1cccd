// Every kind of page in every look: both languages, standard and elder. The look does not depend
// on the store, so one is enough; what people do on these pages is the journeys' part.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bitsCut, demo, launch, somebody } from "./lib.mjs";

test("every other page passes in both languages and in elder mode", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    for (const lang of ["zh-Hans", "en"]) {
      for (const elder of [false, true]) {
        const visitor = await somebody(browser, server, { lang, elder });
        for (const link of ["/", "/help", "/mine", "/receipt", "/receipt?slug=xinglin&number=999999", "/c/xinglin", "/c/xinglin/raise", "/nothing", server.receipt]) {
          await visitor.page.goto(link);
          await visitor.check();
        }
        await visitor.close();
        const administrator = await somebody(browser, server, { lang, elder });
        await administrator.signIn("admin");
        await administrator.check();
        await administrator.page.goto("/admin/messages");
        await administrator.check();
        await administrator.page.goto("/admin");
        await administrator.check();
        await administrator.page.click("text=杏林社区");
        await administrator.check();
        await administrator.page.click("a[href$='/people']");
        await administrator.check();
        await administrator.page.goto("/signout");
        await administrator.check();
        await administrator.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("the pages of topics, meetings and orders pass in both languages and in elder mode", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    const open = server.printed.filter((link) => /^\/(c\/xinglin\/|g\/)/.test(link));
    const meeting = server.printed.find((link) => link.startsWith("/w/xinglin/g/"));
    assert.ok(open.length >= 4 && meeting, "the demonstration names its stories");
    for (const lang of ["zh-Hans", "en"]) {
      for (const elder of [false, true]) {
        const visitor = await somebody(browser, server, { lang, elder });
        for (const link of [...open, "/c/xinglin/meetings", "/c/xinglin/orders", "/c/xinglin/standards", "/c/xinglin/figures"]) {
          await visitor.page.goto(link);
          await visitor.check();
        }
        await visitor.page.goto("/c/xinglin/orders");
        await visitor.page.locator("main a[href*='/o/']").first().click();
        await visitor.check();
        await visitor.close();
        const worker = await somebody(browser, server, { lang, elder });
        await worker.signIn("worker");
        for (const link of [meeting, `${meeting}/room`, "/desk", "/w/xinglin/figures?span=year", "/w/xinglin/figures/list?span=year&figure=solved&side=apart", "/w/xinglin/owed", "/w/xinglin/topics/new", "/w/xinglin/meetings/new?forum=residents"]) {
          await worker.page.goto(link);
          await worker.check();
        }
        await worker.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("the pages of venues pass in both languages and in elder mode", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    for (const lang of ["zh-Hans", "en"]) {
      for (const elder of [false, true]) {
        const visitor = await somebody(browser, server, { lang, elder });
        for (const link of ["/c/xinglin/venues", "/c/xinglin/venues/sheet"]) {
          await visitor.page.goto(link);
          await visitor.check();
        }
        await visitor.page.goto("/c/xinglin/venues");
        await visitor.page.locator("main a[href*='/v/']").first().click();
        await visitor.check();
        await visitor.page.click("main a[href$='/poster']");
        await visitor.check();
        await visitor.close();
        const keeper = await somebody(browser, server, { lang, elder });
        await keeper.signIn("venues");
        await keeper.check();
        for (const link of ["/w/xinglin/venues", "/w/xinglin/venues/new"]) {
          await keeper.page.goto(link);
          await keeper.check();
        }
        await keeper.page.goto("/w/xinglin/venues");
        await keeper.page.locator("main a[href*='/v/']").first().click();
        await keeper.check();
        await keeper.close();
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});

test("nothing that stands in bits is cut away where it runs over a line", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    // A page of its own: what is seen so narrow is not what axe looks at.
    const page = await browser.newPage({ locale: "zh-CN" });
    for (const [link, media, width] of [
      [server.receipt, "print", 720],
      [server.receipt, "screen", 250],
      ["/c/xinglin", "screen", 250],
    ]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media });
      await page.goto(new URL(link, server.base).href);
      const [lines, cut] = await page.evaluate(bitsCut);
      assert.ok(lines > 0, link);
      assert.deepEqual(cut, [], `${link} on ${media}`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});
