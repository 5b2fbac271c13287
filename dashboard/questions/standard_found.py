"""What the question of a standard works out: readiness per country and target, sections, and one country's changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.state import ViewState
from geodata.corridor import Corridor
from geodata.coverage import Question
from geodata.coverage.classes import begins_run
from geodata.planning import (
    Shortest,
    Standard,
    country_readiness,
    readiness,
    sections,
    shortest_changes,
    standard_along,
    target_column,
)
from geodata.planning.harm import harms, unchecked


@dataclass(frozen=True)
class Found:
    """The answer to a standard. `country` is whose changes `shortest` tells: the chosen one, else the first not ready.

    `lanes` are the runs of each target by its own readiness, measured from the route's start. `harms` and `unchecked`
    are what was found against the places of the changes, and what could not be held against any.
    """

    standard: Standard
    shares: pd.DataFrame
    countries: pd.DataFrame
    sections: pd.DataFrame
    lanes: Mapping[str, pd.DataFrame]
    country: str
    shortest: Shortest
    harms: pd.DataFrame
    unchecked: pd.DataFrame

    @property
    def along(self) -> list[str]:
        """The countries of the route in the order of travel."""
        names = dict.fromkeys(self.countries.index.get_level_values("country_iso3"))
        return [str(name) for name in names if name]


def found(corridor: Corridor, question: Question, state: ViewState) -> Found | None:
    """What only this way of answering works out; None where the standard has no target."""
    if not state.targets:
        return None
    standard = Standard(state.plan_name, state.targets)
    countries = country_readiness(corridor, question, standard)
    country = _country(countries, state.country)
    shortest = shortest_changes(corridor, question, standard, country)
    places = corridor.places.loc[list(dict.fromkeys(shortest.changes["place_id"]))]
    return Found(
        standard=standard,
        shares=readiness(corridor, question, standard),
        countries=countries,
        sections=sections(corridor, question, standard),
        lanes=_lanes(standard_along(corridor, question, standard), standard),
        country=country,
        shortest=shortest,
        harms=harms(corridor, places, question.as_of),
        unchecked=unchecked(corridor, question.as_of),
    )


def _country(countries: pd.DataFrame, chosen: str) -> str:
    """The chosen country where the route passes it; else the first in the order of travel that is not wholly ready."""
    hours = countries["hours"]
    along = [str(name) for name in dict.fromkeys(hours.index.get_level_values("country_iso3")) if name]
    late = [name for name in along if hours.loc[name].drop("ready").sum() > 0]
    return chosen if chosen in along else next(iter(late or along), "")


def _lanes(segments: pd.DataFrame, standard: Standard) -> dict[str, pd.DataFrame]:
    return {name: _runs(segments, target_column(name)) for name in standard.targets}


def _runs(segments: pd.DataFrame, column: str) -> pd.DataFrame:
    """Neighbouring segments of one readiness, in the form of the runs of a profile."""
    first = np.flatnonzero(begins_run(segments, [column]))
    starts, ends = segments.iloc[first], segments.iloc[np.append(first[1:], len(segments)) - 1]
    return pd.DataFrame(
        {
            "class": starts[column].to_numpy(),
            "unconfirmed": False,
            "from_km": starts["start_km"].to_numpy(),
            "to_km": ends["end_km"].to_numpy(),
            "from_hours": starts["start_hours"].to_numpy(),
            "to_hours": (ends["start_hours"] + ends["hours"]).to_numpy(),
        }
    )
