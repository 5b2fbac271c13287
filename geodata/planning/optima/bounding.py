"""How much no choice can cover more than: the Lagrangian bound of a cover, and the columns it settles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.planning.optima.instance import Floats, Ints
from geodata.planning.optima.merging import Cover

#: Steps without progress before the step is halved, and the length at which the search for a lower bound ends.
_PATIENCE, _SHORTEST = 8, 2e-3


@dataclass(frozen=True, eq=False)
class Bound:
    """The least bound that was found, the prices of the rows that give it, and the best columns seen on the way."""

    bound: float
    prices: Floats
    columns: Ints
    value: float


def lagrangian(cover: Cover, number: int, columns: Ints, *, prices: Floats | None = None, steps: int = 400) -> Bound:
    """A bound on what `number` columns cover, from the columns known so far; better columns where some are seen.

    Each row's duty to be covered is given up for a price between 0 and its weight; what remains is solved by the columns
    whose rows' prices add up to most. The prices follow a smoothed subgradient. The least such bound is that of the
    linear relaxation. Galvão and ReVelle 1996. Without the constant.
    """
    weights, total = cover.weights, float(cover.weights.sum())
    prices = first_prices(cover, columns) if prices is None else prices
    best = Bound(np.inf, prices, columns, cover.covered(columns))
    slope, step, stalled = np.zeros(len(weights)), 1.0, 0
    for _ in range(steps):
        worth = np.asarray(cover.columns @ prices)
        top = np.argpartition(worth, len(worth) - number)[len(worth) - number :]
        bound = total - float(prices.sum()) + float(worth[top].sum())
        times = cover.times_covered(top)
        value = float(weights[times > 0].sum())
        progress = best.bound - bound > 1e-3 * (best.bound - best.value) if np.isfinite(best.bound) else True
        stalled = 0 if progress else stalled + 1
        best = Bound(
            *((bound, prices) if bound < best.bound else (best.bound, best.prices)),
            *((np.sort(top), value) if value > best.value else (best.columns, best.value)),
        )
        if stalled == _PATIENCE:
            step, stalled, prices = step / 2, 0, best.prices
        slope = 0.3 * (times - 1.0) + 0.7 * slope
        way = np.where(((prices <= 0) & (slope > 0)) | ((prices >= weights) & (slope < 0)), 0.0, slope)
        length = float(way @ way)
        if best.bound - best.value < cover.slack or step < _SHORTEST or length == 0.0:
            break
        prices = np.clip(prices - step * (bound - best.value) / length * way, 0.0, weights)
    return best


def first_prices(cover: Cover, columns: Ints) -> Floats:
    """Prices to begin with: a row's weight shared among the columns that cover it, the whole of it where none chosen does."""
    shared = cover.weights / np.diff(cover.rows.indptr)
    return np.where(cover.times_covered(columns) > 0, shared, cover.weights)


def bounds_of(cover: Cover, prices: Floats, upto: int) -> Floats:
    """What these prices say that no choice of 1, 2 … `upto` columns covers more than: one set of prices bounds them all."""
    worth = np.asarray(cover.columns @ prices)
    found = worth if len(worth) <= upto else np.partition(worth, len(worth) - upto)[len(worth) - upto :]
    added = np.concatenate([-np.sort(-found), np.zeros(upto - len(found))]).cumsum()
    return np.minimum(float(cover.weights.sum()), float((cover.weights - prices).sum()) + added)


def settled(cover: Cover, number: int, known: Bound, value: float) -> tuple[Ints, Ints] | None:
    """The columns in every choice of `number` that is better than `value`, and those that may be in one, both ascending.

    A column that would bring the bound down to the value by standing, or by not standing, is settled. None: there is no
    better choice.
    """
    worth = np.asarray(cover.columns @ known.prices)
    order = -np.sort(-worth)
    last, following = order[number - 1], order[number]
    out = known.bound - np.maximum(last - worth, 0.0) < value + cover.slack
    stands = known.bound - np.maximum(worth - following, 0.0) < value + cover.slack
    if (out & stands).any() or stands.sum() > number:
        return None
    return np.flatnonzero(stands), np.flatnonzero(~stands & ~out)
