"""A route cut into sections of one country and one readiness, and how much of the travel is ready."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Ints
from geodata.coverage.classes import begins_run
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.planning.standards import STANDARD_CLASSES, Standard, standard_classed, target_column
from geodata.units import PACES

SHARES = [f"{pace}_share" for pace in PACES]


def standard_along(corridor: Corridor, question: Question, standard: Standard) -> pd.DataFrame:
    """The segments of `along` with the columns of `standard_classed`: in the order of travel."""
    return standard_classed(corridor, question, along(corridor, question), standard)


def sections(corridor: Corridor, question: Question, standard: Standard) -> pd.DataFrame:
    """The route's sections in the order of travel, index `section` from 0.

    A section is what lies between two changes of country or of readiness: neighbouring segments of one country with one
    class. Columns country_iso3 ("" at sea), class, missed (the targets that stand as the class says, anywhere in it,
    `;`-joined in the standard's order; "" where ready), unconfirmed (some of it rests on a service that nobody
    confirmed), from_leg, from_hours, to_hours (from the route's start, typical), from_km, to_km (ellipsoid), and what
    it takes to travel: low_hours, typical_hours, high_hours.
    """
    segments = _with_own_hours(corridor, standard_along(corridor, question, standard))
    number = begins_run(segments, ["country_iso3", "class"]).cumsum() - 1
    own = [f"{pace}_hours" for pace in PACES]
    grouped = segments.assign(ends=segments["start_hours"] + segments["hours"]).groupby(number)
    table = pd.DataFrame(
        {
            "country_iso3": grouped["country_iso3"].first(),
            "class": grouped["class"].first(),
            "missed": _missed(segments, standard, number),
            "unconfirmed": grouped["unconfirmed"].any(),
            "from_leg": grouped["leg_id"].first(),
            "from_hours": grouped["start_hours"].first(),
            "to_hours": grouped["ends"].last(),
            "from_km": grouped["start_km"].first(),
            "to_km": grouped["end_km"].last(),
            **{column: grouped[column].sum() for column in own},
        }
    )
    return table.rename_axis("section")


def readiness(corridor: Corridor, question: Question, standard: Standard) -> pd.DataFrame:
    """How much of the route stands how. Index `class`, all of `STANDARD_CLASSES`.

    Columns km (ellipsoid) and hours (at typical pace) in the class, and low_share, typical_share, high_share: the share
    of the hours whose class it is at the fast, the usual and the slow pace. The shares of each pace add up to 1.
    """
    segments = standard_along(corridor, question, standard)
    return _shares(segments.assign(whole=""), "whole", [""]).droplevel("whole")


def country_readiness(corridor: Corridor, question: Question, standard: Standard) -> pd.DataFrame:
    """The same per country, in the order in which the route comes to them; the shares are of the country's own hours.

    Index country_iso3 ("" at sea) and class; a country that the route comes to twice is one.
    """
    segments = standard_along(corridor, question, standard)
    return _shares(segments, "country_iso3", list(dict.fromkeys(segments["country_iso3"])))


def target_readiness(corridor: Corridor, question: Question, standard: Standard) -> pd.DataFrame:
    """The same per target, in the standard's order. Index capability and class."""
    parts = {
        capability: readiness(corridor, question, Standard(standard.name, {capability: hours}))
        for capability, hours in standard.targets.items()
    }
    return pd.concat(parts, names=["capability"])


def _shares(segments: pd.DataFrame, column: str, order: Sequence[str]) -> pd.DataFrame:
    """km, hours and the share of each class at each pace, per value of the column."""
    whole = pd.MultiIndex.from_product([order, STANDARD_CLASSES], names=[column, "class"])
    km = (segments["end_km"] - segments["start_km"]).groupby([segments[column], segments["class"]]).sum()
    total = segments.groupby(column)["hours"].sum()
    table = {"km": km.reindex(whole, fill_value=0.0)}
    for name, by in zip(
        ("low_share", "typical_share", "high_share"), ("low_class", "class", "high_class"), strict=True
    ):
        hours = segments.groupby([column, by])["hours"].sum().rename_axis([column, "class"])
        hours = hours.reindex(whole, fill_value=0.0)
        if by == "class":
            table["hours"] = hours
        table[name] = hours / total.reindex(whole.get_level_values(column)).to_numpy()
    return pd.DataFrame(table)[["km", "hours", *SHARES]]


def _missed(segments: pd.DataFrame, standard: Standard, number: Ints) -> pd.Series[str]:
    """Per section the targets that stand as its class says; "" where it is ready."""
    late = segments["class"] != "ready"
    named = pd.DataFrame(
        {name: (segments[target_column(name)] == segments["class"]) & late for name in standard.targets}
    )
    marks = named.groupby(number).any()
    return marks.apply(lambda row: ";".join(row.index[row]), axis="columns").astype("str")


def _with_own_hours(corridor: Corridor, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments with the hours that each takes at every pace: its share of its leg's."""
    legs = corridor.legs.loc[segments["leg_id"]]
    share = (segments["end_km"] - segments["start_km"]).to_numpy() / legs["length_km"].to_numpy()
    return segments.assign(**{f"{pace}_hours": share * legs[f"hours_{pace}"].to_numpy() for pace in PACES})
