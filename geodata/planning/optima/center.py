"""p-center: the facilities from which the worst-off demand point is least far."""

from __future__ import annotations

import time

import numpy as np

from geodata.planning.optima.asked import check_number, deadline
from geodata.planning.optima.costs import left_out
from geodata.planning.optima.decision import covering_choice
from geodata.planning.optima.instance import Floats, Instance, Ints, Solution


def p_center(instance: Instance, p: int, *, seconds: float | None = None) -> Solution:
    """The least greatest distance of a demand point to the nearest of at most `p` new and the fixed facilities.

    By bisection over the distances that there are, each time asking whether `p` facilities reach all demand that far;
    Minieka 1970. Every "no" is proven, and value and bound are distances of the instance, so that they are equal
    without any rounding. Demand counts whatever its weight; what no usable facility can serve (`left_out`) does not,
    and without demand that counts the value is 0. Where no `p` facilities serve the rest, value and bound are infinite,
    and each of the sites serves a point that those before it left unserved. A facility without which the value is the
    same is not chosen. With `seconds` the best found until then and its bound come back, `optimal` perhaps not.
    Raises `UnknownName` where `p` is negative or the instance has no distances.
    """
    check_number(instance, p)
    reach = Reach(instance)
    return _told(reach, *_bisected(reach, p, np.zeros(0, dtype=np.int64), deadline(seconds)))


def center_curve(instance: Instance, upto: int, *, seconds: float | None = None) -> tuple[Solution, ...]:
    """The answers to `p_center` for 1, 2 … `upto` facilities; values never rise. `seconds` are for all together."""
    check_number(instance, upto)
    reach, until, chosen = Reach(instance), deadline(seconds), np.zeros(0, dtype=np.int64)
    curve = []
    for p in range(1, upto + 1):
        chosen, bound = _bisected(reach, p, chosen, until)
        curve.append(_told(reach, chosen, bound))
    return tuple(curve)


class Reach:
    """The distances of the demand that counts: `away` (demand × candidate) is no more than `already`, what stands."""

    def __init__(self, instance: Instance) -> None:
        assert instance.distances is not None  # noqa: S101 - checked at the door
        rows = np.setdiff1d(np.arange(instance.shape[0]), left_out(instance))
        self.facilities = instance.candidates
        self.already: Floats = instance.already[rows]
        self.away: Floats = np.minimum(instance.distances[np.ix_(rows, self.facilities)], self.already[:, None])
        self.levels: Floats = np.unique(np.concatenate([self.away.ravel(), self.already]))

    def least(self, chosen: Ints) -> Floats:
        """Per demand point the distance to the nearest of what stands and the chosen columns."""
        return np.minimum(self.already, self.away[:, chosen].min(axis=1, initial=np.inf))

    def value(self, chosen: Ints) -> float:
        """The greatest of these distances; 0 without demand."""
        return float(self.least(chosen).max(initial=0.0))


def _bisected(reach: Reach, p: int, start: Ints, until: float) -> tuple[Ints, float]:
    """The best choice of at most `p` columns, no worse than `start`, and the distance that none is better than."""
    chosen = min([start, _worst_first(reach, p)], key=reach.value)
    levels = reach.levels[reach.levels <= reach.value(chosen)]
    low = int(np.searchsorted(levels, reach.value(np.arange(len(reach.facilities)))))
    while low < (high := int(np.searchsorted(levels, reach.value(chosen)))):
        middle = (low + high) // 2
        decided = covering_choice(reach.away[reach.already > levels[middle]] <= levels[middle], p, until)
        if decided.chosen is not None:
            chosen = np.array(decided.chosen, dtype=np.int64)
        elif decided.proven:
            low = middle + 1
        if not decided.proven or time.monotonic() > until:
            break
    return chosen, float(levels[low]) if len(levels) else 0.0


def _worst_first(reach: Reach, p: int) -> Ints:
    """At most `p` columns, each the nearest to the point that is worst off with those before it. Gonzalez 1985."""
    least, chosen = reach.already, np.zeros(0, dtype=np.int64)
    while len(chosen) < p and len(least):
        worst = int(least.argmax())
        nearest = int(reach.away[worst].argmin()) if len(reach.facilities) else -1
        if nearest < 0 or reach.away[worst, nearest] >= least[worst]:
            break
        chosen = np.append(chosen, nearest)
        least = np.minimum(least, reach.away[:, nearest])
    return chosen


def _told(reach: Reach, chosen: Ints, bound: float) -> Solution:
    """The choice without what brings nothing, its value reckoned again, and for each site what could take its place."""
    value, chosen = reach.value(chosen), np.sort(chosen)
    for one in chosen[::-1] if np.isfinite(value) else ():
        without = chosen[chosen != one]
        chosen = without if reach.value(without) == value else chosen
    sites = tuple(int(one) for one in reach.facilities[chosen])
    return Solution(sites, value, bound, value == bound, tuple(_in_its_place(reach, chosen, one) for one in chosen))


def _in_its_place(reach: Reach, chosen: Ints, one: int) -> tuple[int, ...]:
    """The facilities that could take the place of one of the chosen with the same value; none for an infinite value."""
    value = reach.value(chosen)
    if not np.isfinite(value):
        return ()
    least = reach.least(chosen[chosen != one])
    worst = np.minimum(reach.away, least[:, None]).max(axis=0, initial=0.0)
    same = np.setdiff1d(np.flatnonzero(worst <= value), chosen)
    return tuple(int(other) for other in reach.facilities[same])
