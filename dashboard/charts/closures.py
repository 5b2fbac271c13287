"""Closures: per service the hours that would be out of time without it, their range, and what would no longer be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.figure import (
    LINE,
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Block,
    Value,
    blank_fill,
    class_fill,
    figure,
    legend,
    rule,
    swatch,
)
from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import element, group, text
from dashboard.text import Texts

_BAR = 14.0
#: The class in whose texture hours out of time are drawn.
_LATE = "gap"


@dataclass(frozen=True)
class ClosureBar:
    """One service in words, and the hours of travel that its closing adds; never negative."""

    words: str
    low: float
    typical: float
    high: float
    unknown: float

    @property
    def reach(self) -> float:
        """The hours at the right end of what is drawn of it."""
        return max(self.high, self.typical + self.unknown)


@dataclass(frozen=True)
class ClosureChart:
    """Services in the order in which they are drawn: the one that matters most first. One bar at least adds something."""

    title: str
    bars: tuple[ClosureBar, ...]


def closure_rows(chart: ClosureChart) -> list[dict[str, Value]]:
    """The chart's table: one row per service with its hours."""
    return [
        {"service": bar.words, "low": bar.low, "typical": bar.typical, "high": bar.high, "unknown": bar.unknown}
        for bar in chart.bars
    ]


def closure_svg(chart: ClosureChart, texts: Texts, width: float, prefix: str = "closures") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    keys = legend(list(_keys(chart, texts, prefix)), 0.0, width)
    drawn, y, scale = [keys.drawn], keys.height + 6, _scale(chart, texts, width)
    for bar in chart.bars:
        block = _bar(bar, (y, width), scale, texts, prefix)
        drawn.append(group([block.drawn], class_="chart__step"))
        y += block.height
    names = (chart.title, " ".join(_sentence(bar, texts) for bar in chart.bars))
    return figure("closures", names, drawn, (width, y), prefix, texts, [_LATE])


def _keys(chart: ClosureChart, texts: Texts, prefix: str) -> Iterator[tuple[str, str]]:
    yield swatch(0, 0, class_fill(_LATE, prefix)), texts("chart.closure_typical")
    yield _whisker(2, 22, 6), texts("chart.closure_range")
    if any(bar.unknown for bar in chart.bars):
        yield swatch(0, 0, blank_fill(prefix)), texts("chart.closure_unknown")


def _left(width: float) -> float:
    """Where the bars begin: after the names or, on a narrow page, below them."""
    return min(0.34 * width, 420.0) if width >= NARROW else MARGIN


def _scale(chart: ClosureChart, texts: Texts, width: float) -> float:
    """The px of an hour, the same for all bars, at which each has its figures behind it."""
    room = width - MARGIN - _left(width) - 10
    return min((room - text_width(_figures(bar, texts), SMALL)) / bar.reach for bar in chart.bars if bar.reach)


def _bar(bar: ClosureBar, place: tuple[float, float], scale: float, texts: Texts, prefix: str) -> Block:
    """One service: its name beside the bar or, on a narrow page, above it; its figures after the bar."""
    y, width = place
    beside, left = width >= NARROW, _left(width)
    lines = lines_of(bar.words, SIZE, left - 16 if beside else width - 2 * MARGIN)
    top = y if beside else y + LINE * len(lines) + 3
    x, anchor = (left - 12, "end") if beside else (MARGIN, "start")
    drawn = [text(x, y + 11 + LINE * n, line, SIZE, "chart__name", anchor) for n, line in enumerate(lines)]
    drawn += _boxes(bar, (left, top), scale, prefix)
    drawn.append(_whisker(left + bar.low * scale, left + bar.high * scale, top + _BAR + 5) if bar.high else "")
    drawn.append(text(left + scale * bar.reach + 8, top + 11, _figures(bar, texts), SMALL, "chart__percent"))
    bottom = max(top + _BAR + 10, y + LINE * len(lines) if beside else 0.0)
    return Block("".join(drawn), bottom + 12 - y)


def _boxes(bar: ClosureBar, corner: tuple[float, float], scale: float, prefix: str) -> Iterator[str]:
    """The hours out of time, and beside them those of which nothing is known; what is nothing is not drawn."""
    x, y = corner
    parts = ((bar.typical, class_fill(_LATE, prefix)), (bar.unknown, blank_fill(prefix)))
    for hours, fill in (part for part in parts if part[0] > 0):
        box = {"x": x, "y": y, "width": max(1.0, hours * scale), "height": _BAR}
        yield element("rect", **box, fill=fill, class_="chart__swatch")
        x += hours * scale


def _whisker(left: float, right: float, y: float) -> str:
    """From low to high: a line with an end at either side."""
    ends = [rule(at, y - 3, at, y + 3, "chart__whisker") for at in (left, right)]
    return "".join([rule(left, y, right, y, "chart__whisker"), *ends])


def _figures(bar: ClosureBar, texts: Texts) -> str:
    known = texts.range_of(bar.low, bar.typical, bar.high)
    return texts("chart.closure_and_unknown", hours=known, unknown=texts.hours(bar.unknown)) if bar.unknown else known


def _sentence(bar: ClosureBar, texts: Texts) -> str:
    return texts("chart.closure_sentence", service=bar.words, hours=_figures(bar, texts))
