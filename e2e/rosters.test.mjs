// Journey rosters: an administrator sets a community up by files. Places, organisations and people come
// from one sheet each; a cell that is wrong is named; who has two roles has two rows and one link; the
// links of those who are new are printed, and one of them signs in by hers; the same file again adds
// nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, launch, somebody, STORES } from "./lib.mjs";
import { xlsx } from "./xlsx.mjs";

const PASSWORD = "a long enough sentence";
const PLACES = [
  ["杏林社区地点名册"],
  ["小区", "楼栋", "单元", "户"],
  ["南苑", 3, 1, 101],
  ["南苑", 3, 1, 102],
  ["南苑", 3, 2, 201],
  ["北苑", "A座"],
];
const BODIES = [["单位名称", "类别", "电话"], ["安和物业服务公司", "物业公司", "0951-8123456"], ["杏林社区居民委员会", "居委会", ""]];
const PEOPLE = [
  ["姓名", "职务", "负责范围", "单位", "联系电话"],
  ["韩春梅", "红管家", "南苑3号楼2单元", "", "13800001111"],
  ["邱实", "物业管理人员", "", "安和物业服务公司", "13800002222"],
  ["姜禾", "社区工作者", "", "杏林社区居民委员会", "13800003333"],
  ["韩春梅", "楼栋长", "南苑3号楼", "", "13800001111"],
];
const csv = (rows) => Buffer.from(rows.map((row) => row.join(",")).join("\r\n"));

for (const store of STORES) {
  for (const [device, scripts] of [["phone", false], ["desktop", true]]) {
    test(`rosters on ${store}, ${device} ${scripts ? "with" : "without"} scripts`, async () => {
      const server = await fresh(store);
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
  const admin = await somebody(browser, server, how);
  const { page } = admin;
  const text = () => page.textContent("main");
  const says = async (...parts) => {
    const shown = await text();
    for (const part of parts) assert.ok(shown.includes(part), `${part}: ${shown}`);
  };
  await page.goto(server.invitation);
  await page.fill("#username", "wangfang");
  await page.fill("#password", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/desk");

  // A community, which is all that has to be typed.
  await page.click("main a[href$='#open-place']");
  await page.selectOption("#kind", "community");
  await page.fill("#name", "杏林社区");
  await page.fill("#slug", "xinglin");
  await page.click("#open-place button[type=submit]");
  await page.waitForSelector("text=杏林社区");
  await admin.check();
  await page.click("nav a[href='/desk']");
  await page.waitForSelector(".setup");
  await admin.check();
  await page.click("main a[href$='/rosters']");
  await page.waitForSelector("#file");
  await admin.check();
  const rosters = new URL(page.url()).pathname;
  const handIn = async (roster, name, buffer) => {
    await page.goto(rosters);
    await page.check(`input[name=roster][value=${roster}]`);
    await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
    await page.click("main form button[type=submit]");
    await page.waitForURL(`**/rosters/${roster}`);
    await admin.check();
  };
  const imported = async () => {
    await page.click("button[value=import]");
    await page.waitForSelector("main .notice[role=status]");
    await admin.check();
  };

  // What is no table is told, with what to do.
  await handIn("people", "旧.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"));
  await page.waitForSelector(".notice.bad");
  await says("另存为 .xlsx");

  // Places from a workbook, in a column a level.
  await handIn("places", "地点.xlsx", xlsx(PLACES));
  await says("要添加 9 处", "要添加的小区：2 处", "要添加的住户：3 处");
  await imported();
  await says("已添加 9 处地点");

  await handIn("bodies", "单位.csv", csv(BODIES));
  await says("要添加 2 个单位");
  await imported();

  // One place does not exist: its cell is named, and nothing can be recorded.
  const typo = PEOPLE.map((row) => row.map((cell) => cell.replace("3号楼2单元", "3号楼9单元")));
  await handIn("people", "人员.csv", csv(typo));
  await says("第 2 行，负责范围“南苑3号楼9单元”：这里没有这个地点");
  assert.equal(await page.locator("button[value=import]").count(), 0);

  await handIn("people", "人员.csv", csv(PEOPLE));
  await says("新开账号 3 人", "写入 3 人", "第 5 行与第 2 行是同一人：韩春梅再加上“楼栋长”（南苑3号楼）");
  await imported();

  // Their links on one sheet, and one of them signs in by hers.
  await page.click("main .notice form button[type=submit]");
  await page.waitForSelector(".slips li");
  await admin.check();
  assert.equal(await page.locator(".slips li").count(), 3);
  const strip = page.locator(".slips li", { hasText: "韩春梅" });
  assert.ok((await strip.textContent()).includes("2单元"));
  const link = (await strip.locator(".link-text").textContent()).trim();
  const steward = await somebody(browser, server, how);
  await steward.page.goto(new URL(link).pathname);
  await steward.check();
  await steward.page.fill("#username", "hanchunmei");
  await steward.page.fill("#password", `${PASSWORD} of mine`);
  await steward.page.click("main button[type=submit]");
  await steward.page.waitForURL(/\/(desk|stairwells?)/);
  await steward.check();
  await steward.close();

  // The same files again add nothing.
  for (const [roster, name, buffer] of [
    ["places", "地点.xlsx", xlsx(PLACES)],
    ["bodies", "单位.csv", csv(BODIES)],
    ["people", "人员.csv", csv(PEOPLE)],
  ]) {
    await handIn(roster, name, buffer);
    await says("没有要写入的");
    assert.equal(await page.locator("button[value=import]").count(), 0);
  }
  // She is there, with her stairwell and her building.
  await page.goto(`${rosters.replace("/rosters", "")}/people`);
  await admin.check();
  await says("韩春梅", "楼道红管家", "南苑 3号楼 2单元", "楼栋长");
  await admin.close();
}
