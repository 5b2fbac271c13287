"""The embedded reference on its way into the database, past the imported rows and past a change of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pandas as pd
import sqlalchemy as sa

from geodata.errors import UnreadableFile
from geodata.schema import TABLES
from geodata.store.rows import Row, insert_rows, rows_of
from geodata.store.schema import DATA_VERSIONS, DATABASE, IMPORT_ID, shape

#: Tables into which an import writes only what it lacks: what the reference says of the same id goes first.
REGISTERS = ("sources", "caveats")


def held_reference(connection: sa.Connection) -> str | None:
    """The digest of the reference that the database holds; None where it holds none in today's columns."""
    if not sa.inspect(connection).has_table(DATA_VERSIONS.name):
        return None
    held = connection.execute(sa.select(DATA_VERSIONS)).mappings().first()
    return str(held["reference_digest"]) if held is not None and held["shape"] == shape() else None


def reshape(connection: sa.Connection) -> None:
    """Makes the tables in today's columns; imported rows of earlier columns are carried over as far as both have them.

    Raises `UnreadableFile` where today's columns cannot hold them.
    """
    there = sa.MetaData()
    there.reflect(connection)
    carried = {name: _carried(connection, table) for name, table in there.tables.items() if name in DATABASE.tables}
    there.drop_all(connection)
    DATABASE.create_all(connection)
    try:
        for table in DATABASE.sorted_tables:
            insert_rows(connection, table.name, carried.get(table.name, []))
    except sa.exc.IntegrityError as refusal:
        why = "The store holds imports in columns of another version that cannot be carried over."
        raise UnreadableFile(f"{why} Move the store away and import the files again.") from refusal


def _carried(connection: sa.Connection, table: sa.Table) -> list[Row]:
    if table.name == DATA_VERSIONS.name:
        return []
    chosen = sa.select(*(column for column in table.c if column.name in DATABASE.tables[table.name].c))
    if table.name in TABLES:
        chosen = chosen.where(table.c[IMPORT_ID].is_not(None))
    return [dict(row) for row in connection.execute(chosen).mappings()]


def refill(connection: sa.Connection, tables: Mapping[str, pd.DataFrame], digest: str) -> None:
    """Puts the reference in the place of the one before; imported rows stay, and go before it where both have a key."""
    for table in reversed(DATABASE.sorted_tables):
        if table.name in TABLES:
            connection.execute(table.delete().where(table.c[IMPORT_ID].is_(None)))
    for table in DATABASE.sorted_tables:
        if table.name in tables:
            _refill_table(connection, table, rows_of(table.name, tables[table.name], None))
    connection.execute(DATA_VERSIONS.delete())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(DATA_VERSIONS.insert(), [{"shape": shape(), "reference_digest": digest, "filled_at": now}])


def _refill_table(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    key = [column.name for column in table.primary_key]
    if table.name in REGISTERS:
        gone = [{"gone": row["id"]} for row in rows]
        connection.execute(table.delete().where(table.c.id == sa.bindparam("gone")), gone or [{"gone": ""}])
    taken = {tuple(row) for row in connection.execute(sa.select(*table.primary_key))}
    insert_rows(connection, table.name, [row for row in rows if tuple(row[name] for name in key) not in taken])
