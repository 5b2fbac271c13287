"""The four location problems as plain mixed integer models for HiGHS: slow on large instances, simple to be sure of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from geodata.planning.optima.instance import Floats, Instance, Solution
from geodata.planning.optima.model import Found, Rows, least, single_row


def plain_mclp(instance: Instance, p: int | None = None, *, budget: float | None = None) -> Solution:
    """Most weight covered by at most `p` new facilities (or by those a budget pays for). Church and ReVelle 1974."""
    assert instance.coverage is not None  # noqa: S101
    demand, facilities = instance.shape
    served = Rows(csr_array(hstack([csr_array(instance.coverage.astype(float)), -csr_array(eye_array(demand))])), low=0)
    low, high = _facility_bounds(instance, demand)
    found = least(
        np.concatenate([np.zeros(facilities), -instance.weights]),
        [served, *_limits(instance, p, budget, demand)],
        low=low,
        high=high,
        whole=np.arange(facilities + demand) < facilities,
    )
    assert found.variables is not None  # noqa: S101 - to choose nothing is a choice
    return _solution(instance, found, float(instance.weights @ found.variables[facilities:]), 0.0 - found.bound)


def plain_lscp(instance: Instance) -> Solution:
    """The fewest new facilities that cover all demand that any facility covers. Toregas and others 1971."""
    assert instance.coverage is not None  # noqa: S101
    usable = np.union1d(instance.candidates, list(instance.fixed)).astype(np.int64)
    coverage = csr_array(instance.coverage.astype(float))
    can = np.flatnonzero(np.asarray(coverage[:, usable].sum(axis=1)).ravel() > 0)
    low, high = _facility_bounds(instance, 0)
    costs = np.ones(instance.shape[1])
    costs[list(instance.fixed)] = 0.0
    covers = [Rows(csr_array(coverage[can]), low=1)] if len(can) else []
    found = least(costs, covers, low=low, high=high, whole=np.ones(len(costs), dtype=bool))
    assert found.variables is not None  # noqa: S101 - all usable facilities together are a choice
    return _solution(instance, found, float(costs @ np.round(found.variables)), found.bound)


def plain_p_median(instance: Instance, p: int | None = None, *, budget: float | None = None) -> Solution:
    """The least weighted sum of distances to the nearest of at most `p` new and the fixed facilities. Hakimi 1964.

    Demand that no usable facility can serve has no say in the choice and makes the value infinite; where no choice of
    so many serves the rest either, the value is infinite and no site is named.
    """
    return _assigned(instance, p, budget, worst=False)


def plain_p_center(instance: Instance, p: int) -> Solution:
    """The least greatest distance of a demand point to the nearest of at most `p` new and the fixed facilities.

    Infinite as with `plain_p_median`.
    """
    return _assigned(instance, p, None, worst=True)


def _assigned(instance: Instance, p: int | None, budget: float | None, *, worst: bool) -> Solution:
    """Assignment model: variables facilities, then assignments by demand, then (worst) the greatest distance."""
    assert instance.distances is not None  # noqa: S101
    demand, facilities = instance.shape
    usable = np.isin(np.arange(facilities), [*instance.candidates, *instance.fixed])
    rows, columns = np.nonzero(np.isfinite(instance.distances) & usable)
    away, pairs, tail = instance.distances[rows, columns], len(rows), int(worst)
    can = np.bincount(rows, minlength=demand) > 0

    def matrix(values: Floats, at: tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]], height: int) -> csr_array:
        return csr_array(coo_array((values, at), shape=(height, facilities + pairs + tail)))

    assigned, ones = facilities + np.arange(pairs), np.ones(pairs)
    each_once = matrix(ones, (rows, assigned), demand)[np.flatnonzero(can)]
    opened = matrix(ones, (np.arange(pairs), columns), pairs) - matrix(ones, (np.arange(pairs), assigned), pairs)
    blocks = [Rows(csr_array(each_once), 1, 1), Rows(csr_array(opened), low=0)]
    costs = np.concatenate([np.zeros(facilities), away * instance.weights[rows], np.zeros(tail)])
    if worst:
        costs = np.concatenate([np.zeros(facilities + pairs), [1.0]])
        last = matrix(np.ones(demand), (np.arange(demand), np.full(demand, facilities + pairs)), demand)
        blocks.append(Rows(csr_array(last - matrix(away, (rows, assigned), demand)), low=0))
    low, high = _facility_bounds(instance, pairs + tail)
    high[facilities + pairs :] = np.inf
    blocks += _limits(instance, p, budget, pairs + tail)
    found = least(costs, blocks, low=low, high=high, whole=np.arange(len(costs)) < facilities)
    if found.variables is None:
        return Solution((), np.inf, np.inf, optimal=True)
    served = can.all() if worst else can[instance.weights > 0].all()
    value, bound = (float(costs @ found.variables), found.bound) if served else (np.inf, np.inf)
    return _solution(instance, found, value, bound)


def _facility_bounds(instance: Instance, others: int) -> tuple[Floats, Floats]:
    low, high = np.zeros(instance.shape[1] + others), np.ones(instance.shape[1] + others)
    high[list(instance.excluded)] = 0.0
    low[list(instance.fixed)] = high[list(instance.fixed)] = 1.0
    return low, high


def _limits(instance: Instance, p: int | None, budget: float | None, others: int) -> list[Rows]:
    """At most `p` new facilities, and no more than the budget pays for."""
    new = np.ones(instance.shape[1])
    new[list(instance.fixed)] = 0.0
    limits = [] if p is None else [Rows(single_row(np.concatenate([new, np.zeros(others)])), high=p)]
    if budget is not None:
        assert instance.costs is not None  # noqa: S101
        limits.append(Rows(single_row(np.concatenate([new * instance.costs, np.zeros(others)])), high=budget))
    return limits


def _solution(instance: Instance, found: Found, value: float, bound: float) -> Solution:
    assert found.variables is not None  # noqa: S101
    chosen = np.flatnonzero(found.variables[: instance.shape[1]] > 0.5)
    sites = tuple(int(one) for one in np.setdiff1d(chosen, list(instance.fixed)))
    return Solution(sites, value, bound, optimal=bool(np.isclose(value, bound, rtol=1e-6, atol=1e-6)))
