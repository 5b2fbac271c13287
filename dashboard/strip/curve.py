"""The saw-tooth: hours ahead as she travels, in pieces that fall hour by hour and jump after each service."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.strip.data import Stretch, StripData

Line = tuple[tuple[float, float], ...]
_SAME = 1e-6


@dataclass(frozen=True)
class Ahead:
    """Hours ahead at the three paces."""

    low: float
    typical: float
    high: float


@dataclass(frozen=True)
class Chain:
    """One unbroken piece: low, typical and high lines over the same hours from the route's start."""

    low: Line
    typical: Line
    high: Line

    @property
    def top(self) -> Ahead:
        """The hours ahead where it begins: just after a service, or at the route's start."""
        return Ahead(self.low[0][1], self.typical[0][1], self.high[0][1])

    @property
    def from_hours(self) -> float:
        """Where it begins, in hours from the route's start."""
        return self.typical[0][0]

    @property
    def to_hours(self) -> float:
        """Where it ends, in hours from the route's start."""
        return self.typical[-1][0]


@dataclass(frozen=True)
class Span:
    """A part of the journey, in hours from its start, and the most hours ahead on it."""

    from_hours: float
    to_hours: float
    peak_hours: float


def chains(data: StripData) -> tuple[Chain, ...]:
    """The pieces in the order of travel. Stretches without hours ahead are left out and break the chain."""
    pieces: list[list[Stretch]] = []
    for stretch in data.stretches:
        if not stretch.ends_known:
            continue
        if pieces and _goes_on(pieces[-1][-1], stretch):
            pieces[-1].append(stretch)
        else:
            pieces.append([stretch])
    return tuple(_chain(piece) for piece in pieces)


def _goes_on(before: Stretch, after: Stretch) -> bool:
    ends = (before.end_hours, before.low_end, before.typical_end, before.high_end)
    starts = (after.start_hours, after.low_start, after.typical_start, after.high_start)
    return all(abs((end or 0.0) - (start or 0.0)) < _SAME for end, start in zip(ends, starts, strict=True))


def _chain(piece: Sequence[Stretch]) -> Chain:
    first = piece[0]
    return Chain(
        low=((first.start_hours, first.low_start or 0.0), *((one.end_hours, one.low_end or 0.0) for one in piece)),
        typical=(
            (first.start_hours, first.typical_start or 0.0),
            *((one.end_hours, one.typical_end or 0.0) for one in piece),
        ),
        high=((first.start_hours, first.high_start or 0.0), *((one.end_hours, one.high_end or 0.0) for one in piece)),
    )


def with_crossings(line: Line, limit: float) -> Line:
    """The line with a point added wherever it crosses `limit`."""
    points = [line[0]]
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        if (y1 - limit) * (y2 - limit) < 0:
            points.append((x1 + (x2 - x1) * (limit - y1) / (y2 - y1), limit))
        points.append((x2, y2))
    return tuple(points)


def capped(line: Line, cap: float) -> Line:
    """The line with what lies above `cap` laid flat on it."""
    return tuple((x, min(y, cap)) for x, y in with_crossings(line, cap))


def above(line: Line, limit: float) -> tuple[Line, ...]:
    """The parts of the line that lie on or above `limit`, each with some length above it."""
    parts: list[list[tuple[float, float]]] = [[]]
    points = with_crossings(line, limit)
    for point, following in zip(points, (*points[1:], None), strict=True):
        if point[1] >= limit:
            parts[-1].append(point)
        if following is None or point[1] < limit or (point[1] <= limit and following[1] < limit):
            parts.append([])
    return tuple(tuple(part) for part in parts if len(part) > 1 and any(y > limit for _, y in part))


def spans_above(line: Line, limit: float) -> tuple[Span, ...]:
    """Where the line lies above `limit`, and its highest value there."""
    return tuple(Span(part[0][0], part[-1][0], max(y for _, y in part)) for part in above(line, limit))


def value_at(chain_line: Line, at_hours: float) -> float:
    """The line's value at so many hours from the route's start, its end values beyond its ends."""
    for (x1, y1), (x2, y2) in itertools.pairwise(chain_line):
        if at_hours <= x2:
            return y1 + (y2 - y1) * max(0.0, at_hours - x1) / (x2 - x1) if x2 > x1 else y2
    return chain_line[-1][1]


def off_route(data: StripData) -> tuple[float, ...]:
    """Where a piece of the saw-tooth ends at a stop without what is asked for: it stands near the route. Hours from start."""
    marked = {mark.at_hours for mark in data.services if mark.status != "possible"}
    marked |= {mark.at_hours for mark in data.state if data.capability == f"state:{mark.role}"}
    ends = (piece.to_hours for piece in chains(data))
    return tuple(end for end in ends if all(abs(end - at) > _SAME for at in marked))


def blanks(data: StripData) -> tuple[tuple[float, float, str], ...]:
    """Where no hours are drawn: from hours, to hours and why, `none_ahead` or `unknown`, in the order of travel."""
    parts: list[tuple[float, float, str]] = []
    for stretch in (one for one in data.stretches if not one.ends_known):
        for run in data.runs:
            start, end = max(stretch.start_hours, run.from_hours), min(stretch.end_hours, run.to_hours)
            if end - start <= _SAME:
                continue
            why = "none_ahead" if run.run_class == "none_ahead" and stretch.valid else "unknown"
            if parts and parts[-1][2] == why and abs(parts[-1][1] - start) < _SAME:
                start = parts.pop()[0]
            parts.append((start, end, why))
    return tuple(parts)
