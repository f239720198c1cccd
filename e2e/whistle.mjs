// What journeys of whistles have in common: one that calls the lamp office and the squad, an act sent, a
// line of a desk opened.
const TASK = "更换北门外路灯电缆";

/** The day in China so many days from now. */
export function day(days) {
  return new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** Sends the form of an act and waits for the page that follows. */
export async function send(person, act) {
  const form = person.page.locator(`form[action$="/${act}"]`);
  await Promise.all([person.page.waitForNavigation(), form.locator("button[type=submit]").first().click()]);
}

/** Opens what a desk leads to, by the words of its line. */
export async function fromDesk(person, words) {
  await person.page.goto("/desk");
  const link = person.page.locator("main a[href^='/w/xinglin/']", { hasText: words }).first();
  await person.page.goto(await link.getAttribute("href"));
}

/** The page of a whistle that calls the lamp office and the squad. */
export async function whistled(worker, street) {
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
  await page.click("main form button[type=submit]");
  await page.waitForURL("**/w/xinglin/o/*");
  const order = new URL(page.url()).pathname;
  await street.page.goto(order);
  await send(street, "blow");
  await street.check();
  return order;
}
