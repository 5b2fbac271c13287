"""Shares over time: how the hours of travel divide into classes, month by month, for the whole route and its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from dashboard.charts.figure import (
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Block,
    Box,
    ChartClass,
    Value,
    blank_fill,
    boxes_path,
    class_fill,
    class_keys,
    figure,
    legend,
    mark_words,
    month_marks,
    paragraph,
    plate_where_room,
    rule,
    swatch,
)
from dashboard.charts.months import MonthScale, scale_of, time_axis
from dashboard.drawing.measure import text_width
from dashboard.drawing.svg import group, text
from dashboard.text import Texts
from geodata.units import Month

_COLUMNS = 4
_GAP = 24.0
_AXIS = 20.0
_NAME = 20.0
_HEIGHTS = {"wide": (150.0, 96.0), "narrow": (110.0, 84.0)}


@dataclass(frozen=True)
class ShareGroup:
    """The whole route or a part of it: per class one share of 1 for each month; None where it is not known."""

    name: str
    shares: Mapping[str, tuple[float | None, ...]]

    def at(self, index: int) -> tuple[float | None, ...]:
        """The shares of one month in the order of the classes."""
        return tuple(values[index] for values in self.shares.values())


@dataclass(frozen=True)
class ShareChart:
    """Shares by class over consecutive months (YYYY-MM). The first group is drawn large: the whole route.

    `classes` stand in the order in which they are stacked, from the bottom. A month with a share that is None is drawn
    as not known. `as_of` and `since` are months to be marked; "" is none.
    """

    title: str
    months: tuple[str, ...]
    classes: tuple[ChartClass, ...]
    groups: tuple[ShareGroup, ...]
    as_of: str
    since: str = ""


@dataclass(frozen=True)
class ShareRun:
    """Neighbouring months with the same shares, from the first index up to, not including, the last. None: not known."""

    start: int
    stop: int
    shares: Mapping[str, float | None]

    @property
    def known(self) -> bool:
        """Whether every class has a share."""
        return None not in self.shares.values()


def share_runs(chart: ShareChart, one: ShareGroup) -> tuple[ShareRun, ...]:
    """A group's months, the equal ones joined; together they are all months."""
    stacks = [{each.name: one.shares[each.name][n] for each in chart.classes} for n in range(len(chart.months))]
    runs, start = [], 0
    for shares, months in groupby(stacks):
        stop = start + len(list(months))
        runs.append(ShareRun(start, stop, shares))
        start = stop
    return tuple(runs)


def share_rows(chart: ShareChart) -> list[dict[str, Value]]:
    """The chart's table: per group one row for each run of months with equal shares, in the order of time.

    group, from_month, to_month (both included) and per class its share of 1, None where it is not known.
    """
    return [
        {
            "group": one.name,
            "from_month": chart.months[run.start],
            "to_month": chart.months[run.stop - 1],
            **run.shares,
        }
        for one in chart.groups
        for run in share_runs(chart, one)
    ]


def share_svg(chart: ShareChart, texts: Texts, width: float, prefix: str = "shares") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    caption = paragraph(MARGIN, 0, texts("chart.share_caption"), width - 2 * MARGIN, "chart__caption")
    keys = legend(_keys(chart, texts, prefix), caption.height + 6, width)
    drawn, y = [caption.drawn, keys.drawn], caption.height + 6 + keys.height + 4
    for row in _rows_of_panels(chart, width):
        block = _panel_row(chart, row, texts, (y, width), prefix)
        drawn.append(block.drawn)
        y += block.height
    names = (chart.title, share_description(chart, texts))
    return figure("shares", names, drawn, (width, y), prefix, texts, [one.name for one in chart.classes])


def _keys(chart: ShareChart, texts: Texts, prefix: str) -> list[tuple[str, str]]:
    blank = any(not run.known for one in chart.groups for run in share_runs(chart, one))
    more = [(swatch(0, 0, blank_fill(prefix)), texts("chart.no_figure_months"))] if blank else []
    return class_keys(chart.classes, prefix) + more


def _rows_of_panels(chart: ShareChart, width: float) -> list[tuple[ShareGroup, ...]]:
    """The whole route alone, then its parts in rows."""
    columns = 1 if width < NARROW else _COLUMNS
    parts = chart.groups[1:]
    return [chart.groups[:1], *(parts[n : n + columns] for n in range(0, len(parts), columns))]


