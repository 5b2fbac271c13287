"""Who may enter, and what becomes of a filled-in form: kept whole, or shown again with what was wrong beside each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, redirect, request

from dashboard.documents.document import Document, Reading, Writing
from dashboard.documents.entry_form import BUSY, FIELDS, REQUIRED, wrong_fields
from dashboard.documents.indicator_files import csv_body, sheet_body
from dashboard.documents.indicators import INDICATORS, Choice
from dashboard.documents.rendering import document_html
from dashboard.page import Page
from geodata.errors import DataFault, StoreBusy
from geodata.indicators import enter, read_entries
from geodata.store import Store

#: What a proxy adds: behind one, everybody would seem to sit at this machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reading_of(page: Page, store: Store | None) -> Reading:
    """The reading that the present request asks for, with the entries as they are now."""
    query = request.query_string.decode("utf-8", errors="replace")
    reading = Reading.of(page, query, request.headers.get("Accept-Language", ""))
    if store is None:
        return reading
    writing = Writing(allowed=from_this_machine(request), kept=reading.asked.get("kept") == "1")
    return replace(reading, entries=lambda: read_entries(store), writing=writing)


def from_this_machine(asked: Request) -> bool:
    """Whether a request comes from the machine itself and names it so; through a proxy, or by another name, it does not.

    Until there is a way to sign in, sitting at the machine is what gives the right to enter.
    """
    host = urlsplit(f"//{asked.host}").hostname or ""
    forwarded = any(name in asked.headers for name in FORWARDED)
    return not forwarded and _is_loopback(asked.remote_addr or "") and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def of_this_page(asked: Request) -> bool:
    """Whether a form was sent by a page of this very server: by the browser's word, or where it gives none, by its origin.

    The pages tell nobody where they are (`Referrer-Policy: no-referrer`), so that a browser sends the origin "null".
    """
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    own = asked.host_url.rstrip("/")
    return origin in (None, "null", own) if site == "same-origin" else site is None and origin == own


def register_entering(server: Flask, page: Page, store: Store | None, documents: Sequence[Document]) -> None:
    """`POST /indicators` takes an entry; `/download/indicators.csv` and `.xlsx` give what is shown."""

    @server.post(INDICATORS.path)
    def enter_one() -> Response:
        if store is None or not from_this_machine(request) or not of_this_page(request):
            abort(403)
        reading = reading_of(page, store)
        row = {name: request.form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        wrong = _refused(store, row)
        if wrong:
            written = replace(reading, writing=Writing(allowed=True, values=row, wrong=wrong))
            body = document_html(INDICATORS, written, documents)
            return _whole(Response(body, status=422, mimetype="text/html"))
        parts = Choice.of(reading).parts | {"kept": "1"}
        return redirect(f"{reading.address_with(INDICATORS.path, parts)}#entry", code=303)  # type: ignore[return-value]

    @server.get("/download/indicators.csv")
    def indicators_csv() -> Response:
        return _file(csv_body(reading_of(page, store)), "text/csv", "csv")

    @server.get("/download/indicators.xlsx")
    def indicators_sheet() -> Response:
        return _file(sheet_body(reading_of(page, store)), SHEET, "xlsx")


def _refused(store: Store, row: dict[str, str]) -> dict[str, str]:
    """What was wrong with the row, by field; nothing where it was kept."""
    if not any(cell.strip() for cell in row.values()):
        return dict.fromkeys(REQUIRED, "")
    try:
        enter(store, {"form": row}, "form")
    except DataFault as refusal:
        return wrong_fields(refusal)
    except StoreBusy as refusal:
        return {BUSY: str(refusal)}
    return {}


def _file(body: bytes, mimetype: str, ending: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="amparo-indicators.{ending}"'
    return _whole(response)


def _whole(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
