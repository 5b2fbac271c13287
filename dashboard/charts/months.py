"""Time as a scale: months in columns of equal width, or days, and which of them are named below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.figure import SMALL, ticks_path
from dashboard.drawing.measure import text_width
from dashboard.drawing.svg import text
from dashboard.text import Texts
from geodata.units import Month

_STEPS = (1, 3, 6, 12, 24, 60, 120)
_TICK_AIR = 10.0


@dataclass(frozen=True)
class MonthScale:
    """Months in columns of equal width between two px."""

    first: Month
    count: int
    start_px: float
    end_px: float

    @property
    def column_px(self) -> float:
        """Width in px of one month."""
        return (self.end_px - self.start_px) / self.count

    def left(self, index: int) -> float:
        """Px where a month begins; that of `count` is where the last one ends."""
        return self.start_px + self.column_px * index

    def middle(self, month: str) -> float | None:
        """Px of the middle of a month; None where the scale does not hold it."""
        index = month_number(Month.parse(month)) - month_number(self.first)
        return self.left(index) + self.column_px / 2 if 0 <= index < self.count else None

    def day(self, day: date) -> float:
        """Px where a day begins; before and after the scale its ends."""
        index = month_number(Month(day.year, day.month)) - month_number(self.first)
        share = (day.day - 1) / Month(day.year, day.month).end.day
        return min(self.end_px, max(self.start_px, self.left(index) + share * self.column_px))


def month_number(month: Month) -> int:
    """Months since the year 0."""
    return month.year * 12 + month.month - 1


def scale_of(months: Sequence[str], start_px: float, end_px: float) -> MonthScale:
    """The scale of consecutive months."""
    return MonthScale(Month.parse(months[0]), len(months), start_px, end_px)


def time_ticks(scale: MonthScale, texts: Texts) -> tuple[tuple[float, str], ...]:
    """Px and words of the months named below: Januaries by their year, and in short times months too."""
    steps = _STEPS if scale.count <= 30 else _STEPS[3:]
    ticks: list[tuple[float, str]] = []
    for step in steps:
        indices = [n for n in range(scale.count) if (month_number(scale.first) + n) % step == 0]
        ticks = [(scale.left(n), _tick_words(scale.first.plus(n), step, texts)) for n in indices]
        widest = max((text_width(words, SMALL) for _, words in ticks), default=0.0)
        if step * scale.column_px >= widest + _TICK_AIR:
            break
    return tuple(ticks)


def _tick_words(month: Month, step: int, texts: Texts) -> str:
    return str(month.year) if step >= 12 else texts.month_short(month)


def time_axis(scale: MonthScale, y: float, texts: Texts) -> Iterator[str]:
    """The line below a chart, with its ticks and their words just right of them; words without room are left out."""
    ticks = time_ticks(scale, texts)
    yield ticks_path((scale.start_px, scale.end_px), y, (at for at, _ in ticks), "chart__axis")
    for at, words in ticks:
        if at + 4 + text_width(words, SMALL) <= scale.end_px:
            yield text(at + 4, y + 14, words, SMALL, "chart__tick")
