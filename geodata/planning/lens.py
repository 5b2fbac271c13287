"""A ground seen by one objective: few rows in place of thousands of segments, on which any choice is measured at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geodata.corridor.arcs import Floats
from geodata.planning.ground import CLOSE, Ground


@dataclass(frozen=True, eq=False)
class Lens:
    """How far each candidate is from each row (candidate × row) and how far existing help is, `before`.

    Of two helps the nearer counts. For covering objectives far is 1 where help is late and 0 where it is in time; then
    `base` are the hours in time whatever is chosen, and the weights those of the rows.
    """

    objective: str
    far: Floats
    before: Floats
    weights: Floats
    base: float = 0.0

    def with_(self, chosen: Sequence[int]) -> Floats:
        """How far help is from each row with the chosen candidates at work."""
        found: Floats = np.minimum(self.before, self.far[list(chosen)].min(axis=0, initial=np.inf))
        return found

    def score(self, far: Floats) -> Floats:
        """How good that is, the more the better, over the last axis: the objective's value, negative where less is better."""
        match self.objective:
            case "p-median":
                found: Floats = -(far @ self.weights)
            case "p-center":
                found = -far.max(axis=-1, initial=0.0)
            case _:
                found = self.base + (1.0 - far) @ self.weights
        return found

    def worth(self, chosen: Sequence[int]) -> float:
        """The score of a choice."""
        return float(self.score(self.with_(chosen)))

    def worth_each(self, chosen: Sequence[int]) -> Floats:
        """Per candidate the score of a choice with it besides."""
        return self.score(np.minimum(self.with_(chosen), self.far))


def lens(ground: Ground, objective: str) -> Lens:
    """The ground as the objective sees it; lscp sees what mclp does."""
    if objective in ("mclp", "lscp"):
        return _covering(ground, objective)
    instance = ground.distances if objective == "p-median" else ground.farthest
    assert instance.distances is not None  # noqa: S101 - both are made with distances
    far = instance.distances.T
    return Lens(objective, far[:-1], far[-1], instance.weights)


def _covering(ground: Ground, objective: str) -> Lens:
    instance = ground.covering
    assert instance.coverage is not None  # noqa: S101 - made with coverage
    far = 1.0 - instance.coverage.toarray().T.astype(float)
    base = float(ground.in_time_hours(ground.before))
    return Lens(objective, far, np.ones(far.shape[1]), instance.weights, base)


def close(one: float, other: float) -> bool:
    """Whether two scores are one but for rounding."""
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1.0)
