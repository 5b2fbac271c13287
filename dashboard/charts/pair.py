"""Two ribbons of one route, before and after: where its classes changed, hour by hour of travel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.figure import (
    LINE,
    MARGIN,
    NARROW,
    SIZE,
    SMALL,
    Box,
    ChartClass,
    Value,
    blank_fill,
    boxes_path,
    class_fill,
    class_keys,
    figure,
    legend,
    swatch,
    ticks_path,
)
from dashboard.drawing.labels import MUST, Placed, Wish, strip_layout
from dashboard.drawing.measure import in_two_lines, label_of, lines_of, text_width
from dashboard.drawing.scale import Frame, ticks
from dashboard.drawing.svg import element, group, path, text
from dashboard.strip.data import Border
from dashboard.strip.words import country_name
from dashboard.text import Texts

_SAME = 1e-6
_RIBBON = 26.0
_BETWEEN = 30.0
_LABEL_ROW = 28.0
_NAME_LINE = 13.0
_ONE_LINE = 110.0
_TOLD = 4


@dataclass(frozen=True)
class PairStop:
    """A place of the route, in hours of travel from its start."""

    name: str
    at_hours: float


@dataclass(frozen=True)
class PairRun:
    """A part of the route in one class, in hours of travel from its start."""

    run_class: str
    from_hours: float
    to_hours: float


@dataclass(frozen=True)
class PairRibbon:
    """A route at two dates. `before` and `after` are their words; `classes` give the words of every class met.

    Runs are in the order of travel; a part that no run holds is drawn as not known. `first_country` is the ISO code of
    the country in which the route begins ("" at sea); borders follow in the order of travel.
    """

    title: str
    hours: float
    stops: tuple[PairStop, ...]
    first_country: str
    borders: tuple[Border, ...]
    before: str
    after: str
    runs_before: tuple[PairRun, ...]
    runs_after: tuple[PairRun, ...]
    classes: tuple[ChartClass, ...]


@dataclass(frozen=True)
class PairPart:
    """A part of the route with one class before and one after; None where no run holds it."""

    from_hours: float
    to_hours: float
    before: str | None
    after: str | None

    @property
    def hours(self) -> float:
        """Its hours of travel."""
        return self.to_hours - self.from_hours

    @property
    def changed(self) -> bool:
        """Whether the class is another after than before."""
        return self.before != self.after


def pair_parts(data: PairRibbon, cuts: Sequence[float] = ()) -> tuple[PairPart, ...]:
    """The route cut wherever either class changes, and at `cuts`, in the order of travel; together they are the route."""
    ends = {0.0, data.hours, *cuts}
    ends |= {at for run in (*data.runs_before, *data.runs_after) for at in (run.from_hours, run.to_hours)}
    inside = sorted(at for at in ends if 0.0 <= at <= data.hours)
    pairs = [(start, stop) for start, stop in pairwise(inside) if stop - start > _SAME]
    return tuple(
        PairPart(start, stop, _class_at(data.runs_before, start, stop), _class_at(data.runs_after, start, stop))
        for start, stop in pairs
    )


def _class_at(runs: Sequence[PairRun], start: float, stop: float) -> str | None:
    middle = (start + stop) / 2
    return next((run.run_class for run in runs if run.from_hours <= middle < run.to_hours), None)


def changes(data: PairRibbon) -> tuple[PairPart, ...]:
    """The parts whose class changed, neighbours with the same two classes joined."""
    joined: list[PairPart] = []
    for part in (one for one in pair_parts(data) if one.changed):
        last = joined[-1] if joined else None
        if last and last.to_hours == part.from_hours and (last.before, last.after) == (part.before, part.after):
            joined[-1] = PairPart(last.from_hours, part.to_hours, part.before, part.after)
        else:
            joined.append(part)
    return tuple(joined)


def pair_rows(data: PairRibbon) -> list[dict[str, Value]]:
    """The ribbons' table: the route cut at its stops, its borders and wherever a class changes, in the order of travel.

    from_hours, to_hours, from_place and to_place (the stops around the part), country_iso3 ("" at sea), before and after
    (names of classes; None: not known) and changed.
    """
    cuts = [*(stop.at_hours for stop in data.stops), *(border.at_hours for border in data.borders)]
    return [
        {
            "from_hours": part.from_hours,
            "to_hours": part.to_hours,
            "from_place": next(
                (one.name for one in reversed(data.stops) if one.at_hours <= part.from_hours + _SAME), ""
            ),
            "to_place": next((one.name for one in data.stops if one.at_hours >= part.to_hours - _SAME), ""),
            "country_iso3": next(code for _, stop, code in _countries(data) if stop >= part.to_hours - _SAME),
            "before": part.before,
            "after": part.after,
            "changed": part.changed,
        }
        for part in pair_parts(data, cuts)
    ]


def _countries(data: PairRibbon) -> tuple[tuple[float, float, str], ...]:
    cuts = [0.0, *(border.at_hours for border in data.borders), data.hours]
    codes = [data.first_country, *(border.to_country for border in data.borders)]
    return tuple(zip(cuts[:-1], cuts[1:], codes, strict=True))


@dataclass(frozen=True)
class _Scene:
    """Where the parts lie in px: across the journey the countries, both ribbons and the names of the stops."""

    data: PairRibbon
    texts: Texts
    frame: Frame
    countries: tuple[float, float]
    before: tuple[float, float]
    after: tuple[float, float]
    labels: tuple[Placed, ...]
    labels_at: float
    prefix: str

    def box(self, start: float, stop: float, across: tuple[float, float]) -> Box:
        """Left, top, right and bottom of a part of the journey, at least 1 px long."""
        from_px, to_px = self.frame.along(start), self.frame.along(stop)
        from_px = min(from_px, self.frame.end_px - 1.0)
        place = self.frame.box(from_px, max(to_px, from_px + 1.0), *across)
        return place["x"], place["y"], place["x"] + place["width"], place["y"] + place["height"]


def pair_svg(data: PairRibbon, texts: Texts, width: float, prefix: str = "pair") -> str:
    """The ribbons as SVG text, `width` px wide and as high as they need; every id in it begins with `prefix`.

    On a narrow page the journey runs down.
    """
    keys = legend(_keys(data, texts, prefix), 0.0, width)
    scene, height = (_upright if width < NARROW else _across)(data, texts, (keys.height + 8, width), prefix)
    drawn = [
        keys.drawn,
        group(_country_bands(scene), class_="chart__countries"),
        group(_links(scene), class_="chart__links"),
        group(_ribbon(scene, data.runs_before, scene.before), class_="chart__ribbon"),
        group(_ribbon(scene, data.runs_after, scene.after), class_="chart__ribbon"),
        group(_borders(scene), class_="chart__borders"),
        group(_names(scene), class_="chart__stops"),
        group(_dates(scene, keys.height + 8), class_="chart__dates"),
        group(_hours(scene, height), class_="chart__time"),
    ]
    names = (data.title, pair_description(data, texts))
    return figure("pair", names, drawn, (width, height), prefix, texts, [one.name for one in data.classes])


def _keys(data: PairRibbon, texts: Texts, prefix: str) -> list[tuple[str, str]]:
    parts = pair_parts(data)
    met = {name for part in parts for name in (part.before, part.after)}
    keys = class_keys((one for one in data.classes if one.name in met), prefix)
    if None in met:
        keys.append((swatch(0, 0, blank_fill(prefix)), texts("chart.not_known")))
    if changes(data):
        keys.append((element("rect", width=24, height=12, class_="chart__link"), texts("chart.changed")))
    return keys


def _across(data: PairRibbon, texts: Texts, place: tuple[float, float], prefix: str) -> tuple[_Scene, float]:
    """Countries, both ribbons and the names of stops from top to bottom."""
    top, width = place
    gutter = 14.0 + max(text_width(words, SIZE) for words in (*_date_lines(data.before), *_date_lines(data.after)))
    frame = Frame(upright=False, start_px=gutter, end_px=width - MARGIN, hours=data.hours)
    before = (top + 26, top + 26 + _RIBBON)
    after = (before[1] + _BETWEEN, before[1] + _BETWEEN + _RIBBON)
    labels = strip_layout(_wishes(data, frame), gutter - 4, width - MARGIN, rows=3)
    rows = max((label.row + 1 for label in labels), default=0)
    scene = _Scene(data, texts, frame, (top, top + 20), before, after, labels, after[1] + 12, prefix)
    return scene, after[1] + 12 + rows * _LABEL_ROW + 28


def _upright(data: PairRibbon, texts: Texts, place: tuple[float, float], prefix: str) -> tuple[_Scene, float]:
    """Names of stops, both ribbons and countries from left to right."""
    top, width = place
    names = 0.40 * width
    before = (names + 12, names + 12 + _RIBBON)
    after = (before[1] + _BETWEEN, before[1] + _BETWEEN + _RIBBON)
    start = top + 6 + LINE * max(len(_date_lines(data.before)), len(_date_lines(data.after)))
    frame = Frame(
        upright=True, start_px=start, end_px=start + max(420.0, min(900.0, 3.2 * data.hours)), hours=data.hours
    )
    wishes = [one for one in _wishes(data, frame) if one.width <= names]
    labels = strip_layout(wishes, start - 8, frame.end_px + 8, rows=None)
    scene = _Scene(data, texts, frame, (after[1] + 8, width - MARGIN), before, after, labels, names, prefix)
    return scene, frame.end_px + 16


def _date_lines(words: str) -> tuple[str, ...]:
    return in_two_lines(words, SIZE)


def _wishes(data: PairRibbon, frame: Frame) -> list[Wish]:
    """What the names ask for: the ends must stand; near a change they matter more."""
    edges = [at for part in changes(data) for at in (part.from_hours, part.to_hours)]
    wishes: dict[str, Wish] = {}
    for n, stop in enumerate(data.stops):
        name = label_of(stop.name)
        lines = lines_of(name, SMALL, 118.0) if frame.upright else _name_lines(name)
        width = 6.0 + max((text_width(line, SMALL) for line in lines), default=0.0)
        near = any(abs(at - stop.at_hours) < 0.01 * data.hours for at in edges)
        importance = MUST if n in (0, len(data.stops) - 1) else 10.0 + 50.0 * near
        wish = Wish(f"{n}", frame.along(stop.at_hours), lines, width, _NAME_LINE * len(lines) + 3, importance)
        wishes.setdefault(stop.name, wish)
    return list(wishes.values())


def _name_lines(name: str) -> tuple[str, ...]:
    return (name,) if text_width(name, SMALL) <= _ONE_LINE else in_two_lines(name, SMALL)


def _ribbon(scene: _Scene, runs: Sequence[PairRun], across: tuple[float, float]) -> Iterator[str]:
    """One date's ribbon; hatched below where no run holds it."""
    yield boxes_path([scene.box(0.0, scene.data.hours, across)], blank_fill(scene.prefix), "chart__blank")
    for name in dict.fromkeys(run.run_class for run in runs):
        boxes = [scene.box(run.from_hours, run.to_hours, across) for run in runs if run.run_class == name]
        yield boxes_path(boxes, class_fill(name, scene.prefix), f"run run--{name}")


