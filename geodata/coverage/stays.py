"""Waits at places, where they were published with enough confidence to be reckoned with."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats
from geodata.coverage.question import Question
from geodata.units import PACES, Month

#: Single cases, rules and queue lengths worked out by us are shown, never added to hours.
RECKONED_ROLES = ("average", "range")
RECKONED_CONFIDENCES = ("medium", "high")


def stay_hours(corridor: Corridor, question: Question) -> Floats:
    """Hours to wait at each place before going on, a row per pace; zero everywhere unless the question counts stays.

    A place without a usable stay adds nothing and is left out of the figure, which says so (`stays_left_out`).
    """
    hours = np.zeros((3, len(corridor.places)))
    if question.stays:
        stays = corridor.stays[usable(corridor.stays, question)].drop_duplicates("place_id")
        hours[:, corridor.places.index.get_indexer(pd.Index(stays["place_id"]))] = (
            stays[[f"hours_{pace}" for pace in PACES]].to_numpy().T
        )
    return hours


def usable(stays: pd.DataFrame, question: Question) -> Bools:
    """Which stays may enter the arithmetic of a question.

    Observed (an average or a range), confidence medium or high, in the direction of travel, published with all three
    readings, for a period that contains the as-of month. A blank reading is not zero and is not filled in.
    """
    whole = stays[[f"hours_{pace}" for pace in PACES]].notna().all(axis=1)
    observed = stays["role"].isin(RECKONED_ROLES) & stays["confidence"].isin(RECKONED_CONFIDENCES)
    ahead = stays["direction"].isin([question.direction, "both"])
    return (whole & observed & ahead & stays["period"].map(lambda period: covers(period, question.as_of))).to_numpy(
        dtype=bool
    )


def covers(period: str, month: Month) -> bool:
    """Whether a published period (YYYY, YYYY-MM, or two of them joined by "/") contains the month; a blank one does not."""
    first, _, last = period.partition("/")
    return bool(first) and first <= str(month)[: len(first)] and str(month)[: len(last or first)] <= (last or first)
