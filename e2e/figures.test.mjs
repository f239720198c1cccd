// Journey figures: the secretary asks how many of what in this year, opens the list behind a number,
// takes the ledger away as a workbook and the monthly report as a paper; the number is that of the
// list and of the file. A resident reads the months from the board, without small numbers.
import assert from "node:assert/strict";
import { follow, somebody, told } from "./lib.mjs";

told("figures", journey);

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async function journey(browser, server, how) {
  const secretary = await somebody(browser, server, how);
  await secretary.signIn("secretary");
  await secretary.check();
  const { page } = secretary;
  // Three taps, on a phone one more for the menu: the figures, the days, one number.
  await follow(page, "/figures");
  await page.waitForURL("**/w/xinglin/figures");
  await secretary.check();
  await page.selectOption("#span", "year");
  await page.selectOption("#by", "building");
  await page.click("main form button[type=submit]");
  await page.waitForURL("**by=building**");
  await secretary.check();
  const tile = page.locator("dl.figures > div").first().locator("dd.big a");
  const raised = Number(await tile.textContent());
  assert.ok(raised > 5, `the demonstration has matters: ${raised}`);
  // The last line of the table is the whole.
  const total = await page.locator("table.ledger").first().locator("tbody tr").last().locator("td").first().textContent();
  assert.equal(Number(total), raised);
  await tile.click();
  await page.waitForURL("**/figures/list**");
  await secretary.check();
  assert.ok((await page.locator(".tabs a[aria-current=page]").textContent()).includes(String(raised)));
  let shown = 0;
  for (;;) {
    shown += await page.locator("main ul.list > li").count();
    const more = page.locator("main a[rel=next]");
    if (!(await more.count())) break;
    await more.click();
    await page.waitForLoadState();
  }
  assert.equal(shown, raised, "the list has as many as the number says");
  await secretary.check();
  // Files: what the number counts, and the papers of its month.
  const file = await page.request.get(await page.locator("a[href*='ledger.xlsx']").getAttribute("href"));
  assert.deepEqual([file.status(), file.headers()["content-type"]], [200, XLSX]);
  const lines = await page.request.get(await page.locator("a[href*='ledger.csv']").getAttribute("href"));
  assert.equal((await lines.text()).trim().split("\r\n").length, raised + 1);
  await page.click(".crumbs a");
  await page.click("main a[href*='/figures/month-']");
  await page.waitForURL("**/figures/month-*");
  await secretary.check();
  const paper = await page.request.get(await page.locator("a[href$='.docx']").getAttribute("href"));
  assert.ok(paper.headers()["content-type"].endsWith("wordprocessingml.document"));
  await secretary.close();

  const resident = await somebody(browser, server, how);
  await resident.page.goto("/c/xinglin");
  await resident.check();
  await resident.page.click("main ul.links a[href='/c/xinglin/figures']");
  await resident.check();
  const cells = await resident.page.locator("td.number").allTextContents();
  assert.ok(cells.length > 0 && cells.every((cell) => !/^[1-4]$/.test(cell.trim())), cells.join());
  const list = await resident.page.request.get("/c/xinglin/lists/orders.xlsx");
  assert.deepEqual([list.status(), list.headers()["content-type"]], [200, XLSX]);
  await resident.close();
}
