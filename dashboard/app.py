"""The composition root: store, corridor, page, wires and server, put together once."""

from __future__ import annotations

import gc
import os
from typing import Any

import flask
from dash import Dash
from flask import Flask

from callbacks import view
from dashboard.documents import register_documents
from dashboard.downloads import register_downloads
from dashboard.jobs.book import KINDS
from dashboard.jobs.serving import register_jobs
from dashboard.jobs.shelf import Shelf, jobs_folder
from dashboard.layers import LayerStore
from dashboard.layout import layout
from dashboard.maps import wires
from dashboard.maps.values import preload_links
from dashboard.page import Page
from dashboard.panels.controls import hidden_controls_css
from dashboard.plan_files import register_plan_files
from dashboard.server import finished_server, flask_server
from dashboard.settings import Settings
from dashboard.standard_files import register_standard_files
from dashboard.text import Texts, language_for
from dashboard.theme.icon import icon_link
from dashboard.theme.tokens import css_variables
from geodata.corridor import Corridor
from geodata.reference.boundaries import basemap_features
from geodata.store import Store, store_url


class PageApp(Dash):
    """Dash with the language, the theme and the geometry of the page in the head of its document."""

    head = ""

    def interpolate_index(self, **parts: Any) -> str:  # noqa: ANN401 - what Dash hands over
        """The document: its language is that of the address, else the browser's."""
        lang = language_for(flask.request.args.get("lang", ""), flask.request.headers.get("Accept-Language", ""))
        parts["title"] = Texts(lang)("app.title")
        parts["favicon"] = icon_link()
        parts["metas"] = (
            f'{parts["metas"]}<meta name="viewport" content="width=device-width, initial-scale=1">{self.head}'
        )
        return super().interpolate_index(**parts).replace("<html>", f'<html lang="{lang}">', 1)


def create_app(settings: Settings, corridor: Corridor, store: Store | None = None, shelf: Shelf | None = None) -> Dash:
    """The app of a corridor, with every wire.

    What delegations enter goes to the store; without one nothing can be entered. Long work is kept on the shelf; without
    one it cannot be asked for.
    """
    layers = LayerStore.of(corridor, basemap_features())
    page = Page.of(corridor, layers, shelf=shelf)
    server = flask_server(settings, layers, corridor.snapshot.digest)
    register_downloads(server, page)
    register_plan_files(server, page)
    register_documents(server, page, store)
    register_standard_files(server, page)
    if shelf is not None:
        register_jobs(server, shelf, page.known, KINDS)
    app = PageApp(
        "amparo",
        server=server,
        assets_folder=_assets(),
        assets_ignore=r"^documents\.css$",  # the documents ask for it themselves
        compress=True,
        update_title="",
        title="Amparo",
        eager_loading=False,
    )
    hidden = hidden_controls_css(tuple(page.answers.records.values()))
    app.head = preload_links(layers) + f"<style>{css_variables()}{hidden}</style>"

    def spoken_layout() -> Any:  # noqa: ANN401 - a component
        asked = flask.request.headers.get("Accept-Language", "") if flask.has_request_context() else ""
        return layout(corridor, page.known, layers, language_for("", asked), settings.tiles)

    app.layout = spoken_layout
    page.warm()
    wires.register(app)
    view.register(app, page)
    return app


def create_server() -> Flask:
    """The server that gunicorn serves: settings from the environment, data from the store, which is filled where it is new."""
    settings = Settings.of(os.environ)
    store = Store(store_url(os.environ))
    store.fill_from_reference()
    corridor = Corridor.of(store.read_snapshot())
    shelf = Shelf(jobs_folder(os.environ), corridor.snapshot.digest)
    server = finished_server(create_app(settings, corridor, store, shelf), settings)
    gc.freeze()  # what is read once is never garbage: no request waits for it to be looked through
    return server


def _assets() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "assets")  # noqa: PTH118, PTH120, PTH100
