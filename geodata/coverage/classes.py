"""The six classes of a segment against a window, and the runs in which a map draws them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.presence import sites_for
from geodata.coverage.question import STATE_PREFIX, Question

CLASSES = ("covered", "usual_pace", "fast_only", "gap", "none_ahead", "unknown")


def classes(hours: pd.DataFrame, window_hours: float) -> pd.Series[str]:
    """The class of each row of a table with low_hours, typical_hours, high_hours and `unknown`, on the same index.

    covered: high ≤ W · usual_pace: typical ≤ W < high · fast_only: low ≤ W < typical · gap: low > W · none_ahead: nothing
    ahead (NaN) · unknown: nothing ahead that is known of, and the way onward is not known.
    """
    low, typical, high = (hours[column].to_numpy() for column in HOUR_COLUMNS)
    nothing = np.isnan(low)
    named = np.select(
        [hours["unknown"].to_numpy() & nothing, nothing, high <= window_hours, typical <= window_hours, low <= window_hours],
        ["unknown", "none_ahead", "covered", "usual_pace", "fast_only"],
        default="gap",
    )
    return pd.Series(named, index=hours.index, name="class", dtype="str")


def segment_classes(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The segments of `hours_ahead` with `class`, and `unconfirmed`: the class rests on a service nobody confirmed of late.

    A segment that is late or has none ahead is unknown where a service that should exist, but was never seen at work,
    would bring it into the window.
    """
    table = hours_ahead(corridor, question).segments
    named = classes(table, question.window_hours)
    if not question.capability.startswith(STATE_PREFIX):
        hoped = hours_ahead(corridor, question, possible=True).segments["low_hours"].to_numpy() <= question.window_hours
        named = named.mask(named.isin(["gap", "none_ahead"]) & hoped, "unknown")
    sites = sites_for(corridor, question)
    seen = set(sites.index[sites["confirmed"]])
    next_service = table["next_service"]
    return table.assign(**{"class": named, "unconfirmed": (next_service != "") & ~next_service.isin(seen)})


def runs(segments: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring segments of one leg with one class, mark and country, joined. Index `run_id` from 0.

    Columns leg_id, from_km, to_km (along the leg), length_km (ellipsoid), class, unconfirmed, country_iso3, low_hours,
    typical_hours, high_hours (the most anywhere in the run; NaN where none ahead), next_service. No segments, no rows.
    """
    alike = ["leg_id", "class", "unconfirmed", "country_iso3"]
    start = (segments[alike] != segments[alike].shift()).any(axis=1)
    grouped = segments.groupby(start.cumsum().to_numpy() - 1)
    table = grouped[[*alike, "from_km", "next_service"]].first()
    table["from_km"], table["to_km"] = grouped["from_km"].min(), grouped["to_km"].max()
    table[HOUR_COLUMNS] = grouped[HOUR_COLUMNS].max()
    return table.assign(length_km=table["to_km"] - table["from_km"]).rename_axis("run_id")


def class_lengths(segments: pd.DataFrame) -> pd.Series[float]:
    """Km of the segments in each class, on the ellipsoid; all six, zero where none. They add up to the segments' length."""
    lengths = (segments["to_km"] - segments["from_km"]).groupby(segments["class"]).sum()
    return lengths.reindex(CLASSES, fill_value=0.0).rename("length_km")
