"""What a reader makes of a file: rows kept, rows held for a person, rows refused, and why; none of them lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from geodata.sources.records import Records

#: Called with the rows done and the rows there are.
Progress = Callable[[int, int], None]
#: The columns of what is held and of what is refused. A row has one line for each reason against it.
ASIDE_COLUMNS = ["row", "id", "reason", "column", "value"]


def no_progress(done: int, rows: int) -> None:
    """Says nothing."""


@dataclass(frozen=True)
class Reading:
    """A file as read. `kept` is a table of the contract; several rows of the file may make one row of it (`rows_kept`).

    `held` and `refused` have the columns of `ASIDE_COLUMNS`: a held row needs a person, a refused one does not belong
    here. Each row of the file is kept, held or refused: `rows_read` = `rows_kept` + `rows_held` + `rows_refused`.
    """

    rows_read: int
    rows_kept: int
    kept: pd.DataFrame
    held: pd.DataFrame
    refused: pd.DataFrame

    @property
    def rows_held(self) -> int:
        """How many rows of the file are held."""
        return int(self.held["row"].nunique())

    @property
    def rows_refused(self) -> int:
        """How many rows of the file are refused."""
        return int(self.refused["row"].nunique())

    @property
    def aside(self) -> pd.DataFrame:
        """What is held and what is refused, with its `status`, in the order of the rows."""
        parts = [self.held.assign(status="held"), self.refused.assign(status="refused")]
        return pd.concat(parts, ignore_index=True).sort_values(["row", "reason"], ignore_index=True)

    def reasons(self) -> pd.DataFrame:
        """How many rows each reason stands against: status, reason, rows. A row may count under several reasons."""
        counted = self.aside.groupby(["status", "reason"], sort=True)["row"].nunique()
        return counted.rename("rows").reset_index()


@dataclass(frozen=True)
class Reader:
    """One format of one publisher, and the table that its files fill.

    `source` and `caveats` are what the tables of these names must say before its rows can stand: the row of a source
    without its id, and the meaning of each caveat.
    """

    name: str
    table: str
    expects: str
    source: Mapping[str, str]
    caveats: Mapping[str, str]
    recognises: Callable[[Collection[str]], bool]
    read: Callable[[Records, str, Progress], Reading]
