"""Good choices at once: the facility that adds most, one after the other, then swaps."""

from __future__ import annotations

import numpy as np

from geodata.planning.optima.instance import Floats, Ints
from geodata.planning.optima.merging import Cover


def greedy_columns(cover: Cover, upto: int) -> tuple[Ints, Floats]:
    """Up to `upto` columns in the order of what each adds, and for every number of them a bound on any choice.

    Fewer where nothing is left to add. Of equal ones the first is taken. `bounds[k - 1]` is what no choice of k columns
    is better than: covering is submodular, so no choice of k covers more than what is covered already and the k greatest
    gains that are left, at whatever step. Nemhauser, Wolsey and Fisher 1978.
    """
    gains = np.asarray(cover.columns @ cover.weights)
    uncovered = np.ones(len(cover.weights), dtype=bool)
    bounds = np.minimum(_greatest(gains, upto).cumsum(), cover.weights.sum())
    taken: list[int] = []
    value = 0.0
    while len(taken) < min(upto, len(gains)):
        best = int(gains.argmax())
        rows = cover.rows_of([best])
        new = rows[uncovered[rows]]
        if gains[best] == -np.inf:
            break
        gains[best] = -np.inf
        if not len(new):
            continue
        taken.append(best)
        uncovered[new] = False
        value += float(cover.weights[new].sum())
        gains -= cover.weight_by_column(new)
        bounds = np.minimum(bounds, value + _greatest(np.maximum(gains, 0.0), upto).cumsum())
    return np.array(taken, dtype=np.int64), bounds + 1e-12 * cover.weights.sum()


def _greatest(gains: Floats, number: int) -> Floats:
    """The greatest values, descending, padded with zeros to `number`."""
    if not number:
        return np.zeros(0)
    found = gains if len(gains) <= number else np.partition(gains, len(gains) - number)[len(gains) - number :]
    return np.concatenate([-np.sort(-found), np.zeros(number - len(found))])


def swapped(cover: Cover, columns: Ints) -> Ints:
    """The columns, ascending, after every exchange of one of them for another that covers more, the best one first."""
    chosen = np.sort(columns)
    everything = np.arange(len(cover.weights))
    while len(chosen):
        times = cover.times_covered(chosen)
        gained = cover.weight_by_column(everything[times == 0])
        best, change = 0.0, (0, 0)
        for at, column in enumerate(chosen):
            rows = cover.rows_of([column])
            alone = rows[times[rows] == 1]
            after = gained + cover.weight_by_column(alone) - cover.weights[alone].sum()
            after[chosen] = 0.0
            found = int(after.argmax())
            if after[found] > best + cover.slack / 2:
                best, change = float(after[found]), (at, found)
        if best == 0.0:
            return chosen
        chosen[change[0]] = change[1]
        chosen.sort()
    return chosen


def useful(cover: Cover, columns: Ints) -> Ints:
    """The columns, ascending, without those whose rows the rest of them cover anyway."""
    kept = np.sort(columns)
    while len(kept):
        times = cover.times_covered(kept)
        idle = [column for column in kept if not (times[cover.rows_of([column])] == 1).any()]
        if not idle:
            return kept
        kept = kept[kept != idle[-1]]
    return kept
