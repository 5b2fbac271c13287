"""The choice of places whose worst loss against the best, over several futures, is least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

from geodata.corridor.arcs import Bools, Floats
from geodata.planning.choosing import Choice
from geodata.planning.ground import Ground, merged

#: Seconds after which the best choice found is taken, and its bound said with it.
TIME_LIMIT_S = 20.0


@dataclass(frozen=True, eq=False)
class Way:
    """One route, pace, status and date: its ground and its own best choice."""

    ground: Ground
    best: Choice

    @property
    def before(self) -> float:
        """Hours of travel that existing help reaches in time."""
        return float(self.ground.in_time_hours(self.ground.before))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The candidates, by position."""
        return tuple(map(str, self.ground.candidates.index))

    @cached_property
    def rows(self) -> tuple[Bools, Floats]:
        """Which candidate brings which of the late segments into time (alike ones as one), and the hours in them."""
        late = ~self.ground.in_time_before
        return merged(self.ground.in_time[:, late], self.ground.weights[late])

    def in_time_hours(self, chosen: Sequence[str]) -> float:
        """Hours in time with existing help and the chosen, by name; a name that is no candidate here helps nothing."""
        positions = [self.names.index(name) for name in chosen if name in self.names]
        reached, weights = self.rows
        return self.before + float(reached[positions].any(axis=0) @ weights)

    def share_lost(self, chosen: Sequence[str]) -> float:
        """The share of the best choice's hours in time that another choice has not; 0 where nothing can be in time."""
        return max(1.0 - self.in_time_hours(chosen) / self.best.value, 0.0) if self.best.value > 0 else 0.0


@dataclass(frozen=True)
class LeastRegret:
    """The choice whose worst share lost is least, that share, and what no choice of so many can be better than."""

    chosen: tuple[str, ...]
    worst_share: float
    bound: float
    optimal: bool


def least_regret(ways: Sequence[Way], places: int, time_limit_s: float = TIME_LIMIT_S) -> LeastRegret:
    """At most `places` candidates, the same on every way, of which the worst share lost is least.

    A mixed integer model over the merged rows of all ways (Snyder 2006, minimax regret): the share lost z is at least
    that of every way. Where the time is over the best choice found is given with its bound.
    """
    names = sorted({name for way in ways for name in way.names})
    counted = [way for way in ways if way.best.value > 0 and len(way.rows[1])]
    if not names or not counted:
        return LeastRegret((), 0.0, 0.0, optimal=True)
    sizes = [len(way.rows[1]) for way in counted]
    covers = vstack([_by_name(way, names) for way in counted])
    served = hstack([covers, -eye_array(sum(sizes)), csr_array((sum(sizes), 1))])
    shares = block_diag([csr_array(way.rows[1][None, :] / way.best.value) for way in counted])
    lost = hstack([csr_array((len(counted), len(names))), shares, csr_array(np.ones((len(counted), 1)))])
    needed = np.array([1.0 - way.before / way.best.value for way in counted])
    limit = np.concatenate([np.ones(len(names)), np.zeros(sum(sizes) + 1)])[None, :]
    found = milp(
        np.append(np.zeros(len(names) + sum(sizes)), 1.0),
        constraints=[
            LinearConstraint(csr_array(served), 0, np.inf),
            LinearConstraint(csr_array(lost), needed, np.inf),
            LinearConstraint(limit, 0, places),
        ],
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(len(names)), np.zeros(sum(sizes) + 1)]),
        options={"mip_rel_gap": 0.0, "time_limit": time_limit_s},
    )
    return _said(ways, names, found)


def _by_name(way: Way, names: Sequence[str]) -> csr_array:
    """Rows × all names: which of them brings the row into time on this way."""
    reached, _ = way.rows
    whole = np.zeros((len(names), reached.shape[1]))
    whole[np.searchsorted(names, way.names)] = reached
    return csr_array(whole.T)


def _said(ways: Sequence[Way], names: Sequence[str], found: object) -> LeastRegret:
    variables, bound = getattr(found, "x", None), getattr(found, "mip_dual_bound", None)
    chosen = (
        []
        if variables is None
        else [names[int(position)] for position in np.flatnonzero(variables[: len(names)] > 0.5)]
    )
    chosen = _useful(ways, chosen)
    worst = worst_share(ways, chosen)
    least = min(max(float(bound or 0.0), 0.0), worst)
    return LeastRegret(tuple(chosen), worst, least, optimal=bool(np.isclose(worst, least, rtol=1e-6, atol=1e-9)))


def worst_share(ways: Sequence[Way], chosen: Sequence[str]) -> float:
    """The most that a choice loses on any way."""
    return max((way.share_lost(chosen) for way in ways), default=0.0)


def _useful(ways: Sequence[Way], chosen: list[str]) -> list[str]:
    """The chosen without those that bring nothing into time on any way beside the others."""
    for name in list(chosen):
        rest = [other for other in chosen if other != name]
        if all(way.in_time_hours(rest) >= way.in_time_hours(chosen) - 1e-9 for way in ways):
            chosen = rest
    return chosen
