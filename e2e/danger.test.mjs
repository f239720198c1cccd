// Journey danger: a resident of seventy scans the stairwell's code, photographs a fallen tile, taps
// 有危险 and sends; the page says whom to ring and by when it must be safe. The worker and the
// company have it above all else on their desks; the caretaker fences with a photo, the street's
// officer confirms. A topic takes the wall up and a second report is merged: the protective clock
// never moves, and the worker alone cannot say that there is no danger. The wall is mended and
// accepted, and only then the fence goes; both receipts are answered. What needs the clock to run
// (unseen after half an hour it tops the street's desk) is a test with a clock that is set.
import assert from "node:assert/strict";
import { numberOn, open, picture, signedIn, somebody, told } from "./lib.mjs";

const PRIVATE = ["刘大爷", "13900003333"];

told("danger", journey);

async function journey(browser, server, how) {
  const photo = { name: "tile.png", mimeType: "image/png", buffer: await picture(browser) };
  const at = (username) => signedIn(browser, server, username, { device: how.device });

  // Scan, photograph, tap, send: the receipt says at once what to do.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(server.poster);
  await resident.check();
  await resident.page.click("a.giant");
  await resident.check();
  await resident.page.fill("#text", "刘大爷说：外墙瓷砖掉下来一块，差点砸到人，电话13900003333");
  await resident.page.setInputFiles("#photos", photo);
  await resident.page.locator("label.check", { hasText: "可能伤人" }).locator("input").check();
  await resident.page.click("main form > button[type=submit]");
  await resident.page.waitForURL("**/r/xinglin/*");
  await resident.check();
  const receipt = resident.page.url().replace(/\?new$/, "");
  const first = await numberOn(resident.page);
  const told = await resident.page.textContent("main");
  for (const part of ["请马上离远一点", "还没有人确认看到", "安和物业", "还剩"]) assert.ok(told.includes(part), part);
  for (const number of ["110", "119", "120"]) {
    assert.equal(await resident.page.locator(`a[href="tel:${number}"]`).count(), 1, number);
  }
  await resident.page.goto(`/c/xinglin/m/${first}`);
  await resident.check(...PRIVATE);
  assert.ok((await resident.page.textContent("main")).includes("还没有人确认看到"), "everyone reads that");

  // Worker and company have it first.
  const worker = await at("worker");
  const company = await at("property");
  for (const person of [worker, company]) {
    assert.ok((await person.page.textContent("main section.lane li")).includes("杏林南苑 3号楼"), "above all else");
  }
  const page = await worker.page.locator("main section.lane li a").first().getAttribute("href");
  const due = await dueOn(worker, page);
  await worker.check();
  await send(worker, "see");
  await worker.check();
  await resident.page.goto(receipt);
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("有人确认看到"), "somebody is at work");

  // The caretaker fences; without a photo that is not taken and nothing is lost.
  await company.page.goto(page);
  await company.check();
  await company.page.check("#protect input[value=fence]");
  await company.page.fill("#protect-note", "单元门口两侧拉了围挡");
  await company.page.click("#protect button[type=submit]");
  await company.page.waitForSelector(".error-text");
  await company.check();
  assert.equal(await company.page.inputValue("#protect-note"), "单元门口两侧拉了围挡");
  await company.page.setInputFiles("#protect-photos", photo);
  await company.page.click("#protect button[type=submit]");
  await company.page.waitForSelector("#protect", { state: "detached" });
  await company.check();
  assert.equal(await company.page.locator("#confirm").count(), 0, "nobody confirms what they did");

  // The street's officer confirms, and everyone reads it with its date.
  const street = await at("street");
  await street.page.goto(page);
  await street.check();
  await street.page.fill("#confirm-note", "到现场看过，围挡到位");
  await send(street, "confirm");
  await street.check();
  const fenced = /已设围挡，\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d/;
  for (const link of [`/c/xinglin/m/${first}`, page.replace("/w/", "/c/"), "/c/xinglin/dangers"]) {
    await resident.page.goto(link);
    await resident.check(...PRIVATE);
    assert.match(await resident.page.textContent("main"), fenced, link);
  }

  // A second report is merged, a topic takes the wall up: the clock stays where it was.
  const neighbour = await somebody(browser, server, how);
  await neighbour.page.goto(server.poster);
  await neighbour.check();
  await neighbour.page.click("a.giant");
  await neighbour.check();
  await neighbour.page.fill("#text", "三号楼外墙还有一块瓷砖翘起来了");
  await neighbour.page.click("main form > button[type=submit]");
  await neighbour.page.waitForURL("**/r/xinglin/*");
  await neighbour.check();
  const second = await numberOn(neighbour.page);
  const other = neighbour.page.url().replace(/\?new$/, "");
  await worker.page.goto(`/w/xinglin/${second}`);
  await worker.check();
  await open(worker.page, "#merge");
  await worker.page.fill("#merge-into", String(first));
  await worker.page.click("#merge button[type=submit]");
  await worker.page.waitForSelector("#unmerge");
  await worker.check();
  assert.equal(await dueOn(worker, page), due);
  await worker.page.goto("/w/xinglin/topics/new");
  await worker.check();
  await worker.page.fill("#title", "三号楼外墙瓷砖加固");
  await worker.page.fill("#question", "怎样彻底加固，谁来做");
  await worker.page.selectOption("#category", "01");
  await worker.page.locator("label.check", { hasText: `编号 ${first}` }).locator("input").check();
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForURL(/\/w\/xinglin\/t\/\d+$/);
  await worker.check();
  assert.equal(await dueOn(worker, page), due, "whatever a topic takes, the clock stays");

  // Alone nobody says that there is no danger; another role does not agree.
  await open(worker.page, "#doubt");
  await worker.page.fill("#doubt-reason", "看上去已经稳了");
  await worker.page.click("#doubt button[type=submit]");
  await worker.page.waitForSelector("#doubt", { state: "detached" });
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes("隐患仍在，时限不变"));
  assert.equal(await worker.page.locator("#clear, #uphold").count(), 0, "one's own word is not enough");
  const secretary = await at("secretary");
  await secretary.page.goto(page);
  await secretary.check();
  await open(secretary.page, "#uphold");
  await secretary.page.fill("#uphold-reason", "敲着还是空的");
  await secretary.page.click("#uphold button[type=submit]");
  await secretary.page.waitForSelector("#uphold", { state: "detached" });
  await secretary.check();

  // The lasting work: ordered, done, accepted; before that the fence does not go.
  await worker.page.goto(`/w/xinglin/${first}/order?kind=work`);
  await worker.check();
  await worker.page.selectOption("#item", "repair");
  await worker.page.fill("#task", "排查并加固三号楼外墙瓷砖");
  await worker.page.fill("#acceptance", "逐块敲击没有空鼓");
  await choose(worker.page, "#holder", "安和物业");
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForURL(/\/w\/xinglin\/o\/\d+$/);
  await worker.check();
  const order = new URL(worker.page.url()).pathname;
  await worker.page.goto(page);
  await open(worker.page, "#lift");
  await worker.page.fill("#lift-note", "外墙已全部加固");
  await worker.page.click("#lift button[type=submit]");
  await worker.page.waitForSelector(".notice.bad");
  await worker.check();
  assert.ok((await worker.page.textContent("main")).includes("还没有彻底解决"));
  assert.equal(await worker.page.inputValue("#lift-note"), "外墙已全部加固");
  await company.page.goto(order);
  await company.check();
  await send(company, "report-in");
  await company.page.fill("#done-note", "外墙逐块加固完毕");
  await send(company, "done");
  await company.check();
  await worker.page.goto(order);
  await send(worker, "accept");
  await worker.check();
  await worker.page.goto(page);
  await worker.check();
  await open(worker.page, "#lift");
  await worker.page.fill("#lift-note", "外墙已全部加固，围挡已撤");
  await worker.page.click("#lift button[type=submit]");
  await worker.page.waitForSelector("#lift", { state: "detached" });
  await worker.check();

  // Both who said it are answered.
  await worker.page.goto(`/w/xinglin/${first}`);
  await worker.check();
  await worker.page.fill("#answer-text", "外墙瓷砖已全部加固，围挡已撤。");
  await worker.page.click("#answer button[type=submit]");
  await worker.page.waitForSelector("#answer", { state: "detached" });
  await worker.check();
  for (const [person, link] of [[resident, receipt], [neighbour, other]]) {
    await person.page.goto(link);
    await person.check();
    const said = await person.page.textContent("main");
    assert.ok(said.includes("已彻底解决，防护已解除") && said.includes("围挡已撤"), link);
  }
  for (const person of [resident, neighbour, worker, company, street, secretary]) await person.close();
}

/** Sends the form of an act, which is gone from the page then. */
async function send(person, act) {
  await person.page.click(`#${act} button[type=submit]`);
  await person.page.waitForSelector(`#${act}`, { state: "detached" });
}

/** By when it must be safe, as its page says. */
async function dueOn(person, page) {
  await person.page.goto(page);
  return (await person.page.textContent("main .facts")).match(/防护期限\s*(\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d)/)[1];
}

async function choose(page, select, text) {
  const value = await page.locator(`${select} option`, { hasText: text }).first().getAttribute("value");
  await page.selectOption(select, value);
}
