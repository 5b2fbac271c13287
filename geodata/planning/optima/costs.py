"""What each facility would cost each demand point, weighted, with what stands already as a cap: the table p-median works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.planning.optima.instance import Floats, Instance, Ints

#: Whole costs are summed without error only while the sum stays well below this.
_LARGEST_WHOLE = 1e8
#: Two sums of costs that differ by less than this part of themselves are one: the rounding of some thousand additions.
CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Costs:
    """Weighted distances from facilities that can be chosen to the demand that they, or what stands, can serve.

    `facilities` are their positions in the instance; `table` has a row for each and a column per demand point, and is
    never above `cap`, the cost with what stands already. Infinite where neither serves. `whole` says that every
    finite cost is a whole number, so that values differ by 1 or not at all.
    """

    facilities: Ints
    table: Floats
    cap: Floats
    whole: bool

    def value(self, chosen: Sequence[int]) -> float:
        """The sum of costs with what stands and the chosen rows of the table; infinite where one is not served."""
        return float(np.minimum(self.cap, self.table[list(chosen)].min(axis=0, initial=np.inf)).sum())

    def priced(self, price: Floats) -> Costs:
        """The same with a price in place of what is infinite, one per demand point."""
        table = np.where(np.isfinite(self.table), self.table, price)
        cap = np.where(np.isfinite(self.cap), self.cap, price)
        return replace(self, table=np.minimum(table, cap), cap=cap, whole=self.whole and _are_whole(price))

    def needed(self, value: float) -> float:
        """The bound from which on no choice is better than `value`: above the whole number before it, or close to it."""
        margin = max(1e-6, CLOSE * abs(value)) if self.whole else CLOSE * abs(value)
        return value - 1 + margin if self.whole and value < _LARGEST_WHOLE else value - margin

    def proven(self, bound: float, value: float) -> float:
        """A bound found in floating point as it may be told: rounded up for whole costs, never above `value`."""
        if bound >= self.needed(value):
            return value
        return float(np.ceil(bound - 1e-6)) if self.whole and value < _LARGEST_WHOLE else bound


def served_costs(instance: Instance) -> Costs:
    """The costs of an instance, without demand of weight 0 and without what no usable facility can serve."""
    assert instance.distances is not None  # noqa: S101 - told by the caller's kind of problem
    facilities = instance.candidates
    rows = np.setdiff1d(np.flatnonzero(instance.weights > 0), left_out(instance))
    weights, already = instance.weights[rows], instance.already[rows]
    away = np.minimum(instance.distances[np.ix_(rows, facilities)], already[:, None])
    table, cap = np.ascontiguousarray((away * weights[:, None]).T), already * weights
    return Costs(facilities, table, cap, whole=_are_whole(table) and _are_whole(cap))


def left_out(instance: Instance) -> Ints:
    """The positions of the demand points that no usable facility can serve, ascending: none has a say in an answer."""
    assert instance.distances is not None  # noqa: S101
    usable = np.union1d(instance.candidates, list(instance.fixed)).astype(int)
    return np.flatnonzero(~np.isfinite(instance.distances[:, usable]).any(axis=1)).astype(np.int64)


def _are_whole(numbers: Floats) -> bool:
    finite = numbers[np.isfinite(numbers)]
    return bool((finite == np.floor(finite)).all())
