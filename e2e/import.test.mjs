// Journey import: a worker hands in a sheet, sees what is wrong by line and column, puts a column
// right, imports all of it, and finds it on the desk; a workbook goes the same way; the same again
// adds nothing.
import assert from "node:assert/strict";
import { somebody, told } from "./lib.mjs";
import { xlsx } from "./xlsx.mjs";

const HEADER = ["工单编号", "诉求内容", "小区", "楼栋", "来电人", "联系电话", "来电时间", "坐席"];
const ROWS = [
  ["G1", "三楼的灯不亮", "杏林南苑", "3", "王某", "13800001111", "2026-07-05 09:03", "07"],
  ["G2", "单元门关不上", "南苑", "3号楼", "李某", "1.38E+10", "2026-07-05", "07"],
];
const csv = (rows) => Buffer.from(rows.map((row) => row.join(",")).join("\r\n"));

told("import", journey);

async function journey(browser, server, how) {
  const worker = await somebody(browser, server, how);
  const { page } = worker;
  const text = () => page.textContent("main");
  const handIn = async (name, buffer, source = "") => {
    await page.goto("/w/xinglin/import");
    await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
    await page.fill("#source", source);
    await page.click("main form button[type=submit]");
  };
  await worker.signIn("worker");
  await worker.check();
  await page.goto("/import");
  await worker.check();

  // What is no table is told, with what to do.
  await handIn("旧.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"));
  await page.waitForSelector(".notice.bad");
  assert.ok((await text()).includes("另存为 .xlsx"));
  await worker.check();

  // A damaged number is named by its line; nothing can be imported.
  await handIn("七月.csv", csv([HEADER, ...ROWS]), "热线");
  await page.waitForURL("**/import/sheet*");
  await worker.check();
  assert.match(await text(), /第 3 行，联系电话“1\.38E\+10”/);
  assert.equal(await page.locator("button[value=import]").count(), 0);

  // Corrected in the sheet. A column that nobody knows waits for a choice.
  const right = ROWS.map((row) => row.map((cell) => cell.replace("1.38E+10", "13900002222")));
  await handIn("七月.csv", csv([HEADER, ...right]), "热线");
  await page.waitForURL("**/import/sheet*");
  assert.ok((await text()).includes("这一列有内容"));
  assert.equal(await page.locator("button[value=import]").count(), 0);
  await page.selectOption("#column-7", "leave-out");
  await page.click("button[value=look]");
  await page.waitForSelector("button[value=import]");
  await worker.check();
  await page.click("button[value=import]");
  await page.waitForURL("**/import?done=2");
  await worker.check();

  // A workbook, in which a telephone is a number, at a place that nobody knows.
  const book = xlsx([["杏林社区八月台账"], ["编号", "内容", "地址", "电话"], ["B1", "井盖松了", "北苑9号楼", 13800002222]]);
  await handIn("八月.xlsx", book);
  await page.waitForURL("**/import/sheet*");
  assert.ok((await text()).includes("北苑9号楼") && (await text()).includes("13800002222"));
  await page.click("button[value=import]");
  await page.waitForSelector(".notice.bad");
  await worker.check();
  await page.check("#here");
  await page.click("button[value=import]");
  await page.waitForURL("**/import?done=1");

  // The same again adds nothing.
  await handIn("八月.xlsx", book);
  await page.waitForURL("**/import/sheet*");
  assert.ok((await text()).includes("没有新的事项"));
  assert.equal(await page.locator("button[value=import]").count(), 0);
  await worker.check();

  // They wait on the desk like any other.
  await page.goto("/desk");
  await worker.check();
  await worker.close();
}
