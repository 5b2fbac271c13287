"""What a scenario does to a route: each change alone and all of them together, against the route as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Floats, Ints
from geodata.coverage.classes import CLASSES
from geodata.coverage.exposure import EXPOSED, HOURS_OF_A_DAY
from geodata.coverage.flows import route_flow
from geodata.coverage.profile import along, codes_along
from geodata.coverage.question import Question
from geodata.coverage.spent import travel
from geodata.errors import UnknownName
from geodata.planning.planned import planned
from geodata.planning.scenario import Change, Scenario
from geodata.units import PACES

#: The rows of `effects` that are no change alone.
TODAY, TOGETHER = "today", "together"
_EXPOSED_CODES = {pace: [CLASSES.index(name) for name in names] for pace, names in EXPOSED.items()}
_UNKNOWN = CLASSES.index("unknown")


@dataclass(frozen=True)
class State:
    """How the question's route stands with certain services.

    `class_hours` are hours of her own travel at typical pace, one per class of `CLASSES`; `exposed_hours` and
    `unknown_hours` hours without help in time and of which it is not known, a reading per pace, each with its own hours.
    `longest_hours` is the longest stretch without a break that has no help in time at the usual pace, in hours of
    travel; `longest_from` and `longest_to` hours from the route's start (NaN where there is no such stretch).
    """

    class_hours: Floats
    exposed_hours: Floats
    unknown_hours: Floats
    longest_hours: float
    longest_from: float
    longest_to: float


def state(corridor: Corridor, question: Question) -> State:
    """How the question's route stands with the corridor's services. Raises `UnknownName` without a known route."""
    codes, _ = codes_along(corridor, question)
    parts = travel(corridor, question)
    hours: Floats = np.stack([np.bincount(codes, row, len(CLASSES)) for row in parts.amounts[: len(PACES)]])
    exposed = np.array([float(hours[row, _EXPOSED_CODES[pace]].sum()) for row, pace in enumerate(PACES)])
    return State(hours[1], exposed, hours[:, _UNKNOWN], *_longest(corridor, question, codes))


def _longest(corridor: Corridor, question: Question, codes: Ints) -> tuple[float, float, float]:
    """The hours of the longest stretch out of time at the usual pace, and where it begins and ends; 0, NaN, NaN if none."""
    out = np.isin(codes, _EXPOSED_CODES["typical"])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], out, [False]]).astype(np.int8)))
    if not len(edges):
        return 0.0, float("nan"), float("nan")
    segments = along(corridor, question)
    starts = segments["start_hours"].to_numpy()
    ends = starts + segments["hours"].to_numpy()
    first, last = starts[edges[::2]], ends[edges[1::2] - 1]
    at = int(np.argmax(last - first))
    return float(last[at] - first[at]), float(first[at]), float(last[at])


def effects(corridor: Corridor, question: Question, scenario: Scenario) -> pd.DataFrame:
    """The route as it is, with each change alone, and with all of them together; index `effect`.

    Rows `today`, a number per change from "1" on, `together`. Columns kind, target (of a mobile team its places, `;`),
    capabilities (`;`), since, until (the change's own, "" = open), cost (NaN = not said; of all together the sum of those
    that are said, NaN where none is), costs_missing (how many have none), hours of travel in each class at typical pace
    (`covered_hours` …), longest_hours, longest_from_hours and longest_to_hours (`State`), low, typical and high
    woman_days beyond the window, their `…_woman_days_taken_out` (today's less these; negative where it gets worse), the
    `left_out_typical_woman_days`, and at each pace the `…_cost_per_woman_day` taken out (NaN where none is, or where the
    cost of a change is missing). Woman-days are NaN where nobody counted the women of the month.

    What changes do alone need not add up to what they do together: two that help on the same stretch help once, and two
    may help only with each other. Raises `UnknownName` without a known route and for what is not there.
    """
    if question.route is None:
        raise UnknownName("The effect of a plan is told of one route: name it, so that hours and women can be counted.")
    count = route_flow(corridor, question.route, question.as_of).count
    table = pd.DataFrame(list(_rows(corridor, question, scenario, count))).set_index("effect")
    for pace in PACES:
        column = f"{pace}_woman_days"
        table[f"{column}_taken_out"] = table[column].iloc[0] - table[column]
    whole = table["cost"].where(table["costs_missing"] == 0)
    for pace in PACES:
        taken_out = table[f"{pace}_woman_days_taken_out"]
        table[f"{pace}_cost_per_woman_day"] = whole / taken_out.where(taken_out > 0)
    return table


def _rows(corridor: Corridor, question: Question, scenario: Scenario, count: float) -> Iterator[dict[str, object]]:
    changes = scenario.changes
    costs = [change.cost for change in changes if change.cost is not None]
    blank = dict.fromkeys(("target", "capabilities", "since", "until"), "")
    sides: list[dict[str, object]] = [
        {"effect": TODAY, "kind": "", **blank, "cost": 0.0, "costs_missing": 0},
        *({"effect": str(number), **_told(change)} for number, change in enumerate(changes, start=1)),
        {
            "effect": TOGETHER,
            "kind": "",
            **blank,
            "cost": sum(costs) if costs else float("nan"),
            "costs_missing": len(changes) - len(costs),
        },
    ]
    alone = [replace(scenario, changes=(change,)) for change in changes]
    for side, plan in zip(sides, [None, *alone, scenario], strict=True):
        yield side | _figures(state(planned(corridor, plan) if plan else corridor, question), count)


def _told(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "target": change.target or ";".join(dict.fromkeys(visit.place for visit in change.visits)),
        "capabilities": ";".join(change.capabilities),
        "since": str(change.since or ""),
        "until": str(change.until or ""),
        "cost": float("nan") if change.cost is None else change.cost,
        "costs_missing": int(change.cost is None),
    }


def _figures(found: State, count: float) -> dict[str, object]:
    woman_days = found.exposed_hours * count / HOURS_OF_A_DAY
    left_out = found.unknown_hours * count / HOURS_OF_A_DAY
    return {
        **{f"{name}_hours": hours for name, hours in zip(CLASSES, found.class_hours, strict=True)},
        "longest_hours": found.longest_hours,
        "longest_from_hours": found.longest_from,
        "longest_to_hours": found.longest_to,
        **{f"{pace}_woman_days": days for pace, days in zip(PACES, woman_days, strict=True)},
        "left_out_typical_woman_days": left_out[1],
    }
