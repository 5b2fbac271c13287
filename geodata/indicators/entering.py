"""Entries on their way into the store and out of it: all of a file or nothing, nothing ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd

from geodata.indicators.entries import SOURCE_ID, TABLE, Row, new_entries
from geodata.store import Store
from geodata.store.rows import insert_rows, read_table, read_tables, rows_of
from geodata.store.schema import IMPORTS
from geodata.tables import check_references


def read_entries(store: Store) -> pd.DataFrame:
    """The table of entries as it is now, those of the past included: small, so that a page may ask at every request."""
    with store.reading() as connection:
        return read_table(connection, TABLE)


def enter(store: Store, rows: Mapping[str, Row], file: str, *, dry_run: bool = False) -> pd.DataFrame:
    """Adds the rows to the entries in one transaction, and gives them as they stand there. See `new_entries`.

    `file` is the name under which the store remembers where they came from. An entry for what another answers counts
    from now on; the other stays as its history. A dry run does the same and takes it back. Raises `SchemaFault`,
    `ReferenceFault` for an indicator that is not there, `StoreBusy`; then nothing has changed.
    """
    now = datetime.now(UTC)
    with store.writing() as connection:
        table = new_entries(rows, read_table(connection, TABLE), now.date().isoformat())
        if len(table):
            written = connection.execute(IMPORTS.insert().returning(IMPORTS.c.id), _import(table, file, now))
            insert_rows(connection, TABLE, rows_of(TABLE, table, written.scalar_one()))
            check_references(read_tables(connection))
        if dry_run:
            connection.rollback()
    return table


def _import(table: pd.DataFrame, file: str, now: datetime) -> dict[str, object]:
    counts = dict.fromkeys(("rows_read", "rows_kept", "added"), len(table))
    return {
        "file": file,
        "sha256": hashlib.sha256(table.to_csv(index=False).encode()).hexdigest(),
        "as_table": TABLE,
        "source_id": SOURCE_ID,
        "reader": TABLE,
        "imported_at": now.isoformat(timespec="seconds"),
        **dict.fromkeys(("rows_held", "rows_refused", "changed", "unchanged"), 0),
        **counts,
    }
