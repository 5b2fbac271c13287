"""Indicators measured in travel: how much of a country is crossed with help in time, and how far help is from its border."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage import STATE_PREFIX, Question, hours_ahead, segment_classes
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.standing import travel_hours
from geodata.indicators.figure import Asked, Figure, no_information, sources_of
from geodata.units import Hours


def travel_in_time(asked: Asked) -> Figure:
    """The share (0 to 1) of the hours of travel through the country from which the help ahead is reached within the window.

    Over every leg of the network in use at the period's end, in one direction, at its typical hours. Low counts only
    stretches in time even at a slow pace, and stretches not known as not in time; typical those in time at the usual
    pace, of what is known; high those in time at a fast pace, and what is not known as in time. Rows are segments; left
    out are those not known. All unknown, or no leg in use there: no information.
    """
    question = _question(asked)
    key = ("indicator travel", question)
    hours = asked.corridor.remembered(key, lambda: _hours_by_class(asked.corridor, question))
    there = hours[hours["country_iso3"] == asked.country].set_index("class")
    in_time = [float(there["hours"].reindex(names).sum()) for names in PACE_CLASSES]
    unknown = there[there.index == "unknown"]
    return _share_of_travel(there, unknown, in_time, _sources(asked, there["names"]))


#: The classes that are in time at a slow, usual and fast pace.
PACE_CLASSES = (["covered"], ["covered", "usual_pace"], ["covered", "usual_pace", "fast_only"])


def travel_without_protection(asked: Asked) -> Figure:
    """The share (0 to 1) of the hours of travel where an institution is ahead within the window, and no protective one is.

    Institutions are police, reception stations, posts of control and the like. Each pace is read by itself, so that the
    figure has a range: unlike the class `present_without` it counts at the usual pace what is in reach at a fast one
    only. Low, typical and high are the least, the usual and the most; what is not known is read as in `travel_in_time`.
    """
    question = _question(asked, STATE_PREFIX + "protective")
    key = ("indicator presence", question)
    hours = asked.corridor.remembered(key, lambda: _hours_without_protection(asked.corridor, question))
    there = hours[hours["country_iso3"] == asked.country]
    counted = [float(there["hours"][there[column]].sum()) for column in HOUR_COLUMNS]
    ends = [min(counted), counted[1], max(counted)]
    return _share_of_travel(there, there[there["unknown"]], ends, _sources(asked, there["names"]))


def hours_from_entry(asked: Asked) -> Figure:
    """Hours of travel from where she enters the country to the next help ahead, whichever country it lies in.

    Over every place at which a leg in use comes in from another country: the least of the low readings, the median of
    the typical ones, the greatest of the high ones, which is NaN where nothing is known ahead of some entry. Rows are
    entries; left out are those with nothing known ahead. No entry: no information.
    """
    question = _question(asked)
    key = ("indicator places", question)
    places = asked.corridor.remembered(key, lambda: hours_ahead(asked.corridor, question).places)
    entries = places.loc[_entries(asked, question)]
    known = entries[entries["typical_hours"].notna()]
    left_out = len(entries) - len(known)
    if known.empty:
        return no_information(left_out, rows=len(entries))
    high = math.nan if left_out else float(known["high_hours"].max())
    return Figure(
        float(known["low_hours"].min()),
        float(known["typical_hours"].median()),
        high,
        len(entries),
        left_out,
        _sources(asked, known["next_service"]),
    )


def _question(asked: Asked, help_asked: str = "") -> Question:
    indicator = asked.indicator
    named = help_asked or indicator.capability or STATE_PREFIX + indicator.role
    window = Question.window_hours if math.isnan(indicator.window_hours) else Hours(indicator.window_hours)
    return Question(named, indicator.direction, asked.as_of, window)


def _of_state(question: Question) -> list[Question]:
    return [question.with_(capability=STATE_PREFIX + role) for role in ("protective", "mixed", "control")]


def _share_of_travel(
    there: pd.DataFrame, unknown: pd.DataFrame, counted: list[float], source_ids: tuple[str, ...]
) -> Figure:
    """Shares of the hours: low with the unknown ones against it, typical of the known ones, high with the unknown for it."""
    rows, left_out = int(there["segments"].sum()), int(unknown["segments"].sum())
    if rows == left_out:
        return no_information(left_out, rows)
    total, doubtful = float(there["hours"].sum()), float(unknown["hours"].sum())
    low, typical, high = counted[0] / total, counted[1] / (total - doubtful), (counted[2] + doubtful) / total
    return Figure(low, typical, min(high, 1.0), rows, left_out, source_ids)


def _hours_by_class(corridor: Corridor, question: Question) -> pd.DataFrame:
    found = segment_classes(corridor, question)
    table = found.assign(hours=travel_hours(corridor, found), segments=1, names=found["next_service"])
    return _summed(table, ["country_iso3", "class"])


def _summed(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Hours and segments added up per group, and the ids of the help that they rest on, joined by ";"."""
    grouped = table.groupby(by)
    names = grouped["names"].agg(
        lambda cells: ";".join(sorted({one for cell in set(cells) for one in cell.split(";")}))
    )
    return grouped[["hours", "segments"]].sum().assign(names=names).reset_index()


def _hours_without_protection(corridor: Corridor, question: Question) -> pd.DataFrame:
    protective, *others = (hours_ahead(corridor, one).segments for one in _of_state(question))
    table = protective[["country_iso3"]].assign(hours=travel_hours(corridor, protective), segments=1)
    for column in HOUR_COLUMNS:
        present = np.logical_or.reduce([(other[column] <= question.window_hours).to_numpy() for other in others])
        table[column] = present & ~(protective[column] <= question.window_hours).to_numpy()
    table["unknown"] = (protective["unknown"] & protective["low_hours"].isna()).to_numpy()
    table.loc[table["unknown"], HOUR_COLUMNS] = False
    table["names"] = [
        ";".join(names) for names in zip(*(one["next_service"] for one in (protective, *others)), strict=True)
    ]
    return _summed(table, ["country_iso3", *HOUR_COLUMNS, "unknown"])


def _entries(asked: Asked, question: Question) -> list[str]:
    """The places of the country at which a leg in use at the date comes in from another one."""
    directed, places = asked.corridor.arcs[question.direction], asked.corridor.places
    countries = places["country_iso3"].to_numpy()
    valid = directed.valid_at(question.as_of)
    tails, heads = countries[directed.tail[valid]], countries[directed.head[valid]]
    entered = (tails != asked.country) & (heads == asked.country)
    return [str(place) for place in places.index[np.unique(directed.head[valid][entered])]]


def _sources(asked: Asked, names: pd.Series[str]) -> tuple[str, ...]:
    """The sources of the services and institutions named in the cells, in whichever country they stand."""
    ids = {one for cell in names for one in cell.split(";")}
    tables = (asked.corridor.services, asked.corridor.state_presence)
    return tuple(sorted({source for table in tables for source in sources_of(table[table.index.isin(ids)])}))
