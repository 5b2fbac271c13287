"""Tables as one spreadsheet: the same tables give the same bytes, and no text is ever run as a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

#: A workbook carries a date of creation; it is always this one, so that only the data makes a difference.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: The most characters that a cell may hold.
MAX_TEXT = 32_767
WIDTHS = (8, 48)


def workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """An XLSX file with a sheet per table, a header row that stays in sight, numbers as numbers and texts as texts.

    NaN is an empty cell, never zero; a text that is blank is an empty cell too. The names of the sheets are at most 31
    characters. A text beyond 32,767 characters is cut there, as the format wants.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, _width(table, str(column)), wrapped)
                sheet.write_string(0, place, str(column), bold)
                _write_column(sheet, place, table[column])
    return written.getvalue()


def _write_column(sheet: Worksheet, place: int, values: pd.Series) -> None:
    numeric = pd.api.types.is_numeric_dtype(values)
    for row, value in enumerate(values, start=1):
        if numeric and not pd.isna(value):
            sheet.write_number(row, place, float(value))
        elif not numeric and value:
            sheet.write_string(row, place, str(value)[:MAX_TEXT])


def _width(table: pd.DataFrame, column: str) -> int:
    longest = max([len(column), *(len(str(value)) for value in table[column])])
    return min(max(longest + 1, WIDTHS[0]), WIDTHS[1])
