"""What could stand in the place of a chosen facility without a difference."""

from __future__ import annotations

import numpy as np

from geodata.planning.optima.instance import Ints
from geodata.planning.optima.leftover import PENNY
from geodata.planning.optima.merging import Cover


def sites_of(cover: Cover, columns: Ints) -> tuple[int, ...]:
    """The facilities of these columns, by their position in the instance."""
    return tuple(int(one) for one in cover.facilities[columns])


def ties_of(cover: Cover, columns: Ints, budget: float | None = None) -> tuple[tuple[int, ...], ...]:
    """For each chosen column the facilities that could stand in its place at the same value, and within the budget.

    Reckoned from the rows that are covered once; so the cover must still have its dominated columns.
    """
    times = cover.times_covered(columns)
    gained = cover.weight_by_column(np.flatnonzero(times == 0))
    ties = []
    for column in columns:
        rows = cover.rows_of([column])
        alone = rows[times[rows] == 1]
        change = gained + cover.weight_by_column(alone) - cover.weights[alone].sum()
        equal = np.abs(change) <= 1e-9 * max(float(cover.weights.sum()), 1e-300)
        equal[columns] = False
        if budget is not None and cover.costs is not None:
            others = float(cover.costs[columns].sum() - cover.costs[column])
            equal &= others + cover.costs <= budget * (1 + PENNY)
        ties.append(sites_of(cover, np.flatnonzero(equal)))
    return tuple(ties)
