/* A form that carries a file shows how far it has come: bytes sent, then the steps of the server.
   Without this script it is a plain form post that leads to the same page. */
(function () {
  "use strict";
  const texts = function () { return window.deskTexts || {}; };

  function made(form) {
    const box = document.createElement("div"), bar = document.createElement("progress"), said = document.createElement("span");
    box.className = "sending"; bar.max = 100; bar.value = 0;
    bar.setAttribute("aria-label", texts().uploading);
    said.setAttribute("role", "status");
    box.append(bar, said);
    form.querySelectorAll(".sending").forEach(function (old) { old.remove(); });
    form.append(box);
    return { bar: bar, say: function (words, bad) { said.textContent = words; said.classList.toggle("answer-bad", Boolean(bad)); } };
  }

  function token() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(18));
    return Array.from(bytes, function (each) { return each.toString(16).padStart(2, "0"); }).join("");
  }

  function send(form) {
    const shown = made(form), data = new FormData(form), watch = token(), asking = new XMLHttpRequest();
    let watching = 0;
    data.append("watch", watch);
    function failed(words) {
      window.clearInterval(watching);
      shown.bar.remove();
      shown.say(words, true);
      form.querySelectorAll("button").forEach(function (button) { button.disabled = false; });
    }
    asking.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) return;
      const share = Math.round(100 * event.loaded / event.total);
      shown.bar.value = share;
      shown.say(texts().uploading + " " + share + "%");
    });
    asking.upload.addEventListener("load", function () {
      shown.bar.removeAttribute("value");
      shown.say(texts().working);
      if (!form.dataset.steps) return;
      watching = window.setInterval(function () {
        fetch(form.dataset.steps + watch, { credentials: "same-origin" })
          .then(function (response) { return response.ok ? response.json() : {}; })
          .then(function (told) { if (told.words) shown.say(told.words); })
          .catch(function () {});
      }, 500);
    });
    asking.addEventListener("load", function () {
      window.clearInterval(watching);
      if (asking.status === 401) { window.location.assign("/login"); return; }
      if (asking.status < 300) { window.desk.go(asking.responseURL.replace(window.location.origin, "")); return; }
      let words = texts().unreachable;
      try { words = JSON.parse(asking.responseText).error || words; } catch (error) { /* not ours */ }
      failed(words);
    });
    asking.addEventListener("error", function () { failed(texts().unreachable); });
    asking.open("POST", form.action);
    asking.setRequestHeader("Accept", "application/json");
    asking.send(data);
  }

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.upload, form.hand-in");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    send(form);
  });
})();
