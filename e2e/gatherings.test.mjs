// Journey gatherings: a worker announces one and prints its sheet; the code on it opens the page where
// its lines are typed in. A steward at a phone, without scripts too, writes down what was said on her
// bench on one screen: matters, thanks, what is known already, and private talk, which stands nowhere
// afterwards. She prints the slips; whoever has one comes to the receipt by number and code. Everyone
// reads what became of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, follow, launch, open, signedIn, somebody, STORES } from "./lib.mjs";

for (const store of STORES) {
  for (const scripts of [false, true]) {
    test(`gatherings on ${store}, ${scripts ? "with" : "without"} scripts`, async () => {
      const server = await demo(store);
      const browser = await launch();
      try {
        await journey(browser, server, { device: "phone", scripts });
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
}

/** The day in China so many days from now. */
function day(days) {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

async function journey(browser, server, how) {
  const steward = await signedIn(browser, server, "steward", how);
  await follow(steward.page, "/gatherings");
  await steward.page.waitForURL("**/w/xinglin/gatherings");
  await steward.check();

  // On one screen: three fields and her lines. What is wrong comes back with all that was typed.
  await steward.page.click('main a.giant[href$="/gatherings/new"]');
  await steward.page.waitForSelector("#line-1");
  await steward.check();
  const { page } = steward;
  const known = (await page.locator("details li strong").first().textContent()).trim();
  await page.fill("#spot", "凉亭");
  await page.fill("#date", day(-1));
  await page.fill("#time", "16:00");
  await page.fill("#line-1", "二单元的水管夜里响");
  await page.fill("#line-2", "谢谢小组长13800001111");
  await page.selectOption("#kind-2", "thanks");
  await page.fill("#line-3", known);
  await page.selectOption("#kind-3", "known");
  await page.fill("#line-4", "老张家的私房话");
  await page.selectOption("#kind-4", "private");
  await page.locator("main form button.giant").click();
  await page.waitForSelector("#line-2-error");
  await steward.check();
  assert.equal(await page.inputValue("#line-1"), "二单元的水管夜里响");
  assert.equal(await page.inputValue("#kind-4"), "private");
  assert.ok((await page.locator("#people-error").count()) === 1, "how many came is asked for too");
  await page.fill("#people", "9");
  await page.selectOption("#mostly", "old");
  await page.fill("#line-2", "谢谢物业换了门锁");
  await page.locator("main form button.giant").click();
  await page.waitForURL("**/w/xinglin/h/*");
  await steward.check();
  const at = new URL(page.url()).pathname;
  const main = await page.textContent("main");
  for (const text of ["9人", "老人为主", "谢谢物业换了门锁"]) assert.ok(main.includes(text), text);

  // The slips; by number and code one comes to the receipt.
  await page.click(`main a[href="${at}/slips"]`);
  await page.waitForURL("**/slips");
  await steward.check();
  assert.equal(await page.locator(".receipt").count(), 2);
  const slip = page.locator(".receipt").first();
  const number = (await slip.locator(".number").textContent()).replace(/\D/g, "");
  const code = (await slip.locator(".slip-code").textContent()).trim();
  const resident = await somebody(browser, server, how);
  await resident.page.goto("/receipt");
  await resident.check();
  await resident.page.selectOption("#open-slug", "xinglin");
  await resident.page.fill("#open-number", number);
  await resident.page.fill("#open-code", code);
  await resident.page.click('form:has(#open-code) button[type="submit"]');
  await resident.page.waitForURL("**/r/xinglin/*");
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("二单元的水管夜里响"));

  // Everyone reads where, when, how many and what it came to, and nobody's words but thanks.
  const shown = at.replace("/w/", "/c/");
  for (const lang of ["zh-Hans", "en"]) {
    const reader = await somebody(browser, server, { ...how, lang });
    await reader.page.goto("/c/xinglin");
    await reader.check();
    await reader.page.goto("/c/xinglin/gatherings");
    await reader.check();
    await reader.page.click(`main a[href="${shown}"]`);
    await reader.page.waitForURL(`**${shown}`);
    await reader.check();
    const text = await reader.page.textContent("main");
    assert.ok(text.includes("谢谢物业换了门锁") && text.includes("凉亭"));
    for (const word of ["水管", "私房话"]) assert.ok(!text.includes(word), word);
    await reader.page.click(`main a[href="${shown}/paper"]`);
    await reader.page.waitForURL("**/paper");
    await reader.check();
    assert.ok((await reader.page.textContent("article.paper")).includes("私事1条"));
  }

  // A worker announces one for tomorrow and prints its sheet, whose code leads to its page; it is not
  // held, and says why. Of yesterday's she types the sheet in.
  const worker = await signedIn(browser, server, "worker");
  await worker.page.goto("/w/xinglin/gatherings/new");
  await worker.check();
  await worker.page.check('input[name="shape"][value="hall"]');
  await worker.page.fill("#date", day(1));
  await worker.page.fill("#time", "19:00");
  await worker.page.fill("#people", "20");
  await worker.page.locator("main form button.second").click();
  await worker.page.waitForURL("**/w/xinglin/h/*");
  await worker.check();
  const coming = new URL(worker.page.url()).pathname;
  await worker.page.click(`main a[href="${coming}/sheet"]`);
  await worker.page.waitForURL("**/sheet");
  await worker.check();
  assert.equal(await worker.page.locator(".record-sheet tbody tr").count(), 10);
  assert.ok((await worker.page.locator(".record-sheet svg").count()) >= 1, "the code");
  await worker.page.goto(coming);
  assert.equal(await worker.page.locator("#record-line-1").count(), 0, "not before it begins");
  await open(worker.page, "#off-reason");
  await worker.page.fill("#off-reason", "下大雨");
  await worker.page.click('form:has(#off-reason) button[type="submit"]');
  await worker.page.waitForSelector("#off-reason", { state: "detached" });
  await worker.check();
  await resident.page.goto(coming.replace("/w/", "/c/"));
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("下大雨"));
  await worker.page.goto("/w/xinglin/gatherings/new");
  await worker.page.fill("#date", day(-1));
  await worker.page.fill("#time", "09:30");
  await worker.page.locator("main form button.second").click();
  await worker.page.waitForURL("**/w/xinglin/h/*");
  await worker.check();
  await worker.page.fill("#record-people", "14");
  await worker.page.fill("#record-line-1", "谢谢大家来扫雪");
  await worker.page.selectOption("#record-kind-1", "thanks");
  await worker.page.click('form:has(#record-line-1) button.giant');
  await worker.page.waitForSelector("#record-line-1", { state: "detached" });
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes("谢谢大家来扫雪"));
}
