// Journey first-matter: raise by QR with a photo, join from a second device, a steward raises
// for a neighbour, a worker merges two and answers, both evaluate, one is not satisfied, it
// reopens, is answered again, closes; the board shows it all without personal data.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, evaluate, launch, numberOn, open, picture, somebody, STORES } from "./lib.mjs";

const SAID = "三楼王大爷家门口的消防栓漏水，电话13800001111";
const PRIVATE = ["13800001111", "王大爷", "赵奶奶", "8765 4321"];

for (const store of STORES) {
  for (const [device, scripts] of [["phone", true], ["phone", false], ["desktop", true], ["desktop", false]]) {
    test(`first-matter on ${store}, ${device}, ${scripts ? "with" : "without"} scripts`, async () => {
      const server = await demo(store);
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

async function journey(browser, server, how) {
  const photo = { name: "hydrant.png", mimeType: "image/png", buffer: await picture(browser) };

  // A resident scans the code on the stairwell: tap, say it, send.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(server.poster);
  await resident.check(...PRIVATE);
  assert.equal(await resident.page.getAttribute("html", "lang"), "zh-Hans");
  await resident.page.click("a.giant");
  await resident.check();
  await resident.page.fill("#text", SAID);
  await resident.page.setInputFiles("#photos", photo);
  await resident.page.click("main form > button[type=submit]");
  await resident.page.waitForURL("**/r/xinglin/*");
  await resident.check();
  const first = await numberOn(resident.page);
  assert.ok((await resident.page.textContent(".state")).includes("杏林社区"), "the receipt says who answers");
  assert.equal(await resident.page.locator(".qr svg").count(), 1);
  assert.ok((await resident.page.locator(".chain img").count()) === 1, "the own photo shows on the receipt");
  const receipt = resident.page.url().replace(/\?new$/, "");

  // The board has it at once, without a word of what was typed.
  await resident.page.goto("/c/xinglin");
  await resident.check(...PRIVATE, "消防栓");
  assert.ok((await resident.page.textContent("#list")).includes(`编号 ${first}`));

  // A neighbour's phone: me too — once.
  const neighbour = await somebody(browser, server, how);
  await neighbour.page.goto(`/c/xinglin/m/${first}`);
  await neighbour.check(...PRIVATE, "消防栓");
  await neighbour.page.click("a[href$='/join']");
  await neighbour.check(...PRIVATE);
  await neighbour.page.click("main form > button[type=submit]");
  await neighbour.page.waitForURL("**/r/xinglin/*");
  await neighbour.check(...PRIVATE, "消防栓");
  const second = neighbour.page.url().replace(/\?new$/, "");
  await neighbour.page.goto(`/c/xinglin/m/${first}/join`);
  await neighbour.page.click("main form > button[type=submit]");
  await neighbour.page.waitForSelector(".notice.bad");
  await neighbour.check();

  // The steward speaks for a neighbour who agrees; without agreement nothing is sent and nothing lost.
  const steward = await somebody(browser, server, how);
  await steward.signIn("steward");
  await steward.check();
  await steward.page.goto("/stairwells");
  await steward.check();
  await steward.page.click("main .choices a");
  await steward.check();
  await steward.page.click("a.giant");
  await steward.check();
  await steward.page.fill("#text", "门口消防栓一直滴水，地上结冰");
  await steward.page.fill("#name", "赵奶奶");
  await steward.page.fill("#contact", "8765 4321");
  await steward.page.click("main form > button[type=submit]");
  await steward.page.waitForSelector(".notice.bad");
  await steward.check();
  assert.equal(await steward.page.inputValue("#text"), "门口消防栓一直滴水，地上结冰");
  await steward.page.check("#consent");
  await steward.page.click("main form > button[type=submit]");
  await steward.page.waitForURL("**/receipt/*");
  await steward.check();
  const spoken = await numberOn(steward.page);
  const third = await steward.page.textContent(".receipt .link-text");

  // The worker sees both on the desk, merges them, sorts, publishes, answers.
  const worker = await somebody(browser, server, how);
  await worker.signIn("worker");
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes(`编号 ${first}`));
  await worker.page.goto(`/w/xinglin/${spoken}`);
  await worker.check();
  await open(worker.page, "#merge");
  await worker.page.fill("#merge-into", String(first));
  await worker.page.click("#merge button[type=submit]");
  await worker.page.waitForSelector("#unmerge");
  await worker.check();
  await worker.page.goto(`/w/xinglin/${first}`);
  await worker.page.check("#triage input[value=public]");
  await worker.page.selectOption("#triage-category", "02");
  await worker.page.click("#triage button[type=submit]");
  await worker.page.waitForSelector("#answer");
  await worker.check();
  await open(worker.page, "#summarise");
  assert.ok(!(await worker.page.inputValue("#summarise-summary")).includes("13800001111"), "the draft is masked");
  await worker.page.fill("#summarise-summary", "3号楼楼道消防栓漏水");
  await worker.page.click("#summarise button[type=submit]");
  await worker.page.waitForSelector("#answer");
  await open(worker.page, "form[action$='/publish-photo']");
  await worker.page.click("form[action$='/publish-photo'] button");
  await worker.page.waitForSelector("#answer");
  await worker.page.fill("#answer-text", "请拨打13800001111");
  await worker.page.click("#answer button[type=submit]");
  await worker.page.waitForSelector(".notice.bad");
  await worker.check();
  assert.equal(await worker.page.inputValue("#answer-text"), "请拨打13800001111", "what was typed is kept");
  await answer(worker, "消防栓阀门已更换，不再漏水。");

  // Both evaluate; one says that it is not solved.
  await neighbour.page.goto(second);
  await neighbour.check(...PRIVATE);
  await evaluate(neighbour.page, "yes", "satisfied");
  await neighbour.check(...PRIVATE);
  await resident.page.goto(receipt);
  await resident.check();
  await evaluate(resident.page, "no", "not");
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("重新办理"));

  // It is in hand again, answered again; all evaluate, and the worker closes it.
  await worker.page.goto(`/w/xinglin/${first}`);
  await answer(worker, "又换了一段水管，请再看看。");
  await worker.page.click("#close button[type=submit]");
  await worker.page.waitForSelector(".notice.bad");
  await worker.check();
  for (const link of [receipt, second, third.trim()]) {
    await resident.page.goto(link);
    await evaluate(resident.page, "yes", "mostly");
  }
  await worker.page.goto(`/w/xinglin/${first}`);
  await worker.page.click("#close button[type=submit]");
  await worker.page.waitForSelector("#close", { state: "detached" });
  await worker.check();

  // Anyone reads the whole chain, with the photo that was published and nothing private.
  const anyone = await somebody(browser, server, how);
  await anyone.page.goto(`/c/xinglin/m/${first}`);
  await anyone.check(...PRIVATE);
  const chain = await anyone.page.textContent(".chain");
  for (const step of ["有人说了这件事", "已安排", "核定公开摘要", "公开一张照片", "答复", "没有解决", "办结"]) {
    assert.ok(chain.includes(step), step);
  }
  assert.ok((await anyone.page.locator(".chain img").count()) === 1);
  await anyone.page.goto(`/c/xinglin/m/${spoken}`);
  await anyone.check(...PRIVATE);
  assert.ok((await anyone.page.textContent("main")).includes(`已并入编号 ${first}`));
  await anyone.page.goto("/c/xinglin?state=closed");
  await anyone.check(...PRIVATE);
  assert.ok((await anyone.page.textContent("#list")).includes("3号楼楼道消防栓漏水"));
  await anyone.page.goto("/c/xinglin?q=" + encodeURIComponent("消防栓"));
  assert.ok((await anyone.page.textContent("#list")).includes("3号楼楼道消防栓漏水"));

  for (const person of [resident, neighbour, steward, worker, anyone]) await person.close();
}

async function answer(worker, text) {
  await worker.page.fill("#answer-text", text);
  await worker.page.click("#answer button[type=submit]");
  await worker.page.waitForSelector("#close");
  await worker.check();
}

test("the resident's part with the keyboard alone", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    const resident = await somebody(browser, server, { device: "desktop" });
    const { page } = resident;
    await page.goto(server.poster);
    await resident.check();
    await tabTo(page, "a.giant");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/raise");
    await resident.check();
    await tabTo(page, "#text");
    await page.keyboard.type("门厅的灯一闪一闪");
    await tabTo(page, "main form > button[type=submit]");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/r/xinglin/*");
    await page.goto(server.receipt);
    await tabTo(page, "#evaluate a[href*='solved=yes']");
    await page.keyboard.press("Enter");
    await page.waitForURL("**solved=yes**");
    await tabTo(page, "input[name=satisfaction]");
    await page.keyboard.press("Space");
    await tabTo(page, "#evaluate button[type=submit]");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#evaluate", { state: "detached" });
    await resident.check();
    await resident.close();
  } finally {
    await browser.close();
    await server.stop();
  }
});

async function tabTo(page, selector) {
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached with the keyboard`);
}

test("bad input gets a clear message and loses nothing", async () => {
  const server = await demo("sqlite");
  const browser = await launch();
  try {
    for (const [lang, empty, photo, long] of [
      ["zh-Hans", "有一样就行", "不是能识别的照片", "最多 5000 字"],
      ["en", "one of them is enough", "not a photo we can read", "5000 are allowed"],
    ]) {
      const resident = await somebody(browser, server, { lang, scripts: false });
      const { page } = resident;
      const send = () => page.click("main form > button[type=submit]");
      await page.goto(`${server.poster}/raise`);
      await send();
      assert.ok((await page.textContent(".notice.bad")).includes(empty));
      await resident.check();
      await page.fill("#text", "灯坏了 👨‍👩‍👧 樓道");
      await page.setInputFiles("#photos", { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a photo") });
      await send();
      assert.ok((await page.textContent(".notice.bad")).includes(photo));
      assert.equal(await page.inputValue("#text"), "灯坏了 👨‍👩‍👧 樓道");
      await resident.check();
      await page.setInputFiles("#photos", { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(9 * 1024 * 1024, 1) });
      await send();
      assert.ok((await page.textContent(".notice.bad")).includes("8 MB"));
      await page.fill("#text", "长".repeat(33_000));
      await send();
      assert.ok((await page.textContent(".notice.bad")).includes(long));
      assert.equal((await page.inputValue("#text")).length, 33_000);
      await page.goto("/q/nosuchposter");
      assert.equal(await page.locator(".notice.bad").count(), 1);
      await resident.check();
      await page.goto("/r/xinglin/22222222222222222222222222");
      assert.equal(await page.locator(".notice.bad").count(), 1);
      await resident.check();
      await resident.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
});
