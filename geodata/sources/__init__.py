"""One reader per format, as records: to read another publisher's files is to add a record here."""

from __future__ import annotations

from geodata.errors import UnknownName, UnreadableFile
from geodata.sources.missing_migrants import MISSING_MIGRANTS
from geodata.sources.reading import ASIDE_COLUMNS, Progress, Reader, Reading, no_progress
from geodata.sources.records import Records, read_records

READERS: tuple[Reader, ...] = (MISSING_MIGRANTS,)

__all__ = [
    "ASIDE_COLUMNS",
    "READERS",
    "Progress",
    "Reader",
    "Reading",
    "Records",
    "no_progress",
    "read_records",
    "reader_for",
]


def reader_for(records: Records, table: str) -> Reader:
    """The reader that knows the columns of a file and fills `table`.

    Raises `UnknownName` where no reader fills that table, `UnreadableFile` where none knows the columns.
    """
    able = [reader for reader in READERS if reader.table == table]
    if not able:
        known = ", ".join(sorted({reader.table for reader in READERS}))
        raise UnknownName(f"Files cannot be read as {table!r}. They can be read as: {known}.")
    for reader in able:
        if reader.recognises(records.columns):
            return reader
    found = ", ".join(name[:40] for name in records.columns[:8])
    expected = "; ".join(reader.expects for reader in able)
    raise UnreadableFile(
        f"{records.file} is {records.form.upper()} with the columns {found}{' …' if len(records.columns) > 8 else ''}. "
        f"Expected: {expected}. Download the file again and leave its header as it is."
    )
