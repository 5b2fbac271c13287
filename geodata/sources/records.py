"""A file of rows, read strictly: a spreadsheet, CSV or JSON told apart by its content, never by its name."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import python_calamine

from geodata.errors import UnreadableFile
from geodata.tables import csv_lines, number_text

MAX_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 800_000_000
MAX_CELLS = 20_000_000
CELL = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
BOM = "\ufeff"


@dataclass(frozen=True)
class Records:
    """The rows of a file as text. `form` is xlsx, csv or json; blanks are "".

    The index `row` is the number by which a person finds the row: the spreadsheet's own, the header being row 1; in CSV
    the same; in JSON the place in the list, from 1. A row in which nothing stands is no row.
    """

    file: str
    sha256: str
    form: str
    table: pd.DataFrame

    @property
    def columns(self) -> list[str]:
        """The names in the header, without spaces and marks around them."""
        return list(self.table.columns)


def read_records(path: Path) -> Records:
    """The rows of a file. Raises `UnreadableFile` with the file's name, what was found in it and the remedy."""
    body = _read_bytes(path)
    form, parse = _form(body)
    table = parse(body, path.name)
    stands = (table != "").any(axis="columns")
    return Records(path.name, hashlib.sha256(body).hexdigest(), form, table[stands].rename_axis("row"))


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{path.name} is larger than {MAX_BYTES // 10**6} MB. Split it by year.")
        body = path.read_bytes()
    except OSError as refusal:
        raise UnreadableFile(f"{path} cannot be read: {refusal.strerror}. Check the name and the rights.") from refusal
    if not body.strip():
        raise UnreadableFile(f"{path.name} is empty. Download it again.")
    return body


def _form(body: bytes) -> tuple[str, Callable[[bytes, str], pd.DataFrame]]:
    if body.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "xlsx", _sheet
    if body.removeprefix(BOM.encode()).lstrip()[:1] in {b"[", b"{"}:
        return "json", _json
    return "csv", _csv


def _sheet(body: bytes, file: str) -> pd.DataFrame:
    _check_size(body, file)
    try:
        book = python_calamine.load_workbook(io.BytesIO(body))
        lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError) as refusal:
        why = f"{file} looks like a spreadsheet but does not open as one ({refusal}). Save it as XLSX or CSV UTF-8."
        raise UnreadableFile(why) from refusal
    return _table([[_text(cell) for cell in line] for line in lines], file)


def _check_size(body: bytes, file: str) -> None:
    """Nothing where the workbook is of a size that can be opened; unpacked, and as a grid up to its last cell."""
    if not body.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(f"{file} unpacks to more than {MAX_UNPACKED_BYTES // 10**6} MB. Split it by year.")
            sheets = [packed.read(name) for name in packed.namelist() if "worksheets" in name and name.endswith(".xml")]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as refusal:
        why = f"{file} is a damaged or locked package ({refusal}). Save it again as XLSX without a password."
        raise UnreadableFile(why) from refusal
    if any(_cells(sheet) > MAX_CELLS for sheet in sheets):
        raise UnreadableFile(f"{file} has more than {MAX_CELLS:,} cells. Delete empty rows and columns, or split it.")


def _cells(sheet: bytes) -> int:
    """How many cells the grid has that reaches to the sheet's last column and last row."""
    named = {(match[1].rjust(3, b"@"), int(match[2])) for match in CELL.finditer(sheet)}
    columns = (
        sum((letter - ord("@")) * 26**place for place, letter in enumerate(reversed(max(named)[0]))) if named else 0
    )
    return columns * max((row for _, row in named), default=0)


def _csv(body: bytes, file: str) -> pd.DataFrame:
    if b"\x00" in body:
        raise UnreadableFile(f"{file} is neither a spreadsheet, nor CSV in UTF-8, nor JSON. Save it as CSV UTF-8.")
    return _table(csv_lines(body, file), file)


def _table(lines: Sequence[Sequence[str]], file: str) -> pd.DataFrame:
    header = [name.strip().strip(BOM).strip() for name in lines[0]] if lines else []
    if not any(header):
        raise UnreadableFile(f"{file} has no header. Its first row must name the columns.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UnreadableFile(f"{file} has the column {twice[0][:40]!r} twice. Keep one of them.")
    uneven = [number for number, line in enumerate(lines[1:], start=2) if len(line) != len(header)]
    if uneven:
        why = f"{file}, row {uneven[0]}: has not as many cells as the header ({len(header)}). Check commas and quotes."
        raise UnreadableFile(why)
    return pd.DataFrame(list(lines[1:]), columns=header, index=range(2, len(lines) + 1), dtype="str")


def _text(cell: object) -> str:
    match cell:
        case float():
            return number_text(cell)
        case datetime() if not cell.time().isoformat().strip("0:"):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _json(body: bytes, file: str) -> pd.DataFrame:
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_pairs)
    except (ValueError, RecursionError) as refusal:
        raise UnreadableFile(f"{file} is not JSON ({refusal}). Download it again.") from refusal
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise UnreadableFile(f"{file} is JSON, but not a list of records. Download the year's file of the service.")
    columns = list(dict.fromkeys(name for one in found for name in one))
    rows = [[_scalar(one.get(name), file, row) for name in columns] for row, one in enumerate(found, start=1)]
    return pd.DataFrame(rows, columns=columns, index=range(1, len(found) + 1), dtype="str")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a record names one field twice")
    return record


def _scalar(value: object, file: str, row: int) -> str:
    if isinstance(value, (dict, list)):
        raise UnreadableFile(f"{file}, record {row}: holds a list or record inside a field; a plain value is needed.")
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
    if re.search(r"[\ud800-\udfff]", text):
        raise UnreadableFile(f"{file}, record {row}: holds half a character (a lone surrogate). Download it again.")
    return text
