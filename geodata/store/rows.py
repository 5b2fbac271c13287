"""Rows at rest and tables in memory, each as the other: blanks and NaN are NULL, and come back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import sqlalchemy as sa

from geodata.schema import TABLES, Kind
from geodata.store.schema import DATABASE, IMPORT_ID
from geodata.values import NUMERIC

Row = Mapping[str, object]


def rows_of(name: str, table: pd.DataFrame, import_id: int | None) -> list[dict[str, object]]:
    """The rows of a table of the contract as the database takes them; `import_id` None means the reference."""
    contract = TABLES[name]
    columns: dict[str, list[object]] = {}
    for column in contract.columns:
        values = table[column.name].tolist()
        if column.kind in NUMERIC:
            whole = int if column.kind is Kind.COUNT else float
            columns[column.name] = [None if value != value else whole(value) for value in values]  # noqa: PLR0124
        else:
            blank = "" if column.name in contract.key else None
            columns[column.name] = [value or blank for value in values]
    return [
        {**dict(zip(columns, values, strict=True)), IMPORT_ID: import_id}
        for values in zip(*columns.values(), strict=True)
    ]


def insert_rows(connection: sa.Connection, name: str, rows: Iterable[Row]) -> None:
    """Writes rows to the database's table of that name; no rows, no statement."""
    listed = [dict(row) for row in rows]
    if listed:
        connection.execute(DATABASE.tables[name].insert(), listed)


def delete_ids(connection: sa.Connection, name: str, ids: Iterable[str]) -> None:
    """Takes out the rows with these ids from a table whose key is `id`."""
    table = DATABASE.tables[name]
    listed = [{"gone": gone} for gone in ids]
    if listed:
        connection.execute(table.delete().where(table.c.id == sa.bindparam("gone")), listed)


def read_table(connection: sa.Connection, name: str) -> pd.DataFrame:
    """A whole table of the contract, typed as the contract says, in the order of its key."""
    contract, table = TABLES[name], DATABASE.tables[name]
    chosen = sa.select(*(table.c[column] for column in contract.column_names)).order_by(*table.primary_key)
    found = pd.DataFrame(connection.execute(chosen).all(), columns=contract.column_names, dtype="object")
    return pd.DataFrame(
        {
            column.name: found[column.name].astype("float64")
            if column.kind in NUMERIC
            else found[column.name].fillna("").astype("str")
            for column in contract.columns
        }
    )


def read_tables(connection: sa.Connection) -> dict[str, pd.DataFrame]:
    """Every table of the contract."""
    return {name: read_table(connection, name) for name in TABLES}
