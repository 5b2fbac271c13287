"""Border hand-over: per frontier one small picture of the late hours on each side of it, all on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charts.figure import (
    LINE,
    MARGIN,
    SIZE,
    SMALL,
    Block,
    ChartClass,
    class_fill,
    class_keys,
    figure,
    legend,
    paragraph,
    rule,
)
from dashboard.drawing.measure import lines_of
from dashboard.drawing.svg import element, group, text
from dashboard.text import Texts

_BAR = 22.0
_AIR = 6.0


@dataclass(frozen=True)
class HandoverSide:
    """What is late on one side: (class, hours at the usual pace) from the frontier outwards, and the same in words."""

    pieces: tuple[tuple[str, float], ...]
    words: str

    @property
    def hours(self) -> float:
        """Late hours on this side at the usual pace."""
        return sum(hours for _, hours in self.pieces)


@dataclass(frozen=True)
class HandoverRow:
    """One frontier, or a late stretch within one State (`after` None); `lines` say what is at sea, behind and ahead."""

    name: str
    before: HandoverSide
    after: HandoverSide | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class HandoverChart:
    """Frontiers in the order of travel; `classes` are those that its bars show."""

    title: str
    classes: tuple[ChartClass, ...]
    rows: tuple[HandoverRow, ...]


def handover_svg(chart: HandoverChart, texts: Texts, width: float, prefix: str = "handover") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    keys = legend(class_keys(chart.classes, prefix), 0.0, width)
    drawn, y = [keys.drawn], keys.height + 6
    longest = max([side.hours for row in chart.rows for side in (row.before, row.after) if side], default=0.0)
    for row in chart.rows:
        block = _row(row, (y, width), longest, prefix)
        drawn.append(group([block.drawn], class_="chart__step"))
        y += block.height
    names = (chart.title, handover_description(chart))
    return figure("handover", names, drawn, (width, y), prefix, texts, [one.name for one in chart.classes])


def handover_description(chart: HandoverChart) -> str:
    """Every frontier with what is late on either side, in sentences."""
    return " ".join(
        f"{row.name}: {'; '.join(side.words for side in (row.before, row.after) if side)}." for row in chart.rows
    )


def _row(row: HandoverRow, place: tuple[float, float], longest: float, prefix: str) -> Block:
    """The name, the bars on either side of the frontier, their words below, then what lies behind and ahead."""
    y, width = place
    middle = width / 2
    top = y + LINE + 6
    px = (middle - MARGIN) / longest if longest > 0 else 0.0
    drawn = [text(MARGIN, y + 12, row.name, SIZE, "chart__name"), *_bars(row, middle, top, px, prefix)]
    below = top + _BAR + _AIR
    heights = []
    for side, x, anchor in ((row.before, middle - _AIR, "end"), (row.after, middle + _AIR, "start")):
        lines = lines_of(side.words, SMALL, middle - 2 * _AIR) if side else ()
        drawn += [text(x, below + 11 + LINE * n, line, SMALL, "chart__key", anchor) for n, line in enumerate(lines)]
        heights.append(LINE * len(lines))
    below += max(heights) + 2
    for line in row.lines:
        block = paragraph(MARGIN, below, line, width - 2 * MARGIN, "chart__caption")
        drawn.append(block.drawn)
        below += block.height
    return Block("".join(drawn), below + 18 - y)


def _bars(row: HandoverRow, middle: float, top: float, px: float, prefix: str) -> Iterable[str]:
    for side, way in ((row.before, -1.0), (row.after, 1.0)):
        at = middle
        for name, hours in side.pieces if side else ():
            end = at + way * max(1.0, hours * px)
            box = {"x": min(at, end), "y": top, "width": abs(end - at), "height": _BAR}
            yield element("rect", **box, fill=class_fill(name, prefix), class_="run")
            at = end
    if row.after:
        yield rule(middle, top - 5, middle, top + _BAR + 5, "chart__mark")
