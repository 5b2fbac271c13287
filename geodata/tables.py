"""Tables on their way in and out: text held against the contract, and the one way in which a table is written."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from geodata.errors import Fault, ReferenceFault, SchemaFault, UnreadableFile
from geodata.schema import TABLES, Column, Table
from geodata.values import LISTED, NUMERIC, ends_before, remedy

Rows = pd.DataFrame | Sequence[Mapping[str, str]]
#: Pairs of columns of which the second may not lie before the first.
INTERVALS = (("opened", "closed"), ("since", "until"), ("period_start", "period_end"))
NEEDS_QUOTES = re.compile(r'[",\r\n]')
#: A row of one blank cell; an empty line would be no row.
BLANK_LINE = '""'
BEGINS_FORMULA = re.compile("[=+\\-@\N{MINUS SIGN}]")
NOT_SEEN = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")


def table_from_csv(name: str, body: bytes, file: str = "") -> pd.DataFrame:
    """The table of that name from the bytes of a CSV file with a header line, in UTF-8. See `table_from_text`.

    Raises `UnreadableFile` where the bytes are not UTF-8 or not CSV, `SchemaFault` where a line has too many or too few
    cells. `file` is the name by which the message calls it.
    """
    header, *cells = csv_lines(body, file or f"{name}.csv")
    uneven = [
        Fault(name, str(number), "", "", f"has {len(line)} cells where the header has {len(header)}; check its quotes")
        for number, line in enumerate(cells, start=2)
        if len(line) != len(header)
    ]
    if uneven:
        raise SchemaFault(uneven)
    return table_from_text(name, pd.DataFrame(cells, columns=header, dtype="str"))


def csv_lines(body: bytes, file: str, delimiter: str = ",") -> list[list[str]]:
    """The lines of a CSV file in UTF-8, the header first, as they are. Raises `UnreadableFile` where it is not that."""
    try:
        lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True, delimiter=delimiter))
    except UnicodeDecodeError as refusal:
        raise UnreadableFile(f"{file} is not UTF-8 text (byte {refusal.start}). Save it as CSV UTF-8.") from refusal
    except csv.Error as refusal:
        raise UnreadableFile(f"{file} is not CSV: {refusal}. Check its quotes, save it as CSV UTF-8.") from refusal
    if not lines:
        raise UnreadableFile(f"{file} is empty. Its first line must name the columns.")
    return lines


def table_from_text(name: str, rows: Rows) -> pd.DataFrame:
    """The table of that name: columns in the contract's order, text as `str` ("" = not published), numbers as float64.

    An optional column that is not there is "not published" in every row. Raises `SchemaFault` with every fault found.
    """
    contract = TABLES[name]
    raw = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype="str")
    raw = raw.reset_index(drop=True)
    faults = [*_faulty_header(contract, raw), *_faulty_values(contract, raw), *_faulty_rows(contract, raw)]
    if faults:
        raise SchemaFault(faults)
    return pd.DataFrame({column.name: _typed(column, raw) for column in contract.columns})


def _typed(column: Column, raw: pd.DataFrame) -> pd.Series:
    text = raw[column.name].fillna("") if column.name in raw else pd.Series("", index=raw.index)
    if column.kind in NUMERIC:
        return pd.Series([float(value) if value else float("nan") for value in text], index=raw.index, dtype="float64")
    return text.astype("str")


def _faulty_header(contract: Table, raw: pd.DataFrame) -> Iterator[Fault]:
    known = ", ".join(contract.column_names)
    for place, name in enumerate(raw.columns):
        if name not in contract.column_names:
            yield Fault(contract.name, "1", str(name), "", f"is no column of this table; its columns are: {known}")
        elif name in raw.columns[:place]:
            yield Fault(contract.name, "1", str(name), "", "is there twice; keep one of them")
    if len(raw.columns) or len(raw):
        for column in contract.columns:
            if column.required and column.name not in raw.columns:
                yield Fault(contract.name, "1", column.name, "", "is missing; add the column, filled in for every row")


def _faulty_values(contract: Table, raw: pd.DataFrame) -> Iterator[Fault]:
    names = _row_names(raw)
    for column in contract.columns:
        if list(raw.columns).count(column.name) != 1:
            continue
        texts = raw[column.name].fillna("")
        wrong = {text: why for text in texts.unique() if (why := remedy(column, text))}
        for row, text in enumerate(texts) if wrong else ():
            if text in wrong:
                yield Fault(contract.name, names[row], column.name, text, wrong[text])


def _faulty_rows(contract: Table, raw: pd.DataFrame) -> Iterator[Fault]:
    names = _row_names(raw)
    keys = [name for name in contract.key if name in raw]
    if len(keys) == len(contract.key) and raw.columns.is_unique:
        for row in raw.index[raw.duplicated(keys)]:
            value = ", ".join(map(str, raw.loc[row, keys].fillna("")))
            why = "names a row that is already there; give it another id or take it out"
            yield Fault(contract.name, names[row], ", ".join(keys), value, why)
    for first, last in INTERVALS:
        if raw.columns.is_unique and {first, last} <= {*raw.columns} & {*contract.column_names}:
            pairs = zip(raw[first].fillna(""), raw[last].fillna(""), strict=True)
            for row, (start, end) in enumerate(pairs):
                if ends_before(start, end):
                    why = f"lies before {first} ({start}); correct one of the two"
                    yield Fault(contract.name, names[row], last, end, why)


def _row_names(raw: pd.DataFrame) -> list[str]:
    lines = [str(line) for line in range(2, len(raw) + 2)]
    if list(raw.columns).count("id") != 1:
        return lines
    return [named or line for named, line in zip(raw["id"].fillna(""), lines, strict=True)]


def check_references(tables: Mapping[str, pd.DataFrame]) -> None:
    """Nothing where each row that a row names is there and each caveat explained; else `ReferenceFault`, all faults."""
    faults = [
        fault
        for name in tables
        for column in TABLES[name].columns
        if referred_table(column)
        for fault in _broken(name, column, tables)
    ]
    if faults:
        raise ReferenceFault(faults)


def referred_table(column: Column) -> str:
    """The table whose ids the column holds; "" where it holds none. The words of a `caveat` are the caveats table."""
    return "caveats" if column.name == "caveat" else column.ref


def _broken(name: str, column: Column, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    table, target = tables[name], referred_table(column)
    there = set(tables[target]["id"]) if target in tables else set()
    several = column.kind in LISTED
    ids = table["id"] if "id" in table else [str(line) for line in range(2, len(table) + 2)]
    for row, value in zip(ids, table[column.name], strict=True):
        for part in value.split(";") if several else [value]:
            if part and part not in there:
                yield Fault(name, str(row), column.name, part, f"is no row of {target}; correct it, or add that row")


def canonical_csv(table: pd.DataFrame) -> bytes:
    """The table as stable text: UTF-8, a header, line feeds, blanks for NaN, numbers in their shortest exact form."""
    return _written({name: _texts(table[name]) for name in table.columns})


def written_csv(table: pd.DataFrame) -> bytes:
    """`canonical_csv` for spreadsheets: text that one would run as a formula has an apostrophe before it."""
    return _written({name: _guarded(table[name]) for name in table.columns})


def _written(columns: Mapping[str, list[str]]) -> bytes:
    lines = [list(columns), *zip(*columns.values(), strict=True)]
    return "".join(f"{','.join(map(_cell, line)) or BLANK_LINE}\n" for line in lines).encode()


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def _texts(column: pd.Series) -> list[str]:
    if pd.api.types.is_bool_dtype(column):
        return ["true" if value else "false" for value in column]
    if pd.api.types.is_float_dtype(column):
        return list(map(number_text, column))
    return ["" if pd.isna(value) else str(value) for value in column]


def _guarded(column: pd.Series) -> list[str]:
    texts = _texts(column)
    if pd.api.types.is_numeric_dtype(column):
        return texts
    return [f"'{text}" if runs_as_formula(text) else text for text in texts]


def number_text(number: float) -> str:
    """The shortest text that reads back as the same number, without a needless point; "" for NaN."""
    return "" if math.isnan(number) else repr(float(number) + 0.0).removesuffix(".0")


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula, signs that look like =, +, - or @ included."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    first = NOT_SEEN.sub("", text, count=1)[:1]
    return bool(BEGINS_FORMULA.match(unicodedata.normalize("NFKC", first)))
