// Journey ratings: the lamp office and the squad come to a whistle, the community accepts the work, and
// street and bodies rate each other. Nobody reads what the other said before all have said it; then
// everyone does. What the street adopted, and what it reported above, everyone reads too.
import assert from "node:assert/strict";
import { signedIn, somebody, told } from "./lib.mjs";
import { fromDesk, send, whistled } from "./whistle.mjs";

const SAID = ["当天就到了现场", "吹哨单写清了位置"];

told("ratings", journey);

/** Rates by the form of an act, with the first answer to each question. */
async function rate(person, act, note) {
  for (const question of ["response", "presence", "result"]) {
    await person.page.locator(`input[name="${act}-${question}"][value=good]`).check();
  }
  await person.page.fill(`#${act}-note`, note);
  await send(person, act);
  await person.check();
}

/** The page of what is rated, once the program has begun it. */
async function begun(person, order) {
  for (let tries = 0; tries < 40; tries++) {
    await person.page.goto(order);
    const way = person.page.locator("main a[href^='/w/xinglin/a/']").first();
    if (await way.count()) return way.getAttribute("href");
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error("nothing is rated");
}

async function journey(browser, server, how) {
  const worker = await signedIn(browser, server, "worker");
  const street = await signedIn(browser, server, "street");
  const lamps = await signedIn(browser, server, "lamps", how);
  const squad = await signedIn(browser, server, "squad", how);
  const order = await whistled(worker, street);
  for (const body of [lamps, squad]) {
    await body.page.goto(order);
    await send(body, "report-in");
  }
  await lamps.page.goto(order);
  await lamps.page.fill("#done-note", "电缆已换好，灯全亮");
  await send(lamps, "done");
  await worker.page.goto(order);
  await send(worker, "accept");

  // The street rates both, each body the street; until then nobody reads it.
  const at = await begun(street, order);
  await street.page.goto(at);
  await street.check();
  await street.page.selectOption("#rate-body-body", { label: "路灯管理所" });
  await rate(street, "rate-body", SAID[0]);
  await rate(street, "rate-body", "");
  const resident = await somebody(browser, server, how);
  await resident.page.goto(order.replace("/w/", "/c/"));
  await resident.check(...SAID);
  await fromDesk(lamps, "待双向评价");
  await lamps.check(...SAID);
  await rate(lamps, "rate-street", SAID[1]);
  await fromDesk(squad, "待双向评价");
  await rate(squad, "rate-street", "");

  // All have said it: everyone reads it, in both languages, and counted.
  await resident.page.goto(order.replace("/w/", "/c/"));
  await resident.check();
  for (const said of SAID) assert.ok((await resident.page.textContent("main")).includes(said), said);
  await resident.page.goto("/c/xinglin/ratings");
  await resident.check();
  assert.ok(await resident.page.locator("main table").count());
  await street.page.goto(`${at}/paper`);
  await street.check();
  assert.ok((await street.page.textContent("article.paper")).includes(SAID[0]));
  for (const lang of ["zh-Hans", "en"]) {
    const reader = await somebody(browser, server, { ...how, lang });
    for (const page of ["/c/xinglin/ratings", "/c/xinglin/ladder", "/c/xinglin/joint"]) {
      await reader.page.goto(page);
      await reader.check();
    }
  }

  // The street revises what it adopted: the form begins with what is in force.
  await street.page.goto("/w/xinglin/joint");
  await street.check();
  await street.page.fill("#who-6", "业主委员会、楼栋长");
  await street.page.click("main form button[type=submit]");
  await street.page.waitForURL("**/joint?version=*");
  await street.check();
  await resident.page.goto("/c/xinglin/joint");
  assert.ok((await resident.page.textContent("main")).includes("业主委员会、楼栋长"));
}
