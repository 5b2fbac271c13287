"""From an address to the page's words, and from the view to its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from flask import request

from dashboard.ids import Id
from dashboard.maps.ids import MapId
from dashboard.page import Page

Parts = dict[str, Any]

SHELL = {
    "header": Output(Id.HEADER, "children"),
    "controls": Output(Id.CONTROLS, "children"),
    "controls_name": Output(Id.CONTROLS, "aria-label"),
    "footer": Output(Id.FOOTER, "children"),
    "notices": Output(Id.NOTICES, "children"),
    "skip": Output(Id.SKIP_LINK, "children"),
    "copy": Output(Id.SENTENCE_COPY, "children"),
    "map_heading": Output(Id.MAP_HEADING, "children"),
    "strip_heading": Output(Id.STRIP_HEADING, "children"),
    "table_heading": Output(Id.TABLE_HEADING, "children"),
    "table_name": Output(Id.TABLE, "aria-label"),
    "table_choice": Output(Id.TABLE_CHOICE_REGION, "children"),
    "map_texts": Output(MapId.TEXTS, "data"),
    "texts": Output(Id.TEXTS_STORE, "data"),
    "rules": Output(Id.MODEL_STORE, "data"),
}

ANSWER = {
    "legend": Output(Id.LEGEND, "children"),
    "figures": Output(Id.FIGURES, "children"),
    "story": Output(Id.STORY, "children"),
    "trends": Output(Id.TRENDS, "children"),
    "charts": Output(Id.CHARTS_STORE, "data"),
    "map": Output(MapId.VALUES, "data"),
    "strip": Output(Id.STRIP_STORE, "data"),
    "strip_note": Output(Id.STRIP_SUMMARY, "children"),
    "sentence": Output(Id.SENTENCE, "children"),
    "summary": Output(Id.SUMMARY, "children"),
    "shares": Output(Id.SHARES, "children"),
    "map_summary": Output(Id.MAP_SUMMARY, "children"),
    "table": Output(Id.TABLE_STORE, "data"),
    "detail": Output(Id.DETAIL, "children"),
}

CONTROLS = [
    Input(Id.QUESTION, "value"),
    Input(Id.DATE, "value"),
    Input(Id.SINCE, "value"),
    Input(Id.DIRECTION, "value"),
    Input(Id.ROUTE, "value"),
    Input(Id.CAPABILITY, "value"),
    Input(Id.WINDOW, "value"),
    Input(Id.WINDOW_OTHER, "value"),
    Input(Id.WHOM, "value"),
    Input(Id.SERVICE_STATUS, "value"),
    Input(Id.LANGUAGE, "value"),
    Input(Id.LAYERS, "value"),
    Input(Id.TABLE_CHOICE, "value"),
    Input(Id.SELECTION_STORE, "data"),
    Input(Id.PARTS_STORE, "data"),
]


#: What runs in the browser alone, by the name of its function: what it fills, then what it reads.
IN_BROWSER: dict[str, tuple[Any, ...]] = {
    "view_written": (
        Output(Id.VIEW_STORE, "data"),
        *CONTROLS,
        State(Id.MODEL_STORE, "data"),
        State(Id.VIEW_STORE, "data"),
    ),
    "language_asked": (
        Output(Id.ASKED_STORE, "data"),
        Input(Id.VIEW_STORE, "data"),
        State(Id.TEXTS_STORE, "data"),
    ),
    "routes_along": (
        [Output(Id.ROUTE, "options"), Output(Id.ROUTE, "value")],
        Input(Id.DIRECTION, "value"),
        State(Id.TEXTS_STORE, "data"),
        State(Id.ROUTE, "value"),
        State(Id.MODEL_STORE, "data"),
    ),
    "month_stepped": (
        Output(Id.DATE, "value"),
        Input(Id.DATE_PREVIOUS, "n_clicks"),
        Input(Id.DATE_NEXT, "n_clicks"),
        State(Id.DATE, "value"),
        State(Id.MODEL_STORE, "data"),
    ),
    "tables_of": (
        [Output(Id.TABLE_CHOICE, "options"), Output(Id.TABLE_CHOICE, "value")],
        Input(Id.QUESTION, "value"),
        State(Id.TEXTS_STORE, "data"),
        State(Id.TABLE_CHOICE, "value"),
    ),
    "months_before": (
        Output(Id.SINCE, "options"),
        Input(Id.DATE, "value"),
        State(Id.SINCE, "options"),
    ),
    "page_named": (
        Output(Id.SHELL, "title"),
        Input(Id.TEXTS_STORE, "data"),
    ),
    "folded": (
        Output(Id.MORE_CONTROLS, "title"),
        Input(Id.CONTROLS, "children"),
        State(Id.CONTROLS, "id"),
    ),
    "strip_shown": (
        Output(Id.STRIP, "title"),
        Input(Id.STRIP_STORE, "data"),
        State(Id.STRIP, "id"),
    ),
    "charts_shown": (
        Output(Id.STORY, "title"),
        Input(Id.CHARTS_STORE, "data"),
        State(Id.MAIN, "id"),
    ),
    "table_shown": (
        Output(Id.TABLE, "title"),
        Input(Id.TABLE_STORE, "data"),
        State(Id.TABLE, "id"),
    ),
    "download_at": (
        [Output(Id.DOWNLOAD_LINK, "href"), Output(Id.DOWNLOAD_MAP, "href")],
        Input(Id.VIEW_STORE, "data"),
    ),
    "method_at": (
        Output(Id.METHOD_LINK, "href"),
        Input(Id.VIEW_STORE, "data"),
    ),
    "planning_at": (
        Output(Id.PLANNING_LINK, "href"),
        Input(Id.VIEW_STORE, "data"),
    ),
    "indicators_at": (
        Output(Id.INDICATORS_LINK, "href"),
        Input(Id.VIEW_STORE, "data"),
    ),
    "text_copied": (
        Output(Id.STATUS, "children"),
        Input(Id.SENTENCE_COPY, "n_clicks"),
        State(Id.SENTENCE, "id"),
        State(Id.TEXTS_STORE, "data"),
    ),
    "address_copied": (
        Output(Id.SHARE_STATUS, "children"),
        Input(Id.SHARE_LINK, "n_clicks"),
        State(Id.TEXTS_STORE, "data"),
    ),
}


def shell_for(page: Page) -> Callable[[str, str | None], Parts]:
    """The words and controls for the page's address, or for the view in another language."""

    def parts(search: str | None, asked: str | None) -> Parts:
        query = asked if ctx.triggered_id == Id.ASKED_STORE and asked else search
        return page.shell(query or "", request.headers.get("Accept-Language", ""))

    return parts


def answer_for(page: Page) -> Callable[[str], Parts]:
    """The answer to a view."""

    def parts(view: str) -> Parts:
        return page.answer(view, request.headers.get("Accept-Language", ""))

    return parts


def register(app: Dash, page: Page) -> None:
    """Wire the page: two answers of the server, everything else in the browser."""
    app.callback(output=SHELL, inputs=[Input(Id.LOCATION, "search"), Input(Id.ASKED_STORE, "data")])(shell_for(page))
    app.callback(output=ANSWER, inputs=[Input(Id.VIEW_STORE, "data")], prevent_initial_call=True)(answer_for(page))
    for name, parts in IN_BROWSER.items():
        app.clientside_callback(ClientsideFunction("amparo", name), *parts)
