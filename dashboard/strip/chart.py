"""The chart of the strip: hours ahead as she travels, the window they are held against, and where the chart is cut."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.strip.curve import Chain, Line, above, blanks, capped, chains, spans_above, value_at
from dashboard.strip.measure import text_width
from dashboard.strip.ribbon import class_box
from dashboard.strip.scale import Across, ticks
from dashboard.strip.scene import SIZE, SMALL, Scene
from dashboard.strip.svg import element, path, text
from dashboard.strip.words import window_words


@dataclass(frozen=True)
class Note:
    """Words in the chart at a place in px (left end or right end, baseline)."""

    x: float
    y: float
    words: str
    class_: str
    anchor: str = "start"
    size: float = SMALL

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in px."""
        width = text_width(self.words, self.size)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - self.size, left + width, self.y + 3


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
        yield text(note.x, note.y, note.words, note.size, note.class_, note.anchor)


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
        return text(at_px, scene.frame.start_px - 6, words, SMALL, f"strip__tick{more}", "middle")
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


def notes(scene: Scene, across: Across, pieces: Sequence[Chain]) -> list[Note]:
    """The words in the chart that find room: the window's name, how far a cut band goes, and the tops of the saw-tooth."""
    wanted = [_window_notes(scene, across, pieces)] if not scene.frame.upright else []
    wanted += [_peak_notes(scene, across, piece, first=True) for piece in _tops(pieces, across)[:1]]
    wanted += [_cut_notes(scene, across, piece) for piece in pieces]
    wanted += [_peak_notes(scene, across, piece, first=False) for piece in _tops(pieces, across)[1:]]
    placed: list[Note] = []
    for candidates in wanted:
        fitting = (
            one for one in candidates if _inside(one, scene) and not any(_over(one.box, other.box) for other in placed)
        )
        placed += [one for one in [next(fitting, None)] if one is not None]
    return placed


def _inside(note: Note, scene: Scene) -> bool:
    left, top, right, _ = note.box
    start = scene.frame.point(scene.frame.start_px, 0)[0] if not scene.frame.upright else scene.ribbon[1]
    end = scene.frame.end_px if not scene.frame.upright else scene.countries[1]
    return left >= start and right <= end and top >= 0


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] + 4 and other[0] < one[2] + 4 and one[1] < other[3] and other[1] < one[3]


def _tops(pieces: Sequence[Chain], across: Across) -> list[Chain]:
    """The pieces whose start is high enough to be told, highest first."""
    told = [piece for piece in pieces if piece.top.typical >= 0.07 * across.cap_hours]
    return sorted(told, key=lambda piece: -piece.top.typical)


def _peak_notes(scene: Scene, across: Across, piece: Chain, *, first: bool) -> list[Note]:
    at, top, texts = piece.from_hours, piece.top, scene.texts
    words = texts.range_of(top.low, top.typical, top.high) if first else texts.hours(top.typical)
    x, y = scene.frame.point(scene.frame.along(at), across.px(top.typical))
    class_ = "strip__peak strip__peak--first" if first else "strip__peak"
    if scene.frame.upright:
        spots = [(x + 6, y + 14, "start"), (x - 6, y + 14, "end"), (x - 2, y + 28, "end")]
    else:
        spots = [(x + 6, y - 6, "start"), (x + 6, y - 20, "start"), (x + 6, y + 16, "start")]
    return [Note(*spot[:2], words, class_, spot[2], SIZE) for spot in spots]


def _cut_notes(scene: Scene, across: Across, piece: Chain) -> list[Note]:
    spans = spans_above(piece.high, across.cap_hours)
    if not spans:
        return []
    span = max(spans, key=lambda one: one.peak_hours)
    words = scene.texts("strip.clipped", hours=scene.texts.hours(span.peak_hours))
    start, end = scene.frame.along(span.from_hours), scene.frame.along(span.to_hours)
    if scene.frame.upright:
        return [Note(across.cap_px - 6, y, words, "strip__cut-note", "end") for y in (start + 30, start + 46, end + 14)]
    room = text_width(words, SMALL)
    return [Note(x, across.cap_px + 14, words, "strip__cut-note") for x in (start + 8, max(start, end - room), end + 8)]


def _window_notes(scene: Scene, across: Across, pieces: Sequence[Chain]) -> list[Note]:
    """The window's name above its line, as far to the right as the saw-tooth leaves it free."""
    words, y = window_words(scene.data, scene.texts), across.px(scene.data.window_hours) - 5
    start, length = scene.frame.start_px, scene.frame.end_px - scene.frame.start_px
    share = text_width(words, SMALL) / length
    spots = [place / 8 * max(0.0, 1 - share) for place in range(8, -1, -1)]
    hours = scene.data.hours
    late = [_highest(scene, pieces, spot * hours, (spot + share) * hours) > scene.data.window_hours for spot in spots]
    ranked = sorted(zip(late, spots, strict=True), key=lambda one: one[0])
    return [Note(start + spot * length + 2, y, words, "strip__window-note") for _, spot in ranked]


def _highest(scene: Scene, pieces: Sequence[Chain], from_hours: float, to_hours: float) -> float:
    """The most hours ahead at the slow pace on a part of the journey; without end where there is a blank."""
    if any(start < to_hours and end > from_hours for start, end, _ in blanks(scene.data)):
        return math.inf
    there = [piece for piece in pieces if piece.to_hours > from_hours and piece.from_hours < to_hours]
    return max((value_at(piece.high, max(piece.from_hours, from_hours)) for piece in there), default=0.0)
