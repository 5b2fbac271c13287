"""A mixed integer model put to HiGHS, and an answer that never says more than was proven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from geodata.planning.optima.instance import Floats


@dataclass(frozen=True)
class Rows:
    """Rows of a model: `low` ≤ `matrix` · variables ≤ `high`, each limit one for all rows or one per row."""

    matrix: csr_array
    low: float | Floats = -np.inf
    high: float | Floats = np.inf


@dataclass(frozen=True)
class Found:
    """What HiGHS found: `variables` (None where it found no choice at all) and the `bound` below which no choice lies.

    `infeasible` says that there is proven to be no choice.
    """

    variables: Floats | None
    bound: float
    infeasible: bool


def least(
    costs: Floats,
    rows: Sequence[Rows],
    *,
    low: Floats,
    high: Floats,
    whole: npt.NDArray[np.bool_],
    seconds: float | None = None,
) -> Found:
    """The variables between `low` and `high` with the least `costs` that keep all rows; those that are `whole` integral.

    HiGHS stops at the optimum itself, or after `seconds`: read the bound, and reckon the value again from the variables,
    which are whole only up to a tolerance.
    """
    if not len(costs):
        return Found(np.zeros(0), 0.0, infeasible=False)
    found = milp(
        costs,
        constraints=[LinearConstraint(one.matrix, one.low, one.high) for one in rows],
        bounds=Bounds(low, high),
        integrality=whole.astype(np.int64),
        options={"mip_rel_gap": 0.0} if seconds is None else {"mip_rel_gap": 0.0, "time_limit": max(seconds, 0.01)},
    )
    bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
    infeasible = found.status == 2  # scipy's word for it
    return Found(found.x, -np.inf if bound is None or np.isnan(bound) else float(bound), infeasible)


def single_row(coefficients: Floats) -> csr_array:
    """A matrix of one row."""
    return csr_array(coefficients[np.newaxis, :])
