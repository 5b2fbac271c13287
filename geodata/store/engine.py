"""The door to the database: transactions that are whole or not at all, and failures by their name."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from geodata.errors import StoreBusy, UnreadableFile

BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
REMEDIES = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space",
    sqlite3.SQLITE_READONLY: "it may not be written to; change its rights or name another place",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its folder and its rights",
    sqlite3.SQLITE_NOTADB: "it is not a database; move it away or restore a backup",
    sqlite3.SQLITE_CORRUPT: "it is damaged; move it away or restore a backup",
    sqlite3.SQLITE_IOERR: "the disk reports an error; check it",
}
#: How long to wait between two tries for a lock that the database does not wait for itself.
PAUSE_SECONDS = 0.02


def engine_for(url: str, busy_seconds: float) -> sa.Engine:
    """An engine that keeps no connection open, so that it may be used before and after a fork."""
    engine = sa.create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _arrange_sqlite(engine, busy_seconds)
    return engine


def _arrange_sqlite(engine: sa.Engine, busy_seconds: float) -> None:
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout = {int(busy_seconds * 1000)}", "foreign_keys = ON", "synchronous = FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    sa.event.listen(engine, "connect", on_connect)
    sa.event.listen(engine, "begin", on_begin)


def prepare(engine: sa.Engine, busy_seconds: float) -> None:
    """Makes the folder of a SQLite file and turns on its write-ahead log, which stays on. Raises `StoreBusy`."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    with _named(engine):
        try:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as refusal:
            raise UnreadableFile(f"The folder of the store cannot be made: {refusal}. Name another place.") from refusal
        _log_ahead(engine, time.monotonic() + busy_seconds)


def _log_ahead(engine: sa.Engine, until: float) -> None:
    while True:
        try:
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
        except sqlite3.OperationalError as refusal:
            if _code(refusal) not in BUSY or time.monotonic() > until:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


@contextmanager
def transaction(engine: sa.Engine, *, writing: bool) -> Iterator[sa.Connection]:
    """A connection in one transaction, which ends well or leaves everything as it was.

    Raises `StoreBusy` where another process holds the lock too long, `UnreadableFile` where the file is of no use.
    """
    with _named(engine), engine.execution_options(writing=writing).begin() as connection:
        yield connection


@contextmanager
def _named(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as refusal:
        code = _code(refusal.orig if isinstance(refusal, sa.exc.DatabaseError) else refusal)
        if code in BUSY:
            raise StoreBusy("Another process is writing to the store. Nothing was changed; try again.") from refusal
        if code not in REMEDIES:
            raise
        raise UnreadableFile(f"The store {engine.url.database}: {REMEDIES[code]}. Nothing was changed.") from refusal


def _code(refusal: BaseException | None) -> int:
    """The primary code of SQLite's refusal; -1 where it has none."""
    code: int = getattr(refusal, "sqlite_errorcode", -1)
    return code & 0xFF if code >= 0 else code