def _links(scene: _Scene) -> Iterator[str]:
    """Between both ribbons, a pale field where the class changed, with an arrow from before to after."""
    near, far = scene.before[1], scene.after[0]
    for part in changes(scene.data):
        yield boxes_path([scene.box(part.from_hours, part.to_hours, (near + 2, far - 2))], "none", "chart__link")
        start, stop = scene.frame.along(part.from_hours), scene.frame.along(part.to_hours)
        at = (start + stop) / 2
        tips = [(at - 4, far - 11), (at, far - 5), (at + 4, far - 11)]
        if stop - start >= 12:
            yield path([scene.frame.point(*tip) for tip in ((at, near + 5), (at, far - 5))], "chart__arrow")
            yield path([scene.frame.point(*tip) for tip in tips], "chart__arrow")


def _country_bands(scene: _Scene) -> Iterator[str]:
    """The countries beside the journey, by name, by code, or without words where neither has room."""
    for start, stop, code in _countries(scene.data):
        left, top, right, bottom = scene.box(start, stop, scene.countries)
        inset = (0.0, 0.5) if scene.frame.upright else (0.5, 0.0)
        box = (left + inset[0], top + inset[1], right - inset[0], bottom - inset[1])
        yield element(
            "rect", x=box[0], y=box[1], width=box[2] - box[0], height=box[3] - box[1], class_="chart__country"
        )
        room = right - left if not scene.frame.upright or bottom - top >= 16 else 0.0
        fitting = [one for one in (country_name(code, scene.texts), code) if text_width(one, SMALL) + 4 <= room]
        if fitting and fitting[0]:
            yield text((left + right) / 2, (top + bottom) / 2 + 4, fitting[0], SMALL, "chart__country-name", "middle")


