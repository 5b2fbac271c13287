"""Bars that lie one below the other: what there is, what this row adds, and what is saved or not proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.figure import LINE, MARGIN, NARROW, SIZE, SMALL, Block, Value, blank_fill, figure, legend, swatch
from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import element, group, text
from dashboard.text import Texts

_BAR = 20.0
PARTS = ("kept", "more", "open")


@dataclass(frozen=True)
class Bar:
    """A row: its words, the figure written after its bar, and the lengths of its parts in one unit (0 is not drawn).

    `kept` stands without this row, `more` is this row's own, `open` is what may be beyond (not proven, or given up).
    """

    words: str
    figure: str
    kept: float = 0.0
    more: float = 0.0
    open: float = 0.0

    @property
    def length(self) -> float:
        """All parts together."""
        return self.kept + self.more + self.open


@dataclass(frozen=True)
class BarChart:
    """Bars against one scale from 0 to `full` (0: the longest bar); `keys` are the words of the parts that occur."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    keys: tuple[tuple[str, str], ...]
    full: float = 0.0

    @property
    def scale(self) -> float:
        """What the whole width stands for; never 0."""
        return max(self.full, *(bar.length for bar in self.bars), 1e-9)


def bar_rows(chart: BarChart) -> list[dict[str, Value]]:
    """The chart's table: one row per bar."""
    return [{"words": bar.words, **{name: getattr(bar, name) for name in PARTS}} for bar in chart.bars]


def bars_svg(chart: BarChart, texts: Texts, width: float, prefix: str) -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    keys = legend([(_key(name, prefix), words) for name, words in chart.keys], 0.0, width)
    drawn, y = [keys.drawn], keys.height + 6
    for bar in chart.bars:
        block = _row(bar, chart.scale, (y, width), prefix)
        drawn.append(group([block.drawn], class_="chart__step"))
        y += block.height
    return figure("bars", (chart.title, chart.description), drawn, (width, y), prefix, texts)


def _key(name: str, prefix: str) -> str:
    if name == "more":
        return swatch(0, 0, blank_fill(prefix), "chart__part chart__part--more")
    return element("rect", width=24, height=12, class_=f"chart__part chart__part--{name}")


def _row(bar: Bar, scale: float, place: tuple[float, float], prefix: str) -> Block:
    """One row: its words beside the bar or, on a narrow page, above it; its figure after the bar."""
    y, width = place
    beside = width >= NARROW
    left = min(0.28 * width, 320.0) if beside else MARGIN
    lines = lines_of(bar.words, SIZE, left - 16 if beside else width - 2 * MARGIN)
    top = y if beside else y + LINE * len(lines) + 3
    x, anchor = (left - 12, "end") if beside else (MARGIN, "start")
    first = y + 14 if beside else y + 11
    drawn = [text(x, first + LINE * n, line, SIZE, "chart__name", anchor) for n, line in enumerate(lines)]
    room = width - MARGIN - left - text_width(bar.figure, SMALL) - 10
    drawn += _parts(bar, (left, room / scale), top, prefix)
    drawn.append(text(left + room * bar.length / scale + 8, top + 14, bar.figure, SMALL, "chart__percent"))
    return Block("".join(drawn), max(top + _BAR, y + LINE * len(lines)) + 10 - y)


def _parts(bar: Bar, place: tuple[float, float], top: float, prefix: str) -> Iterator[str]:
    at, per_unit = place
    for name in PARTS:
        length = getattr(bar, name) * per_unit
        if length > 0:
            fill = {"fill": blank_fill(prefix)} if name == "more" else {}
            box = {"x": at, "y": top, "width": length, "height": _BAR}
            yield element("rect", **box, **fill, class_=f"chart__part chart__part--{name}")
            at += length
