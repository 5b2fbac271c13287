"""All tables of one data version, frozen, under one digest: what everything else reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from geodata.errors import UnknownName
from geodata.schema import TABLES
from geodata.tables import canonical_csv


@dataclass(frozen=True)
class Snapshot:
    """The tables of one data version. `digest` is the SHA-256 of their canonical text, in hexadecimal.

    The same rows give the same digest, in whatever order they came.
    """

    digest: str
    _tables: Mapping[str, pd.DataFrame] = field(repr=False, compare=False)

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> Snapshot:
        """The snapshot of tables that have passed their contracts; later changes to them do not reach it."""
        ordered = {name: _ordered(name, tables[name]) for name in sorted(tables)}
        return cls(_digest(ordered), ordered)

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables, in alphabetical order."""
        return tuple(self._tables)

    def table(self, name: str) -> pd.DataFrame:
        """A copy of one table, its rows in the order of their key. Raises `UnknownName` where there is none."""
        if name not in self._tables:
            raise UnknownName(f"There is no table {name!r}. There are: {', '.join(self._tables)}.")
        return self._tables[name].copy(deep=True)


def _ordered(name: str, table: pd.DataFrame) -> pd.DataFrame:
    key = list(TABLES[name].key) if name in TABLES else list(table.columns)
    return table.sort_values(key, kind="stable", ignore_index=True)


def _digest(tables: Mapping[str, pd.DataFrame]) -> str:
    whole = hashlib.sha256()
    for name, table in tables.items():
        body = canonical_csv(table)
        whole.update(f"{name} {len(body)}\n".encode())
        whole.update(body)
    return whole.hexdigest()
