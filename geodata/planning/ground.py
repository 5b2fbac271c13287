"""A route's demand and the candidates that could meet it, as arrays: what solvers are given and a choice is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geodata.corridor import Corridor
from geodata.corridor.arcs import Bools, Floats, Ints
from geodata.coverage.profile import along
from geodata.coverage.question import Question
from geodata.coverage.stays import stay_hours
from geodata.planning.candidates import pace_row
from geodata.planning.demand import Demand, demand
from geodata.planning.optima import Instance
from geodata.planning.reach import hours_to

#: Figures closer than this, relative to the larger, are one figure.
CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Ground:
    """The demand of a question's route and the candidates that are ahead of any of it, one per place that serves alike.

    `candidates` as in `candidates.candidates`, with `alternatives` (other candidates that stand at the very same point,
    `;`); `hours` from every segment to each (candidate × segment) at the pace asked for, infinite where not ahead;
    `before` the hours to existing help at that pace. `row` is the pace's row in arrays by pace.
    """

    question: Question
    demand: Demand
    candidates: pd.DataFrame
    hours: Floats
    row: int

    @property
    def before(self) -> Floats:
        """Hours to existing help at the pace asked for."""
        found: Floats = self.demand.ahead[self.row]
        return found

    @property
    def weights(self) -> Floats:
        """Hours of travel at typical pace in each segment."""
        found: Floats = self.demand.own[1]
        return found

    @property
    def cap(self) -> float:
        """The hours of the whole route at the pace asked for: what is counted where no help is ahead."""
        return float(self.demand.whole[self.row])

    @cached_property
    def in_time(self) -> Bools:
        """Which candidate brings help to which segment within the window."""
        found: Bools = self.hours <= self.question.window_hours
        return found

    @cached_property
    def in_time_before(self) -> Bools:
        """Which segments existing help reaches within the window."""
        found: Bools = self.before <= self.question.window_hours
        return found

    def ahead(self, chosen: Sequence[int]) -> Floats:
        """Hours to help from every segment with the chosen candidates at work; infinite where none is ahead."""
        found: Floats = np.minimum(self.before, self.hours[list(chosen)].min(axis=0, initial=np.inf))
        return found

    def next_help(self, chosen: Sequence[int]) -> list[str]:
        """Per segment the help that is nearest: an existing service, or a chosen candidate where it is nearer; "" none."""
        names = np.array([*self.candidates.index[list(chosen)], ""], dtype=object)
        hours = np.vstack([self.hours[list(chosen)], np.full(len(self.before), np.inf)])
        nearer = hours.min(axis=0) < self.before
        found: list[str] = np.where(nearer, names[hours.argmin(axis=0)], self.demand.next_service).tolist()
        return found

    def in_time_hours(self, ahead: Floats) -> Floats:
        """Hours of the route's travel from which help is in time; over the last axis."""
        found: Floats = (ahead <= self.question.window_hours) @ self.weights
        return found

    @property
    def known(self) -> Bools:
        """Which segments' way is known to hold: of the others nothing is said in hours until help."""
        found: Bools = ~self.demand.gone
        return found

    def mean_hours(self, ahead: Floats) -> float:
        """Hours until help, the mean over the hours of the route's travel of which the way is known; NaN where none is."""
        weights = self.weights[self.known]
        return float(self.capped(ahead) @ weights / weights.sum()) if len(weights) else float("nan")

    def worst_hours(self, ahead: Floats) -> float:
        """The most hours until help anywhere on the route where the way is known; NaN where it is nowhere."""
        return float(self.capped(ahead).max()) if self.known.any() else float("nan")

    def capped(self, ahead: Floats) -> Floats:
        """Hours until help from the segments whose way is known, at most those of the whole route; over the last axis."""
        found: Floats = np.minimum(ahead[..., self.known], self.cap)
        return found

    @cached_property
    def covering(self) -> Instance:
        """Most hours in time as a general problem: segments that the same candidates reach in time are one demand.

        What existing help reaches in time is left out: it is in time whatever is chosen.
        """
        open_, weights = merged(self.in_time[:, ~self.in_time_before], self.weights[~self.in_time_before])
        costs = self.candidates["cost"].to_numpy(dtype=float)
        return Instance(weights, coverage=csr_array(open_.T), costs=None if np.isnan(costs).any() else costs)

    @cached_property
    def distances(self) -> Instance:
        """Mean hours until help as a general problem; the last facility, fixed, is the help that there is.

        Segments of one leg are one demand at their mean: whichever help is nearest to one of them is nearest to all. The
        weights add up to one.
        """
        costs = self.candidates["cost"].to_numpy(dtype=float)
        capped, own = self.capped(np.vstack([self.hours, self.before])), self.weights[self.known]
        group, count = self._legs()
        weights = np.bincount(group, own, count)
        sums = np.array([np.bincount(group, row * own, count) for row in capped])
        return Instance(
            weights / weights.sum(),
            distances=(sums / weights).T,
            fixed=(len(self.candidates),),
            costs=None if np.isnan(costs).any() else np.append(costs, 0.0),
        )

    @cached_property
    def farthest(self) -> Instance:
        """The worst hours until help as a general problem: of each leg the segment that is farthest from help."""
        capped = self.capped(np.vstack([self.hours, self.before]))
        group, count = self._legs()
        worst = np.zeros((len(capped), count))
        for position, row in enumerate(capped):
            np.maximum.at(worst[position], group, row)
        return Instance(np.ones(count), distances=worst.T, fixed=(len(self.candidates),))

    def _legs(self) -> tuple[Ints, int]:
        """Per segment whose way is known the number of its leg among such legs, and how many there are."""
        legs, group = np.unique(self.demand.segments["leg_position"].to_numpy()[self.known], return_inverse=True)
        return group.astype(np.int64), len(legs)


