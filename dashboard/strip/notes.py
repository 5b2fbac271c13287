"""The words in the chart: each stands where it hides no other, and where there is no room it is left to the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.drawing.measure import lines_of, text_width
from dashboard.drawing.svg import text
from dashboard.strip.curve import Chain, blanks, spans_above, value_at
from dashboard.strip.scale import Across
from dashboard.strip.scene import SIZE, SMALL, Scene
from dashboard.strip.words import country_name, window_words

_LEADING = 14.0


@dataclass(frozen=True)
class Note:
    """Lines of words in the chart, at a place in px: their left or right end, and the first one's baseline."""

    x: float
    y: float
    lines: tuple[str, ...]
    class_: str
    anchor: str = "start"
    size: float = SMALL

    @property
    def drawn(self) -> str:
        """The lines as SVG."""
        written = enumerate(self.lines)
        return "".join(
            text(self.x, self.y + _LEADING * n, line, self.size, self.class_, self.anchor) for n, line in written
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in px."""
        width = max(text_width(line, self.size) for line in self.lines)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - self.size, left + width, self.y + 3 + _LEADING * (len(self.lines) - 1)


def notes(scene: Scene, across: Across, pieces: Sequence[Chain]) -> list[Note]:
    """The words in the chart that find room: the window's name, how far a cut band goes, and the tops of the saw-tooth."""
    wanted = [_window_notes(scene, across, pieces)] if not scene.frame.upright else []
    wanted += [_peak_notes(scene, across, piece, first=True) for piece in _tops(pieces, across)[:1]]
    wanted += [_cut_notes(scene, across, piece) for piece in pieces]
    wanted += [_peak_notes(scene, across, piece, first=False) for piece in _tops(pieces, across)[1:]]
    standing = country_notes(scene)
    placed: list[Note] = []
    for candidates in wanted:
        fitting = (
            one
            for one in candidates
            if _inside(one, scene, across) and not any(_over(one.box, other.box) for other in (*standing, *placed))
        )
        placed += [one for one in [next(fitting, None)] if one is not None]
    return placed


def _inside(note: Note, scene: Scene, across: Across) -> bool:
    left, top, right, _ = note.box
    if scene.frame.upright:
        return left >= scene.ribbon[1] and right <= across.cap_px and top >= scene.frame.start_px
    return left >= scene.frame.start_px and right <= scene.frame.end_px and top >= across.cap_px


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] + 4 and other[0] < one[2] + 4 and one[1] < other[3] and other[1] < one[3]


def _tops(pieces: Sequence[Chain], across: Across) -> list[Chain]:
    """The pieces whose start is high enough to be told, highest first."""
    told = [piece for piece in pieces if piece.top.typical >= 0.07 * across.cap_hours]
    return sorted(told, key=lambda piece: -piece.top.typical)


def _peak_notes(scene: Scene, across: Across, piece: Chain, *, first: bool) -> list[Note]:
    """The hours just after a service: the highest with its range where that fits, all others at the usual pace alone."""
    top, texts = piece.top, scene.texts
    x, y = scene.frame.point(scene.frame.along(piece.from_hours), across.px(top.typical))
    class_ = "strip__peak strip__peak--first" if first else "strip__peak"
    told = [texts.range_of(top.low, top.typical, top.high)] if first else []
    spots = [(x + 6, y - 6, "start"), (x + 6, y - 20, "start"), (x + 6, y + 30, "start"), (x + 6, y + 16, "start")]
    if scene.frame.upright:
        spots = [(x + dx, y + dy, anchor) for dx, anchor in ((6, "start"), (-8, "end")) for dy in (14, 30, 44)]
    return [
        Note(*spot[:2], lines_of(words, SIZE, 70.0) if scene.frame.upright else (words,), class_, spot[2], SIZE)
        for words in (*told, texts.hours(top.typical))
        for spot in spots
    ]


def _cut_notes(scene: Scene, across: Across, piece: Chain) -> list[Note]:
    spans = spans_above(piece.high, across.cap_hours)
    if not spans:
        return []
    span = max(spans, key=lambda one: one.peak_hours)
    words = scene.texts("strip.clipped", hours=scene.texts.hours(span.peak_hours))
    start, end = scene.frame.along(span.from_hours), scene.frame.along(span.to_hours)
    if scene.frame.upright:
        lines = lines_of(words, SMALL, 80.0)
        return [
            Note(across.cap_px - 4, y, lines, "strip__cut-note", "end")
            for y in (start + 14, start + 72, start + 100, end + 14)
        ]
    room = text_width(words, SMALL)
    return [
        Note(x, across.cap_px + 14, (words,), "strip__cut-note") for x in (start + 8, max(start, end - room), end + 8)
    ]


def _window_notes(scene: Scene, across: Across, pieces: Sequence[Chain]) -> list[Note]:
    """The window's name above its line, as far to the right as the saw-tooth leaves it free."""
    words, y = window_words(scene.data, scene.texts), across.px(scene.data.window_hours) - 5
    start, length = scene.frame.start_px, scene.frame.end_px - scene.frame.start_px
    share = text_width(words, SMALL) / length
    spots = [place / 8 * max(0.0, 1 - share) for place in range(8, -1, -1)]
    hours = scene.data.hours
    late = [_highest(scene, pieces, spot * hours, (spot + share) * hours) > scene.data.window_hours for spot in spots]
    ranked = sorted(zip(late, spots, strict=True), key=lambda one: one[0])
    return [Note(start + spot * length + 2, y, (words,), "strip__window-note") for _, spot in ranked]


def _highest(scene: Scene, pieces: Sequence[Chain], from_hours: float, to_hours: float) -> float:
    """The most hours ahead at the slow pace on a part of the journey; without end where there is a blank."""
    if any(start < to_hours and end > from_hours for start, end, _ in blanks(scene.data)):
        return math.inf
    there = [piece for piece in pieces if piece.to_hours > from_hours and piece.from_hours < to_hours]
    return max((value_at(piece.high, max(piece.from_hours, from_hours)) for piece in there), default=0.0)


def country_notes(scene: Scene) -> list[Note]:
    """Upright, the countries' names at the far side of the chart: just after the border, the first one's before the next.

    Where a country's part has no room for a line there is none; a strip that runs to the right has a band of its own,
    and where lanes stand in place of the chart they carry the codes.
    """
    parts = [(scene.frame.along(start), scene.frame.along(end), code) for start, end, code in scene.data.countries]
    return [_country_note(scene, *part) for part in parts if _on_chart(scene) and _has_line(scene, *part[:2])]


def _on_chart(scene: Scene) -> bool:
    return scene.frame.upright and scene.across is not None


def _has_line(scene: Scene, from_px: float, to_px: float) -> bool:
    return to_px - from_px >= (50.0 if from_px <= scene.frame.start_px else 18.0)


def _country_note(scene: Scene, from_px: float, to_px: float, code: str) -> Note:
    y = to_px - 5 if from_px <= scene.frame.start_px else from_px + 13
    return Note(scene.countries[1] - 4.0, y, (country_name(code, scene.texts),), "strip__country-name", "end")
