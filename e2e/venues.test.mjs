// Journey venues: the keeper of the community's venues lists one and closes it for a while; a
// resident finds it by what there is to do, and prints its poster.
import assert from "node:assert/strict";
import { follow, open, somebody, told } from "./lib.mjs";

const NAME = "南苑乒乓球室";

told("venues", journey);

async function journey(browser, server, how) {
  // The keeper lists a venue; what is wrong is told at once, and nothing typed is lost.
  const keeper = await somebody(browser, server, how);
  await keeper.signIn("venues");
  await keeper.check();
  await follow(keeper.page, "/w/xinglin/venues");
  await keeper.check();
  await keeper.page.click("main a[href$='/venues/new']");
  await keeper.check();
  await keeper.page.fill("#name", NAME);
  await keeper.page.check("input[name=needs][value=ping_pong]");
  await keeper.page.check("input[name=days-0][value=monday]");
  await keeper.page.fill("#from-0", "17:00");
  await keeper.page.fill("#to-0", "09:00");
  await keeper.page.fill("#phone", "13800001111");
  await keeper.page.check("input[name=access][value=ramp]");
  await keeper.page.check("input[name=toilet][value=accessible]");
  await keeper.page.click("main form button[type=submit]");
  await keeper.page.waitForSelector(".notice.bad");
  await keeper.check();
  assert.equal(await keeper.page.locator(".notice.bad a").count(), 2);
  assert.equal(await keeper.page.inputValue("#name"), NAME);
  await keeper.page.fill("#from-0", "09:00");
  await keeper.page.fill("#to-0", "17:00");
  await keeper.page.fill("#phone", "8123 4567");
  await keeper.page.click("main form button[type=submit]");
  await keeper.page.waitForURL(/\/w\/xinglin\/v\/\d+$/);
  await keeper.check();

  // A resident comes from the public board, by need, and prints the poster.
  const resident = await somebody(browser, server, how);
  await resident.page.goto("/c/xinglin");
  await resident.check();
  await resident.page.click("main a[href='/c/xinglin/venues']");
  await resident.check();
  await resident.page.click("main a[href$='need=ping_pong']");
  await resident.check();
  await resident.page.click(`text=${NAME}`);
  await resident.check();
  const page = resident.page.url();
  assert.ok((await resident.page.textContent("main")).includes("8123 4567"));
  await resident.page.click("main a[href$='/poster']");
  await resident.check();
  assert.equal(await resident.page.locator(".poster .qr svg").count(), 1);

  // The keeper looks again and says so; the whole directory is printed for the notice board.
  await keeper.page.click("#confirm button[type=submit]");
  await keeper.page.waitForSelector("#confirm");
  await resident.page.goto("/c/xinglin/venues");
  await resident.page.click("main a[href$='/venues/sheet']");
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("8123 4567"));

  // Closed for a while: the reason stands on its page.
  await open(keeper.page, "#close-reason");
  await keeper.page.fill("#close-reason", "换球台");
  await keeper.page.fill("#close-until", "2099-05-01");
  await keeper.page.click("#close button[type=submit]");
  await keeper.page.waitForSelector("#reopen");
  await keeper.check();
  await resident.page.goto(page);
  await resident.check();
  assert.ok((await resident.page.textContent("main")).includes("换球台"));
  await resident.close();
  await keeper.close();
}
