/* Plain forms on Dash pages: inputs that Dash has no component for, and printing. */
(function () {
  "use strict";
  function fill(slot) {
    if (slot.firstChild) { return; }
    var input = document.createElement("input");
    var told = JSON.parse(slot.dataset.control);
    Object.keys(told).forEach(function (name) { input.setAttribute(name, told[name]); });
    slot.appendChild(input);
    if (told.type === "file") { say(slot, input); }
  }
  // The browser writes "no file chosen" in its own language: ours stands instead, the field stays.
  function say(slot, input) {
    var words = window.deskTexts || {};
    var pick = document.createElement("span"), picked = document.createElement("span");
    pick.className = "pick"; picked.className = "picked";
    pick.setAttribute("aria-hidden", "true");
    pick.textContent = words.pick; picked.textContent = words.nothing_picked;
    input.addEventListener("change", function () {
      picked.textContent = input.files.length ? input.files[0].name : words.nothing_picked;
    });
    slot.appendChild(pick); slot.appendChild(picked);
  }
  function look() { document.querySelectorAll("[data-control]").forEach(fill); }
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });
  // A form that is under way cannot be sent twice.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post") { return; }
    setTimeout(function () {
      event.target.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
    }, 0);
  });
})();
