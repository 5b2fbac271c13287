"""The four location problems as plain mixed integer models for HiGHS: slow on large instances, simple to be sure of."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, coo_array, csr_array, eye_array, hstack

from geodata.planning.optima.instance import Floats, Instance, Solution

#: Gap at which HiGHS may stop: the optimum itself.
_EXACT = {"mip_rel_gap": 0.0}


def plain_mclp(instance: Instance, p: int | None = None, *, budget: float | None = None) -> Solution:
    """Most weight covered by at most `p` new facilities (or by those a budget pays for). Church and ReVelle 1974."""
    assert instance.coverage is not None  # noqa: S101
    demand, facilities = instance.shape
    served = LinearConstraint(csr_array(hstack([instance.coverage.astype(float), -eye_array(demand)])), 0, np.inf)
    limit = _limit(instance, p, budget, demand)
    found = milp(
        np.concatenate([np.zeros(facilities), -instance.weights]),
        constraints=[served, *limit],
        bounds=Bounds(*_facility_bounds(instance, demand)),
        integrality=np.concatenate([np.ones(facilities), np.zeros(demand)]),
        options=_EXACT,
    )
    return _solution(instance, found.x, -found.fun, -found.mip_dual_bound)


def plain_lscp(instance: Instance) -> Solution:
    """The fewest new facilities that cover all demand that any facility covers. Toregas and others 1971."""
    assert instance.coverage is not None  # noqa: S101
    usable = np.union1d(instance.candidates, list(instance.fixed)).astype(int)
    can = np.asarray(instance.coverage[:, usable].sum(axis=1)).ravel() > 0
    low, high = _facility_bounds(instance, 0)
    costs = np.ones(instance.shape[1])
    costs[list(instance.fixed)] = 0.0
    rows = csr_array(instance.coverage[np.flatnonzero(can)].astype(float))
    covers = [LinearConstraint(rows, 1, np.inf)] if can.any() else []
    found = milp(costs, constraints=covers, bounds=Bounds(low, high), integrality=np.ones(len(costs)), options=_EXACT)
    return _solution(instance, found.x, found.fun, found.mip_dual_bound)


def plain_p_median(instance: Instance, p: int | None = None, *, budget: float | None = None) -> Solution:
    """The least weighted sum of distances to the nearest of at most `p` new and the fixed facilities. Hakimi 1964.

    Demand that nothing can serve makes the value infinite and has no say.
    """
    return _assigned(instance, p, budget, worst=False)


def plain_p_center(instance: Instance, p: int) -> Solution:
    """The least greatest distance of a demand point to the nearest of at most `p` new and the fixed facilities."""
    return _assigned(instance, p, None, worst=True)


def _assigned(instance: Instance, p: int | None, budget: float | None, *, worst: bool) -> Solution:
    """Assignment model: variables facilities, then assignments by demand, then (worst) the greatest distance."""
    assert instance.distances is not None  # noqa: S101
    demand, facilities = instance.shape
    rows, columns = np.nonzero(np.isfinite(instance.distances))
    away, pairs = instance.distances[rows, columns], len(rows)
    by_demand = coo_array((np.ones(pairs), (rows, np.arange(pairs))), shape=(demand, pairs))
    can = np.asarray(by_demand.sum(axis=1)).ravel() > 0
    each_once = hstack([csr_array((demand, facilities)), by_demand]).tocsr()[np.flatnonzero(can)]
    opened = hstack([coo_array((np.ones(pairs), (np.arange(pairs), columns)), (pairs, facilities)), -eye_array(pairs)])
    blocks, tail = [LinearConstraint(each_once, 1, 1), LinearConstraint(csr_array(opened), 0, np.inf)], int(worst)
    costs = np.concatenate([np.zeros(facilities), away * instance.weights[rows]])
    if worst:
        costs = np.concatenate([np.zeros(facilities + pairs), [1.0]])
        far = coo_array((away, (rows, np.arange(pairs))), shape=(demand, pairs))
        blocks = [LinearConstraint(hstack([one.A, csr_array((one.A.shape[0], 1))]), one.lb, one.ub) for one in blocks]
        least = block_array([[csr_array((demand, facilities)), -far, np.ones((demand, 1))]])
        blocks.append(LinearConstraint(csr_array(least), 0, np.inf))
    low, high = _facility_bounds(instance, pairs + tail)
    high[facilities + pairs :] = np.inf
    found = milp(
        costs,
        constraints=[*blocks, *_limit(instance, p, budget, pairs + tail)],
        bounds=Bounds(low, high),
        integrality=np.concatenate([np.ones(facilities), np.zeros(pairs + tail)]),
        options=_EXACT,
    )
    return _solution(instance, found.x, found.fun, found.mip_dual_bound)


def _facility_bounds(instance: Instance, others: int) -> tuple[Floats, Floats]:
    low, high = np.zeros(instance.shape[1] + others), np.ones(instance.shape[1] + others)
    low[list(instance.fixed)] = 1.0
    high[list(instance.excluded)] = 0.0
    return low, high


def _limit(instance: Instance, p: int | None, budget: float | None, others: int) -> list[LinearConstraint]:
    """At most `p` new facilities, and no more than the budget pays for."""
    new = np.ones(instance.shape[1])
    new[list(instance.fixed)] = 0.0
    limits = [] if p is None else [LinearConstraint(np.concatenate([new, np.zeros(others)])[None, :], 0, p)]
    if budget is not None:
        assert instance.costs is not None  # noqa: S101
        limits.append(LinearConstraint(np.concatenate([new * instance.costs, np.zeros(others)])[None, :], 0, budget))
    return limits


def _solution(instance: Instance, variables: Floats, value: float, bound: float) -> Solution:
    chosen = np.flatnonzero(variables[: instance.shape[1]] > 0.5)
    sites = tuple(int(one) for one in np.setdiff1d(chosen, list(instance.fixed)))
    return Solution(sites, float(value), float(bound), optimal=bool(np.isclose(value, bound, rtol=1e-6, atol=1e-6)))
