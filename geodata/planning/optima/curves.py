"""Covered weight over the number of new facilities: greedily at once, and exactly."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from geodata.planning.optima.bounding import Bound, bounds_of, first_prices, lagrangian
from geodata.planning.optima.covering import best_choice, check_covering
from geodata.planning.optima.greedy import greedy_columns, swapped, useful
from geodata.planning.optima.instance import Instance, Ints
from geodata.planning.optima.merging import Cover, cover_of, undominated, without_costs
from geodata.planning.optima.ties import sites_of

#: At which shares of the whole number a bound is sought for the greedy curve, with how many steps each.
_SHARES, _STEPS = (1.0, 0.75, 0.5, 0.3, 0.15), 30


@dataclass(frozen=True)
class Step:
    """One number of new facilities on a curve: what is covered with them and by how much that is more than with one less.

    `sites` are ascending on an exact curve, and in the order in which they were chosen on a greedy one.
    `bound` is what no choice of so many covers more than; `optimal` says that the value is proven to be it.
    """

    sites: tuple[int, ...]
    value: float
    gain: float
    bound: float
    optimal: bool


@dataclass(frozen=True)
class Curve:
    """Covered weight over the number of new facilities: `steps[k - 1]` for k; `base` is what those that stand cover.

    Where nothing is left to add, the steps that follow name the same sites with a gain of 0.
    """

    base: float
    steps: tuple[Step, ...]


def cover_curve(instance: Instance, upto: int, *, seconds: float | None = None) -> Curve:
    """The best choice of 1, 2 … `upto` new facilities, each proven or with its bound.

    It never falls; but unlike that of the greedy choice it need not be concave: two facilities may complete each other.
    The best choice of k + 1 need not keep the sites of that of k. After `seconds` what is left has the bounds it has.
    Raises `UnknownName` where the instance has no coverage.
    """
    check_covering(instance, upto, None)
    until = None if seconds is None else time.monotonic() + seconds
    small = undominated(without_costs(cover_of(instance)))
    greedy, _ = greedy_columns(small, upto)
    found: list[Bound] = []
    for number in range(1, len(greedy) + 1):
        starts = [greedy[:number]] if not found else [greedy[:number], _one_more(small, found[-1].columns)]
        start = max((swapped(small, one) for one in starts), key=small.covered)
        found.append(best_choice(small, number, start, prices=found[-1].prices if found else None, until=until))
    return _curve(small, [replace(one, columns=useful(small, one.columns)) for one in found], upto)


def greedy_curve(instance: Instance, upto: int) -> Curve:
    """The greedy choice of 1, 2 … `upto` new facilities, each with a bound: quick, concave, and seldom far from the best.

    Each step keeps the sites of the one before. `bound` is the least of the greedy choice's own and of some Lagrangian
    bounds: the best choice of so many covers something between `value` and `bound`. Raises `UnknownName` where the
    instance has no coverage.
    """
    check_covering(instance, upto, None)
    cover = undominated(without_costs(cover_of(instance)))
    columns, bounds = greedy_columns(cover, upto)
    most = min(len(columns), len(cover.facilities) - 1)
    prices = first_prices(cover, columns)
    for number in sorted({max(1, round(most * share)) for share in _SHARES} if most else set(), reverse=True):
        prices = lagrangian(cover, number, columns[:number], prices=prices, steps=_STEPS).prices
        bounds = np.minimum(bounds, bounds_of(cover, prices, upto))
    chosen = [columns[:number] for number in range(1, len(columns) + 1)]
    none = np.zeros(0)
    return _curve(cover, [Bound(float(bounds[len(one) - 1]), none, one, cover.covered(one)) for one in chosen], upto)


def _one_more(cover: Cover, columns: Ints) -> Ints:
    """The columns and the one that adds most to them."""
    gains = cover.weight_by_column(np.flatnonzero(cover.times_covered(columns) == 0))
    gains[columns] = -1.0
    return np.union1d(columns, [int(gains.argmax())]).astype(np.int64)


def _curve(cover: Cover, found: list[Bound], upto: int) -> Curve:
    """The steps of what was found for 1, 2 …; the last one again where nothing more can be added."""
    steps: list[Step] = []
    everything, before = float(cover.weights.sum()), 0.0
    for number in range(upto):
        one = found[min(number, len(found) - 1)] if found else Bound(0.0, cover.weights, np.zeros(0, np.int64), 0.0)
        bound = min(one.bound, everything)
        optimal = bound - one.value < cover.slack or number >= len(found)
        bound = one.value if optimal else bound
        sites = sites_of(cover, one.columns)
        steps.append(Step(sites, one.value + cover.constant, one.value - before, bound + cover.constant, optimal))
        before = one.value
    return Curve(cover.constant, tuple(steps))
