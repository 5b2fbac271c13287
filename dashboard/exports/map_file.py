"""The map of a view as one HTML file, made with folium from what the live map is drawn from; it loads nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import folium
from branca.element import Figure
from folium.map import CustomPane

from dashboard.answers import Answer
from dashboard.exports.badges import TARGET_PX, Badge, badges
from dashboard.exports.carried import MARKS, script, style
from dashboard.exports.escaping import shown
from dashboard.exports.names import ZOOMS, Name, names
from dashboard.exports.runs import CASING_PX, DOUBT, Run, drawn, map_runs
from dashboard.exports.words import after_map, before_map, map_script
from dashboard.maps.values import Mark
from dashboard.panels.mapping import values
from dashboard.panels.sentence import Sentence
from dashboard.state import ViewState
from dashboard.text import Texts
from dashboard.theme.tokens import COLOURS, css_variables, line_styles
from geodata.corridor import Corridor
from geodata.reference.boundaries import basemap_features

#: Nothing is loaded, whatever the file holds: no script, picture or style but those inside it.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
#: The layers from below to above.
_PANES = {"ground": 200, "network": 390, "runs": 400, "names": 620}
_REACH_PX = 18

LatLon = tuple[float, float]


def map_html(
    corridor: Corridor, answer: Answer, said: Sentence, state: ViewState, texts: Texts, marks: Sequence[Mark] = ()
) -> str:
    """The map of a view as one HTML file (under 1 MB); the same view of the same data gives the same text.

    It draws every run and every point of the live map's values, says the headline, the filters, the date of the data,
    the sources and the disclaimers in the language of `texts`, and lists the runs in words.
    """
    drawn_from = values(corridor, answer, state, texts, marks=marks)
    runs = map_runs(corridor, answer, drawn_from, texts)
    bounds = _bounds([point for run in runs for point in run.line])
    route_map = _route_map(corridor, answer, drawn_from, runs, texts)
    route_map.render()
    drawn_map: Figure = route_map.get_root()
    views = {"route": bounds, "lens": drawn_from["lens"]}
    parts = (
        f'<!DOCTYPE html>\n<html lang="{texts.lang}">\n<head>',
        *_head(texts),
        _zoomable(drawn_map.header.render()),
        "</head>\n<body>",
        before_map(corridor, answer, said, state, texts, with_lens=drawn_from["lens"] is not None),
        drawn_map.html.render(),
        after_map(corridor, answer, said, state, texts, runs, marks),
        f"<script>{drawn_map.script.render()}</script>",
        f"<script>{map_script(route_map.get_name(), views, ZOOMS, texts)}</script>",
        "</body>\n</html>\n",
    )
    return _named_in_order("\n".join(parts))


def _route_map(
    corridor: Corridor, answer: Answer, drawn_from: Mapping[str, Any], runs: list[Run], texts: Texts
) -> folium.Map:
    route_map = _empty_map()
    _draw_ground(route_map, corridor)
    _draw_network(route_map, corridor, drawn_from)
    for run in runs:
        _draw_run(route_map, run)
    _draw_points(route_map, corridor, answer, badges(drawn_from["points"]), texts)
    return route_map


def _empty_map() -> folium.Map:
    options = {"attribution_control": False, "zoom_snap": 0.5, "minZoom": ZOOMS[0], "maxZoom": ZOOMS[-1]}
    route_map = folium.Map(tiles=None, zoom_control=False, control_scale=True, **options)
    # These two are the class's own lists: emptied for this map alone, so that nothing is loaded from elsewhere.
    route_map.default_js, route_map.default_css = [], []
    for name, height in _PANES.items():
        CustomPane(name, z_index=height, pointer_events=name == "runs").add_to(route_map)
    return route_map


def _draw_ground(route_map: folium.Map, corridor: Corridor) -> None:
    still = {"pane": "ground", "interactive": False, "control": False}
    ground = corridor.remembered("ground", basemap_features)
    land = {"fill_color": COLOURS["land"], "fill_opacity": 1, "color": COLOURS["coast"], "weight": 0.7}
    for name, look in (
        ("countries", land),
        ("admin1_lines", {"color": COLOURS["admin1"], "weight": 0.6}),
        ("borders", {"color": COLOURS["border"], "weight": 1}),
    ):
        folium.GeoJson(ground[name], **still, **look).add_to(route_map)


def _draw_network(route_map: folium.Map, corridor: Corridor, drawn_from: Mapping[str, Any]) -> None:
    """The legs that hold at the date and are not on the route, thin."""
    others = [leg for leg in drawn_from["legs"] if leg not in set(drawn_from["runs"]["leg"])]
    if others:
        lines = [drawn(corridor.lines[leg].geometry) for leg in others]
        look = {"color": COLOURS["network"], "weight": 1.4, "interactive": False, "class_name": "network"}
        _line(route_map, lines, pane="network", **look)


def _draw_run(route_map: folium.Map, run: Run) -> None:
    """Casing, line with its dash, the mark of doubt, and a wide unseen line that tells what it is."""
    look = line_styles()[run.class_name]
    weight = look["weight"]
    casing = {"color": look["casing"], "weight": weight + CASING_PX}
    stroke = {"color": look["color"], "weight": weight, "dash_array": look["dashArray"], "line_cap": look["lineCap"]}
    for part in (casing, {**stroke, "class_name": f"run run-{run.class_name}"}, *([DOUBT] if run.unconfirmed else [])):
        _line(route_map, run.line, pane="runs", interactive=False, **part)
    reach = _line(route_map, run.line, pane="runs", weight=_REACH_PX, opacity=0, class_name="reach")
    reach.add_child(folium.Tooltip(shown(run.title)))
    told = "".join(f"<p>{shown(words)}</p>" for words in (run.stretch, run.part, run.result, run.source))
    reach.add_child(folium.Popup(told, max_width=320))


def _line(route_map: folium.Map, line: Any, **look: Any) -> folium.PolyLine:  # noqa: ANN401 - one line or several
    # folium keeps the known options alone: pane and interactive are handed on by hand.
    known = {name: look.pop(name) for name in ("pane", "interactive") if name in look}
    made = folium.PolyLine(line, **look)
    made.options.update(known)
    return made.add_to(route_map)


def _draw_points(route_map: folium.Map, corridor: Corridor, answer: Answer, row: list[Badge], texts: Texts) -> None:
    """The badges, which Tab reaches and Enter opens, and the names of places."""
    points = corridor.places[["lat", "lon"]].astype(float)
    for badge in row:
        _draw_badge(route_map, list(badge.point or points.loc[badge.place]), badge)
    widths: Counter[str] = Counter()
    for badge in row:
        widths[badge.place] += badge.width_px
    ground = corridor.remembered("ground", basemap_features)
    _draw_names(route_map, names(corridor, ground, set(answer.profile.stops["place_id"]), widths, texts))


def _draw_badge(route_map: folium.Map, point: list[float], badge: Badge) -> None:
    anchor = (round(-badge.left_px), TARGET_PX // 2)
    icon = folium.DivIcon(badge.html, (badge.width_px, TARGET_PX), anchor, class_name=badge.class_name)
    marker = folium.Marker(point, rise_on_hover=True)
    # folium would make the marker with Leaflet's own picture and change it afterwards: the picture would be asked for.
    marker.options["icon"] = icon.add_to(route_map)
    marker.add_child(folium.Tooltip("<br>".join(shown(title) for title in badge.titles), sticky=False))
    told = "".join(f"<li>{shown(title)}</li>" for title in badge.titles)
    marker.add_child(folium.Popup(f"<ul>{told}</ul>", max_width=320))
    marker.add_to(route_map)


def _draw_names(route_map: folium.Map, written: list[Name]) -> None:
    """All names in one layer, each with its own look; nobody clicks them, and who does not see them has the list."""
    looks = {at: _look_of(name) for at, name in enumerate(written)}
    points = [
        {
            "type": "Feature",
            "id": at,
            "properties": {},
            "geometry": {"type": "Point", "coordinates": [name.lon, name.lat]},
        }
        for at, name in enumerate(written)
    ]
    sign = folium.Marker(icon=folium.DivIcon(), interactive=False, keyboard=False, pane="names")
    layer = {"type": "FeatureCollection", "features": points}
    folium.GeoJson(layer, marker=sign, style_function=lambda point: looks[point["id"]], control=False).add_to(route_map)


def _look_of(name: Name) -> dict[str, Any]:
    width, over = round(name.width_px), name.kind == "country"
    return {
        "html": f'<span aria-hidden="true">{shown(name.words)}</span>',
        "iconSize": [width, 15],
        "iconAnchor": [round(width / 2 if over else -name.beside_px), 8],
        "className": f"name name-{name.kind} from-{name.shown_from}",
    }


def _head(texts: Texts) -> Iterator[str]:
    """Policy, title, styles and scripts, all inside the file; the policy comes first."""
    zooms = "".join(f".z{zoom} .from-{zoom} {{ display: block; }}\n" for zoom in ZOOMS)
    yield '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>{shown(texts('app.title'))}</title>"
    for text in (style("vendor/leaflet.css"), css_variables(), style("page.css"), style(MARKS), zooms):
        yield f"<style>{text}</style>"
    for name in ("leaflet.js", "jquery.min.js"):
        yield f"<script>{script(name)}</script>"


def _zoomable(head: str) -> str:
    """Without folium's own viewport, which forbids a reader to enlarge the page."""
    return re.sub(r'<meta name="viewport".*?>', "", head, flags=re.DOTALL)


def _bounds(points: list[LatLon]) -> list[list[float]]:
    lats, lons = zip(*points, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _named_in_order(page: str) -> str:
    """The page with its parts numbered in their order, where folium drew lots for their names."""
    order: dict[str, str] = {}
    return re.sub(r"[0-9a-f]{32}", lambda found: order.setdefault(found[0], str(len(order))), page)
