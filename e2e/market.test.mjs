// Journey market: stall holders and shoppers raise bicycles left everywhere, dark lanes, untidy
// shop fronts and unclear fees; the worker gathers them into one topic; a meeting with the
// market's manager, the lamp office and the enforcement squad decides, and recommends what a market
// charges, which is its operator's to promise and post; the community asks, the
// street whistles the lamp office, which reports in and finishes with a photo; those who raised
// it evaluate; all is posted. Four people and more at once, each at a device of their own.
import assert from "node:assert/strict";
import { evaluate, numberOn, open, picture, signedIn, somebody, told } from "./lib.mjs";

const PRIVATE = ["13900002222", "马师傅", "钱阿姨", "老孙头"];
const MARKET = "杏林集贸市场";

told("market", journey);

async function journey(browser, server, how) {
  const photo = { name: "lamp.png", mimeType: "image/png", buffer: await picture(browser) };
  const at = (username, more) => signedIn(browser, server, username, more);

  // A stall holder and a shopper say what troubles them, each by phone, at the same time.
  const stall = await somebody(browser, server, how);
  const shopper = await somebody(browser, server, how);
  const [bicycles, lanes] = await Promise.all([
    raise(stall, "马师傅说：市场门口自行车乱停，货车进不来，电话13900002222"),
    raise(shopper, "钱阿姨晚上买菜，市场里巷子黑得看不见路"),
  ]);
  const [fees, signs] = await Promise.all([
    raise(stall, "摊位费怎么收说不清楚，每家都不一样", "again"),
    raise(shopper, "店招大的大小的小，东西都摆到路上来了", "again"),
  ]);
  const all = [bicycles, lanes, fees, signs];

  // The worker gathers the four into one topic; without any of them nothing is opened and what
  // was typed stays.
  const worker = await at("worker");
  await worker.page.goto("/w/xinglin/topics/new");
  await worker.check();
  await worker.page.fill("#title", "市场秩序与照明");
  await worker.page.fill("#question", "自行车停哪里、路灯谁来装、店招怎么统一、摊位费怎么收");
  await worker.page.selectOption("#category", "11");
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForSelector(".error-text");
  await worker.check();
  assert.equal(await worker.page.inputValue("#title"), "市场秩序与照明");
  for (const one of all) {
    await worker.page.locator("label.check", { hasText: `编号 ${one.number}` }).locator("input").check();
  }
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForURL(/\/w\/xinglin\/t\/\d+$/);
  await worker.check();
  const topic = Number(worker.page.url().split("/").pop());
  await stall.page.goto(bicycles.receipt);
  await stall.check();
  assert.ok((await stall.page.textContent("main")).includes("列入议题"), "the receipt says so");

  // A meeting is called for now: the notice is shorter than the forum asks, so it needs a reason.
  await worker.page.goto(`/w/xinglin/meetings/new?forum=market&topic=${topic}`);
  await worker.check();
  const now = new Date(Date.now() + 8 * 3_600_000).toISOString();
  await worker.page.fill("#date", now.slice(0, 10));
  await worker.page.fill("#time", now.slice(11, 16));
  await worker.page.fill("#venue", "杏林集贸市场二楼会议室");
  await worker.page.selectOption("#scheme", "six");
  for (const name of ["路灯管理所", "综合执法队", "集贸市场管理部"]) {
    await worker.page.locator("label.check", { hasText: name }).locator("input").check();
  }
  await choose(worker.page, "#chair", "书记");
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForSelector(".error-text, .notice.bad");
  await worker.check();
  assert.equal(await worker.page.inputValue("#venue"), "杏林集贸市场二楼会议室");
  await worker.page.fill("#hurry", "夜里已有人摔倒，路灯不能等");
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForURL(/\/w\/xinglin\/g\/\d+$/);
  await worker.check();
  const meeting = Number(worker.page.url().split("/").pop());
  const hall = `/w/xinglin/g/${meeting}`;
  await worker.page.fill("#post-at", "市场东门公示栏");
  await worker.page.setInputFiles("#post-photos", photo);
  await send(worker, "post");

  // The lamp office and the market see the invitation on their desks and answer; the market
  // files its plan. Neither sees anything else of the community.
  const lamps = await at("lamps");
  assert.ok((await lamps.page.content()).includes(`href="${hall}"`), "the invitation is on the desk");
  await lamps.page.goto(hall);
  await lamps.check(...PRIVATE);
  await lamps.page.check("#reply input[value=yes]");
  await send(lamps, "reply");
  assert.equal((await lamps.page.goto("/w/xinglin/owed")).status(), 403);
  assert.equal((await lamps.page.goto(`/w/xinglin/${bicycles.number}`)).status(), 403);
  await lamps.check(...PRIVATE);
  const market = await at("market");
  await market.page.goto(hall);
  await market.page.check("#reply input[value=yes]");
  await send(market, "reply");
  await market.page.fill("#speak-text", "东门划 60 个停车位，请一名停车管理员，店招按统一样式更换。");
  await send(market, "speak");
  await market.check(...PRIVATE);

  // The public notice, on a phone, for the calendar and the chat group.
  await shopper.page.goto(`/c/xinglin/g/${meeting}`);
  await shopper.check(...PRIVATE);
  const notice = await shopper.page.textContent("main");
  for (const part of ["路灯不能等", "路灯管理所", "综合执法队", "六方联动", "二楼会议室"]) {
    assert.ok(notice.includes(part), part);
  }
  const calendar = await shopper.context.request.get(`/c/xinglin/g/${meeting}/calendar.ics`);
  assert.ok((await calendar.text()).startsWith("BEGIN:VCALENDAR\r\n"));

  // The meeting opens. The worker makes slips; they hold once the secretary has seen them handed
  // out, one to each.
  await worker.page.goto(hall);
  await send(worker, "open");
  await worker.page.goto(`${hall}/room`);
  await worker.check();
  const door = new URL((await worker.page.textContent(".link-text")).trim()).pathname;
  await worker.page.goto(hall);
  await worker.page.fill("#slips-count", "6");
  await send(worker, "slips");
  await worker.check();
  const slips = await worker.page.locator(".slip-code").allTextContents();
  assert.equal(slips.length, 6);
  const secretary = await at("secretary");
  await secretary.page.goto(hall);
  await secretary.page.fill("#release-upto", "4");
  await send(secretary, "release");
  await secretary.check();

  // The stall holder's camera reads a slip; the shopper first comes without one, may speak, and
  // types one later. Whoever tries a slip again is refused, and the register shows it.
  await Promise.all([sit(stall, `${door}?slip=${slips[0]}`, "马师傅"), sit(shopper, door, "钱阿姨")]);
  assert.ok((await shopper.page.textContent("main")).includes("没有表决权"), "a voice and no vote");
  await shopper.page.fill("#slip", slips[0]);
  await shopper.page.click("#voice button[type=submit]");
  await shopper.page.waitForSelector(".error-text");
  await shopper.check();
  await shopper.page.fill("#slip", ` ${slips[1].toLowerCase()}`);
  await shopper.page.click("#voice button[type=submit]");
  await shopper.page.waitForSelector("#voice", { state: "detached" });
  await shopper.check();
  const twice = await somebody(browser, server, how);
  await sit(twice, door, "马师傅");
  assert.ok((await twice.page.textContent("main")).includes("没有表决权"));

  // The old man has no phone: the worker enters him, and the secretary, who knows him, confirms.
  await worker.page.goto(hall);
  await worker.page.fill("#register-name", "老孙头");
  await send(worker, "register");
  assert.ok((await worker.page.textContent("#admit")).includes("另一个人确认"));
  assert.ok((await worker.page.textContent("main")).includes("票条又有人用过"), "who keeps the register sees it");
  // The same name twice: struck with one tap.
  assert.ok((await worker.page.textContent("#doubles")).includes("马师傅"));
  await worker.check();
  await worker.page.locator("#doubles li", { hasText: "马师傅" }).last().locator("button").click();
  await worker.page.waitForSelector("#doubles", { state: "detached" });
  await secretary.page.goto(hall);
  await secretary.page.locator("#admit label.check", { hasText: "老孙头" }).locator("input").check();
  await send(secretary, "admit");
  await secretary.check();
  await worker.page.goto(hall);
  assert.ok((await worker.page.textContent("#put")).includes("现在有表决权 3 人"));

  // By phone: all at once, one of them changes the vote; the secretary enters the old man's, since
  // the worker let him in. Ending the vote asks while somebody is missing.
  await put(worker, hall, "聘请一名停车管理员，在东门划线停车", "phones");
  await Promise.all([vote(stall, "against"), vote(shopper, "for")]);
  await vote(stall, "for");
  await worker.page.goto(hall);
  await worker.page.click("#end button[type=submit]");
  await worker.page.waitForSelector(".error-text");
  await worker.check();
  assert.ok((await worker.page.textContent("#end")).includes("名册 3 人，已投 2 人"));
  await secretary.page.goto(hall);
  await secretary.page.check("#ballot input[value=abstain]");
  await send(secretary, "ballot");
  const wall = await screen(worker, hall);
  assert.match(wall, /已投 \d+ 人/, "how many have voted, and not how");
  assert.ok(!/(赞成|反对)\s*\d/.test(wall), "nothing of how it goes");
  await worker.page.goto(hall);
  await send(worker, "end");
  await worker.check();
  assert.match(await screen(worker, hall), /通过[^]*赞成\s*2/, "the result, large, with its bars");
  await shopper.page.reload();
  await shopper.check();
  assert.ok((await shopper.page.textContent("main")).includes("赞成 2"), "the sum is shown");

  // By hands: two persons must enter the same.
  await put(worker, hall, "店招统一样式，一店一招", "hands");
  await hands(worker, hall, [3, 0, 0]);
  await secretary.page.goto(hall);
  assert.ok(!(await secretary.page.textContent("#hands")).includes("赞成 3"), "the second sees nothing of the first");
  await hands(secretary, hall, [2, 0, 1]);
  await worker.page.goto(hall);
  await worker.page.click("#end button[type=submit]");
  await worker.page.waitForSelector(".notice.bad, .error-summary");
  await worker.check();
  await hands(secretary, hall, [3, 0, 0]);
  await worker.page.goto(hall);
  await send(worker, "end");

  // A tie fails: an abstention counts as present.
  await put(worker, hall, "自行车一律不得进市场", "hands");
  for (const person of [worker, secretary]) await hands(person, hall, [1, 1, 1]);
  await worker.page.goto(hall);
  await send(worker, "end");
  await put(worker, hall, "巷子里加装路灯，收费标准在东门公布", "hands");
  for (const person of [worker, secretary]) await hands(person, hall, [2, 0, 1]);
  await worker.page.goto(hall);
  await send(worker, "end");
  await worker.check();

  // No meeting sets a price: what is said about it is a recommendation, which the operator takes up.
  await worker.page.fill("#put-text", "管理费定为每平方米每月 12 元");
  await worker.page.selectOption("#put-item", "order");
  await worker.page.check("#put input[value=hands]");
  await worker.page.click("#put button[type=submit]");
  await worker.page.waitForSelector(".error-text");
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes("《价格法》第13条"), "whose a price is");
  await worker.page.selectOption("#put-item", "price");
  await send(worker, "put");
  for (const person of [worker, secretary]) await hands(person, hall, [3, 0, 0]);
  await worker.page.goto(hall);
  await send(worker, "end");
  await worker.check();

  // The resolution: each action with owner, way, deadline and acceptance; the standard is kept.
  await worker.page.goto(`${hall}/resolve`);
  await worker.check();
  await action(worker, 1, ["停车管理员", "聘停车管理员并划线", "集贸市场管理部", "work", "每日有人值守，划线清晰"]);
  await worker.page.fill("#money-1", "2000");
  await worker.page.fill("#source-1", "市场经营收入");
  await worker.page.click("button[name=add]");
  await worker.page.waitForSelector("#task-2");
  await worker.check();
  assert.equal(await worker.page.inputValue("#money-1"), "2000");
  await action(worker, 2, ["加装路灯", "巷内加装四盏路灯", "路灯管理所", "whistle", "四盏灯夜间全亮"]);
  await worker.page.fill("#standard", "摊位费由市场承诺并明码标价，公布在东门；店招统一样式。");
  await worker.page.click("main form button[type=submit]:not([name=add])");
  await worker.page.waitForURL(`**${hall}`);
  await worker.check();

  // Both confirm the same minutes; the result is published; somebody objects and is answered.
  await send(worker, "confirm");
  await secretary.page.goto(hall);
  await secretary.check();
  await send(secretary, "confirm");
  await worker.page.goto(hall);
  await worker.page.fill("#publish-at", "市场东门公示栏");
  await send(worker, "publish");
  await shopper.page.goto(`/c/xinglin/g/${meeting}/minutes`);
  await shopper.check(...PRIVATE);
  const minutes = await shopper.page.textContent("main");
  assert.ok(minutes.includes("未通过"), "the tie failed");
  assert.ok(minutes.includes("形成建议"), "a price is recommended, not passed");
  await shopper.page.goto(`/c/xinglin/g/${meeting}`);
  await shopper.check(...PRIVATE);
  await open(shopper.page, "form[action$='/object']");
  await shopper.page.fill("#object textarea", "停车位会不会占了消防通道？");
  await shopper.page.click("#object button[type=submit]");
  await shopper.page.waitForSelector("main .notice");
  await shopper.check(...PRIVATE, "消防通道");
  await secretary.page.goto(hall);
  await secretary.page.check("#rule-1 input[value=rejected]");
  await secretary.page.fill("#rule-1-reason", "划线时留足四米通道，已请警务室核对。");
  await secretary.page.click("#rule-1 button[type=submit]");
  await secretary.page.waitForSelector("#rule-1", { state: "detached" });
  await secretary.check();

  // Both actions go on their way before the notice is over, with the reason for it.
  await worker.page.goto(hall);
  await worker.page.click("#dispatch-1 button[type=submit]");
  await worker.page.waitForSelector(".error-text, .notice.bad");
  await worker.check();
  for (const nth of [1, 2]) {
    if (nth === 2) await worker.page.fill("#dispatch-2-reason", "社区没有路灯设施和资金，已两次电话联系。");
    await worker.page.fill(`#dispatch-${nth}-hurry`, "夜间安全，先行办理");
    await worker.page.click(`#dispatch-${nth} button[type=submit]`);
    await worker.page.waitForSelector(`#dispatch-${nth}`, { state: "detached" });
  }
  await worker.check();

  // The street whistles; the lamp office reports in and finishes with a photo. At the same time
  // the market signs for its work and does it.
  const street = await at("street");
  const whistle = await orderOnDesk(street, "巷内加装四盏路灯");
  await street.check();
  await street.page.locator("#blow label.check", { hasText: "综合执法队" }).locator("input").check();
  await send(street, "blow");
  await street.check();
  const order = whistle.replace("/w/", "/c/");
  await Promise.all([
    (async () => {
      await lamps.page.goto(whistle);
      await lamps.page.fill("#report-in-note", "两人一车到场，看了四处。");
      await send(lamps, "report-in");
      await lamps.page.fill("#done-note", "四盏路灯已装好，夜间全亮。");
      await lamps.page.setInputFiles("#done-photos", photo);
      await send(lamps, "done");
    })(),
    (async () => {
      await orderOnDesk(market, "聘停车管理员并划线");
      await send(market, "report-in");
      await market.page.fill("#done-note", "管理员到岗，六十个车位划好了线。");
      await send(market, "done");
    })(),
  ]);
  await lamps.check(...PRIVATE);
  await market.check(...PRIVATE);
  await shopper.page.goto(order);
  await shopper.check(...PRIVATE);
  const called = await shopper.page.textContent("main");
  assert.ok(called.includes("路灯管理所") && called.includes("综合执法队"), "who was called");

  // The worker looks at both, publishes the photo and answers all four at once.
  await worker.page.goto(whistle);
  await open(worker.page, "form[action$='/publish-photo']");
  await worker.page.click("form[action$='/publish-photo'] button");
  await worker.page.waitForSelector("form[action$='/publish-photo']", { state: "detached" });
  await send(worker, "accept");
  await orderOnDesk(worker, "聘停车管理员并划线");
  await send(worker, "accept");
  await worker.page.goto(`/w/xinglin/t/${topic}`);
  await worker.page.click("#conclude button[type=submit]");
  await worker.page.waitForSelector(".notice.bad, .error-summary");
  await worker.check();
  await worker.page.fill("#answer textarea", "停车有人管，路灯装了四盏，店招统一，摊位费公布在东门。");
  await send(worker, "answer");

  // Everyone who asked says whether it is solved; those without a word are called back by a
  // colleague, since no handler may.
  for (const [person, matter] of [[stall, bicycles], [stall, fees], [shopper, lanes]]) {
    await person.page.goto(matter.receipt);
    await person.check();
    await evaluate(person.page, "yes", "satisfied");
  }
  await worker.page.goto("/w/xinglin/owed");
  await worker.check();
  const colleague = await at("worker2");
  await colleague.page.goto("/w/xinglin/owed");
  await colleague.check();
  await colleague.page.locator(`a[href^="/w/xinglin/${signs.number}/callback/"]`).first().click();
  await colleague.check();
  await colleague.page.check("input[name=reached][value=yes]");
  await colleague.page.check("input[name=contacted][value=yes]");
  await colleague.page.check("input[name=solved][value=yes]");
  await colleague.page.check("input[name=satisfaction][value=mostly]");
  await colleague.page.locator("main form", { has: colleague.page.locator("input[name=reached]") }).locator("button[type=submit]").click();
  await colleague.page.waitForURL("**/owed");
  assert.equal(await colleague.page.locator(`a[href^="/w/xinglin/${signs.number}/callback/"]`).count(), 0);
  await worker.page.goto(`/w/xinglin/t/${topic}`);
  await send(worker, "conclude");

  // Anyone reads the whole chain; the photo is there, nothing private is.
  const anyone = await somebody(browser, server, how);
  await anyone.page.goto(`/c/xinglin/t/${topic}`);
  await anyone.check(...PRIVATE, "消防通道");
  const chain = await anyone.page.textContent("main");
  for (const part of ["说事", "议事", "决事", "办事", "评事", "路灯管理所", "四盏路灯已装好", "摊位费"]) {
    assert.ok(chain.includes(part), part);
  }
  await anyone.page.goto(order);
  await anyone.check(...PRIVATE);
  assert.ok((await anyone.page.locator("main img").count()) > 0, "the published photo");
  for (const link of ["/c/xinglin/meetings", "/c/xinglin/orders", "/c/xinglin/standards", `/c/xinglin/m/${lanes.number}`]) {
    await anyone.page.goto(link);
    await anyone.check(...PRIVATE);
  }
  await anyone.page.goto("/c/xinglin/standards?q=" + encodeURIComponent("摊位费"));
  await anyone.check(...PRIVATE);
  assert.ok((await anyone.page.textContent("main")).includes("明码标价"));

  for (const person of [stall, shopper, twice, worker, lamps, market, secretary, street, colleague, anyone]) {
    await person.close();
  }
}

