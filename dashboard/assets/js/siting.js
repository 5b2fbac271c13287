/* Fields that only together are a part of the address: a point of one's own, and a budget with its two costs. */
(function () {
  "use strict";

  /* What the fields {lat, lon} add to the points that there are: "" where one of them is no number. Two decimals are kept:
     about a kilometre, never a street. */
  function pointAdded(before, fields) {
    const [lat, lon] = [fields.lat, fields.lon].map((text) => (text === "" ? NaN : Number(text)));
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return "";
    const point = `${lat.toFixed(2)}@${lon.toFixed(2)}`;
    const points = before ? before.split(",") : [];
    return [...points.filter((one) => one !== point), point].join(",");
  }

  /* The parts of the address that {new, upgrade, budget} put; null where one of them is no whole number. */
  function budgetParts(fields) {
    const whole = [fields.new, fields.upgrade, fields.budget].map((text) => (/^\d{1,12}$/.test(text) ? String(Number(text)) : ""));
    if (whole.includes("") || whole[2] === "0") return null;
    return { budget: whole[2], costs: `${whole[0]},${whole[1]}` };
  }

  function fieldsOf(place) {
    const named = [...place.querySelectorAll("[data-name]")];
    return Object.fromEntries(named.map((label) => [label.getAttribute("data-name"), label.querySelector("input").value.trim()]));
  }

  function patchOf(kind, place) {
    if (kind === "nobudget") return { budget: "", costs: "" };
    const fields = fieldsOf(place);
    if (kind === "budget") return budgetParts(fields);
    const own = pointAdded(place.getAttribute("data-before") || "", fields);
    return own ? { own: own } : null;
  }

  /* The first field without a value has the focus where not all of them have one. */
  function asked(place) {
    const empty = [...place.querySelectorAll("input")].find((input) => input.value.trim() === "" || !input.validity.valid);
    if (empty) empty.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest ? event.target.closest("[data-joins]") : null;
    if (!button) return;
    const place = button.closest("[data-joined]");
    const patch = patchOf(button.getAttribute("data-joins"), place);
    if (patch) window.amparo.state.parts_put(patch);
    else asked(place);
  });

  window.amparo = Object.assign(window.amparo || {}, { siting: { pointAdded, budgetParts } });
})();
