"""The period of an indicator: a month or a calendar year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.errors import UnknownName
from geodata.units import Month, months_between
from geodata.values import YEARS


@dataclass(frozen=True)
class Period:
    """A month or a calendar year. What stands at a date is told for its end, what happens for all of it."""

    first: Month
    last: Month

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written `YYYY` or `YYYY-MM`; anything else, or a year out of reach, raises `UnknownName`."""
        if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", text) or not YEARS[0] <= int(text[:4]) <= YEARS[1]:
            raise UnknownName(f"{text!r} is not a period: write a year as YYYY or a month as YYYY-MM.")
        if len(text) == 7:
            return cls(Month.parse(text), Month.parse(text))
        return cls(Month(int(text), 1), Month(int(text), 12))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first.year:04d}"

    @property
    def as_of(self) -> Month:
        """The month for whose end all that stands at a date is told."""
        return self.last

    @property
    def months(self) -> list[Month]:
        """Its months in order: one or twelve."""
        return months_between(self.first, self.last)

    def holds(self, date: str) -> bool:
        """Whether a date of the tables known at least by its month lies in it; a blank or a year alone does not."""
        return len(date) >= 7 and str(self.first) <= date[:7] <= str(self.last)
