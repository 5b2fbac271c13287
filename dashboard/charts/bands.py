"""A quantity over time with its range: a band from low to high, a line for typical, and gaps where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.figure import (
    MARGIN,
    NARROW,
    SMALL,
    Value,
    blank_fill,
    boxes_path,
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
from dashboard.drawing.svg import element, group, path, text
from dashboard.text import Texts
from geodata.units import Month

_HEIGHTS = {"wide": 220.0, "narrow": 180.0}
_YEARLY = 14.0


@dataclass(frozen=True)
class BandPoint:
    """A month (YYYY-MM) and its three readings; None or NaN is not known, and then the month is drawn as not known.

    `yearly_share`: the figure rests on a share published for the whole year.
    """

    month: str
    low: float | None
    typical: float | None
    high: float | None
    yearly_share: bool = False

    @property
    def readings(self) -> tuple[float | None, float | None, float | None]:
        """Low, typical and high; None where not known."""
        low, typical, high = (_known(value) for value in (self.low, self.typical, self.high))
        return low, typical, high

    @property
    def known(self) -> bool:
        """Whether all three readings are there."""
        return None not in self.readings


@dataclass(frozen=True)
class BandChart:
    """A quantity over consecutive months. `unit` are the words of its unit, as in "woman-days"."""

    title: str
    unit: str
    points: tuple[BandPoint, ...]
    as_of: str
    since: str = ""

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the points."""
        return tuple(point.month for point in self.points)


@dataclass(frozen=True)
class _Plot:
    scale: MonthScale
    top: float
    bottom: float
    cap: float

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.cap


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def band_rows(chart: BandChart) -> list[dict[str, Value]]:
    """The chart's table: one row per month with low, typical and high (None: not known) and yearly_share."""
    return [
        {
            "month": point.month,
            **dict(zip(("low", "typical", "high"), point.readings, strict=True)),
            "yearly_share": point.yearly_share,
        }
        for point in chart.points
    ]


def round_ticks(top: float, most: int) -> tuple[float, ...]:
    """Round values from 0 to at least `top`, at most `most` steps of 1, 2 or 5 times a power of ten; 0 and 1 without any."""
    if top <= 0:
        return (0.0, 1.0)
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(times * power for times in (1, 2, 5, 10, 20) if times * power * most >= top)
    return tuple(step * n for n in range(math.ceil(top / step - 1e-9) + 1))


def band_svg(chart: BandChart, texts: Texts, width: float, prefix: str = "band") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    height = _HEIGHTS["narrow" if width < NARROW else "wide"]
    caption = paragraph(MARGIN, 0, texts("chart.band_caption", unit=chart.unit), width - 2 * MARGIN, "chart__caption")
    keys = legend(_keys(chart, texts, prefix), caption.height + 6, width)
    marks = month_marks(chart.as_of, chart.since, texts)
    top = caption.height + 6 + keys.height + 10 + 14.0 * len(marks)
    ticks = round_ticks(max((value for value in _all_values(chart)), default=0.0), 4)
    gutter = 10.0 + max(text_width(texts.number(value), SMALL) for value in ticks)
    plot = _Plot(scale_of(chart.months, gutter, width - MARGIN), top, top + height, ticks[-1])
    drawn = [
        caption.drawn,
        keys.drawn,
        group(_ground(chart, plot, ticks, texts, prefix), class_="chart__ground"),
        group(_lines(chart, plot), class_="chart__lines"),
        group(_marks(plot, marks, (gutter, width - MARGIN)), class_="chart__marks"),
        group(time_axis(plot.scale, plot.bottom + _YEARLY, texts), class_="chart__time"),
    ]
    size = (width, plot.bottom + _YEARLY + 20)
    return figure("band", (chart.title, band_description(chart, texts)), drawn, size, prefix, texts)


def _all_values(chart: BandChart) -> list[float]:
    return [value for point in chart.points for value in point.readings if value is not None]


def _keys(chart: BandChart, texts: Texts, prefix: str) -> list[tuple[str, str]]:
    keys = [
        (rule(0, 6, 24, 6, "chart__line"), texts("chart.typical")),
        (element("rect", width=24, height=12, class_="chart__band"), texts("chart.low_to_high")),
    ]
    if any(point.yearly_share for point in chart.points):
        keys.append((_dots([8.0, 16.0], 6.0), texts("chart.yearly_share")))
    if any(not point.known for point in chart.points):
        keys.append((swatch(0, 0, blank_fill(prefix)), texts("chart.no_figure_months")))
    return keys


