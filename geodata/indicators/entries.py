"""What delegations enter: official wording, values of their own and replies, each with its source and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from geodata.errors import Fault, SchemaFault
from geodata.indicators.period import Period
from geodata.schema import TABLES
from geodata.tables import table_from_text

TABLE = "indicator_entries"
SOURCE_ID = "delegations"
#: What a person fills in; the rest of the table's columns are given to the row when it is entered.
GIVEN = ("id", "entered", "source_id")
TEMPLATE_COLUMNS = tuple(name for name in TABLES[TABLE].column_names if name not in GIVEN)
MAX_ROWS = 1000
#: Of characters in one cell: a wording fits, a document does not.
MAX_CELL = 4000

Row = Mapping[str, str]


def new_entries(rows: Mapping[str, Row], there: pd.DataFrame, today: str) -> pd.DataFrame:
    """The rows as a table of the contract, numbered after those that are there. `today` is written YYYY-MM-DD.

    `rows` are named as a person finds them: by their line in a file. Spaces around a cell are taken off; a blank row is
    no row. Raises `SchemaFault` with every fault: what the contract refuses, a value without a number, a wording or
    reply without a text, a cell too long, and a row that says what the one that counts says already.
    """
    given = {line: _stripped(row) for line, row in rows.items() if any(cell.strip() for cell in row.values())}
    faults = [fault for line, row in given.items() for fault in _incomplete(line, row)]
    if len(given) > MAX_ROWS:
        faults.append(Fault(TABLE, str(len(given)), "", "", f"rows are more than {MAX_ROWS}; split the file"))
    first = next_number(there)
    full = [
        {**row, "id": f"E{first + place:06d}", "entered": today, "source_id": SOURCE_ID}
        for place, row in enumerate(given.values())
    ]
    table = _checked(full, list(given), faults)
    repeated = [*_repeated(table, there, list(given))]
    if repeated:
        raise SchemaFault(repeated)
    return table


def _stripped(row: Row) -> dict[str, str]:
    return {name: cell.strip() for name, cell in row.items() if name not in GIVEN}


def _checked(full: list[dict[str, str]], lines: list[str], faults: list[Fault]) -> pd.DataFrame:
    try:
        table = table_from_text(TABLE, full)
    except SchemaFault as refusal:
        named = dict(zip((row["id"] for row in full), lines, strict=True))
        by_line = [replace(fault, row=named.get(fault.row, fault.row)) for fault in refusal.faults]
        raise SchemaFault([*by_line, *faults]) from refusal
    if faults:
        raise SchemaFault(faults)
    return table


def _incomplete(line: str, row: Row) -> Iterator[Fault]:
    kind = row.get("kind", "")
    if kind == "value":
        for name in ("value", "period"):
            if not row.get(name):
                yield Fault(TABLE, line, name, "", "write it; a value needs its number and its period")
    elif row.get("value"):
        yield Fault(TABLE, line, "value", row["value"], "leave it blank; only a row of the kind value has a number")
    if kind in ("official_wording", "reply") and not row.get("text"):
        yield Fault(TABLE, line, "text", "", "write it; a wording or a reply is its text")
    for name, value in row.items():
        if len(value) > MAX_CELL:
            yield Fault(TABLE, line, name, f"{value[:20]}…", f"is longer than {MAX_CELL} characters; shorten it")


def next_number(there: pd.DataFrame) -> int:
    """The number of the next entry: one more than the greatest there is."""
    numbers = [int(one[1:]) for one in there["id"] if one[:1] == "E" and one[1:].isdecimal()]
    return max(numbers, default=0) + 1


def entry_keys(entries: pd.DataFrame) -> pd.Series[str]:
    """What an entry answers, on the same index: indicator, country, period, kind, and of texts their language."""
    language = entries["language"].where(entries["kind"] != "value", "")
    parts = [entries[name] for name in ("indicator_id", "country_iso3", "period", "kind")]
    return pd.Series(["|".join(key) for key in zip(*parts, language, strict=True)], index=entries.index, dtype="str")


def current_entries(entries: pd.DataFrame) -> pd.DataFrame:
    """The entries that count: the last one for each thing it answers; the others are its history. In the order of their ids."""
    ordered = entries.sort_values("id", kind="stable")
    return ordered[~entry_keys(ordered).duplicated(keep="last")]


def entries_in(entries: pd.DataFrame, period: Period, countries: Sequence[str]) -> pd.DataFrame:
    """The entries that count for a period: of that very one, of the year that holds it, or of no period at all."""
    asked = {"", str(period), f"{period.first.year:04d}"}
    counting = current_entries(entries)
    return counting[counting["period"].isin(asked) & counting["country_iso3"].isin(countries)]


def _repeated(table: pd.DataFrame, there: pd.DataFrame, lines: Sequence[str]) -> Iterator[Fault]:
    """Rows that answer what another row of the file answers, or that say what the entry that counts says already."""
    counting = current_entries(there)
    told = dict(zip(entry_keys(counting), _told(counting), strict=True))
    twice = entry_keys(table).duplicated()
    rows = zip(lines, entry_keys(table), _told(table), twice, strict=True)
    for line, key, said, again in rows:
        if again:
            yield Fault(TABLE, line, "", key, "answers what another row of this file answers; keep one of them")
        elif told.get(key) == said:
            yield Fault(TABLE, line, "", key, "is entered already and counts; take the row out")


def _told(entries: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in entries[list(TEMPLATE_COLUMNS)].itertuples(index=False)]
