"""The marks on a strip: services, the State by role, published reports, and the place that is selected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.strip.data import ReportFigure, ServiceMark
from dashboard.strip.measure import lines_of, text_width
from dashboard.strip.scene import SMALL, Row, Scene
from dashboard.strip.svg import element, group, path, text
from dashboard.strip.words import report_words
from dashboard.theme.patterns import pattern_id

_HALF = 7.0
#: A role's shape, as path data around 0 0: a disc, a ring, a square. They tell apart without colour.
ROLE_SHAPES = {
    "protective": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    "mixed": "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z",
    "control": "M-4.5 -4.5H4.5V4.5H-4.5Z",
}
_CROSS = "M0 -4V4M-4 0H4"


def _at(x: float, y: float, *children: str, class_: str) -> str:
    return element("g", *children, class_=class_, transform=f"translate({x:.1f} {y:.1f})")


def services(scene: Scene) -> Iterator[str]:
    """A boxed cross where services stand: filled where confirmed, open where listed, dashed where only possible."""
    for mark in scene.data.services:
        across_px = scene.across.zero_px if scene.across else sum(scene.ribbon) / 2
        yield _service(mark, *scene.frame.point(scene.frame.along(mark.at_hours), across_px))


def _service(mark: ServiceMark, x: float, y: float) -> str:
    box = element("rect", x=-_HALF, y=-_HALF, width=2 * _HALF, height=2 * _HALF, rx=2.5, class_="service__box")
    return _at(x, y, box, element("path", d=_CROSS, class_="service__cross"), class_=f"service service--{mark.status}")


def state_row(scene: Scene, row: Row) -> Iterator[str]:
    """The institutions of one role: its shape at each place, marked where no source confirmed one of them lately."""
    yield path([scene.frame.point(px, row.middle) for px in (scene.frame.start_px, scene.frame.end_px)], "strip__rail")
    for mark in (one for one in scene.data.state if one.role == row.name):
        x, y = scene.frame.point(scene.frame.along(mark.at_hours), row.middle)
        seen = "confirmed" if mark.confirmed else "unconfirmed"
        shape = element("path", d=ROLE_SHAPES[mark.role])
        yield _at(x, y, shape, class_=f"state state--{mark.role} state--{seen}")


@dataclass(frozen=True)
class _Told:
    """A report's words or figure at its place along the row, in px."""

    figure: ReportFigure
    words: str
    from_px: float
    to_px: float


def reports_row(scene: Scene, row: Row) -> Iterator[str]:
    """Silences as bands, published figures as bars with their words; where words have no room their count, else the bar."""
    for silence in scene.data.silences:
        box = scene.frame.box(
            scene.frame.along(silence.from_hours), scene.frame.along(silence.to_hours), row.near + 2, row.far - 2
        )
        yield element("rect", **box, class_=f"silence silence--{silence.kind}")
        yield element("rect", **box, fill=f"url(#{pattern_id('unknown', scene.prefix)})", class_="silence__texture")
        yield _silence_words(scene, row, box, silence.kind)
    for figure in scene.data.reports:
        start, end = scene.frame.along(figure.from_hours), scene.frame.along(figure.to_hours)
        box = scene.frame.box(start - 2, max(end, start) + 2, row.near + 5, row.far - 5)
        yield element("rect", **box, rx=2, class_="report")
    for told in _told(scene):
        yield _report_words(scene, row, told)


def _silence_words(scene: Scene, row: Row, box: dict[str, float], kind: str) -> str:
    words = scene.texts(f"strip.silence_{kind}")
    width = text_width(words, SMALL) + 10
    if scene.frame.upright or width + 8 > box["width"]:
        return ""
    x = box["x"] + box["width"] / 2
    plate = element("rect", x=x - width / 2, y=row.middle - 8, width=width, height=16, rx=3, class_="strip__plate")
    return plate + text(x, row.middle + 4, words, SMALL, "strip__class", "middle")


