// Journey scene: the community asks, the street whistles, the lamp office comes and writes down at the
// scene, by phone, who came, what was found and who does what by when. The squad signs by its own
// account; on the order's page the tasks show once all have signed, each on the desk of whoever took it
// on, until it is done. Everyone reads it without names; the internal copy has them.
import assert from "node:assert/strict";
import { signedIn, somebody, told } from "./lib.mjs";

const NAMES = ["周建国", "林晓东"];
const TASK = "更换北门外路灯电缆";

told("scene", journey);

/** The day in China so many days from now. */
function day(days) {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** Sends the form of an act and waits for the page that follows. */
async function send(person, act) {
  const form = person.page.locator(`form[action$="/${act}"]`);
  await Promise.all([person.page.waitForNavigation(), form.locator("button[type=submit]").first().click()]);
}

/** Opens what a desk leads to, by the words of its line. */
async function fromDesk(person, words) {
  await person.page.goto("/desk");
  const link = person.page.locator("main a[href^='/w/xinglin/']", { hasText: words }).first();
  await person.page.goto(await link.getAttribute("href"));
}

async function journey(browser, server, how) {
  const worker = await signedIn(browser, server, "worker");
  const street = await signedIn(browser, server, "street");
  const lamps = await signedIn(browser, server, "lamps", how);
  const squad = await signedIn(browser, server, "squad", how);

  // The community asks for a whistle about a matter in hand; the street blows it with one press.
  const order = await whistled(worker, street);

  // The lamp office prints the sheet on which those who come sign in, and writes it down there.
  await lamps.page.goto(order);
  await lamps.check();
  await lamps.page.click(`main a[href="${order}/scene-sheet"]`);
  await lamps.page.waitForURL("**/scene-sheet");
  await lamps.check();
  const sheet = await lamps.page.textContent("article.paper");
  for (const text of ["报到签到单", "路灯管理所", "综合执法队"]) assert.ok(sheet.includes(text), text);
  await lamps.page.goto(order);
  await lamps.page.click(`main a[href="${order}/scene"]`);
  await lamps.page.waitForSelector("#findings");
  await lamps.check();
  for (const body of ["路灯管理所", "综合执法队"]) {
    await lamps.page.locator("label.check", { hasText: body }).locator("input").check();
  }
  await lamps.page.fill("#findings", "电缆被施工挖断，灯杆完好");
  await lamps.page.selectOption("#body-1", { label: "路灯管理所" });
  await lamps.page.fill("#what-1", "更换被挖断的电缆");
  await lamps.page.fill("#people", NAMES.join("\n"));
  await lamps.page.click("main form button[type=submit]");
  await lamps.page.waitForSelector("#due-1-error");
  await lamps.check();
  assert.equal(await lamps.page.inputValue("#people"), NAMES.join("\n"), "nothing typed is lost");
  await lamps.page.fill("#due-1", day(3));
  await lamps.page.selectOption("#body-2", { label: "综合执法队" });
  await lamps.page.fill("#what-2", "责令施工单位恢复路面");
  await lamps.page.fill("#due-2", day(5));
  await lamps.page.click("main form button[type=submit]");
  await lamps.page.waitForURL("**/w/xinglin/x/*");
  await lamps.check();
  const at = new URL(lamps.page.url()).pathname;
  const shown = at.replace("/w/", "/c/");

  // It waits for the squad; until it has signed nothing is agreed.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(order.replace("/w/", "/c/"));
  await resident.check(...NAMES);
  assert.ok(!(await resident.page.textContent("main")).includes("责令施工单位"), "not signed by all");
  await fromDesk(squad, "现场会商记录");
  await squad.check();
  await send(squad, "sign");
  await squad.check();
  assert.equal(await squad.page.locator('form[action$="/sign"]').count(), 0, "signed once");
  await resident.page.goto(order.replace("/w/", "/c/"));
  await resident.check(...NAMES);
  assert.ok((await resident.page.textContent("main")).includes("责令施工单位恢复路面"));

  // What is done of it, by whoever took it on.
  await squad.page.fill("#done-note", "路面已恢复");
  await send(squad, "done");
  await fromDesk(lamps, "现场会商记录");
  await lamps.check();
  await lamps.page.fill("#done-note", "电缆已换好，灯全亮");
  await send(lamps, "done");
  await lamps.check();

  // Everyone reads it in both languages, and prints it with masked names; names are inside.
  for (const lang of ["zh-Hans", "en"]) {
    const reader = await somebody(browser, server, { ...how, lang });
    await reader.page.goto(shown);
    await reader.check(...NAMES);
    assert.ok((await reader.page.textContent("main")).includes("路面已恢复"));
    await reader.page.goto(`${shown}/paper`);
    await reader.check(...NAMES);
    assert.ok((await reader.page.textContent("article.paper")).includes("周**"));
  }
  await worker.page.goto(`${at}/paper`);
  await worker.check();
  assert.ok((await worker.page.textContent("article.paper")).includes("周建国"));
}

/** The page of a whistle that calls the lamp office and the squad. */
async function whistled(worker, street) {
  const { page } = worker;
  await page.goto("/desk?tab=answer");
  const links = await page.locator("main a[href^='/w/xinglin/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const matters = [...new Set(links.map((link) => link.split("?")[0]))].filter((link) => /^\/w\/xinglin\/\d+$/.test(link));
  // One about which the street declined to whistle is asked again from there.
  for (const matter of matters) {
    await page.goto(matter);
    if (!(await page.locator(`main a[href^="${matter}/order"]`).count())) continue;
    await page.goto(`${matter}/order?kind=whistle`);
    if (await page.locator("#item").count()) break;
  }
  await page.selectOption("#item", "department");
  await page.fill("#task", TASK);
  await page.fill("#acceptance", "夜间全亮");
  await page.fill("#reason", "电缆归路灯管理所，社区协调两次未果");
  await page.locator("input[name=whistle][value=hard]").check();
  await page.selectOption("#lead", { label: "路灯管理所" });
  await page.locator("label.check", { hasText: "综合执法队" }).locator("input").check();
  await page.fill("#finish", day(9));
  await page.click("main form button[type=submit]");
  await page.waitForURL("**/w/xinglin/o/*");
  const order = new URL(page.url()).pathname;
  await street.page.goto(order);
  await send(street, "blow");
  await street.check();
  return order;
}
