// Journey receipt: somebody raises a matter and loses the link. The device lists it; another phone
// opens it by number and code; a neighbour who has neither comes to the desk, is checked and gets a
// new one, and the old link says that it ended. Answered, it is evaluated with one tap, is not solved,
// a sentence is added; a second matter is taken back before anybody worked on it.
import assert from "node:assert/strict";
import { evaluate, numberOn, open, picture, signedIn, somebody, told } from "./lib.mjs";

const PRIVATE = ["赵奶奶", "8765 4321", "88765432"];

told("receipt", journey);

async function journey(browser, server, how) {
  const resident = await somebody(browser, server, how);
  const { page } = resident;
  const check = (...unwanted) => resident.check(...unwanted);
  await raise(resident, server.poster, "二楼拐角的灯不亮了");
  await check();
  const number = await numberOn(page);
  const code = (await page.textContent(".slip-code")).trim();
  assert.match(code, /^\d{4} \d{4}$/);
  const link = new URL(page.url()).pathname;
  assert.equal(await page.locator(".receipt .qr svg").isVisible(), false, "the code to scan is for paper");
  if (how.scripts) {
    await page.click("[data-picture]");
    await page.waitForSelector(".picture img");
    const width = await page.locator(".picture img").evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.equal(width, 720);
    await check();
  }

  // The link is gone; the device has it.
  await page.goto("/");
  await check();
  await page.click("main a[href='/mine']");
  await check();
  await page.click(`main li a:has-text("二楼拐角的灯")`);
  await page.waitForURL(/\/r\/xinglin\/[0-9a-f-]{36}$/);
  await check();
  assert.ok((await page.textContent(".state")).includes("已收到"));

  // From here it is added to; it is not answered yet.
  await open(page, "#add-text");
  await page.fill("#add-text", "三楼也不亮");
  await page.setInputFiles("#add-photos", { name: "lamp.png", mimeType: "image/png", buffer: await picture(browser) });
  await check();
  await page.click("#add button[type=submit]");
  await page.waitForURL("**?added");
  await check();
  assert.ok((await page.locator(".notice").first().textContent()).includes("补充的内容收到了"));
  assert.ok((await page.locator(".chain").first().textContent()).includes("三楼也不亮"));

  // A neighbour's phone: wrong digits first, then the right ones.
  const other = await somebody(browser, server, how);
  await other.page.goto("/mine");
  await other.check(...PRIVATE, "二楼拐角");
  await other.page.click("main a[href='/receipt']");
  await other.check();
  await type(other.page, number, "4321");
  await other.page.waitForSelector("#open-code-error");
  assert.ok((await other.page.textContent("#open-code-error")).includes("电话尾号打不开回执"));
  await other.check();
  await type(other.page, number, code === "0000 0000" ? "00000001" : "00000000");
  assert.ok((await other.page.textContent("#open-code-error")).includes("对不上"));
  await type(other.page, number, code);
  await other.page.waitForURL("**?opened");
  await other.check();
  assert.ok((await other.page.textContent("main")).includes("二楼拐角的灯不亮了"));
  // Its holder says that the device is shared, and it forgets.
  await other.page.goto("/mine");
  await other.page.click("main form button[type=submit]");
  await other.page.waitForURL("**?forgotten");
  await other.check();

  // An old neighbour has lost slip and code, and comes to the desk.
  const spoken = await somebody(browser, server, how);
  await raise(spoken, server.poster, "门口台阶松了", { name: "赵奶奶", contact: "8765 4321" });
  await spoken.check();
  const lost = { number: await numberOn(spoken.page), link: new URL(spoken.page.url()).pathname };
  const worker = await signedIn(browser, server, "worker");
  await worker.page.goto(`/w/xinglin/${lost.number}/receipts`);
  await worker.check();
  await worker.page.click("main .item a[href*='/receipts/']");
  await worker.check();
  await worker.page.check("#reissue input[value=in_person]");
  await worker.page.click("#reissue button[type=submit]");
  await worker.page.waitForURL("**/slip/*");
  await worker.check("赵奶奶");
  const fresh = new URL((await worker.page.textContent(".receipt .link-text")).trim()).pathname;
  await spoken.page.goto(lost.link);
  await spoken.check();
  assert.ok((await spoken.page.textContent("main")).includes("换了新的"));
  await spoken.page.goto(fresh);
  await spoken.check();

  // Nobody has worked on it: taken back, it ends.
  await open(spoken.page, "#withdraw");
  await spoken.page.click("#withdraw button[type=submit]");
  await spoken.page.waitForURL("**?withdrawn");
  await spoken.check();
  assert.ok((await spoken.page.textContent(".state")).includes("您已撤回"));
  await spoken.page.goto("/c/xinglin");
  await spoken.check(...PRIVATE);
  assert.ok(!(await spoken.page.textContent("#list")).includes(`编号 ${lost.number} `), "the board has it no more");

  // The first one is answered; one tap says that it is not solved, and it is taken up again.
  await worker.page.goto(`/w/xinglin/${number}`);
  await worker.check();
  await worker.page.check("#triage input[value=public]");
  await worker.page.selectOption("#triage-category", "02");
  await worker.page.click("#triage button[type=submit]");
  await worker.page.waitForSelector("#answer-text");
  await worker.page.fill("#answer-text", "二楼的灯换好了。");
  await worker.page.click("#answer button[type=submit]");
  await worker.page.waitForSelector("#close");
  await worker.check();
  await page.goto(link);
  await check();
  const order = ["h1", ".state", "#evaluate", ".receipt"];
  const tops = await Promise.all(order.map((one) => page.locator(one).first().evaluate((element) => element.getBoundingClientRect().top)));
  assert.deepEqual([...tops].sort((a, b) => a - b), tops, "state, answer and buttons come first");
  await page.click("#evaluate a[href*='solved=no']");
  await check();
  await page.fill("#comment", "三楼还是黑的");
  await page.click("#evaluate button[type=submit]");
  await page.waitForURL("**?again");
  await check();
  assert.ok((await page.locator(".notice").first().textContent()).includes("已重新交办"));
  await worker.page.goto(`/w/xinglin/${number}`);
  await worker.page.fill("#answer-text", "三楼的也换好了。");
  await worker.page.click("#answer button[type=submit]");
  await worker.page.waitForSelector("#close");
  await page.goto(link);
  await evaluate(page, "yes", "satisfied");
  await check();
  const end = await page.textContent("main");
  for (const part of ["谢谢您的评价", "解决了", "满意"]) assert.ok(end.includes(part), part);

  for (const person of [resident, other, spoken, worker]) await person.close();
}

/** Raises something by the poster; waits for the receipt. */
async function raise(person, poster, text, more = {}) {
  const { page } = person;
  await page.goto(`${poster}/raise`);
  await person.check();
  await page.fill("#text", text);
  for (const [field, value] of Object.entries(more)) {
    await open(page, `#${field}`);
    await page.fill(`#${field}`, value);
  }
  await page.click("main form > button[type=submit]");
  await page.waitForURL("**/r/xinglin/*");
}

/** Types number and code. */
async function type(page, number, code) {
  await page.selectOption("#open-slug", "xinglin");
  await page.fill("#open-number", String(number));
  await page.fill("#open-code", code);
  await page.click("main form[method=post] button[type=submit]");
}