def _told(scene: Scene) -> list[_Told]:
    """The words that fit, the largest count first: the whole sentence to the right or left of its bar, else the count."""
    told: list[_Told] = []
    for figure in sorted(scene.data.reports, key=lambda one: -one.count):
        fitting = (one for one in _tellings(scene, figure) if _free(scene, one, told))
        told += [one for one in [next(fitting, None)] if one is not None]
    return told


def _tellings(scene: Scene, figure: ReportFigure) -> Iterator[_Told]:
    start, end = scene.frame.along(figure.from_hours), scene.frame.along(figure.to_hours)
    short = scene.texts.number(figure.count)
    if scene.frame.upright:
        yield _Told(figure, short, end - 8, end + 8)
        return
    for words in (report_words(figure, scene.texts), short):
        width = text_width(words, SMALL)
        yield _Told(figure, words, end + 6, end + 6 + width)
        yield _Told(figure, words, start - 6 - width, start - 6)


def _free(scene: Scene, one: _Told, told: list[_Told]) -> bool:
    frame = scene.frame
    bars = [
        (frame.along(other.from_hours) - 3, frame.along(other.to_hours) + 3)
        for other in scene.data.reports
        if other is not one.figure
    ]
    bars += [(other.from_px - 6, other.to_px + 6) for other in told]
    if not frame.upright:
        bars += [(frame.along(other.from_hours), frame.along(other.to_hours)) for other in scene.data.silences]
    inside = frame.start_px <= one.from_px and one.to_px <= frame.end_px + (10 if frame.upright else 0)
    return inside and not any(one.from_px < end and start < one.to_px for start, end in bars)


def _report_words(scene: Scene, row: Row, told: _Told) -> str:
    if scene.frame.upright:
        return text(row.far - 2, (told.from_px + told.to_px) / 2 + 4, told.words, SMALL, "strip__report", "end")
    return text(told.from_px, row.middle + 4, told.words, SMALL, "strip__report")


def selection(scene: Scene) -> str:
    """A line across everything at the selected place; "" where nothing on this route is selected."""
    at_hours = scene.data.selected_hours
    if at_hours is None:
        return ""
    at = scene.frame.along(at_hours)
    ends = [scene.frame.point(at, px) for px in (scene.ribbon[0] - 6, scene.lane_end)]
    return path(ends, "strip__selected")


def heading(scene: Scene) -> Iterator[str]:
    """The direction of travel as words and an arrow that points along the journey, and what the chart shows."""
    words = scene.texts(f"strip.direction_{scene.data.direction}")
    if scene.frame.upright:
        yield from (text(4, 12 + 14 * line, part, SMALL, "strip__caption") for line, part in enumerate(scene.caption))
        yield from _direction_upright(scene, words)
        return
    lines = lines_of(words, SMALL, scene.frame.start_px - 34)
    top = scene.ribbon[0] - 12 if len(lines) == 1 else scene.ribbon[0] - 18
    yield from (
        text(scene.frame.start_px - 34, top + 14 * line, part, SMALL, "strip__direction", "end")
        for line, part in enumerate(lines)
    )
    x, y = scene.frame.start_px - 28, top - 4 + 7 * (len(lines) - 1)
    yield path([(x, y), (x + 16, y)], "strip__arrow")
    yield path([(x + 11, y - 4), (x + 16, y), (x + 11, y + 4)], "strip__arrow")
    yield text(scene.frame.start_px, 74, scene.caption[0], SMALL, "strip__caption")
    yield text(
        scene.frame.start_px - 12,
        (scene.ribbon[0] + scene.ribbon[1]) / 2 + 4,
        scene.texts("strip.class_row"),
        SMALL,
        "strip__row-label",
        "end",
    )


def _direction_upright(scene: Scene, words: str) -> Iterator[str]:
    lines = lines_of(words, SMALL, scene.labels[1] - 18)
    base = scene.frame.start_px - 22 - 14 * (len(lines) - 1)
    yield group(text(18, base + 14 * line, part, SMALL, "strip__direction") for line, part in enumerate(lines))
    yield path([(8, base - 8), (8, base + 10)], "strip__arrow")
    yield path([(4, base + 5), (8, base + 10), (12, base + 5)], "strip__arrow")