def _panel_row(
    chart: ShareChart, row: tuple[ShareGroup, ...], texts: Texts, place: tuple[float, float], prefix: str
) -> Block:
    y, width = place
    whole = row[0] is chart.groups[0]
    tall, small = _HEIGHTS["narrow" if width < NARROW else "wide"]
    height, columns = (tall if whole else small), (1 if whole or width < NARROW else _COLUMNS)
    marks = month_marks(chart.as_of, chart.since, texts) if whole else []
    above = _NAME + 16.0 * len(marks)
    gutter = 8.0 + max(text_width(texts.percent(share), SMALL) for share in (0.0, 0.5, 1.0))
    step = (width - gutter - MARGIN + _GAP) / columns
    drawn = []
    for n, one in enumerate(row):
        left = gutter + step * n
        scale = scale_of(chart.months, left, left + step - _GAP)
        panel = _panel(chart, one, scale, (y + above, y + above + height), texts, prefix)
        drawn += [text(left, y + 12, one.name, SIZE, "chart__name"), group(panel, class_="chart__panel")]
    drawn += _share_axis(texts, gutter, y + above, height)
    drawn += [
        mark_words(at, y + _NAME + 8 + 15.0 * n, words, kind, (gutter, width - MARGIN))
        for n, (kind, month, words) in enumerate(marks)
        if (at := scale_of(chart.months, gutter, gutter + step - _GAP).middle(month)) is not None
    ]
    return Block("".join(drawn), above + height + _AXIS + 10)


def _share_axis(texts: Texts, gutter: float, top: float, height: float) -> Iterator[str]:
    for share in (0.0, 0.5, 1.0):
        y = top + height * (1 - share)
        yield text(gutter - 6, y + 4, texts.percent(share), SMALL, "chart__tick", "end")


def _panel(
    chart: ShareChart, one: ShareGroup, scale: MonthScale, ends: tuple[float, float], texts: Texts, prefix: str
) -> Iterator[str]:
    """One group's stack from back to front; a month that is not known is hatched from bottom to top."""
    top, bottom = ends
    runs = share_runs(chart, one)
    for each in chart.classes:
        boxes = [box for run in runs if (box := _box(run, each.name, scale, ends))]
        yield boxes_path(boxes, class_fill(each.name, prefix), f"run run--{each.name}")
    blanks = [(scale.left(start), scale.left(stop)) for start, stop in _unknown_spans(runs)]
    yield boxes_path([(left, top, right, bottom) for left, right in blanks], blank_fill(prefix), "chart__blank")
    for left, right in blanks:
        yield plate_where_room(left, right, (top + bottom) / 2, texts("chart.no_figure"))
    for kind, month, _ in month_marks(chart.as_of, chart.since, texts):
        at = scale.middle(month)
        if at is not None:
            yield rule(at, top - 4, at, bottom + 4, f"chart__mark chart__mark--{kind}")
    yield from time_axis(scale, bottom, texts)


def _box(run: ShareRun, name: str, scale: MonthScale, ends: tuple[float, float]) -> Box | None:
    """Left, top, right and bottom of a class in a run; None where it has no part in it or the run is not known."""
    if not run.known or not run.shares[name]:
        return None
    top, bottom = ends
    below = 0.0
    for other, share in run.shares.items():
        if other == name:
            break
        below += share or 0.0
    low, high = (bottom - (bottom - top) * part for part in (below, below + (run.shares[name] or 0.0)))
    return scale.left(run.start), high, scale.left(run.stop), low


def _unknown_spans(runs: tuple[ShareRun, ...]) -> list[tuple[int, int]]:
    """Where shares are not known, neighbouring runs joined."""
    spans: list[tuple[int, int]] = []
    for run in (one for one in runs if not one.known):
        start = spans.pop()[0] if spans and spans[-1][1] == run.start else run.start
        spans.append((start, run.stop))
    return spans


def share_description(chart: ShareChart, texts: Texts) -> str:
    """The main figures in sentences: the whole route at both marked months and its parts at the as-of month, where held."""
    months = [texts.month(Month.parse(month)) for month in (chart.months[0], chart.months[-1])]
    told = [(one, chart.as_of) for one in chart.groups]
    told = [(chart.groups[0], chart.since), *told] if chart.since else told
    sentences = [_at_month(chart, one, month, texts) for one, month in told if month in chart.months]
    return " ".join([texts("chart.span", start=months[0], end=months[1]), *sentences])


def _at_month(chart: ShareChart, one: ShareGroup, month: str, texts: Texts) -> str:
    index = chart.months.index(month)
    shares = {each.words: one.shares[each.name][index] for each in chart.classes}
    names = {"group": one.name, "month": texts.month(Month.parse(month))}
    if None in shares.values():
        return texts("chart.share_blank", **names)
    parts = [
        texts("chart.share_of", class_name=words, share=texts.percent(share))
        for words, share in shares.items()
        if share
    ]
    return texts("chart.share_at", **names, shares=texts.list_of(parts))
