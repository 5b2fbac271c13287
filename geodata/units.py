"""Quantities that must not be mixed up, and the month, the one unit of date on the screen."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import NewType

from geodata.errors import UnknownName

Km = NewType("Km", float)
Hours = NewType("Hours", float)

#: One of the three readings that every figure carries.
PACES = ("low", "typical", "high")


@total_ordering
@dataclass(frozen=True)
class Month:
    """A calendar month; as an as-of date it stands for its last day."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written `YYYY-MM`; anything else raises `UnknownName`."""
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if match is None:
            raise UnknownName(f"{text!r} is not a month: write it as YYYY-MM, for instance 2024-04.")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.month) < (other.year, other.month)

    @property
    def end(self) -> date:
        """Its last day: the day for which an as-of date holds."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier where negative)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from `first` to `last`, both included; none where `last` is earlier."""
    months = []
    while first <= last:
        months.append(first)
        first = first.plus(1)
    return months


def months_of(text: str) -> list[Month]:
    """The months written `YYYY-MM/YYYY-MM`, first and last included, or the one written `YYYY-MM`.

    Raises `UnknownName` for anything else, and where the last comes before the first.
    """
    first, _, last = text.partition("/")
    months = months_between(Month.parse(first), Month.parse(last or first))
    if not months:
        raise UnknownName(f"{text!r} ends before it begins: write the earlier month first.")
    return months


def opening_month(text: str) -> Month | None:
    """The month from which something opened at `text` counts; None where the opening is not known.

    A date known only by year is read cautiously: December. Of a day its month counts.
    """
    return None if not text else Month.parse(text[:7] if len(text) > 4 else f"{text}-12")


def closing_month(text: str) -> Month | None:
    """The month at whose end something closed at `text` no longer counts; None where no closing is known.

    A date known only by year is read cautiously: January. Of a day its month counts.
    """
    return None if not text else Month.parse(text[:7] if len(text) > 4 else f"{text}-01")


def open_at(opened: str, closed: str, as_of: Month) -> bool:
    """Whether an interval holds at the end of `as_of`: what opened during it is open, what closed during it is closed.

    A blank opening or closing is "not known to have opened or closed": the interval has no bound on that side.
    """
    since, until = opening_month(opened), closing_month(closed)
    return (since is None or since <= as_of) and (until is None or as_of < until)


def quarter(month: Month) -> list[Month]:
    """The three months of the calendar quarter that holds the month."""
    first = Month(month.year, (month.month - 1) // 3 * 3 + 1)
    return [first, first.plus(1), first.plus(2)]


def quarter_name(month: Month) -> str:
    """The calendar quarter that holds the month, written `YYYY-Qn`."""
    return f"{month.year:04d}-Q{(month.month - 1) // 3 + 1}"


def quarters_of(text: str) -> list[Month]:
    """The last month of every quarter of a span written `YYYY-Qn/YYYY-Qn`, both included, or of the one quarter `YYYY-Qn`.

    Anything else, and a span that ends before it begins, raises `UnknownName`.
    """
    match = re.fullmatch(r"(\d{4})-Q([1-4])(?:/(\d{4})-Q([1-4]))?", text)
    if match is None:
        raise UnknownName(f"{text!r} is not a span of quarters: write it as 2023-Q1/2024-Q4.")
    first = Month(int(match[1]), 3 * int(match[2]))
    last = Month(int(match[3]), 3 * int(match[4])) if match[3] else first
    if last < first:
        raise UnknownName(f"{text!r} ends before it begins: write the earlier quarter first.")
    return months_between(first, last)[::3]


def first_day(text: str) -> date:
    """The first day that a published date (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def last_day(text: str) -> date:
    """The last day that a published date (YYYY, YYYY-MM or YYYY-MM-DD) can mean."""
    return date.fromisoformat(text) if len(text) > 7 else Month.parse(text if len(text) == 7 else f"{text}-12").end
