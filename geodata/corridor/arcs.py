"""The directed graph of one direction of travel: which legs go which way, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.units import PACES, Month, closing_month, opening_month

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
#: The months, as numbers, from which what is not known to have opened is open, and at which what never closes closes.
ALWAYS, NEVER = -1, 10**6


@dataclass(frozen=True)
class Arcs:
    """Every arc of one direction, whatever the date; `hours` has a row per pace (low, typical, high).

    `tail` and `head` are positions in the places table, `leg` in the legs table; `backward` tells that the arc runs
    from the leg's `to_place` to its `from_place`. `since` and `until` are months counted from year 0.
    """

    tail: Ints
    head: Ints
    leg: Ints
    hours: Floats
    since: Ints
    until: Ints
    backward: Bools
    lateral: Bools

    def valid_at(self, as_of: Month) -> Bools:
        """Which arcs can be travelled at the end of the month."""
        now = ordinal(as_of)
        return (self.since <= now) & (now < self.until)


def ordinal(month: Month) -> int:
    """Months since year 0, so that dates compare as numbers."""
    return month.year * 12 + month.month - 1


def since_ordinals(texts: pd.Series[str]) -> Ints:
    """Opening dates as months; not known to have opened reads as always."""
    months = [opening_month(text) for text in texts]
    return np.array([ALWAYS if month is None else ordinal(month) for month in months], dtype=np.int64)


def until_ordinals(texts: pd.Series[str]) -> Ints:
    """Closing dates as months; not known to have closed reads as never."""
    months = [closing_month(text) for text in texts]
    return np.array([NEVER if month is None else ordinal(month) for month in months], dtype=np.int64)


def arcs(legs: pd.DataFrame, places: pd.DataFrame, direction: str) -> Arcs:
    """The arcs of `direction`: `both` gives from→to northbound and to→from southbound, `lateral` both ways in both."""
    forward = legs["direction"].isin([direction, "lateral"] + (["both"] if direction == "northbound" else []))
    backward = legs["direction"].isin(["lateral"] + (["both"] if direction == "southbound" else []))
    leg = np.concatenate([np.flatnonzero(forward), np.flatnonzero(backward)])
    turned = np.arange(len(leg)) >= int(forward.sum())
    start = places.index.get_indexer(pd.Index(legs["from_place"]))[leg]
    end = places.index.get_indexer(pd.Index(legs["to_place"]))[leg]
    return Arcs(
        tail=np.where(turned, end, start),
        head=np.where(turned, start, end),
        leg=leg,
        hours=np.vstack([legs[f"hours_{pace}"].to_numpy(dtype=float)[leg] for pace in PACES]),
        since=since_ordinals(legs["since"])[leg],
        until=until_ordinals(legs["until"])[leg],
        backward=turned,
        lateral=(legs["direction"] == "lateral").to_numpy()[leg],
    )
