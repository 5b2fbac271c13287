"""p-median: the facilities with the least weighted sum of distances."""

from __future__ import annotations

import numpy as np

from geodata.errors import UnknownName
from geodata.planning.optima.asked import check_distances, check_number, deadline
from geodata.planning.optima.branching import best_choice
from geodata.planning.optima.costs import Costs, served_costs
from geodata.planning.optima.decision import covering_choice
from geodata.planning.optima.exchange import greedy, improved, ties, without_idle
from geodata.planning.optima.instance import Instance, Solution
from geodata.planning.optima.radii import Purse, choice_within

#: How near to the value HiGHS's bound proves it, as a share.
_BY_MODEL = 1e-6


def p_median(
    instance: Instance, p: int | None = None, *, budget: float | None = None, seconds: float | None = None
) -> Solution:
    """The least weighted sum of distances to the nearest of at most `p` new and the fixed facilities. Hakimi 1964.

    Proven by a Lagrangian bound, reduced costs and branch and bound; with a `budget` (in place of `p` or beside it) by
    a mixed integer model. The value is summed again from the sites. Where all weighted distances are whole numbers a
    bound is rounded up: the proof is that no smaller whole number is left. Else value and bound count as equal where a
    1e-9th of the value is between them (with a budget 1e-6, which is HiGHS's tolerance).

    What no usable facility can serve (`costs.left_out`) has no part in value and bound, nor has demand of weight 0.
    Where no choice serves all the rest, value and bound are infinite, and the sites (with a budget there are none) are
    good ones that leave few points unserved. A facility that brings nothing beside the others is not chosen. With
    `seconds` the best found until then and its bound come back, `optimal` perhaps not. Raises `UnknownName` for a
    negative `p`, for neither `p` nor budget, and for a budget without costs.
    """
    check_distances(instance)
    purse = _purse(instance, p, budget)
    costs, until = served_costs(instance), deadline(seconds)
    number = len(costs.facilities) if p is None else check_number(instance, p)
    if purse is not None:
        return _within_budget(costs, number, purse, until)
    return _median(costs, number, [], until)


def median_curve(instance: Instance, upto: int, *, seconds: float | None = None) -> tuple[Solution, ...]:
    """The answers to `p_median` for 1, 2 … `upto` facilities; values never rise. `seconds` are for all together."""
    check_number(instance, upto)
    costs, until = served_costs(instance), deadline(seconds)
    curve: list[Solution] = []
    for p in range(1, upto + 1):
        before = np.searchsorted(costs.facilities, curve[-1].sites).tolist() if curve else []
        curve.append(_median(costs, p, before, until))
    return tuple(curve)


def _purse(instance: Instance, p: int | None, budget: float | None) -> Purse | None:
    """The budget with the prices of the facilities that can be chosen; none where a number alone is asked for."""
    if p is None and budget is None:
        raise UnknownName("Say how many facilities to choose, or give a budget.")
    if budget is None:
        return None
    if instance.costs is None:
        raise UnknownName("A budget needs the cost of each facility.")
    if budget < 0:
        raise UnknownName(f"A budget of {budget:g} pays for nothing: give 0 or more.")
    return Purse(instance.costs[instance.candidates], budget)


def _median(costs: Costs, p: int, before: list[int], until: float) -> Solution:
    """The best of at most `p` rows, no worse than those of `before`."""
    start, decided = _serving(costs, p, before, until)
    if not np.isfinite(costs.value(start)):
        lowest = costs.value(range(len(costs.facilities)))
        return _told(costs, start, np.inf if decided else lowest)
    unpayable = np.full(len(costs.cap), 2 * np.ceil(costs.value(start)) + 1)
    found, bound = best_choice(costs.priced(unpayable), p, start, until)
    return _told(costs, found.chosen, bound)


def _serving(costs: Costs, p: int, before: list[int], until: float) -> tuple[list[int], bool]:
    """A choice of at most `p` rows that serves all; if there is none, one that serves much, and whether that is proven."""
    ends = np.where(np.isfinite(costs.table), costs.table, 0.0).max(axis=0, initial=0.0)
    priced = costs.priced(np.full(len(costs.cap), np.ceil(ends.sum()) + 1))
    quick = improved(priced.table, priced.cap, greedy(priced.table, priced.cap, p), until)
    best = min([before, quick], key=priced.value)
    if np.isfinite(costs.value(best)):
        return best, True
    decided = covering_choice(np.isfinite(costs.table[:, ~np.isfinite(costs.cap)]).T, p, until)
    return (best, decided.proven) if decided.chosen is None else (list(decided.chosen), True)


def _within_budget(costs: Costs, p: int, purse: Purse, until: float) -> Solution:
    """The best of at most `p` rows that a purse pays for; where nothing was found in time, nothing is chosen."""
    chosen, bound = choice_within(costs, p, purse, until)
    told = _told(costs, chosen or [], bound, purse)
    near = np.isfinite(told.value) and told.value - bound <= _BY_MODEL * told.value
    return Solution(told.sites, told.value, told.value, True, told.ties) if near else told


def _told(costs: Costs, chosen: list[int], bound: float, purse: Purse | None = None) -> Solution:
    """The choice without what brings nothing, its value summed again, and for each site what could take its place."""
    value = costs.value(chosen)
    if not np.isfinite(value):
        sites = tuple(int(one) for one in costs.facilities[sorted(chosen)])
        return Solution(sites, value, bound, bound == np.inf, ((),) * len(sites))
    kept = without_idle(costs.table, costs.cap, chosen)
    alike = [_payable(kept, one, others, purse) for one, others in zip(kept, ties(costs, kept), strict=True)]
    told, bound = costs.value(kept), costs.proven(bound, costs.value(kept))
    named = tuple(tuple(int(other) for other in costs.facilities[others]) for others in alike)
    return Solution(tuple(int(one) for one in costs.facilities[kept]), told, bound, told == bound, named)


def _payable(kept: list[int], one: int, others: list[int], purse: Purse | None) -> list[int]:
    """Of those that could take the place of one the ones that the purse pays for in its stead."""
    rest = [each for each in kept if each != one]
    return [other for other in others if purse is None or purse.pays([*rest, other])]
