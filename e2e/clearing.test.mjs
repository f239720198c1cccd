// Journey clearing: the month's books are cleared. The secretary takes in all that is open; a thing
// that is put off on its own page is marked by itself; a department that never reported in goes up to
// the street and stands in the sheet's figures; nothing is signed while something is unmarked. Then the
// sheet is everyone's, and stands beside the one of the time before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, launch, open, signedIn, somebody, STORES } from "./lib.mjs";

const WHY = "一直没有来报到，请街道督办";

for (const store of STORES) {
  for (const device of ["desktop", "phone"]) {
    test(`clearing on ${store}, the secretary at a ${device}`, async () => {
      const server = await demo(store);
      const browser = await launch();
      try {
        await clearing(browser, server, device);
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
}

async function clearing(browser, server, device) {
  const secretary = await signedIn(browser, server, "secretary", { device });
  const { page } = secretary;

  // All that is open is taken in; nobody chooses.
  await page.goto("/w/xinglin/clearing");
  await secretary.check();
  await page.click("main form button[type=submit]");
  await page.waitForURL(/\/w\/xinglin\/k\/\d+/);
  await secretary.check();
  const run = new URL(page.url()).pathname;
  const count = Number((await page.textContent("#left")).replace(/\D/g, ""));
  assert.ok(count > 20, `${count} taken in`);

  // It is not signed yet, and says why.
  await page.click(`form[action='${run}/finish'] button[type=submit]`);
  await page.waitForSelector("text=不能签字");
  await secretary.check();

  // A matter is put off on its own page, with a reason; the run notes it by itself.
  await page.goto(run);
  const matter = page.locator("#left ~ ul").first().locator("li", { hasText: "待答复" }).first();
  const [thing, item] = [
    await matter.locator("h3 a").getAttribute("href"),
    await matter.locator("a.button").getAttribute("href"),
  ];
  await page.goto(thing);
  await secretary.check();
  await open(page, "#extend-reason");
  await page.fill("#extend-reason", "配件下月才到货");
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.fill("#extend-due", day);
  await page.click("#extend button[type=submit]");
  await page.waitForURL(/done=extend/);
  await secretary.check();
  const marked = async () => (await page.locator(".badge", { hasText: "延期" }).count()) > 0;
  await page.goto(item);
  for (let tries = 0; tries < 40 && !(await marked()); tries += 1) {
    await page.waitForTimeout(250);
    await page.goto(item);
  }
  await secretary.check();
  assert.ok(await marked(), "marked by itself");

  // What is overdue goes up, what is not gets its next step: the rest of the list.
  let lifted;
  for (let rest = 0; rest < count + 5; rest += 1) {
    await page.goto(run);
    const left = page.locator("#left ~ ul").first().locator("li a.button").first();
    if ((await page.locator("#left").count()) === 0) break;
    const href = await left.getAttribute("href");
    await page.goto(href);
    if (rest === 0) await secretary.check();
    if ((await page.locator("#on-track-next").count()) > 0) {
      await page.fill("#on-track-next", "本周内接着办");
      await page.click("#on-track button[type=submit]");
      await page.waitForLoadState();
      if (new URL(page.url()).pathname === run) continue;
      // It is overdue: that is said, and nothing is made better than it is.
      await page.waitForSelector(".error-text, .slip, [role=alert], .notice.bad");
    }
    if (lifted === undefined) await secretary.check();
    await page.fill("#lift-reason", WHY);
    await page.click("#lift button[type=submit]");
    await page.waitForURL(`**${run}`);
    lifted ??= href;
  }
  await secretary.check();
  assert.ok(lifted, "something was overdue");

  // The street has it on its desk, and says what it does.
  const street = await signedIn(browser, server, "street");
  await street.page.goto(lifted);
  await street.check();
  await street.page.fill("#take-up-note", "街道周三召集有关单位到场");
  await street.page.click("#take-up button[type=submit]");
  await street.page.waitForSelector("text=街道周三召集有关单位到场");
  await street.check();

  // The secretary signs: the sheet is everyone's.
  await page.goto(run);
  await page.click(`form[action='${run}/finish'] button[type=submit]`);
  await page.waitForSelector("text=已经签字公开");
  await secretary.check();
  const resident = await somebody(browser, server, { device });
  const sheet = run.replace("/w/", "/c/");
  await resident.page.goto(sheet);
  await resident.check();
  const said = await resident.page.textContent("main");
  for (const part of ["清〔", "上交", "延期", "校验码", "按承办单位", WHY]) assert.ok(said.includes(part), part);
  await resident.page.goto(`${sheet}/paper`);
  await resident.check();
  await resident.page.goto(`${sheet}/compare`);
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("过期没有兑现"));
  await resident.page.goto("/c/xinglin/clearing");
  await resident.check();
}
