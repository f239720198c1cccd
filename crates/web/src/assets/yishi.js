// Only quickens: every page does its work without this script.
"use strict";
(function () {
  document.documentElement.classList.add("js");

  // Nobody sends a form twice by tapping twice. A button disabled by its own click would
  // swallow the form, so it waits until the form is on its way. Searches may be repeated.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") return;
    setTimeout(function () { able(form, false); }, 0);
    // A network that swallowed it must not leave a dead button.
    setTimeout(function () { able(form, true); }, 15000);
  });
  // Coming back with the browser's button finds the form as it was.
  window.addEventListener("pageshow", function () { able(document, true); });

  function able(root, on) {
    root.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = !on; });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-full]")) full();
    const all = event.target.closest("[data-tick-all]");
    if (all) tickAll(all);
    const copy = event.target.closest("[data-copy]");
    if (copy) put(copy.dataset.copy).then(function () { say(copy); }, function () {});
    const picture = event.target.closest("[data-picture]");
    if (picture) draw(picture);
    const photo = event.target.closest(".photos a");
    if (photo && !event.ctrlKey && !event.metaKey && !event.shiftKey) view(event, photo);
    const resize = event.target.closest("[data-resize]");
    if (resize && !event.ctrlKey && !event.metaKey && !event.shiftKey) larger(event, resize);
  });

  // A phrase that is chosen comes into the text, unless somebody has written there.
  document.addEventListener("change", function (event) {
    const phrase = event.target.closest("[data-phrase] select");
    if (!phrase) return;
    const text = phrase.form.elements.namedItem(phrase.closest("[data-phrase]").dataset.phrase);
    const own = Array.from(phrase.options).some(function (option) { return option.value === text.value; });
    if (!text.value.trim() || own) text.value = phrase.value;
    phrase.value = "";
    text.focus();
  });

  // How many lines are ticked, and all of them at once.
  document.addEventListener("change", function (event) {
    const form = event.target.closest("form.many");
    if (form) count(form);
  });

  function count(form) {
    const boxes = Array.from(form.querySelectorAll(".tick input"));
    const ticked = boxes.filter(function (box) { return box.checked; }).length;
    const said = form.querySelector("[data-ticked]");
    if (said) said.textContent = said.dataset.ticked.replace("{count}", ticked);
    return [boxes, ticked];
  }

  function tickAll(button) {
    const [boxes, ticked] = count(button.form);
    const all = ticked < boxes.length;
    boxes.forEach(function (box) { box.checked = all; });
    const text = button.textContent;
    button.textContent = button.dataset.tickAll;
    button.dataset.tickAll = text;
    count(button.form);
  }

  // A photo in full over the page, those beside it by button or key.
  function view(event, link) {
    event.preventDefault();
    const all = Array.from(document.querySelectorAll(".photos a"));
    const words = link.closest(".photos").dataset;
    const dialog = document.createElement("dialog");
    const image = document.createElement("img");
    const form = document.createElement("form");
    let at = all.indexOf(link);
    function show(step) {
      at = (at + step + all.length) % all.length;
      image.src = all[at].href;
      image.alt = all[at].querySelector("img").alt;
    }
    function button(text, act) {
      const made = document.createElement("button");
      made.className = "button second";
      made.textContent = text;
      if (act) { made.type = "button"; made.addEventListener("click", act); }
      form.append(made);
    }
    dialog.className = "viewer";
    form.method = "dialog";
    if (all.length > 1) button(words.back, function () { show(-1); });
    button(words.close);
    if (all.length > 1) button(words.next, function () { show(1); });
    dialog.addEventListener("keydown", function (key) {
      if (key.key === "ArrowLeft") show(-1);
      if (key.key === "ArrowRight") show(1);
    });
    image.addEventListener("click", function () { dialog.close(); });
    dialog.addEventListener("close", function () { dialog.remove(); link.focus(); });
    show(0);
    dialog.append(image, form);
    document.body.append(dialog);
    dialog.showModal();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  }

  function say(button) {
    const before = button.textContent;
    if (before === button.dataset.done) return;
    button.textContent = button.dataset.done;
    setTimeout(function () { button.textContent = before; }, 4000);
  }

  // The clipboard is there on secure addresses only; a community's own server may have none.
  function put(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  // The receipt as a picture: its lines and its code, drawn here, so that it lies among the photos.
  function draw(button) {
    const receipt = document.querySelector("section.receipt");
    const code = receipt.querySelector(".qr path");
    const side = receipt.querySelector(".qr svg").viewBox.baseVal.width;
    const [width, edge, font] = [720, 40, "28px " + getComputedStyle(document.body).fontFamily];
    const canvas = document.createElement("canvas");
    const ground = canvas.getContext("2d");
    ground.font = font;
    const lines = [];
    receipt.innerText.split("\n").filter(function (line) { return line.trim(); }).forEach(function (line) {
      let now = "";
      Array.from(line.trim()).forEach(function (letter) {
        if (ground.measureText(now + letter).width > width - 2 * edge) { lines.push(now); now = ""; }
        now += letter;
      });
      lines.push(now);
    });
    canvas.width = width;
    canvas.height = edge + lines.length * 44 + width - edge;
    ground.fillStyle = "#fff";
    ground.fillRect(0, 0, canvas.width, canvas.height);
    ground.fillStyle = "#000";
    ground.font = font;
    lines.forEach(function (line, n) { ground.fillText(line, edge, edge + 28 + n * 44); });
    ground.translate(edge, edge + lines.length * 44);
    ground.scale((width - 2 * edge) / side, (width - 2 * edge) / side);
    ground.fill(new Path2D(code.getAttribute("d")));
    canvas.toBlob(function (blob) {
      const link = document.createElement("a");
      const image = document.createElement("img");
      const told = document.createElement("p");
      link.href = image.src = URL.createObjectURL(blob);
      link.download = button.dataset.picture;
      image.alt = button.dataset.picture;
      told.textContent = button.dataset.keep;
      link.append(image);
      const shown = document.createElement("div");
      shown.className = "picture no-print";
      shown.setAttribute("role", "status");
      shown.append(told, link);
      button.parentElement.after(shown);
      button.remove();
    });
  }

  // Larger text without loading the page anew: a form half filled in, with its photos, stays.
  function larger(event, link) {
    if (typeof fetch !== "function") return;
    event.preventDefault();
    fetch(link.href, { redirect: "manual" }).then(function () {
      const root = document.documentElement;
      const elder = root.dataset.view !== "elder";
      if (elder) root.dataset.view = "elder"; else delete root.dataset.view;
      link.href = link.href.replace(/view=\w+/, elder ? "view=standard" : "view=elder");
      const text = link.textContent;
      link.textContent = link.dataset.resize;
      link.dataset.resize = text;
    }).catch(function () { location.href = link.href; });
  }

  // On a wide screen the desk stays where it is, and the page of a thing comes to stand beside it:
  // links and forms in that pane are followed there. Without this they lead to pages as ever.
  const bench = document.querySelector("[data-bench]");
  const pane = bench && bench.querySelector("[data-pane]");
  const wide = window.matchMedia("(min-width: 72rem)");
  const pages = typeof fetch === "function" && typeof DOMParser === "function";

  function beside() { return Boolean(pane) && pages && wide.matches; }

  if (bench) {
    bench.addEventListener("click", function (event) {
      const link = event.target.closest("a[href]");
      if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || !beside()) return;
      const to = new URL(link.href);
      const work = to.pathname.startsWith("/w/") && (pane.contains(link) || link.closest(".list"));
      const desk = to.pathname === "/desk/next" || (to.pathname === "/desk" && !link.closest("[data-live]"));
      if (to.origin !== location.origin || !(work || desk)) return;
      event.preventDefault();
      bring(link.href, pane);
    });
    bench.addEventListener("submit", function (event) {
      const form = event.target;
      if (form.method !== "post" || !beside()) return;
      event.preventDefault();
      const values = new FormData(form);
      const button = event.submitter;
      if (button && button.name) values.append(button.name, button.value);
      const parts = form.enctype === "multipart/form-data";
      // What becomes of many takes the place of their list.
      const place = form.matches(".many") ? bench.firstElementChild : pane;
      bring(form.action, place, { method: "POST", body: parts ? values : new URLSearchParams(values) });
    });
  }

  // Brings a page into its place; what was sent changes the desk, which is then read anew.
  async function bring(link, place, sent) {
    pane.setAttribute("aria-busy", "true");
    let answer, page;
    try {
      answer = await fetch(link, sent);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      // Whoever is without a network keeps what was typed.
      pane.removeAttribute("aria-busy");
      if (!sent) location.href = link;
      return able(bench, true);
    }
    pane.removeAttribute("aria-busy");
    const to = new URL(answer.url);
    if (to.pathname === "/desk") {
      const list = page.querySelector("[data-bench] > :first-child");
      if (!list) return void (location.href = answer.url);
      open(false);
      // The list comes back to its place, where what became of many stood there.
      if (!bench.querySelector("[data-live=list]")) {
        bench.firstElementChild.replaceChildren.apply(bench.firstElementChild, Array.from(list.cloneNode(true).childNodes));
      }
      return renew(page);
    }
    const main = page.querySelector("main");
    if (!main) return void (location.href = answer.url);
    place.replaceChildren.apply(place, Array.from(main.childNodes));
    open(place === pane);
    place.scrollTop = 0;
    ready(place);
    if (window.htmx) window.htmx.process(place);
    (place.querySelector("[autofocus]") || place).focus({ preventScroll: true });
    if (sent) await fetch(location.href).then(function (again) { return again.text(); }).then(function (text) {
      renew(new DOMParser().parseFromString(text, "text/html"));
    }).catch(function () { /* the list is as it was */ });
    here(to.pathname);
  }

  function open(is) {
    pane.hidden = !is;
    bench.classList.toggle("open", is);
  }

  // The parts of the desk that change, as another reading of it has them. What is ticked stays so.
  function renew(page) {
    const ticked = Array.from(bench.querySelectorAll("#list .tick input:checked")).map(function (box) { return box.value; });
    document.querySelectorAll("[data-live]").forEach(function (part) {
      const now = page.querySelector("[data-live=" + part.dataset.live + "]");
      if (now) part.replaceChildren.apply(part, Array.from(now.childNodes));
    });
    bench.querySelectorAll("#list .tick input").forEach(function (box) { box.checked = ticked.includes(box.value); });
    const form = bench.querySelector("form.many");
    if (form) count(form);
    able(bench, true);
  }

  function rows() { return bench ? Array.from(bench.querySelectorAll("#list .item h2 a")) : []; }

  function here(path) {
    rows().forEach(function (link) {
      if (new URL(link.href).pathname === path) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // Keys for whoever works through many: down, up, tick, next.
  document.addEventListener("keydown", function (event) {
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = document.querySelector("[data-pane] a.next") || document.querySelector("main a.next");
    if (event.key === "n" && next) return next.click();
    const links = rows();
    if (!links.length) return;
    const row = document.activeElement.closest("#list .item");
    const at = row ? links.indexOf(row.querySelector("h2 a")) : -1;
    if (event.key === "j") links[Math.min(at + 1, links.length - 1)].focus();
    if (event.key === "k") links[Math.max(at - 1, 0)].focus();
    const box = event.key === "x" && row ? row.querySelector(".tick input") : null;
    if (box) box.click();
  });

  // Photos from new phones are far larger than needed; old networks are slow.
  const LONGEST = 1600;
  function shrinks(root) { root.querySelectorAll("input[type=file][data-photos]").forEach(function (input) {
    const preview = document.createElement("div");
    preview.className = "preview";
    input.after(preview);
    input.addEventListener("change", async function () {
      preview.textContent = "";
      if (typeof createImageBitmap !== "function" || typeof DataTransfer !== "function") return;
      const chosen = Array.from(input.files);
      const smaller = new DataTransfer();
      for (const file of chosen) smaller.items.add(await shrink(file));
      if (chosen.some(function (file, n) { return file !== input.files[n]; })) return; // chosen anew meanwhile
      input.files = smaller.files;
      for (const file of input.files) {
        const image = document.createElement("img");
        image.alt = "";
        image.onload = function () { URL.revokeObjectURL(image.src); };
        image.src = URL.createObjectURL(file);
        preview.append(image);
      }
    });
  }); }

  // A browser draws half a JPEG and says nothing. Whether it has its end mark is the server's to
  // judge: this one only must not make a whole picture of it.
  async function isWhole(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return true;
    for (let n = bytes.length - 1; n > bytes.length / 2; n--) {
      if (bytes[n] === 0xd9 && bytes[n - 1] === 0xff) return true;
    }
    return false;
  }

  async function shrink(file) {
    try {
      if (!(await isWhole(file))) return file;
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
      if (scale === 1) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      const ground = canvas.getContext("2d");
      // JPEG has no transparency: what is not there would come out black.
      ground.fillStyle = "#fff";
      ground.fillRect(0, 0, canvas.width, canvas.height);
      ground.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
      bitmap.close();
      return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch (error) {
      return file; // The server says what is wrong with it.
    }
  }

  // What was typed survives a dropped connection or a closed page, on this device only. It belongs
  // to one form and to whoever is signed in, for half an hour. A device is passed on: so it is
  // offered, and nobody reads it who does not ask for it.
  const LASTS = 30 * 60 * 1000;

  function draft(key) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      const age = Date.now() - kept.at;
      if (kept.text && age >= 0 && age < LASTS) return kept;
    } catch (error) { /* not ours, or storage is off */ }
    forget(key);
    return null;
  }

  function forget(key) {
    try { sessionStorage.removeItem(key); } catch (error) { /* storage may be off */ }
  }

  // All drafts of this tab whose keys begin so.
  function drafts(front) {
    try {
      return Object.keys(sessionStorage).filter(function (key) { return key.startsWith(front); });
    } catch (error) {
      return []; // storage is off
    }
  }

  function clock(at) {
    const two = function (n) { return String(n).padStart(2, "0"); };
    const time = new Date(at);
    return two(time.getHours()) + ":" + two(time.getMinutes());
  }

  function offer(area, key, kept) {
    const line = document.createElement("p");
    line.className = "actions";
    line.setAttribute("role", "status");
    const button = function (text, act) {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "button second";
      one.textContent = text;
      one.addEventListener("click", function () { act(); line.remove(); area.focus(); });
      line.append(one);
    };
    button(area.dataset.offer.replace("{time}", clock(kept.at)), function () { area.value = kept.text; });
    button(area.dataset.drop, function () { forget(key); });
    area.before(line);
    area.addEventListener("input", function () { line.remove(); }, { once: true });
  }

  document.querySelectorAll("[data-forget]").forEach(function (mark) {
    drafts("yishi:" + mark.dataset.forget + ":").forEach(forget);
  });
  drafts("yishi:").forEach(draft);
  function keeps(root) { root.querySelectorAll("textarea[data-keep]").forEach(function (area) {
    const who = area.form.querySelector("input[name=who]");
    const key = ["yishi", area.dataset.keep, area.form.getAttribute("action"), who ? who.value : ""].join(":");
    const kept = area.value ? null : draft(key);
    if (kept) offer(area, key, kept);
    area.addEventListener("input", function () {
      if (!area.value) return forget(key);
      try {
        sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), text: area.value }));
      } catch (error) { /* storage may be off */ }
    });
  }); }

  // What a page needs that has come, whole or into the pane.
  function ready(root) {
    shrinks(root);
    keeps(root);
  }
  ready(document);
})();