/** Raises a matter at the market; answers with its number and the receipt's link. Whoever raised one
 *  there before is asked whether this is another. */
async function raise(person, text, again) {
  await person.page.goto("/c/xinglin/raise");
  await person.check();
  await person.page.locator("section.card a.button", { hasText: MARKET }).last().click();
  await person.page.waitForSelector("#text");
  await person.check();
  await person.page.fill("#text", text);
  await person.page.click("main form > button[type=submit]");
  if (again) {
    await person.page.waitForSelector("button[name=again][value=new]");
    await person.check();
    await person.page.click("button[name=again][value=new]");
  }
  await person.page.waitForURL("**/r/xinglin/*");
  await person.check();
  return { number: await numberOn(person.page), receipt: person.page.url().replace(/\?new$/, "") };
}

/** Signs in with the code shown in the room, and stays at the seat. */
async function sit(person, door, name) {
  await person.page.goto(door);
  await person.check();
  await person.page.fill("#name", name);
  await person.page.click("main form button[type=submit]");
  await person.page.waitForURL("**/v/xinglin/*");
  await person.check();
}

async function vote(person, choice) {
  await person.page.reload();
  await person.page.click(`button[name=choice][value=${choice}]`);
  await person.page.waitForSelector(".badge");
  await person.check();
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

/** What hangs on the wall: no menu, and letters that the last row reads. */
async function screen(worker, hall) {
  const before = worker.page.viewportSize();
  await worker.page.setViewportSize({ width: 1920, height: 1080 });
  await worker.page.goto(`${hall}/room`);
  await worker.check();
  const size = await worker.page.locator(".motion").evaluate((motion) => parseFloat(getComputedStyle(motion).fontSize));
  assert.ok(size >= 48, `the motion is ${size} px high`);
  assert.equal(await worker.page.locator("nav, footer").count(), 0, "no menu");
  const fits = await worker.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight);
  assert.ok(fits, "all of it on one screen");
  await worker.page.setViewportSize(before);
  return worker.page.textContent("main");
}

