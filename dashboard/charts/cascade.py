"""The cascade: of the whole, how much is left after each step, how much is not known, and where most is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.figure import (
    LINE,
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Block,
    Value,
    blank_fill,
    figure,
    legend,
    swatch,
)
from dashboard.drawing.measure import in_two_lines, lines_of, text_width
from dashboard.drawing.svg import element, group, path, text
from dashboard.text import Texts

_BAR = 22.0
_PARTS = ("kept", "unknown", "lost")


@dataclass(frozen=True)
class CascadeStep:
    """A step in words and the shares of the whole after it: kept, not known, lost; they add up to 1."""

    words: str
    kept: float
    unknown: float
    lost: float

    @property
    def parts(self) -> tuple[tuple[str, float], ...]:
        """The shares by name, in the order in which they are drawn."""
        return tuple(zip(_PARTS, (self.kept, self.unknown, self.lost), strict=True))


@dataclass(frozen=True)
class CascadeChart:
    """Steps in their order, each with shares of the same whole: what is lost at one step is lost for the next."""

    title: str
    steps: tuple[CascadeStep, ...]


def most_lost(chart: CascadeChart) -> int | None:
    """The index of the step at which most is lost, against the step before; the first of equals; None where nothing is."""
    losses = [now - before for before, now in pairwise((0.0, *(step.lost for step in chart.steps)))]
    most = max(losses, default=0.0)
    return losses.index(most) if most > 0 else None


def cascade_rows(chart: CascadeChart) -> list[dict[str, Value]]:
    """The chart's table: one row per step with its shares of 1 and whether most is lost at it."""
    worst = most_lost(chart)
    return [{"step": step.words, **dict(step.parts), "most_lost": n == worst} for n, step in enumerate(chart.steps)]


def cascade_svg(chart: CascadeChart, texts: Texts, width: float, prefix: str = "cascade") -> str:
    """The chart as SVG text, `width` px wide and as high as it needs; every id in it begins with `prefix`."""
    keys = legend(_keys(texts, prefix), 0.0, width)
    drawn, y, worst = [keys.drawn], keys.height + 6, most_lost(chart)
    for n, step in enumerate(chart.steps):
        block = _step(step, (y, width), texts, prefix, worst=n == worst)
        drawn.append(group([block.drawn], class_="chart__step"))
        y += block.height
    return figure("cascade", (chart.title, cascade_description(chart, texts)), drawn, (width, y), prefix, texts)


def _keys(texts: Texts, prefix: str) -> list[tuple[str, str]]:
    return [
        (element("rect", width=24, height=12, class_="chart__part chart__part--kept"), texts("chart.kept")),
        (swatch(0, 0, blank_fill(prefix)), texts("chart.not_known")),
        (element("rect", width=24, height=12, class_="chart__part chart__part--lost"), texts("chart.lost")),
    ]


def _step(step: CascadeStep, place: tuple[float, float], texts: Texts, prefix: str, *, worst: bool) -> Block:
    """One step: its words beside the bar or, on a narrow page, above it; the mark stands below the bar."""
    y, width = place
    beside = width >= NARROW
    left = min(0.28 * width, 320.0) if beside else MARGIN
    lines = lines_of(step.words, SIZE, left - 16 if beside else width - 2 * MARGIN)
    lines = in_two_lines(step.words, SIZE) if len(lines) == 2 else lines
    words_height = LINE * len(lines)
    top = y if beside else y + words_height + 3
    first = y + 15 - 7.5 * (min(len(lines), 2) - 1) if beside else y + 11
    x, anchor = (left - 12, "end") if beside else (MARGIN, "start")
    drawn = [text(x, first + LINE * n, line, SIZE, "chart__name", anchor) for n, line in enumerate(lines)]
    drawn += _bar(step, (left, width - MARGIN), top, texts, prefix)
    bottom = max(top + _BAR, y + words_height if beside else 0.0)
    if worst:
        drawn.append(_worst(left, width - MARGIN, left + (width - MARGIN - left) * (1 - step.lost), top + _BAR, texts))
        bottom = max(bottom, top + _BAR + 18)
    return Block("".join(drawn), bottom + 14 - y)


def _bar(step: CascadeStep, ends: tuple[float, float], top: float, texts: Texts, prefix: str) -> Iterator[str]:
    """The three parts side by side with their per cents; one without room has its figure in the table and the text."""
    at, length = ends[0], ends[1] - ends[0]
    for name, share in (part for part in step.parts if part[1] > 0):
        box = {"x": at, "y": top, "width": length * share, "height": _BAR}
        fill = {"fill": blank_fill(prefix)} if name == "unknown" else {}
        yield element("rect", **box, **fill, class_=f"chart__part chart__part--{name}")
        yield _percent(name, at + length * share / 2, top, length * share, texts.percent(share))
        at += length * share


def _percent(name: str, x: float, top: float, room: float, words: str) -> str:
    width = text_width(words, SMALL) + 8.0
    if width + 4 > room:
        return ""
    written = text(x, top + 15, words, SMALL, f"chart__percent chart__percent--{name}", "middle")
    ground = element("rect", x=x - width / 2, y=top + 3, width=width, height=16, rx=3, class_="chart__plate")
    return ground + written if name == "unknown" else written


def _worst(left: float, right: float, lost_at: float, y: float, texts: Texts) -> str:
    """A mark below where the lost part begins, and its words, pushed inwards so that they stay between the bar's ends."""
    words = texts("chart.most_lost")
    room = text_width(words, SMALL)
    tip = max(left + 6, min(right - 6, lost_at))
    beside = tip + 10 if tip + 10 + room <= right else max(left, tip - 10 - room)
    mark = path([(tip, y + 3), (tip + 6, y + 13), (tip - 6, y + 13)], "chart__worst", closed=True)
    return mark + text(beside, y + 13, words, SMALL, "chart__worst-words")


def cascade_description(chart: CascadeChart, texts: Texts) -> str:
    """Every step with its shares in sentences, and the step at which most is lost."""
    sentences = [
        texts("chart.step_sentence", step=step.words, **{name: texts.percent(share) for name, share in step.parts})
        for step in chart.steps
    ]
    worst = most_lost(chart)
    if worst is not None:
        sentences.append(texts("chart.most_lost_sentence", step=chart.steps[worst].words))
    return " ".join(sentences)
