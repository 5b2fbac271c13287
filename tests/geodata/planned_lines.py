"""A straight corridor on which siting can be reckoned by hand, and the best places by trying every set."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import pandas as pd
from corridors import corridor, leg

from geodata.corridor import Corridor
from geodata.coverage import Question, hours_ahead
from geodata.coverage.hours import asked_arcs
from geodata.planning.candidates import candidates, with_candidates
from geodata.units import Hours, Month

APRIL = Month(2024, 4)
PLACES = {name: (-77.0 + 0.1 * position, 8.0) for position, name in enumerate("abcde")}
#: Each leg is cut into thirty segments, of 0.7 h at a low, 1 h at typical and 1.3 h at a high pace.
LEGS = [leg(*ends, (21.0, 30.0, 39.0)) for ends in itertools.pairwise("abcde")]
ROUTE = {"id": "north", "name": "north", "legs": "a>b;b>c;c>d;d>e", "counting_point": "a"}
#: 240 women and girls: an hour of everybody's travel is ten woman-days.
FLOW = {"period": "2024-04", "crossing": "a", "direction": "northbound", "women": 200, "girls": 40, "total": 400}
CARE = {"id": "E", "place_id": "e"}
POST = {"id": "U", "place_id": "c", "capabilities": "primary_health"}


def line(*services: dict[str, object], legs: Sequence[dict[str, object]] = (), **more: object) -> Corridor:
    """From a by b, c and d to e, 30 hours each at typical pace, with care at e and the services given."""
    tables: dict[str, list[dict[str, object]]] = {"routes": [ROUTE], "flows": [FLOW], "services": [CARE, *services]}
    return corridor(PLACES | dict(more.pop("places", {})), [*LEGS, *legs], **(tables | more))  # type: ignore[arg-type, call-overload]


def asked(window: float = 72.0, **more: object) -> Question:
    """Clinical care on the line, northbound, at the end of April."""
    return Question("clinical_care", "northbound", APRIL, Hours(window), route="north").with_(**more)


Reading = Callable[[pd.DataFrame, Question, float], float]


def in_time(segments: pd.DataFrame, question: Question, cap: float) -> float:
    """Hours of travel from which help is in time."""
    return float(segments["own"][segments["typical_hours"] <= question.window_hours].sum())


def mean(segments: pd.DataFrame, question: Question, cap: float) -> float:
    """Minus the mean hours until help; where none is ahead, or farther than that, the hours of the whole route."""
    ahead = segments["typical_hours"].fillna(cap).clip(upper=cap)
    return -float((ahead * segments["own"]).sum() / segments["own"].sum())


def worst(segments: pd.DataFrame, question: Question, cap: float) -> float:
    """Minus the most hours until help."""
    return -float(segments["typical_hours"].fillna(cap).clip(upper=cap).max())


READINGS: dict[str, Reading] = {"mclp": in_time, "p-median": mean, "p-center": worst}


def reading(made: Corridor, question: Question, chosen: pd.DataFrame, objective: str) -> float:
    """What a choice is worth, the more the better: from the hours ahead of the corridor with it at work."""
    segments = hours_ahead(with_candidates(made, question, chosen), question).segments
    legs = made.legs.loc[segments["leg_id"]]
    own = (segments["to_km"] - segments["from_km"]).to_numpy() / legs["length_km"].to_numpy() * legs["hours_typical"]
    cap = float(made.arcs[question.direction].hours[1][asked_arcs(made, question)].sum())
    return READINGS[objective](segments.assign(own=own.to_numpy()), question, cap)


def best_by_trying(made: Corridor, question: Question, objective: str, places: int) -> float:
    """The most that any set of new services at so many places is worth."""
    found = candidates(made, question)
    new = found[found["kind"] == "new"]
    sets = itertools.combinations(new.index, min(places, len(new)))
    return max(reading(made, question, new.loc[list(names)], objective) for names in sets)
