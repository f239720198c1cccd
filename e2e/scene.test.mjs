// Journey scene: the community asks, the street whistles, the lamp office comes and writes down at the
// scene, by phone, who came, what was found and who does what by when. The squad signs by its own
// account; on the order's page the tasks show once all have signed, each on the desk of whoever took it
// on, until it is done. Everyone reads it without names; the internal copy has them.
import assert from "node:assert/strict";
import { signedIn, somebody, told } from "./lib.mjs";
import { day, fromDesk, send, whistled } from "./whistle.mjs";

const NAMES = ["周建国", "林晓东"];

told("scene", journey);

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
