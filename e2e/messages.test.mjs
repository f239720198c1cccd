// Journey messages: a resident wishes to be told when their matter goes on, and takes it back; an
// administrator sees that a message waits, and sends one to herself.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { somebody, told } from "./lib.mjs";

told("messages", journey);

async function journey(browser, server, how) {
  const resident = await somebody(browser, server, how);
  const form = resident.page.locator("form[action$='/told']");
  const open = async () => {
    if (!(await form.isVisible())) await resident.page.click("summary:has-text('有进展时告诉我')");
  };
  await resident.page.goto(server.receipt);
  await resident.check();
  await open();
  await form.locator("input[value=text]").check();
  // A telephone that takes no short message is told beside the field, and stays there.
  await form.locator("#told-to").fill("8123 4567");
  await form.locator("button[type=submit]").click();
  await resident.page.waitForSelector(".notice.bad");
  await resident.check();
  assert.equal(await form.locator("#told-to").inputValue(), "8123 4567");
  await form.locator("#told-to").fill("138 0000 1111");
  await form.locator("button[type=submit]").click();
  await resident.page.waitForSelector("text=记下了。很快会收到第一条消息");
  await resident.check("13800001111");

  // The administrator sees how messages go, and sends one to herself: in a demonstration it is a file.
  const administrator = await somebody(browser, server, { device: "desktop" });
  await administrator.signIn("admin");
  await administrator.check();
  await administrator.page.goto("/admin/messages");
  await administrator.check("13800001111");
  await administrator.page.fill("#test-to", "电话");
  await administrator.page.click("form[action$='/test'] button[type=submit]");
  await administrator.page.waitForSelector(".notice.bad");
  await administrator.check();
  await administrator.page.fill("#test-to", "139 0000 2222");
  await administrator.page.click("form[action$='/test'] button[type=submit]");
  await administrator.page.waitForSelector("text=发出去了");
  await administrator.check();
  const folder = path.join(server.folder, "messages");
  const files = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  assert.ok(files.some((file) => file.startsWith("To: 8613900002222\n")), files.join("\n"));

  // Wishing it no more takes one choice and no number.
  await resident.page.goto(server.receipt);
  await open();
  await resident.page.waitForSelector("text=现在：有进展时发短信告诉您");
  await form.locator("input[value=nothing]").check();
  await form.locator("button[type=submit]").click();
  await resident.page.waitForSelector("text=以后不再发消息");
  await resident.check();
}
