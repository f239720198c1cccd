// Journey inbox: an order comes to a body's inbox, with a count in the top bar that goes once it was
// seen; the list for the day prints; a calendar program reads the days of the desk by a link that is
// shown once and can be ended.
import assert from "node:assert/strict";
import { somebody, told } from "./lib.mjs";

told("inbox", journey);

async function journey(browser, server, how) {
  const worker = await somebody(browser, server, how);
  await worker.signIn("worker");
  await worker.check();
  await worker.page.goto("/inbox");
  await worker.page.waitForSelector("h1:has-text('收件箱')");
  await worker.check();
  // What was new is seen by now.
  await worker.page.goto("/inbox");
  assert.equal(await worker.page.locator(".fresh").count(), 0);
  assert.doesNotMatch(await worker.page.locator("nav a[href='/inbox']").innerText(), /（/);

  await worker.page.click("a[href='/desk/today']");
  await worker.page.waitForSelector("h1:has-text('今日清单')");
  await worker.check();
  assert.ok(!(await worker.page.locator(".print-only").isVisible()), "the code is for paper");
  await worker.page.emulateMedia({ media: "print" });
  assert.ok(await worker.page.locator(".print-only .qr").isVisible());
  await worker.page.emulateMedia({ media: "screen" });

  await worker.page.goto("/inbox/calendars");
  await worker.check();
  await worker.page.locator("form[action$='/make'] button").first().click();
  await worker.page.waitForSelector("#calendar-link");
  await worker.check();
  const link = await worker.page.locator("#calendar-link").inputValue();
  const days = await fetch(new URL(new URL(link).pathname, server.base));
  assert.equal(days.headers.get("content-type"), "text/calendar; charset=utf-8");
  assert.equal(days.headers.get("set-cookie"), null);
  const text = await days.text();
  assert.ok(text.startsWith("BEGIN:VCALENDAR\r\n") && text.includes("BEGIN:VEVENT"), text);
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), text);
  await worker.page.locator("form[action$='/end'] button").first().click();
  await worker.page.waitForSelector("text=还没有链接");
  assert.equal((await fetch(new URL(new URL(link).pathname, server.base))).status, 404);

  // What is passed on to a group stands there to be copied, with scripts and without.
  const anybody = await somebody(browser, server, how);
  await anybody.page.goto("/c/xinglin");
  await anybody.page.locator(".list .item h2 a, .list .item h3 a").first().click();
  await anybody.page.waitForSelector("#group-text");
  assert.match(await anybody.page.locator("#group-text").inputValue(), /\/c\/xinglin\//);
  await anybody.check();
}