async function put(worker, hall, text, mode, item = "order") {
  await worker.page.goto(hall);
  await worker.page.fill("#put-text", text);
  await worker.page.selectOption("#put-item", item);
  await worker.page.check(`#put input[value=${mode}]`);
  await send(worker, "put");
}

async function hands(person, hall, [yes, no, none]) {
  await person.page.goto(hall);
  await person.page.fill("#hands-for", String(yes));
  await person.page.fill("#hands-against", String(no));
  await person.page.fill("#hands-abstain", String(none));
  await send(person, "hands");
}

async function action(worker, row, [motion, task, owner, way, acceptance]) {
  const { page } = worker;
  if ((await page.locator(`select#motion-${row}`).count()) > 0) await choose(page, `#motion-${row}`, motion);
  await page.fill(`#task-${row}`, task);
  await choose(page, `#owner-${row}`, owner);
  await page.selectOption(`#way-${row}`, way);
  await page.fill(`#due-${row}`, new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await page.fill(`#acceptance-${row}`, acceptance);
}

/** Chooses the first option that says this. */
async function choose(page, select, text) {
  const value = await page.locator(`${select} option`, { hasText: text }).first().getAttribute("value");
  await page.selectOption(select, value);
}

/** Opens an order from the own desk; answers with its link. */
async function orderOnDesk(person, task) {
  await person.page.goto("/desk");
  const link = person.page.locator("main a[href*='/o/']", { hasText: task }).first();
  // On a wide screen a click would open it beside the list.
  await person.page.goto(await link.getAttribute("href"));
  return new URL(person.page.url()).pathname;
}