def merged(reached: Bools, weights: Floats) -> tuple[Bools, Floats]:
    """Columns of (candidate × segment) that are alike as one, with the sum of their weights; those nobody reaches left out."""
    some = reached.any(axis=0)
    if not some.any():
        return np.zeros((len(reached), 0), dtype=bool), np.zeros(0)
    packed = np.packbits(reached[:, some], axis=0)
    _, first, group = np.unique(packed, axis=1, return_index=True, return_inverse=True)
    summed: Floats = np.bincount(group.ravel(), weights[some]).astype(float)
    return reached[:, some][:, first], summed


def ground(
    corridor: Corridor,
    question: Question,
    found: pd.DataFrame,
    pace: str = "typical",
    asked: Demand | None = None,
    part: str = "",
) -> Ground:
    """What the solvers need for a question and its candidates (`candidates.candidates`) at a pace.

    Candidates that no segment has ahead are left out. Of those at one point, reached on the same walk, the first in
    their order is kept and names the others. `asked` is the question's demand where it is known already; `part` is that of
    `demand`. Raises `UnknownName` without a known route or for an unknown pace.
    """
    row = pace_row(pace)
    found = found.sort_values("order", kind="stable")
    found = found.assign(alternatives=_others(found)).drop_duplicates(["at_place", "walk_hours"])
    found, hours = _ahead(corridor, question, found, row)
    wanted = asked or demand(corridor, question, part)
    order = along(corridor, question).index
    if len(wanted.segments) < len(order):
        hours = hours[:, order.get_indexer(wanted.segments.index)]
        some = np.flatnonzero(np.isfinite(hours).any(axis=1))
        found, hours = found.iloc[some], hours[some]
    return Ground(question, wanted, found, hours, row)


def _others(found: pd.DataFrame) -> list[str]:
    """Per candidate the others at its very point, `;`-joined."""
    at: dict[tuple[str, float], list[str]] = {}
    points = list(zip(found["at_place"], found["walk_hours"], strict=True))
    for name, here in zip(found.index, points, strict=True):
        at.setdefault(here, []).append(str(name))
    return [";".join(o for o in at[here] if o != name) for name, here in zip(found.index, points, strict=True)]


def _ahead(corridor: Corridor, question: Question, found: pd.DataFrame, row: int) -> tuple[pd.DataFrame, Floats]:
    """The candidates that some segment has ahead, and the hours to each at a pace (candidate × segment)."""
    known, hours = place_hours(corridor, question)
    walked = found["walk_hours"].to_numpy() > 0
    at = known.get_indexer(pd.Index(found["at_place"]))
    plain = np.flatnonzero(~walked & (at >= 0))
    far = hours_to(corridor, question, found[walked])[row]
    some = np.isfinite(far).any(axis=1)
    kept = np.concatenate([plain, np.flatnonzero(walked)[some]])
    order = np.argsort(kept, kind="stable")
    return found.iloc[kept[order]], np.vstack([hours[row][at[plain]], far[some]])[order]


def place_hours(corridor: Corridor, question: Question) -> tuple[pd.Index, Floats]:
    """The places that some segment of the question's route has ahead, and `hours_to` each of them.

    Reckoned once for a route, its legs that hold at the date and its waits.
    """
    holds = corridor.arcs[question.direction].valid_at(question.as_of).tobytes()
    key = ("hours to places", question.route, holds, stay_hours(corridor, question).tobytes())
    return corridor.remembered(key, lambda: _place_hours(corridor, question), of_services=False)


def _place_hours(corridor: Corridor, question: Question) -> tuple[pd.Index, Floats]:
    hours = hours_to(corridor, question, pd.DataFrame({"at_place": corridor.places.index, "walk_hours": 0.0}))
    some = np.flatnonzero(np.isfinite(hours).any(axis=(0, 2)))
    return corridor.places.index[some], hours[:, some]
