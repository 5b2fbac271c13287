"""What is seen, to be taken away as a file."""

from __future__ import annotations

import csv
import io

from flask import Flask, Response, request

from dashboard.page import Page

#: Signs with which a spreadsheet would begin a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def register_downloads(server: Flask, page: Page) -> None:
    """`/download/table.csv` with the query of a view: its table, as shown. `/download/map.html`: its map, in one file."""

    @server.get("/download/table.csv")
    def table_csv() -> Response:
        query = request.query_string.decode("utf-8", errors="replace")
        body = csv_of(page.table(query, request.headers.get("Accept-Language", "")))
        headers = {"Content-Disposition": 'attachment; filename="amparo.csv"', "Cache-Control": "no-store"}
        return Response(body, mimetype="text/csv", headers=headers)

    @server.get("/download/map.html")
    def map_file() -> Response:
        query = request.query_string.decode("utf-8", errors="replace")
        body = page.map_file(query, request.headers.get("Accept-Language", ""))
        headers = {"Content-Disposition": 'attachment; filename="amparo-map.html"', "Cache-Control": "no-store"}
        return Response(body, mimetype="text/html", headers=headers)


def csv_of(table: dict[str, object]) -> str:
    """A table as CSV with its caption in the first line; numbers with a point, words as shown, UTF-8 with a mark for Excel."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow([plain(str(table["caption"]))])
    lines.writerow([plain(str(column["label"])) for column in table["columns"]])  # type: ignore[attr-defined]
    for row in table["rows"]:  # type: ignore[attr-defined]
        lines.writerow([_cell(cell) for cell in row["cells"]])
    return "\ufeff" + written.getvalue()


def _cell(cell: dict[str, object]) -> object:
    value = cell["value"]
    return value if isinstance(value, int | float) else plain(str(cell["text"]))


def plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.lstrip().startswith(FORMULA_SIGNS) or words.startswith(FORMULA_SIGNS) else words
