// The harness itself against pages of its own: it must find what is wrong, or its silence
// about the program means nothing.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

// Pages that only pretend must not count as looked at in the run.
delete process.env.LOOKED;
const { codeOf, launch, somebody } = await import("./lib.mjs");

const page = (body, head = "") =>
  `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
   <title>试</title>${head}</head><body><main><h1>试</h1>${body}</main></body></html>`;
const PAGES = {
  "/good": page("<p>一切都好</p>"),
  "/unlabelled": page("<form><input name=x></form>"),
  "/private": page("<p>王大爷 13800001111</p>"),
  "/inline": page("<p>好</p>", "<script>document.title='x'</script>"),
  "/wide": page("<div style='width:900px'>宽</div>"),
  "/lost": page("<p>好 <img src=/lost.png alt=图></p>"),
  "/broken": page("<p>好</p>", "<script src=/broken.js></script>"),
  "/c/xinglin/m/1": page("<section class=card><h2>编号 1</h2><p>灯坏了</p></section>"),
  "/c/xinglin/m/22": page("<section class=card><h2>编号 22</h2><p>路不平</p></section><section class=card><h2>编号 1</h2><p>灯坏了</p></section>"),
  "/c/xinglin/m/3": page("<section class=card><h2>编号 3</h2><form><input name=x></form></section>"),
  "/c/xinglin/m/4": page("<section class=card><h2>编号 4</h2><p></p></section><h4>深</h4>"),
};

let browser, web, server;
before(async () => {
  web = createServer((request, response) => {
    const script = request.url === "/broken.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html; charset=utf-8");
    response.setHeader("content-security-policy", "default-src 'self'; style-src 'self' 'unsafe-inline'");
    if (request.url === "/lost.png") response.statusCode = 404;
    response.end(script ? "throw new Error('broken')" : PAGES[request.url] ?? page("<p>无</p>"));
  });
  await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
  server = { base: `http://127.0.0.1:${web.address().port}` };
  browser = await launch();
});
after(async () => {
  await browser?.close();
  web?.closeAllConnections();
  web?.close();
});

for (const scripts of [true, false]) {
  const how = scripts ? "with scripts" : "without scripts";

  test(`a good page passes ${how}`, async () => {
    await visit("/good", { scripts }, (visitor) => visitor.check("13800001111"));
  });

  test(`a field without a label is found ${how}`, async () => {
    await visit("/unlabelled", { scripts }, (visitor) => assert.rejects(visitor.check(), /label/));
  });

  test(`a private word is found ${how}`, async () => {
    await visit("/private", { scripts }, (visitor) => assert.rejects(visitor.check("13800001111"), /13800001111/));
  });

  test(`a page wider than a phone is found ${how}`, async () => {
    await visit("/wide", { scripts }, (visitor) => assert.rejects(visitor.check(), /wider/));
  });
}

test("a breach of the content policy is found", async () => {
  await visit("/inline", {}, (visitor) => assert.rejects(visitor.check(), /Content Security Policy/));
});

test("a picture that does not come is found", async () => {
  await visit("/lost", {}, (visitor) => assert.rejects(visitor.check(), /404/));
});

test("an error in a script is found", async () => {
  await visit("/broken", {}, (visitor) => assert.rejects(visitor.check(), /broken/));
});

test("an app shows the codes of RFC 6238", () => {
  // Its appendix B, the last six of eight digits.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const codes = [59, 1_111_111_109, 20_000_000_000].map((second) => codeOf(secret, second * 1000));
  assert.deepEqual(codes, ["287082", "081804", "353130"]);
});

test("a kind of page is looked at once in each look, and again for what is new on it", async () => {
  const matter = (number) => `/c/xinglin/m/${number}`;
  await visit(matter(1), {}, async (visitor) => {
    assert.equal(await visitor.check(), true);
    assert.equal(await visitor.check(), false, "seen");
    await visitor.page.goto(matter(22));
    assert.equal(await visitor.check(), false, "nothing new");
    await assert.rejects(visitor.check("路不平"), /路不平/, "words are looked for at each visit");
    await visitor.page.goto(matter(3));
    await assert.rejects(visitor.check(), /label/);
    await assert.rejects(visitor.check(), /label/, "what is wrong does not count as seen");
    await visitor.page.goto(matter(4));
    await assert.rejects(visitor.check(), /heading/);
    await visitor.page.goto("/c/xinglin/g/1");
    assert.equal(await visitor.check(), true, "another kind");
  });
  for (const other of [{ lang: "en" }, { elder: true }, { device: "desktop" }]) {
    await visit(matter(1), other, async (visitor) => assert.equal(await visitor.check(), true, JSON.stringify(other)));
  }
  await visit(matter(1), { scripts: false }, async (visitor) => assert.equal(await visitor.check(), false));
});

test("a kind of page that is visited and never looked at is found", async () => {
  await visit("/c/xinglin", {}, async (visitor) => {
    await assert.rejects(visitor.close(), /never checked.*\/c\/\{slug\}/s);
    await visitor.check();
    await visitor.close();
  });
});

async function visit(link, how, look) {
  const visitor = await somebody(browser, server, { device: "phone", ...how });
  try {
    await visitor.page.goto(link);
    await look(visitor);
  } finally {
    await visitor.context.close();
  }
}
