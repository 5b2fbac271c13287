"""The objectives side by side: what the best places for one are worth in the figures of the others."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geodata.corridor import Corridor
from geodata.coverage.question import Question
from geodata.planning.candidates import Point, candidates
from geodata.planning.choosing import best
from geodata.planning.ground import ground
from geodata.planning.measures import MEASURE_COLUMNS, measure_table, scale, unit
from geodata.planning.optima import OBJECTIVES

TRADE_OFF_COLUMNS = ["places", "candidates", "value", "unit", "bound", "optimal", *MEASURE_COLUMNS]


def trade_off(
    corridor: Corridor,
    question: Question,
    places: int = 3,
    *,
    without: Sequence[str] = (),
    own: Sequence[Point] = (),
    pace: str = "typical",
    part: str = "",
) -> pd.DataFrame:
    """The best choice for each objective with at most `places` places (lscp: as few as cover all), each solved exactly.

    Index `objective` in the order of `OBJECTIVES`; columns places (how many were chosen), candidates (`;`, the first adds
    most), value, unit, bound, optimal (as in `Siting`) and those of `measures.measures`: every choice in every reading.
    Raises as `site` does.
    """
    made = ground(corridor, question, candidates(corridor, question, without=without, own=own), pace, part=part)
    choices = {objective: best(made, objective, places) for objective in OBJECTIVES}
    table = measure_table(made, [choice.chosen for choice in choices.values()])
    table["places"] = [len(choice.chosen) for choice in choices.values()]
    table["value"] = [choice.value * scale(made, objective) for objective, choice in choices.items()]
    table["bound"] = [choice.bound * scale(made, objective) for objective, choice in choices.items()]
    table["unit"] = [unit(made, objective) for objective in choices]
    table["optimal"] = [choice.optimal for choice in choices.values()]
    return table.set_index(pd.Index(choices, name="objective"))[TRADE_OFF_COLUMNS]