def _borders(scene: _Scene) -> Iterator[str]:
    near, far = (scene.before[0], scene.countries[1]) if scene.frame.upright else (scene.countries[0], scene.after[1])
    for border in scene.data.borders:
        at = scene.frame.along(border.at_hours)
        yield path([scene.frame.point(at, near), scene.frame.point(at, far)], "chart__border")


def _names(scene: _Scene) -> Iterator[str]:
    """The names of the stops with their leaders; a tick for every stop, named or not."""
    near = scene.before[0] if scene.frame.upright else scene.after[1]
    out = -5 if scene.frame.upright else 5
    for stop in scene.data.stops:
        at = scene.frame.along(stop.at_hours)
        yield path([scene.frame.point(at, near), scene.frame.point(at, near + out)], "chart__leader")
    for label in scene.labels:
        yield from _name(scene, label, near)


def _name(scene: _Scene, label: Placed, near: float) -> Iterator[str]:
    at, lines = label.wish.at_px, label.wish.lines
    if scene.frame.upright:
        middle, x = (label.from_px + label.to_px) / 2, scene.labels_at
        yield path([(near - 5, at), (near - 9, middle), (x + 1, middle)], "chart__leader")
        first, anchor = middle + 4 - _NAME_LINE * (len(lines) - 1) / 2, "end"
    else:
        top = scene.labels_at + _LABEL_ROW * label.row
        yield path([(at, near + 5), (at, top + 24)], "chart__leader")
        first, anchor = top + (17 if len(lines) == 1 else 11), "start" if label.flag == "right" else "end"
        x = at + 4 if label.flag == "right" else at - 4
    for n, line in enumerate(lines):
        yield text(x, first + _NAME_LINE * n, line, SMALL, "chart__stop", anchor)


