"""The tables at rest, made from the contracts: plain types only, so that PostGIS can hold them as well as SQLite."""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from geodata.schema import TABLES, Column, Kind, Table

#: A row of the embedded reference has no import; every other row names the import that wrote it last.
IMPORT_ID = "import_id"


def _column(contract: Table, column: Column) -> sa.Column[Any]:
    types: dict[Kind, sa.types.TypeEngine[Any]] = {Kind.NUMBER: sa.Double(), Kind.COUNT: sa.BigInteger()}
    links = [_link(f"{column.ref}.id")] if column.kind is Kind.REF else []
    key = column.name in contract.key
    kind = types.get(column.kind, sa.Text())
    return sa.Column(
        column.name, kind, *links, primary_key=key, nullable=not (key or column.required), autoincrement=False
    )


def _link(target: str) -> sa.ForeignKey:
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED")


def _database() -> sa.MetaData:
    whole = sa.MetaData()
    sa.Table("data_versions", whole, *_data_versions())
    sa.Table("imports", whole, *_imports())
    sa.Table("set_aside", whole, *_set_aside())
    for contract in TABLES.values():
        columns = [_column(contract, column) for column in contract.columns]
        sa.Table(contract.name, whole, *columns, sa.Column(IMPORT_ID, sa.Integer, _link("imports.id")))
    return whole


def _data_versions() -> list[sa.Column[Any]]:
    return [
        sa.Column("shape", sa.Text, primary_key=True),
        sa.Column("reference_digest", sa.Text, nullable=False),
        sa.Column("filled_at", sa.Text, nullable=False),
    ]


def _imports() -> list[sa.Column[Any]]:
    texts = ("file", "sha256", "as_table", "source_id", "reader", "imported_at")
    counts = ("rows_read", "rows_kept", "rows_held", "rows_refused", "added", "changed", "unchanged")
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
    ]


def _set_aside() -> list[sa.Column[Any]]:
    return [
        sa.Column("import_id", sa.Integer, _link("imports.id"), primary_key=True),
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("row_id", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    ]


DATABASE = _database()
DATA_VERSIONS = DATABASE.tables["data_versions"]
IMPORTS = DATABASE.tables["imports"]
SET_ASIDE = DATABASE.tables["set_aside"]


def shape() -> str:
    """A digest that changes with the columns of any table at rest."""
    return hashlib.sha256("".join(str(CreateTable(table)) for table in DATABASE.sorted_tables).encode()).hexdigest()
