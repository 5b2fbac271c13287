"""The strip's scale across the journey: hours ahead, and where the chart is cut."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dashboard.strip.data import StripData


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
