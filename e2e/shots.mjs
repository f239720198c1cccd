// Pictures of pages: phone, desktop, elder mode, English, paper. Arguments are paths, with
// `name:` before one that is seen signed in; without arguments the usual pages are taken.
// SHOTS is the folder, SHOTS_URL a server that runs already.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { demo, launch, PASSWORD, somebody } from "./lib.mjs";

const VIEWS = {
  phone: { device: "phone" },
  desktop: { device: "desktop" },
  elder: { device: "phone", elder: true },
  english: { device: "desktop", lang: "en" },
};
const folder = process.env.SHOTS ?? "target/shots";
const running = process.env.SHOTS_URL;
const server = running ? { base: running.replace(/\/$/, ""), stop: async () => {} } : await demo("sqlite");
const browser = await launch();
try {
  mkdirSync(folder, { recursive: true });
  const wanted = process.argv.slice(2).map((argument) => {
    const [, who, link] = argument.match(/^(?:(\w+):)?(\/.*)$/);
    return { who, link, name: `${who ? `${who}-` : ""}${link.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "front"}` };
  });
  const pages = wanted.length > 0 ? wanted : await usual();
  // People sign in once a view, not once a page.
  const roles = [...new Set(pages.map((page) => page.who))];
  for (const [view, how] of Object.entries(VIEWS)) {
    for (const who of roles) {
      const visitor = await somebody(browser, server, how);
      if (who) await signIn(visitor.page, who);
      for (const { name, link } of pages.filter((page) => page.who === who)) {
        await visitor.page.goto(link);
        await visitor.page.screenshot({ path: path.join(folder, `${name}.${view}.png`), fullPage: true });
        if (view === "desktop") await paper(visitor.page, name);
      }
      await visitor.leave();
    }
  }
  console.log(`${pages.length} pages in ${path.resolve(folder)}`);
} finally {
  await browser.close();
  await server.stop();
}

/** The pages worth a look; links with secrets are found as a person would find them. */
async function usual() {
  const pages = [
    { name: "front", link: "/" },
    { name: "board", link: "/c/xinglin" },
    { name: "help", link: "/help" },
    { name: "find-receipt", link: "/receipt" },
    { name: "sign-in", link: "/signin" },
  ];
  const visitor = await somebody(browser, server, VIEWS.desktop);
  await visitor.page.goto("/c/xinglin?state=closed");
  const matter = await first(visitor.page, "#list a[href*='/m/']");
  if (matter) pages.push({ name: "matter", link: matter }, { name: "join", link: `${matter}/join` });
  await visitor.leave();
  if (running) return pages;
  pages.push(
    { name: "poster-opened", link: server.poster },
    { name: "raise", link: `${server.poster}/raise` },
    { name: "receipt", link: server.receipt },
  );
  for (const link of server.printed.filter((link) => /^\/(c|w)\/xinglin\/./.test(link))) {
    const name = link.replace(/\W+/g, "-").slice(1);
    pages.push(link.startsWith("/w/") ? { who: "worker", name, link } : { name, link });
  }
  for (const [who, link, name, inside] of [
    ["worker", "/desk", "work", "main a[href*='/w/']"],
    ["steward", "/stairwells", "stairwell", "main a[href*='/stairwell/']"],
    ["admin", "/admin", "place", "main a[href*='/admin/places/']"],
  ]) {
    const person = await somebody(browser, server, VIEWS.desktop);
    await signIn(person.page, who);
    await person.page.goto(link);
    pages.push({ who, name: link.slice(1), link });
    const found = await first(person.page, inside);
    if (found) pages.push({ who, name, link: found });
    await person.leave();
  }
  return pages;
}

async function first(page, selector) {
  const links = page.locator(selector);
  return (await links.count()) > 0 ? links.first().getAttribute("href") : null;
}

async function signIn(page, username) {
  await page.goto("/signin");
  await page.fill("#username", username);
  await page.fill("#password", PASSWORD);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/desk");
}

/** The page as the printer gets it: the PDF, and its sheets as pictures where that can be done. */
async function paper(page, name) {
  const file = path.join(folder, `${name}.print.pdf`);
  writeFileSync(file, await page.pdf({ format: "A4", preferCSSPageSize: true }));
  const drawn = spawnSync("pdftoppm", ["-r", "70", "-png", file, path.join(folder, `${name}.print`)]);
  if (drawn.error || drawn.status !== 0) {
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: path.join(folder, `${name}.print.png`), fullPage: true });
    await page.emulateMedia({ media: null });
  } else {
    rmSync(file);
  }
}
