"""Ribbons of classes, the countries above them, and the textures by which they read without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.drawing.measure import in_two_lines, text_width
from dashboard.drawing.svg import element, group, number, path, text
from dashboard.strip.data import Run
from dashboard.strip.notes import country_notes
from dashboard.strip.scene import SIZE, SMALL, Row, Scene
from dashboard.strip.words import country_name
from dashboard.theme.patterns import pattern_id

#: No run of the data is lost: the shortest is this many px long.
_MIN_RUN = 1.0
_SMALLEST = 10.0  # px, words in two lines on the ribbon


def class_box(scene: Scene, name: str, box: dict[str, float], class_: str = "run") -> str:
    """A rectangle in the theme's texture of a class."""
    fill = f"url(#{pattern_id(name, scene.prefix)})"
    return element("rect", **box, fill=fill, class_=f"{class_} {class_}--{name}")


def span_box(scene: Scene, start_hours: float, end_hours: float, near: float, far: float) -> dict[str, float]:
    """The rectangle of a part of the journey, at least 1 px long, so that no run of the data is lost."""
    start, end = scene.frame.along(start_hours), scene.frame.along(end_hours)
    start = min(start, scene.frame.end_px - _MIN_RUN)
    return scene.frame.box(start, max(end, start + _MIN_RUN), near, far)


def ribbon(scene: Scene) -> Iterator[str]:
    """The ribbon of the chosen capability: runs, a line below what rests on unconfirmed services, and words with room."""
    near, far = scene.ribbon
    spans = class_spans(scene.data.runs)
    for start, end, name in spans:
        yield class_box(scene, name, span_box(scene, start, end, near, far))
    for start, end in unconfirmed_spans(scene.data.runs):
        edge = near - 3.0 if scene.frame.upright else far + 3.0
        ends = [scene.frame.point(scene.frame.along(at), edge) for at in (start, end)]
        yield path(ends, "strip__unconfirmed")
    for start, end, name in spans:
        yield _class_words(scene, start, end, name)


def class_spans(runs: Sequence[Run]) -> list[tuple[float, float, str]]:
    """Neighbouring runs of one class joined: from hours, to hours, class."""
    spans: list[tuple[float, float, str]] = []
    for run in runs:
        start = spans.pop()[0] if spans and spans[-1][2] == run.run_class else run.from_hours
        spans.append((start, run.to_hours, run.run_class))
    return spans


