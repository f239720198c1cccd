// Journey setup: from an empty store to the first posters. An administrator follows the list on her
// desk; twelve compounds of ten buildings, four stairwells and forty households stand by one line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, launch, open, somebody, STORES } from "./lib.mjs";

const COMPOUNDS = "南苑、北苑、东苑、西苑、梅苑、兰苑、竹苑、菊苑、松苑、柏苑、桃苑、李苑";
const PLAN = `${COMPOUNDS}: 1-10号楼 × 1-4单元 × 101-1004`;
const PASSWORD = "a long enough sentence";
/** What a keyboard for Chinese takes for one character, with room to spare. */
const KEYS = 4;

for (const store of STORES) {
  for (const [device, scripts] of [["phone", false], ["desktop", true]]) {
    test(`setup on ${store}, ${device} ${scripts ? "with" : "without"} scripts`, async () => {
      const server = await fresh(store);
      const browser = await launch();
      try {
        await journey(browser, server, { device, scripts });
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
}

/** The hands of somebody: what they click and type is counted. */
function hands(page) {
  const done = { clicks: 0, keys: 0 };
  return {
    done,
    async click(selector) {
      done.clicks += 1;
      await page.click(selector);
    },
    async choose(selector, value) {
      done.clicks += 2;
      await page.selectOption(selector, value);
    },
    async type(selector, text) {
      done.clicks += 1;
      done.keys += [...text].reduce((sum, c) => sum + (c.codePointAt(0) < 0x2e80 ? 1 : KEYS), 0);
      await page.fill(selector, text);
    },
  };
}

const steps = async (page, done) => {
  await page.waitForSelector(".setup");
  assert.ok((await page.textContent("main")).includes(`做好了 ${done} 步，一共 6 步`), await page.textContent("main"));
};

async function journey(browser, server, how) {
  const admin = await somebody(browser, server, how);
  const { page } = admin;
  await page.goto(server.invitation);
  await admin.check();
  await page.fill("#username", "wangfang");
  await page.fill("#password", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/desk");
  await admin.check();

  const by = hands(page);
  // A community, from the list on the desk.
  await by.click("main a[href$='#open-place']");
  await admin.check();
  await by.choose("#kind", "community");
  await by.type("#name", "杏林社区");
  await by.type("#slug", "xinglin");
  await by.click("#open-place button[type=submit]");
  await page.waitForSelector("text=杏林社区");
  await by.click("nav a[href='/desk']");
  await steps(page, 1);
  await admin.check();

  // All its places: what it comes to is seen first, and nothing is there yet.
  await by.click("main a[href$='#lay-out']");
  await admin.check();
  const community = new URL(page.url()).pathname;
  await page.fill("#plan", `${COMPOUNDS}: 1-10号楼 × 4单元 × 104-1001`);
  await page.click("#lay-out button[type=submit]");
  await page.waitForSelector("#plan-error");
  await admin.check();
  assert.ok((await page.textContent("#plan-error")).includes("104-1001"));
  await by.type("#plan", PLAN);
  await by.click("#lay-out button[type=submit]");
  await page.waitForSelector("text=要添加 19812 处");
  await admin.check();
  assert.ok((await page.textContent("main")).includes("李苑 10号楼 4单元 1004"));
  const began = Date.now();
  await by.click("main form:has(input[name=press]) button[type=submit]");
  await page.waitForSelector("text=写的 19812 处");
  const took = Date.now() - began;
  await admin.check();
  console.log(`19,812 places: ${by.done.clicks} clicks, ${by.done.keys} keystrokes, ${took} ms`);
  // How long it takes is printed: a debug build beside other journeys says nothing about it.
  assert.ok(by.done.clicks <= 60 && by.done.keys <= 300, JSON.stringify(by.done));
  assert.deepEqual(await page.locator("dl.counts dd").allTextContents(), ["12", "120", "480", "19200"]);

  // Among them one is found.
  await page.fill("#q", "柏苑7号楼");
  await page.click("form[role=search] button");
  await page.waitForSelector("text=有 1 处");
  await admin.check();
  await page.click("main .list a:has-text('柏苑 7号楼')");
  await admin.check();
  assert.equal(await page.locator("main .list li").count(), 4);

  // Who works there.
  await page.click("nav a[href='/desk']");
  await steps(page, 2);
  await page.click("main .setup a[href$='#organisation']");
  await admin.check();
  await open(page, "#organisation-kind");
  await page.selectOption("#organisation-kind", "residents_committee");
  await page.fill("#organisation-name", "杏林社区居民委员会");
  await page.click("#organisation button[type=submit]");
  await page.waitForSelector("option:has-text('杏林社区居民委员会')", { state: "attached" });
  await open(page, "#open-account input[name=name]");
  await page.fill("#open-account input[name=name]", "姜禾");
  await page.click("#open-account button[type=submit]");
  await page.waitForSelector("main .link-text");
  await admin.check();
  const whom = await page.locator("select[name=account] option", { hasText: "姜禾" }).getAttribute("value");
  await open(page, "select[name=role]");
  await page.selectOption("select[name=account]", whom);
  await page.selectOption("select[name=role]", "community_worker");
  await page.selectOption("select[name=at]", { label: "杏林社区" });
  await page.click("form:has(select[name=role]) button[type=submit]");
  await page.waitForSelector(".badge:has-text('社区工作者')");
  await admin.check();

  // Whom one rings.
  await page.click("nav a[href='/desk']");
  await steps(page, 4);
  await page.click("main .setup a[href$='#reach']");
  await open(page, "#phone");
  await page.fill("#phone", "0951-8123456");
  await page.click("#reach button[type=submit]");
  await page.click("nav a[href='/desk']");
  await steps(page, 5);

  // The posters of one compound in one print, which lead where people can come.
  await page.click("main .setup a[href$='/posters']");
  await admin.check();
  await page.click("main ul a:has-text('南苑')");
  await admin.check();
  await page.click("main form button[type=submit]");
  await page.waitForSelector(".poster");
  await admin.check();
  assert.equal(await page.locator(".poster .qr svg").count(), 40);
  const printed = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  assert.equal(printed.match(/\/Type \/Page\b(?!s)/g).length, 40, "a sheet each");
  const link = (await page.textContent(".poster .link-text")).trim();
  assert.ok(link.startsWith(`${server.base}/q/`), link);
  await page.click("nav a[href='/desk']");
  await page.waitForSelector("h1");
  await admin.check();
  assert.equal(await page.locator(".setup").count(), 0);

  const resident = await somebody(browser, server, how);
  await resident.page.goto(link);
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("南苑 1号楼 1单元"));
  await resident.page.goto("/c/xinglin/raise");
  await resident.check();
  assert.equal(await resident.page.locator("main details > summary").count(), 12);
  await resident.close();

  // The same line again adds nothing.
  await page.goto(community);
  await page.fill("#plan", PLAN);
  await page.click("#lay-out button[type=submit]");
  await page.waitForSelector("text=都已经有了");
  await admin.check();
  await admin.close();
}
