"""The addresses of the documents."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.documents.document import Document, Reading
from dashboard.documents.method import METHOD
from dashboard.documents.rendering import document_html
from dashboard.page import Page

#: Every document, in the order in which the foot of each names the others. A new one is a record here.
DOCUMENTS = (METHOD,)


def register_documents(server: Flask, page: Page) -> None:
    """`/<name>` of each document, in the language of its query, else of the browser; the query of a view leads back to it."""
    for document in DOCUMENTS:
        server.add_url_rule(document.path, f"document_{document.name}", _answer(page, document))


def _answer(page: Page, document: Document) -> Callable[[], Response]:
    def answer() -> Response:
        query = request.query_string.decode("utf-8", errors="replace")
        reading = Reading.of(page, query, request.headers.get("Accept-Language", ""))
        response = Response(document_html(document, reading, DOCUMENTS), mimetype="text/html")
        response.headers["Content-Language"] = reading.texts.lang
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Language")
        response.add_etag()
        return response.make_conditional(request)

    return answer
