"""p-median within a budget, as a model of radii for HiGHS: much smaller than one of assignments, with as good a bound.

For each demand and each distance that there is, a variable says whether no facility is that near; Elloumi 2010. Balls
that hold the same facilities share one variable: García, Labbé and Marín 2011.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from geodata.planning.optima.costs import CLOSE, Costs
from geodata.planning.optima.instance import Floats
from geodata.planning.optima.model import Found, Rows, least, single_row


@dataclass(frozen=True)
class Purse:
    """What each facility of a table costs, and what may be spent."""

    prices: Floats
    budget: float

    def pays(self, chosen: list[int]) -> bool:
        """Whether the budget pays for these; sums of cents are not exact, so that a 1e-9th of it may be missing."""
        return float(self.prices[chosen].sum()) <= self.budget * (1 + CLOSE)


def choice_within(costs: Costs, p: int, purse: Purse, until: float) -> tuple[list[int] | None, float]:
    """The best choice of at most `p` rows that a purse pays for, and a bound; infinite, and no choice, if none serves all.

    A choice that is dearer than the budget by less than HiGHS sees is forbidden and the model put again. No choice and
    a finite bound where none was found before `time.monotonic` `until`.
    """
    lowest = costs.value(range(len(costs.facilities)))
    model, forbidden = _Model(costs), list[Floats]()
    while True:
        found = model.solved(p, purse, forbidden, until)
        if found.infeasible:
            return None, np.inf
        if found.variables is None:
            return None, lowest
        opened = found.variables[: len(costs.facilities)] > 0.5
        chosen = np.flatnonzero(opened).tolist()
        if purse.pays(chosen):
            return chosen, max(lowest, model.base + found.bound * model.scale)
        forbidden.append(opened.astype(np.float64))


class _Model:
    """`base` is what is paid in any case; each of `balls` is a set of rows of the table, and missing it costs `extra`."""

    def __init__(self, costs: Costs) -> None:
        self.base = 0.0
        missed: dict[bytes, float] = {}
        for column, cap in zip(costs.table.T, costs.cap, strict=True):
            levels = np.unique(np.append(column, cap))
            self.base += float(levels[0])
            inside = np.packbits(column <= levels[:-1, None], axis=1)
            for ball, step in zip(inside, np.diff(levels), strict=True):
                missed[ball.tobytes()] = missed.get(ball.tobytes(), 0.0) + float(step)
        rows = np.frombuffer(b"".join(missed), dtype=np.uint8).reshape(len(missed), -1)
        count = len(costs.facilities)
        self.balls = csr_array(np.unpackbits(rows, axis=1, count=count).astype(np.float64).reshape(len(missed), count))
        self.extra = np.array(list(missed.values()))
        finite = self.extra[np.isfinite(self.extra)]
        self.scale = float(finite.max(initial=0.0)) or 1.0

    def solved(self, p: int, purse: Purse, forbidden: list[Floats], until: float) -> Found:
        """What HiGHS finds; a ball that costs without end may not be missed."""
        balls, count = self.balls.shape
        missing = np.where(np.isfinite(self.extra), 1.0, 0.0)
        dearest = float(purse.prices.max(initial=0.0)) or 1.0
        limits = [np.ones(count), purse.prices / dearest, *forbidden]
        highs = [float(p), purse.budget / dearest * (1 + CLOSE), *(one.sum() - 1 for one in forbidden)]
        rows = [Rows(csr_array(hstack([self.balls, csr_array(eye_array(balls))])), low=1.0)] if balls else []
        rows += [
            Rows(single_row(np.append(one, np.zeros(balls))), high=high)
            for one, high in zip(limits, highs, strict=True)
        ]
        return least(
            np.append(np.zeros(count), np.where(np.isfinite(self.extra), self.extra, 0.0) / self.scale),
            rows,
            low=np.zeros(count + balls),
            high=np.append(np.ones(count), missing),
            whole=np.arange(count + balls) < count,
            seconds=None if until == np.inf else until - time.monotonic(),
        )
