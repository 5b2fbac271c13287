"""The strip's two scales: hours of travel along it, hours ahead across it, and where each is cut and ticked."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dashboard.strip.data import StripData

_STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 360, 720)


@dataclass(frozen=True)
class Frame:
    """Places in px: `along` the journey from `start_px` to `end_px`; across it as told. Upright, the journey runs down."""

    upright: bool
    start_px: float
    end_px: float
    hours: float

    def along(self, at_hours: float) -> float:
        """Px along the journey at so many hours from its start; inside the frame always."""
        share = at_hours / self.hours if self.hours > 0 else 0.0
        return self.start_px + (self.end_px - self.start_px) * min(1.0, max(0.0, share))

    def point(self, along_px: float, across_px: float) -> tuple[float, float]:
        """X and y of a place in the frame."""
        return (across_px, along_px) if self.upright else (along_px, across_px)

    def box(self, from_px: float, to_px: float, near_px: float, far_px: float) -> dict[str, float]:
        """x, y, width and height of a rectangle, given along and across the journey."""
        (x1, y1), (x2, y2) = self.point(from_px, near_px), self.point(to_px, far_px)
        return {"x": min(x1, x2), "y": min(y1, y2), "width": abs(x2 - x1), "height": abs(y2 - y1)}


@dataclass(frozen=True)
class Across:
    """Hours ahead across the journey: 0 at `zero_px`, `cap_hours` at `cap_px`; more is drawn at the cap."""

    zero_px: float
    cap_px: float
    cap_hours: float

    def px(self, hours: float) -> float:
        """Px of so many hours ahead, never beyond the cap."""
        return self.zero_px + (self.cap_px - self.zero_px) * min(hours, self.cap_hours) / self.cap_hours


def cap_hours(data: StripData) -> float:
    """Hours ahead at which the chart is cut, a whole number.

    The window with a quarter more, and the usual pace's line where it is not more than four windows; the slow pace's band
    is shown up to two windows.
    """
    window = data.window_hours
    ends = [(one.typical_start, one.high_start) for one in data.stretches if one.ends_known]
    typical = max((typical or 0.0 for typical, _ in ends), default=0.0)
    high = max((high or 0.0 for _, high in ends), default=0.0)
    return float(math.ceil(max(1.25 * window, min(1.1 * typical, 4 * window), min(1.1 * high, 2 * window))))


def ticks(end_hours: float, length_px: float, room_px: float) -> tuple[float, ...]:
    """Round hours from 0 to at most `end_hours`, at least `room_px` apart on a length of `length_px`."""
    fitting = (step for step in _STEPS if step * length_px >= room_px * end_hours)
    step = next(fitting, max(_STEPS[-1], math.ceil(end_hours)))
    return tuple(float(hours) for hours in range(0, math.floor(end_hours) + 1, step))
