"""Whether so few facilities can cover all demand: the question that p-center asks again and again."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geodata.planning.optima.instance import Floats, Ints
from geodata.planning.optima.model import Rows, least, single_row

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Decision:
    """`chosen` columns that cover every row, ascending, or None; where None, `proven` says that there are none."""

    chosen: tuple[int, ...] | None
    proven: bool


def covering_choice(covers: Flags, p: int, until: float) -> Decision:
    """At most `p` columns of a matrix (demand × facility, true where it covers) that cover every row, if there are any.

    First by greedy choice; then the number of rows no two of which share a column may prove that there are none; then
    HiGHS decides on the rows and columns that matter, until `time.monotonic` `until`. Toregas and others 1971.
    """
    if not covers.any(axis=1).all():
        return Decision(None, proven=True)
    rows, columns = essential(covers)
    left = covers[np.ix_(rows, columns)]
    chosen = _greedy_cover(left)
    if len(chosen) > p and _apart(left) > p:
        return Decision(None, proven=True)
    if len(chosen) > p:
        decided = _by_model(left, p, until)
        if decided.chosen is None:
            return decided
        chosen = np.array(decided.chosen)
    return Decision(tuple(sorted(int(one) for one in columns[chosen])), proven=True)


def essential(covers: Flags) -> tuple[Ints, Ints]:
    """The rows and columns that decide: no row that is covered whenever another is, no column that another outdoes.

    Of equal ones the first stays. Repeated until nothing more goes.
    """
    rows, columns = np.arange(covers.shape[0]), np.arange(covers.shape[1])
    while True:
        before = len(rows), len(columns)
        rows = rows[_smallest(covers[np.ix_(rows, columns)])]
        columns = columns[_smallest(~covers[np.ix_(rows, columns)].T)]
        if (len(rows), len(columns)) == before:
            return rows, columns


def _smallest(sets: Flags) -> Ints:
    """The rows of a matrix of sets that hold no other as a part; of equal ones the first."""
    _, first = np.unique(np.packbits(sets, axis=1), axis=0, return_index=True)
    first = np.sort(first)
    distinct = sets[first].astype(np.float32)
    sizes = distinct.sum(axis=1)
    holds = distinct @ distinct.T >= sizes[None, :]
    np.fill_diagonal(holds, val=False)
    return first[~holds.any(axis=1)]


def _greedy_cover(covers: Flags) -> Ints:
    """Columns that cover all rows, each the one that covers most of what is left."""
    open_rows, chosen = np.ones(len(covers), dtype=bool), []
    while open_rows.any():
        chosen.append(int(covers[open_rows].sum(axis=0).argmax()))
        open_rows &= ~covers[:, chosen[-1]]
    return np.array(chosen, dtype=np.int64)


def _apart(covers: Flags) -> int:
    """How many rows, those with fewest columns first, share no column with one counted before: as many are needed."""
    used, count = np.zeros(covers.shape[1], dtype=bool), 0
    for row in np.argsort(covers.sum(axis=1), kind="stable"):
        if not (covers[row] & used).any():
            used |= covers[row]
            count += 1
    return count


def _by_model(covers: Flags, p: int, until: float) -> Decision:
    """The fewest columns by HiGHS, which may stop as soon as more than `p` are needed."""
    columns = covers.shape[1]
    ones: Floats = np.ones(columns)
    found = least(
        ones,
        [Rows(csr_array(covers.astype(float)), low=1.0), Rows(single_row(ones), high=float(p))],
        low=np.zeros(columns),
        high=ones,
        whole=np.ones(columns, dtype=bool),
        seconds=None if until == np.inf else until - time.monotonic(),
    )
    if found.variables is not None:
        chosen = np.flatnonzero(found.variables > 0.5)
        if len(chosen) <= p and covers[:, chosen].any(axis=1).all():
            return Decision(tuple(int(one) for one in chosen), proven=True)
    return Decision(None, proven=found.infeasible)
