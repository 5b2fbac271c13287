"""A route straightened: hours ahead as she travels it, hour by hour, with borders, stops and classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.classes import CLASSES, segment_classes
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.question import Question


@dataclass(frozen=True)
class Profile:
    """What a strip draws. Hours along it are at typical pace from the route's start; km are on the ellipsoid.

    `stops` (in order): place_id, name, country_iso3, at_hours, at_km, low_hours, typical_hours, high_hours, next_service,
    next_place, unknown, here (help stands at this place).
    `stretches`, one per leg: leg_id, from_place, to_place, mode, basis, valid, start_hours, end_hours, start_km, end_km, and
    low, typical, high hours ahead at its start and its end (`low_start` … `high_end`; NaN none ahead or not known).
    `runs`: class, unconfirmed, country_iso3, leg_id (the first), from_km, to_km, from_hours, to_hours.
    `borders`: at_hours, at_km, from_country, to_country ("" = at sea).
    `lengths_km` and `hours` by class, all six; they add up to the route's.
    """

    stops: pd.DataFrame
    stretches: pd.DataFrame
    runs: pd.DataFrame
    borders: pd.DataFrame
    lengths_km: pd.Series[float]
    hours: pd.Series[float]


def profile(corridor: Corridor, question: Question) -> Profile:
    """The route of the question, straightened in its direction of travel. Raises `UnknownName` without a known route."""
    stretches = _stretches(corridor, question)
    stops = _stops(corridor, question, stretches)
    segments = _along(corridor, segment_classes(corridor, question), stretches)
    grouped = segments.groupby("class")
    return Profile(
        stops=stops,
        stretches=_with_hours_ahead(stretches, stops),
        runs=_runs(segments),
        borders=_borders(segments),
        lengths_km=(segments["end_km"] - segments["start_km"]).groupby(segments["class"]).sum().reindex(CLASSES, fill_value=0.0),
        hours=grouped["hours"].sum().reindex(CLASSES, fill_value=0.0),
    )


def _stretches(corridor: Corridor, question: Question) -> pd.DataFrame:
    arcs = np.array(corridor.route_arcs(str(question.route)))
    directed = corridor.arcs[question.direction]
    legs = corridor.legs.iloc[directed.leg[arcs]]
    ends_hours, ends_km = np.cumsum(directed.hours[1][arcs]), np.cumsum(legs["length_km"].to_numpy())
    return pd.DataFrame(
        {
            "leg_id": legs.index,
            "from_place": corridor.places.index[directed.tail[arcs]],
            "to_place": corridor.places.index[directed.head[arcs]],
            "mode": legs["mode"].to_numpy(),
            "basis": legs["basis"].to_numpy(),
            "valid": directed.valid_at(question.as_of)[arcs],
            "backward": directed.backward[arcs],
            "start_hours": np.concatenate([[0.0], ends_hours[:-1]]),
            "end_hours": ends_hours,
            "start_km": np.concatenate([[0.0], ends_km[:-1]]),
            "end_km": ends_km,
        }
    )


def _stops(corridor: Corridor, question: Question, stretches: pd.DataFrame) -> pd.DataFrame:
    ahead = hours_ahead(corridor, question).places
    places = corridor.places.loc[ahead.index, ["name", "country_iso3"]]
    at = {"at_hours": [0.0, *stretches["end_hours"]], "at_km": [0.0, *stretches["end_km"]]}
    table = pd.concat([places, ahead], axis=1).assign(**at)
    return table.assign(here=table["next_place"] == table.index).rename_axis("place_id").reset_index()


def _with_hours_ahead(stretches: pd.DataFrame, stops: pd.DataFrame) -> pd.DataFrame:
    valid = stretches["valid"].to_numpy()
    ends = {}
    for column in HOUR_COLUMNS:
        pace = column.removesuffix("_hours")
        hours = stops[column].to_numpy()
        ends[f"{pace}_start"] = np.where(valid, hours[:-1], np.nan)
        ends[f"{pace}_end"] = np.where(valid, hours[1:], np.nan)
    return stretches.assign(**ends)


def _along(corridor: Corridor, segments: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """The route's segments in the order of travel, measured from its start."""
    by_leg = stretches.set_index("leg_id")
    segments = segments.join(by_leg[["start_km", "end_km", "start_hours", "end_hours", "backward"]].add_prefix("leg_"), on="leg_id")
    turned = segments["leg_backward"]
    length_km = segments["leg_end_km"] - segments["leg_start_km"]
    entered = np.where(turned, length_km - segments["to_km"], segments["from_km"])
    left = np.where(turned, length_km - segments["from_km"], segments["to_km"])
    pace = (segments["leg_end_hours"] - segments["leg_start_hours"]) / length_km
    along = segments.assign(
        start_km=segments["leg_start_km"] + entered,
        end_km=segments["leg_start_km"] + left,
        start_hours=segments["leg_start_hours"] + entered * pace,
        hours=(left - entered) * pace,
    )
    return along.sort_values("start_km", kind="stable")


def _runs(segments: pd.DataFrame) -> pd.DataFrame:
    alike = ["class", "unconfirmed", "country_iso3"]
    change = (segments[alike] != segments[alike].shift()).any(axis=1).cumsum()
    grouped = segments.groupby(change.to_numpy())
    table = grouped[[*alike, "leg_id"]].first()
    table["from_km"], table["to_km"] = grouped["start_km"].min(), grouped["end_km"].max()
    table["from_hours"] = grouped["start_hours"].min()
    return table.assign(to_hours=table["from_hours"] + grouped["hours"].sum()).reset_index(drop=True)


def _borders(segments: pd.DataFrame) -> pd.DataFrame:
    before = segments["country_iso3"].shift()
    crossing = segments[(segments["country_iso3"] != before) & before.notna()]
    return pd.DataFrame(
        {
            "at_hours": crossing["start_hours"],
            "at_km": crossing["start_km"],
            "from_country": before[crossing.index],
            "to_country": crossing["country_iso3"],
        }
    ).reset_index(drop=True)
