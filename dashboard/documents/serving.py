"""The addresses of the documents."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.documents.document import Document
from dashboard.documents.entering import reading_of, register_entering
from dashboard.documents.indicators import INDICATORS
from dashboard.documents.method import METHOD
from dashboard.documents.planning import PLANNING
from dashboard.documents.rendering import document_html
from dashboard.page import Page
from geodata.store import Store

#: Every document, in the order in which the foot of each names the others. A new one is a record here.
DOCUMENTS = (METHOD, PLANNING, INDICATORS)


def register_documents(server: Flask, page: Page, store: Store | None = None) -> None:
    """`/<name>` of each document, in the language of its query, else of the browser; the query of a view leads back to it.

    What delegations entered is read from the store at each request; without one nothing can be entered.
    """
    for document in DOCUMENTS:
        server.add_url_rule(document.path, f"document_{document.name}", _answer(page, document, store))
    register_entering(server, page, store, DOCUMENTS)


def _answer(page: Page, document: Document, store: Store | None) -> Callable[[], Response]:
    def answer() -> Response:
        reading = reading_of(page, store)
        response = Response(document_html(document, reading, DOCUMENTS), mimetype="text/html")
        response.headers["Content-Language"] = reading.texts.lang
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Language")
        response.add_etag()
        return response.make_conditional(request)

    return answer
