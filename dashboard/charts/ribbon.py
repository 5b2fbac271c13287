"""One ribbon: a route from left to right in hours of travel, each part in the texture of its class."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts.figure import (
    MARGIN,
    SMALL,
    blank_fill,
    boxes_path,
    class_fill,
    class_keys,
    figure,
    legend,
    ticks_path,
)
from dashboard.charts.pair import PairRibbon
from dashboard.drawing.measure import label_of, text_width
from dashboard.drawing.scale import ticks
from dashboard.drawing.svg import element, group, text
from dashboard.strip.words import country_name
from dashboard.text import Texts

_COUNTRIES, _RIBBON, _BELOW = 20.0, 30.0, 58.0


def ribbon_svg(data: PairRibbon, description: str, texts: Texts, width: float, prefix: str = "ribbon") -> str:
    """The `runs_after` of a route as SVG text, `width` px wide: countries above, hours and both ends below.

    Every id in it begins with `prefix`. A part that no run holds is drawn as not known.
    """
    met = {run.run_class for run in data.runs_after}
    keys = legend(class_keys((one for one in data.classes if one.name in met), prefix), 0.0, width)
    top = keys.height + 8
    drawn = [
        keys.drawn,
        group(_countries(data, texts, top, width), class_="chart__countries"),
        group(_runs(data, top + _COUNTRIES + 4, width, prefix), class_="chart__ribbon"),
        group(_below(data, texts, top + _COUNTRIES + _RIBBON + 8, width), class_="chart__time"),
    ]
    height = top + _COUNTRIES + _RIBBON + _BELOW
    return figure("ribbon", (data.title, description), drawn, (width, height), prefix, texts, sorted(met))


def _along(data: PairRibbon, hours: float, width: float) -> float:
    return MARGIN + (width - 2 * MARGIN) * hours / data.hours


def _countries(data: PairRibbon, texts: Texts, top: float, width: float) -> Iterator[str]:
    """The countries by name, by code, or without words where neither has room."""
    cuts = [0.0, *(border.at_hours for border in data.borders), data.hours]
    codes = [data.first_country, *(border.to_country for border in data.borders)]
    for start, stop, code in zip(cuts[:-1], cuts[1:], codes, strict=True):
        left, right = _along(data, start, width), _along(data, stop, width)
        room = max(right - left - 1, 0.0)
        yield element("rect", x=left, y=top, width=room, height=_COUNTRIES, class_="chart__country")
        fitting = [one for one in (country_name(code, texts), code) if text_width(one, SMALL) + 4 <= room]
        if fitting and fitting[0]:
            yield text((left + right) / 2, top + 14, fitting[0], SMALL, "chart__country-name", "middle")


def _runs(data: PairRibbon, top: float, width: float, prefix: str) -> Iterator[str]:
    whole = (MARGIN, top, width - MARGIN, top + _RIBBON)
    yield boxes_path([whole], blank_fill(prefix), "chart__blank")
    for name in dict.fromkeys(run.run_class for run in data.runs_after):
        boxes = [
            (_along(data, run.from_hours, width), top, _along(data, run.to_hours, width), top + _RIBBON)
            for run in data.runs_after
            if run.run_class == name
        ]
        yield boxes_path(boxes, class_fill(name, prefix), f"run run--{name}")


def _below(data: PairRibbon, texts: Texts, top: float, width: float) -> Iterator[str]:
    """Hours of travel along the route, then the places at which it begins and ends."""
    marked = ticks(data.hours, width - 2 * MARGIN, 64)
    yield ticks_path((MARGIN, width - MARGIN), top, (_along(data, hours, width) for hours in marked), "chart__axis")
    for hours in marked:
        at, words = _along(data, hours, width), texts.hours(hours)
        if at + 4 + text_width(words, SMALL) <= width:
            yield text(at + 4, top + 14, words, SMALL, "chart__tick")
    yield text(MARGIN, top + 32, label_of(data.stops[0].name), SMALL, "chart__stop", "start")
    yield text(width - MARGIN, top + 32, label_of(data.stops[-1].name), SMALL, "chart__stop", "end")
