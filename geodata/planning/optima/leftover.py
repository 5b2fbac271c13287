"""What the bound leaves open of a cover, put to HiGHS."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack, vstack

from geodata.planning.optima.instance import Floats, Ints
from geodata.planning.optima.merging import Cover
from geodata.planning.optima.model import Found, Rows, least, single_row

#: A choice is within a budget up to this share of it: sums of cents are not exact.
PENNY = 1e-9


def choice_by_model(
    cover: Cover, number: int | None, *, budget: float | None = None, seconds: float | None = None
) -> tuple[Ints | None, float]:
    """The best columns, at most `number` of them and no dearer than the budget, and a bound; without the constant.

    A row that one column alone covers is counted with the column; each other row is a variable of its own. Weights and
    costs are scaled, so that the solver's tolerances are relative. A choice that is over the budget by less than those
    tolerances is forbidden and the model put again. No columns where none were found in time.
    """
    columns, total = len(cover.facilities), float(cover.weights.sum())
    if not columns or number == 0:
        return np.zeros(0, dtype=np.int64), 0.0
    scale = float(cover.weights.max())
    forbidden: list[Floats] = []
    while True:
        found = _put(cover, number, budget, forbidden, scale, seconds)
        bound = min(total, -found.bound * scale)
        if found.variables is None:
            return None, bound
        chosen = np.flatnonzero(found.variables[:columns] > 0.5)
        if budget is None or within_budget(cover, chosen, budget):
            return chosen, bound
        forbidden.append(np.isin(np.arange(columns), chosen).astype(np.float64))


def within_budget(cover: Cover, columns: Ints, budget: float) -> bool:
    """Whether the budget pays for these columns."""
    assert cover.costs is not None  # noqa: S101 - a budget comes with costs
    return float(cover.costs[columns].sum()) <= budget * (1 + PENNY)


def _put(
    cover: Cover, number: int | None, budget: float | None, forbidden: list[Floats], scale: float, seconds: float | None
) -> Found:
    shared = np.flatnonzero(np.diff(cover.rows.indptr) > 1)
    alone = np.flatnonzero(np.diff(cover.rows.indptr) == 1)
    columns, others = len(cover.facilities), len(shared)
    size = columns + others
    own = np.bincount(cover.rows.indices[cover.rows.indptr[alone]], cover.weights[alone], columns)
    at = np.arange(others)
    each = coo_array((-np.ones(others), (at, at)), shape=(others, others))
    rows = [Rows(csr_array(hstack([cover.rows[shared], each])), low=0.0)] if others else []
    limits, highs = list(forbidden), [float(one.sum()) - 1.0 for one in forbidden]
    if number is not None:
        limits, highs = [*limits, np.ones(columns)], [*highs, float(number)]
    if budget is not None:
        assert cover.costs is not None  # noqa: S101
        dearest = max(float(cover.costs.max()), 1e-300)
        limits, highs = [*limits, cover.costs / dearest], [*highs, budget / dearest * (1 + PENNY)]
    drawn = vstack([single_row(np.concatenate([limit, np.zeros(others)])) for limit in limits])
    rows.append(Rows(csr_array(drawn), high=np.array(highs)))
    return least(
        -np.concatenate([own, cover.weights[shared]]) / scale,
        rows,
        low=np.zeros(size),
        high=np.ones(size),
        whole=np.arange(size) < columns,
        seconds=seconds,
    )
