"""The page as it is laid out once: every region and every id; answers fill it, nothing is rebuilt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.ids import Id
from dashboard.layers import LayerStore
from dashboard.maps.live import MAP_TEXTS, live_map
from dashboard.panels.controls import controls, header, route_options
from dashboard.panels.footer import document_links
from dashboard.state import LAYERS, Known, ViewState, browser_rules
from dashboard.text import Texts
from geodata.corridor import Corridor


def layout(corridor: Corridor, known: Known, layers: LayerStore, lang: str, tiles: str = "") -> html.Div:
    """The whole page in one language with the first view's controls, and no data in it yet."""
    texts, state = Texts(lang), ViewState(lang=lang)
    return html.Div(
        [
            dcc.Location(id=Id.LOCATION, refresh=False),
            dcc.Store(id=Id.MODEL_STORE),
            dcc.Store(id=Id.VIEW_STORE),
            dcc.Store(id=Id.ASKED_STORE),
            dcc.Store(id=Id.SELECTION_STORE),
            dcc.Store(id=Id.PARTS_STORE),
            dcc.Store(id=Id.STRIP_STORE),
            dcc.Store(id=Id.TABLE_STORE),
            dcc.Store(id=Id.CHARTS_STORE),
            dcc.Store(id=Id.TEXTS_STORE, data=spoken(texts, corridor, known)),
            html.A(texts("app.skip_to_answer"), href=f"#{Id.SENTENCE_REGION}", className="skip-link", id=Id.SKIP_LINK),
            html.Header(header(texts, state, known), id=Id.HEADER, className="header"),
            html.Section(controls(texts, state, corridor, known), id=Id.CONTROLS, className="controls"),
            html.Div(id=Id.NOTICES, className="notices", role="status"),
            html.Main(
                _regions(texts, known, layers, tiles),
                id=Id.MAIN,
                className="main",
                **{"data-parts": Id.PARTS_STORE},
            ),
            html.Footer(document_links(texts, ""), id=Id.FOOTER, className="footer"),
        ],
        id=Id.SHELL,
    )


def _regions(texts: Texts, known: Known, layers: LayerStore, tiles: str) -> list[Any]:
    """The regions of the page in the order in which they are read."""
    selects = {"data-selects": Id.SELECTION_STORE}
    return [
        _map_region(texts, layers, tiles),
        _answer_region(),
        html.Section(id=Id.SUMMARY, className="grounds small"),
        _strip_region(),
        html.Section(id=Id.DETAIL, className="detail-region", **selects, **{"aria-live": "polite"}),
        html.Section(id=Id.STORY, className="story-region", **selects),
        html.Section(id=Id.TRENDS, className="trends-region"),
        _table_region(texts, known),
    ]


def _map_region(texts: Texts, layers: LayerStore, tiles: str) -> html.Section:
    drawn = live_map(map_texts(texts), layers.urls, Id.SELECTION_STORE, tiles)
    return html.Section(
        [
            html.H2(id=Id.MAP_HEADING, className="unseen"),
            html.Div([drawn, html.Div(id=Id.LEGEND, className="legend")], className="map-frame"),
            html.P(id=Id.MAP_SUMMARY, className="unseen"),
        ],
        className="map-region",
    )


def _answer_region() -> html.Section:
    copied = [
        html.Button(id=Id.SENTENCE_COPY, className="button", type="button"),
        html.Span(id=Id.STATUS, role="status"),
    ]
    return html.Section(
        [
            html.Div(id=Id.SENTENCE, className="sentence-block", role="status"),
            html.Div(copied, className="field-row"),
            html.Div(id=Id.FIGURES, className="figures"),
            html.Ul(id=Id.SHARES, className="shares"),
        ],
        id=Id.SENTENCE_REGION,
        className="answer",
        tabIndex=-1,
    )


def _strip_region() -> html.Section:
    head = [html.H2(id=Id.STRIP_HEADING), html.P(id=Id.STRIP_SUMMARY, className="small")]
    return html.Section(
        [
            html.Div(head, className="region-head"),
            html.Div(id=Id.STRIP, className="strip-holder", **{"data-selects": Id.SELECTION_STORE}),
        ],
        id=Id.STRIP_REGION,
        className="strip-region",
    )


def _table_region(texts: Texts, known: Known) -> html.Section:
    choice = table_choice(texts, next(iter(known.tables.values())), "")
    head = [
        html.H2(id=Id.TABLE_HEADING),
        html.Div(choice, id=Id.TABLE_CHOICE_REGION, className="region-tools field-row"),
    ]
    selects = {"data-selects": Id.SELECTION_STORE}
    return html.Section(
        [
            html.Div(head, className="region-head"),
            html.Div(id=Id.TABLE, className="table-holder", tabIndex=0, role="region", **selects),
        ],
        className="table-region",
    )


def table_choice(texts: Texts, tables: Sequence[str], chosen: str) -> list[Any]:
    """Which of the question's tables is shown, and the links by which it and the map are taken away."""
    options = table_options(texts, tables)
    return [
        html.Label(texts("control.table"), htmlFor=Id.TABLE_CHOICE),
        dbc.Select(options, chosen or tables[0], id=Id.TABLE_CHOICE),
        html.A(
            texts("action.download_csv"),
            id=Id.DOWNLOAD_LINK,
            className="button",
            download=True,
            href="/download/table.csv",
        ),
        html.A(
            texts("action.download_map"),
            id=Id.DOWNLOAD_MAP,
            className="button",
            download=True,
            href="/download/map.html",
        ),
    ]


def table_options(texts: Texts, tables: Sequence[str]) -> list[dict[str, str]]:
    """The tables as a list to choose from."""
    return [{"value": name, "label": texts(f"table.{name}")} for name in tables]


def map_texts(texts: Texts) -> dict[str, str]:
    """What the map says of itself."""
    return {name: texts(f"map.{name}") for name in MAP_TEXTS}


def spoken(texts: Texts, corridor: Corridor, known: Known) -> dict[str, Any]:
    """What the browser itself says or offers in the language of the page."""
    return {
        "lang": texts.lang,
        "title": texts("app.title"),
        "copied": texts("action.copied"),
        "failed": texts("action.copy_failed"),
        "tables": {question: table_options(texts, tables) for question, tables in known.tables.items()},
        "routes": [{"value": option["value"], "label": option["label"]} for option in route_options(texts, corridor)],
    }


def rules(known: Known) -> dict[str, Any]:
    """How the browser writes an address."""
    return {**browser_rules(known), "layers": list(LAYERS)}
