/* The editor of a plan: it reads the form of one more change, keeps what was before, and lets a point of the map choose a
   place. The plan itself stands in the address. The pure parts are on window.amparo.plan. Every word comes from the page. */
(function () {
  "use strict";

  const NEAR_KM = 5;
  const RADIANS = Math.PI / 180;
  const EARTH_KM = 6371.0088;

  /* ---- changes as text: pure; the server reads and writes the same ---------------------------------------------- */

  const OF_SERVICE = ["close", "suspend", "upgrade", "move"];
  const ABLE = ["open", "upgrade", "mobile"];

  /* The text of a change: {kind, target, capabilities, since, until, cost, visits}. */
  function changeText(change) {
    const target = change.kind === "mobile" ? change.visits.map(visitText).join("~") : change.target;
    const able = ABLE.includes(change.kind) ? change.capabilities.join(".") : "";
    return [change.kind, target, able, change.since || "", change.until || "", costText(change.cost)].join(":").replace(/:+$/, "");
  }

  function visitText(visit) {
    return `${visit.place}@${visit.days.join(".")}@${visit.from}-${visit.to}`;
  }

  /* A cost with two decimals at most, no needless zero; "" where none was said. */
  function costText(text) {
    const said = String(text === undefined || text === null ? "" : text).trim().replace(",", ".");
    return said === "" ? "" : Number(said).toFixed(2).replace(/\.?0+$/, "") || "0";
  }

  /* What is wrong with a change, as {field: name of what to say}; nothing where it can be added. */
  function faultsOf(change) {
    const faults = {};
    if (change.kind === "open" && !change.target) faults.place = "need-place";
    if (change.kind === "mobile") Object.assign(faults, faultsOfVisits(change.visits));
    if (OF_SERVICE.includes(change.kind) && !change.target) faults.service = "need-service";
    if (ABLE.includes(change.kind) && !change.capabilities.length) faults.capabilities = "need-capability";
    if (["suspend", "move"].includes(change.kind) && !change.since && !change.until) faults.since = "need-month";
    if (change.since && change.until && change.until <= change.since) faults.until = "wrong-order";
    if (!/^(\d{1,12}([.,]\d{1,2})?)?$/.test(String(change.cost || "").trim())) faults.cost = "wrong-cost";
    return faults;
  }

  function faultsOfVisits(visits) {
    if (!visits.length || visits.some((visit) => !visit.place)) return { place: "need-place" };
    if (visits.some((visit) => !visit.days.length)) return { days: "need-days" };
    return visits.some((visit) => Number(visit.to) <= Number(visit.from)) ? { days: "wrong-hours" } : {};
  }

  /* ---- what was before: pure ------------------------------------------------------------------------------------- */

  /* The steps of a plan once the page shows `now`: a step back or forth where it is the neighbour, else a new one. */
  function told(steps, now) {
    if (!steps) return { past: [], now: now, future: [] };
    const { past, future } = steps;
    if (now === steps.now) return steps;
    if (past.length && past[past.length - 1] === now) return { past: past.slice(0, -1), now: now, future: [steps.now, ...future] };
    if (future.length && future[0] === now) return { past: [...past, steps.now], now: now, future: future.slice(1) };
    return { past: [...past, steps.now], now: now, future: [] };
  }

  /* ---- a point of the map: pure ---------------------------------------------------------------------------------- */

  function distanceKm(one, other) {
    const half = (angle) => Math.pow(Math.sin(angle / 2), 2);
    const part =
      half((other.lat - one.lat) * RADIANS) +
      Math.cos(one.lat * RADIANS) * Math.cos(other.lat * RADIANS) * half((other.lon - one.lon) * RADIANS);
    return 2 * EARTH_KM * Math.asin(Math.sqrt(part));
  }

  /* The places by their distance from a point: [{id, km}], the nearest first. */
  function nearest(places, point) {
    return places.map((place) => ({ id: place.id, km: distanceKm(place, point) })).sort((one, other) => one.km - other.km);
  }

  /* The ends of the leg that passes nearest to a point. */
  function ends(network, point) {
    const { vertices, nearestShare, pointAt } = window.amparo.geometry;
    let best = { km: Infinity, ends: [] };
    Object.values(network.legs).forEach((leg) => {
      const line = vertices(leg.line);
      const [lon, lat] = pointAt(line, nearestShare(line, point.lon, point.lat));
      const km = distanceKm({ lat: lat, lon: lon }, point);
      if (km < best.km) best = { km: km, ends: [leg.from, leg.to] };
    });
    return best.ends;
  }

  /* What a point means: the place within 5 km, else the two places that it lies between, each with its distance. */
  function meant(network, point) {
    const away = nearest(network.places, point);
    if (away.length && away[0].km <= NEAR_KM) return { place: away[0], between: [] };
    const pair = ends(network, point);
    return { place: null, between: away.filter((one) => pair.includes(one.id)) };
  }

  /* Degrees as written, with a point or a comma; NaN for anything else. */
  function degrees(text, most) {
    const said = String(text).trim().replace(",", ".");
    const value = /^-?\d{1,3}(\.\d+)?$/.test(said) ? Number(said) : NaN;
    return Math.abs(value) <= most ? value : NaN;
  }

  /* ---- the page -------------------------------------------------------------------------------------------------- */

  let steps = null;
  let visits = [];
  let pinning = false;
  let saying = [];

  const editor = () => document.querySelector("[data-plan-editor]");
  const field = (name) => editor().querySelector(`[data-plan-field="${name}"]`);
  const control = (name) => field(name).querySelector("select, input");
  const value = (name) => (control(name).value === "none" ? "" : control(name).value);
  const ticked = (name) => [...field(name).querySelectorAll("input:checked")].map((box) => box.value);
  const changes = () => (editor().getAttribute("data-changes") || "").split(",").filter(Boolean);
  const part = (name) => editor().querySelector(`[data-plan-${name}]`);

  function words(name, filled) {
    const text = editor().getAttribute(`data-say-${name}`) || "";
    return Object.entries(filled || {}).reduce((said, [key, shown]) => said.split(`{${key}}`).join(shown), text);
  }

  /* What was last said stays, in a page that the server has written anew too. */
  function say(name, filled) {
    saying = [name, filled];
    const place = editor().querySelector(".plan-status");
    const said = name ? words(name, filled) : "";
    if (place.textContent !== said) place.textContent = said;
  }

  function tell(name, filled) {
    part("told").textContent = name ? words(name, filled) : "";
  }

  function put(list) {
    window.amparo.state.parts_put({ plan: list.join(",") });
  }

  /* What is wrong, beside each field; the first of them has the focus. */
  function show(faults) {
    editor().querySelectorAll("[data-plan-wrong]").forEach((place) => (place.textContent = ""));
    editor().querySelectorAll("[aria-invalid]").forEach((node) => node.removeAttribute("aria-invalid"));
    Object.entries(faults).forEach(([name, fault]) => {
      const place = [...field(name).children].find((child) => child.hasAttribute("data-plan-wrong"));
      place.id = place.id || `plan-wrong-${name}`;
      place.textContent = words(fault);
      control(name).setAttribute("aria-invalid", "true");
      control(name).setAttribute("aria-describedby", place.id);
    });
    const first = Object.keys(faults)[0];
    if (first) control(first).focus();
    return !first;
  }

  function asked() {
    const kind = value("kind");
    return {
      kind: kind, target: kind === "open" ? value("place") : OF_SERVICE.includes(kind) ? value("service") : "",
      capabilities: ticked("capabilities"), since: value("since"), until: value("until"), cost: value("cost"),
      visits: kind === "mobile" ? (visits.length ? visits : [visit()]) : [],
    };
  }

  function visit() {
    return { place: value("place"), days: ticked("days"), from: value("from_hour"), to: value("to_hour") };
  }

  function add() {
    const change = asked();
    if (!show(faultsOf(change))) return;
    const most = Number(editor().getAttribute("data-most"));
    const text = changeText(change);
    if (changes().length >= most) return say("full", { most: most });
    visits = [];
    put([...changes().filter((one) => one !== text), text]);
    say("added");
  }

  /* One more visit of a mobile team, below those that are down already. */
  function put_down() {
    const one = visit();
    if (!show(faultsOfVisits([one]))) return;
    visits = [...visits, one];
    draw_visits();
    tell("visit-added");
  }

  function labelled(name, chosen) {
    return [...control(name).options].find((option) => option.value === chosen).textContent;
  }

  function draw_visits() {
    const days = Object.fromEntries([...field("days").querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box.parentElement.textContent.trim()]));
    const lines = visits.map((one, at) => {
      const shown = { place: labelled("place", one.place), days: one.days.map((day) => days[day]).join(" "), from: one.from, to: one.to };
      const line = document.createElement("li");
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button", textContent: words("visit-remove") });
      button.setAttribute("aria-label", `${words("visit-remove")}: ${words("visit", shown)}`);
      button.addEventListener("click", () => {
        visits = visits.filter((_, other) => other !== at);
        draw_visits();
        part("visit").focus();
      });
      line.append(words("visit", shown), button);
      return line;
    });
    part("visits").replaceChildren(...lines);
  }

  /* ---- a point of the map ---------------------------------------------------------------------------------------- */

  function mainMap() {
    return Object.values(window.amparo.maps || {}).find((map) => map.options.dragging);
  }

  function network() {
    return window.amparo.layer(document.querySelector("link[href*='/layers/network.']").getAttribute("href"));
  }

  function pin(on) {
    const map = mainMap();
    pinning = Boolean(on && map);
    part("pin").setAttribute("aria-pressed", String(pinning));
    if (!map) return;
    map.getContainer().classList.toggle("is-pinning", pinning);
    if (!pinning) return;
    tell("pin-start");
    offer([]);
    map.getContainer().scrollIntoView({ block: "nearest" });
    map.getContainer().focus({ preventScroll: true });
  }

  function point_chosen(lat, lon) {
    return network().then((found) => {
      const meaning = meant(found, { lat: lat, lon: lon });
      if (meaning.place) return choose_place(meaning.place);
      tell("pin-between", Object.fromEntries(meaning.between.flatMap((one, at) => [[`place${at}`, name_of(one.id)], [`km${at}`, km(one)]])));
      offer(meaning.between);
    });
  }

  function km(place) {
    return place.km < 10 ? place.km.toFixed(1) : String(Math.round(place.km));
  }

  function name_of(id) {
    return labelled("place", id);
  }

  /* A button for each place that a point may have meant. */
  function offer(places) {
    const buttons = places.map((place) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button", textContent: name_of(place.id) });
      button.addEventListener("click", () => choose_place(place));
      return button;
    });
    part("offers").replaceChildren(...buttons);
    if (buttons.length) buttons[0].focus();
  }

  function choose_place(place) {
    const select = control("place");
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(select, place.id);
    select.dispatchEvent(new Event("change", { bubbles: true }));
    part("offers").replaceChildren();
    show({});
    select.focus();
    tell("pin-chosen", { place: name_of(place.id), km: km(place) });
  }

  /* Coordinates mean what a point of the map means. */
  function coordinates_written() {
    const [lat, lon] = [value("lat"), value("lon")];
    if (!lat.trim() || !lon.trim()) return;
    const point = { lat: degrees(lat, 90), lon: degrees(lon, 180) };
    const faults = Object.fromEntries(["lat", "lon"].filter((name) => Number.isNaN(point[name])).map((name) => [name, "wrong-point"]));
    if (show(faults)) point_chosen(point.lat, point.lon);
  }

  document.addEventListener("click", (event) => {
    const map = pinning && mainMap();
    if (!map || !map.getContainer().contains(event.target) || event.target.closest(".leaflet-control")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const at = map.mouseEventToLatLng(event);
    pin(false);
    point_chosen(at.lat, at.lng);
  }, true);

  document.addEventListener("keydown", (event) => {
    const map = pinning && mainMap();
    if (!map) return;
    if (event.key === "Escape") {
      pin(false);
      tell("pin-end");
      part("pin").focus();
    } else if (event.key === "Enter" && event.target === map.getContainer()) {
      event.preventDefault();
      const at = map.getCenter();
      pin(false);
      point_chosen(at.lat, at.lng);
    }
  }, true);

  /* ---- the plan as a file ---------------------------------------------------------------------------------------- */

  function load() {
    const chooser = document.createElement("input");
    Object.assign(chooser, { type: "file", accept: ".csv,text/csv" });
    chooser.addEventListener("change", () => chooser.files[0] && sent(chooser.files[0]));
    chooser.click();
  }

  function sent(file) {
    return window.fetch(`/plan${window.location.search}`, { method: "POST", body: file, headers: { "Content-Type": "text/csv" } })
      .then((answer) => (answer.status === 200 || answer.status === 422 ? answer.json() : { faults: [words("file-failed")] }))
      .then(file_read, () => file_read({ faults: [words("file-failed")] }));
  }

  function file_read(answer) {
    const lines = (answer.faults || []).map((fault) => Object.assign(document.createElement("li"), { textContent: fault }));
    const list = document.createElement("ul");
    list.append(...lines);
    part("faults").replaceChildren(...(lines.length ? [list] : []));
    if (lines.length) return;
    window.amparo.state.parts_put({ plan: answer.plan, name: answer.name });
    say("file-loaded");
  }

  /* ---- what is pressed and what the server has written anew ------------------------------------------------------- */

  function step(name) {
    const to = name === "undo" ? steps.past[steps.past.length - 1] : steps.future[0];
    if (to === undefined) return;
    put(to ? to.split(",") : []);
    say(name === "undo" ? "undone" : "redone");
  }

  const PRESSED = { "data-plan-add": add, "data-plan-visit": put_down, "data-plan-load": load, "data-plan-pin": () => pin(!pinning) };

  document.addEventListener("click", (event) => {
    const button = editor() && event.target.closest && event.target.closest("[data-plan-editor] button");
    if (!button) return;
    const mark = Object.keys(PRESSED).find((name) => button.hasAttribute(name));
    if (mark) PRESSED[mark]();
    if (button.hasAttribute("data-plan-step")) step(button.getAttribute("data-plan-step"));
    if (!button.hasAttribute("data-plan-removes")) return;
    say("removed");
    editor().querySelector("h2").focus();
  });

  document.addEventListener("change", (event) => {
    const place = editor() && event.target.closest && event.target.closest("[data-plan-field]");
    if (place && ["lat", "lon"].includes(place.getAttribute("data-plan-field"))) coordinates_written();
  });

  /* The plan that the page shows is one step of what was before. */
  function shown() {
    const place = editor();
    if (!place) {
      saying = [];
      return;
    }
    const before = steps;
    steps = told(steps, place.getAttribute("data-changes") || "");
    place.querySelectorAll("[data-plan-step]").forEach((button) => {
      const list = button.getAttribute("data-plan-step") === "undo" ? steps.past : steps.future;
      if (button.disabled === Boolean(list.length)) button.disabled = !list.length;
    });
    say(...saying);
    if (before !== steps) visits = [];
  }

  if (document.documentElement) {
    new MutationObserver(shown).observe(document.documentElement, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-changes", "disabled"],
    });
  }

  window.amparo = Object.assign(window.amparo || {}, { plan: { changeText, costText, faultsOf, told, nearest, meant, degrees, distanceKm } });
})();
