"""What planned services change in the exposure itself: reckoned on the corridor with them at work, not by the solver."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd

from geodata.corridor import Corridor
from geodata.corridor.arcs import Floats
from geodata.coverage.classes import CLASSES
from geodata.coverage.exposure import EXPOSED, HOURS_OF_A_DAY, LEFT_OUT, exposure
from geodata.coverage.flows import route_flow
from geodata.coverage.question import Question
from geodata.coverage.spent import class_amounts
from geodata.planning.candidates import with_candidates
from geodata.units import PACES

FIGURES = ("woman_days", "left_out_woman_days", "all_woman_days")


def states(corridor: Corridor, question: Question, chosen: pd.DataFrame) -> list[Corridor]:
    """The corridor as it is, with the first of the chosen candidates at work, with the first two, … with all."""
    return [with_candidates(corridor, question, chosen.iloc[:count]) for count in range(len(chosen) + 1)]


def effect(states: Sequence[Corridor], question: Question) -> pd.DataFrame:
    """The exposure of the question's route and month in the first and the last of the states, by `coverage.exposure`.

    Index `figure`: woman_days (beyond the window), left_out_woman_days (not known), all_woman_days. Columns
    low_before, low_after, low_change, typical_before, … high_change; NaN where the month's count is not known.
    """
    before, after = exposure(states[0], question), exposure(states[-1], question)
    table = pd.DataFrame(index=pd.Index(FIGURES, name="figure"))
    for pace in PACES:
        for when, made in (("before", before), ("after", after)):
            table[f"{pace}_{when}"] = [getattr(getattr(made, figure), pace) for figure in FIGURES]
        table[f"{pace}_change"] = table[f"{pace}_after"] - table[f"{pace}_before"]
    return table


def steps(states: Sequence[Corridor], question: Question) -> pd.DataFrame:
    """What each state has in time beyond the one before it, at each pace; index from 0, a row per chosen candidate.

    Columns low_gain_hours … high_gain_hours (of one woman's travel, with the hours of that pace) and
    low_gain_woman_days … (of the month; NaN where the count is not known). Never negative.
    """
    in_time = [in_time_hours(state, question) for state in states]
    per_hour = route_flow(states[0], str(question.route), question.as_of).count / HOURS_OF_A_DAY
    gains = {pace: _differences(in_time, row) for row, pace in enumerate(PACES)}
    return pd.DataFrame(
        {
            **{f"{pace}_gain_woman_days": [gain * per_hour for gain in gains[pace]] for pace in PACES},
            **{f"{pace}_gain_hours": gains[pace] for pace in PACES},
        }
    )


def _differences(in_time: Sequence[Floats], row: int) -> list[float]:
    return [max(float(after[row] - before[row]), 0.0) for before, after in itertools.pairwise(in_time)]


def in_time_hours(corridor: Corridor, question: Question) -> Floats:
    """Hours of the route's travel that are neither exposed nor left out, at each pace with its own hours."""
    amounts = class_amounts(corridor, question)[: len(PACES)].sum(axis=1)
    kept = [[name for name in CLASSES if name not in EXPOSED[pace] and name not in LEFT_OUT[pace]] for pace in PACES]
    sums = [amounts[row, [CLASSES.index(name) for name in names]].sum() for row, names in enumerate(kept)]
    return pd.Series(sums, dtype=float).to_numpy()
