"""Good choices at once: the best next facility again and again, then exchanges of one for one while they help."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from geodata.planning.optima.costs import CLOSE, Costs
from geodata.planning.optima.instance import Floats, Ints


def greedy(table: Floats, cap: Floats, p: int) -> list[int]:
    """At most `p` rows of a cost table, each the one that lowers the sum most; none that lowers nothing."""
    chosen: list[int] = []
    least = cap
    for _ in range(min(p, len(table))):
        sums = np.minimum(table, least).sum(axis=1)
        best = int(sums.argmin())
        if sums[best] >= least.sum():
            break
        chosen.append(best)
        least = np.minimum(least, table[best])
    return chosen


def exchanged(table: Floats, cap: Floats, chosen: Sequence[int]) -> Floats:
    """The sum of costs after each exchange: chosen row (by its place among `chosen`) × row of the table put in its place.

    All exchanges at once from the least and second least cost of each demand point; Whitaker 1983, Resende and
    Werneck 2007. Nothing chosen, no rows.
    """
    nearest, least, second = two_least(table, cap, chosen)
    kept = np.minimum(table, least)
    sums: Floats = np.tile(kept.sum(axis=1), (len(chosen), 1))
    order = np.argsort(nearest, kind="stable")
    losing, starts = np.unique(nearest[order], return_index=True)
    if len(starts):
        lost = np.add.reduceat((np.minimum(table, second) - kept)[:, order], starts, axis=1)
        among = losing < len(chosen)
        sums[losing[among]] += lost[:, among].T
    return sums


def two_least(table: Floats, cap: Floats, chosen: Sequence[int]) -> tuple[Ints, Floats, Floats]:
    """Per demand point the place among `chosen` of its nearest (their number for the cap), and its two least costs."""
    ranked = np.vstack([table[list(chosen)], cap, cap])
    order = np.argpartition(ranked, 1, axis=0)[:2]
    two = np.sort(np.take_along_axis(ranked, order, axis=0), axis=0)
    return ranked.argmin(axis=0).astype(np.int64), two[0], two[1]


def improved(table: Floats, cap: Floats, chosen: Sequence[int], until: float) -> list[int]:
    """The choice after the best exchange again and again, until none helps or `time.monotonic` passes `until`; ascending."""
    best = list(chosen)
    value = float(np.minimum(cap, table[best].min(axis=0, initial=np.inf)).sum())
    while best and time.monotonic() < until:
        sums = exchanged(table, cap, best)
        leaves, comes = divmod(int(sums.argmin()), len(table))
        if sums[leaves, comes] >= value * (1 - CLOSE):
            break
        best[leaves], value = comes, float(sums[leaves, comes])
    return sorted(best)


def without_idle(table: Floats, cap: Floats, chosen: Sequence[int]) -> list[int]:
    """The chosen rows without those that lower nothing beside the others; ascending."""
    kept = sorted(chosen)
    while kept:
        nearest, least, second = two_least(table, cap, kept)
        lost = np.bincount(nearest, weights=second - least, minlength=len(kept))[: len(kept)]
        idle = np.flatnonzero(lost <= 0)
        if not len(idle):
            break
        kept.pop(int(idle[-1]))
    return kept


def ties(costs: Costs, chosen: Sequence[int]) -> list[list[int]]:
    """For each chosen row the others that could take its place with the same value, which is finite."""
    if not len(chosen):
        return []
    value = costs.value(chosen)
    finite = costs.priced(np.full(len(costs.cap), 2 * value + 1))
    same = np.abs(exchanged(finite.table, finite.cap, chosen) - value) <= CLOSE * max(value, 1e-300)
    same[:, list(chosen)] = False
    return [np.flatnonzero(row).tolist() for row in same]
