// What journeys share: a server on a fresh store, pages as a phone or desktop shows them,
// with and without scripts, and the checks every page must pass.
import assert from "node:assert/strict";
import { spawn, spawnSync, execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { kindOf, Looked, shapesOf } from "./looked.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const program = process.env.YISHI ?? path.join(here, "../target/debug/yishi");

/** In memory where the system has such a folder: no journey is about surviving a power cut. */
const stores = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export const PASSWORD = "yishi-demo-2026";
export const STORES = process.env.TEST_PG ? ["sqlite", "postgresql"] : ["sqlite"];
export const DEVICES = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
};

/** A free port below those that the system hands out, so that nobody is given it before the program takes it. */
async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const free = await new Promise((resolve) => {
      const server = createServer().once("error", () => resolve(false)).listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

/** A database of our own on the test server. */
function freshDatabase() {
  const url = new URL(process.env.TEST_PG);
  const name = `e2e_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  execFileSync("psql", [process.env.TEST_PG, "-q", "-c", `create database ${name}`]);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Starts the demonstration on a fresh store, so that journeys may run side by side; answers with its address and what it printed. */
export async function demo(store) {
  const folder = mkdtempSync(path.join(stores, "yishi-e2e-"));
  const port = await freePort();
  const args = ["demo", "--listen", `127.0.0.1:${port}`, "--data", folder];
  const where = ["--data", folder];
  if (store === "postgresql") where.push("--database", freshDatabase());
  args.push(...where.slice(2));
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => {
      printed += data;
      if (printed.includes("Serving")) resolve();
    });
    child.on("exit", (code) => reject(new Error(`the program stopped with ${code}: ${printed}`)));
  });
  const base = `http://127.0.0.1:${port}`;
  const link = (part) => printed.match(new RegExp(`${base}(/${part}/\\S+)`))[1];
  return {
    base,
    folder,
    poster: link("q"),
    receipt: link("r"),
    /** All pages that were printed, as paths. */
    printed: [...printed.matchAll(new RegExp(`${base}(/\\S+)`, "g"))].map((found) => found[1]),
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      audit(where);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The name under which a store of one's own is reached: a poster with this machine's number leads nowhere. */
const NAME = "yishi.test";

/** Starts the program on an empty store that was just made; answers with its address and the administrator's link. */
export async function fresh(store) {
  const folder = mkdtempSync(path.join(stores, "yishi-e2e-"));
  const port = await freePort();
  const where = ["--data", folder];
  if (store === "postgresql") where.push("--database", freshDatabase());
  const base = `http://${NAME}:${port}`;
  const made = execFileSync(program, ["init", ...where, "--name", "镜湖街道", "--slug", "jinghu", "--public-url", base], { encoding: "utf8" });
  // The address is kept: none is given here.
  const child = spawn(program, ["serve", ...where, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => String(data).includes(`Serving ${base}`) && resolve());
    child.on("exit", (code) => reject(new Error(`the program stopped with ${code}`)));
  });
  return {
    base,
    invitation: made.match(/\/invite\/\S+/)[0],
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      audit(where);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whatever a journey did, the laws of the books hold afterwards. */
function audit(where) {
  const { status, stdout, stderr } = spawnSync(program, ["audit", ...where], { encoding: "utf8" });
  const broken = stdout.split("\n").filter((line) => line.includes('"holds":false'));
  assert.equal(status, 0, `the laws of the books do not hold: ${broken.join(" ")} ${stderr}`);
}

export function launch() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
    ],
  });
}

/** A journey on each store, each with a server of its own: residents at a phone without scripts, then at a desktop with them. */
export function told(name, journey) {
  for (const store of STORES) {
    for (const [device, scripts] of [["phone", false], ["desktop", true]]) {
      test(`${name} on ${store}, residents at a ${device} ${scripts ? "with" : "without"} scripts`, async () => {
        const server = await demo(store);
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
}

/** Somebody who works here, signed in. */
export async function signedIn(browser, server, username, how = { device: "desktop" }) {
  const person = await somebody(browser, server, how);
  await person.signIn(username);
  await person.check();
  return person;
}

/** Parts of a line between dots of which something is cut away, and in how many lines such parts stand: runs in the page. */
export function bitsCut() {
  let [lines, cut] = [0, []];
  for (const bits of document.querySelectorAll("p.bits")) {
    const edge = bits.getBoundingClientRect().left + 1.2 * parseFloat(getComputedStyle(bits).fontSize);
    for (const bit of bits.querySelectorAll(".bit")) {
      const said = document.createRange();
      said.selectNodeContents(bit);
      const rects = [...said.getClientRects()];
      lines += rects.length;
      if (rects.some((rect) => rect.left < edge - 1)) cut.push(bit.textContent);
    }
  }
  return [lines, cut];
}

/** Somebody at a device: a browser context of its own, whose every kind of page must be checked. */
export async function somebody(browser, server, { device = "phone", scripts = true, lang = "zh-Hans", elder = false } = {}) {
  // With scripts or without is no look of its own: what a script adds to a page is new on it.
  const look = [lang, elder ? "elder" : "standard", device].join(", ");
  const context = await browser.newContext({
    ...DEVICES[device], baseURL: server.base, javaScriptEnabled: scripts, locale: lang === "en" ? "en-GB" : "zh-CN",
  });
  const cookies = [{ name: "lang", value: lang, url: server.base }];
  if (elder) cookies.push({ name: "view", value: "elder", url: server.base });
  await context.addCookies(cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  telling(page);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    // An answer of 4xx to a form is part of some journeys; the browser logs it as an error.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) wrong.push(message.text());
  });
  page.on("response", (response) => {
    const part = ["image", "stylesheet", "script", "font"].includes(response.request().resourceType());
    if (response.status() >= (part ? 400 : 500)) wrong.push(`${response.status()} for ${response.url()}`);
  });
  page.on("dialog", (dialog) => wrong.push(`a dialog opened: ${dialog.message()}`));
  const visited = new Set();
  const checked = ((server.checked ??= {})[look] ??= new Set());
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && frame.url().startsWith(server.base)) visited.add(kindOf(frame.url()));
  });
  const checks = await browser.newContext({ ...DEVICES[device], bypassCSP: true, baseURL: server.base });
  return {
    page,
    context,
    /**
     * The page as it stands fits the screen, cuts nothing away, holds none of these words, nothing went wrong on it,
     * and it passes axe, which looks if there is something on it that it has not seen in this look.
     * Answers whether it looked.
     */
    async check(...unwanted) {
      // What was waited for may be that the page before is gone.
      await page.waitForLoadState("load");
      const html = await page.content();
      for (const word of unwanted) assert.ok(!html.includes(word), `${page.url()} shows ${word}`);
      assert.deepEqual(wrong, [], page.url());
      // Not against innerWidth: on a phone that grows with what is too wide.
      const wide = (await page.evaluate(() => document.documentElement.scrollWidth)) - page.viewportSize().width;
      assert.ok(wide <= 1, `${page.url()} is ${wide} px wider than the screen`);
      const [, cut] = await page.evaluate(bitsCut);
      assert.deepEqual(cut, [], `${page.url()} cuts something away`);
      const kind = kindOf(page.url());
      const looked = new Looked(kind, look);
      const fresh = looked.fresh(await page.evaluate(shapesOf));
      if (fresh.length > 0) {
        await sound(checks, page, server.base);
        looked.note(fresh);
      }
      checked.add(kind);
      return fresh.length > 0;
    },
    async signIn(username) {
      await page.goto("/signin");
      await this.check();
      await page.fill("#username", username);
      await page.fill("#password", PASSWORD);
      await page.click("main button[type=submit]");
      await page.waitForURL("**/desk");
    },
    /** Leaves, unless a kind of page was visited that nobody on this server has checked in this look. */
    async close() {
      const never = [...visited].filter((kind) => !checked.has(kind));
      assert.deepEqual(never, [], `visited but never checked (${look})`);
      await this.leave();
    },
    /** Leaves, whatever was checked. */
    async leave() {
      await checks.close();
      await context.close();
    },
  };
}

/** Whoever waits in vain for another page is told what this one says instead. */
function telling(page) {
  const wait = page.waitForURL.bind(page);
  page.waitForURL = async (...where) => {
    try {
      await wait(...where);
    } catch (error) {
      const said = await page.locator(".notice, .error-text").allTextContents();
      throw new Error(`${error.message}\nstill at ${page.url()}: ${said.join(" ").replace(/\s+/g, " ")}`);
    }
  };
}

/** Loads the page's own HTML where scripts run, and lets axe look at it. */
async function sound(checks, page, base) {
  const html = await page.content();
  const page2 = await checks.newPage();
  const still = html.replace(/<script[^>]*><\/script>/g, "");
  if (base.includes(NAME)) {
    // From a page that no server sent, a browser fetches no styles of its own machine under another name.
    await page2.goto(`${base}/healthz`);
    await page2.setContent(still, { waitUntil: "load" });
  } else {
    await page2.route(`${base}/__check`, (route) => route.fulfill({ body: still, contentType: "text/html; charset=utf-8" }));
    await page2.goto(`${base}/__check`);
  }
  await page2.evaluate(axe);
  const result = await page2.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  await page2.close();
  const found = result.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
  assert.deepEqual(found, [], page.url());
}

/** The code that an app shows for a secret at a time (RFC 6238: SHA-1, 30 seconds, six digits). */
export function codeOf(secret, milliseconds) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(milliseconds / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const four = digest.readUInt32BE(digest[19] & 15) & 0x7fff_ffff;
  return String(four % 1_000_000).padStart(6, "0");
}

/** The number on a receipt. */
export async function numberOn(page) {
  return Number((await page.textContent(".receipt .number")).replace(/\D/g, ""));
}

/** Evaluates the answer on a receipt. */
export async function evaluate(page, solved, satisfaction) {
  await page.click(`#evaluate a[href*="solved=${solved}"]`);
  await page.check(`input[name=satisfaction][value=${satisfaction}]`);
  await page.click("#evaluate button[type=submit]");
  await page.waitForSelector("#evaluate", { state: "detached" });
}

/** Follows a way of who works here, on a phone by the menu. */
export async function follow(page, href) {
  const way = page.locator(`nav a[href='${href}']`);
  if (!(await way.isVisible())) await page.click("nav a[href='#menu']");
  await way.click();
}

/** Opens the fold that holds something; without scripts the browser itself does it. */
export async function open(page, selector) {
  const fold = page.locator("details", { has: page.locator(selector) });
  if ((await fold.count()) > 0 && (await fold.first().getAttribute("open")) === null) {
    await fold.first().locator("> summary").click();
  }
}

/** A real picture, drawn by the browser. */
export async function picture(browser) {
  const page = await browser.newPage({ viewport: { width: 320, height: 240 } });
  await page.setContent("<body style='background:#777'><div style='width:80px;height:160px;background:#b22;margin:40px auto'></div>");
  const buffer = await page.screenshot();
  await page.close();
  return buffer;
}
