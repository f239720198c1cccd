// What axe has looked at in this run. Its look at a page takes longer than all else a journey
// does there, and journeys come by the same pages again and again. A page is looked at anew
// only if it holds something that no page of its kind held in this look; that is never less
// than once for each kind and look. LOOKED names a folder that the processes of a run share.
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.env.LOOKED ?? mkdtempSync(path.join(tmpdir(), "yishi-looked-"));

/** Every route of the program as it stands in the printed list, plain ones before those with parts left open. */
const ROUTES = [...new Set(readFileSync(path.join(here, "../docs/routes.txt"), "utf8").match(/^(?:get|post) +\/\S*/gm).map((line) => line.split(/ +/)[1]))]
  .map((route) => ({ route, holes: (route.match(/\{/g) ?? []).length, form: new RegExp(`^${route.replace(/\{\w+\}/g, "[^/]+")}$`) }))
  .sort((one, other) => one.holes - other.holes);

/** The kind of page at an address: the route it is made by, or its path where there is none. */
export function kindOf(address) {
  const { pathname } = new URL(address);
  return ROUTES.find(({ form }) => form.test(pathname))?.route ?? pathname;
}

/** What axe has seen of a kind of page in a look, as digests of shapes. */
export class Looked {
  #file;
  constructor(kind, look) {
    this.#file = path.join(folder, createHash("sha256").update(`${look}\n${kind}`).digest("hex").slice(0, 32));
  }

  /** Those of the shapes that are new, as digests. */
  fresh(shapes) {
    const seen = new Set(this.#seen().split("\n"));
    return shapes.map((shape) => createHash("sha256").update(shape).digest("base64").slice(0, 12)).filter((shape) => !seen.has(shape));
  }

  #seen() {
    try {
      return readFileSync(this.#file, "utf8");
    } catch (error) {
      if (error.code === "ENOENT") return "";
      throw error;
    }
  }

  /** Notes that axe found nothing wrong with these. */
  note(fresh) {
    appendFileSync(this.#file, `${fresh.join("\n")}\n`);
  }
}

/**
 * Runs in the page: the shapes of what is on it. A shape is all of an element that axe's rules
 * can turn on (its attributes, whether it has text and is seen, what it lies in), and what they
 * ask of the page as a whole: steps between headings, ids and landmarks that are there twice.
 */
export function shapesOf() {
  const told = /^(aria-.*|data-view|alt|autocomplete|checked|class|content|disabled|for|height|hidden|http-equiv|id|lang|open|required|role|scope|style|tabindex|title|type|width)$/;
  const empty = /^(alt|title|aria-label)$/;
  const plain = (text) => text.replace(/\d+/g, "#");
  const shapes = new Set();
  const count = new Map();
  const once = (what) => count.set(what, (count.get(what) ?? 0) + 1);
  const walk = (element, above) => {
    const tag = element.localName;
    // The classes of the page itself say whether scripts run; what that shows or hides is in each shape.
    const attributes = [...element.attributes].filter(({ name }) => told.test(name) && !(tag === "html" && name === "class"))
      .map(({ name, value }) => `${name}=${empty.test(name) ? value.trim() !== "" : plain(value)}`).sort();
    const speaks = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    shapes.add(`${above} ${tag} ${attributes} ${speaks} ${element.textContent.trim() !== ""} ${element.checkVisibility()}`);
    if (element.id) once(`#${plain(element.id)} ${document.querySelectorAll(`[id="${CSS.escape(element.id)}"]`).length > 1}`);
    if (/^(main|header|footer|nav|aside|h1|title)$/.test(tag)) once(`landmark ${tag} ${element.getAttribute("aria-label") ?? ""}`);
    const own = tag === "html" ? `${element.lang}${element.dataset.view}` : element.className?.baseVal ?? element.className;
    for (const child of element.children) walk(child, `${above}>${tag}.${own}`);
  };
  walk(document.documentElement, "");
  for (const [what, times] of count) shapes.add(what.startsWith("#") ? what : `${what} ${times}`);
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((heading) => heading.localName);
  for (const [n, level] of levels.entries()) {
    const before = levels[n - 1] ?? "";
    if (level > before) shapes.add(`${before} then ${level}`);
  }
  return [...shapes];
}
