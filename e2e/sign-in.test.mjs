// Journey sign-in: a worker turns the second step of signing in on, comes in with the code of an
// app and with a spare code, and turns it off again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, demo, follow, launch, PASSWORD, somebody, STORES } from "./lib.mjs";

for (const store of STORES) {
  for (const how of [
    { device: "phone", scripts: false, elder: true },
    { device: "desktop", scripts: true },
  ]) {
    test(`sign-in on ${store}, ${how.device} ${how.scripts ? "with" : "without"} scripts`, async () => {
      const server = await demo(store);
      const browser = await launch();
      try {
        await journey(browser, server, how);
      } finally {
        await browser.close();
        await server.stop();
      }
    });
  }
}

async function journey(browser, server, how) {
  const worker = await somebody(browser, server, how);
  const { page } = worker;
  await worker.signIn("worker");
  await worker.check();
  await follow(page, "/account");
  await worker.check();
  await page.click("main a[href='/account/second-step']");
  await worker.check();

  // It is on once the app's code shows that the secret arrived; a wrong one is told.
  const secret = (await page.textContent("main .link-text")).replace(/\s/g, "");
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.equal(await page.locator("main .qr svg").count(), 1);
  await page.fill("#code", "12345");
  await page.click("main form button[type=submit]");
  await page.waitForSelector(".notice.bad");
  await worker.check();
  assert.equal((await page.textContent("main .link-text")).replace(/\s/g, ""), secret, "the same to type in");
  const set = Date.now();
  await page.fill("#code", codeOf(secret, set));
  await page.click("main form button[type=submit]");
  await page.waitForSelector("main li code");
  await worker.check();
  const spare = await page.locator("main li code").allTextContents();
  assert.equal(new Set(spare).size, 10);
  // On paper there are the codes and nothing to press.
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("main li code").first().isVisible());
  for (const gone of ["nav", "main button", "main a.button", "header", "footer"]) {
    const shown = await page.locator(gone).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    assert.equal(shown, 0, `${gone} is printed`);
  }
  await page.emulateMedia({ media: null });
  await page.click("main a.button");
  await page.waitForURL("**/account");
  await worker.check();

  // The password alone leads to the code, and the code that was used to set it up lets nobody in.
  await out(worker);
  await password(worker);
  await give(worker, codeOf(secret, set));
  await page.waitForSelector(".notice.bad");
  await worker.check();
  // A clock that goes half a minute ahead, as telephones' do.
  await give(worker, codeOf(secret, Math.max(set + 30_000, Date.now())));
  await page.waitForURL("**/desk");

  // The telephone is lost: a spare code does, once.
  await out(worker);
  await password(worker);
  await give(worker, spare[0]);
  await page.waitForURL("**/desk");
  await out(worker);
  await password(worker);
  await give(worker, spare[0]);
  await page.waitForSelector(".notice.bad");
  await give(worker, spare[1].toUpperCase().replace("-", " "));
  await page.waitForURL("**/desk");
  await page.goto("/account/second-step");
  await worker.check();
  assert.match(await page.textContent("main"), /8/);
  await page.click("main a[href$='/anew']");
  await worker.check();
  await page.click("main a[href='/account/second-step']");

  // Off again, with the password alone; a wrong one is told.
  await page.fill("#password", "not the password");
  await page.click("button.danger");
  await page.waitForSelector(".notice.bad");
  await worker.check();
  await page.fill("#password", PASSWORD);
  await page.click("button.danger");
  await page.waitForURL("**/account");
  await worker.check();
  await out(worker);
  await worker.signIn("worker");
  await worker.close();
}

async function out(worker) {
  await follow(worker.page, "/signout");
  await worker.check();
  await worker.page.click("main form button[type=submit]");
  await worker.page.waitForURL((url) => url.pathname === "/");
  await worker.check();
}

/** Gives the password, and stands before the code. */
async function password(worker) {
  const { page } = worker;
  await page.goto("/signin");
  await worker.check();
  await page.fill("#username", "worker");
  await page.fill("#password", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/signin/code**");
  await worker.check();
}

async function give(worker, code) {
  await worker.page.fill("#code", code);
  await worker.page.click("main button[type=submit]");
}
