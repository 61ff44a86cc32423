/* The few things the browser does by itself: titles, filters into the address, jumping to a mark,
   opening what a chart's point stands for.  Texts come from /texts.js (messages_zh.toml). */
(function () {
  "use strict";

  function go(href) {
    // dcc.Location listens for this event; the page is filled without a reload.
    window.history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  /* A session that has ended answers 401: the way on is the login, not a page that never comes. */
  const fetching = window.fetch;
  window.fetch = function () {
    return fetching.apply(window, arguments).then(function (response) {
      if (response.status === 401) window.location.assign("/login");
      return response;
    });
  };

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

  /* Review: a decision is sent without leaving the page; the row gives way to the answer. */
  function decide(form, button) {
    const data = new URLSearchParams(new FormData(form));
    data.set("decision", button.value);
    form.querySelectorAll("button").forEach(function (each) { each.disabled = true; });
    const answer = document.getElementById("review-answer");
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin" })
      .then(function (response) {
        return response.json().then(function (told) { return { fine: response.ok, words: told.words || told.error }; });
      })
      .catch(function () { return { fine: false, words: (window.deskTexts || {}).unreachable }; })
      .then(function (told) {
        answer.textContent = told.words;
        answer.classList.toggle("answer-bad", !told.fine);
        if (told.fine) {
          const next = form.nextElementSibling || form.previousElementSibling;
          form.hidden = true;
          if (next) next.focus();
        } else {
          form.querySelectorAll("button").forEach(function (each) { each.disabled = false; });
        }
      });
  }

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.decision");
    if (!form) return;
    event.preventDefault();
    if (event.submitter) decide(form, event.submitter);
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const form = document.activeElement && document.activeElement.closest("form.decision");
    if (!form) return;
    const typing = document.activeElement.matches("input, select, textarea");
    const all = Array.from(document.querySelectorAll("form.decision:not([hidden])"));
    const press = function (value) {
      const button = form.querySelector('button[value="' + value + '"]');
      if (button) { event.preventDefault(); button.click(); }
    };
    const step = function (by) {
      const next = all[all.indexOf(form) + by];
      if (next) { event.preventDefault(); next.focus(); }
    };
    if (event.key === "Escape") form.focus();
    if (typing) return;
    if (event.key === "a") press("accepted");
    if (event.key === "x") press("rejected");
    if (event.key === "s") press("corrected");
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "e") {
      const details = form.querySelector("details");
      if (details) {
        event.preventDefault();
        details.open = true;
        const first = details.querySelector("input");
        if (first) first.focus();
      }
    }
  });

  /* Pictures of a chart, made in the browser. */
  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-picture]");
    if (!button || !window.Plotly) return;
    const section = button.closest("section");
    const plot = section && section.querySelector(".js-plotly-plot");
    if (plot) window.Plotly.downloadImage(plot, { format: button.dataset.picture, filename: button.dataset.name,
      width: 1200, height: 560, scale: 2 });
  });

  /* A narrow window leaves the expected value out of the grid and makes columns narrower; a phone keeps
     light, name and gap. The rest is a click away. */
  const phone = window.matchMedia("(max-width: 700px)");
  const narrow = window.matchMedia("(max-width: 1200px)");
  function fit() {
    if (!document.getElementById("targets") || !window.dash_ag_grid) return;
    window.dash_ag_grid.getApiAsync("targets").then(function (api) {
      if (api.isDestroyed()) return;
      api.setColumnsVisible(["place", "office", "target", "deadline", "actual", "trend"], !phone.matches);
      api.setColumnsVisible(["expected"], !narrow.matches);
      const share = narrow.matches && !phone.matches ? 0.88 : 1;
      api.applyColumnState({ state: api.getColumns().map(function (column) { return column.getColDef(); })
        .filter(function (each) { return each.width; })
        .map(function (each) { return { colId: each.field, width: Math.round(each.width * share) }; }) });
    }).catch(function () { /* the page has moved on */ });
  }
  phone.addEventListener("change", fit);
  narrow.addEventListener("change", fit);

  function settle() {
    fit();
    const mark = window.location.hash.slice(1);
    const there = mark && document.getElementById(decodeURIComponent(mark));
    document.querySelectorAll(".found").forEach(function (each) { each.classList.remove("found"); });
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

  window.addEventListener("hashchange", settle);

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

  /* Cells of the grid. */
  const create = function () { return window.React.createElement.apply(null, arguments); };
  const glyphs = { green: "●", yellow: "▲", red: "■", grey: "○" };
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  cells.LightCell = function (props) {
    if (!props.data) return create("span", { className: "muted" }, (window.deskTexts || {}).loading);
    if (props.data.group) return null;
    const light = props.data.light;
    return create("span", { className: "light light-" + light },
      create("span", { className: "glyph glyph-" + light, "aria-hidden": "true" }, glyphs[light]),
      create("span", null, props.value));
  };

  cells.LinkCell = function (props) {
    if (!props.data) return null;
    if (props.data.group) return create("span", { className: "group-name", title: props.data.group }, props.data.group,
      create("span", { className: "muted" }, props.data.counts));
    const follow = function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(props.data.href);
    };
    return create("span", { className: "link-cell" },
      create("a", { href: props.data.href, onClick: follow, title: props.value }, props.value),
      props.data.mark ? create("span", { className: "badge badge-demonstration" }, props.data.mark) : null);
  };

  cells.SparkCell = function (props) {
    const values = (props.data && !props.data.group && props.value) || [];
    if (!values.length) return null;
    const low = Math.min.apply(null, values), high = Math.max.apply(null, values);
    const width = 84, height = 24, step = values.length > 1 ? width / (values.length - 1) : 0;
    const points = values.map(function (value, index) {
      const share = high > low ? (value - low) / (high - low) : 0.5;
      return [3 + index * step, 3 + (1 - share) * height];
    });
    const last = points[points.length - 1];
    return create("svg", { width: 90, height: 30, role: "img", "aria-label": values.join(" "), className: "spark" },
      create("polyline", { points: points.map(function (p) { return p.join(","); }).join(" "),
        fill: "none", stroke: "#14263d", strokeWidth: 1.5 }),
      create("circle", { cx: last[0], cy: last[1], r: 2.5, fill: "#14263d" }));
  };
  window.desk = { go: go };
})();
