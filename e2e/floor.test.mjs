// Journey floor: at a meeting an old resident without a phone says that a lamp is dead. The
// recorder types one line and prints a slip; the agenda stays as it is. Somebody
// with a phone raises a matter by the room's code. The manager of the property company promises
// something by a day: it shows on the screen, on the notice and on the company's desk, is given a
// later day with a reason, and is kept by the word of two. The resident brings the slip, hears the
// answer and says that it is solved. What is late is red, which a test with a set clock shows.
import assert from "node:assert/strict";
import { numberOn, open, signedIn, somebody, told } from "./lib.mjs";

const PRIVATE = ["钱爷爷", "门口的灯不亮了", "充电桩不出电"];

told("floor", journey);

async function journey(browser, server, how) {
  const at = (username) => signedIn(browser, server, username);
  // The demonstration has a meeting that can be opened now.
  const worker = await at("worker");
  await worker.page.goto("/c/xinglin/meetings");
  await worker.check();
  const link = await worker.page.locator("li a", { hasText: "活动室与健身器材" }).first().getAttribute("href");
  const hall = link.replace("/c/", "/w/");
  await worker.page.goto(hall);
  await send(worker, "open");
  await worker.page.goto(`${hall}/room`);
  const door = new URL((await worker.page.textContent(".link-text")).trim()).pathname;

  await worker.page.goto(hall);
  const topics = await worker.page.locator("dl").first().locator("a").allInnerTexts();

  // The recorder types one line for the old resident, and a slip prints.
  await worker.page.fill("#floor-text", "5号楼门口的灯不亮了");
  await worker.page.fill("#floor-name", "钱爷爷");
  await worker.check();
  await worker.page.click("#floor button[type=submit]");
  await worker.page.waitForURL(/\/slip\//);
  await worker.check();
  const slip = await worker.page.textContent("main");
  for (const part of ["会上提出", "编号"]) assert.ok(slip.includes(part), part);
  assert.ok((await worker.page.locator("main svg").count()) > 0, "the code");
  const lamp = await numberOn(worker.page);
  const receipt = new URL((await worker.page.textContent(".link-text")).trim()).pathname;

  // Somebody with a phone does it by the room's code.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(door);
  await resident.check();
  await resident.page.click(`a[href="${door}/raise"]`);
  await resident.page.waitForSelector("#text");
  await resident.check();
  await resident.page.click("main form button[type=submit]");
  await resident.page.waitForSelector(".error-text");
  await resident.check();
  await resident.page.fill("#text", "北苑车棚充电桩不出电");
  await resident.page.click("main form button[type=submit]");
  await resident.page.waitForURL("**/r/xinglin/*");
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("会上提出"));

  // The agenda is as it was; the meeting's page names both, in nobody's words. That a running vote
  // is not touched a test over both stores shows.
  await worker.page.goto(hall);
  await worker.check();
  assert.deepEqual(await worker.page.locator("dl").first().locator("a").allInnerTexts(), topics);
  await resident.page.goto(link);
  await resident.check(...PRIVATE);
  assert.ok((await resident.page.textContent("main")).includes(`编号 ${lamp}`));

  // The manager of the property company promises something; the recorder enters it.
  const day = (days) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
  const promise = "周五前换好5号楼门灯";
  const body = await worker.page.locator("#promise-body option", { hasText: "物业" }).first().getAttribute("value");
  await worker.page.selectOption("#promise-body", body);
  await worker.page.fill("#promise-what", promise);
  await worker.page.fill("#promise-due", day(3));
  await send(worker, "promise");
  await worker.check();
  await worker.page.goto(`${hall}/room`);
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes(promise), "on the screen");
  await resident.page.goto(link);
  await resident.check(...PRIVATE);
  assert.ok((await resident.page.textContent("main")).includes(promise), "on the notice");
  const manager = await at("property");
  const owed = await manager.page.locator("li h2 a", { hasText: promise }).getAttribute("href");
  await manager.check();

  // A later day needs a reason; the old one stays on show.
  await manager.page.goto(owed);
  await manager.check();
  await open(manager.page, "#renew");
  await manager.page.fill("#renew-due", day(9));
  await manager.page.click("#renew button[type=submit]");
  await manager.page.waitForSelector(".error-text");
  await manager.check();
  await manager.page.fill("#renew-reason", "灯头配件下周一到货");
  await send(manager, "renew");
  await manager.check();
  await resident.page.goto("/c/xinglin/promises");
  await resident.check(...PRIVATE);
  assert.ok((await resident.page.locator("li", { hasText: promise }).innerText()).includes("改期 1 次"));

  // Next morning the matter stands in the worker's sorting, and is answered.
  await worker.page.goto(`/w/xinglin/${lamp}`);
  await worker.check();
  await worker.page.check("#triage input[value=public]");
  await worker.page.selectOption("#triage-category", "02");
  await worker.page.locator("#triage-holder").selectOption({ index: 1 });
  await send(worker, "triage");
  await worker.page.fill("#answer-text", "门灯已换好，晚上全亮。");
  await send(worker, "answer");

  // The manager says that it is kept; a colleague has looked.
  await manager.page.goto(owed);
  await manager.page.fill("#done-note", "门灯换好，当晚亮了。");
  await send(manager, "done");
  await manager.check();
  const colleague = await at("worker2");
  await colleague.page.goto(owed);
  await colleague.check();
  await send(colleague, "kept");
  await colleague.check();
  await resident.page.goto(owed.replace("/w/", "/c/"));
  await resident.check(...PRIVATE);
  const kept = await resident.page.textContent("main");
  for (const part of ["已兑现", "改期 1 次", "灯头配件下周一到货"]) assert.ok(kept.includes(part), part);

  // The resident brings the slip, hears the answer and says "solved": no phone is needed.
  await colleague.page.goto("/w/xinglin/owed");
  await colleague.page.locator(`a[href^="/w/xinglin/${lamp}/callback/"]`).first().click();
  await colleague.check();
  await colleague.page.check("input[name=reached][value=yes]");
  await colleague.page.check("input[name=contacted][value=yes]");
  await colleague.page.check("input[name=solved][value=yes]");
  await colleague.page.check("input[name=satisfaction][value=satisfied]");
  await colleague.page.locator("main form", { has: colleague.page.locator("input[name=reached]") }).locator("button[type=submit]").click();
  await colleague.page.waitForURL("**/owed");
  await colleague.check();
  await resident.page.goto(receipt);
  await resident.check();
  const answered = await resident.page.textContent("main");
  for (const part of ["门灯已换好", "解决了", "满意"]) assert.ok(answered.includes(part), part);

  for (const person of [worker, resident, manager, colleague]) await person.close();
}

/** Sends the form in the section of this name, and waits for the page that follows. */
async function send(person, form) {
  await open(person.page, `#${form}`);
  await Promise.all([
    person.page.waitForNavigation(),
    person.page.locator(`#${form} button[type=submit]`).first().click(),
  ]);
  assert.equal(await person.page.locator(".notice.bad, .error-summary").count(), 0, await person.page.textContent("main"));
}
