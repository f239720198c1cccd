// Only quickens: every page does its work without this script.
"use strict";
(function () {
  document.documentElement.classList.add("js");

  // A button disabled by its own click would swallow the form; wait until it is on its way.
  document.addEventListener("submit", function (event) {
    const button = event.target.querySelector("button[type=submit]");
    if (button) setTimeout(function () { button.disabled = true; }, 0);
  });
  // Coming back with the browser's button finds the form as it was.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button[type=submit]").forEach(function (button) { button.disabled = false; });
  });

  document.addEventListener("click", function (event) {
    const print = event.target.closest("[data-print]");
    if (print) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(function () {
        copy.textContent = copy.dataset.done;
      });
    }
  });

  // Photos from new phones are far larger than needed; old networks are slow.
  const LONGEST = 1600;
  document.querySelectorAll("input[type=file][data-photos]").forEach(function (input) {
    const preview = document.createElement("div");
    preview.className = "preview";
    input.after(preview);
    input.addEventListener("change", async function () {
      preview.textContent = "";
      if (typeof createImageBitmap !== "function" || typeof DataTransfer !== "function") return;
      const smaller = new DataTransfer();
      for (const file of input.files) smaller.items.add(await shrink(file));
      input.files = smaller.files;
      for (const file of input.files) {
        const image = document.createElement("img");
        image.alt = "";
        image.src = URL.createObjectURL(file);
        preview.append(image);
      }
    });
  });

  async function shrink(file) {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
      if (scale === 1) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
      return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch (error) {
      return file; // The server says what is wrong with it.
    }
  }

  // What was typed survives a dropped connection or a closed page, on this device only.
  document.querySelectorAll("textarea[data-keep]").forEach(function (area) {
    const key = "yishi:" + area.dataset.keep;
    try {
      if (!area.value) area.value = sessionStorage.getItem(key) || "";
      area.addEventListener("input", function () { sessionStorage.setItem(key, area.value); });
    } catch (error) { /* storage may be off */ }
  });
  document.querySelectorAll("[data-forget]").forEach(function (mark) {
    try { sessionStorage.removeItem("yishi:" + mark.dataset.forget); } catch (error) { /* storage may be off */ }
  });
})();
