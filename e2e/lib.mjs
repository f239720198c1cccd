// What journeys share: a server on a fresh store, pages as a phone or desktop shows them,
// with and without scripts, and the checks every page must pass.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const program = process.env.YISHI ?? path.join(here, "../target/debug/yishi");

export const PASSWORD = "yishi-demo-2026";
export const STORES = process.env.TEST_PG ? ["sqlite", "postgresql"] : ["sqlite"];
export const DEVICES = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
};

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A database of our own on the test server. */
function freshDatabase() {
  const url = new URL(process.env.TEST_PG);
  const name = `e2e_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  execFileSync("psql", [process.env.TEST_PG, "-q", "-c", `create database ${name}`]);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Starts the demonstration on a fresh store; answers with its address and what it printed. */
export async function demo(store) {
  const folder = mkdtempSync(path.join(tmpdir(), "yishi-e2e-"));
  const port = await freePort();
  const args = ["demo", "--listen", `127.0.0.1:${port}`, "--data", folder];
  if (store === "postgresql") args.push("--database", freshDatabase());
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
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function launch() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/** Somebody at a device: a browser context of its own, whose every page is checked. */
export async function somebody(browser, server, { device = "phone", scripts = true, lang = "zh-Hans", elder = false } = {}) {
  const context = await browser.newContext({
    ...DEVICES[device], baseURL: server.base, javaScriptEnabled: scripts, locale: lang === "en" ? "en-GB" : "zh-CN",
  });
  const cookies = [{ name: "lang", value: lang, url: server.base }];
  if (elder) cookies.push({ name: "view", value: "elder", url: server.base });
  await context.addCookies(cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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
  const checks = await browser.newContext({ ...DEVICES[device], bypassCSP: true, baseURL: server.base });
  return {
    page,
    context,
    /** The page as it stands passes axe, holds none of these words, and nothing went wrong on it. */
    async check(...unwanted) {
      const html = await page.content();
      for (const word of unwanted) assert.ok(!html.includes(word), `${page.url()} shows ${word}`);
      assert.deepEqual(wrong, [], page.url());
      await sound(checks, page, server.base, DEVICES[device].viewport.width);
    },
    async signIn(username) {
      await page.goto("/signin");
      await this.check();
      await page.fill("#username", username);
      await page.fill("#password", PASSWORD);
      await page.click("main button[type=submit]");
      await page.waitForURL("**/desk");
    },
    async close() {
      await checks.close();
      await context.close();
    },
  };
}

/** Loads the page's own HTML where scripts run, lets axe look at it and measures its width. */
async function sound(checks, page, base, width) {
  const html = await page.content();
  const page2 = await checks.newPage();
  await page2.route(`${base}/__check`, (route) => route.fulfill({ body: html.replace(/<script[^>]*><\/script>/g, ""), contentType: "text/html; charset=utf-8" }));
  await page2.goto(`${base}/__check`);
  await page2.evaluate(axe);
  const result = await page2.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  // Not against innerWidth: on a phone that grows with what is too wide.
  const wide = (await page2.evaluate(() => document.documentElement.scrollWidth)) - width;
  await page2.close();
  assert.ok(wide <= 1, `${page.url()} is ${wide} px wider than the screen`);
  const found = result.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
  assert.deepEqual(found, [], page.url());
}

/** The number on a receipt. */
export async function numberOn(page) {
  return Number((await page.textContent(".receipt .number")).replace(/\D/g, ""));
}

/** Evaluates the answer on a receipt. */
export async function evaluate(page, solved, satisfaction) {
  await page.check(`input[name=solved][value=${solved}]`);
  await page.check(`input[name=satisfaction][value=${satisfaction}]`);
  await page.click("#evaluate button[type=submit]");
  await page.waitForSelector("#evaluate", { state: "detached" });
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
