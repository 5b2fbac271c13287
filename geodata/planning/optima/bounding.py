"""How much no choice can cover more than: the Lagrangian bound of a cover, and the columns it settles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.planning.optima.instance import Floats, Ints
from geodata.planning.optima.merging import Cover

#: How many steps are taken at most, after how many without progress they are shortened, by how much: thoroughly, quickly.
_THOROUGH, _QUICK = (600, 8, 0.7), (60, 1, 0.93)
#: The length of a step at which the search ends.
_SHORTEST = 1e-5


@dataclass(frozen=True, eq=False)
class Bound:
    """The least bound that was found, the best prices of the rows, and the best columns seen on the way.

    The whole weight is a bound whatever the prices say.
    """

    bound: float
    prices: Floats
    columns: Ints
    value: float


def lagrangian(cover: Cover, number: int, columns: Ints, *, prices: Floats | None = None, quick: bool = False) -> Bound:
    """A bound on what `number` columns cover, from the columns known so far; better columns where some are seen.

    Each row's duty to be covered is given up for a price between 0 and its weight; what remains is solved by the columns
    whose rows' prices add up to most. The prices follow a smoothed subgradient. The least such bound is that of the
    linear relaxation; that with no price at all is the whole weight. Galvão and ReVelle 1996. Without the constant.
    """
    weights, total = cover.weights, float(cover.weights.sum())
    prices = first_prices(cover, columns) if prices is None else prices
    steps, patience, shorter = _QUICK if quick else _THOROUGH
    best, least = Bound(total, prices, columns, cover.covered(columns)), np.inf
    slope, step, stalled = np.zeros(len(weights)), 1.0, 0
    for _ in range(steps):
        worth = np.asarray(cover.columns @ prices)
        top = np.argpartition(worth, len(worth) - number)[len(worth) - number :]
        said = total - float(prices.sum()) + float(worth[top].sum())
        times = cover.times_covered(top)
        value = float(weights[times > 0].sum())
        stalled = 0 if best.bound - said > 1e-3 * (best.bound - best.value) else stalled + 1
        best = Bound(
            min(said, best.bound),
            prices if said < least else best.prices,
            *((np.sort(top), value) if value > best.value else (best.columns, best.value)),
        )
        least = min(said, least)
        if stalled == patience:
            step, stalled = step * shorter, 0
        slope = 0.3 * (times - 1.0) + 0.7 * slope
        way = np.where(((prices <= 0) & (slope > 0)) | ((prices >= weights) & (slope < 0)), 0.0, slope)
        length = float(way @ way)
        if best.bound - best.value < cover.slack or step < _SHORTEST or length == 0.0:
            break
        prices = np.clip(prices - step * (said - best.value) / length * way, 0.0, weights)
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
    said = float((cover.weights - known.prices).sum()) + float(order[:number].sum())
    last, following = order[number - 1], order[number]
    out = said - np.maximum(last - worth, 0.0) < value + cover.slack
    stands = said - np.maximum(worth - following, 0.0) < value + cover.slack
    if (out & stands).any() or stands.sum() > number:
        return None
    return np.flatnonzero(stands), np.flatnonzero(~stands & ~out)