def _ground(chart: BandChart, plot: _Plot, ticks: Sequence[float], texts: Texts, prefix: str) -> Iterator[str]:
    scale = plot.scale
    for value in ticks:
        y = plot.y(value)
        yield rule(scale.start_px, y, scale.end_px, y, "chart__axis" if value == 0 else "chart__grid")
        yield text(scale.start_px - 6, y + 4, texts.number(value), SMALL, "chart__tick", "end")
    blanks = [(scale.left(start), scale.left(stop)) for start, stop in _spans(chart, known=False)]
    boxes = [(left, plot.top, right, plot.bottom) for left, right in blanks]
    yield boxes_path(boxes, blank_fill(prefix), "chart__blank")
    for left, right in blanks:
        yield plate_where_room(left, right, (plot.top + plot.bottom) / 2, texts("chart.no_figure"))


def _spans(chart: BandChart, *, known: bool) -> list[tuple[int, int]]:
    """Neighbouring months that are all known, or all not: from index, up to index."""
    spans: list[tuple[int, int]] = []
    for n in (n for n, point in enumerate(chart.points) if point.known == known):
        start = spans.pop()[0] if spans and spans[-1][1] == n else n
        spans.append((start, n + 1))
    return spans


def _lines(chart: BandChart, plot: _Plot) -> Iterator[str]:
    """Bands and lines in steps, each month as wide as it is: a figure of a month holds for all of it."""
    for start, stop in _spans(chart, known=True):
        readings = [chart.points[n].readings for n in range(start, stop)]
        low, typical, high = (_steps(plot, start, [each[n] or 0.0 for each in readings]) for n in range(3))
        yield path([*low, *reversed(high)], "chart__band", closed=True)
        yield path(typical, "chart__line")
    yearly = [plot.scale.left(n) + plot.scale.column_px / 2 for n, one in enumerate(chart.points) if one.yearly_share]
    yield _dots(yearly, plot.bottom + _YEARLY / 2)


def _steps(plot: _Plot, start: int, values: Sequence[float]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for n, value in enumerate(values, start):
        points += [(plot.scale.left(n), plot.y(value)), (plot.scale.left(n + 1), plot.y(value))]
    return points


def _dots(places: Sequence[float], y: float) -> str:
    """Dots in one path: lines without length, whose round ends are seen."""
    d = "".join(f"M{at:.1f} {y:.1f}h0" for at in places)
    return element("path", d=d, class_="chart__dots") if d else ""


def _marks(plot: _Plot, marks: Sequence[tuple[str, str, str]], ends: tuple[float, float]) -> Iterator[str]:
    for n, (kind, month, words) in enumerate(marks):
        at = plot.scale.middle(month)
        if at is not None:
            yield rule(at, plot.top - 4, at, plot.bottom + 4, f"chart__mark chart__mark--{kind}")
            yield mark_words(at, plot.top - 9 - 14.0 * (len(marks) - 1 - n), words, kind, ends)


def band_description(chart: BandChart, texts: Texts) -> str:
    """The main figures in sentences: the marked months, the highest month, and how many months are not known."""
    months = [texts.month(Month.parse(month)) for month in (chart.months[0], chart.months[-1])]
    sentences = [texts("chart.span", start=months[0], end=months[1]), texts("chart.unit", unit=chart.unit)]
    at = {point.month: point for point in chart.points}
    sentences += [_at_month(at[month], texts) for month in (chart.since, chart.as_of) if month in at]
    peak = max((point for point in chart.points if point.known), key=lambda one: one.readings[1] or 0.0, default=None)
    if peak:
        sentences.append(texts("chart.band_peak", month=_month(peak, texts), range=_range(peak, texts)))
    blank = sum(not point.known for point in chart.points)
    if blank:
        sentences.append(texts("chart.months_without", count=blank))
    return " ".join(sentences)


def _at_month(point: BandPoint, texts: Texts) -> str:
    if not point.known:
        return texts("chart.band_blank", month=_month(point, texts))
    return texts("chart.band_at", month=_month(point, texts), range=_range(point, texts))


def _month(point: BandPoint, texts: Texts) -> str:
    return texts.month(Month.parse(point.month))


def _range(point: BandPoint, texts: Texts) -> str:
    """Typical with low and high in brackets; one figure where all three read the same."""
    low, typical, high = (texts.number(value or 0.0) for value in point.readings)
    return typical if low == typical == high else texts("unit.range", typical=typical, low=low, high=high)
