"""The six classes of a segment against a window, and the runs in which a map draws them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.presence import sites_for
from geodata.coverage.question import Question

CLASSES = ("covered", "usual_pace", "fast_only", "gap", "none_ahead", "unknown")


def classes(hours: pd.DataFrame, window_hours: float) -> pd.Series[str]:
    """The class of each row of a table with low_hours, typical_hours, high_hours and `unknown`, on the same index.

    covered: high ≤ W · usual_pace: typical ≤ W < high · fast_only: low ≤ W < typical · gap: low > W · none_ahead:
    nothing ahead (NaN) · unknown: nothing ahead that is known of, and the way onward is not known.
    """
    codes = class_codes(hours[HOUR_COLUMNS].to_numpy().T, hours["unknown"].to_numpy(), window_hours)
    return pd.Series(np.array(CLASSES, dtype=object)[codes], index=hours.index, name="class", dtype="str")


def class_codes(hours: Floats, unknown: Bools, window_hours: float) -> Ints:
    """The same as positions in `CLASSES`; `hours` has a row per pace, NaN or infinite where nothing is ahead."""
    low, typical, high = hours
    nothing = ~np.isfinite(low)
    conditions = [unknown & nothing, nothing, high <= window_hours, typical <= window_hours, low <= window_hours]
    return np.select(conditions, [5, 4, 0, 1, 2], default=3)


def segment_classes(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The segments of `hours_ahead` with `class`, and `unconfirmed`: the class rests on a service nobody confirmed of late.

    A segment that is late or has none ahead is unknown where a service that should exist, but was never seen at work,
    would bring it into the window.
    """
    return classed(corridor, question, hours_ahead(corridor, question).segments)


def classed(corridor: Corridor, question: Question, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments of the question's own `hours_ahead` with `class` and `unconfirmed`.

    Of institutions none is only possible; but where confirmed ones alone count, a listed one may be there all the same.
    """
    named = classes(segments, question.window_hours)
    missed = named.isin(["gap", "none_ahead"])
    if missed.any() and (question.status == "confirmed" or not question.asks_state):
        hoped = hours_ahead(corridor, question, possible=True).segments["low_hours"].to_numpy() <= question.window_hours
        named = named.mask(missed & hoped, "unknown")
    sites = sites_for(corridor, question)
    seen = {"", *sites.index[sites["confirmed"]]}
    return segments.assign(unconfirmed=~segments["next_service"].isin(seen), **{"class": named})


def begins_run(table: pd.DataFrame, alike: Sequence[str]) -> Bools:
    """Which rows begin a run: those that differ from the row before in one of the columns of words or marks `alike`.

    The first row always does. No rows, none.
    """
    begins = np.ones(len(table), dtype=bool)
    columns = [table[name].to_numpy(dtype=object) for name in alike]
    begins[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return begins


def runs(segments: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring segments of one leg with one class, mark and country, joined. Index `run_id` from 0.

    Columns leg_id, from_km, to_km (along the leg), length_km (ellipsoid), class, unconfirmed, country_iso3, low_hours,
    typical_hours, high_hours (the most anywhere in the run; NaN where none ahead), next_service. No segments, no rows.
    """
    alike = ["leg_id", "class", "unconfirmed", "country_iso3"]
    grouped = segments.groupby(begins_run(segments, alike).cumsum() - 1)
    table = grouped[[*alike, "from_km", "next_service"]].first()
    table["from_km"], table["to_km"] = grouped["from_km"].min(), grouped["to_km"].max()
    table[HOUR_COLUMNS] = grouped[HOUR_COLUMNS].max()
    return table.assign(length_km=table["to_km"] - table["from_km"]).rename_axis("run_id")


def class_lengths(segments: pd.DataFrame) -> pd.Series[float]:
    """Km of the segments in each class, on the ellipsoid; all six, zero where none. They add up to the segments' length."""
    lengths = (segments["to_km"] - segments["from_km"]).groupby(segments["class"]).sum()
    return lengths.reindex(CLASSES, fill_value=0.0).rename("length_km")
