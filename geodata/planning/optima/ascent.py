"""A lower bound for p-median by Lagrangian relaxation of "each demand is served once": Cornuejols and others 1977."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from geodata.planning.optima.instance import Floats, Ints

#: How much of the average of recent choices each new choice is.
_NEW = 0.1
#: The part of the bound by which it must rise to count as a rise, and the step below which a climb ends.
_RISE, _SMALLEST_STEP = 1e-5, 0.005


@dataclass(frozen=True)
class Climb:
    """How hard to try: at most so many steps, the first this long, halved after so many without a rise."""

    steps: int
    length: float
    patience: int


#: For the whole problem, and for each of the many smaller ones that a search makes of it.
ROOT, NODE = Climb(800, 1.5, 15), Climb(80, 0.8, 6)


@dataclass
class Ascent:
    """The best bound met and what goes with it.

    `multipliers` per demand point (no more than its cap) give the bound; `reduced` is each facility's reduced cost
    under them. `often` says how much of the last steps each facility was open. `chosen` is the best choice met, of
    `value`.
    """

    bound: float
    multipliers: Floats
    reduced: Floats
    often: Floats
    chosen: Ints
    value: float


def ascent(
    table: Floats, cap: Floats, p: int, start: Floats, goal: float, enough: float, climb: Climb, until: float
) -> Ascent:
    """Subgradient steps from `start` towards `goal`, which end when the bound reaches `enough` or `time.monotonic` `until`.

    The bound holds at every step, whatever the steps are: rounding enters only by the sum of it. `p` is at least 1 and
    less than the number of rows.
    """
    best = Ascent(-np.inf, start, np.zeros(len(table)), np.zeros(len(table)), np.arange(p), np.inf)
    now, length, waited, below = np.minimum(start, cap), climb.length, 0, np.empty_like(table)
    for _ in range(climb.steps):
        np.minimum(np.subtract(table, now, out=below), 0.0, out=below)
        reduced = below.sum(axis=1)
        opened = np.argpartition(reduced, p - 1)[:p]
        bound = float(now.sum() + reduced[opened].sum())
        best.often *= 1 - _NEW
        best.often[opened] += _NEW
        _note_choice(best, table, cap, opened)
        waited = 0 if bound > best.bound + _RISE * abs(bound) else waited + 1
        if bound > best.bound:
            best.bound, best.multipliers, best.reduced = bound, now, reduced
        if waited >= climb.patience:
            length, waited = length / 2, 0
        slope = 1.0 - (below[opened] < 0).sum(axis=0)
        slope[(now >= cap) & (slope > 0)] = 0.0
        square = float(slope @ slope)
        if best.bound >= enough or length < _SMALLEST_STEP or square == 0 or time.monotonic() > until:
            break
        now = np.clip(now + length * max(goal - bound, 0.0) / square * slope, 0.0, cap)
    return best


def _note_choice(best: Ascent, table: Floats, cap: Floats, opened: Ints) -> None:
    """Keeps the opened facilities where they are a better choice than any before."""
    value = float(np.minimum(cap, table[opened].min(axis=0)).sum())
    if value < best.value:
        best.chosen, best.value = opened, value
