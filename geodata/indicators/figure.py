"""A figure with its range, and what it rests on; and the question of an indicator to one country."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from geodata.corridor import Corridor
from geodata.indicators.period import Period
from geodata.indicators.records import Indicator
from geodata.units import Month


@dataclass(frozen=True)
class Figure:
    """Three readings in the indicator's unit, NaN where there is no information; the rows it rests on, and those left out."""

    low: float
    typical: float
    high: float
    rows: int
    left_out: int
    source_ids: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether at least one reading is a number."""
        return not all(map(math.isnan, (self.low, self.typical, self.high)))


@dataclass(frozen=True)
class Asked:
    """One indicator, asked of one country for one period."""

    corridor: Corridor
    indicator: Indicator
    period: Period
    country: str

    @property
    def as_of(self) -> Month:
        """The month for whose end all that stands at a date is told."""
        return self.period.as_of

    def table(self, name: str) -> pd.DataFrame:
        """A table of the snapshot, to be read and never changed: one copy serves all indicators and countries."""
        corridor = self.corridor
        return corridor.remembered(("indicator table", name), lambda: corridor.snapshot.table(name))


def no_information(left_out: int = 0, rows: int = 0) -> Figure:
    """No reading at all: what was looked at tells nothing."""
    return Figure(math.nan, math.nan, math.nan, rows, left_out)


def observed(count: float, doubts: int) -> float:
    """A count as it may be told: zero only where nothing is in doubt, else NaN."""
    return math.nan if count == 0 and doubts else float(count)


def sources_of(table: pd.DataFrame, columns: Iterable[str] = ("source_id",)) -> tuple[str, ...]:
    """The ids in the columns, each once, in alphabetical order, blanks left out."""
    return tuple(sorted({str(one) for column in columns for one in table[column]} - {""}))
