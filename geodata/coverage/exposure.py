"""Exposure: the days that women and girls spend, in a month and along one route, where help would come too late.

Per route only. Routes share people, so nothing here adds one to another. It is reckoned as if everybody counted at the
route's counting point travelled the whole of this route in that month.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Floats
from geodata.coverage.classes import CLASSES
from geodata.coverage.flows import Flow, route_flow
from geodata.coverage.hours import HOUR_COLUMNS
from geodata.coverage.question import Question
from geodata.coverage.spent import class_amounts, travel
from geodata.coverage.trends import class_trend
from geodata.units import PACES, Month

#: The classes whose hours count at each pace: no help in time at this pace.
EXPOSED = {
    "low": ("gap", "none_ahead"),
    "typical": ("gap", "none_ahead", "fast_only"),
    "high": ("gap", "none_ahead", "fast_only", "usual_pace"),
}
LEFT_OUT = dict.fromkeys(PACES, ("unknown",))
WHOLE = dict.fromkeys(PACES, CLASSES)
#: Whom the women and girls of an average day belong to: each class is in one of them.
POPULATIONS = {
    "in_time": ("covered", "usual_pace"),
    "fast_only": ("fast_only",),
    "out_of_time": ("gap", "none_ahead"),
    "unknown": ("unknown",),
}
#: A smaller part of the route's woman-days than this is not stressed on the page …
MATERIAL_SHARE = 0.01
#: … and neither are fewer women and girls than this on an average day.
MATERIAL_WOMEN = 1.0
HOURS_OF_A_DAY = 24.0


@dataclass(frozen=True)
class Readings:
    """One figure at the three paces; NaN where it is not known."""

    low: float
    typical: float
    high: float


@dataclass(frozen=True)
class Population:
    """Women and girls on an average day of the month whose hour of travel is in the population's classes.

    `women` low, typical and high follow from the legs' own hours at each pace. `material` tells whether it is large
    enough to be stressed; False where it is not known.
    """

    name: str
    women: Readings
    material: bool


@dataclass(frozen=True)
class Exposure:
    """The exposure of one route in one month; every figure NaN, and `missing` not blank, where the count is not known.

    `woman_days` beyond the window, `left_out_woman_days` where it is not known whether help is in time, and
    `all_woman_days` of the whole route. `flow` tells how many were counted, how, by whom, with which caveats.
    `populations` in the order of `POPULATIONS`; at each pace they add up to `all_woman_days` ÷ the days of the month.
    """

    route: str
    month: Month
    flow: Flow
    woman_days: Readings
    left_out_woman_days: Readings
    all_woman_days: Readings
    populations: tuple[Population, ...]

    @property
    def missing(self) -> str:
        """Why there is no figure, one of `flows.MISSING`; "" where there is one."""
        return self.flow.missing


def exposure(corridor: Corridor, question: Question) -> Exposure:
    """The exposure of the question's route in its month.

    Women and girls counted at the route's counting point × hours of travel in the segments of a class ÷ 24. Low counts
    `gap` and `none_ahead` with low hours, typical also `fast_only` with typical hours, high also `usual_pace` with high
    hours. `unknown` is left out, and said apart with its own hours. Waits at places are in none of it.

    When a service closes or the window shrinks, exposure and what was left out of it never fall together, at any pace.
    Exposure alone need not rise: a segment in time only at a fast pace can become one of which nothing is known, where
    a service that is only possible (of confirmed ones only, also one that is only listed) would bring it into the
    window, or where the way onward is not known. Without either, exposure alone never falls.

    Raises `UnknownName` without a known route.
    """
    route = str(question.route)
    amounts = class_amounts(corridor, question)[: len(PACES)].sum(axis=1)
    counted = route_flow(corridor, route, question.as_of)
    woman_days = amounts * counted.count / HOURS_OF_A_DAY
    return Exposure(
        route=route,
        month=question.as_of,
        flow=counted,
        woman_days=_readings(woman_days, EXPOSED),
        left_out_woman_days=_readings(woman_days, LEFT_OUT),
        all_woman_days=_readings(woman_days, WHOLE),
        populations=_populations(woman_days, days_of(question.as_of)),
    )


def days_of(month: Month) -> int:
    """How many days the month has."""
    return calendar.monthrange(month.year, month.month)[1]


def _readings(woman_days: Floats, counted: Mapping[str, tuple[str, ...]]) -> Readings:
    return Readings(*(_in(woman_days, counted[pace])[row] for row, pace in enumerate(PACES)))


def _in(amounts: Floats, classes: tuple[str, ...]) -> list[float]:
    """Per pace the sum over some classes; the last axis of `amounts` is `CLASSES`."""
    sums: list[float] = amounts[..., [CLASSES.index(name) for name in classes]].sum(axis=-1).tolist()
    return sums


def _by_pace(woman_days: Floats, counted: Mapping[str, tuple[str, ...]]) -> dict[str, list[float]]:
    return {pace: _in(woman_days[row], counted[pace]) for row, pace in enumerate(PACES)}


def _populations(woman_days: Floats, days: int) -> tuple[Population, ...]:
    whole = Readings(*_in(woman_days / days, CLASSES))
    return tuple(
        _population(name, Readings(*_in(woman_days / days, classes)), whole) for name, classes in POPULATIONS.items()
    )


def _population(name: str, women: Readings, whole: Readings) -> Population:
    material = women.typical >= MATERIAL_WOMEN and women.typical >= MATERIAL_SHARE * whole.typical
    return Population(name, women, material)


def exposures(corridor: Corridor, question: Question, months: Sequence[Month]) -> pd.DataFrame:
    """The exposure of the question's route month by month, as `exposure` has it; one row per month, as given.

    Columns month, route, low_woman_days, typical_woman_days, high_woman_days, women_and_girls, basis,
    left_out_typical_woman_days, source_ids and caveat (those of the count, `;`), missing (why there is no figure, else
    blank), left_out_low_woman_days, left_out_high_woman_days. NaN where the count is not known.
    """
    flows, woman_days = _monthly(corridor, question, months)
    exposed, left_out = _by_pace(woman_days, EXPOSED), _by_pace(woman_days, LEFT_OUT)
    return pd.DataFrame(
        {
            "month": [str(month) for month in months],
            "route": question.route,
            **{f"{pace}_woman_days": exposed[pace] for pace in PACES},
            "women_and_girls": [found.count for found in flows],
            "basis": [found.basis for found in flows],
            "left_out_typical_woman_days": left_out["typical"],
            "source_ids": [";".join(found.source_ids) for found in flows],
            "caveat": [";".join(found.caveats) for found in flows],
            "missing": [found.missing for found in flows],
            "left_out_low_woman_days": left_out["low"],
            "left_out_high_woman_days": left_out["high"],
        }
    )


def woman_days_by_class(corridor: Corridor, question: Question, months: Sequence[Month]) -> pd.DataFrame:
    """All woman-days of the question's route by month and class, at the three paces; NaN where the count is not known.

    Columns month, route, class, low_woman_days, typical_woman_days, high_woman_days, missing (why there is no figure,
    else blank); all six classes in every month, in which they add up to those of the whole route.
    """
    flows, woman_days = _monthly(corridor, question, months)
    return pd.DataFrame(
        {
            "month": np.repeat([str(month) for month in months], len(CLASSES)),
            "route": question.route,
            "class": list(CLASSES) * len(months),
            **{f"{pace}_woman_days": woman_days[row].ravel() for row, pace in enumerate(PACES)},
            "missing": np.repeat([found.missing for found in flows], len(CLASSES)),
        }
    )


def populations(corridor: Corridor, question: Question, months: Sequence[Month]) -> pd.DataFrame:
    """The populations of `exposure` month by month.

    Columns month, route, population, low_women, typical_women, high_women (on an average day; NaN where the count is
    not known), material, missing (why there is no figure, else blank).
    """
    flows, woman_days = _monthly(corridor, question, months)
    rows = [
        {
            "month": str(month),
            "route": question.route,
            "population": part.name,
            **{f"{pace}_women": getattr(part.women, pace) for pace in PACES},
            "material": part.material,
            "missing": flows[position].missing,
        }
        for position, month in enumerate(months)
        for part in _populations(woman_days[:, position], days_of(month))
    ]
    return pd.DataFrame(rows)


def _monthly(corridor: Corridor, question: Question, months: Sequence[Month]) -> tuple[list[Flow], Floats]:
    """The counts, and per pace, month and class (three axes) all woman-days of the route."""
    trend = class_trend(corridor, question, months)
    flows = [route_flow(corridor, str(question.route), month) for month in months]
    countries = travel(corridor, question).countries
    hours = trend[HOUR_COLUMNS].to_numpy().T.reshape(len(PACES), len(months), len(countries), len(CLASSES))
    counts = np.array([found.count for found in flows], dtype=float)
    woman_days: Floats = hours.sum(axis=2) * counts[:, np.newaxis] / HOURS_OF_A_DAY
    return flows, woman_days
