"""The marks on a strip: services, the State by role, published reports, and the place that is selected."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import element, group, path, text
from dashboard.strip.curve import off_route
from dashboard.strip.data import ReportFigure, ServiceMark, Silence
from dashboard.strip.ribbon import plate
from dashboard.strip.scene import REPORT_LINES, SMALL, Row, Scene
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
_PLUS = "M0 -3V3M-3 0H3"


def _at(x: float, y: float, *children: str, class_: str) -> str:
    return element("g", *children, class_=class_, transform=f"translate({x:.1f} {y:.1f})")


def services(scene: Scene) -> Iterator[str]:
    """A boxed cross where services stand: filled where confirmed, open where listed, dashed where only possible.

    Where the saw-tooth ends at a stop without one, the service stands a little off the route: a small cross says so.
    In the State's question the institutions with the role that is asked for stand there.
    """
    zero = scene.across.zero_px if scene.across else scene.ribbon[1] + 10
    for at_hours in off_route(scene.data):
        x, y = scene.frame.point(scene.frame.along(at_hours), zero)
        yield _at(
            x,
            y,
            element("circle", r=5, class_="service__box"),
            element("path", d=_PLUS, class_="service__cross"),
            class_="service service--near",
        )
    for place in (one for one in scene.data.state if scene.data.capability == f"state:{one.role}"):
        x, y = scene.frame.point(scene.frame.along(place.at_hours), zero)
        yield _at(x, y, element("path", d=ROLE_SHAPES[place.role]), class_=f"state state--{place.role}")
    for mark in scene.data.services:
        yield _service(mark, *scene.frame.point(scene.frame.along(mark.at_hours), zero))


def proposals(scene: Scene) -> Iterator[str]:
    """A numbered disc where a place is proposed, beyond the line on which services stand."""
    zero = scene.across.zero_px if scene.across else scene.ribbon[1] + 10
    out = -1.0 if not scene.across or scene.across.cap_px > scene.across.zero_px else 1.0
    for mark in scene.data.proposals:
        x, y = scene.frame.point(scene.frame.along(mark.at_hours), zero - out * 18.0)
        number = text(0, 4, str(mark.number), SMALL, "proposal__number", "middle")
        yield _at(x, y, element("circle", r=9, class_="proposal__disc"), number, class_="proposal")


def _service(mark: ServiceMark, x: float, y: float) -> str:
    box = element("rect", x=-_HALF, y=-_HALF, width=2 * _HALF, height=2 * _HALF, rx=2.5, class_="service__box")
    return _at(x, y, box, element("path", d=_CROSS, class_="service__cross"), class_=f"service service--{mark.status}")


def state_row(scene: Scene, row: Row) -> Iterator[str]:
    """The institutions of one role, or upright of all three beside each other: a role's shape at each place."""
    for role, middle in _rails(row):
        yield path([scene.frame.point(px, middle) for px in (scene.frame.start_px, scene.frame.end_px)], "strip__rail")
        for mark in (one for one in scene.data.state if one.role == role):
            x, y = scene.frame.point(scene.frame.along(mark.at_hours), middle)
            seen = "confirmed" if mark.confirmed else "unconfirmed"
            yield _at(x, y, element("path", d=ROLE_SHAPES[role]), class_=f"state state--{role} state--{seen}")


def _rails(row: Row) -> list[tuple[str, float]]:
    if row.name:
        return [(row.name, row.middle)]
    return [(role, row.middle + 13.0 * (place - 1)) for place, role in enumerate(ROLE_SHAPES)]


def reports_row(scene: Scene, row: Row) -> Iterator[str]:
    """Silences as bands; then published figures in the order given, one to a line, and how many more the table has."""
    for silence in scene.data.silences:
        yield from _silence(scene, row, silence)
    lines = _report_lines(scene)
    for line, (figure, words) in enumerate(lines):
        yield from (
            _upright_report(scene, row, figure, words, line)
            if scene.frame.upright
            else _report(scene, row, figure, words, line)
        )
    more = len(scene.data.reports) - len(lines)
    if more and not scene.frame.upright:
        words = scene.texts("strip.reports_more", count=more)
        yield text(scene.frame.start_px - 12, row.middle + 20, words, SMALL, "strip__row-label", "end")


