"""A covering problem without what decides nothing: rows that are equal merged, columns that another outdoes dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geodata.planning.optima.instance import Floats, Instance, Ints

#: Up to how many pairs of columns that share a row dominance is looked for: beyond, the search costs more than it saves.
_PAIRS = 8_000_000


@dataclass(frozen=True, eq=False)
class Cover:
    """Most weight covered, in its smallest form: rows (merged demand) × columns (facilities that can be chosen).

    `rows` holds ones; `weights` are those of the rows, above 0, the demand of equal coverage added up. `facilities` are
    the positions of the columns in the instance, `costs` theirs (none: one each). `constant` is the weight that the
    facilities which stand already cover.
    """

    rows: csr_array
    weights: Floats
    facilities: Ints
    constant: float
    costs: Floats | None = None

    @cached_property
    def columns(self) -> csr_array:
        """The same matrix turned: columns × rows."""
        return csr_array(self.rows.T)

    @cached_property
    def whole(self) -> bool:
        """All weights are whole numbers: what is better is better by 1."""
        return bool((self.weights == np.round(self.weights)).all() and self.weights.sum() < 2**50)

    @cached_property
    def slack(self) -> float:
        """A bound that is above a value by less than this proves it: 1 but for rounding, or rounding alone."""
        rounding = 1e-9 * max(float(self.weights.sum()), 1e-300)
        return max(1.0 - 1e-6, rounding) if self.whole else rounding

    def rows_of(self, columns: npt.ArrayLike) -> Ints:
        """The rows of these columns, one after the other: a row as often as they cover it."""
        return entries(self.columns, np.asarray(columns, dtype=np.int64))

    def times_covered(self, columns: npt.ArrayLike) -> Ints:
        """How many of these columns cover each row."""
        return np.bincount(self.rows_of(columns), minlength=len(self.weights))

    def covered(self, columns: npt.ArrayLike) -> float:
        """The weight of the rows that these columns cover, without the constant."""
        return float(self.weights[self.times_covered(columns) > 0].sum())

    def weight_by_column(self, rows: Ints) -> Floats:
        """The weight of these rows by column that covers them."""
        each = np.repeat(self.weights[rows], np.diff(self.rows.indptr)[rows])
        return np.bincount(entries(self.rows, rows), each, len(self.facilities)).astype(np.float64)

    def given(self, chosen: Ints, left: Ints) -> Cover:
        """What is left to decide once `chosen` columns stand and only those of `left` may join them, merged again."""
        covered = self.times_covered(chosen) > 0
        open_rows = np.flatnonzero(~covered)
        return merged(
            csr_array(self.rows[open_rows][:, left]),
            self.weights[open_rows],
            self.facilities[left],
            self.constant + float(self.weights[covered].sum()),
            None if self.costs is None else self.costs[left],
        )


def entries(matrix: csr_array, rows: Ints) -> Ints:
    """The column numbers stored in these rows of a matrix, one row after the other."""
    lengths = np.diff(matrix.indptr)[rows]
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    at = np.arange(total) + np.repeat(matrix.indptr[rows] - (ends - lengths), lengths)
    found: Ints = matrix.indices[at].astype(np.int64)
    return found


def cover_of(instance: Instance) -> Cover:
    """The smallest form of an instance with every column that covers anything new; dominated ones are still there.

    Demand that a fixed facility covers goes into the constant; demand without weight, or that nothing usable covers,
    goes.
    """
    assert instance.coverage is not None  # noqa: S101 - the caller's kind of problem
    coverage = _canonical(instance.coverage)
    weights = np.asarray(instance.weights, dtype=np.float64)
    counted = _held_by(coverage, instance.fixed)
    rest = np.flatnonzero(~counted & (weights > 0))
    columns = instance.candidates
    part = coverage if len(rest) == len(weights) else csr_array(coverage[rest])
    part = part if len(columns) == part.shape[1] else csr_array(part[:, columns])
    constant = float(weights[counted].sum())
    return merged(part, weights[rest], columns, constant, None if instance.costs is None else instance.costs[columns])


def merged(coverage: csr_array, weights: Floats, facilities: Ints, constant: float, costs: Floats | None) -> Cover:
    """The cover of a matrix: equal rows as one, empty rows and empty columns gone."""
    useful = np.flatnonzero(np.bincount(coverage.indices, minlength=coverage.shape[1]))
    first, group = equal_rows(coverage)
    rows = csr_array(coverage[first].astype(np.float64))
    rows = rows if len(useful) == rows.shape[1] else csr_array(rows[:, useful])
    summed = np.bincount(group[group >= 0], weights[group >= 0], len(first)).astype(np.float64)
    return Cover(rows, summed, facilities[useful], constant, None if costs is None else costs[useful])


def equal_rows(matrix: csr_array) -> tuple[Ints, Ints]:
    """The first row of each group of rows with the same entries, and every row's group: -1 for a row without entries.

    Groups are in the order of their first rows. Rows are told apart by the sum of random numbers of their columns; the
    groups are then compared entry by entry, and where two different rows fell together other numbers are drawn: the
    answer is exact.
    """
    lengths = np.diff(matrix.indptr)
    filled = np.flatnonzero(lengths)
    group = np.full(matrix.shape[0], -1, dtype=np.int64)
    if not len(filled):
        return filled, group
    draw = np.random.default_rng(0)
    while True:
        keys = draw.integers(0, 2**63, matrix.shape[1], dtype=np.uint64)
        marks = np.add.reduceat(keys[matrix.indices], matrix.indptr[filled].astype(np.int64))
        _, first, inverse = np.unique(marks, return_index=True, return_inverse=True)
        alike = filled[first][inverse]
        if (lengths[filled] == lengths[alike]).all() and (entries(matrix, alike) == matrix.indices).all():
            order = np.argsort(first)
            group[filled] = np.argsort(order)[inverse]
            return filled[first[order]], group


def undominated(cover: Cover) -> Cover:
    """The cover without columns whose rows another column, no dearer, covers all; of equal ones the first stays."""
    inner, outer = contained(cover.columns)
    sizes = np.diff(cover.columns.indptr)
    costs = np.ones(len(sizes)) if cover.costs is None else cover.costs
    alike = sizes[outer] == sizes[inner]
    first = (costs[outer] < costs[inner]) | (outer < inner)
    out = inner[(costs[outer] <= costs[inner]) & (~alike | first)]
    return cover if not len(out) else only(cover, np.setdiff1d(np.arange(len(sizes)), out))


def contained(matrix: csr_array) -> tuple[Ints, Ints]:
    """Pairs of different rows of a matrix of ones such that the second has an entry wherever the first has.

    No pairs where the matrix is too large for the search to be worth its while.
    """
    pairs = int((np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64) ** 2).sum())
    if pairs > _PAIRS or matrix.shape[0] < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    shared = (matrix @ csr_array(matrix.T)).tocoo()
    inner, outer = (one.astype(np.int64) for one in shared.coords)
    within = (shared.data == np.diff(matrix.indptr)[inner]) & (inner != outer)
    return inner[within], outer[within]


def only(cover: Cover, columns: Ints) -> Cover:
    """The cover with these columns alone, merged again."""
    return cover.given(np.zeros(0, dtype=np.int64), columns)


def without_costs(cover: Cover) -> Cover:
    """The same where what a facility costs has no say."""
    return cover if cover.costs is None else replace(cover, costs=None)


def _canonical(coverage: csr_array) -> csr_array:
    """Columns ascending in each row, each once, nothing stored that says no."""
    if coverage.has_canonical_format and coverage.data.all():
        return coverage
    copied = csr_array(coverage.astype(bool))
    copied.sum_duplicates()
    copied.eliminate_zeros()
    return copied


def _held_by(coverage: csr_array, fixed: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which rows a fixed facility covers."""
    if not fixed:
        return np.zeros(coverage.shape[0], dtype=bool)
    held = np.isin(coverage.indices, fixed)
    rows = np.repeat(np.arange(coverage.shape[0]), np.diff(coverage.indptr))[held]
    return np.bincount(rows, minlength=coverage.shape[0]) > 0