def _dates(scene: _Scene, top: float) -> Iterator[str]:
    """The words of both dates, left of their ribbons or above them."""
    for words, (near, far) in ((scene.data.before, scene.before), (scene.data.after, scene.after)):
        lines = _date_lines(words)
        for n, line in enumerate(lines):
            if scene.frame.upright:
                anchor, x = ("end", far) if near == scene.before[0] else ("start", near)
                yield text(x, top + 10 + LINE * n, line, SIZE, "chart__name", anchor)
            else:
                first = (near + far) / 2 + 4 - LINE * (len(lines) - 1) / 2
                yield text(scene.frame.start_px - 10, first + LINE * n, line, SIZE, "chart__name", "end")


def _hours(scene: _Scene, height: float) -> Iterator[str]:
    """Hours of travel at the bottom; where the journey runs down, the names tell where one is."""
    if scene.frame.upright:
        return
    start, end, y = scene.frame.start_px, scene.frame.end_px, height - 20
    marked = ticks(scene.frame.hours, end - start, 64)
    yield ticks_path((start, end), y, (scene.frame.along(hours) for hours in marked), "chart__axis")
    for hours in marked:
        at, words = scene.frame.along(hours), scene.texts.hours(hours)
        if at + 4 + text_width(words, SMALL) <= end:
            yield text(at + 4, y + 14, words, SMALL, "chart__tick")


def pair_description(data: PairRibbon, texts: Texts) -> str:
    """The main figures in sentences: the journey, how many of its hours changed, and the largest changes by class."""
    ends = {"start": data.stops[0].name, "end": data.stops[-1].name}
    changed = changes(data)
    sentences = [texts("chart.pair_span", hours=texts.hours(data.hours), before=data.before, after=data.after, **ends)]
    if not changed:
        return " ".join([*sentences, texts("chart.pair_same")])
    sentences.append(texts("chart.pair_changed", hours=texts.hours(sum(part.hours for part in changed))))
    totals: dict[tuple[str | None, str | None], float] = {}
    for part in changed:
        totals[part.before, part.after] = totals.get((part.before, part.after), 0.0) + part.hours
    words = {one.name: one.words for one in data.classes} | {None: texts("chart.not_known")}
    for (before, after), hours in sorted(totals.items(), key=lambda one: -one[1])[:_TOLD]:
        sentences.append(texts("chart.pair_change", before=words[before], after=words[after], hours=texts.hours(hours)))
    return " ".join(sentences)
