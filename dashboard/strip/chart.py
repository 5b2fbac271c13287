"""The chart of the strip: hours ahead as she travels, the window they are held against, and where the chart is cut."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from dashboard.drawing.scale import ticks
from dashboard.drawing.svg import element, path, text
from dashboard.strip.curve import Chain, Line, above, blanks, capped, chains, spans_above
from dashboard.strip.notes import notes
from dashboard.strip.ribbon import class_box
from dashboard.strip.scale import Across
from dashboard.strip.scene import SMALL, Scene


def chart(scene: Scene, across: Across) -> Iterator[str]:
    """The whole chart from back to front."""
    yield from _ground(scene, across)
    pieces = chains(scene.data)
    for piece in pieces:
        yield path(
            _area(scene, across, capped(piece.low, across.cap_hours), capped(piece.high, across.cap_hours)),
            "strip__band",
            closed=True,
        )
    for piece in pieces:
        yield from _beyond(scene, across, piece)
    yield path(_edge(scene, across.px(scene.data.window_hours)), "strip__window")
    for before, after in itertools.pairwise(pieces):
        yield _riser(scene, across, before, after)
    for piece in pieces:
        yield from _line(scene, across, piece)
    yield from _cuts(scene, across, pieces)
    for note in notes(scene, across, pieces):
        yield note.drawn


def _edge(scene: Scene, across_px: float) -> list[tuple[float, float]]:
    return [scene.frame.point(px, across_px) for px in (scene.frame.start_px, scene.frame.end_px)]


def _points(scene: Scene, across: Across, line: Line) -> list[tuple[float, float]]:
    return [scene.frame.point(scene.frame.along(x), across.px(y)) for x, y in line]


def _area(scene: Scene, across: Across, lower: Line, upper: Line) -> list[tuple[float, float]]:
    return _points(scene, across, lower) + _points(scene, across, tuple(reversed(upper)))


def _ground(scene: Scene, across: Across) -> Iterator[str]:
    frame = scene.frame
    yield element(
        "rect", **frame.box(frame.start_px, frame.end_px, across.zero_px, across.cap_px), class_="strip__plot"
    )
    late = frame.box(frame.start_px, frame.end_px, across.px(scene.data.window_hours), across.cap_px)
    yield element("rect", **late, class_="strip__late")
    for start, end, why in blanks(scene.data):
        yield class_box(
            scene, why, frame.box(frame.along(start), frame.along(end), across.zero_px, across.cap_px), "blank"
        )
    for hours in ahead_ticks(scene, across):
        yield path(_edge(scene, across.px(hours)), "strip__grid")
        yield _ahead_label(scene, across.px(hours), hours)
    yield _ahead_label(scene, across.px(scene.data.window_hours), scene.data.window_hours, " strip__tick--window")


def ahead_ticks(scene: Scene, across: Across) -> tuple[float, ...]:
    """Round hours ahead to be marked, without those whose figure would run into the window's."""
    length = abs(across.cap_px - across.zero_px)
    room = 38.0
    window = scene.data.window_hours
    near = 0.8 * room * across.cap_hours / length
    return tuple(hours for hours in ticks(across.cap_hours, length, room) if hours == 0 or abs(hours - window) > near)


def _ahead_label(scene: Scene, at_px: float, hours: float, more: str = "") -> str:
    words = scene.texts.hours(hours)
    if scene.frame.upright:
        return text(at_px, scene.frame.start_px - 10, words, SMALL, f"strip__tick{more}", "middle")
    return text(scene.frame.start_px - 8, at_px + 4, words, SMALL, f"strip__tick{more}", "end")


def _beyond(scene: Scene, across: Across, piece: Chain) -> Iterator[str]:
    """Between the window and the usual pace's line, where that lies beyond the window."""
    window = scene.data.window_hours
    for part in above(piece.typical, window):
        ground: Line = tuple((x, window) for x, _ in capped(part, across.cap_hours))
        yield path(_area(scene, across, ground, capped(part, across.cap_hours)), "strip__beyond", closed=True)


def _line(scene: Scene, across: Across, piece: Chain) -> Iterator[str]:
    """The usual pace's line, drawn up to the cap, and once more and heavier where it lies beyond the window."""
    yield from (path(_points(scene, across, part), "strip__line") for part in below(piece.typical, across.cap_hours))
    for late in above(piece.typical, scene.data.window_hours):
        yield from (
            path(_points(scene, across, part), "strip__line strip__line--late")
            for part in below(late, across.cap_hours)
        )


def below(line: Line, limit: float) -> tuple[Line, ...]:
    """The parts of the line on or below `limit`."""
    mirrored = tuple((x, -y) for x, y in line)
    parts = above(mirrored, -limit)
    whole = (mirrored,) if not parts and all(y >= -limit for _, y in mirrored) else ()
    return tuple(tuple((x, -y) for x, y in part) for part in parts or whole)


def _riser(scene: Scene, across: Across, before: Chain, after: Chain) -> str:
    """The jump after a service; nothing where the two pieces do not meet."""
    if abs(before.to_hours - after.from_hours) > 1e-6:
        return ""
    return path(_points(scene, across, (before.typical[-1], after.typical[0])), "strip__riser")


def _cuts(scene: Scene, across: Across, pieces: Sequence[Chain]) -> Iterator[str]:
    """Arrows on the edge where lines go on beyond the chart: the band's light, the usual pace's heavy."""
    for piece in pieces:
        for line, name in ((piece.high, "band"), (piece.typical, "line")):
            for span in spans_above(line, across.cap_hours):
                yield from _arrows(scene, across, span.from_hours, span.to_hours, name)


def _arrows(scene: Scene, across: Across, from_hours: float, to_hours: float, name: str) -> Iterator[str]:
    start, end = scene.frame.along(from_hours), scene.frame.along(to_hours)
    count = max(1, min(12, int((end - start) / 40)))
    out = 1.0 if across.cap_px > across.zero_px else -1.0
    for at in (start + (end - start) * (step + 0.5) / count for step in range(count)):
        tips = [(at - 5, across.cap_px + out), (at, across.cap_px + 7 * out), (at + 5, across.cap_px + out)]
        yield path([scene.frame.point(*tip) for tip in tips], f"strip__cut strip__cut--{name}")
