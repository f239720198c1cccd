// Journey partner: the administrator opens a token for the hotline, whose program, outside the
// browser, reads and raises by it, tries again after a broken line, is told what is wrong, and gets
// in no more once the token was revoked.
import assert from "node:assert/strict";
import { somebody, told } from "./lib.mjs";

told("partner", journey);

/** The partner's program: nothing of ours but the address and the token. */
function program(base, token) {
  const ask = async (path, options = {}) => {
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...options.headers };
    const answer = await fetch(`${base}/api/v1${path}`, { ...options, headers });
    return { status: answer.status, headers: answer.headers, json: await answer.json() };
  };
  return {
    get: (path) => ask(path),
    raise: (matter, slug = "xinglin") => ask(`/${slug}/matters`, {
      method: "POST", headers: { "content-type": "application/json" }, body: typeof matter === "string" ? matter : JSON.stringify(matter),
    }),
  };
}

/** An error says what to do next, as RFC 9457 has it. */
function problem(answer, status, words) {
  assert.equal(answer.status, status, JSON.stringify(answer.json));
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(answer.json.status, status);
  assert.ok(answer.json.detail.includes(words), answer.json.detail);
}

async function journey(browser, server, how) {
  const keeper = await somebody(browser, server, how);
  const { page } = keeper;
  await keeper.signIn("admin");
  await keeper.check();
  await page.goto("/admin");
  await keeper.check();
  await page.click("main a[href^='/admin/places/']:has-text('杏林社区')");
  await page.waitForURL(/\/admin\/places\/[0-9a-f-]+$/);
  await page.click("main a[href$='/partners']");
  await keeper.check();

  // What is wrong is told at once.
  await page.click("#open button[type=submit]");
  await page.waitForSelector(".notice.bad");
  await keeper.check();
  const year = new Date().getUTCFullYear();
  const fill = async (may, expires) => {
    await page.selectOption("#open-organisation", { index: 1 });
    await page.fill("#open-name", "热线平台");
    await page.check(`input[name=open-may][value=${may}]`);
    await page.fill("#open-expires", expires);
    await page.click("#open button[type=submit]");
  };
  await fill("raise", `${year + 5}-01-01`);
  await page.waitForSelector(".notice.bad");
  assert.ok((await page.textContent(".notice.bad")).includes("最长用两年"));

  // The token is shown once.
  await fill("raise", `${year + 1}-01-01`);
  const token = (await page.textContent("[data-token]")).trim();
  await keeper.check();
  await page.goto(page.url().replace(/\/open$/, ""));
  assert.ok(!(await page.content()).includes(token), "kept nowhere");
  assert.ok((await page.textContent("main")).includes("还没有用过"));

  const hotline = program(server.base, token);
  const said = { id: "W-1", text: "南苑三号楼门口积水，电话里说了两次", place: "杏林南苑 3号楼", contact: "13800001111", name: "王某" };
  const raised = await hotline.raise(said);
  assert.equal(raised.status, 201, JSON.stringify(raised.json));
  // The line broke: the same again is the same matter.
  const again = await hotline.raise(said);
  assert.deepEqual([again.status, again.json], [200, raised.json]);
  problem(await hotline.raise({ ...said, text: "别的事" }), 409, "内容和这次不一样");
  assert.equal((await hotline.raise({ ...said, id: "W-2" })).status, 201);

  // What is not right is told with its field.
  const nowhere = await hotline.raise({ ...said, id: "W-3", place: "没有的地方" });
  problem(nowhere, 422, "没有找到这个地点");
  assert.equal(nowhere.json.field, "place");
  problem(await hotline.raise({ ...said, id: "" }), 422, "");
  problem(await hotline.raise({ ...said, id: "W-4", colour: "red" }), 400, "colour");
  problem(await hotline.raise("{"), 400, "JSON");
  problem(await hotline.raise({ ...said, id: "W-5", text: "长".repeat(70_000) }), 413, "64 KB");
  problem(await hotline.raise(said, "nowhere"), 404, "");
  problem(await hotline.raise(said, "liuxi"), 403, "不管这里");
  const nobody = await program(server.base).raise(said);
  problem(nobody, 401, "需要接口令牌");
  assert.equal(nobody.headers.get("www-authenticate"), 'Bearer realm="yishi"');
  problem(await program(server.base, `${token}x`).get("/xinglin/matters"), 401, "没有这个接口令牌");

  // It reads what is public, and more of its own; nobody else reads that.
  const own = await hotline.get(`/xinglin/matters/${raised.json.number}`);
  assert.deepEqual(own.json.own, { id: "W-1", answer: null });
  const open = await program(server.base).get(`/xinglin/matters/${raised.json.number}`);
  assert.equal(open.json.own, undefined);
  assert.ok(!JSON.stringify(own.json).includes("13800001111") && !JSON.stringify(own.json).includes("王某"));
  assert.ok((await hotline.get("/xinglin/matters")).json.matters.length > 0);

  // Whoever said it follows the receipt that the hotline passes on.
  const resident = await somebody(browser, server, how);
  await resident.page.goto(raised.json.receipt);
  await resident.check("13800001111");
  assert.match(raised.json.code, /^\d{4} \d{4}$/);

  // Revoked it opens nothing any more.
  await page.reload();
  assert.ok((await page.textContent("main")).includes("最近使用"));
  await page.click("main li button[type=submit]");
  await page.waitForSelector("main li .badge.done");
  await keeper.check();
  problem(await hotline.get("/xinglin/matters"), 401, "已经停用");
  problem(await hotline.raise({ ...said, id: "W-9" }), 401, "已经停用");
}
