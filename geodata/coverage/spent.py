"""The hours of her own travel that a route spends in each class, per country: what exposure, trends and bars are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Floats, Ints
from geodata.coverage.classes import CLASSES, classed
from geodata.coverage.hours import HOUR_COLUMNS, hours_ahead
from geodata.coverage.profile import Classify, along, codes_along
from geodata.coverage.question import Question
from geodata.schema import STATUSES

AMOUNT_COLUMNS = [*HOUR_COLUMNS, "length_km"]


@dataclass(frozen=True)
class Travel:
    """What each segment of a route takes of her, in the order of travel, whatever the date.

    `amounts` has a row per column of `AMOUNT_COLUMNS`: hours at a low, typical and high pace, and km on the ellipsoid.
    `countries` in the order in which she first meets them ("" = at sea); `country` is a position in it per segment.
    """

    countries: tuple[str, ...]
    country: Ints
    amounts: Floats


def travel(corridor: Corridor, question: Question) -> Travel:
    """A segment's own hours at a pace are its leg's hours at that pace × its share of the leg's length. Remembered."""
    return corridor.remembered(("travel", question.route), lambda: _travel(corridor, question), of_services=False)


def _travel(corridor: Corridor, question: Question) -> Travel:
    segments = along(corridor, question)
    legs = corridor.legs.loc[segments["leg_id"]]
    length_km = (segments["to_km"] - segments["from_km"]).to_numpy()
    leg_hours = legs[["hours_low", "hours_typical", "hours_high"]].to_numpy().T
    country, countries = pd.factorize(segments["country_iso3"])
    amounts = np.vstack([leg_hours * (length_km / legs["length_km"].to_numpy()), length_km])
    return Travel(tuple(countries), country.astype(np.int64), amounts)


def class_amounts(
    corridor: Corridor, question: Question, classify: Classify = classed, classes: Sequence[str] = CLASSES
) -> Floats:
    """What the question's route takes in each class: an axis for `AMOUNT_COLUMNS`, one for countries, one for `classes`.

    Zero where nothing of the route is in a class: they add up to the whole route's. Hours are moving time; waits at
    places are in no segment. On the plain classes no table is made.
    """
    parts = travel(corridor, question)
    codes = codes_along(corridor, question)[0] if classify is classed else _codes(corridor, question, classify, classes)
    shape = (len(parts.countries), len(classes))
    bins = parts.country * shape[1] + codes
    return np.stack([np.bincount(bins, row, shape[0] * shape[1]).reshape(shape) for row in parts.amounts])


def _codes(corridor: Corridor, question: Question, classify: Classify, classes: Sequence[str]) -> Ints:
    """Of any classification the class of each segment along the route, as a position in `classes`."""
    named = classify(corridor, question, hours_ahead(corridor, question).segments)["class"]
    return pd.Index(classes).get_indexer(pd.Index(named.loc[along(corridor, question).index])).astype(np.int64)


def shares(
    corridor: Corridor, question: Question, classify: Classify = classed, classes: Sequence[str] = CLASSES
) -> pd.DataFrame:
    """What the question's route takes in each class under both readings, listed and confirmed, whatever its own status.

    Columns status, class, low_hours, typical_hours, high_hours, length_km, share_of_hours (of the hours at typical
    pace) and share_of_km, both 0 to 1; per status they add up to the route and to 1. Raises `UnknownName` without a
    known route.
    """
    tables = []
    for status in STATUSES:
        amounts = class_amounts(corridor, question.with_(status=status), classify, classes).sum(axis=1)
        table = pd.DataFrame(
            {"status": status, "class": list(classes), **dict(zip(AMOUNT_COLUMNS, amounts, strict=True))}
        )
        hours, km = table["typical_hours"], table["length_km"]
        tables.append(table.assign(share_of_hours=hours / hours.sum(), share_of_km=km / km.sum()))
    return pd.concat(tables, ignore_index=True)
