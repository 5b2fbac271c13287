"""The live map and its lens: laid out once, never rebuilt; only the data of their layers changes."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
import dash_leaflet as dl
from dash import dcc, html

from dashboard.maps.ids import MapId
from dashboard.maps.values import AFTER
from dashboard.theme.tokens import ALL_STYLES, COLOURS

#: What is in sight at first: the corridor from the Peruvian coast to the border of the United States.
FIRST_BOUNDS = [[-4.0, -118.0], [33.0, -67.0]]
#: What the lens shows until the first answer comes: the isthmus.
FIRST_LENS = [[7.2, -79.0], [9.6, -76.2]]
FIRST_CENTRE = [12.0, -88.0]
#: The layers from below to above. Below 200 they lie under tiles, above 600 over every line.
_PANES = {"base": 150, "lines": 160, "network": 390, "runs": 400, "labels": 620, "selected": 640, "points": 650}
_STILL = dict.fromkeys(("dragging", "scrollWheelZoom", "doubleClickZoom", "boxZoom", "touchZoom", "keyboard"), False)


#: The map tells its zoom to a store of ours and nothing is told back: it is never moved but by the person before it.
_MOVED = {"moveend": {"variable": "amparo.map.zoom_told"}}


def live_map(texts: Mapping[str, str], layer_urls: Mapping[str, str], selects: str, tiles: str = "") -> html.Div:
    """The map, its lens and what belongs to them, without any data.

    `texts` has the keys of `MAP_TEXTS`; `layer_urls` are those of the `LayerStore`; `selects` is the id of the store
    that a click on the map fills with what was clicked (`leg:<id>@<km>`, `place:<id>`, `service:<id>`). A template of
    tiles draws them over the ground.
    """
    hideout = {"selects": selects, "network": layer_urls["network"]}
    return html.Div(
        className="map-stage",
        children=[
            _sides(),
            html.Section(_map(hideout, tiles), id=MapId.REGION, className="map"),
            html.Section(_lens(hideout), id=MapId.LENS_REGION, className="lens is-empty"),
            html.Button(id=MapId.WHOLE_ROUTE, className="button map-whole-route", type="button"),
            html.P(id=MapId.CREDIT, className="map-credit"),
            dcc.Store(id=MapId.TEXTS, data=dict(texts)),
            dcc.Store(id=MapId.GROUND, data={"urls": dict(layer_urls), "styles": line_textures()}),
            dcc.Store(id=MapId.VALUES),
            dcc.Store(id=MapId.MAP_VIEW),
            dcc.Store(id=MapId.LENS_VIEW),
        ],
    )


def _sides() -> html.Fieldset:
    """Which of two dates the map shows: hidden until values have both, named and filled in the browser."""
    return html.Fieldset(
        [
            html.Legend(id=MapId.SIDES_NAME, className="unseen"),
            dbc.RadioItems([], AFTER, id=MapId.SIDE, className="segmented"),
            html.P(id=MapId.SIDE_STATUS, className="unseen", role="status"),
        ],
        id=MapId.SIDES,
        className="map-sides",
        hidden=True,
    )


#: What the map says of itself; `MapId.TEXTS` holds them, and changes with the language.
MAP_TEXTS = ("map_name", "lens_name", "zoom_in", "zoom_out", "whole_route", "credit", "sides_name")


def line_textures() -> dict[str, dict[str, object]]:
    """How the browser draws a run, by class: its colours, the name of its texture, its weight in px."""
    return {
        style.name: {
            "colour": style.colour,
            "mark": style.mark,
            "texture": style.texture,
            "weight": style.width_px,
            "casing": COLOURS["casing"],
        }
        for style in ALL_STYLES.values()
    }


def _map(hideout: dict[str, str], tiles: str) -> dl.Map:
    return dl.Map(
        id=MapId.MAP,
        viewport={"bounds": FIRST_BOUNDS},
        preferCanvas=True,
        zoomControl=False,
        attributionControl=False,
        zoomSnap=0.5,
        center=FIRST_CENTRE,
        zoom=4,
        trackViewport=False,
        eventHandlers=_MOVED,
        minZoom=2,
        maxZoom=12,
        className="map-canvas",
        children=[
            *([dl.TileLayer(url=tiles)] if tiles else []),
            *_layers("map", hideout),
            dl.GeoJSON(id=MapId.FRAME, style=_function("frame_style"), interactive=False),
            dl.ZoomControl(position="topleft"),
            dl.ScaleControl(position="bottomleft", imperial=False),
        ],
    )


def _lens(hideout: dict[str, str]) -> dl.Map:
    return dl.Map(
        id=MapId.LENS,
        viewport={"bounds": FIRST_LENS},
        preferCanvas=True,
        zoomControl=False,
        attributionControl=False,
        zoomSnap=0.25,
        center=FIRST_CENTRE,
        zoom=7,
        trackViewport=False,
        eventHandlers=_MOVED,
        maxZoom=13,
        className="map-canvas",
        children=[*_layers("lens", hideout), dl.ScaleControl(position="bottomleft", imperial=False)],
        **_STILL,
    )


def _layers(view: str, hideout: dict[str, str]) -> list[dl.Pane]:
    drawn = {
        "base": {"style": _function("ground_style"), "interactive": False},
        "lines": {"style": _function("line_style"), "interactive": False},
        "network": {"style": _function("network_style"), "interactive": False},
        "runs": {"style": _function("run_style"), "onEachFeature": _function("run_events"), "hideout": hideout},
        "labels": {"pointToLayer": _function("label_layer"), "interactive": False},
        "selected": {"pointToLayer": _function("selected_layer"), "interactive": False},
        "points": {
            "pointToLayer": _function("point_layer"),
            "onEachFeature": _function("point_events"),
            "hideout": hideout,
        },
    }
    return [
        dl.Pane(dl.GeoJSON(id=MapId(f"{view}-{name}"), **props), name=f"{view}-{name}", style={"zIndex": _PANES[name]})
        for name, props in drawn.items()
    ]


def _function(name: str) -> dict[str, str]:
    return {"variable": f"amparo.map.{name}"}
