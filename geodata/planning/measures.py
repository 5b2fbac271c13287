"""What a choice of places is worth in every reading at once, so that objectives can stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.planning.candidates import joined
from geodata.planning.ground import Ground

MEASURE_COLUMNS = [
    "in_time_hours",
    "in_time_woman_days",
    "gain_hours",
    "gain_woman_days",
    "gain_from_unknown_hours",
    "mean_hours_ahead",
    "woman_hours",
    "worst_hours_ahead",
]
#: The unit of an objective's value: where women and girls are counted, and where their count is not known.
UNITS = {
    "mclp": ("woman_days", "hours"),
    "p-median": ("woman_hours", "mean_hours"),
    "p-center": ("hours", "hours"),
    "lscp": ("places", "places"),
}


def measures(ground: Ground, chosen: Sequence[int]) -> dict[str, object]:
    """What the chosen candidates are worth at the pace asked for, the columns of `MEASURE_COLUMNS`, and `candidates`.

    Hours of the route's travel (at typical pace) from which help is in time, with those of existing help; what was
    gained over existing help alone, and how much of it was not known before; hours until help, their mean over the
    route's travel and their most anywhere, where no help is ahead the whole route's, and nothing of segments whose way is
    not known to hold. `woman_hours` are the woman-days of those that count × the mean hours until help. Woman-days and
    woman-hours are NaN where the count is not known.
    """
    ahead, before = ground.ahead(chosen), float(ground.in_time_hours(ground.before))
    in_time = ahead <= ground.question.window_hours
    gained = in_time & ~ground.in_time_before
    hours, per_hour = float(in_time @ ground.weights), ground.demand.woman_days_per_hour
    mean = ground.mean_hours(ahead)
    return {
        "candidates": joined(ground.candidates.index[list(chosen)]),
        "in_time_hours": hours,
        "in_time_woman_days": hours * per_hour,
        "gain_hours": hours - before if gained.any() else 0.0,
        "gain_woman_days": (hours - before if gained.any() else 0.0) * per_hour,
        "gain_from_unknown_hours": float((gained & ground.demand.unknown) @ ground.weights),
        "mean_hours_ahead": mean,
        "woman_hours": mean * float(ground.weights[ground.known].sum()) * per_hour,
        "worst_hours_ahead": ground.worst_hours(ahead),
    }


def counted(ground: Ground, objective: str) -> bool:
    """Whether the objective's value is said in women: where a month's count is known and the objective weighs them."""
    return objective in ("mclp", "p-median") and not np.isnan(ground.demand.flow.count)


def unit(ground: Ground, objective: str) -> str:
    """The unit of the objective's value, of `UNITS`."""
    return UNITS[objective][0 if counted(ground, objective) else 1]


def scale(ground: Ground, objective: str) -> float:
    """By what a `Choice`'s value is multiplied to be in that unit; NaN for hours until help where no way is known."""
    if objective in ("p-median", "p-center") and not ground.known.any():
        return float("nan")
    if not counted(ground, objective):
        return 1.0
    per_hour = ground.demand.woman_days_per_hour
    return per_hour if objective == "mclp" else float(ground.weights[ground.known].sum()) * per_hour


def measure_table(ground: Ground, choices: Sequence[Sequence[int]]) -> pd.DataFrame:
    """One row of `measures` per choice; columns candidates and `MEASURE_COLUMNS`."""
    rows = [measures(ground, chosen) for chosen in choices]
    return pd.DataFrame(rows, columns=["candidates", *MEASURE_COLUMNS])