def unconfirmed_spans(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Where neighbouring runs rest on services that no source confirmed lately."""
    spans: list[tuple[float, float]] = []
    for run in (one for one in runs if one.unconfirmed):
        start = spans.pop()[0] if spans and abs(spans[-1][1] - run.from_hours) < 1e-6 else run.from_hours
        spans.append((start, run.to_hours))
    return spans


def _class_words(scene: Scene, start: float, end: float, name: str) -> str:
    """The class in words on its run, in one line or two, where they fit; else nothing: the legend and the table have them."""
    words = scene.texts(f"class.{name}")
    from_px, to_px = scene.frame.along(start), scene.frame.along(end)
    fitting = [
        (lines, size)
        for lines, size in (((words,), SMALL), (in_two_lines(words, _SMALLEST), _SMALLEST))
        if max(text_width(line, size) for line in lines) + 10.0 <= to_px - from_px
    ]
    if not fitting:
        return ""
    middle = (scene.ribbon[0] + scene.ribbon[1]) / 2
    x, y = scene.frame.point((from_px + to_px) / 2, middle)
    written = plate(x, y, *fitting[0])
    return element("g", written, transform=f"rotate(90 {x:.1f} {y:.1f})") if scene.frame.upright else written


def plate(x: float, y: float, lines: tuple[str, ...], size: float) -> str:
    """Lines of words centred on a light plate, so that they can be read on any texture."""
    width, height = (
        max(text_width(line, size) for line in lines) + 6.0,
        11.0 * len(lines) + (5.0 if len(lines) == 1 else 1.0),
    )
    ground = element("rect", x=x - width / 2, y=y - height / 2, width=width, height=height, rx=3, class_="strip__plate")
    first = y + 4.0 - 5.5 * (len(lines) - 1)
    return ground + "".join(
        text(x, first + 11.0 * n, line, size, "strip__class", "middle") for n, line in enumerate(lines)
    )


def countries(scene: Scene) -> Iterator[str]:
    """Names of countries over their part of the journey, shortened to their code or left out; borders across everything."""
    if scene.frame.upright:
        yield from (note.drawn for note in country_notes(scene))
    else:
        yield from (_country(scene, start, end, code) for start, end, code in scene.data.countries)
    for border in scene.data.borders:
        at = scene.frame.along(border.at_hours)
        for ends in _crossed(scene):
            yield path([scene.frame.point(at, px) for px in ends], "strip__border")


def _crossed(scene: Scene) -> list[tuple[float, float]]:
    """What a border's line crosses: countries, ribbon and chart, but no line of words."""
    chart = [(scene.across.zero_px, scene.across.cap_px)] if scene.across else []
    if scene.frame.upright:
        return [(scene.ribbon[0] - 4.0, max(scene.ribbon[1], *(end for _, end in chart), scene.lane_end))]
    return [(scene.countries[0], scene.ribbon[1]), *chart]


def codes(scene: Scene) -> Iterator[str]:
    """Where lanes stand in place of the chart, the countries' codes on them, just after each border."""
    if scene.across or not scene.frame.upright:
        return
    for start, end, code in scene.data.countries:
        at, room = scene.frame.along(start), scene.frame.along(end) - scene.frame.along(start)
        if code and room >= 20.0:
            yield plate(scene.ribbon[1] + 38.0, at + 10.0, (code,), _SMALLEST)


def _country(scene: Scene, start: float, end: float, code: str) -> str:
    from_px, to_px = scene.frame.along(start), scene.frame.along(end)
    near, far = scene.countries
    box = scene.frame.box(from_px + 0.5, max(to_px - 0.5, from_px + 1), near, far)
    band, names = element("rect", **box, class_="strip__country"), (country_name(code, scene.texts), code)
    fitting = [words for words in names if text_width(words, SMALL) + 3.0 <= to_px - from_px]
    if not fitting:
        return band
    return band + text((from_px + to_px) / 2, far - 6, fitting[0], SMALL, "strip__country-name", "middle")


def lane(scene: Scene, row: Row) -> Iterator[str]:
    """The thin ribbon of one capability, in its own row."""
    inset = (row.far - row.near - 10.0) / 2
    runs = next(one.runs for one in scene.data.lanes if one.capability == row.name)
    chosen = " lane--chosen" if row.name == scene.data.capability else ""
    boxes: dict[str, list[dict[str, float]]] = {}
    for start, end, name in class_spans(runs):
        boxes.setdefault(name, []).append(span_box(scene, start, end, row.near + inset, row.far - inset))
    yield group((_joined_boxes(scene, name, its) for name, its in boxes.items()), class_=f"lane{chosen}")


def _joined_boxes(scene: Scene, name: str, boxes: Sequence[dict[str, float]]) -> str:
    """All rectangles of one class in one path: nine lanes have hundreds of them."""
    corners = [{side: number(px) for side, px in box.items()} for box in boxes]
    d = "".join("M{x} {y}h{width}v{height}h-{width}z".format(**corner) for corner in corners)
    fill = f"url(#{pattern_id(name, scene.prefix)})"
    return element("path", d=d, fill=fill, class_=f"run run--{name}")


def row_label(scene: Scene, row: Row) -> str:
    """The name of a row: left of it, or upright above its column."""
    chosen = " strip__row-label--chosen" if row.kind == "lane" and row.name == scene.data.capability else ""
    if not scene.frame.upright:
        return text(scene.frame.start_px - 12, row.middle + 4, row.label, SIZE, f"strip__row-label{chosen}", "end")
    if row.kind != "lane":
        lines, foot = row.label.split(), scene.frame.start_px - 24
        return "".join(
            text(row.middle, foot - 13 * (len(lines) - 1 - n), line, SMALL, "strip__row-label", "middle")
            for n, line in enumerate(lines)
        )
    x, y = row.middle + 4, scene.frame.start_px - 6
    words = text(x, y, row.label, SMALL, f"strip__row-label{chosen}")
    return element("g", words, transform=f"rotate(-90 {x:.1f} {y:.1f})")
