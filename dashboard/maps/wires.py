"""The wires of the map that run in the browser: what changes on it never costs a request of its own."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.maps.ids import MapId


def register(app: Dash) -> None:
    """Draw the ground once, the runs and points from `MapId.VALUES`, the points again at every zoom.

    Of two dates the one that the reader chose is drawn. Names come from `MapId.TEXTS`.
    """
    app.clientside_callback(
        _function("map_named"),
        Output(MapId.WHOLE_ROUTE, "children"),
        Output(MapId.CREDIT, "children"),
        Output(MapId.REGION, "aria-label"),
        Output(MapId.LENS_REGION, "aria-label"),
        Output(MapId.SIDES_NAME, "children"),
        Input(MapId.TEXTS, "data"),
        Input(MapId.BASE, "data"),
        State(MapId.REGION, "id"),
    )
    app.clientside_callback(
        _function("ground_drawn"),
        Output(MapId.BASE, "data"),
        Output(MapId.LINES, "data"),
        Output(MapId.LENS_BASE, "data"),
        Output(MapId.LENS_LINES, "data"),
        Input(MapId.GROUND, "data"),
    )
    app.clientside_callback(
        _function("runs_drawn"),
        Output(MapId.NETWORK, "data"),
        Output(MapId.RUNS, "data"),
        Output(MapId.SELECTED, "data"),
        Output(MapId.FRAME, "data"),
        Output(MapId.LENS_NETWORK, "data"),
        Output(MapId.LENS_RUNS, "data"),
        Output(MapId.LENS_SELECTED, "data"),
        Output(MapId.LENS, "viewport"),
        Output(MapId.LENS_REGION, "className"),
        Input(MapId.VALUES, "data"),
        Input(MapId.SIDE, "value"),
        State(MapId.GROUND, "data"),
    )
    app.clientside_callback(
        _function("sides_offered"),
        Output(MapId.SIDES, "hidden"),
        Output(MapId.SIDE, "options"),
        Input(MapId.VALUES, "data"),
    )
    app.clientside_callback(
        _function("side_told"),
        Output(MapId.SIDE_STATUS, "children"),
        Input(MapId.VALUES, "data"),
        Input(MapId.SIDE, "value"),
    )
    for name, points, labels, view in (
        ("map_points", MapId.POINTS, MapId.LABELS, MapId.MAP_VIEW),
        ("lens_points", MapId.LENS_POINTS, MapId.LENS_LABELS, MapId.LENS_VIEW),
    ):
        app.clientside_callback(
            _function(name),
            Output(points, "data"),
            Output(labels, "data"),
            Input(MapId.VALUES, "data"),
            Input(view, "data"),
            Input(MapId.SIDE, "value"),
            State(MapId.GROUND, "data"),
        )
    app.clientside_callback(
        _function("route_view"),
        Output(MapId.MAP, "viewport"),
        Input(MapId.WHOLE_ROUTE, "n_clicks"),
        State(MapId.VALUES, "data"),
        State(MapId.GROUND, "data"),
    )


def _function(name: str) -> ClientsideFunction:
    return ClientsideFunction("amparo", name)
