"""The store: filled from the reference, read as a snapshot, written by imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pandas as pd
import sqlalchemy as sa

from geodata.errors import UnreadableFile
from geodata.reference import read_reference
from geodata.snapshot import Snapshot
from geodata.store.engine import engine_for, prepare, transaction
from geodata.store.filling import held_reference, refill, reshape
from geodata.store.rows import read_tables
from geodata.tables import check_references

#: How long to wait for another process that is writing before `StoreBusy` is raised.
BUSY_SECONDS = 5.0


class Store:
    """The tables at rest at a database's URL, for instance `sqlite:////data/amparo.sqlite`.

    It keeps no connection open: threads, processes and forks may share it.
    """

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.busy_seconds = busy_seconds
        self.engine = engine_for(url, busy_seconds)

    def fill_from_reference(self, tables: Mapping[str, pd.DataFrame] | None = None) -> bool:
        """Fills a new store from the embedded reference, or from `tables`, and again where that has changed.

        True where it wrote. Imported rows stay. Any number of processes may call it at once and find the store filled.
        Raises `DataFault` for a reference that is not sound, `StoreBusy`, `UnreadableFile`.
        """
        tables = read_reference() if tables is None else tables
        check_references(tables)
        digest = Snapshot.of(tables).digest
        prepare(self.engine, self.busy_seconds)
        with self.reading() as connection:
            if held_reference(connection) == digest:
                return False
        with self.writing() as connection:
            return _fill(connection, tables, digest)

    def read_snapshot(self) -> Snapshot:
        """Every table as it is now, all of one moment. Raises `UnreadableFile` where the store was never filled."""
        with self.reading() as connection:
            if held_reference(connection) is None:
                why = (
                    f"The store {self.engine.url.database} is empty or of another version. Fill it from the reference."
                )
                raise UnreadableFile(why)
            return Snapshot.of(read_tables(connection))

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the tables of one moment and does not wait for writers."""
        with transaction(self.engine, writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose changes are all kept or none; one at a time. Raises `StoreBusy` while another writes."""
        with transaction(self.engine, writing=True) as connection:
            yield connection


def _fill(connection: sa.Connection, tables: Mapping[str, pd.DataFrame], digest: str) -> bool:
    held = held_reference(connection)
    if held == digest:
        return False
    if held is None:
        reshape(connection)
    refill(connection, tables, digest)
    check_references(read_tables(connection))
    return True