def _silence(scene: Scene, row: Row, silence: Silence) -> Iterator[str]:
    box = scene.frame.box(
        scene.frame.along(silence.from_hours), scene.frame.along(silence.to_hours), row.near + 2, row.far - 2
    )
    yield element(
        "rect", **box, fill=f"url(#{pattern_id('unknown', scene.prefix)})", class_=f"silence silence--{silence.kind}"
    )
    words = scene.texts(f"strip.silence_{silence.kind}")
    if not scene.frame.upright and text_width(words, SMALL) + 16.0 <= box["width"]:
        yield plate(box["x"] + box["width"] / 2, row.middle, (words,), SMALL)


def _report_lines(scene: Scene) -> list[tuple[ReportFigure, str]]:
    """The figures that have a line, each with its words: the whole sentence, or its count where that is too long."""
    return [(figure, _fitting_words(scene, figure)) for figure in scene.data.reports[:REPORT_LINES]]


def _fitting_words(scene: Scene, figure: ReportFigure) -> str:
    words = report_words(figure, scene.texts)
    start, end = scene.frame.along(figure.from_hours), scene.frame.along(figure.told_at or figure.to_hours)
    room = max(scene.frame.end_px - end, start - scene.frame.start_px) - 10.0
    return words if not scene.frame.upright and text_width(words, SMALL) <= room else scene.texts.number(figure.count)


def _report(scene: Scene, row: Row, figure: ReportFigure, words: str, line: int) -> Iterator[str]:
    """A bar over the stretch (a diamond at one place) with its words after it, or before it near the end."""
    start, end, y = (
        scene.frame.along(figure.from_hours),
        scene.frame.along(figure.to_hours),
        row.near + 10.0 + 20.0 * line,
    )
    yield _told_where(start, end, y)
    if figure.told_at is not None:
        there = scene.frame.along(figure.told_at)
        yield path([(end, y), (there, y)], "report-lag")
        yield _told_where(there, there, y)
        end = max(end, there)
    width = text_width(words, SMALL)
    after = end + 10.0 + width <= scene.frame.end_px
    yield text(end + 10.0 if after else start - 10.0, y + 4, words, SMALL, "strip__report", "start" if after else "end")


def _told_where(start: float, end: float, y: float) -> str:
    if end - start < 10.0:
        return _at((start + end) / 2, y, element("path", d="M0 -5L5 0L0 5L-5 0Z"), class_="report")
    return element("rect", x=start, y=y - 2, width=end - start, height=4, rx=2, class_="report")


def _upright_report(scene: Scene, row: Row, figure: ReportFigure, words: str, line: int) -> Iterator[str]:
    """The bar beside the stretch with the figure alone: the words are in the table."""
    start, end, x = (
        scene.frame.along(figure.from_hours),
        scene.frame.along(figure.to_hours),
        row.near + 3.0 + 5.0 * line,
    )
    yield element("rect", x=x - 1.5, y=start - 3, width=3, height=max(end - start, 0) + 6, rx=1.5, class_="report")
    yield text(row.near + 17.0, (start + end) / 2 + 4 + 15.0 * line, words, SMALL, "strip__report")


def selection(scene: Scene) -> Iterator[str]:
    """A line at the selected place across ribbon, chart and lanes, but no words; nothing where none is selected here."""
    at_hours = scene.data.selected_hours
    if at_hours is None:
        return
    at = scene.frame.along(at_hours)
    parts = [(scene.ribbon[0] - 4, scene.ribbon[1] + 4)]
    parts += [(scene.across.zero_px, scene.across.cap_px)] if scene.across else []
    parts += [(scene.rows[0].near, scene.rows[-1].far)] if scene.rows else []
    yield from (path([scene.frame.point(at, px) for px in ends], "strip__selected") for ends in parts)


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
    for line, part in enumerate(scene.caption):
        yield text(scene.frame.start_px, scene.ribbon[1] + 22 + 14 * line, part, SMALL, "strip__caption")
    yield text(
        scene.frame.start_px - 12,
        (scene.ribbon[0] + scene.ribbon[1]) / 2 + 4,
        scene.texts(scene.data.class_row),
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
