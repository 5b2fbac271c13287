"""A standard as a file that a meeting can adopt: small CSV, a row per target, read strictly, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from geodata.errors import Fault, SchemaFault, UnreadableFile
from geodata.tables import canonical_csv, csv_lines, runs_as_formula
from geodata.values import UNPRINTABLE, is_date

STANDARD_COLUMNS = ("standard", "capability", "hours", "adopted", "note")
#: A file of targets is small; anything larger is another file.
MAX_STANDARD_BYTES = 64_000
MOST_TARGETS = 9
MOST_HOURS = 720
#: Of letters in the name and in a note.
MOST_LETTERS = {"standard": 60, "note": 300}
#: Columns that say the same in every row: what is adopted is adopted whole.
_OF_THE_WHOLE = ("standard", "adopted")
_WHOLE_HOURS = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def read_standard(path: Path, capabilities: Collection[str]) -> pd.DataFrame:
    """The standard in a file. See `standard_from_csv`. Raises `UnreadableFile` also where the file cannot be opened."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_STANDARD_BYTES + 1)
    except OSError as refusal:
        raise UnreadableFile(f"{path} cannot be read: {refusal.strerror}. Check the name and the rights.") from refusal
    return standard_from_csv(body, path.name, capabilities)


def standard_from_csv(body: bytes, file: str, capabilities: Collection[str]) -> pd.DataFrame:
    """The rows of a standard: standard, capability, hours (float64), adopted, note; index from 0, in the file's order.

    `capabilities` are those that a target can name. Spaces around a cell are taken off, a blank row is no row; columns
    may come in any order, `adopted` and `note` may be missing. Raises `UnreadableFile` where it is no CSV in UTF-8 or
    larger than 64 kB, `SchemaFault` with every fault found, named by the file, the row (the header is row 1), the column
    and the value.
    """
    if len(body) > MAX_STANDARD_BYTES:
        raise UnreadableFile(f"{file} is larger than {MAX_STANDARD_BYTES // 1000} kB: a standard is a few rows.")
    header, *cells = [[cell.strip() for cell in line] for line in csv_lines(body, file)]
    faults = [*_of_header(file, header), *_of_lengths(file, header, cells)]
    if faults:
        raise SchemaFault(faults)
    rows = {line: dict(zip(header, row, strict=True)) for line, row in enumerate(cells, start=2) if any(row)}
    faults = [
        *_of_rows(file, rows),
        *(fault for line in rows for fault in _of_row(file, line, rows[line], capabilities)),
    ]
    if faults:
        raise SchemaFault(sorted(faults, key=lambda fault: (int(fault.row), header.index(fault.column or header[0]))))
    table = pd.DataFrame(list(rows.values()), columns=list(STANDARD_COLUMNS), dtype="str").fillna("")
    return table.assign(hours=table["hours"].astype("float64"))


def written_standard(table: pd.DataFrame) -> bytes:
    """The file of a standard: `standard_from_csv` reads the same table back. Raises `SchemaFault` where it could not."""
    body = canonical_csv(table[list(STANDARD_COLUMNS)])
    standard_from_csv(body, "standard.csv", set(table["capability"]))
    return body


def _of_header(file: str, header: list[str]) -> Iterator[Fault]:
    known = ", ".join(STANDARD_COLUMNS)
    for place, name in enumerate(header):
        if name not in STANDARD_COLUMNS:
            yield Fault(file, "1", name, "", f"is no column of a standard; its columns are: {known}")
        elif name in header[:place]:
            yield Fault(file, "1", name, "", "is there twice; keep one of them")
    for name in ("standard", "capability", "hours"):
        if name not in header:
            yield Fault(file, "1", name, "", "is missing; add the column, filled in for every row")


def _of_lengths(file: str, header: list[str], cells: list[list[str]]) -> Iterator[Fault]:
    for line, row in enumerate(cells, start=2):
        if len(row) != len(header) and any(row):
            why = f"has {len(row)} cells where the header has {len(header)}; check its commas and quotes"
            yield Fault(file, str(line), "", "", why)


def _of_rows(file: str, rows: dict[int, dict[str, str]]) -> Iterator[Fault]:
    """What is wrong with the rows together."""
    if not 1 <= len(rows) <= MOST_TARGETS:
        last = str(max(rows, default=1))
        yield Fault(file, last, "", "", f"makes {len(rows)} targets; a standard has 1 to {MOST_TARGETS}")
    first = next(iter(rows.values()), {})
    seen: set[str] = set()
    for line, row in rows.items():
        if row["capability"] in seen:
            yield Fault(file, str(line), "capability", row["capability"], "has a target already; keep one of them")
        seen.add(row["capability"])
        for name in _OF_THE_WHOLE:
            if row.get(name, "") != first.get(name, ""):
                why = f"differs from the first row ({first.get(name, '')!r}); a file holds one standard"
                yield Fault(file, str(line), name, row.get(name, ""), why)


def _of_row(file: str, line: int, row: dict[str, str], capabilities: Collection[str]) -> Iterator[Fault]:
    for name, value in row.items():
        why = _remedy(name, value, capabilities)
        if why:
            yield Fault(file, str(line), name, value, why)


def _remedy(name: str, value: str, capabilities: Collection[str]) -> str:
    """What to do about a cell; "" where nothing is wrong with it."""
    if UNPRINTABLE.search(value) or "\r" in value or "\n" in value:
        return "take out the control characters and line breaks"
    match name:
        case "capability":
            return "" if value in capabilities else f"use one of: {', '.join(capabilities)}"
        case "hours":
            whole = _WHOLE_HOURS.fullmatch(value) and int(value) <= MOST_HOURS
            return "" if whole else f"write a whole number of hours from 1 to {MOST_HOURS}"
        case "adopted":
            return (
                "" if not value or is_date(value) else "write a date as YYYY, YYYY-MM or YYYY-MM-DD, or leave it blank"
            )
        case _:
            return _remedy_of_text(name, value)


def _remedy_of_text(name: str, value: str) -> str:
    if name == "standard" and not value:
        return "write the name of the standard"
    if len(value) > MOST_LETTERS[name]:
        return f"is longer than {MOST_LETTERS[name]} letters; shorten it"
    return "begins as a formula of a spreadsheet; begin it with a letter" if runs_as_formula(value) else ""
