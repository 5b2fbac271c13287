"""What the data holds, in figures: how many rows of each kind, up to which date, and where the hours come from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geodata.corridor import Corridor
from geodata.schema import BASES
from geodata.snapshot import Snapshot

#: The tables that a reader asks about, each with the columns whose latest date tells how far it reaches.
DATED = {
    "sources": ("published",),
    "services": ("opened", "closed", "last_confirmed"),
    "state_presence": ("opened", "closed", "last_confirmed"),
    "incident_reports": ("period_end",),
    "flows": ("period",),
    "stays": ("period",),
}


@dataclass(frozen=True)
class Holding:
    """A table: how many rows it has, and the latest date in it as the tables write dates ("" where it has none)."""

    table: str
    rows: int
    latest: str


def holdings(snapshot: Snapshot) -> list[Holding]:
    """The tables of `DATED`, in that order."""
    tables = {name: snapshot.table(name) for name in DATED}
    return [Holding(name, len(table), latest_date(table, DATED[name])) for name, table in tables.items()]


def latest_date(table: pd.DataFrame, columns: tuple[str, ...]) -> str:
    """The latest date of the columns; of a period its end counts, and a year alone comes before any month of it.

    A table without rows, or with blank dates only, has none ("").
    """
    return max((date.split("/")[-1] for column in columns for date in table[column]), default="")


def legs_by_basis(corridor: Corridor) -> pd.Series[int]:
    """How many legs have hours of each basis, in the order of `BASES`; zero where none. They add up to all legs."""
    return corridor.legs["basis"].value_counts().reindex(list(BASES), fill_value=0).rename("legs")
