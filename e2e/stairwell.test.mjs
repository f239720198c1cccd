// Journey stairwell: a steward calls her neighbours together from a phone of 360 px, with at most
// five taps and one typed line; the notice prints with a code. Somebody scans it. They meet: she
// ticks the doors that came, writes two lines, enters the hands, and everyone reads them, and nobody
// which doors came. A lamp of the stairwell is talked over without any line, goes up at one tap, and
// whoever raised it hears of both. A grid head calls the compound's meeting.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, follow, launch, open, somebody, STORES } from "./lib.mjs";

for (const store of STORES) {
  for (const scripts of [false, true]) {
    test(`stairwell on ${store}, ${scripts ? "with" : "without"} scripts`, async () => {
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

/** Sends what was typed, and says that it is none of those that were raised there before. */
async function raise(person) {
  await person.page.click("main form button[type=submit]");
  await person.page.waitForLoadState();
  for (let tried = 0; tried < 3 && !person.page.url().includes("/r/xinglin/"); tried += 1) {
    await person.check();
    await person.page.locator("main form button[type=submit]").last().click();
    await person.page.waitForLoadState();
  }
  await person.page.waitForURL("**/r/xinglin/*");
  await person.check();
}

/** Counts taps and typed lines, as a thumb does them. */
function thumb(page) {
  const did = { taps: 0, lines: 0 };
  return {
    did,
    async tap(target) {
      did.taps += 1;
      await (typeof target === "string" ? page.locator(target) : target).click();
    },
    async type(selector, text) {
      // Into the field first, which is a tap as well.
      did.taps += 1;
      did.lines += 1;
      await page.fill(selector, text);
    },
  };
}

/**
 * A minute for which the rule of half an hour still leaves time when the form is sent, in China: of
 * the 32nd minute from now at least 31 are left, whatever the second. It can be opened two minutes
 * from now at the latest.
 */
function soon() {
  const china = new Date(Date.now() + 8 * 3_600_000 + 32 * 60_000).toISOString();
  return { date: china.slice(0, 10), time: china.slice(11, 16) };
}

async function journey(browser, server, how) {
  // A neighbour raises something by the poster, which is the steward's stairwell's.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(server.poster);
  await resident.check();
  const steward = await somebody(browser, server, how);
  await steward.signIn("steward");
  await steward.check();
  await follow(steward.page, "/stairwells");
  await steward.check();
  await steward.page.click('main a[href^="/stairwell/"]');
  await steward.page.waitForURL("**/stairwell/*");
  await steward.check();

  // From her page: at most five taps and one typed line.
  const { did, tap, type } = thumb(steward.page);
  await tap('main a[href$="/meet"]');
  await steward.page.waitForSelector("#title");
  await steward.check();
  // Tomorrow, which is there at any hour of the day.
  await tap(steward.page.locator("label", { hasText: "明天" }).first());
  await type("#title", "楼道灯谁来关");
  await tap("main form button[type=submit]");
  await steward.page.waitForURL("**/w/xinglin/s/*");
  assert.ok(did.taps <= 5 && did.lines <= 1, JSON.stringify(did));
  await steward.check();
  const at = new URL(steward.page.url()).pathname;

  // A notice to hang, with a code; whoever scans it reads when and where.
  await steward.page.click(`a[href="${at}/notice"]`);
  await steward.page.waitForURL("**/notice");
  await steward.check();
  assert.ok((await steward.page.locator("main svg").count()) > 0, "the code");
  const link = new URL((await steward.page.textContent(".link-text")).trim()).pathname;
  await resident.page.goto(link);
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("楼道灯谁来关"));

  // Not before its hour; so this one is called off.
  await steward.page.goto(at);
  await steward.page.locator("#come input[type=checkbox]").first().check();
  await steward.page.click("#come button[type=submit]");
  await steward.page.waitForSelector(".notice, .error-text");
  await steward.check();
  await open(steward.page, "#off");
  await steward.page.fill("#off-reason", "改到别的时候");
  await steward.page.click("#off button[type=submit]");
  await steward.page.waitForSelector("#off", { state: "detached" });
  await steward.check();

  // The same half an hour from now, over a matter that a neighbour raised: no line at all.
  await resident.page.goto(server.poster);
  await resident.page.click('main a.giant');
  await resident.page.waitForSelector("#text");
  await resident.check();
  await resident.page.fill("#text", "楼道灯整夜不关");
  await raise(resident);
  const receipt = new URL(resident.page.url()).pathname;
  const when = soon();
  await steward.page.goto("/stairwells");
  await steward.page.click('main a[href^="/stairwell/"]');
  await steward.page.click('main a[href$="/meet"]');
  await open(steward.page, "#date");
  await steward.page.check("input[name=when][value=other]");
  await steward.page.fill("#date", when.date);
  await steward.page.fill("#time", when.time);
  await steward.page.locator("label", { hasText: "楼道灯整夜不关" }).first().click();
  await steward.page.click("main form button[type=submit]");
  await steward.page.waitForURL("**/w/xinglin/s/*");
  await steward.check();
  const meeting = new URL(steward.page.url()).pathname;
  await steward.page.goto("/desk");
  await steward.check();
  assert.equal(await steward.page.locator(`li h2 a[href="${meeting}"]`).count(), 1, "it waits for her");

  // She ticks three doors; the first tick opens it, once its time has come.
  for (let tried = 0; ; tried += 1) {
    await steward.page.goto(meeting);
    const boxes = steward.page.locator("#come input[type=checkbox]");
    for (let n = 0; n < 3; n += 1) await boxes.nth(n).check();
    await steward.page.click("#come button[type=submit]");
    await steward.page.waitForLoadState();
    if ((await steward.page.locator("#settle").count()) > 0) break;
    assert.ok(tried < 30, "it opens");
    await new Promise((later) => setTimeout(later, 5_000));
  }
  await steward.check();

  // It goes up at one tap; then two lines and the hands, never more than came.
  await steward.page.click('form[action$="/up"] button[type=submit]');
  await steward.page.waitForSelector('form[action$="/up"]', { state: "detached" });
  await steward.check();
  await steward.page.fill("#settle-line-1", "声控灯由物业装，月底前");
  await steward.page.fill("#settle-line-2", "装好以前，最后回家的随手关灯");
  await steward.page.fill("#settle-for", "4");
  await steward.page.click("#settle button[type=submit]");
  await steward.page.waitForSelector(".error-text");
  await steward.check();
  await steward.page.fill("#settle-for", "3");
  await steward.page.click("#settle button[type=submit]");
  await steward.page.waitForSelector("#settle", { state: "detached" });
  await steward.check();

  // Everyone reads it; the receipt hears both.
  await resident.page.goto(meeting.replace("/w/", "/c/").replace("/s/", "/g/"));
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("最后回家的随手关灯"));
  await resident.page.goto(receipt);
  await resident.check();
  const chain = await resident.page.textContent("main");
  for (const part of ["已议定", "交上一级"]) assert.ok(chain.includes(part), part);

  await resident.page.goto("/c/xinglin/meetings");
  await resident.check();
  await resident.page.click('li a:has-text("楼道里的自行车放哪儿")');
  await resident.page.waitForURL("**/c/xinglin/g/*");
  await resident.check("101", "201", "301");
  const told = await resident.page.textContent("main");
  for (const part of ["自行车一律放进车棚", "楼门", "通过"]) assert.ok(told.includes(part), part);

  // A grid head's form begins with the compound's meeting.
  const head = await somebody(browser, server, { device: "desktop" });
  await head.signIn("gridhead");
  await head.check();
  await head.page.goto("/w/xinglin/meetings/new");
  await head.check();
  assert.ok((await head.page.locator('.tabs a[aria-current="true"]').innerText()).includes("小区议事会"));
  for (const person of [resident, steward, head]) await person.close();
}
