"""The classes of a route month by month, per country: what opened and what closed on it, as hours of her travel."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.audiences import admission
from geodata.coverage.classes import CLASSES, classed
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.presence import able_services, confirmed_mask, open_mask
from geodata.coverage.profile import Classify
from geodata.coverage.question import STATE_PREFIX, Question
from geodata.coverage.spent import class_amounts, travel
from geodata.coverage.stays import usable
from geodata.units import Month

#: A key of all that decides an answer at the question's date: months with equal keys have equal answers.
Situation = Callable[[Corridor, Question], Hashable]
#: How many trends a corridor keeps, the latest asked for.
KEPT_TRENDS = 64


def situation(corridor: Corridor, question: Question) -> Hashable:
    """Which services and institutions are open and which confirmed, which legs hold, and which waits count, at the date.

    Of a classification that asks for nothing else (reports have dates of their own), equal keys give equal answers.
    """
    return (
        *_standing(corridor.services, question),
        *_standing(corridor.state_presence, question),
        *_ways(corridor, question),
    )


def help_situation(corridor: Corridor, question: Question) -> Hashable:
    """The same of the help alone that the question asks for, known or possible: all that decides the six classes."""
    asked = question.capability, question.whom
    sites = corridor.remembered(("might help", *asked), lambda: _might_help(corridor, question))
    opened, confirmed = _standing(sites, question)
    return opened, confirmed if question.status == "confirmed" else b"", *_ways(corridor, question)


def _standing(sites: pd.DataFrame, question: Question) -> tuple[bytes, bytes]:
    return open_mask(sites, question.as_of).tobytes(), confirmed_mask(sites, question.as_of).tobytes()


def _ways(corridor: Corridor, question: Question) -> tuple[bytes, bytes]:
    waits = usable(corridor.stays, question).tobytes() if question.stays else b""
    return corridor.arcs[question.direction].valid_at(question.as_of).tobytes(), waits


def _might_help(corridor: Corridor, question: Question) -> pd.DataFrame:
    """The reachable sites that have, or should have, what is asked for and are not known to refuse her, whatever the date."""
    if question.asks_state:
        sites = corridor.state_presence
        able = sites["role"] == question.capability.removeprefix(STATE_PREFIX)
    else:
        sites = corridor.services
        able = able_services(corridor, sites, question.capability, possible=True)
        if question.whom:
            able &= admission(sites, corridor.audiences.to_dict("index")[question.whom]) != "no"
    return sites[able & (sites["at_place"] != "")]


def class_trend(
    corridor: Corridor,
    question: Question,
    months: Sequence[Month],
    classify: Classify = classed,
    classes: Sequence[str] = CLASSES,
    alike: Situation | None = None,
) -> pd.DataFrame:
    """The hours that the question's route spends in each class, per month and country, at the end of each month.

    Columns month (YYYY-MM, as given), country_iso3 (in the order of travel, "" = at sea), class, low_hours,
    typical_hours, high_hours: the route's own moving time at each pace, zero where nothing of it is in the class. In a
    month they add up to the whole route's. The question's own date counts for nothing. No months, no rows.
    `classify` and `classes` may be those of another question; then `alike` tells which months have equal answers, by
    default `situation` (of the six classes `help_situation`), and each such answer is worked out once. The latest
    trends are kept and must not be changed. Raises `UnknownName` without a known route.
    """
    kept = corridor.remembered("trends", lambda: lru_cache(KEPT_TRENDS)(partial(_class_trend, corridor)))
    key = alike or (help_situation if classify is classed else situation)
    return kept(question.with_(as_of=Month(1, 1)), tuple(months), classify, tuple(classes), key)


def _class_trend(
    corridor: Corridor,
    question: Question,
    months: tuple[Month, ...],
    classify: Classify,
    classes: tuple[str, ...],
    alike: Situation,
) -> pd.DataFrame:
    countries = travel(corridor, question).countries
    amounts = np.empty((len(HOUR_COLUMNS), len(months), len(countries), len(classes)))
    found: dict[Hashable, int] = {}
    for position, month in enumerate(months):
        asked = question.with_(as_of=month)
        first = found.setdefault(alike(corridor, asked), position)
        amounts[:, position] = (
            amounts[:, first]
            if first < position
            else class_amounts(corridor, asked, classify, classes)[: len(HOUR_COLUMNS)]
        )
    names = pd.MultiIndex.from_product([[str(month) for month in months], countries, classes])
    return pd.DataFrame(
        {
            **{name: names.get_level_values(level) for level, name in enumerate(("month", "country_iso3", "class"))},
            **dict(zip(HOUR_COLUMNS, amounts.reshape(len(HOUR_COLUMNS), -1), strict=True)),
        }
    )
