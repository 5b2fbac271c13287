"""Stacks: a bar per row on one axis of hours, cut into classes; the rows keep their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.charts.figure import (
    LINE,
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Block,
    ChartClass,
    Value,
    boxes_path,
    class_fill,
    class_keys,
    figure,
    legend,
    plate_where_room,
    rule,
)
from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.scale import ticks
from dashboard.drawing.svg import group, text
from dashboard.text import Texts

_BAR = 22.0
_STEP = 12.0


@dataclass(frozen=True)
class StackRow:
    """What the bar is of, in words, and its hours by class; a class that it lacks has none."""

    words: str
    hours: Mapping[str, float]

    @property
    def total(self) -> float:
        """Hours of all classes."""
        return sum(self.hours.values())


@dataclass(frozen=True)
class StackChart:
    """Rows in their order, `classes` in the order in which they follow from the left."""

    title: str
    classes: tuple[ChartClass, ...]
    rows: tuple[StackRow, ...]


def stack_rows(chart: StackChart) -> list[dict[str, Value]]:
    """The chart's table: one row per bar with its hours in all and by class."""
    return [
        {"row": row.words, "hours": row.total, **{one.name: row.hours.get(one.name, 0.0) for one in chart.classes}}
        for row in chart.rows
    ]


def stack_svg(chart: StackChart, texts: Texts, width: float, prefix: str = "stacks") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    keys = legend(class_keys(chart.classes, prefix), 0.0, width)
    beside = width >= NARROW
    left = MARGIN + max((text_width(row.words, SIZE) for row in chart.rows), default=0.0) + 12 if beside else MARGIN
    most = max((row.total for row in chart.rows), default=0.0)
    last = MARGIN + text_width(texts.hours(most), SMALL) / 2
    ends = (left, width - last)
    drawn, top = [keys.drawn], keys.height + 8
    y = top
    for row in chart.rows:
        block = _row(chart, row, most, (y, ends), texts, prefix)
        drawn.append(group([block.drawn], class_="chart__step"))
        y += block.height
    drawn += _axis(ends, most, y, texts)
    names = (chart.title, stack_description(chart, texts))
    return figure("stacks", names, drawn, (width, y + 24), prefix, texts, [one.name for one in chart.classes])


def _row(
    chart: StackChart, row: StackRow, most: float, place: tuple[float, tuple[float, float]], texts: Texts, prefix: str
) -> Block:
    """One bar, its words beside it or, on a narrow page, above."""
    y, (left, right) = place
    beside = left > 2 * MARGIN
    lines = [row.words] if beside else lines_of(row.words, SIZE, right - left)
    top = y if beside else y + LINE * len(lines) + 2
    x, first, anchor = (left - 12, y + 15, "end") if beside else (left, y + 11, "start")
    drawn = [text(x, first + LINE * n, line, SIZE, "chart__name", anchor) for n, line in enumerate(lines)]
    drawn += _bar(chart, row, (left, right - left, most), top, texts, prefix)
    return Block("".join(drawn), top + _BAR + _STEP - y)


def _bar(
    chart: StackChart, row: StackRow, scale: tuple[float, float, float], top: float, texts: Texts, prefix: str
) -> Iterator[str]:
    """The classes side by side, with their hours where there is room; the table has them all."""
    left, length, most = scale
    at = left
    for one in chart.classes:
        hours = row.hours.get(one.name, 0.0)
        if hours <= 0 or most <= 0:
            continue
        end = at + length * hours / most
        yield boxes_path([(at, top, end, top + _BAR)], class_fill(one.name, prefix), f"run run--{one.name}")
        yield plate_where_room(at, end, top + _BAR / 2, texts.hours(hours))
        at = end


def _axis(ends: tuple[float, float], most: float, y: float, texts: Texts) -> Iterator[str]:
    left, right = ends
    yield rule(left, y, right, y, "chart__axis")
    for hours in ticks(most, right - left, 64) if most > 0 else ():
        at = left + (right - left) * hours / most
        yield rule(at, y, at, y + 4, "chart__axis")
        yield text(at, y + 16, texts.hours(hours), SMALL, "chart__tick", "start" if hours == 0 else "middle")


def stack_description(chart: StackChart, texts: Texts) -> str:
    """Every bar in a sentence, with the classes that it has."""
    return " ".join(
        texts(
            "chart.stack_sentence",
            row=row.words,
            parts=texts.list_of(
                [
                    texts("chart.stack_part", class_name=one.words, hours=texts.hours(row.hours[one.name]))
                    for one in chart.classes
                    if row.hours.get(one.name, 0.0) > 0
                ]
            ),
        )
        for row in chart.rows
    )
