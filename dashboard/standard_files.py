"""A standard as a file: the one of a view to be taken away, and one to be read, which leads to its view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, Response, redirect, request

from dashboard.documents.document import Document, Reading, Writing
from dashboard.documents.rendering import document_html
from dashboard.documents.serving import DOCUMENTS
from dashboard.page import Page
from dashboard.state import ViewState
from dashboard.text import Texts
from geodata.errors import DataFault, Fault, UnreadableFile
from geodata.planning import Standard
from geodata.planning.standards import MOST_HOURS
from geodata.sources.standards import (
    MAX_STANDARD_BYTES,
    STANDARD_COLUMNS,
    standard_from_csv,
    written_standard,
)
from geodata.tables import runs_as_formula

FIELD = "file"


def register_standard_files(server: Flask, page: Page) -> None:
    """`/download/standard.csv` gives a view's standard; `/standard` has the form that reads one, `POST` reads it.

    A standard that is read leads to its view; what is wrong with a file is shown, and nothing of it is kept.
    """

    @server.get("/download/standard.csv")
    def standard_csv() -> Response:
        reading = _reading(page)
        if not reading.state.standard:
            return _whole(Response("", status=404, mimetype="text/plain"))
        headers = {"Content-Disposition": 'attachment; filename="amparo-standard.csv"'}
        return _whole(Response(standard_body(reading.state, reading.texts), mimetype="text/csv", headers=headers))

    @server.get(LOADING.path)
    def load_form() -> Response:
        return _whole(Response(document_html(LOADING, _reading(page), DOCUMENTS), mimetype="text/html"))

    @server.post(LOADING.path)
    def load() -> Any:  # noqa: ANN401 - what Flask answers with
        reading = _reading(page)
        given = request.files.get(FIELD)
        body = given.read(MAX_STANDARD_BYTES + 1) if given else b""
        wrong, standard = read_whole(reading, body, (given.filename if given else "") or "")
        if standard is None:
            shown = replace(reading, writing=Writing(allowed=True, wrong=wrong))
            return _whole(Response(document_html(LOADING, shown, DOCUMENTS), status=422, mimetype="text/html"))
        return redirect(reading.address("/", **view_of(standard)), code=303)


def standard_body(state: ViewState, texts: Texts) -> bytes:
    """The file of a view's standard, UTF-8 with a mark for Excel; without a name of its own it has a plain one."""
    own = state.plan_name and not runs_as_formula(state.plan_name)
    name = state.plan_name if own else texts("standard.editor_heading")
    return b"\xef\xbb\xbf" + written_standard(Standard(name, state.targets).table())


def view_of(standard: Standard) -> dict[str, object]:
    """The parts of a view that show a standard."""
    targets = tuple(f"{capability}@{hours}" for capability, hours in standard.targets.items())
    return {"question": "standard", "standard": targets, "plan_name": standard.name}


def read_whole(reading: Reading, body: bytes, file: str) -> tuple[dict[str, str], Standard | None]:
    """What is wrong with a file, a line per fault in the reader's language; or its standard, and then nothing is."""
    texts, capabilities = reading.texts, list(map(str, reading.corridor.capabilities.index))
    if not body:
        return {"": texts("standard.load_missing")}, None
    try:
        return {}, Standard.of_table(standard_from_csv(body, file, capabilities))
    except UnreadableFile:
        return {"": texts("standard.load_unreadable")}, None
    except DataFault as refusal:
        return dict(_said(refusal.faults, capabilities, texts)), None


def _said(faults: Iterable[Fault], capabilities: list[str], texts: Texts) -> Iterable[tuple[str, str]]:
    words = {"words": ", ".join(capabilities), "columns": ", ".join(STANDARD_COLUMNS), "most": MOST_HOURS}
    for number, fault in enumerate(faults):
        known = fault.column in STANDARD_COLUMNS
        kind = "header" if fault.row == "1" and fault.column else fault.column if known else "row"
        where = {"row": fault.row, "column": fault.column, "value": fault.value[:60]}
        place = texts("standard.load_where", **where) if fault.column else texts("standard.load_where_row", **where)
        yield str(number), f"{place} {texts(f'standard.fault_{kind}', **words)}"


def _content(reading: Reading) -> Mapping[str, Any]:
    """What the template shows: the form, and what was wrong with the file before."""
    texts = reading.texts
    return {
        "action": reading.address(LOADING.path, lang=texts.lang),
        "field": FIELD,
        "file": texts("standard.load_file"),
        "submit": texts("standard.load_submit"),
        "columns": texts("standard.load_columns", columns=", ".join(STANDARD_COLUMNS)),
        "wrong_heading": texts("standard.load_wrong"),
        "wrong": list(reading.writing.wrong.values()),
    }


LOADING = Document("standard", "standard.load", "standard.load_lead", "standard.html", _content)


def _reading(page: Page) -> Reading:
    query = request.query_string.decode("utf-8", errors="replace")
    return Reading.of(page, query, request.headers.get("Accept-Language", ""))


def _whole(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
