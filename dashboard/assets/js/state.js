/* What the page does by itself: it writes the address, mounts the strip and the table, steps the month, sorts, copies.
   None of it costs a request. Ids come from Dash; nothing here knows one. No text becomes HTML. */
(function () {
  "use strict";

  const NARROW = "(max-width: 719.98px)";
  const unchanged = () => window.dash_clientside.no_update;

  /* ---- the view and its address: pure -------------------------------------------------------------------------- */

  /* The canonical query of a view, without "?": the parts in their order, those at their default left out. `rules` come
     from the server, which reads and writes the same addresses. */
  function query(parts, rules) {
    const direction = parts.dir || rules.defaults.dir;
    const main = rules.mainRoutes[direction];
    const route = rules.routeDirections[parts.route] === direction ? parts.route : main;
    const given = { ...parts, dir: direction, route: route };
    const defaults = { ...rules.defaults, route: main };
    return rules.parts
      .filter((name) => given[name] !== undefined && given[name] !== null && written(given[name]) !== written(defaults[name]))
      .filter((name) => written(given[name]) !== "")
      .map((name) => `${name}=${encoded(written(given[name]))}`)
      .join("&");
  }

  /* The parts that no control of the bar writes: as the address has them, but for what a region has just put. */
  function regionParts(address, patch, rules) {
    const given = new URLSearchParams(address);
    const names = rules.regionParts || [];
    const there = names.filter((name) => given.get(name)).map((name) => [name, given.get(name)]);
    const put = Object.entries(patch || {}).filter(([name]) => names.includes(name));
    return { ...Object.fromEntries(there), ...Object.fromEntries(put) };
  }

  function written(value) {
    return Array.isArray(value) ? value.join(",") || "none" : String(value === undefined || value === null ? "" : value);
  }

  function encoded(text) {
    return encodeURIComponent(text).replace(/%3A/g, ":").replace(/%40/g, "@").replace(/%2C/g, ",");
  }

  /* Layers in the order in which the address names them, whatever the order in which they were ticked. */
  function inOrder(layers, order) {
    return (order || []).filter((layer) => (layers || []).includes(layer));
  }

  /* The month so many later, kept within the first and the last that there is. */
  function monthPlus(month, months, first, last) {
    const [year, at] = month.split("-").map(Number);
    const count = year * 12 + at - 1 + months;
    const stepped = `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
    return stepped < first ? first : stepped > last ? last : stepped;
  }

  /* Rows by one column: numbers by size, words by the reader's language; what is unknown comes last either way. */
  function sortedRows(rows, column, descending, lang) {
    const key = (row) => row.cells[column].value;
    const known = (row) => key(row) !== null && key(row) !== undefined && key(row) !== "";
    const words = new Intl.Collator(lang || undefined, { numeric: true });
    const by = (one, other) =>
      typeof key(one) === "number" && typeof key(other) === "number" ? key(one) - key(other) : words.compare(key(one), key(other));
    const order = rows.filter(known).map((row, at) => ({ row: row, at: at }));
    order.sort((one, other) => (descending ? -1 : 1) * by(one.row, other.row) || one.at - other.at);
    return [...order.map((one) => one.row), ...rows.filter((row) => !known(row))];
  }

  /* ---- the view and its address: what Dash asks for ------------------------------------------------------------ */

  /* The query of what the controls say, also written to the address; unchanged where it says the same as before.
     The window is one of the offered ones, or "other" and then the hours beside it. */
  function view_from_controls(
    q, date, earlier, dir, route, service, window_, other, whom, status, lang, layers, table, at, rules, current, patch,
  ) {
    if (!rules || !q) return unchanged();
    const since = earlier && earlier < date ? earlier : "";
    const hours = window_ === "other" ? other : window_;
    if (hours === null || hours === undefined || hours === "") return unchanged();
    const has = (rules.tables || {})[q] || [table];
    const parts = {
      ...regionParts(window.location.search, patch, rules), q, date, since, dir, route, service, window: hours, whom, status, lang,
      layers: inOrder(layers, rules.layers || ["services", "state", "reports"]), table: has.includes(table) ? table : has[0], at,
    };
    const asked = query(parts, rules);
    const address = window.location.pathname + (asked ? `?${asked}` : "");
    if (address !== window.location.pathname + window.location.search) window.history.replaceState(null, "", address);
    return asked === current ? unchanged() : asked;
  }

  /* The routes of a direction, and the one that is chosen: its main route where the chosen one goes the other way. */
  function routes_for(direction, options, route, rules) {
    if (!rules || !options) return [unchanged(), unchanged()];
    const along = options.filter((option) => rules.routeDirections[option.value] === direction);
    const chosen = rules.routeDirections[route] === direction ? route : rules.mainRoutes[direction];
    return [along, chosen === route ? unchanged() : chosen];
  }

  function month_stepped(previous, next, month, rules) {
    const clicked = (window.dash_clientside.callback_context.triggered[0] || {}).prop_id || "";
    if (!clicked || !rules || !month) return unchanged();
    const back = clicked.startsWith(`${window.dash_clientside.callback_context.inputs_list[0].id}.`);
    return monthPlus(month, back ? -1 : 1, rules.first, rules.last);
  }

  function language_applied(lang, title) {
    if (lang) document.documentElement.lang = lang;
    if (title) document.title = title;
  }

  /* ---- the strip ----------------------------------------------------------------------------------------------- */

  const strips = {};

  /* The drawing for the width that there is, put into its place; what had the focus has it again. */
  function strip_mounted(strip, id) {
    if (!strip) return;
    strips[id] = strip;
    mount(id);
  }

  function mount(id) {
    const place = document.getElementById(id);
    const text = strips[id][window.matchMedia(NARROW).matches ? "upright" : "horizontal"];
    if (!place || !text) return;
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (drawing.nodeName !== "svg") throw new Error("the strip is not a drawing");
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("data-at") : null;
    place.replaceChildren(document.importNode(drawing, true));
    refocus(place, focused);
  }

  function refocus(place, at) {
    const again = at && [...place.querySelectorAll("[data-at]")].find((node) => node.getAttribute("data-at") === at);
    if (again) again.focus({ preventScroll: true });
  }

  window.matchMedia(NARROW).addEventListener("change", () => Object.keys(strips).forEach(mount));

  /* ---- charts -------------------------------------------------------------------------------------------------- */

  let charts = {};
  const PATIENCE = 60; /* frames until a place that was announced must be there */

  /* Every drawing into the element that names it; the elements come with the same answer and may be a frame late. */
  function charts_mounted(drawings, region, waited) {
    charts = drawings;
    const places = drawn(region);
    if (Object.keys(charts).some((name) => !places[name]) && (waited || 0) < PATIENCE) {
      window.requestAnimationFrame(() => charts === drawings && charts_mounted(drawings, region, (waited || 0) + 1));
      return;
    }
    Object.entries(places).forEach(([name, place]) => charts[name] && put(place, charts[name]));
  }

  function drawn(region) {
    const nodes = [...document.getElementById(region).querySelectorAll("[data-chart]")];
    return Object.fromEntries(nodes.map((node) => [node.getAttribute("data-chart"), node]));
  }

  function put(place, drawing) {
    const text = drawing[window.matchMedia(NARROW).matches ? "narrow" : "wide"];
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (svg.nodeName !== "svg") throw new Error("the chart is not a drawing");
    place.replaceChildren(document.importNode(svg, true));
  }

  window.matchMedia(NARROW).addEventListener("change", () => {
    document.querySelectorAll("[data-chart]").forEach((place) => {
      const drawing = charts[place.getAttribute("data-chart")];
      if (drawing) put(place, drawing);
    });
  });

  /* ---- what can be chosen in the strip and in the table -------------------------------------------------------- */

  /* An element that carries data-at, within one that names in data-selects the store to fill. */
  function chosen(event) {
    const node = event.target.closest ? event.target.closest("[data-at]") : null;
    const place = node && node.closest("[data-selects]");
    return place ? { store: place.getAttribute("data-selects"), at: node.getAttribute("data-at") } : null;
  }

  function choose(choice) {
    window.dash_clientside.set_props(choice.store, { data: choice.at });
  }

  document.addEventListener("click", (event) => {
    const choice = chosen(event);
    if (choice) choose(choice);
  });

  document.addEventListener("keydown", (event) => {
    const choice = event.key === "Enter" || event.key === " " ? chosen(event) : null;
    if (!choice || event.target.closest("button, a")) return; /* those make a click of their own */
    event.preventDefault();
    choose(choice);
  });

  /* ---- what the regions of a question put into the address ----------------------------------------------------- */

  /* A part of the view that is put: {part: value}; what is a list is put whole, its values joined by commas. */
  function parts_put(patch) {
    const place = document.querySelector("[data-parts]");
    if (place) window.dash_clientside.set_props(place.getAttribute("data-parts"), { data: { patch: patch, at: Date.now() } });
  }

  function partOf(event) {
    return event.target.closest ? event.target.closest("[data-parts] [data-part]") : null;
  }

  /* A button with data-part puts its data-value; a field within an element with data-part puts what is written in it,
     between that element's data-before and data-after where it has them: so one field writes its place in a list. */
  document.addEventListener("click", (event) => {
    const node = partOf(event);
    if (node && node.hasAttribute("data-value")) parts_put({ [node.getAttribute("data-part")]: node.getAttribute("data-value") });
  });

  document.addEventListener("change", (event) => {
    const node = partOf(event);
    if (!node || node.hasAttribute("data-value") || !event.target.reportValidity()) return;
    const [before, after] = ["data-before", "data-after"].map((name) => node.getAttribute(name) || "");
    parts_put({ [node.getAttribute("data-part")]: `${before}${event.target.value}${after}` });
  });

  /* ---- the table ----------------------------------------------------------------------------------------------- */

  const tables = {};

  /* A table of {caption, lang, empty, columns: [{key, label, numeric}], rows: [{at, cells: [{text, value}]}]}; the order that the
     reader chose is kept where the next table has the same column. */
  function table_mounted(table, id) {
    if (!table) return;
    const before = tables[id] || {};
    const kept = before.key && table.columns.some((column) => column.key === before.key);
    tables[id] = { table: table, key: kept ? before.key : null, descending: kept && before.descending };
    draw(id);
  }

  function draw(id) {
    const place = document.getElementById(id);
    if (!place) return;
    const { table, key, descending } = tables[id];
    const column = table.columns.findIndex((one) => one.key === key);
    const rows = column < 0 ? table.rows : sortedRows(table.rows, column, descending, table.lang);
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const sorter = focused && focused.getAttribute("data-sort");
    const at = focused && focused.getAttribute("data-at");
    const whole = node("table", { class: "table" });
    whole.append(node("caption", { class: "table-caption" }, table.caption), head(table, key, descending), body(table, rows));
    place.replaceChildren(whole);
    if (sorter) place.querySelector(`[data-sort="${CSS.escape(sorter)}"]`).focus({ preventScroll: true });
    refocus(place, at);
  }

  function node(tag, attributes, text) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => value !== null && made.setAttribute(name, value));
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  }

  function head(table, key, descending) {
    const row = node("tr", {});
    table.columns.forEach((column) => {
      const sorted = column.key !== key ? "none" : descending ? "descending" : "ascending";
      const cell = node("th", { scope: "col", "aria-sort": sorted, class: column.numeric ? "is-numeric" : null });
      cell.append(node("button", { type: "button", class: "table-sort", "data-sort": column.key }, column.label));
      row.append(cell);
    });
    const whole = node("thead", {});
    whole.append(row);
    return whole;
  }

  function body(table, rows) {
    const whole = node("tbody", {});
    if (!rows.length) {
      const line = node("tr", {});
      line.append(node("td", { colspan: String(table.columns.length) }, table.empty));
      whole.append(line);
    }
    rows.forEach((row) => {
      const line = node("tr", { class: row.selected ? "is-selected" : null });
      row.cells.forEach((cell, at) => {
        const numeric = table.columns[at].numeric ? "is-numeric" : null;
        const made = node(at ? "td" : "th", { scope: at ? null : "row", class: numeric });
        made.append(at === 0 && row.at ? node("button", { type: "button", class: "link", "data-at": row.at }, cell.text) : cell.text);
        if (cell.swatch) made.prepend(node("span", { class: `swatch swatch--${cell.swatch}`, "aria-hidden": "true" }));
        line.append(made);
      });
      whole.append(line);
    });
    return whole;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest ? event.target.closest("[data-sort]") : null;
    const id = button && Object.keys(tables).find((one) => (document.getElementById(one) || button).contains(button) && document.getElementById(one));
    if (!id) return;
    const key = button.getAttribute("data-sort");
    tables[id] = { ...tables[id], descending: tables[id].key === key && !tables[id].descending, key: key };
    draw(id);
  });

  /* ---- copying ------------------------------------------------------------------------------------------------- */

  /* Copies what an element says and answers with what to tell the reader: {copied, failed} in their language. */
  function text_copied(clicks, source, said) {
    if (!clicks) return unchanged();
    const place = document.getElementById(source);
    return copied(place ? place.innerText : String(source || "")).then(
      () => said.copied,
      () => said.failed,
    );
  }

  function address_copied(clicks, said) {
    return clicks ? copied(window.location.href).then(() => said.copied, () => said.failed) : unchanged();
  }

  /* A button that carries data-copies copies that, and what stands after it says so. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest ? event.target.closest("[data-copies]") : null;
    if (!button) return;
    const say = (name) => () => (button.nextElementSibling.textContent = button.getAttribute(name));
    copied(button.getAttribute("data-copies")).then(say("data-copied"), say("data-failed"));
  });

  function copied(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const holder = node("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    holder.value = text;
    document.body.append(holder);
    holder.select();
    const done = document.execCommand("copy");
    holder.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  window.amparo = Object.assign(window.amparo || {}, { state: { query, monthPlus, sortedRows, inOrder, regionParts, parts_put } });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.amparo = Object.assign(window.dash_clientside.amparo || {}, {
    view_from_controls, routes_for, month_stepped, language_applied, strip_mounted, table_mounted, charts_mounted, text_copied, address_copied,
  });
})();
