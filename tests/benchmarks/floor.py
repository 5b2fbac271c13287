"""A page whose one callback does nothing: what Dash and the server take for themselves."""

from __future__ import annotations

from dash import Dash, Input, Output, dcc, html
from flask import Flask


def create_server() -> Flask:
    """The server of an empty page, which gunicorn serves as it serves the real one."""
    app = Dash("floor", compress=True)
    app.layout = html.Div([dcc.Store(id="view-store"), dcc.Store(id="strip-store")])
    app.callback(Output("strip-store", "data"), Input("view-store", "data"))(lambda view: view)
    with app.server.test_client() as client:
        client.get("/")
    return app.server
