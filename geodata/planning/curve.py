"""What the first, the second, the third … place is worth: exact for every number of places, and greedy beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.corridor.arcs import Floats
from geodata.planning.choosing import Choice, best_of_each
from geodata.planning.ground import Ground
from geodata.planning.lens import Lens, lens
from geodata.planning.measures import MEASURE_COLUMNS, measure_table, scale

CURVE_COLUMNS = ["candidates", "value", "gain", "bound", "optimal", "greedy_value", "greedy_bound", *MEASURE_COLUMNS]


def curve(ground: Ground, objective: str, choice: Choice) -> pd.DataFrame:
    """The best choice for every number of places from 0 to that of the choice; index `places`.

    Columns candidates (`;`, the first adds most), value, gain (on one place fewer; of p-median and p-center hours fewer),
    bound and optimal in the unit of the objective (of lscp that of mclp), greedy_value (adding place by place, never
    taking one back) and greedy_bound (no choice of so many places is better; NaN for p-center), and the columns of
    `measures.measures`.
    """
    wanted = "mclp" if objective == "lscp" else objective
    return exact_curve(ground, wanted, len(choice.chosen))


def exact_curve(ground: Ground, objective: str, places: int) -> pd.DataFrame:
    """The same for 0 to `places` places; where more would help nobody the choice stays as it is."""
    choices = best_of_each(ground, objective, places)
    table = measure_table(ground, [choice.chosen for choice in choices])
    times = scale(ground, objective)
    table["value"] = [choice.value * times for choice in choices]
    table["bound"] = [choice.bound * times for choice in choices]
    table["optimal"] = [choice.optimal for choice in choices]
    table["gain"] = table["value"].diff().abs().fillna(0.0)
    table["greedy_value"], table["greedy_bound"] = greedy(lens(ground, objective), places) * times
    return table[CURVE_COLUMNS].rename_axis("places")


def greedy(seen: Lens, places: int) -> Floats:
    """Per number of places from 0 the greedy value, and in the second row what no choice of so many can be better than.

    The bound is that of covering, and of mean hours: a choice gains at most the largest gains over any greedy state, so
    many as it has places (Nemhauser, Wolsey and Fisher 1978). NaN for the worst hours, of which that is not true.
    """
    chosen, values, gains = list[int](), [seen.worth(())], []
    for _ in range(places):
        each = seen.worth_each(chosen)
        gains.append(np.sort(each - values[-1])[::-1])
        chosen += [int(each.argmax())] if len(each) else []
        values.append(seen.worth(chosen))
    bounds = [min(values[at] + gains[at][:count].sum() for at in range(places)) for count in range(1, places + 1)]
    bounds = [np.nan] * (places + 1) if seen.objective == "p-center" else [values[0], *bounds]
    return np.abs([values, bounds])
