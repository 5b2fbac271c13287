/* What the map draws, from the values of an answer and the geometry that was fetched once.
   The pure parts are on window.amparo.geometry, what Leaflet asks for by name on window.amparo.map, and what Dash asks
   for on window.dash_clientside.amparo. No text becomes HTML; no colour is written here: colours are the theme's tokens. */
(function () {
  "use strict";

  const TILE = 256;
  const EARTH_KM = 6371.0088;
  const RADIANS = Math.PI / 180;
  const TARGET = 24;

  /* ---- geometry: pure ------------------------------------------------------------------------------------------ */

  function collection(features) {
    return { type: "FeatureCollection", features: features };
  }

  function feature(properties, type, coordinates) {
    return { type: "Feature", properties: properties, geometry: { type: type, coordinates: coordinates } };
  }

  /* Web Mercator pixels at a zoom, as Leaflet counts them. */
  function pixel(lat, lon, zoom) {
    const scale = TILE * Math.pow(2, zoom);
    const sine = Math.sin(lat * RADIANS);
    return {
      x: scale * (lon / 360 + 0.5),
      y: scale * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
    };
  }

  function distanceKm(from, to) {
    const half = (angle) => Math.pow(Math.sin(angle / 2), 2);
    const part =
      half((to[1] - from[1]) * RADIANS) +
      Math.cos(from[1] * RADIANS) * Math.cos(to[1] * RADIANS) * half((to[0] - from[0]) * RADIANS);
    return 2 * EARTH_KM * Math.asin(Math.sqrt(part));
  }

  /* A flat list of longitudes and latitudes as vertices. */
  function vertices(flat) {
    const line = [];
    for (let at = 0; at < flat.length; at += 2) line.push([flat[at], flat[at + 1]]);
    return line;
  }

  /* How far along the line each vertex lies, as a share of its length. */
  function shares(line) {
    const along = [0];
    for (let at = 1; at < line.length; at += 1) along.push(along[at - 1] + distanceKm(line[at - 1], line[at]));
    const whole = along[along.length - 1] || 1;
    return along.map((km) => km / whole);
  }

  function between(first, second, share) {
    return [first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share];
  }

  /* The point at a share of a line's length; beyond an end, that end. */
  function pointAt(line, share) {
    const along = shares(line);
    if (share <= 0) return line[0];
    for (let at = 1; at < line.length; at += 1) {
      if (share <= along[at]) {
        const step = along[at] - along[at - 1] || 1;
        return between(line[at - 1], line[at], (share - along[at - 1]) / step);
      }
    }
    return line[line.length - 1];
  }

  /* The part of a line between two shares of its length. */
  function cut(line, from, to) {
    const along = shares(line);
    const [start, end] = [Math.max(from, 0), Math.min(to, 1)];
    const inner = line.filter((_, at) => along[at] > start && along[at] < end);
    return [pointAt(line, start), ...inner, pointAt(line, end)];
  }

  /* The share of a line's length at which it comes nearest to a point; flat enough for legs of this size. */
  function nearestShare(line, lon, lat) {
    const along = shares(line);
    const narrow = Math.cos(lat * RADIANS);
    let best = { off: Infinity, share: 0 };
    for (let at = 1; at < line.length; at += 1) {
      const dx = (line[at][0] - line[at - 1][0]) * narrow;
      const dy = line[at][1] - line[at - 1][1];
      const px = (lon - line[at - 1][0]) * narrow;
      const py = lat - line[at - 1][1];
      const part = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
      const off = Math.hypot(px - part * dx, py - part * dy);
      if (off < best.off) best = { off: off, share: along[at - 1] + part * (along[at] - along[at - 1]) };
    }
    return best.share;
  }

  /* ---- runs: pure ---------------------------------------------------------------------------------------------- */

  /* What lies over a class's own line, by the name of its texture: the cue beside colour. `width` is a share of the
     line's; the legend and the strip show the same textures. */
  const TEXTURES = {
    solid: [],
    stripes: [{ width: 0.35 }],
    dots: [{ width: 0.5, dash: "0.1 7", round: true }],
    hatch: [{ width: 1, dash: "2 4" }],
    crosshatch: [{ width: 0.25 }, { width: 1, dash: "1.5 6" }],
    grid: [{ width: 0.2 }, { width: 1, dash: "1 7" }],
    open_hatch: [{ width: 0.6, dash: "4 5" }],
  };
  const CASING = 3;
  const REACH = 20;

  /* The strokes of a class from below to above; what rests on an unconfirmed service carries a light dotted line. */
  function strokesOf(style, unconfirmed) {
    const over = TEXTURES[style.texture].map((part) => ({
      color: style.mark, weight: style.weight * part.width, dashArray: part.dash || null, lineCap: part.round ? "round" : "butt",
    }));
    const doubt = { color: style.casing, weight: 2, dashArray: "0.1 10", lineCap: "round" };
    return [
      { color: style.casing, weight: style.weight + CASING, dashArray: null, lineCap: "round" },
      { color: style.colour, weight: style.weight, dashArray: null, lineCap: "butt" },
      ...over,
      ...(unconfirmed ? [doubt] : []),
    ];
  }

  /* Every run as features in drawing order: the casings of all, then their strokes, then a wide unseen line to click.
     A feature carries its class, the leg and where on it the run lies, in km. */
  function runsGeojson(values, network, styles) {
    const layers = [[], [], []];
    const runs = values.runs;
    runs.leg.forEach((id, at) => {
      const leg = network.legs[id];
      if (!leg) return;
      const name = values.classes[runs.class[at]];
      const line = cut(vertices(leg.line), runs.from_km[at] / leg.km, runs.to_km[at] / leg.km);
      const shared = { leg: id, class: name, from_km: runs.from_km[at], to_km: runs.to_km[at] };
      strokesOf(styles[name], runs.unconfirmed[at]).forEach((stroke, order) => {
        layers[order === 0 ? 0 : 1].push(feature({ ...shared, stroke: stroke }, "LineString", line));
      });
      layers[2].push(feature({ ...shared, title: title(values, network, leg, name) }, "LineString", line));
    });
    return collection(layers.flat());
  }

  function title(values, network, leg, name) {
    const named = placesById(network);
    const ends = [leg.from, leg.to].map((id) => (named[id] ? labelOf(named[id], values.lang) : id));
    return `${ends.join(" – ")}: ${(values.class_names || {})[name] || name}`;
  }

  /* The legs that hold at the date, thin, under the route. */
  function networkGeojson(values, network) {
    const drawn = new Set(values.runs.leg);
    return collection(
      (values.legs || [])
        .filter((id) => network.legs[id] && !drawn.has(id))
        .map((id) => feature({ leg: id }, "LineString", vertices(network.legs[id].line))),
    );
  }

  /* The values of the date to show: with the earlier one's runs, legs and points where there are two and it is chosen. */
  function sideValues(values, side) {
    return side === "before" && values.before ? { ...values, ...values.before } : values;
  }

  /* ---- what is selected and what the lens shows: pure ---------------------------------------------------------- */

  /* "leg:<id>@<km>", "place:<id>" or "service:<id>" as a point; null where nothing is selected or known. */
  function selectedPoint(values, network) {
    const [kind, rest] = split(values.at || "", ":");
    if (kind === "leg") {
      const [id, km] = split(rest, "@");
      const leg = network.legs[id];
      return leg ? pointAt(vertices(leg.line), Number(km || 0) / leg.km) : null;
    }
    const id = kind === "service" ? ((values.points || []).find((one) => one.at === values.at) || {}).place : rest;
    const place = placesById(network)[id];
    return place ? [place.lon, place.lat] : null;
  }

  function split(text, mark) {
    const at = text.indexOf(mark);
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
  }

  function boundsOf(points, padding) {
    const lons = points.map((point) => point[0]);
    const lats = points.map((point) => point[1]);
    return [
      [Math.min(...lats) - padding, Math.min(...lons) - padding],
      [Math.max(...lats) + padding, Math.max(...lons) + padding],
    ];
  }

  const AROUND = 0.35;

  /* What the lens shows: around the selection, else the part of the route that the answer names; null for no lens. */
  function lensBounds(values, network) {
    const [kind, rest] = split(values.at || "", ":");
    const leg = kind === "leg" ? network.legs[split(rest, "@")[0]] : null;
    if (leg && leg.km < 300) return boundsOf(vertices(leg.line), AROUND);
    const point = selectedPoint(values, network);
    return point ? boundsOf([point], AROUND) : values.lens || null;
  }

  function frameGeojson(bounds) {
    if (!bounds) return collection([]);
    const [[south, west], [north, east]] = bounds;
    return collection([
      feature({}, "LineString", [[west, south], [east, south], [east, north], [west, north], [west, south]]),
    ]);
  }

  function selectedGeojson(values, network) {
    const point = selectedPoint(values, network);
    return point ? collection([feature({}, "Point", point)]) : collection([]);
  }

  function routeBounds(values, network) {
    const points = values.runs.leg.filter((id) => network.legs[id]).flatMap((id) => vertices(network.legs[id].line));
    return points.length ? boundsOf(points, 0.2) : null;
  }

  /* ---- points and names without overlap: pure ------------------------------------------------------------------ */

  function placesById(network) {
    if (!network.byId) {
      const named = Object.fromEntries(network.places.map((place) => [place.id, place]));
      Object.defineProperty(network, "byId", { value: named });
    }
    return network.byId;
  }

  function labelOf(place, lang) {
    return (place.labels || {})[lang] || place.label;
  }

  /* What a question marks: a proposed place with its number, and what a plan opens, upgrades, closes or moves. */
  const MARKS = ["proposed", "planned_open", "planned_upgrade", "planned_close", "planned_mobile"];

  /* The numbers of proposed places that share a badge: up to three are written, of more the first and how many more. */
  function numbersOf(items) {
    const numbers = items.map((item) => item.label).filter(Boolean);
    return numbers.length > 3 ? `${numbers[0]} +${numbers.length - 1}` : numbers.join(" · ");
  }

  /* How wide the badges of a group are: one per kind of mark, then one for its services, its State presence, its reports. */
  function badges(items) {
    const of = (kind) => items.filter((item) => item.kind === kind);
    const roles = [...new Set(of("state").map((item) => item.role))];
    const reports = of("report");
    const label = reports.length ? reports[0].label + (reports.length > 1 ? ` +${reports.length - 1}` : "") : "";
    const marks = MARKS.map((kind) => ({ kind: kind, items: of(kind), label: numbersOf(of(kind)) }));
    return [
      ...marks.map((badge) => ({ ...badge, width: Math.max(TARGET + 2, 8 * badge.label.length + 10) })),
      { kind: "service", items: of("service"), width: TARGET },
      { kind: "state", items: of("state"), roles: roles, width: Math.max(TARGET, 14 * roles.length + 4) },
      { kind: "report", items: reports, label: label, width: Math.max(TARGET, 7.5 * label.length + 10) },
    ].filter((badge) => badge.items.length);
  }

  function boxOf(group, zoom) {
    const at = pixel(group.lat, group.lon, zoom);
    const width = badges(group.items).reduce((sum, badge) => sum + badge.width + 2, 0);
    const half = TARGET / 2;
    return { left: at.x - width / 2, right: at.x + width / 2 + 4, top: at.y - half - 8, bottom: at.y + half + 1 };
  }

  function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  /* Points at their places; places whose badges would overlap at this zoom become one group at the first of them. */
  function grouped(points, network, zoom) {
    const places = placesById(network);
    const order = Object.fromEntries(network.places.map((place, at) => [place.id, at]));
    const groups = new Map();
    (points || []).forEach((item) => {
      const place = item.point ? { lat: item.point[0], lon: item.point[1] } : places[item.place];
      if (!place) return;
      if (!groups.has(item.place)) {
        groups.set(item.place, { place: item.place, lat: place.lat, lon: place.lon, places: [item.place], items: [] });
      }
      groups.get(item.place).items.push(item);
    });
    return merged(
      [...groups.values()].sort((one, other) => rank(order, one.place) - rank(order, other.place)),
      zoom,
    );
  }

  /* What is no place of the corridor comes after all places. */
  function rank(order, place) {
    return place in order ? order[place] : Number.MAX_SAFE_INTEGER;
  }

  function merged(groups, zoom) {
    const boxes = groups.map((group) => boxOf(group, zoom));
    for (let first = 0; first < groups.length; first += 1) {
      for (let second = first + 1; second < groups.length; second += 1) {
        if (overlap(boxes[first], boxes[second])) {
          const joined = {
            ...groups[first],
            places: [...groups[first].places, ...groups[second].places],
            items: [...groups[first].items, ...groups[second].items],
          };
          const rest = groups.map((group, at) => (at === first ? joined : group)).filter((_, at) => at !== second);
          return merged(rest, zoom);
        }
      }
    }
    return groups;
  }

  /* The groups whose places a view that cannot be moved shows; all where it can. */
  function inView(groups, zoom, view) {
    const inside = (at) => at.x >= view.left && at.x <= view.right && at.y >= view.top && at.y <= view.bottom;
    return view ? groups.filter((group) => inside(pixel(group.lat, group.lon, zoom))) : groups;
  }

  /* One feature per badge; `left` is where it begins beside the group's place, in pixels. On a map that stays `still` a
     badge that takes the focus moves nothing. */
  function pointsGeojson(groups, still) {
    return collection(
      groups.flatMap((group) => {
        const row = badges(group.items);
        let left = -row.reduce((sum, badge) => sum + badge.width + 2, 0) / 2;
        return row.map((badge) => {
          const start = left;
          left += badge.width + 2;
          return feature({ ...badgeOf(badge, group), left: start, still: Boolean(still) }, "Point", [group.lon, group.lat]);
        });
      }),
    );
  }

  function badgeOf(badge, group) {
    const single = badge.items.length === 1 ? badge.items[0] : null;
    return {
      kind: badge.kind,
      width: badge.width,
      roles: badge.roles || [],
      count: badge.items.length,
      label: badge.label || "",
      unconfirmed: badge.items.every((item) => item.unconfirmed),
      possible: badge.items.every((item) => item.possible),
      mark: MARKS.includes(badge.kind),
      title: badge.items.map((item) => item.title).join("\n"),
      at: single && "at" in single ? single.at : `place:${(badge.items.find((item) => !item.point) || group).place}`,
    };
  }

  const SIDES = [
    (box, size) => ({ x: box.right + 4, y: (box.top + box.bottom - size.height) / 2, side: "right" }),
    (box, size) => ({ x: box.left - 4 - size.width, y: (box.top + box.bottom - size.height) / 2, side: "left" }),
    (box, size) => ({ x: (box.left + box.right - size.width) / 2, y: box.bottom + 1, side: "below" }),
    (box, size) => ({ x: (box.left + box.right - size.width) / 2, y: box.top - 1 - size.height, side: "above" }),
  ];

  /* Which names are written and where: first come first, each on the first of four sides where it hides nothing.
     `names` is in the order of importance: {label, lat, lon, kind}; `taken` are boxes in pixels that stay free; a `view`
     that cannot be moved cuts no name off. */
  function placedLabels(names, zoom, taken, widthOf, view) {
    const seen = (box) =>
      !view || (box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom);
    const full = taken.slice();
    const placed = [];
    names.forEach((name) => {
      const at = pixel(name.lat, name.lon, zoom);
      const own = name.box || { left: at.x - 4, right: at.x + 4, top: at.y - 4, bottom: at.y + 4 };
      const size = { width: widthOf(name.label, name.kind), height: 15 };
      const sides = name.kind === "country" ? [() => ({ x: at.x - size.width / 2, y: at.y - 8, side: "over" })] : SIDES;
      for (const side of sides) {
        const corner = side(own, size);
        const box = {
          left: corner.x - 2, right: corner.x + size.width + 2, top: corner.y, bottom: corner.y + size.height,
        };
        if (seen(box) && !full.some((other) => other !== name.box && overlap(box, other))) {
          full.push(box);
          placed.push({ ...name, dx: corner.x - at.x, dy: corner.y - at.y, width: size.width, side: corner.side });
          return;
        }
      }
    });
    return placed;
  }

  /* The names to place at a zoom: stops of the route first, then the rest as the zoom allows, then the ground's. */
  function namesAt(values, network, zoom, groups, detailed) {
    const stops = new Set();
    values.runs.leg.forEach((id) => {
      const leg = network.legs[id];
      if (leg) stops.add(leg.from).add(leg.to);
    });
    const boxes = {};
    groups.forEach((group) => group.places.forEach((id) => (boxes[id] = boxOf(group, zoom))));
    const name = (place) => ({
      label: labelOf(place, values.lang), lat: place.lat, lon: place.lon, kind: stops.has(place.id) ? "stop" : "place",
      box: groups.some((group) => group.place === place.id) ? boxes[place.id] : null, id: place.id,
    });
    const first = network.places.filter((place) => stops.has(place.id));
    const others = zoom >= 6.5 || detailed ? network.places.filter((place) => !stops.has(place.id)) : [];
    const ground = network.labels
      .filter((label) => label.kind === "country" || (zoom >= 6.5 && label.rank <= zoom))
      .map((label) => ({
        label: ((values.countries || {})[label.iso3] && label.kind === "country") ? values.countries[label.iso3] : label.name,
        lat: label.lat, lon: label.lon, kind: label.kind,
      }));
    return [...first.map(name), ...others.map(name), ...ground].filter((one) => one.label);
  }

  function labelsGeojson(placed) {
    return collection(placed.map((name) => feature(
      { label: name.label, kind: name.kind, dx: name.dx, dy: name.dy, width: name.width }, "Point", [name.lon, name.lat],
    )));
  }

  /* ---- tokens, fetching, measuring ----------------------------------------------------------------------------- */

  const tokens = {};

  function token(name) {
    if (!tokens[name]) {
      tokens[name] = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "currentColor";
    }
    return tokens[name];
  }

  const fetched = {};

  function layer(url) {
    if (!fetched[url]) {
      fetched[url] = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        return answer.json();
      });
      fetched[url].catch(() => delete fetched[url]);
    }
    return fetched[url];
  }

  let pen = null;

  function textWidth(text, kind) {
    if (!pen) pen = document.createElement("canvas").getContext("2d");
    const family = token("font-text");
    pen.font = `${kind === "country" ? "600 11px" : kind === "stop" ? "600 12px" : "12px"} ${family}`;
    const spaced = kind === "country" ? text.toUpperCase() : text;
    return Math.ceil(pen.measureText(spaced).width + (kind === "country" ? spaced.length * 1.2 : 0)) + 2;
  }

  /* ---- what Leaflet asks for ----------------------------------------------------------------------------------- */

  function ground_style() {
    return { stroke: true, color: token("coast"), weight: 0.7, fill: true, fillColor: token("land"), fillOpacity: 1 };
  }

  function line_style(drawn) {
    return drawn.properties.kind === "border"
      ? { color: token("border"), weight: 1, fill: false }
      : { color: token("admin1"), weight: 0.6, fill: false };
  }

  function network_style() {
    return { color: token("network"), weight: 1.4, opacity: 1, interactive: false };
  }

  function frame_style() {
    return { color: token("accent"), weight: 1.5, fill: false, interactive: false };
  }

  function run_style(drawn) {
    const stroke = drawn.properties.stroke;
    if (!stroke) return { weight: REACH, opacity: 0, interactive: true };
    return { ...stroke, opacity: 1, interactive: false, lineJoin: "round" };
  }

  function text(tag, className, content) {
    const node = document.createElement(tag);
    node.className = className;
    if (content !== undefined) node.textContent = content;
    return node;
  }

  function select(context, at) {
    const target = (context.hideout || {}).selects;
    if (target) window.dash_clientside.set_props(target, { data: at });
  }

  /* A click on a run selects the stretch under it; its name is shown beside the pointer, as text. */
  function run_events(drawn, path, context) {
    if (drawn.properties.stroke) return;
    path.bindTooltip(() => text("span", "map-tip", drawn.properties.title), { sticky: true, direction: "top", className: "map-tip-box" });
    path.on("click", (event) => {
      layer((context.hideout || {}).network).then((network) => {
        const leg = network.legs[drawn.properties.leg];
        const km = nearestShare(vertices(leg.line), event.latlng.lng, event.latlng.lat) * leg.km;
        const inside = Math.min(Math.max(km, drawn.properties.from_km), drawn.properties.to_km);
        select(context, `leg:${drawn.properties.leg}@${inside.toFixed(1)}`);
      });
    });
  }

  const ROLE_SHAPES = { protective: "is-protective", mixed: "is-mixed", control: "is-control" };

  function badgeNode(properties) {
    const node = text("span", `badge badge-${properties.kind}`);
    if (properties.unconfirmed) node.classList.add("is-unconfirmed");
    if (properties.possible) node.classList.add("is-possible");
    if (properties.kind === "service") node.append(text("span", "badge-cross"));
    properties.roles.forEach((role) => node.append(text("span", `badge-role ${ROLE_SHAPES[role]}`)));
    if (properties.mark) {
      node.classList.add("badge-mark");
      node.append(text("span", "badge-sign", properties.label));
    } else if (properties.label) node.append(text("span", "badge-figure", properties.label));
    const counted = properties.kind === "service" || (properties.mark && properties.kind !== "proposed");
    if (counted && properties.count > 1) node.append(text("span", "badge-count", String(properties.count)));
    return node;
  }

  function point_layer(drawn, latlng) {
    const properties = drawn.properties;
    const icon = L.divIcon({
      className: `map-badge map-badge-${properties.kind}`, html: badgeNode(properties),
      iconSize: [properties.width, TARGET], iconAnchor: [-properties.left, TARGET / 2],
    });
    return L.marker(latlng, {
      icon: icon, title: properties.title, alt: properties.title, keyboard: true, riseOnHover: true,
      autoPanOnFocus: !properties.still,
    });
  }

  /* Enter and a click select; the name is on the element itself for those who do not see it. */
  function point_events(drawn, marker, context) {
    const choose = () => drawn.properties.at && select(context, drawn.properties.at);
    marker.on("add", () => marker.getElement().setAttribute("aria-label", drawn.properties.title));
    marker.on("click", choose);
    marker.on("keypress", (event) => {
      if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") choose();
    });
  }

  function label_layer(drawn, latlng) {
    const properties = drawn.properties;
    const icon = L.divIcon({
      className: `map-label is-${properties.kind}`, html: text("span", "map-label-text", properties.label),
      iconSize: [properties.width, 15], iconAnchor: [-properties.dx, -properties.dy],
    });
    const marker = L.marker(latlng, { icon: icon, interactive: false, keyboard: false });
    marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
    return marker;
  }

  function selected_layer(drawn, latlng) {
    const icon = L.divIcon({ className: "map-selected", html: "", iconSize: [34, 34] });
    const marker = L.marker(latlng, { icon: icon, interactive: false, keyboard: false });
    marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
    return marker;
  }

  const views = {};
  const maps = {};
  /* What a map that can be moved, and one that cannot, was last asked to show; null once somebody has moved it. */
  const asked = { free: null, still: null };

  /* A map whose place on the page grows or shrinks fills it again; until somebody moves it, it shows what was asked. */
  function kept_whole(map) {
    const kind = map.options.dragging ? "free" : "still";
    const place = map.getContainer();
    asked[kind] = asked[kind] || map.options.viewport.bounds;
    if (kind === "free") {
      const moved = () => (asked.free = null);
      ["pointerdown", "wheel", "keydown"].forEach((sign) => place.addEventListener(sign, moved, { passive: true }));
    }
    new ResizeObserver(() => {
      if (!place.clientWidth || !place.clientHeight) return;
      map.invalidateSize({ pan: false });
      if (asked[kind]) map.fitBounds(asked[kind], { animate: false });
    }).observe(place);
  }

  /* The zoom of a map, and of one that cannot be moved what it shows, in pixels, into the store that is named after it. */
  function zoom_told(event) {
    const map = event.target;
    const id = map.getContainer().id;
    const box = map.getPixelBounds();
    const still = { left: box.min.x, right: box.max.x, top: box.min.y, bottom: box.max.y };
    const view = { zoom: map.getZoom(), box: map.options.dragging ? null : still };
    if (!views[id]) kept_whole(map);
    maps[id] = map;
    if (JSON.stringify(views[id]) === JSON.stringify(view)) return;
    views[id] = view;
    window.dash_clientside.set_props(`${id}-view`, { data: view });
  }

  /* ---- what Dash asks for -------------------------------------------------------------------------------------- */

  const unchanged = () => window.dash_clientside.no_update;

  /* The ground of both maps, fetched once. */
  function ground_drawn(ground) {
    const urls = ground.urls;
    return Promise.all([layer(urls.base), layer(urls.lines)]).then(([base, lines]) => [base, lines, base, lines]);
  }

  /* Network, runs and selection of the map and of its lens, the lens' frame and its view. */
  function runs_drawn(both, side, ground) {
    if (!both) return Array(9).fill(unchanged());
    const values = sideValues(both, side);
    return layer(ground.urls.network).then((network) => {
      const net = networkGeojson(values, network);
      const runs = runsGeojson(values, network, ground.styles);
      const chosen = selectedGeojson(values, network);
      const bounds = lensBounds(values, network);
      asked.still = bounds || asked.still;
      const view = bounds ? { bounds: bounds, transition: "fitBounds", options: { animate: false } } : unchanged();
      return [net, runs, chosen, frameGeojson(bounds), net, runs, chosen, view, bounds ? "lens" : "lens is-empty"];
    });
  }

  /* The choice between two dates, where the values have both; else it is hidden. */
  function sides_offered(values) {
    if (!values || !values.before) return [true, []];
    return [false, ["before", "after"].map((side) => ({ value: side, label: values.sides[side].label }))];
  }

  /* Which of two dates the map shows, to be read aloud. */
  function side_told(values, side) {
    return values && values.before ? values.sides[side].told : "";
  }

  /* Badges and names at the zoom that the map has; all names of places in a lens. */
  function points_drawn(both, view, side, ground, detailed) {
    if (!both || !view) return Array(2).fill(unchanged());
    const values = sideValues(both, side);
    const zoom = view.zoom;
    return layer(ground.urls.network).then((network) => {
      const groups = inView(grouped(values.points, network, zoom), zoom, view.box);
      const boxes = groups.map((group) => boxOf(group, zoom));
      const names = namesAt(values, network, zoom, groups, detailed);
      names.forEach((name) => {
        if (name.box) name.box = boxes[groups.findIndex((group) => group.place === name.id)];
      });
      return [pointsGeojson(groups, Boolean(view.box)), labelsGeojson(placedLabels(names, zoom, boxes, textWidth, view.box))];
    });
  }

  function map_points(values, view, side, ground) {
    return points_drawn(values, view, side, ground, false);
  }

  function lens_points(values, view, side, ground) {
    return points_drawn(values, view, side, ground, true);
  }

  /* The names of the map's parts in the reader's language; the zoom buttons are Leaflet's own and are named in place. */
  function map_named(texts, _, region) {
    const named = { ".leaflet-control-zoom-in": texts.zoom_in, ".leaflet-control-zoom-out": texts.zoom_out };
    const map = document.getElementById(region);
    Object.entries(named).forEach(([button, name]) => {
      const node = map && map.querySelector(button);
      if (node) ["title", "aria-label"].forEach((attribute) => node.setAttribute(attribute, name));
    });
    return [texts.whole_route, texts.credit, texts.map_name, texts.lens_name, texts.sides_name];
  }

  /* The view that holds the whole route, when it is asked for. */
  function route_view(clicks, values, ground) {
    if (!clicks || !values) return unchanged();
    return layer(ground.urls.network).then((network) => {
      const bounds = routeBounds(values, network);
      asked.free = bounds;
      return bounds ? { bounds: bounds, transition: "fitBounds" } : unchanged();
    });
  }

  window.amparo = Object.assign(window.amparo || {}, {
    geometry: {
      pixel, vertices, shares, pointAt, cut, nearestShare, runsGeojson, networkGeojson, sideValues, selectedPoint, lensBounds,
      routeBounds, grouped, inView, pointsGeojson, boxOf, overlap, placedLabels, namesAt, strokesOf, TEXTURES,
    },
    map: {
      ground_style, line_style, network_style, frame_style, run_style, run_events, point_layer, point_events,
      label_layer, selected_layer, zoom_told,
    },
    layer: layer,
    maps: maps,
    token: token,
  });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.amparo = Object.assign(window.dash_clientside.amparo || {}, {
    ground_drawn, runs_drawn, map_points, lens_points, map_named, route_view, sides_offered, side_told,
  });
})();
