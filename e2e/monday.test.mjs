// The worker's morning (monday): six lamps are ticked and answered together, by the category that is
// proposed; a colleague was quicker with one; the rest are sorted, summed up and answered one after
// the other, beside the desk on a wide screen. Clicks are counted: ten matters take at most 25 of
// them and no page load on a desktop, and at most 40 taps on a phone. Nothing is typed twice. Then one
// that stood at the wrong building is moved, and a session ends in the middle of a sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo, launch, numberOn, PASSWORD, signedIn, STORES } from "./lib.mjs";

const LAMPS = ["门口路灯不亮", "路灯坏了两盏", "楼前路灯一闪一闪", "东边路灯不亮", "路灯灭了看不清路", "晚上路灯不亮"];
const OTHERS = ["垃圾桶满了没人清运", "树枝断了挂着", "健身器材螺丝松了", "电动车乱停堵住门口"];
const TEXT = "路灯已经换好，晚上请再看看。";

for (const store of STORES) {
  for (const device of ["desktop", "phone"]) {
    test(`monday on ${store}, the worker at a ${device}`, async () => {
      const server = await demo(store);
      const browser = await launch();
      try {
        await morning(browser, server, device);
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
}

async function morning(browser, server, device) {
  const lamps = [];
  for (const text of LAMPS) lamps.push(await raise(browser, server, text));
  const others = [];
  for (const text of OTHERS) others.push(await raise(browser, server, text));

  const worker = await signedIn(browser, server, "worker", { device });
  const { page } = worker;
  // Dangers stand above all tabs, and each tab says how much it has.
  assert.ok((await page.locator(".tabs a").count()) > 3);
  let taps = 0;
  let loads = 0;
  const tap = async (where) => {
    taps += 1;
    await page.locator(where).first().click();
  };
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) loads += 1;
  });

  // The lamps are ticked and answered with one text; a colleague had answered one of them meanwhile.
  // Tab and order stand in the address, as the worker has kept it.
  await tap(".tabs a[href='/desk?tab=sort']");
  await page.waitForURL("**/desk?tab=sort");
  await worker.check();
  await page.goto("/desk?tab=sort&order=new");
  await worker.check();
  assert.ok((await page.textContent("#list")).includes("原话里有“路灯”"));
  for (const number of lamps) await tap(`input[name=one][value='xinglin/${number}']`);
  await quicker(browser, server, lamps[5]);
  loads = 0;
  await tap(".many-deeds details:nth-child(2) summary");
  await page.fill("#many-text", TEXT);
  await tap("button[name=do][value=answer]");
  await page.waitForSelector("h1:text('有几件没有办成')");
  await worker.check();
  const left = page.locator("form.many input[name=one]:checked");
  assert.deepEqual(await left.evaluateAll((boxes) => boxes.map((box) => box.value)), [`xinglin/${lamps[5]}`]);
  assert.ok((await page.textContent(".error-text")).length > 5, "it says why");
  assert.equal(await page.inputValue("#many-text"), TEXT, "what was typed stays");
  await tap(".crumbs a[href^='/desk']");
  await page.waitForSelector("#list");

  // The others one by one; the next is always at hand.
  await tap(`#list a[href^='/w/xinglin/${others.at(-1)}']`);
  for (const [number, said] of others.map((number, nth) => [number, OTHERS[nth]]).reverse()) {
    const form = `form[action='/w/xinglin/${number}/triage']`;
    await page.waitForSelector(`${form} #triage-text`);
    await worker.check();
    assert.ok((await page.inputValue("#triage-summary")).includes(said), "the draft is there");
    assert.notEqual(await page.inputValue("#triage-category"), "", "a category is proposed");
    await page.fill("#triage-text", "已经处理，请再看看。");
    await tap(`${form} button[type=submit]`);
    await page.waitForSelector(`[role=status] a[href*='after=/w/xinglin/${number}']`);
    if (number !== others[0]) await tap("[role=status] a[href^='/desk/next']");
  }
  console.log(`ten matters at a ${device}: ${taps} taps, ${loads} page loads`);
  if (device === "desktop") {
    assert.ok(taps <= 25, `${taps} clicks`);
    assert.equal(loads, 0, "no page load between them");
  } else {
    assert.ok(taps <= 40, `${taps} taps`);
  }
  for (const number of [...lamps, ...others]) {
    const answer = await page.request.get(`/c/xinglin/m/${number}`);
    assert.ok((await answer.text()).includes("已答复"), `${number} is answered`);
  }
  await wrongBuilding(worker, others[0]);
  await midSentence(worker, others[0]);
  await worker.close();
}

/** One of them stood at the wrong building: it is moved with a reason, and stays answered. */
async function wrongBuilding({ page, check }, number) {
  await page.goto(`/w/xinglin/${number}`);
  await page.click("details:has(#mend-place) > summary");
  await page.fill("#mend-place", "杏林南苑 4号楼");
  await page.fill("#mend-reason", "提出人说错了楼号");
  await page.click("#mend button[type=submit]");
  await page.waitForSelector("[role=status] >> text=已改正");
  await check();
  const shown = await (await page.request.get(`/c/xinglin/m/${number}`)).text();
  for (const said of ["改正地点", "提出人说错了楼号", "4号楼", "已答复"]) assert.ok(shown.includes(said), said);
}

/** The session ends while somebody writes: whoever signs in again finds what was typed. */
async function midSentence({ page, check }, number) {
  await page.goto(`/w/xinglin/${number}`);
  await page.click("details:has(#note-memo) > summary");
  await page.fill("#note-memo", "三点以后再打一次");
  const other = await page.context().newPage();
  await other.goto("/signout");
  await other.click("main form button[type=submit]");
  await other.waitForLoadState();
  await other.close();
  await page.click("#note button[type=submit]");
  await page.waitForURL("**/signin**");
  await check();
  await page.fill("#username", "worker");
  await page.fill("#password", PASSWORD);
  await page.click("main form button[type=submit]");
  await page.waitForURL(`**/w/xinglin/${number}**`);
  assert.equal(await page.inputValue("#note-memo"), "三点以后再打一次");
  await page.click("#note button[type=submit]");
  await page.waitForSelector("[role=status] >> text=已记下");
  await check();
  assert.ok((await page.textContent("ol.chain")).includes("三点以后再打一次"));
}

/** A resident says something at the poster; answers with its number. */
async function raise(browser, server, text) {
  const context = await browser.newContext({ baseURL: server.base, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(`${server.poster}/raise`);
  await page.fill("#text", text);
  await page.click("main form > button[type=submit]");
  await page.waitForURL("**/r/**");
  const number = await numberOn(page);
  await context.close();
  return number;
}

/** A colleague sorts and answers it. */
async function quicker(browser, server, number) {
  const colleague = await signedIn(browser, server, "worker2");
  await colleague.page.goto(`/w/xinglin/${number}`);
  await colleague.page.fill("#triage-text", "已经修好了。");
  await colleague.page.click("#triage button[type=submit]");
  await colleague.page.waitForSelector("[role=status]");
  await colleague.leave();
}
