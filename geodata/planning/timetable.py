"""How long a woman waits for a mobile team that comes at hours of the week, when she arrives at any hour of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from geodata.planning.scenario import WEEKDAYS, Visit

HOURS_OF_A_DAY, HOURS_OF_A_WEEK = 24, 168


def waits(visits: Iterable[Visit]) -> tuple[float, float, float]:
    """Hours of waiting for the next visit to one place: none, the mean over the week, the longest; low, typical, high.

    The week comes again and again, and she may arrive at any moment of it, each as likely: in an interval of `g` hours
    without the team she waits `g/2` on average, so the mean over the week is the sum of `g²/2`, divided by its hours.
    While the team is there nobody waits. Without a visit it is infinite.
    """
    gaps = _gaps(visits)
    return 0.0, sum(gap * gap / 2 for gap in gaps) / HOURS_OF_A_WEEK, float(max(gaps, default=0))


def _gaps(visits: Iterable[Visit]) -> list[float]:
    """The lengths of the intervals of the week without the team; from Sunday's last to Monday's first is one."""
    there = np.zeros(HOURS_OF_A_WEEK, dtype=bool)
    for one in visits:
        for day in one.days:
            start = WEEKDAYS.index(day) * HOURS_OF_A_DAY
            there[start + one.from_hour : start + one.to_hour] = True
    at = np.flatnonzero(there)
    if not len(at):
        return [float("inf")]
    steps = np.diff(at, append=at[0] + HOURS_OF_A_WEEK) - 1
    return [float(step) for step in steps[steps > 0]]
