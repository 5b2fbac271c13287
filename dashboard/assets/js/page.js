/* How the page's own wires hang together in the browser. */
(function () {
  "use strict";

  const amparo = () => window.dash_clientside.amparo;
  const unchanged = () => window.dash_clientside.no_update;

  function partsStore() {
    return document.querySelector("[data-parts]").getAttribute("data-parts");
  }

  /* The query of the view. Until something is selected by hand, the address says what is. */
  function view_written(
    q, date, since, dir, route, service, window_, other, whom, status, lang, layers, table, at, put, rules, current,
  ) {
    const triggered = window.dash_clientside.callback_context.triggered.map((one) => one.prop_id.split(".")[0]);
    const patch = put && triggered.includes(partsStore()) ? put.patch : null;
    const given = new URLSearchParams(window.location.search).get("at") || "";
    const selected = at === null || at === undefined ? given : at;
    const [earlier, audience] = [since === "year_earlier" ? "" : since, whom === "anybody" ? "" : whom];
    return amparo().view_from_controls(
      q, date, earlier, dir, route, service, window_, other, audience, status, lang, layers, table, selected, rules,
      current, patch,
    );
  }

  /* The address to read the words for: the view's own, where it speaks another language than the page does. */
  function language_asked(view, texts) {
    const lang = new URLSearchParams(view || "").get("lang");
    return lang && texts && lang !== texts.lang ? `?${view}` : unchanged();
  }

  /* The routes of a direction, by their names in the language of the page. */
  function routes_along(direction, texts, route, rules) {
    return amparo().routes_for(direction, texts && texts.routes, route, rules);
  }

  /* The tables of a question, and the one that is shown: its first where it has not the one that was. */
  function tables_of(question, texts, table) {
    const options = (texts && texts.tables && texts.tables[question]) || null;
    if (!options) return [unchanged(), unchanged()];
    const has = options.some((option) => option.value === table);
    return [options, has ? unchanged() : options[0].value];
  }

  /* The earlier months: those that are not before the date cannot be chosen. */
  function months_before(date, options) {
    if (!date || !options) return unchanged();
    return options.map((option) => ({ ...option, disabled: /^\d/.test(option.value) && option.value >= date }));
  }

  /* The drawings of a question's own regions, put into their places once these are there. */
  function charts_shown(charts, region) {
    if (charts) amparo().charts_mounted(charts, region);
    return unchanged();
  }

  function page_named(texts) {
    amparo().language_applied(texts.lang, texts.title);
    return unchanged();
  }

  /* What had the focus has it again when its region is written anew in another language; a click elsewhere lets it go. */
  let focused = "";
  document.addEventListener("focusin", (event) => (focused = event.target.id));
  document.addEventListener("pointerdown", () => (focused = ""), true);
  new MutationObserver(() => {
    const again = document.activeElement === document.body && focused ? document.getElementById(focused) : null;
    if (again) again.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* Of the buttons that put a part of the view the one that was pressed has the focus again, by its name or its value, when
     its region is written anew; where it is there no more, the first that puts the same part has it. */
  let pressed = null;
  document.addEventListener("click", (event) => {
    const node = event.target.closest ? event.target.closest("[data-part][data-value]") : null;
    pressed = node && ["data-part", "aria-label", "data-value"].map((name) => node.getAttribute(name));
  });
  document.addEventListener("focusin", (event) => {
    if (pressed && event.target.getAttribute("data-part") !== pressed[0]) pressed = null;
  });
  new MutationObserver(() => {
    if (!pressed || document.activeElement !== document.body) return;
    const [part, name, value] = pressed;
    const alike = [...document.querySelectorAll("[data-part][data-value]")].filter((one) => one.getAttribute("data-part") === part);
    const again = alike.find((one) => (name ? one.getAttribute("aria-label") === name : one.getAttribute("data-value") === value));
    if (again || alike[0]) (again || alike[0]).focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* A link within the page leads the focus there and leaves the address, which names the view, as it is. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    place.focus();
  });

  /* On a phone what is chosen less often, and the legend, are folded away until they are asked for. */
  function folded(_, controls) {
    if (!window.matchMedia("(max-width: 719.98px)").matches) return unchanged();
    document.querySelectorAll(`#${controls} details, .legend details`).forEach((part) => part.removeAttribute("open"));
    return unchanged();
  }

  function strip_shown(strip, id) {
    amparo().strip_mounted(strip, id);
    return unchanged();
  }

  function table_shown(table, id) {
    amparo().table_mounted(table, id);
    return unchanged();
  }

  /* The links by which the table and the map of the present view are taken away. */
  function download_at(view) {
    return ["table.csv", "map.html"].map((file) => `/download/${file}${view ? `?${view}` : ""}`);
  }

  /* The link to the method, from which another leads back to the present view. */
  function method_at(view) {
    return `/method${view ? `?${view}` : ""}`;
  }

  /* The link to the page on planning, whose case is that of the present view. */
  function planning_at(view) {
    return `/planning${view ? `?${view}` : ""}`;
  }

  /* The link to the indicators, which start from the month of the present view. */
  function indicators_at(view) {
    return `/indicators${view ? `?${view}` : ""}`;
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.amparo = Object.assign(window.dash_clientside.amparo || {}, {
    view_written, language_asked, routes_along, tables_of, months_before, charts_shown, page_named, folded, strip_shown, table_shown, download_at, method_at, planning_at, indicators_at,
  });
})();
