"""The indicators as shown, to be taken away: CSV as the command line writes it, and a spreadsheet with words."""

from __future__ import annotations

import pandas as pd

from dashboard.documents.document import Reading
from dashboard.documents.indicators import Choice, chosen_values, listed_records, place_of, value_text
from geodata.sheets import workbook
from geodata.tables import written_csv


def csv_body(reading: Reading) -> bytes:
    """The values of the choice in the query, with the columns of the command line; UTF-8 with a mark for Excel."""
    return b"\xef\xbb\xbf" + written_csv(chosen_values(reading, Choice.of(reading)))


def sheet_body(reading: Reading) -> bytes:
    """The same as a spreadsheet, with the names and meanings of the reader's language, sources and caveats."""
    texts = reading.texts
    values = chosen_values(reading, Choice.of(reading))
    rows = values.to_dict("records")
    named = values.assign(
        name=[texts(f"indicator.{one}") for one in values["indicator_id"]],
        shown=[value_text(row, texts) if row["entry_kind"] in ("", "value") else "" for row in rows],
    )
    labels = {"name": texts("sheet.name"), "shown": texts("indicators.column.value")}
    return workbook(
        {
            texts("sheet.values"): named.rename(columns=labels),
            texts("sheet.definitions"): _definitions(reading, values),
            texts("sheet.sources"): _named(reading, "sources", values["source_ids"]),
            texts("sheet.caveats"): _caveats(reading, values),
        }
    )


def _definitions(reading: Reading, values: pd.DataFrame) -> pd.DataFrame:
    texts = reading.texts
    rows = [
        {
            "id": one.id,
            texts("sheet.name"): texts(f"indicator.{one.id}"),
            texts("sheet.meaning"): texts(f"indicator.{one.id}.meaning"),
            texts("indicators.module"): place_of(one, texts),
            texts("sheet.how"): texts(f"formula.{one.formula}") if one.formula else "",
        }
        for one in listed_records(reading, values)
    ]
    return pd.DataFrame(rows, dtype="str")


def _caveats(reading: Reading, values: pd.DataFrame) -> pd.DataFrame:
    codes = sorted({code for cell in values["caveat"] for code in cell.split(";") if code})
    texts = reading.texts
    return pd.DataFrame({"id": codes, texts("sheet.meaning"): [texts(f"caveat.{code}") for code in codes]}, dtype="str")


def _named(reading: Reading, table: str, cells: pd.Series[str]) -> pd.DataFrame:
    whole = reading.corridor.snapshot.table(table)
    return whole[whole["id"].isin({part for cell in cells for part in cell.split(";")})]
