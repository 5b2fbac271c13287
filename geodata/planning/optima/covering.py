"""Maximal covering: the choice of facilities that covers most weight, with its proof.

Church and ReVelle 1974. Equal rows are merged and outdone columns dropped (`merging`); greedy choices and swaps give a
good choice (`greedy`); a Lagrangian bound proves it or settles most columns (`bounding`); HiGHS decides about the rest
(`leftover`). Where HiGHS was needed and weights are no whole numbers, "proven" is up to a millionth of the value.
"""

from __future__ import annotations

import time

import numpy as np

from geodata.errors import UnknownName
from geodata.planning.optima.bounding import Bound, lagrangian, settled
from geodata.planning.optima.greedy import greedy_columns, swapped, useful
from geodata.planning.optima.instance import Floats, Instance, Ints, Solution
from geodata.planning.optima.leftover import choice_by_model, within_budget
from geodata.planning.optima.merging import Cover, cover_of, undominated, without_costs
from geodata.planning.optima.ties import sites_of, ties_of

#: HiGHS proves a value up to this share of it.
_MILLIONTH = 1e-6


def max_cover(
    instance: Instance, p: int | None, *, budget: float | None = None, seconds: float | None = None
) -> Solution:
    """The at most `p` new facilities, no dearer together than `budget`, that with the fixed ones cover most weight.

    One of the two may be left out. `seconds` is a limit after which the best choice so far comes with its bound and,
    unless proven by then, as not optimal. Raises `UnknownName` where the instance has no coverage, or a budget no costs.
    """
    check_covering(instance, p, budget)
    until = None if seconds is None else time.monotonic() + seconds
    whole = cover_of(instance)
    number = len(whole.facilities) if p is None else min(p, len(whole.facilities))
    if budget is None:
        small = undominated(without_costs(whole))
        number = min(number, len(small.facilities))
        found = best_choice(small, number, swapped(small, greedy_columns(small, number)[0]), until=until)
    else:
        small = undominated(_affordable(whole, budget))
        found = _best_within(small, number, budget, until)
    return _solution(whole, small, found, budget)


def check_covering(instance: Instance, p: int | None, budget: float | None) -> None:
    """Refuse what cannot be asked."""
    if instance.coverage is None:
        raise UnknownName("Covering needs coverage: say within which distance a facility covers (`within`).")
    if p is None and budget is None:
        raise UnknownName("Say how many facilities to choose, or with which budget.")
    if p is not None and p < 0:
        raise UnknownName(f"{p} facilities cannot be chosen: ask for 0 or more.")
    if budget is not None and (instance.costs is None or not 0 <= budget < np.inf):
        raise UnknownName("A budget is at least 0 and needs the cost of each facility.")


def best_choice(
    cover: Cover, number: int, start: Ints, *, prices: Floats | None = None, until: float | None = None
) -> Bound:
    """The best `number` columns, with their value and bound, both without the constant.

    From a start, and from prices of the rows where another number left some; `until` the monotonic clock says so.
    """
    if number >= len(cover.facilities):
        value = cover.covered(np.arange(len(cover.facilities)))
        return Bound(value, cover.weights, np.arange(len(cover.facilities)), value)
    if number == 0:
        return Bound(0.0, cover.weights, np.zeros(0, dtype=np.int64), 0.0)
    known = lagrangian(cover, number, start, prices=prices)
    columns = swapped(cover, known.columns)
    value, bound = cover.covered(columns), known.bound
    if bound - value >= cover.slack:
        columns, bound = _decided(cover, number, known, columns, until)
        value = cover.covered(columns)
    return Bound(_proven(cover, value, bound), known.prices, columns, value)


def _decided(cover: Cover, number: int, known: Bound, columns: Ints, until: float | None) -> tuple[Ints, float]:
    """The best columns and their bound, once HiGHS has decided about what the Lagrangian bound left open."""
    value = cover.covered(columns)
    parts = settled(cover, number, known, value)
    if parts is None:
        return columns, value
    left = None if until is None else until - time.monotonic()
    if left is not None and left <= 0:
        return columns, known.bound
    stands, free = parts
    rest = cover.given(stands, free)
    chosen, more = choice_by_model(rest, number - len(stands), seconds=left)
    bound = min(known.bound, max(value, rest.constant - cover.constant + more))
    if chosen is None:
        return columns, bound
    found = np.union1d(stands, np.searchsorted(cover.facilities, rest.facilities[chosen]))
    return (found if cover.covered(found) > value else columns), bound


def _best_within(cover: Cover, number: int, budget: float, until: float | None) -> Bound:
    """The best columns that the budget pays for, at most `number`; by HiGHS on the merged rows."""
    left = None if until is None else until - time.monotonic()
    columns, bound = choice_by_model(cover, number, budget=budget, seconds=left)
    greedy = np.zeros(0, dtype=np.int64)
    for column in greedy_columns(cover, len(cover.facilities))[0]:
        if len(greedy) < number and within_budget(cover, np.append(greedy, column), budget):
            greedy = np.append(greedy, column)
    best = greedy if columns is None or cover.covered(greedy) > cover.covered(columns) else columns
    value = cover.covered(best)
    return Bound(_proven(cover, value, bound), cover.weights, best, value)


def _affordable(cover: Cover, budget: float) -> Cover:
    """The cover without what alone is dearer than the budget."""
    assert cover.costs is not None  # noqa: S101
    return cover.given(np.zeros(0, dtype=np.int64), np.flatnonzero(cover.costs <= budget))


def _proven(cover: Cover, value: float, bound: float) -> float:
    """The bound; the value itself where the bound proves it."""
    close = cover.slack if cover.whole else _MILLIONTH * value
    return value if bound - value <= max(close, cover.slack) else bound


def _solution(whole: Cover, small: Cover, found: Bound, budget: float | None) -> Solution:
    columns = np.searchsorted(whole.facilities, small.facilities[useful(small, found.columns)])
    value, bound = (float(one + whole.constant) for one in (found.value, found.bound))
    ties = ties_of(whole, columns, budget)
    return Solution(sites_of(whole, columns), value, bound, found.bound <= found.value, ties)
