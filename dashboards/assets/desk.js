/* The few things the browser does by itself: titles, filters into the address, jumping to a mark,
   opening what a chart's point stands for.  Texts come from /texts.js (messages_zh.toml). */
(function () {
  "use strict";

  function go(href) {
    // dcc.Location listens for this event; the page is filled without a reload.
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function chosen() {
    const query = new URLSearchParams(window.location.search);
    document.querySelectorAll("form.chooser").forEach(function (form) {
      form.querySelectorAll("select[name], input[name]").forEach(function (field) {
        const value = field.value.trim();
        const standard = field.name === "quarter" ? form.dataset.defaultQuarter : "";
        if (value && value !== standard) query.set(field.name, value);
        else query.delete(field.name);
      });
    });
    const written = query.toString();
    return window.location.pathname + (written ? "?" + written : "");
  }

  document.addEventListener("change", function (event) {
    if (event.target.closest("form.chooser")) go(chosen());
  });

  document.addEventListener("submit", function (event) {
    if (event.target.closest("form.chooser")) {
      event.preventDefault();
      go(chosen());
    }
  });

  function settle() {
    const mark = window.location.hash.slice(1);
    const there = mark && document.getElementById(decodeURIComponent(mark));
    if (there) {
      there.scrollIntoView({ block: "center" });
      there.classList.add("found");
    }
    document.querySelectorAll(".js-plotly-plot").forEach(function (plot) {
      if (plot.dataset.opens || !plot.on) return;
      plot.dataset.opens = "yes";
      plot.on("plotly_click", function (event) {
        const href = event.points[0] && event.points[0].customdata;
        if (typeof href === "string" && href.startsWith("/")) go(href);
      });
    });
  }

  let lastPath = window.location.pathname;
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = {
    settle: function (title) {
      if (title) document.title = title;
      if (window.location.pathname !== lastPath && !window.location.hash) window.scrollTo(0, 0);
      lastPath = window.location.pathname;
      // Charts are drawn after the page's children are in place.
      [0, 300, 1200, 3000].forEach(function (wait) { window.setTimeout(settle, wait); });
      return window.dash_clientside.no_update;
    },
  };
  window.desk = { go: go };
})();
