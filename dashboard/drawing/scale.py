"""The journey as a scale: hours of travel to px, to the right or down the page, and its round hours."""

from __future__ import annotations

import math
from dataclasses import dataclass

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


def ticks(end_hours: float, length_px: float, room_px: float) -> tuple[float, ...]:
    """Round hours from 0 to at most `end_hours`, at least `room_px` apart on a length of `length_px`."""
    fitting = (step for step in _STEPS if step * length_px >= room_px * end_hours)
    step = next(fitting, max(_STEPS[-1], math.ceil(end_hours)))
    return tuple(float(hours) for hours in range(0, math.floor(end_hours) + 1, step))
