"""Neighbouring segments of a route as stretches: from which place to which, how long, how far from help before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.corridor.arcs import Bools, Ints
from geodata.coverage.classes import begins_run
from geodata.planning.ground import Ground

STRETCH_COLUMNS = [
    "from_place",
    "to_place",
    "from_country",
    "to_country",
    "hours",
    "km",
    "woman_days",
    "start_hours",
    "start_hours_ahead",
    "next_service",
]


def stretches(
    ground: Ground, stops: Sequence[str], marked: Bools, why: Ints | None = None, *, before: Sequence[int] = ()
) -> pd.DataFrame:
    """Runs of marked segments in the order of travel, also apart where `why` differs; columns `STRETCH_COLUMNS`, `why`.

    from_place and to_place are the route's stops at or before its start, and at or after its end (of `stops`, in the order
    of travel); hours of travel at typical pace, km on the ellipsoid, woman_days of the month (NaN where the count is not
    known); start_hours from the route's start; start_hours_ahead the hours to help at the pace asked for where it begins,
    with the candidates of `before` at work (NaN where none is ahead), and next_service which that is: a service, or one of
    those candidates. None marked, no rows.
    """
    segments, why = ground.demand.segments, np.zeros(len(marked), dtype=np.int64) if why is None else why
    at = np.flatnonzero(marked)
    if not len(at):
        return pd.DataFrame(columns=[*STRETCH_COLUMNS, "why"])
    joins = pd.DataFrame({"why": why[at], "block": np.cumsum(np.diff(at, prepend=at[0]) > 1)})
    first = np.flatnonzero(begins_run(joins, ["why", "block"]))
    starts, ends = at[first], at[np.append(first[1:], len(at)) - 1]
    leg = segments["leg_position"].to_numpy(dtype=int)
    hours = np.add.reduceat(ground.weights[at], first)
    ahead, nexts = ground.ahead(before)[starts], ground.next_help(before)
    return pd.DataFrame(
        {
            "from_place": [stops[position] for position in leg[starts]],
            "to_place": [stops[position + 1] for position in leg[ends]],
            "from_country": segments["country_iso3"].to_numpy()[starts],
            "to_country": segments["country_iso3"].to_numpy()[ends],
            "hours": hours,
            "km": segments["end_km"].to_numpy()[ends] - segments["start_km"].to_numpy()[starts],
            "woman_days": hours * ground.demand.woman_days_per_hour,
            "start_hours": segments["start_hours"].to_numpy()[starts],
            "start_hours_ahead": np.where(np.isfinite(ahead), ahead, np.nan),
            "next_service": [nexts[position] for position in starts],
            "why": why[starts],
        }
    )
