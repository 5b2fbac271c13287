"""A location problem with nothing of the corridor in it: demand, facilities, and which serves which or how far away it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geodata.errors import UnknownName

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: What can be asked for: most weight covered, least weighted distance, least worst distance, fewest that cover all.
OBJECTIVES = ("mclp", "p-median", "p-center", "lscp")


@dataclass(frozen=True, eq=False)
class Instance:
    """Demand points with weights, and facilities, by position from 0.

    Either `coverage` (demand × facility; a stored entry says that the facility covers the demand) or `distances`
    (demand × facility; infinite where the facility cannot serve it) is given, not both. `fixed` facilities stand
    already: they count, are in no answer and cost nothing. `excluded` ones are never chosen. `costs` per facility, with
    which a budget can be asked for instead of a number. Raises `UnknownName` where shapes do not agree, a weight is
    negative or not a number, or a facility is named that is not there.
    """

    weights: Floats
    coverage: csr_array | None = None
    distances: Floats | None = None
    fixed: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    costs: Floats | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no problem."""
        if (self.coverage is None) == (self.distances is None):
            raise UnknownName("Give either coverage or distances of an instance, not both and not neither.")
        if self.shape[0] != len(self.weights):
            raise UnknownName(
                f"There are {len(self.weights)} weights for {self.shape[0]} demand points: give one each."
            )
        if not (np.isfinite(self.weights).all() and (self.weights >= 0).all()):
            raise UnknownName("A weight is negative or not a number: weights are finite and at least 0.")
        if self.distances is not None and not (self.distances >= 0).all():
            raise UnknownName("A distance is negative or not a number: distances are at least 0, infinite where none.")
        if self.costs is not None and (len(self.costs) != self.shape[1] or not (self.costs >= 0).all()):
            raise UnknownName(f"Give one cost, at least 0, for each of the {self.shape[1]} facilities.")
        for facility in (*self.fixed, *self.excluded):
            if not 0 <= facility < self.shape[1]:
                raise UnknownName(f"There is no facility {facility}: they are numbered 0 to {self.shape[1] - 1}.")

    @property
    def shape(self) -> tuple[int, int]:
        """How many demand points and facilities there are."""
        rows, columns = (self.coverage if self.coverage is not None else self.distances).shape  # type: ignore[union-attr]
        return int(rows), int(columns)

    @cached_property
    def candidates(self) -> Ints:
        """The facilities that can be chosen, ascending: neither fixed nor excluded."""
        return np.setdiff1d(np.arange(self.shape[1]), [*self.fixed, *self.excluded]).astype(np.int64)

    @cached_property
    def already(self) -> Floats:
        """Per demand point the least distance to a fixed facility, infinite without one; needs `distances`."""
        assert self.distances is not None  # noqa: S101 - told by the caller's kind of problem
        if not self.fixed:
            return np.full(self.shape[0], np.inf)
        least: Floats = self.distances[:, list(self.fixed)].min(axis=1)
        return least

    def within(self, radius: float) -> Instance:
        """The same with coverage in place of distances: a facility covers what is at most `radius` away."""
        assert self.distances is not None  # noqa: S101
        return Instance(
            self.weights,
            coverage=csr_array(self.distances <= radius),
            fixed=self.fixed,
            excluded=self.excluded,
            costs=self.costs,
        )


@dataclass(frozen=True)
class Solution:
    """The chosen facilities, ascending, and what is known of them.

    `value` is the covered weight (mclp, that of fixed facilities included), the weighted sum of distances (p-median),
    the greatest distance (p-center) or the number of new facilities (lscp). `bound` is what no choice can be better
    than: an upper bound for mclp, a lower one for the others. `optimal` says that value and bound are proven equal.
    `ties` names for each chosen facility, in their order, those that could take its place at the same value.
    A facility that helps nobody is never chosen: there may be fewer than asked for.
    """

    sites: tuple[int, ...]
    value: float
    bound: float
    optimal: bool
    ties: tuple[tuple[int, ...], ...] = ()
